"""A name server on loopback that answers for TXT records alone, so that tests look names up as the product does."""

from __future__ import annotations

import socket
import threading

import dns.message
import dns.rcode
import dns.rdatatype
import dns.resolver
import dns.rrset

TTL = 60


class NameServer:
    """Answers over UDP from ``records``: name to text. A silent one takes questions and says nothing."""

    def __init__(self, records: dict[str, str], *, is_silent: bool = False) -> None:
        self.records = {name.rstrip(".").lower(): text for name, text in records.items()}
        self.asked: list[str] = []
        self._is_silent = is_silent
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> NameServer:
        self._thread.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join(5)
        self._socket.close()

    def resolver(self) -> dns.resolver.Resolver:
        """A resolver that asks here and nowhere else."""
        made = dns.resolver.Resolver(configure=False)
        made.nameservers, made.port = ["127.0.0.1"], self.port
        return made

    def _serve(self) -> None:
        while True:
            packet, peer = self._socket.recvfrom(4096)
            if not packet:
                return
            answer = self._answer(packet)
            if not self._is_silent:
                self._socket.sendto(answer, peer)

    def _answer(self, packet: bytes) -> bytes:
        question = dns.message.from_wire(packet)
        answer = dns.message.make_response(question)
        name = question.question[0].name
        self.asked.append(name.to_text(omit_final_dot=True).lower())
        text = self.records.get(self.asked[-1])
        if text is None:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif question.question[0].rdtype == dns.rdatatype.TXT:
            pieces = " ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200))
            answer.answer.append(dns.rrset.from_text(name, TTL, "IN", "TXT", pieces))
        return answer.to_wire()

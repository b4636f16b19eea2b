"""The load: a process of its own that asks over kept connections and measures. Standard library only.

`python -m bench.load` reads an order as JSON from its standard input and writes what it measured as JSON.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections import Counter
from typing import Any

LIMIT = 120.0  # seconds after which a load ends whatever happens


def measure(order: dict[str, Any]) -> dict[str, Any]:
    """Runs a load in a process of its own.

    The order: ``port``, ``headers``, ``requests`` (method, path, body; taken in turn), ``clients``,
    ``seconds``, ``warm`` (requests before the clock starts).
    """
    command = [sys.executable, "-m", "bench.load"]
    done = subprocess.run(
        command, input=json.dumps(order), check=True, capture_output=True, text=True, timeout=LIMIT
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


class Client:
    """One kept connection."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self.port = port
        lines = {"Host": f"127.0.0.1:{port}", **headers}
        self.head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())

    async def ask(self, method: str, path: str, body: str) -> int:
        """The status of the answer, read whole."""
        if not hasattr(self, "writer"):
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        content = body.encode()
        extra = f"Content-Length: {len(content)}\r\nContent-Type: application/json\r\n" if method != "GET" else ""
        self.writer.write(f"{method} {path} HTTP/1.1\r\n{self.head}{extra}\r\n".encode() + content)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin1").lower()
        if "transfer-encoding: chunked" in head:
            while size := int(await self.reader.readline(), 16):
                await self.reader.readexactly(size + 2)
            await self.reader.readline()
        elif "content-length: " in head:
            await self.reader.readexactly(int(head.split("content-length: ")[1].split("\r\n")[0]))
        return int(head.split()[1])


async def _run(order: dict[str, Any]) -> dict[str, Any]:
    requests = order["requests"]
    times: list[float] = []
    statuses: Counter[int] = Counter()
    turn = 0
    clients = [Client(order["port"], order["headers"]) for _each in range(order["clients"])]
    for number in range(order.get("warm", 10)):
        await clients[number % len(clients)].ask(*requests[number % len(requests)])
    end = time.perf_counter() + order["seconds"]

    async def work(client: Client) -> None:
        nonlocal turn
        while time.perf_counter() < end and (turn < len(requests) or not order.get("once")):
            request = requests[turn % len(requests)]
            turn += 1
            started = time.perf_counter()
            status = await client.ask(*request)
            times.append(time.perf_counter() - started)
            statuses[status] += 1

    started = time.perf_counter()
    await asyncio.gather(*(work(client) for client in clients))
    took = time.perf_counter() - started
    times.sort()
    return {
        "rps": round(len(times) / took, 1),
        "p50_ms": round(times[len(times) // 2] * 1000, 2),
        "p95_ms": round(times[int(len(times) * 0.95)] * 1000, 2),
        "requests": len(times),
        "statuses": {str(status): count for status, count in statuses.items()},
    }


if __name__ == "__main__":
    json.dump(asyncio.run(_run(json.load(sys.stdin))), sys.stdout)

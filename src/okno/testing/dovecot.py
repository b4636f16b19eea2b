"""A real IMAP server for tests: Dovecot from the machine's package, on a free loopback port, in a folder of its own."""

from __future__ import annotations

import datetime
import ipaddress
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

BINARY = "/usr/sbin/dovecot"
PASSWORD = "for-tests-only"
MAIL_USER = 65534
START_SECONDS = 15.0
GENERAL = """
protocols = imap
listen = 127.0.0.1
disable_plaintext_auth = no
auth_mechanisms = plain login
first_valid_uid = 1
last_valid_uid = 0
mail_max_userip_connections = 100
mail_fsync = never
maildir_very_dirty_syncs = yes
service anvil {
  chroot =
}"""


def why_absent() -> str:
    """Why there is no server to test with, or nothing; with OKNO_REQUIRE_ALL its absence is a failure instead."""
    if os.access(BINARY, os.X_OK):
        return ""
    return "Dovecot is not installed (Debian: apt-get install dovecot-imapd)"


class Dovecot:
    """One server. Any user name signs in with ``PASSWORD`` and has a mailbox of his own.

    ``capability`` replaces what the server offers, to have one without IDLE or UIDPLUS. ``encrypted`` gives it
    a certificate for 127.0.0.1 that only those trust who are given ``certificate``.
    """

    def __init__(self, folder: Path, *, capability: str = "", encrypted: bool = False) -> None:
        self.folder = folder
        self.port = free_port()
        self.tls_port = free_port() if encrypted else 0
        self.certificate = folder / "server.pem"
        self._capability = capability
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Dovecot:
        """Starts the server and waits until it answers."""
        mail = self.folder / "mail"
        mail.mkdir(parents=True)
        self.folder.chmod(0o711)
        if os.geteuid() == 0:
            os.chown(mail, MAIL_USER, MAIL_USER)
        if self.tls_port:
            write_certificate(self.certificate)
        configuration = self.folder / "dovecot.conf"
        configuration.write_text(self._configuration(), encoding="utf-8")
        self._process = subprocess.Popen([BINARY, "-F", "-c", configuration], cwd=self.folder)
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                    if connection.recv(4) == b"* OK":
                        return self
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"Dovecot did not start:\n{self.log()}")

    def stop(self) -> None:
        """Stops the server; its folder stays for whoever wants to look."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def log(self) -> str:
        """What the server has to say."""
        path = self.folder / "dovecot.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else "(no log)"

    def client(self, user: str) -> Any:
        """A signed-in client for the test's own looks into the mailbox."""
        from imapclient import IMAPClient

        client = IMAPClient("127.0.0.1", port=self.port, ssl=False, timeout=30)
        client.login(user, PASSWORD)
        return client

    def append(
        self, user: str, *letters: bytes, folder: str = "INBOX", at: datetime.datetime | None = None
    ) -> None:
        """Puts letters into a folder, as a mail server that receives them does."""
        client = self.client(user)
        try:
            for raw in letters:
                client.append(folder, raw, msg_time=at)
        finally:
            client.logout()

    def renumber(self, user: str, folder: str = "INBOX") -> None:
        """Has the server forget its numbers: the folder gets a new UIDVALIDITY, as after a restored backup."""
        place = self.folder / "mail" / user / ("" if folder == "INBOX" else f".{folder}")
        (place / "dovecot-uidvalidity").unlink(missing_ok=True)
        for path in place.glob("dovecot*"):
            if path.is_file():
                path.unlink()
        for path in (self.folder / "mail" / user).glob("dovecot-uidvalidity*"):
            path.unlink()

    def _configuration(self) -> str:
        parts = [self._places(), _users(self.folder), self._encryption(), self._listeners()]
        if self._capability:
            parts.append(f"imap_capability = {self._capability}")
        return "\n".join([GENERAL, *parts, ""])

    def _places(self) -> str:
        here = self.folder
        return (
            f"base_dir = {here}/run\nstate_dir = {here}/run\nlog_path = {here}/dovecot.log\n"
            f"mail_location = maildir:{here}/mail/%u"
        )

    def _encryption(self) -> str:
        if not self.tls_port:
            return "ssl = no"
        return f"ssl = yes\nssl_cert = <{self.certificate}\nssl_key = <{self.certificate}"

    def _listeners(self) -> str:
        return f"""
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {self.port}
  }}
  inet_listener imaps {{
    port = {self.tls_port}
  }}
}}"""


def _users(folder: Path) -> str:
    """Who may sign in, and as which user of the machine the server works: without root as the present one."""
    is_root = os.geteuid() == 0
    owner = MAIL_USER if is_root else os.getuid()
    name = "" if is_root else os.getlogin()
    workers = "" if is_root else f"default_internal_user = {name}\ndefault_login_user = {name}"
    return f"""{workers}
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner} home={folder}/mail/%u
}}"""


def free_port() -> int:
    """A port on loopback that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def write_certificate(path: Path) -> None:
    """A certificate for 127.0.0.1, valid for a day, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + pem)
    path.chmod(0o600)


def certificate_of(path: Path) -> str:
    """The certificate of such a file without its key, as an administrator pastes it."""
    return path.read_text(encoding="ascii").partition("-----BEGIN PRIVATE")[0]


def clear(folder: Path) -> None:
    """Removes the folder of a stopped server."""
    shutil.rmtree(folder, ignore_errors=True)


def require() -> None:
    """Ends a test that has no server: skipped with the reason, or failed where everything must be there."""
    import pytest

    reason = why_absent()
    if reason and os.environ.get("OKNO_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)

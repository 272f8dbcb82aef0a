"""Real servers on this machine: an SMTP server that keeps what it is given, an IMAP server with a mailbox."""

import imaplib
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from aiosmtpd.controller import Controller

USER, PASSWORD = "demouser", "demopass"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Kept:
    """What the SMTP server received; `answer` is what it says to each recipient or each mail instead of 250."""

    def __init__(self):
        self.mails = []
        self.to_recipient = self.to_mail = "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server, session, envelope):
        if self.to_mail.startswith("250"):
            self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return self.to_mail


@contextmanager
def smtp_server():
    kept = Kept()
    controller = Controller(kept, hostname="127.0.0.1", port=free_port())
    controller.start()
    kept.port = controller.port
    try:
        yield kept
    finally:
        controller.stop()


@contextmanager
def imap_server():
    """The port of an IMAP server, and a connection to fill its mailbox."""
    port = free_port()
    program = Path(sys.executable).with_name("pymap")
    words = ["--host", "127.0.0.1", "--port", str(port), "--no-tls", "--no-service", "managesieve"]
    server = subprocess.Popen([program, *words, "dict", "--demo-data"], stderr=subprocess.DEVNULL)
    try:
        box = _connect(port, server)
        box.login(USER, PASSWORD)
        box.create("Requests")
        yield port, box
        box.logout()
    finally:
        server.terminate()
        server.wait(10)


def _connect(port, server):
    for _attempt in range(100):
        try:
            return imaplib.IMAP4("127.0.0.1", port, timeout=10)
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
    raise RuntimeError("the IMAP server did not start")

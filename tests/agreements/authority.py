"""A time-stamp authority (RFC 3161) on this machine, with a root of its own, that answers well or badly."""

import datetime as dt
import threading
import time
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

DAY = dt.timedelta(days=1)
PEM = serialization.Encoding.PEM
DER = serialization.Encoding.DER


@cache
def key(_whose):
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _named(name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(name, whose, issuer, *extensions, days=30):
    now = dt.datetime.now(dt.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key(whose).public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 60 * DAY)
        .not_valid_after(now + days * DAY)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(key("root"), hashes.SHA256())


@cache
def root():
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    return _certificate(
        "Racine d’essai", "root", "Racine d’essai", (x509.BasicConstraints(True, None), True), (usage, True), days=3000
    )


def root_pem():
    return root().public_bytes(PEM)


def _stamping(port, days):
    where = x509.DistributionPoint([x509.UniformResourceIdentifier(f"http://127.0.0.1:{port}/crl")], None, None, None)
    certificate = _certificate(
        "Horodatage d’essai", "authority", "Racine d’essai",
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True),
        (x509.CRLDistributionPoints([where]), False), days=days,
    )  # fmt: skip
    return asn1.Certificate.load(certificate.public_bytes(DER))


def _revoked():
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateRevocationListBuilder().issuer_name(_named("Racine d’essai"))
    return builder.last_update(now - DAY).next_update(now + DAY).sign(key("root"), hashes.SHA256()).public_bytes(DER)


def _key_info(whose):
    data = key(whose).private_bytes(DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return keys.PrivateKeyInfo.load(data)


@contextmanager
def authority(answers="well", *, at=None, days=30):
    """Its address. It `answers` "well", "slowly", with "rubbish", with a "forged" stamp, or "refuses"."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self._send(_revoked(), "application/pkix-crl")

        def do_POST(self):
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            self.server.asked += 1
            if answers == "refuses":
                return self.send_error(503)
            if answers == "rubbish":
                return self._send(b"<html>welcome</html>", "application/timestamp-reply")
            whose = "somebody else" if answers == "forged" else "authority"
            stamper = DummyTimeStamper(_stamping(self.server.server_port, days), _key_info(whose), fixed_dt=at)
            data = stamper.request_tsa_response(asked).dump()
            if answers == "slowly":
                return self._drip(data)
            return self._send(data, "application/timestamp-reply")

        def _drip(self, data):
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            for byte in data:
                if self.server.closing:
                    return
                try:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                except OSError:
                    return
                time.sleep(0.05)

        def _send(self, data, mime):
            self.send_response(200)
            self.send_header("Content-Type", mime)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.closing = 0, False
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.closing = True
        server.shutdown()
        server.server_close()
        thread.join()

"""What happens to a document, in a line each: written, sent, signed by them, signed by both, sealed."""

import re
import subprocess

from rendezvous.agreements import documents, signing
from rendezvous.agreements.beginning import first_content
from rendezvous.agreements.documents import send, write
from rendezvous.agreements.models import Document, Party
from tests.cast import ANNE, let_pass, mails_to, run_tasks

CLIENT = {"name": "Pharmacie des Lilas", "address": "1 place de l’Exemple\n69001 Lyon", "country": "FR", "vat_number": "",
          "business": True}  # fmt: skip


def line(key="1", text="Textes du site", price="2400", **more):
    return {"key": key, "text": text, "quantity": "1", "unit": "package", "price": price, "rate": "", "discount": "",
            "optional": False, **more}  # fmt: skip


WITH_OPTION = [line(), line("2", "Relecture", "300", optional=True)]


def content_for(inquiry, kind="agreement", **more):
    """What she would find written, with a client and a price, changed as the test wants it."""
    content = first_content(inquiry, kind)
    content.client, content.lines = dict(CLIENT), [line()]
    for name, value in {"rights": {}, **more}.items() if "text" in more else more.items():
        setattr(content, name, value)  # words of the test's own assign no rights
    return content


def written(inquiry, kind="agreement", **more) -> Document:
    return write(inquiry, kind, content_for(inquiry, kind, **more))


def sent(inquiry, kind="agreement", **more) -> Document:
    document = written(inquiry, kind, **more)
    send(document)
    return fresh(document)


def fresh(document) -> Document:
    """As it is now, without what this test has loaded of it before."""
    return Document.objects.get(pk=document.pk)


def next_version(document, **more):
    """She writes and sends another version."""
    content = documents.content_of(document.sent_version)
    for name, value in more.items():
        setattr(content, name, value)
    documents.rewrite(document, content)
    return send(fresh(document))


def link(document, step=""):
    return f"/doc/{document.token}/{step}"


def code_sent_to(address=ANNE):
    return re.search(r"\d{6}", mails_to(address)[-1].text)[0]


def other_than(code):
    return "000000" if code != "000000" else "111111"


def signed(document, name="Anne Vidal", options=()):
    """Signed by them, by the code that they were sent."""
    version = fresh(document).sent_version
    signing.ask_code(version, name, options=options)
    signing.sign(version, code_sent_to(), options=options, ip="192.0.2.7", browser="Un navigateur")
    return fresh(document)


def sealed(document, member, **more):
    """Signed by both, and sealed."""
    document = document if document.status == "signed" else signed(document, **more)
    signing.countersign(document, member)
    let_pass(1)
    run_tasks()
    return fresh(document)


def signature_of(document):
    return document.sent_version.signatures.get(party=Party.CLIENT)


def bytes_of(file):
    with file.open("rb") as opened:
        return opened.read()


def text_in(pdf):
    """The words on the pages of a PDF, as another program reads them."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def steps(document):
    return [step.what for step in document.evidence.order_by("number")]

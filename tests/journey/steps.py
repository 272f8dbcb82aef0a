"""What people do on the pages, each named as they would say it."""

import re
import time
from email import message_from_bytes, policy

from tests.cast import PASSWORD

WORDS = (
    "Bonjour,\n\nNous sommes une pharmacie à Lyon et nous voulons refaire les textes de notre site, 20 pages. "
    "Budget : 4 000 à 5 000 € HT. Il faudrait que ce soit prêt avant le 15 mars. "
    "Pourrions-nous nous rencontrer à Lyon ?\n\nMerci d’avance,\nAnne Vidal"
)


def write(page, site, reach, words=WORDS):
    page.goto(site)
    page.get_by_label("Dites-moi tout, comme ça vient").fill(words)
    page.get_by_label("Où puis-je vous répondre").fill(reach)
    page.wait_for_timeout(2100)  # a person needs that long, and the form knows it
    page.get_by_role("button", name="Envoyer").click()
    page.wait_for_url("**/d/*/")


def sign_in(page, site):
    page.goto(f"{site}/bureau/")
    page.locator("[name=login]").fill("maud@esteve.example")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.wait_for_url("**/bureau/")


def open_inquiry(page, who):
    page.locator("[data-line]", has_text=who).get_by_role("link").first.click()
    page.wait_for_url("**/bureau/demandes/*/")


def feel(page, word="plutôt oui"):
    page.get_by_role("button", name=word, exact=True).click()
    page.get_by_role("heading", name="Chances de signer").wait_for()


def decide(page, action):
    page.get_by_role("button", name=action, exact=True).click()
    page.wait_for_url("**/reponse/*/")


def last_mail(smtp, to, after, seconds=40):
    """The newest mail to somebody beyond the first `after`, waiting for it as she would."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = mails(smtp, to)
        if len(found) > after:
            return found[-1]
        time.sleep(0.2)
    raise AssertionError(f"no mail to {to} came after {after}")


def mails(smtp, to):
    return [
        message_from_bytes(content, policy=policy.default)
        for _from, recipients, content in list(smtp.mails)
        if to in recipients
    ]


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def link_in(mail, kind):
    return re.search(rf"http://\S+/{kind}/[\w-]+/", text_of(mail))[0]


def calendar_in(mail):
    return next(part for part in mail.walk() if part.get_content_type() == "text/calendar").get_content()

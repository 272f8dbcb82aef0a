import datetime as dt
import pytest
from django.utils import translation
from rendezvous.agreements import documents
from rendezvous.agreements.models import *
from rendezvous.inquiries.models import *
from tests.agreements.papers import *
from tests.cast import *
from tests.cast import inquire
pytestmark=pytest.mark.django_db

def test_new_option_not_ticked(open_options):
    documents.choose(open_options.sent_version, ["2"])
    next_version(open_options, lines=[line(), line("2", "Tout autre chose", "5000", optional=True)])
    assert fresh(open_options).chosen == []

def test_changed_language(desk, browser, practice, letterhead):
    inq = inquire(practice, email="al@x.example")
    inq.language="en"; inq.save()
    d = sent(inq, text="Price: {price}. Stands until {validity}.", terms={"currency":"EUR","payment_days":30})
    next_version(d, text="The price: {price}. Stands until {validity}.")
    r = browser.get(link(d), headers={"accept-language":"fr"})
    t = r.content.decode()
    i = t.find('class="changed"'); print(t[i:i+1500])
    r = desk.get(f"/bureau/documents/{d.pk}/version-2/")
    t=r.content.decode(); i=t.find("words kept"); print(t[i:i+800])

def test_reply_twice(desk, contract):
    documents.remark(contract.sent_version, "Et ?", None)
    for _ in range(2):
        desk.post(f"/bureau/documents/{contract.pk}/repondre/", {"words":"Oui."})
    assert contract.sent_version.remarks.filter(by_owner=True).count()==1

def test_deposit_lost(cast, inquiry, contract, browser):
    d = sealed(contract, cast.owner)
    inquiry.refresh_from_db(); print(inquiry.need, inquiry.need_at)
    documents.remark(d.sent_version, "Merci", None)
    inquiry.refresh_from_db(); print(inquiry.need)
    documents.remark(fresh(d).sent_version, "De rien", None, by_owner=True)
    inquiry.refresh_from_db()
    assert inquiry.need == "deposit"

def test_not_yet_keeps(desk, inquiry, proposal):
    desk.post(f"/bureau/demandes/{inquiry.pk}/pas-encore/")
    inquiry.refresh_from_db()
    assert inquiry.stage == "proposed"

def test_currency(desk, practice, letterhead):
    practice.currency="MAD"; practice.save()
    inq = inquire(practice, email="al@x.example")
    r = desk.get(f"/bureau/demandes/{inq.pk}/documents/proposal/")
    t=r.content.decode(); i=t.find('name="currency"'); print(t[i:i+500])

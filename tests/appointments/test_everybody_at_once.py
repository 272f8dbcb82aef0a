"""Many people confirm the same time at once, through HTTP: one has it, the others get other times."""

import re
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from rendezvous.appointments.models import Appointment
from rendezvous.appointments.slots import free_slots
from tests.cast import inquire, invite_to, make_cast

PEOPLE = 20


def post(address, **fields):
    try:
        with urlopen(address, urlencode(fields).encode(), timeout=60) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as refusal:
        return refusal.code, refusal.read().decode()


@pytest.mark.django_db(transaction=True)
def test_of_twenty_people_who_confirm_the_same_time_at_once_one_has_it(live_server):
    practice = make_cast().practice
    invitations = [invite_to(inquire(practice, email=f"p{n}@example.org")) for n in range(PEOPLE)]
    start = free_slots(invitations[0])[3].start.isoformat()
    with ThreadPoolExecutor(PEOPLE) as people:
        answers = list(people.map(lambda i: post(f"{live_server.url}/i/{i.token}/", start=start), invitations))
    refused = [page for status, page in answers if status == 409]
    assert sorted(status for status, _page in answers) == [200] + [409] * (PEOPLE - 1)
    assert all("vient d’être pris" in page and re.search('name="start" value="', page) for page in refused)
    assert Appointment.objects.filter(status="confirmed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_invitation_confirmed_ten_times_at_once_is_one_appointment(live_server):
    practice = make_cast().practice
    invitation = invite_to(inquire(practice))
    starts = [slot.start.isoformat() for slot in free_slots(invitation)[::4][:10]]
    with ThreadPoolExecutor(10) as people:
        list(people.map(lambda start: post(f"{live_server.url}/i/{invitation.token}/", start=start), starts))
    assert Appointment.objects.filter(status="confirmed").count() == 1

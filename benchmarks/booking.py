"""Appointments confirmed a second, each with its check of free time, its mails and its calendar invitations.

On SQLite:      python benchmarks/booking.py
On PostgreSQL:  python -m tests.postgres python benchmarks/booking.py
"""

import datetime as dt
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from installation import engine, open_practice

PEOPLE = 400
THREADS = 4


def main():
    practice = open_practice()
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    weekly = {day: [["06:00", "22:00"]] for day in days}
    practice.availability = {**practice.availability, "weekly": weekly, "step": 15, "buffer_after": 0}
    practice.save()
    invitations = invite(practice)
    times = one_after_another(invitations[: PEOPLE // 2])
    rate, median = 1 / statistics.mean(times), statistics.median(times) * 1000
    print(f"{engine()}: one after another   {rate:.0f} a second, median {median:.1f} ms")
    rate, refused = at_once(invitations[PEOPLE // 2 :])
    print(f"{engine()}: {THREADS} at once          {rate:.0f} a second, {refused} refused and told so")
    print(f"{engine()}: overlaps            {overlaps()}")


def invite(practice):
    from rendezvous.inquiries.models import Channel, Invitation
    from rendezvous.inquiries.receiving import Words, receive
    from rendezvous.people.contact import Contact

    made = []
    for number in range(PEOPLE):
        words = Words(f"Un site de {number + 2} pages", Channel.WEB)
        inquiry, _new = receive(practice, Contact(email=f"p{number}@example.org"), words)
        made.append(Invitation.objects.create(inquiry=inquiry, mode="phone", minutes=15))
    return made


def one_after_another(invitations):
    from rendezvous.appointments.booking import book
    from rendezvous.appointments.slots import free_slots

    times = []
    starts = [slot.start for slot in free_slots(invitations[0])]
    for invitation, start in zip(invitations, starts, strict=False):
        began = time.perf_counter()
        book(invitation, start)
        times.append(time.perf_counter() - began)
    return times


def at_once(invitations):
    from rendezvous.appointments.booking import SlotTaken, book
    from rendezvous.appointments.slots import free_slots

    starts = [slot.start for slot in free_slots(invitations[0])]

    def take(pair):
        invitation, start = pair
        try:
            book(invitation, start)
        except SlotTaken:
            return 1
        return 0

    # Each time is wanted by two people.
    wanted = [(invitation, starts[number // 2]) for number, invitation in enumerate(invitations)]
    began = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as people:
        refused = sum(people.map(take, wanted))
    return (len(wanted) - refused) / (time.perf_counter() - began), refused


def overlaps():
    from rendezvous.appointments.models import Appointment

    ends = dt.datetime.min.replace(tzinfo=dt.UTC)
    found = 0
    for start, end in (
        Appointment.objects.filter(status="confirmed")
        .order_by("blocked_from")
        .values_list("blocked_from", "blocked_until")
    ):
        found += start < ends
        ends = max(ends, end)
    return found


if __name__ == "__main__":
    main()

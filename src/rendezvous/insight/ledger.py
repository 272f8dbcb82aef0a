"""Where the hours went: agreed, spent, travelled; and what came of them."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum

from rendezvous.agreements.models import Breach, DocumentStatus, Outcome, Result, Version, Work
from rendezvous.appointments.models import AppointmentStatus, Meeting
from rendezvous.inquiries.models import Mode
from rendezvous.practice.models import Practice

# What came of an inquiry, in the order in which one wants to know; "" is still open.
KINDS = (Result.SIGNED, Result.LOST, Result.DECLINED, Result.WITHDRAWN, Result.SILENT, "")


@dataclass(slots=True)
class Hours:
    """Minutes, by what came of the inquiries that they were for."""

    result: str
    inquiries: set[int] = field(default_factory=set)
    meetings: int = 0
    agreed: int = 0
    met: int = 0
    over: int = 0
    travelled: int = 0
    worked: int = 0
    amount: Decimal = Decimal(0)

    @property
    def label(self) -> str:
        return str(Result(self.result).label) if self.result else ""

    @property
    def spent(self) -> int:
        return self.met + self.travelled + self.worked

    @property
    def an_hour(self) -> Decimal | None:
        """What an hour brought, where something was signed."""
        return self.amount * 60 / self.spent if self.amount and self.spent else None


def ledger_of(practice: Practice) -> list[Hours]:
    """The hours by outcome. People who are not business are in no figure. Four queries, however many meetings."""
    results: dict[int, str] = {}
    rows = {kind: Hours(str(kind)) for kind in KINDS}
    outcomes = Outcome.objects.filter(inquiry__practice=practice, inquiry__person__not_business=False)
    for inquiry, result, amount in outcomes.values_list("inquiry", "result", "amount"):
        results[inquiry] = result
        rows[Result(result)].amount += amount or 0
    by: defaultdict[str, Hours] = defaultdict(lambda: rows[""], {str(kind): row for kind, row in rows.items()})
    travel = round(practice.trip_hours * 60)
    for meeting in _meetings(practice):
        row = by[results.get(meeting.appointment.inquiry_id or 0, "")]
        _add_meeting(row, meeting, travel)
    worked = Work.objects.filter(inquiry__practice=practice, inquiry__person__not_business=False)
    for inquiry, minutes in worked.values_list("inquiry").annotate(Sum("minutes")):
        row = by[results.get(inquiry, "")]
        row.worked += minutes
        row.inquiries.add(inquiry)
    return [row for row in rows.values() if row.meetings or row.worked]


def _meetings(practice: Practice) -> list[Meeting]:
    return list(
        Meeting.objects.filter(
            appointment__practice=practice,
            appointment__status=AppointmentStatus.CONFIRMED,
            appointment__person__not_business=False,
            ended_at__isnull=False,
        ).select_related("appointment__invitation")
    )


def _add_meeting(row: Hours, meeting: Meeting, travel: int) -> None:
    appointment = meeting.appointment
    lasted = meeting.lasted or 0
    row.meetings += 1
    row.met += lasted
    row.agreed += meeting.agreed_minutes or 0
    row.over += max(lasted - meeting.agreed_minutes, 0) if meeting.agreed_minutes else 0
    if appointment.mode == Mode.IN_PERSON and appointment.invitation and appointment.invitation.travels:
        row.travelled += travel
    if appointment.inquiry_id:
        row.inquiries.add(appointment.inquiry_id)


@dataclass(frozen=True, slots=True)
class Pages:
    """What was written before a signature, and what it brought."""

    documents: int
    pages: int
    signed: int
    amount: Decimal


def pages_of(practice: Practice) -> Pages:
    """Every document that was sent: its pages were written before anybody had signed."""
    sent = Version.objects.filter(
        document__practice=practice, sent_at__isnull=False, document__inquiry__person__not_business=False
    )
    found = sent.values("document").distinct().count()
    outcomes = Outcome.objects.filter(
        inquiry__in=sent.values("document__inquiry"), result=Result.SIGNED, inquiry__practice=practice
    )
    return Pages(
        found,
        sent.aggregate(Sum("pages"))["pages__sum"] or 0,
        sent.filter(document__status=DocumentStatus.SEALED).values("document__inquiry").distinct().count(),
        outcomes.aggregate(Sum("amount"))["amount__sum"] or Decimal(0),
    )


def breaches_of(practice: Practice) -> list[Breach]:
    """Each time she worked without a signature, with what came of it."""
    rows = Breach.objects.filter(inquiry__practice=practice, inquiry__person__not_business=False)
    return list(rows.select_related("inquiry__person", "inquiry__outcome").order_by("-at"))

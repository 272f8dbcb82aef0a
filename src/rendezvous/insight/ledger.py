"""Where the hours went: agreed, met, travelled, worked; for what, and what came of it."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q, Sum

from rendezvous.agreements.models import Outcome, Result, Work
from rendezvous.appointments.models import Appointment, AppointmentStatus, Meeting
from rendezvous.inquiries.models import Inquiry, Mode
from rendezvous.insight.counted import counted
from rendezvous.practice import clock
from rendezvous.practice.models import Practice

# What came of an inquiry, in the order in which one wants to know; then what is open, and what was for no inquiry.
OPEN, NO_INQUIRY = "open", "none"
KINDS = (*Result.values, OPEN, NO_INQUIRY)
DEAREST = 5


@dataclass(slots=True)
class Hours:
    """Minutes. `agreed` is told only by the meetings at which she asked (`asked`); `over` is past it."""

    meetings: int = 0
    asked: int = 0
    agreed: int = 0
    met: int = 0
    over: int = 0
    travelled: int = 0
    worked: int = 0
    amount: Decimal = Decimal(0)

    @property
    def spent(self) -> int:
        return self.met + self.travelled + self.worked

    @property
    def an_hour(self) -> Decimal | None:
        """What an hour brought, where something was signed."""
        return self.amount * 60 / self.spent if self.amount and self.spent else None

    def add(self, other: "Hours") -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(slots=True)
class Row:
    """The hours of all inquiries that ended in this way."""

    kind: str
    inquiries: int = 0
    hours: Hours = field(default_factory=Hours)

    @property
    def label(self) -> str:
        return str(Result(self.kind).label) if self.kind in Result.values else ""


@dataclass(frozen=True, slots=True)
class Dear:
    """An inquiry that took long."""

    inquiry: Inquiry
    hours: Hours
    row: str

    @property
    def label(self) -> str:
        return str(Result(self.row).label) if self.row in Result.values else ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """`unnoted`: meetings whose time has passed and whose end nobody noted. They are in no figure."""

    rows: list[Row]
    total: Hours
    dearest: list[Dear]
    unnoted: int


def ledger_of(practice: Practice) -> Ledger:
    """The hours by outcome, and the inquiries that took most of them. Five queries, however many meetings."""
    by_inquiry = _hours_by_inquiry(practice)
    ends = _ends(practice)
    rows = {kind: Row(kind) for kind in KINDS}
    total = Hours()
    for inquiry, hours in by_inquiry.items():
        kind, amount = ends.get(inquiry, (OPEN, Decimal(0))) if inquiry else (NO_INQUIRY, Decimal(0))
        hours.amount = amount  # only of those that hours were noted for: an hour never brings what it was not for
        rows[kind].hours.add(hours)
        rows[kind].inquiries += 1
        total.add(hours)
    return Ledger(
        [row for row in rows.values() if row.inquiries], total, _dearest(by_inquiry, ends), _unnoted(practice)
    )


def _ends(practice: Practice) -> dict[int | None, tuple[str, Decimal]]:
    rows = Outcome.objects.filter(counted(), inquiry__practice=practice)
    return {row.inquiry_id: (row.result, row.amount_in(practice.currency)) for row in rows}


def _hours_by_inquiry(practice: Practice) -> dict[int | None, Hours]:
    """None: meetings that were for no inquiry."""
    found: defaultdict[int | None, Hours] = defaultdict(Hours)
    usual = dt.timedelta(minutes=int(practice.availability.get("buffer_before", 0)))
    noted = Meeting.objects.filter(_business("appointment__"), appointment__practice=practice, ended_at__isnull=False)
    for meeting in noted.select_related("appointment__invitation"):
        found[meeting.appointment.inquiry_id].add(_of_meeting(meeting, usual))
    work = Work.objects.filter(counted(), inquiry__practice=practice, minutes__gt=0)
    for inquiry, minutes in work.order_by().values_list("inquiry").annotate(Sum("minutes")):
        found[inquiry].worked += minutes
    return dict(found)


def _business(appointment: str = "") -> Q:
    """Confirmed appointments with somebody who is business, for a request or for none."""
    return (Q(**{f"{appointment}status": AppointmentStatus.CONFIRMED, f"{appointment}person__not_business": False})) & (
        Q(**{f"{appointment}inquiry": None}) | counted(f"{appointment}inquiry__")
    )


def _of_meeting(meeting: Meeting, usual: dt.timedelta) -> Hours:
    agreed, lasted = meeting.agreed_minutes or 0, meeting.lasted or 0
    return Hours(
        meetings=1,
        asked=int(agreed > 0),
        agreed=agreed,
        met=lasted,
        over=max(lasted - agreed, 0) if agreed else 0,
        travelled=_travelled(meeting.appointment, usual),
    )


def _travelled(appointment: Appointment, usual: dt.timedelta) -> int:
    """There and back, as it was kept free when it was booked: her settings of today do not change it."""
    way = appointment.starts_at - appointment.blocked_from
    goes = bool(appointment.invitation and appointment.invitation.travels) or way > usual
    return round(2 * way / dt.timedelta(minutes=1)) if appointment.mode == Mode.IN_PERSON and goes else 0


def _dearest(by_inquiry: dict[int | None, Hours], ends: dict[int | None, tuple[str, Decimal]]) -> list[Dear]:
    longest = sorted(
        ((key, hours) for key, hours in by_inquiry.items() if key), key=lambda pair: (-pair[1].spent, pair[0])
    )
    longest = longest[:DEAREST]
    inquiries = Inquiry.objects.select_related("person").in_bulk([key for key, _hours in longest])
    return [Dear(inquiries[key], hours, ends.get(key, (OPEN,))[0]) for key, hours in longest]


def _unnoted(practice: Practice) -> int:
    past = practice.appointments.filter(_business(), ends_at__lt=clock.now())
    return past.filter(Q(meeting=None) | Q(meeting__ended_at=None)).count()

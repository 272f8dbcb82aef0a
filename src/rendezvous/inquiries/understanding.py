"""What an inquiry's messages say: readings kept, corrections beside them, the brief that results."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from rendezvous import reading
from rendezvous.inquiries.access import NOTED, said_openly
from rendezvous.inquiries.models import BriefSlot, Direction, Inquiry, Message, Signal, Source
from rendezvous.inquiries.wording import GOOD_SIGNALS, SIGNAL_LABELS, Known
from rendezvous.practice import clock
from rendezvous.reading import SIGNALS, SLOT_VALUES, SLOTS, Evidence, Reading


def understand(message: Message) -> Reading:
    """Reads a message and keeps what it states. A later one adds to an earlier one, and replaces what it restates."""
    at = timezone.localtime(message.at, ZoneInfo(message.inquiry.practice.timezone))
    result = reading.read(message.text, at, subject=message.subject, recipients=message.recipients)
    rows = result.as_dict()["brief"]
    for name, slot in result.brief.items():
        if slot.stated:
            BriefSlot.objects.update_or_create(
                inquiry=message.inquiry,
                name=name,
                source=Source.READING,
                defaults={
                    "stated": True,
                    "evidence": _kept(slot.evidence),
                    "values": {key: rows[name][key] for key in SLOT_VALUES.get(name, ())},
                    "message": message,
                    "at": message.at,
                },
            )
    for signal in result.signals:
        Signal.objects.update_or_create(
            inquiry=message.inquiry,
            name=signal.name,
            source=Source.READING,
            defaults={
                "present": True,
                "evidence": _kept(signal.evidence),
                "message": message,
                "at": message.at,
            },
        )
    return result


@transaction.atomic
def read_again(inquiry: Inquiry) -> None:
    """Reads all that was said from the beginning: for a text that changes, such as notes while they are typed."""
    BriefSlot.objects.filter(inquiry=inquiry, source=Source.READING).delete()
    Signal.objects.filter(inquiry=inquiry, source=Source.READING).delete()
    for message in inquiry.messages.filter(direction=Direction.IN).select_related("inquiry__practice"):
        if message.text.strip():
            understand(message)


def _kept(evidence: Iterable[Evidence]) -> list[dict[str, object]]:
    return [{"text": e.text, "start": e.start, "end": e.end, "rule": e.rule} for e in evidence]


@dataclass(frozen=True, slots=True)
class Sign:
    """One signal as it stands: the owner's word before the reading's."""

    name: str
    present: bool
    words: str = ""
    corrected: bool = False

    @property
    def good(self) -> bool:
        return self.name in GOOD_SIGNALS

    @property
    def label(self) -> str:
        return str(SIGNAL_LABELS[self.name])


def brief_of(inquiry: Inquiry) -> dict[str, Known]:
    """Every slot as it stands. Uses the prefetched `slots` where there are some."""
    standing: dict[str, BriefSlot] = {}
    for row in inquiry.slots.all():
        if row.name not in standing or row.source == Source.OWNER:
            standing[row.name] = row
    return {name: _known(name, standing.get(name)) for name in SLOTS}


def told_openly(inquiry: Inquiry) -> set[str]:
    """The slots known from what the sender wrote: not from what the owner noted or corrected."""
    open_messages = set(said_openly(inquiry).values_list("pk", flat=True))
    return {
        row.name
        for row in inquiry.slots.all()
        if row.stated and row.source == Source.READING and row.message_id in open_messages
    }


def quotable_brief(inquiry: Inquiry) -> dict[str, Known]:
    """The brief as it may be quoted to its sender: nothing in the words of the owner's own notes.

    What only her notes say gives its figures, a price or a day, beside what the sender wrote before, if anything.
    """
    told, brief = told_openly(inquiry), brief_of(inquiry)
    noted = [name for name, known in brief.items() if known.stated and not known.corrected and name not in told]
    theirs = _their_words(inquiry) if noted else {}  # reads all messages again: seldom needed
    return brief | {name: replace(brief[name], words=theirs.get(name, "")) for name in noted}


def notes_of(inquiry: Inquiry) -> list[str]:
    """What the owner noted for herself, by phone or at a meeting, the oldest first."""
    noted = inquiry.messages.filter(direction=Direction.IN, channel__in=NOTED).exclude(text="")
    return list(noted.order_by("at", "pk").values_list("text", flat=True))


def _their_words(inquiry: Inquiry) -> dict[str, str]:
    """The last that the sender wrote of each slot: notes may have taken its place in the brief since."""
    words = {}
    zone = ZoneInfo(inquiry.practice.timezone)
    for message in said_openly(inquiry).filter(direction=Direction.IN).exclude(text=""):
        result = reading.read(message.text, timezone.localtime(message.at, zone), subject=message.subject)
        words.update({n: " … ".join(e.text for e in slot.evidence) for n, slot in result.brief.items() if slot.stated})
    return words


def _known(name: str, row: BriefSlot | None) -> Known:
    if row is None:
        return Known(name, stated=False)
    return Known(name, row.stated, row.words, row.values, corrected=row.source == Source.OWNER)


def signs_of(inquiry: Inquiry) -> list[Sign]:
    """Every signal that a source speaks of, in a fixed order. Uses the prefetched `signals` where there are some."""
    standing: dict[str, Signal] = {}
    for row in inquiry.signals.all():
        if row.name not in standing or row.source == Source.OWNER:
            standing[row.name] = row
    return [
        Sign(name, row.present, " … ".join(e["text"] for e in row.evidence), row.source == Source.OWNER)
        for name in SIGNALS
        if name in standing
        for row in [standing[name]]
    ]


def present_signals(inquiry: Inquiry) -> tuple[str, ...]:
    return tuple(sign.name for sign in signs_of(inquiry) if sign.present)


def correct_slot(inquiry: Inquiry, name: str, words: str) -> None:
    """The owner's word on a slot; empty words say that it is not stated. The reading stays beside it."""
    words = words.strip()
    BriefSlot.objects.update_or_create(
        inquiry=inquiry,
        name=name,
        source=Source.OWNER,
        defaults={
            "stated": bool(words),
            "evidence": [{"text": words}] if words else [],
            "values": _values(inquiry, name, words) if words else {},
            "at": clock.now(),
        },
    )


def _values(inquiry: Inquiry, name: str, words: str) -> dict[str, object]:
    """The figures in what she typed: a slot's value without the sentence around it."""
    zone = ZoneInfo(inquiry.practice.timezone)
    result = reading.read(words, timezone.localtime(inquiry.created_at, zone))
    mentions = result.as_dict()["mentions"]
    if name == "budget" and mentions["amounts"]:
        found = mentions["amounts"][0]
        return {key: found[key] for key in SLOT_VALUES["budget"]}
    if name == "deadline" and mentions["dates"]:
        found = mentions["dates"][0]
        return {"date": found.get("date") or found.get("end")}
    return {}


def withdraw_correction(inquiry: Inquiry, name: str) -> None:
    """Back to what the reading says."""
    BriefSlot.objects.filter(inquiry=inquiry, name=name, source=Source.OWNER).delete()


def correct_signal(inquiry: Inquiry, name: str, *, present: bool) -> None:
    """The owner's word on a signal. The reading stays beside it."""
    Signal.objects.update_or_create(
        inquiry=inquiry,
        name=name,
        source=Source.OWNER,
        defaults={"present": present, "evidence": [], "at": clock.now()},
    )

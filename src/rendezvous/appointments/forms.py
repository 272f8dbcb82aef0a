"""The desk's forms for appointments."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rendezvous.inquiries.models import Mode
from rendezvous.people.contact import Contact, parse_contact
from rendezvous.practice import clock


class WhenForm(forms.Form):
    """A day and an hour, on the practice's own clock."""

    date = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(label=_("Hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        wall = dt.datetime.combine(cleaned["date"], cleaned["time"])
        start = wall.replace(tzinfo=timezone.get_current_timezone())
        if start.astimezone(dt.UTC).astimezone(start.tzinfo).replace(tzinfo=None) != wall:
            self.add_error("time", gettext("That hour does not exist: the clocks go forward that night."))
        elif start <= clock.now():
            self.add_error("date", gettext("That time is already past: choose one to come."))
        cleaned["start"] = start
        return cleaned


class AppointmentForm(WhenForm):
    """An appointment agreed on otherwise, by phone or by mail."""

    minutes = forms.IntegerField(label=_("How long, in minutes"), min_value=5, max_value=600, initial=60)
    mode = forms.ChoiceField(label=_("How"), choices=Mode.choices)
    place = forms.CharField(label=_("Where"), max_length=250, required=False)
    travel = forms.IntegerField(label=_("Travel each way, in minutes"), min_value=0, max_value=1440, required=False)
    name = forms.CharField(label=_("With whom"), max_length=160, required=False)
    reach = forms.CharField(label=_("Their e-mail or phone"), max_length=320, required=False)

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:
            del self.fields["name"], self.fields["reach"]
        else:
            self.fields["name"].required = True

    def clean_reach(self) -> Contact:
        typed = self.cleaned_data["reach"].strip()
        contact = parse_contact(typed) if typed else Contact()
        if contact is None:
            raise forms.ValidationError(
                gettext("“%(typed)s” is neither an e-mail address nor a phone number: please check it.")
                % {"typed": typed[:60]}
            )
        return contact


def wall_clock(moment: dt.datetime, zone: str) -> dict[str, object]:
    """A moment as the form shows it."""
    here = moment.astimezone(ZoneInfo(zone))
    return {"date": here.date(), "time": here.time()}


class HowLongForm(forms.Form):
    """The answer to "how long do you have?", in minutes; `not_asked` where nobody asked."""

    minutes = forms.IntegerField(min_value=5, max_value=600, required=False)
    not_asked = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("not_asked"):
            return {"minutes": None}
        if not self.errors and cleaned.get("minutes") is None:
            self.add_error("minutes", gettext("Say how many minutes, from 5 to 600."))
        return cleaned

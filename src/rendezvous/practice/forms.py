"""Setting up, and the practice's settings."""

import re
from decimal import Decimal
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rendezvous.practice.models import Practice, User
from rendezvous.timing import Rules, RulesError

WEEKDAYS = {
    "monday": _("Monday"),
    "tuesday": _("Tuesday"),
    "wednesday": _("Wednesday"),
    "thursday": _("Thursday"),
    "friday": _("Friday"),
    "saturday": _("Saturday"),
    "sunday": _("Sunday"),
}
_HOURS = re.compile(r"(\d{1,2})\s*(?:h|:)\s*(\d{2})?\s*(?:-|–|à|to)\s*(\d{1,2})\s*(?:h|:)\s*(\d{2})?")


class PasswordField(forms.CharField):
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class SetupForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    password = PasswordField(label=_("A password, ten characters or more"))

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        owner = User(email=self.cleaned_data.get("email", ""), name=self.cleaned_data.get("name", ""))
        validate_password(password, owner)
        return password


class PasswordForm(forms.Form):
    password = PasswordField(label=_("Your new password, ten characters or more"))

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password


class PracticeForm(forms.ModelForm):
    """Who she is, in her words; and the figures that advice rests on."""

    class Meta:
        model = Practice
        fields: ClassVar = [
            "name", "signature", "trade", "about", "prices", "closing_words", "accent", "email", "phone", "place",
            "address", "timezone", "promise_days", "hourly_worth", "usual_value", "trip_hours", "trip_cost",
        ]  # fmt: skip
        widgets: ClassVar = {
            "about": forms.Textarea(attrs={"rows": 6}),
            "prices": forms.Textarea(attrs={"rows": 4}),
            "closing_words": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in self.initial.items():
            if isinstance(value, Decimal):
                self.initial[name] = f"{value:.2f}".rstrip("0").rstrip(".")

    @property
    def said(self) -> list[forms.BoundField]:
        """What she says of herself, in lines and paragraphs."""
        return [self[name] for name in ("name", "signature", "trade", "about", "prices", "closing_words")]

    @property
    def small(self) -> list[forms.BoundField]:
        """The rest, short enough to stand side by side."""
        return [self[name] for name in self.fields if name not in {field.name for field in self.said}]

    def clean_timezone(self) -> str:
        zone: str = self.cleaned_data["timezone"].strip()
        if zone not in available_timezones():
            raise forms.ValidationError(
                gettext("“%(zone)s” is no time zone: write one such as Europe/Paris.") % {"zone": zone}
            )
        return zone


class HoursField(forms.CharField):
    """A day's opening hours as one writes them: "9:30-12:30, 14:00-18:00"; empty where closed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=200, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join("–".join(pair) for pair in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[list[str]]:
        text = super().clean(value)
        rest = _HOURS.sub("", text)
        if re.search(r"\w", rest):
            raise forms.ValidationError(gettext("Write the hours as 9:30-12:30, 14:00-18:00, or leave the day empty."))
        return [[f"{int(a):02}:{b or '00'}", f"{int(c):02}:{d or '00'}"] for a, b, c, d in _HOURS.findall(text)]


class HoursForm(forms.Form):
    """The weekly hours; what they make is checked by `timing` itself."""

    buffer_after = forms.IntegerField(label=_("Minutes to breathe after each appointment"), min_value=0, max_value=240)
    notice_hours = forms.IntegerField(label=_("Shortest notice, in hours"), min_value=0, max_value=720)
    step = forms.IntegerField(label=_("A time is offered every … minutes"), min_value=5, max_value=240)
    holidays = forms.CharField(
        label=_("Country whose public holidays are yours (FR, BE, FR-57…)"), max_length=10, required=False
    )
    exceptions = forms.CharField(
        label=_("Days unlike the others, one a line: 2026-08-15 closed, 2026-05-02 10:00-12:00"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def __init__(self, practice: Practice, *args: Any, **kwargs: Any) -> None:
        self.practice = practice
        hours = practice.availability
        weekly = {name: hours.get("weekly", {}).get(name, []) for name in WEEKDAYS}
        initial = {**hours, **weekly, "exceptions": _exception_lines(hours.get("exceptions", {}))}
        super().__init__(*args, **{"initial": initial, **kwargs})
        week = {name: HoursField(label=label) for name, label in WEEKDAYS.items()}
        self.fields = {**week, **self.fields}

    def clean_exceptions(self) -> dict[str, list[list[str]]]:
        days = {}
        for line in self.cleaned_data["exceptions"].splitlines():
            day, _space, hours = line.strip().partition(" ")
            if day:
                days[day] = [] if hours.strip().lower() in {"", "closed", "fermé"} else HoursField().clean(hours)
        return days

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        made = {key: cleaned[key] for key in ("buffer_after", "notice_hours", "step", "exceptions")}
        made["weekly"] = {name: cleaned[name] for name in WEEKDAYS if cleaned[name]}
        made["buffer_before"] = self.practice.availability.get("buffer_before", 0)
        if cleaned["holidays"]:
            made["holidays"] = cleaned["holidays"].strip()
        try:
            Rules.from_json({"timezone": self.practice.timezone, "length": 60, **made})
        except RulesError as error:
            self._say(error)
        cleaned["availability"] = made
        return cleaned

    def _say(self, error: RulesError) -> None:
        """The error of `timing`, beside the field that it is about."""
        key, _dot, day = error.key.partition(".")
        sentences = {
            "weekly": gettext("Each opening must end after it begins, before midnight, and overlap no other."),
            "exceptions": gettext(
                "Write one day a line: its date, then its hours or “closed”, such as 2026-05-02 10:00-12:00."
            ),
            "holidays": gettext("This country is not known: write FR, BE, CH, or a region such as FR-57."),
        }
        field = day if key == "weekly" and day in self.fields else key
        self.add_error(field if field in self.fields else None, sentences.get(key, str(error)))


def _exception_lines(exceptions: dict[str, list[list[str]]]) -> str:
    return "\n".join(
        f"{day} {', '.join('-'.join(pair) for pair in hours) or gettext('closed')}"
        for day, hours in sorted(exceptions.items())
    )

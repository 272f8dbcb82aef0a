"""The desk's forms."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rendezvous.inquiries.channels.web.forms import WordsField
from rendezvous.inquiries.models import Action, Channel, Draft, Mode
from rendezvous.inquiries.receiving import says_something


class GutForm(forms.Form):
    """A figure, or a reason for none."""

    probability = forms.IntegerField(min_value=0, max_value=100, required=False)
    reason = forms.CharField(max_length=200, required=False)

    @property
    def skipped(self) -> bool:
        return "skip" in self.data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.skipped:
            if not cleaned.get("reason", "").strip():
                self.add_error("reason", gettext("Say in a word why you would rather not: it is all that is kept."))
        elif cleaned.get("probability") is None and not self.has_error("probability"):
            self.add_error("probability", gettext("Choose a figure from 0 to 100, or skip it."))
        return cleaned


class NoteForm(forms.Form):
    words = WordsField(label=_("What they said"))
    channel = Channel.PHONE

    def clean_words(self) -> str:
        text: str = self.cleaned_data["words"]
        if not says_something(text):
            raise forms.ValidationError(gettext("Write down a few words of what they said."))
        return text


class DraftForm(forms.ModelForm):
    class Meta:
        model = Draft
        fields: ClassVar = ["subject", "text", "mode", "minutes", "place"]
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 18})}
        labels: ClassVar = {
            "subject": _("Subject"),
            "text": _("Your answer"),
            "mode": _("How"),
            "minutes": _("How long, in minutes"),
            "place": _("Where"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.action not in {Action.MEET, Action.CALL}:
            for name in ("mode", "minutes", "place"):
                del self.fields[name]
            return
        self.fields["mode"] = forms.ChoiceField(label=_("How"), choices=Mode.choices)
        self.fields["minutes"] = forms.IntegerField(label=_("How long, in minutes"), min_value=10, max_value=480)
        self.fields["place"].required = False

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not says_something(text):
            raise forms.ValidationError(gettext("Write at least a few words before sending."))
        return text

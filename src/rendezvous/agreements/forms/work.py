"""Hours worked, files sent, and why before a signature."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rendezvous.inquiries.attachments import WrongFile, read_file


class WorkForm(forms.Form):
    what = forms.CharField(label=_("What you did"), max_length=200)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=6000)


class FileForm(forms.Form):
    file = forms.FileField(label=_("The file"))
    words = forms.CharField(
        label=_("A word with it"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    kind = forms.ChoiceField(
        label=_("What it is"), choices=[("information", _("information")), ("work", _("work"))], initial="information"
    )

    def __init__(self, *args: Any, too_large: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        sent: UploadedFile | None = cleaned.get("file")
        if self.too_large:
            self.add_error("file", self.too_large)
        elif sent is not None:
            try:
                cleaned["file"] = read_file(sent.name or "", sent.read())
            except WrongFile as error:
                self.add_error("file", str(error))
        return cleaned


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why you begin without a signature"),
        max_length=500,
        error_messages={"required": _("Say why: you will be glad to read it again later.")},
    )

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if len(reason) < 3:
            raise forms.ValidationError(gettext("Say why: you will be glad to read it again later."))
        return reason

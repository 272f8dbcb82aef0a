"""The one field for everything, and the one for how to answer."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from rendezvous.inquiries.attachments import WrongFile, read_file, too_large
from rendezvous.inquiries.receiving import LONGEST_TEXT, File, clean_text, says_something
from rendezvous.people.contact import Contact, parse_contact
from rendezvous.practice.typography import figure

MOST_FILES = 10


class WordsField(forms.CharField):
    """Somebody's own words: any length up to what can be read, and something in them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, widget=forms.Textarea(attrs={"rows": 10}), required=False, **kwargs)

    def clean(self, value: Any) -> str:
        text = clean_text(str(value or ""))
        if len(text) > LONGEST_TEXT:
            raise forms.ValidationError(
                gettext(
                    "Your message has %(length)s characters; please keep it under %(limit)s, or attach it as a file."
                )
                % {"length": figure(len(text)), "limit": figure(LONGEST_TEXT)}
            )
        return text


class InquiryForm(forms.Form):
    words = WordsField(label=_("Tell me everything, as it comes"))
    reach = forms.CharField(
        label=_("Where may I answer you?"),
        max_length=320,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    # A person never sees this one.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_words(self) -> str:
        text: str = self.cleaned_data["words"]
        if not says_something(text):
            raise forms.ValidationError(gettext("Tell me in a few words what you need, then send it again."))
        return text

    def clean_reach(self) -> Contact:
        typed = clean_text(self.cleaned_data["reach"])
        if not typed:
            raise forms.ValidationError(
                gettext("Leave me an e-mail address or a phone number, so that I can answer you.")
            )
        contact = parse_contact(typed)
        if contact is None:
            raise forms.ValidationError(
                gettext("“%(typed)s” is neither an e-mail address nor a phone number: please check it.")
                % {"typed": typed[:60]}
            )
        return contact


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, each of a kind and a size that can be kept."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[File]:  # noqa: ARG002 (Django's signature)
        uploads: list[UploadedFile[Any]] = [upload for upload in data or [] if upload]
        if len(uploads) > MOST_FILES:
            raise forms.ValidationError(
                ngettext(
                    "Please attach at most %(n)s file.",
                    "Please attach at most %(n)s files at a time.",
                    MOST_FILES,
                )
                % {"n": MOST_FILES}
            )
        files = []
        for upload in uploads:
            try:
                files.append(read_file(upload.name or "", upload.read()))
            except WrongFile as error:
                raise forms.ValidationError(str(error)) from None
        return files


class AddForm(forms.Form):
    """Something more, on the personal page: words, files, or both."""

    words = WordsField(label=_("Something to add?"))
    files = FilesField(label=_("Files"), required=False)  # type: ignore[assignment]  # a field, until Django takes it in
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, too_large: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.too_large:
            self.add_error("files", too_large(self.too_large))
        elif not self.errors and not says_something(cleaned["words"]) and not cleaned["files"]:
            self.add_error("words", gettext("Write a few words or choose a file, then send it again."))
        return cleaned

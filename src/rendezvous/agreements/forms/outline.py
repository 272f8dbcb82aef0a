"""The words that her documents begin with."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rendezvous.agreements import texts

LONGEST = 50_000
# What each place says, in the order in which one looks for it.
PLACES: dict[str, Promise] = {
    "need": _("what they need, from the brief"),
    "deliverables": _("what is to be made"),
    "excluded": _("what you will not do"),
    "calendar": _("when it is to be ready"),
    "budget": _("the budget that they named"),
    "price": _("the price, from the lines"),
    "deposit": _("the deposit"),
    "payment_days": _("days to pay"),
    "late_rate": _("your late-payment rate"),
    "validity": _("the day until which it stands"),
    "client": _("the client's name"),
    "practice": _("your name"),
    "town": _("your town"),
    "works": _("author's rights: on what"),
    "modes": _("author's rights: for which uses"),
    "place": _("author's rights: where"),
    "duration": _("author's rights: for how long"),
    "purpose": _("author's rights: to what end"),
}


class OutlineForm(forms.Form):
    """Markdown with places to fill; a place that nobody knows would be printed as it stands, so it is refused."""

    text = forms.CharField(
        label=_("The words"), required=False, max_length=LONGEST, strip=False, widget=forms.Textarea(attrs={"rows": 24})
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        unknown = texts.fill(text, {}).unknown
        if unknown:
            raise forms.ValidationError(
                gettext("“{%(name)s}” is not among the places below: write it otherwise, or take it out.")
                % {"name": unknown[0]}
            )
        return text

import re
from decimal import Decimal

from django import forms
from django.utils.translation import gettext

from rendezvous.agreements.models import Result, Why

_AMOUNT = re.compile(r"\d{1,10}(?:\.\d{1,2})?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")


def plain_amount(typed: str) -> str:
    """ "2 400,50 €", "£2,400": the digits with a point."""
    return _THOUSANDS.sub("", re.sub(r"[\s€£$]|EUR", "", typed)).replace(",", ".")


class OutcomeForm(forms.Form):
    """One touch: the result, with the one thing that goes with it."""

    result = forms.ChoiceField(choices=Result.choices)
    why = forms.ChoiceField(choices=[("", ""), *Why.choices], required=False)
    insisted = forms.NullBooleanField(required=False)
    amount = forms.CharField(required=False)

    def clean_amount(self) -> Decimal | None:
        """An amount as one writes it: "2 400,50 €", "2400", "£2,400"."""
        typed: str = self.cleaned_data["amount"]
        if not typed:
            return None
        plain = plain_amount(typed)
        if not _AMOUNT.fullmatch(plain):
            raise forms.ValidationError(gettext("Write the amount in figures, such as 2 400, or leave it empty."))
        return Decimal(plain)

from typing import Any

from django import forms
from django.utils.translation import gettext

from rendezvous.agreements.models import Result, Why


class OutcomeForm(forms.Form):
    """One touch: the result, with the one thing that goes with it."""

    result = forms.ChoiceField(choices=Result.choices)
    why = forms.ChoiceField(choices=[("", ""), *Why.choices], required=False)
    insisted = forms.NullBooleanField(required=False)
    amount = forms.DecimalField(max_digits=12, decimal_places=2, min_value=0, required=False, localize=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.has_error("amount"):
            self.errors["amount"] = self.error_class(
                [gettext("Write the amount in figures, such as 2 400, or leave it empty.")]
            )
        return cleaned

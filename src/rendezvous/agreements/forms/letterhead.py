"""What her documents say of her."""

import re
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rendezvous.agreements import texts
from rendezvous.agreements.law import wrong_siret
from rendezvous.agreements.models import Letterhead
from rendezvous.agreements.payments import WrongIban, clean_iban

TRADES = {
    "general": _("any trade"),
    "copywriter": _("copywriter"),
    "designer": _("designer"),
    "consultant": _("consultant"),
    "translator": _("translator"),
    "photographer": _("photographer"),
}


class LetterheadForm(forms.ModelForm):
    class Meta:
        model = Letterhead
        fields: ClassVar = [
            "legal_name", "legal_form", "siret", "registration", "capital", "address", "country", "regime", "vat_rate",
            "vat_number", "trade", "deposit_percent", "payment_days", "late_rate", "valid_days", "iban", "bic",
        ]  # fmt: skip
        widgets: ClassVar = {"address": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(name, TRADES.get(name, name)) for name in texts.trades()]
        self.fields["trade"] = forms.ChoiceField(label=self.fields["trade"].label, choices=known)

    def clean_siret(self) -> str:
        siret = re.sub(r"\s", "", self.cleaned_data["siret"])
        if siret and wrong_siret(siret):
            raise forms.ValidationError(gettext("This is no SIRET: fourteen digits, as on your registration."))
        return siret

    def clean_iban(self) -> str:
        iban: str = self.cleaned_data["iban"]
        if not iban:
            return ""
        try:
            return clean_iban(iban)
        except WrongIban:
            raise forms.ValidationError(
                gettext("This is no IBAN: copy it from your bank, spaces do not matter.")
            ) from None

    def clean_country(self) -> str:
        country: str = self.cleaned_data["country"].upper()
        if not re.fullmatch("[A-Z]{2}", country):
            raise forms.ValidationError(gettext("Two letters, such as FR."))
        return country

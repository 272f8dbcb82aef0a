"""What her documents say of her."""

import re
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rendezvous.agreements import texts
from rendezvous.agreements.law import wrong_siret
from rendezvous.agreements.models import Letterhead
from rendezvous.agreements.payments import WrongBic, WrongIban, clean_bic, clean_iban

TRADES = {
    "general": _("any trade"),
    "copywriter": _("copywriter"),
    "designer": _("designer"),
    "consultant": _("consultant"),
    "translator": _("translator"),
    "photographer": _("photographer"),
}


PARTS = {
    _("Who you are"): ("legal_name", "address", "siret", "legal_form", "registration", "capital", "country"),
    _("VAT"): ("regime", "vat_rate", "vat_number"),
    _("To be paid"): ("iban", "bic", "deposit_percent", "payment_days", "late_rate"),
    _("Your documents"): ("trade", "valid_days", "mediator"),
}


class LetterheadForm(forms.ModelForm):
    class Meta:
        model = Letterhead
        fields: ClassVar = [
            "legal_name", "legal_form", "siret", "registration", "capital", "address", "country", "regime", "vat_rate",
            "vat_number", "trade", "deposit_percent", "payment_days", "late_rate", "valid_days", "iban", "bic",
            "mediator",
        ]  # fmt: skip
        widgets: ClassVar = {"address": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(name, TRADES.get(name, name)) for name in texts.trades()]
        self.fields["trade"] = forms.ChoiceField(label=self.fields["trade"].label, choices=known)

    def parts(self) -> list[tuple[Promise, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in PARTS.items()]

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

    def clean_bic(self) -> str:
        bic: str = self.cleaned_data["bic"]
        try:
            return clean_bic(bic) if bic else ""
        except WrongBic:
            raise forms.ValidationError(gettext("This is no BIC: eight or eleven letters and digits.")) from None

    def clean_country(self) -> str:
        country: str = self.cleaned_data["country"].upper()
        if not re.fullmatch("[A-Z]{2}", country):
            raise forms.ValidationError(gettext("Two letters, such as FR."))
        return country

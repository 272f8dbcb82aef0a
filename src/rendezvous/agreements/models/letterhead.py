"""What her documents say of her, by law and by habit."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rendezvous.practice.models import Practice


class Regime(models.TextChoices):
    VAT = "vat", _("with VAT")
    EXEMPT = "exempt", _("VAT not applicable (article 293 B of the CGI)")
    REVERSE_CHARGE = "reverse_charge", _("reverse charge (client in another EU country)")
    OUTSIDE_EU = "outside_eu", _("no French VAT (client outside the EU)")


class LegalForm(models.TextChoices):
    EI = "EI", _("sole trader (EI)")
    MICRO = "micro", _("sole trader, micro scheme")
    AUTHOR = "author", _("author (artiste-auteur)")
    EURL = "EURL", "EURL"
    SASU = "SASU", "SASU"
    SARL = "SARL", "SARL"
    SAS = "SAS", "SAS"
    FOREIGN = "foreign", _("established outside France")


class Letterhead(models.Model):
    """The sender's identity on proposals, quotes and contracts. The private key seals contracts in her name."""

    practice = models.OneToOneField(Practice, models.CASCADE, related_name="letterhead")
    legal_name = models.CharField(_("name or company name, as registered"), max_length=160, blank=True)
    legal_form = models.CharField(_("legal form"), max_length=10, choices=LegalForm.choices, default=LegalForm.EI)
    siret = models.CharField(_("SIRET"), max_length=20, blank=True)
    registration = models.CharField(
        _("register (RCS Marseille, RNE…)"),
        max_length=80,
        blank=True,
    )
    capital = models.CharField(_("share capital, for a company"), max_length=40, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    regime = models.CharField(
        _("VAT on what you sell in France"),
        max_length=16,
        choices=[(r.value, r.label) for r in (Regime.EXEMPT, Regime.VAT)],
        default=Regime.EXEMPT,
    )
    vat_rate = models.DecimalField(
        _("your usual VAT rate, in %"), max_digits=4, decimal_places=1, default=Decimal("20.0")
    )
    address = models.TextField(_("address of the business"), blank=True)
    country = models.CharField(_("country, in two letters"), max_length=2, default="FR")
    iban = models.CharField(_("IBAN, for deposits"), max_length=42, blank=True)
    bic = models.CharField(_("BIC (optional)"), max_length=11, blank=True)
    trade = models.CharField(_("the texts to begin with"), max_length=20, default="general")
    deposit_percent = models.PositiveSmallIntegerField(_("usual deposit, in %"), default=30)
    payment_days = models.PositiveSmallIntegerField(_("days to pay after the invoice"), default=30)
    mediator = models.CharField(
        _("consumer mediator, if you have private clients: name and site"), max_length=200, blank=True
    )
    late_rate = models.CharField(_("late-payment rate (empty: three times the legal rate)"), max_length=80, blank=True)
    valid_days = models.PositiveSmallIntegerField(_("days for which an offer stands"), default=30)
    # Made when she says who she is, and kept from the first seal on (agreements.sealed). The key is encrypted with the
    # installation's secret.
    sealing_key = models.BinaryField(blank=True, default=b"", editable=False)
    sealing_certificate = models.BinaryField(blank=True, default=b"", editable=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="letterhead_terms_sensible",
                condition=Q(deposit_percent__lte=100, payment_days__lte=365, valid_days__gte=1, valid_days__lte=365),
            )
        ]

    def __str__(self) -> str:
        return self.legal_name or str(self.practice)

    @classmethod
    def of(cls, practice: Practice) -> "Letterhead":
        """Hers, or an empty one, unsaved, where she has filled in none."""
        return cls.objects.filter(practice=practice).first() or cls(practice=practice)

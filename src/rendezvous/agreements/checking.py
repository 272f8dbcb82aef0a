"""What keeps a version from being sent, in sentences that say how to mend it."""

import datetime as dt

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from rendezvous.agreements import law, money
from rendezvous.agreements.content import is_figure, lines_of, terms_of
from rendezvous.agreements.facts import facts_of, parties_of
from rendezvous.agreements.models import DocumentKind, Version
from rendezvous.agreements.printing import sheet_of
from rendezvous.agreements.typesetting import CannotTypeset, overflow
from rendezvous.practice import typography

GAPS: dict[str, Promise] = {
    "title": _("It lacks a title: give it one."),
    "words": _("It says nothing yet: write a few words."),
    "seller_name": _("It lacks your name: add it under “What your documents say of you”."),
    "seller_address": _("It lacks the address of your business: add it under “What your documents say of you”."),
    "siret": _("It lacks your SIRET: add it under “What your documents say of you”."),
    "registration": _("It lacks your register, such as RCS Marseille: add it under “What your documents say of you”."),
    "capital": _("It lacks the capital of your company: add it under “What your documents say of you”."),
    "vat_number": _("It lacks your VAT number: add it under “What your documents say of you”."),
    "client_name": _("It lacks the client's name: add it under “The client”."),
    "client_address": _("It lacks the client's address: add it under “The client”."),
    "client_vat_number": _(
        "It lacks the client's VAT number, which the reverse charge needs: add it under “The client”."
    ),
    "mediator": _(
        "For a private client it lacks the consumer mediator: add one under “What your documents say of you”."
    ),
    "lines": _("It lacks a price: fill in a line."),
    "valid_until": _("It lacks a date until which it stands."),
    "payment_days": _("It lacks the days to pay: add them under “VAT, deposit, discount”."),
    "payment_too_late": _("Between professionals, sixty days to pay are the most that the law allows."),
}
RIGHTS: dict[str, Promise] = {
    "works": _("The rights assigned lack the works that they are about."),
    "modes": _("The rights assigned lack the uses that they allow."),
    "place": _("The rights assigned lack the place where they hold."),
    "duration": _("The rights assigned lack the time for which they hold."),
    "purpose": _("The rights assigned lack the purpose that they serve."),
}
PROBLEMS: dict[str, Promise] = {
    "too_many_lines": _("A document has 200 lines at most: group some of them."),
    "line_without_words": _("A priced line has no words: say what it is."),
    "no_figure": _("“%(line)s”: “%(figure)s” is no figure; write it like 2 400 or 0.15."),
    "no_price": _("“%(line)s” lacks its price; write 0 if it is free."),
    "quantity": _("“%(line)s”: the quantity must be more than zero, and reasonable."),
    "price": _(
        "“%(line)s”: the price must not be negative, and ten million at most; for a reduction, use the discount."
    ),
    "price_too_fine": _("“%(line)s”: this price has too many decimals."),
    "discount": _("A discount lies between 0 and 100 %%."),
    "unit": _("“%(line)s”: this unit is not known."),
    "rate_missing": _("“%(line)s”: its VAT rate is missing."),
    "rate_unknown": _("“%(line)s”: this is no French VAT rate (20, 10, 5.5 or 2.1; overseas 8.5, 1.75 or 1.05)."),
    "rate_without_vat": _("“%(line)s” has a VAT rate, but this document is without VAT: empty it, or change the VAT."),
    "currency": _("This currency is not known."),
    "regime": _("This kind of VAT is not known."),
    "deposit": _("The deposit must lie between nothing and the total."),
    "deposit_twice": _("The deposit is a percentage or an amount, not both."),
    "deposit_above_total": _("The deposit is more than the total."),
    "too_much_in_all": _("The total is more than a hundred million: look at the quantities."),
    "country": _("The client's country is two letters, such as FR or BE."),
    "vat_number": _("The client's VAT number does not look like one of that country."),
    "reverse_charge_at_home": _(
        "The reverse charge is for a client in another EU country: change the VAT, or the country."
    ),
    "reverse_charge_needs_number": _("The reverse charge needs a business client with a VAT number."),
    "inside_eu": _("“No French VAT” is for business clients outside the EU: change the VAT, or the country."),
    "reverse_charge_expected": _("A business in another EU country pays VAT itself: choose the reverse charge."),
    "outside_eu_expected": _("For a business outside the EU there is no French VAT: choose “no French VAT”."),
}


def problems_of(version: Version, *, too_long: int | None = None) -> list[str]:
    """Sentences, the most important first; none where it may leave. `too_long`: lines too many, where it is known."""
    found = [] if version.title.strip() else [str(GAPS["title"])]
    found += [_gap(gap) for gap in law.missing(facts_of(version, version.document))]
    found += _of_rights(version)
    found += _of_figures(version) or _of_money(version)
    found += _of_time(version)
    if version.document.kind == DocumentKind.PROPOSAL and not found:
        lines = _lines_over(version) if too_long is None else too_long
        if lines:
            found.append(_one_page(lines))
    return found


def _gap(gap: law.Gap) -> str:
    return str(RIGHTS[gap.about] if gap.code == "rights" else GAPS[gap.code])


def _of_rights(version: Version) -> list[str]:
    """Rights that the words do not name are not assigned, whatever the fields say."""
    if version.document.kind != DocumentKind.AGREEMENT:
        return []
    kept = {name: str(version.rights.get(name) or "") for name in law.RIGHTS}
    unsaid = [n for n, words in kept.items() if words and f"{{{n}}}" not in version.text and words not in version.text]
    if not unsaid:
        return []
    return [
        gettext(
            "The words do not say which rights are assigned: put {%(name)s} where they should, or empty the rights."
        )
        % {"name": unsaid[0]}
    ]


def _of_figures(version: Version) -> list[str]:
    """What was typed in place of a figure: it counts as nought, and must not leave as such."""
    found = []
    for line in version.lines:
        words = {"line": str(line["text"])[:60]}
        typed = [str(line.get(name) or "") for name in ("quantity", "price", "rate", "discount")]
        odd = [text for text in typed if text and not is_figure(text)]
        found += [str(PROBLEMS["no_figure"]) % {**words, "figure": text[:20]} for text in odd]
        if not typed[1] and words["line"]:
            found.append(str(PROBLEMS["no_price"]) % words)
    return found


# Where in the editor, or beyond it, each gap is mended.
PARTS = {
    "letterhead": {"seller_name", "seller_address", "siret", "registration", "capital", "vat_number", "mediator"},
    "client": {"client_name", "client_address", "client_vat_number"},
    "terms": {"payment_days", "payment_too_late"},
    "rights": {"rights"},
}


def parts_lacking(version: Version) -> set[str]:
    """The parts of the editor in which something is to be mended, so that none of it is hidden."""
    gaps = {gap.code for gap in law.missing(facts_of(version, version.document))}
    found = {part for part, codes in PARTS.items() if gaps & codes}
    odd = any(not problem.key for problem in _money_problems(version))
    return found | ({"terms", "client"} if odd else set())


def _money_problems(version: Version) -> list[money.Problem]:
    client = version.client
    return money.problems(
        lines_of(version.lines),
        terms_of(version.terms),
        seller_country=parties_of(version, version.document).country,
        buyer_country=str(client.get("country") or "FR"),
        buyer_vat_number=str(client.get("vat_number", "")),
        buyer_business=bool(client.get("business", True)),
    )


def _of_money(version: Version) -> list[str]:
    found = _money_problems(version)
    words = {str(line["key"]): str(line["text"])[:60] for line in version.lines}
    return [str(PROBLEMS[problem.code]) % {"line": words.get(problem.key, "")} for problem in found]


def _of_time(version: Version) -> list[str]:
    today = version.document.practice.today
    if version.valid_until is None:
        return []
    if version.valid_until < today:
        return [gettext("It would stand until a day that is past: choose a later one.")]
    if version.valid_until > today + dt.timedelta(days=730):
        return [gettext("It would stand for more than two years: choose an earlier day.")]
    return []


def _lines_over(version: Version) -> int:
    return overflow(sheet_of(version, version.document, at=None))


def _one_page(lines: int) -> str:
    return ngettext(
        "A proposal is one page, so that no work is given away before a signature: this one is %(lines)s line too long.",
        "A proposal is one page, so that no work is given away before a signature: this one is about %(lines)s lines too long.",
        lines,
    ) % {"lines": typography.figure(lines)}


def fit_words(error: CannotTypeset) -> str:
    if error.code == "too_long":
        return gettext("It is too long to be printed: sixty pages are the most.")
    if error.code == "too_slow":
        return gettext("Laying out the page takes too long: shorten what is intricate in it, and try again.")
    return gettext("The page could not be laid out just now: your words are kept, try again in a moment.")

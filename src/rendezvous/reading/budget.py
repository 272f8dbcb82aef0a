"""How much: which of the sums in a message is what the writer would pay."""

from types import MappingProxyType

from rendezvous.reading.prose import Prose
from rendezvous.reading.scheme import Amount, Evidence, Slot
from rendezvous.reading.text import phrase

_NONE = phrase(
    r"(?P<e>(?:(?:je |j'|nous |on |i |we )?(?:n'ai|n'avons|n'a|n'y a|ai|avons|a|have|had|have got|there's|there is|there will be|there are|y a|il n'y a)? ?(?:pas|aucun|zero|absolutely no|no|plus) (?:de |d')?(?:[a-z]{3,12} )?(?:budget|argent|moyens|fonds|remuneration|money|funding|cash|pay|funds|payment)(?: (?:a ce stade|pour le moment|pour l'instant|for this|up front|at the moment|at this stage|right now|yet to pay))?)|"
    r"(?:n'avons|n'ai|n'a|n'y a) pas (?:un (?:centime|sou|euro|rond|kopeck)|le moindre (?:euro|budget|sou|centime))|"
    r"(?:ne (?:pouvons|peux|pourrons|pourrai|peut|pourra)|peux|peut) (?:malheureusement |helas )?(?:pas |rien )(?:vous |te )?(?:payer|remunerer|paye)(?: rien)?|(?:pouvons|peux) (?:malheureusement )?rien payer|"
    r"(?:i|we) (?:can't|cannot|can not|won't be able to|couldn't) (?:actually |really )?(?:pay|afford to pay)(?: (?:you|anything|right now|now|much|at the moment|yet))*|"
    r"\bsans (?:remuneration|budget|contrepartie financiere)|\ba titre (?:gracieux|gratuit|benevole)|\bbenevolement\b|\bgratuitement\b|\bunpaid (?:role|work|position|opportunity|project|basis)|\bfor free\b|\bfree of charge\b|\bpro bono\b)"
)
_UNDEFINED_BEHIND = phrase(
    r" ?(?:(?:encore |vraiment |pour l'instant )?(?:defini|fixe|arrete|precis|en tete|valide|determine|set|defined|fixed|in mind|decided|agreed|signed off|confirmed)|de (?:precis|defini)|yet\b(?! to pay)|limit)"
)
_UNDEFINED_BEFORE = phrase(r"\b(?:pas encore|not yet|don't have (?:a|any)) ?$")
_OTHERS_MONEY = phrase(
    r"\b(?:je ne travaille|vous ne travaillez|you don't work|i know you don't|not asking (?:you )?(?:for|to)|pas (?:de travailler|vous demander)|ne vous demande pas|test|essai|audit|echantillon|livraison|sample|devis|quote|consultation)[^.;!?]{0,40}$"
)

# What the words around a sum say of its role, in the same sentence.
_FOR = phrase(
    r"\b(?:budget|enveloppe|mis(?:e)? de cote|mettre|met|prevu|prevoir|prevoyons|dispos(?:ons|e|ent)|payer|paye|paierai|paierons|payons|pay|paying|afford|spend|offer|offrons|plafonne|honoraires|remuneration|cachet|tarif|tjm|taux|prix|fee|fees|rate|"
    r"set aside|put aside|allocated|budgeted|convenu|consacrer|depenser|investir|stretch|allows?|reunir|vote|obtenu|subvention|grant|raised for|forfait|avons|j'ai|have|got|on a|in the jar|up to|maximum|max|aller jusqu'a|can go|penny more|under|around|proposons|propose|remuneree?|paid|mettrions|compter|pense a|pensions)\b"
)
_AGAINST = phrase(
    r"\b(?:chiffre d'affaires|c\.?a\.? de|de ca\b|ca de|turnover|turned over|turns over|revenue|sales|profits?|levee|levee? de fonds|raised|valued|capital|mise a prix|achete|bought|loyer|rent|salaires?|salary|facture|invoice|au lieu de|instead of|bon d'achat|voucher|gift|prime|amende|fine|"
    r"a coute|cost us|avait coute|nous a coute|coutait|coutent|se vend(?:ent)?|vendu(?:e|s|es)?|sells? for|retail|prix de vente|vendons|we sell|priced|ticket|billet|entree|adhesion|cotisation|inscription|par an|a year|per year|annuel|chaque annee|"
    r"does about|fait environ|dons|donations|collecte|pertes?|dette|debt|devis (?:de|a|recu)|quoted|previous (?:designer|agency)|concurrent|competitor|l'an dernier|last year (?!report)|acompte|deposit|remboursement|amounts? to|worth)\b"
)
_STRONG = phrase(
    r"\b(?:budget|enveloppe|plafonne|tjm|mis de cote|set aside|put aside|budgeted|consacrer|afford|can pay|could pay|would pay|peux payer|pouvons payer|disposons|honoraires|stretch|payer)\b"
)
_NOT_A_CENT = phrase(r"\b(?:pas|not|n'ai|sans|without) (?:un|une|a|one|single|le moindre|a single) [a-z]{0,3}$")
_YEARLY = phrase(r" ?(?:/ ?an\b|par an\b|a year|per year|per annum|annuels?|de ca\b|de chiffre)")
_ADDITION = phrase(r" and (?:a |our )[^,.;]{3,30}|, (?:pas davantage|pas plus|not more|hors impression)")

_LIKELY = MappingProxyType({"fr": "EUR", "en": "GBP"})
_AMERICAN = phrase(r"\b(?:dollars?|usd|bucks)\b|\$")


def budget(prose: Prose, currency: str) -> Slot:
    """The slot `budget`; `currency` is the sender's likely one, for sums that name none."""
    best = max(prose.amounts, key=lambda amount: _score(prose, amount), default=None)
    nothing = _no_money(prose)
    if best is not None and _score(prose, best) > 0:
        return _stated(prose, best, currency)
    return Slot(False) if nothing is None else _zero(nothing, currency)


def _score(prose: Prose, amount: Amount) -> int:
    """How surely the amount is what the writer would pay; 0 or less: it is not."""
    start, end = prose.sentence(amount.start)
    if not prose.is_said(amount.start) or _NOT_A_CENT.search(prose.said, start, amount.start + 4):
        return -10
    clause_start, clause_end = prose.clause(amount.start)
    around = prose.said[max(start, clause_start - 25) : min(end, clause_end + 25)]
    score = 1  # a sum in a request is most often what it may cost
    score += 2 * (_FOR.search(prose.said, start, end) is not None)
    score += 2 * (_STRONG.search(prose.said, start, end) is not None)
    score += 2 * (amount.tax is not None) + 2 * (amount.per is not None)
    score -= 5 * (_AGAINST.search(around) is not None)
    score -= 4 * (_YEARLY.match(prose.said, amount.end) is not None)
    score -= 3 * (amount.max == 0)
    score -= 2 * (max(amount.min or 0, amount.max or 0) >= 500_000)
    return score


def _stated(prose: Prose, amount: Amount, currency: str) -> Slot:
    values = {
        "min": amount.min,
        "max": amount.max,
        "currency": _local(amount.currency, currency),
        "tax": amount.tax,
        "per": amount.per or "project",
    }
    start = amount.start
    before = _LEADING.search(prose.said, max(prose.sentence(amount.start)[0], start - 24), start)
    if before is not None:
        start = before.start()
    evidence = prose.evidence(start, amount.end, "amount")
    return Slot(True, (evidence,) if evidence else (), MappingProxyType(values))


_LEADING = phrase(r"\b(?:entre|between|environ|autour de|around|about|tjm|tjm (?:de|autour de)|un tjm autour de) ?$")


def _local(said: str | None, likely: str) -> str:
    """The currency of a sum: "$" is the dollar of where the message comes from."""
    if said is None:
        return likely
    return likely if said == "USD" and likely in ("CAD", "AUD", "NZD") else said


def _no_money(prose: Prose) -> Evidence | None:
    for m in prose.found(_NONE):
        start, end = m.span("e")
        behind = _UNDEFINED_BEHIND.match(prose.said, end)
        before = prose.said[max(prose.sentence(start)[0], start - 50) : start]
        if behind or _UNDEFINED_BEFORE.search(before) or _OTHERS_MONEY.search(before):
            continue
        return prose.evidence(start, end, "no money")
    return None


def _zero(evidence: Evidence, currency: str) -> Slot:
    values = {"min": 0, "max": 0, "currency": currency, "tax": None, "per": "project"}
    return Slot(True, (evidence,), MappingProxyType(values))


def likely_currency(prose: Prose, utc_offset_hours: float | None) -> str:
    """The currency that the sender most likely counts in: the one said in the message, or that of her hours."""
    american = utc_offset_hours is not None and -10 <= utc_offset_hours <= -3
    for amount in prose.amounts:
        if amount.currency and amount.currency != "USD":
            return amount.currency
    if american:
        return "CAD" if prose.language == "fr" else "USD"
    if utc_offset_hours is not None and utc_offset_hours >= 12 and prose.language == "en":
        return "NZD"
    if _AMERICAN.search(prose.said):
        return "USD"
    return _LIKELY[prose.language]

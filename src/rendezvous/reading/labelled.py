"""Lines that name their own subject: "Budget : 3 000 €", "- Pour qui : les familles", "Company: Pell & Co".

They come from contact forms, and from people who answer the questions before they are asked.
"""

from collections.abc import Iterator

from rendezvous.reading.prose import Prose
from rendezvous.reading.scheme import Evidence
from rendezvous.reading.text import phrase

# Longest label first where one begins another: the colon decides.
_LABELS = {
    "who": (
        r"structure|societe|entreprise|organisation|organisme|organi[sz]ation|company(?: name)?|business(?: name)?|"
        r"association|etablissement|activite|profession|metier|raison sociale|maitre d'ouvrage|acheteur|commanditaire|qui (?:nous sommes|je suis|sommes[- ]nous)|"
        r"who (?:we|i) (?:are|am)|about (?:us|me)|nous"
    ),
    "deliverable": (
        r"(?:votre |le |mon |notre )?(?:besoin|projet|demande|mission)|objet(?: d[ue] [a-z ]{2,24})?|needs?|(?:the )?ask|"
        r"prestation(?: souhaitee)?|livrables?|"
        r"ce (?:que nous voulons|que je veux|qu'il (?:nous|me) faut|que nous cherchons|dont nous avons besoin)|quoi|"
        r"what (?:we|i) (?:need|want|are looking for)|(?:the )?(?:project|brief|job)|deliverables?|scope|what"
    ),
    "objectives": (
        r"pourquoi(?: faire)?|(?:l'|notre |nos )?objectifs?|(?:le |notre )?but|enjeux?|finalite|why|goals?|aims?|objectives?|purpose"
    ),
    "audiences": (
        r"pour qui|(?:le |notre )?public(?: vise| cible)?|(?:la |notre )?cibles?|audiences?|target(?: audience| market)?|"
        r"who (?:it's|it is|is it|for)(?: for)?|for whom|destinataires|lecteurs"
    ),
    "competitors": (
        r"a cote de nous|(?:la |notre )?concurrence|(?:nos )?concurrents|competit(?:ors|ion)|the competition|"
        r"ce qui nous (?:distingue|differencie)|what sets us apart"
    ),
}
_LINES = {
    slot: phrase(rf"(?:^|\n) {{0,8}}(?:[-*>] ?|\d{{1,2}}[.)] ?)?\*?(?:{labels})\*? ?(?::|\?)\*? ?(?P<e>[^\n]{{2,200}})")
    for slot, labels in _LABELS.items()
}
_EMPTY = phrase(
    r"(?:-|aucune?s?|n/?a|none|neant|particulier|/|non|no|x|\.|a definir|a preciser|tbd|tbc|to be (?:defined|confirmed)|"
    r"je ne sais pas|don't know|\?)[ .!]{0,3}$"
)


def labelled(prose: Prose, slot: str) -> Iterator[Evidence]:
    """The values that lines give to a slot by its name, shortened to their first sentence."""
    for m in _LINES[slot].finditer(prose.said):
        if _EMPTY.match(m["e"].strip()):
            continue
        start, end = m.span("e")
        end = min(end, max(prose.sentence(start)[1], start + 1))
        if evidence := prose.evidence(start, end, "labelled line"):
            yield evidence

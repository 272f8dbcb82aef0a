"""Whether a meeting or a call is asked for, how and where."""

import re
from collections.abc import Iterator
from types import MappingProxyType

from rendezvous.reading.prose import Prose, extent
from rendezvous.reading.scheme import Evidence, Slot
from rendezvous.reading.text import phrase

_VIDEO = phrase(r"\b(?:visio(?:conference|s)?|video|zoom|teams|google meet|skype|facetime|jitsi|whereby)\b")
_PHONE = phrase(
    r"\b(?:appel(?:ez|er|le|ons|s)?|rappel(?:ez|er|le)|telephon(?:e|er|ez|ique|iquement)|coup de (?:fil|telephone)|coup de tel|call|calls|phone|ring|de vive voix au telephone|passer un coup)\b"
)
_PERSON = phrase(
    r"\b(?:rencontr[a-z]{1,5}|se voir|se voit|nous voir|voir sur place|sur place|cafe|dejeuner|dejeune|verre|boire|passe[rz]?|passiez|venir|venez|visite|visiter|locaux|bureaux|autour d'un|dejeune|dine|viendriez|dans nos|chez nous|chez vous|se retrouver|viens|viendrais|"
    r"meet|meet up|coffee|lunch|dinner|breakfast|drink|pint|tea|drop (?:by|in)|pop (?:in|by|over)|come (?:and|by|over|to|round)|visit|in person|face to face|show you|round the|sit down|see us|site visit|de vive voix)\b"
)

_ASK_NOUN = phrase(
    r"\b(?P<e>(?:(?:une?|un (?:petit|bref|premier|court|rapide)|une (?:petite|premiere|courte)|an?|an? (?:short|quick|brief|first)|the|a|d'un|par|en|in|over|on) )?(?:rendez-vous|rdv|visio(?:conference)?|appel|echange|entretien|coup de (?:fil|telephone)|cafe|dejeuner|verre|rencontre|visite|point telephonique|reunion|"
    r"zoom call|zoom|teams call|teams|video (?:call|chat)|phone call|call|chat|coffee|lunch|drink|pint|meeting|catch-?up|face to face|site visit|facetime)\b)"
)
_ASK_VERB = phrase(
    r"\b(?P<e>(?:(?:nous|vous|se|te|de vous|on peut se|me|m'|nous y|s') ?)?(?:rencontrer|retrouver|appeler|appelle|telephoner|rappeler|parler (?:en|au|de vive|par)|en parler (?:en|au|de vive|autour|par|avec|un)|en discuter|voir (?:a|au|sur|un|en|la|chez|autour|mardi|lundi|jeudi|vendredi|dans)|voir\b(?= ?\?))|on se voit|on s'appelle|"
    r"(?:appelez|appelle|rappelez|telephonez|contactez)-(?:moi|nous)(?: par telephone)?|passe (?:a |au |chez |nous |me |boire |quand )|on (?:dejeune|dine|boit|prend un)|viendriez-vous|viendrais-tu|passez (?!commande)(?:a |au |me |nous |dans |quand |boire |par )|passer (?:nous voir|a |me voir|au |sur place|chez|dans)|venez (?:nous |me |a |voir )|venir (?:nous|me|voir|jusqu|sur|a |au |boire|gouter|chez|sur)|faire un point|"
    r"boire (?:un|une) [a-z]{3,10}|nous parler|vous parler|se parler|viendr[a-z]{2,4}[- ](?:vous|tu)|"
    r"(?:call|ring|phone) (?:me|us)(?: back)?|give (?:me|us) a (?:call|ring|buzz)|(?:meet|meet up|get together|sit down|hop on|jump on|speak|talk) (?=in |at |for |on |over |with |by |you|some|next|this|soon|[a-z]+day|\?)|pop (?:in|by|over|round)|drop (?:by|in)|(?:buy|stand) you (?:a |dinner|lunch|breakfast|coffee)|come (?:and (?:see|discuss|talk|look|have|chat)|by|over|round|down|to (?:our|the|see))|visit (?:us|me|the|our)|show you (?:round|around)|pick your brain|set up a (?:call|meeting|time)|book a (?:call|time)|meet you)"
)
# A noun alone names a meeting; one of these around it asks for it.
_ASKING = phrase(
    r"\?|\b(?:pouvez|pourriez|pouvons|pourrions|pourrait|peut|peux|seriez|seras|serais|aimer|souhait|voudr|propos|disponible|dispo|libre|possible|organiser|prevoir|convenir|fixer|caler|prendre|plaisir|ravi|volontiers|envie|aura lieu|le plus simple|mieux|"
    r"could|can|would|might|may|shall|let's|first\b|d'abord|ensuite|free|available|happy|love|like|fancy|keen|set up|arrange|time for|around for|up for|glad|delighted|any chance|suggest|propose|quand|joignable|passez|venez|appelez)\b"
)
_REFUSED = phrase(
    r"\b(?:aucun|pas de|pas besoin|ni |sans|inutile|ne sera|n'est pas|par ecrit uniquement|plutot que|ne souhait|evit|no |not |don't|without|rather than|n'hesitez pas|hesite|instead of|never|can't|cannot)\b[^.;!?]{0,30}$"
)
_REFUSED_BEHIND = phrase(
    r"[^.;!?]{0,30}\b(?:ne sera|n'est pas (?:necessaire|utile|possible)|accordee?|not (?:needed|necessary|possible)|pas necessaire|isn't)\b"
)
_OTHER_THING = phrase(
    r"\b(?:prise de (?:rendez-vous|rdv)|rendez-vous en ligne|page de (?:rendez-vous|rdv)|module|suite a (?:notre|votre)|notre (?:appel|echange|entretien|rendez-vous|rencontre)|votre (?:appel|visite|message)|apres (?:notre|un)|lors de|nous nous sommes|on s'est|s'etait|l'autre jour|hier|derniere? (?:semaine|mois|fois)|"
    r"our (?:call|chat|meeting|conversation)|after (?:our|the)|we met|last (?:week|month|time)|call for (?:papers|projects)|so-called|what (?:we|they|you) call|call it|called|recall|appel a (?:projets|candidatures|temoignages)|appel d'offres|bande|au cafe\b|centre d'appel|visite guidee|visites de|visiteurs|"
    r"carte de visite|cafe (?:associatif|culturel|librairie)|menu|terrasse|jeu video|(?:the|le|notre|our|du|au) (?:cafe|coffee)\b|(?:your|his|her|their|the) talk\b|video de|videos de|photos? de)\b"
)
_STOP = phrase(
    r"[.;!?\n]|,? (?:et (?:on|nous|je)|mais |car |afin|si (?:vous|cela|tu)|pour (?!la|le|un|une|que)|and (?:i|we|you)(?!'ll)|but |because|if |so |to (?:discuss|talk|see))| au \+?\d\d| au 0\d| on \+?0?7| on \+\d"
)
_MORE = phrase(
    r" ?(?:dans |a |au |plutot |un |le |in |at |any |one |either |or |preferably|chez|sur place|par |mardi|jeudi|idealement)"
)
_LONGEST = 100

_PLACE = re.compile(
    r"(?<![\w'’])(?:à|a|au|aux|près de|proche de|sur|in|at|near|jusqu['’]à|vers|de|d['’]|from|en)\s(?P<place>(?:(?:La|Le|Les|L['’]|Saint|Sainte|St|Ste)[ -])?[A-ZÀ-Ý][a-zà-ÿ'’]{1,20}(?:-[A-Za-zÀ-ÿ'’]{1,15}){0,5}(?: (?:sur|en|les|lès|de|on|upon|le|la) [A-ZÀ-Ý][a-zà-ÿ-]{2,15}| [A-ZÀ-Ý][a-z]{2,15})?)"
)
_NO_PLACE = frozenset(
    "lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre monday tuesday wednesday "
    "thursday friday saturday sunday january february march april may june july august september october november december zoom teams skype google meet christmas noel "
    "easter paques monsieur madame internet instagram facebook linkedin france europe the our my".split()
)
_NAMED_AREAS = phrase(r"(?:ltd|limited|university|universite|museum|guild)")


def meeting(prose: Prose, who: Slot) -> Slot:
    """The slot `meeting`, with its mode and place; for a visit to the writer, her town is the place."""
    found = next(_requests(prose), None)
    if found is None:
        return Slot(False)
    mode = _mode(prose, found)
    place = _place(prose, found, who) if mode in (None, "in_person") else None
    return Slot(True, (found,), MappingProxyType({"mode": mode, "place": place}))


def _requests(prose: Prose) -> Iterator[Evidence]:
    verbs = [(m.start("e"), m.end("e"), True) for m in prose.found(_ASK_VERB)]
    nouns = [(m.start("e"), m.end("e"), False) for m in prose.found(_ASK_NOUN)]
    for start, end, is_verb in sorted([*verbs, *nouns]):
        first, last = prose.sentence(start)
        if _REFUSED.search(prose.said, max(first, start - 60), start) or _REFUSED_BEHIND.match(prose.said, end, last):
            continue
        if _OTHER_THING.search(prose.said, max(first, start - 30), min(last, end + 25)):
            continue
        if not is_verb and not _ASKING.search(prose.said, first, min(last + 1, len(prose.said))):
            continue
        if evidence := prose.evidence(
            start,
            extent(prose, start, _STOP, _MORE, _LONGEST),
            "asks to meet" if is_verb else "names a meeting",
        ):
            yield evidence


def _mode(prose: Prose, found: Evidence) -> str | None:
    """By the words of the request itself, then of its sentence; a video call is a video call even over coffee."""
    start, end = prose.sentence(found.start)
    for first, last in ((found.start, found.end), (start, end)):
        for mode, pattern in (("video", _VIDEO), ("phone", _PHONE), ("in_person", _PERSON)):
            if pattern.search(prose.said, first, last):
                return mode
    return None


def _place(prose: Prose, found: Evidence, who: Slot) -> str | None:
    start, end = prose.sentence(found.start)
    following = next((span for span in prose.sentences if span[0] >= end), (end, end))
    spans = [(found.start, found.end), (start, end), following]
    spans += [(e.start, min(e.end + 30, prose.sentence(e.start)[1] or e.end)) for e in who.evidence]
    for first, last in spans:
        for m in _PLACE.finditer(prose.text, max(0, first - 1), last):
            name = m["place"]
            if prose.said[m.start("place") : m.end("place")].split(" ")[0].split("-")[0] not in _NO_PLACE:
                return name
    return None

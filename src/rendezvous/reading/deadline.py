"""By when: which of the dates in a message is the last acceptable day."""

import datetime as dt
from types import MappingProxyType

from rendezvous.reading.prose import Prose
from rendezvous.reading.scheme import DateMention, Evidence, Slot
from rendezvous.reading.text import phrase

# Words just in front of a date that make it a limit; the evidence takes them in.
_LIMIT = phrase(
    r"(?:\b(?:avant(?: le| la| les| l'| la fin| la reouverture du| l'ouverture du)?|d'ici(?: a| au| le| la| l')?|pour(?: le| la| l'| dans)?|au plus tard(?: le| la| a| en)?|jusqu'au|dernier delai(?: le)?|date limite ?:?|delai ?:?|echeance ?:?|"
    r"by(?: the| around| about)?|before(?: the)?|until|no later than(?: the)?|not later than|due(?: on| by)?|(?:when|quand|livraison|date) ?:|deadline(?: is| of|:)?(?: the)?|at the latest(?: on)?|latest|in time for|for(?: the)?|on(?: the)?|in|so|le|au|en|a|dans|vers) ?)$"
)
_SURE_LIMIT = phrase(
    r"\b(?:avant|d'ici|au plus tard|dernier delai|date limite|delai|echeance|by|before|no later than|not later than|due|deadline|latest|in time for|sous|within|when ?:|quand ?:|livraison ?:|date ?:) ?[a-z': ]{0,14}$|\b(?:so|donc|soit|i\.e\.|c'est-a-dire),? ?$"
)
_AIM = phrase(r"\b(?:pour|for) (?:le |la |l'|the |dans )?$|^$")
_IT_IS = phrase(
    r"\b(?:c'est|ce sera|ca tombe|it's|it is|which is|date|prevue?)(?: prevue?)?(?: le| on| the| au| for)? $"
)
_BY_THEN = phrase(
    r"\b(?:by then|before then|in time for (?:it|that)|d'ici la|avant cette date|pour cette date|a ce moment-la|ce jour-la)\b"
)
_LEAST_SCORE = 2
_AT_THE_LATEST = phrase(r"\b(?:au plus tard|dernier delai|at the (?:very )?latest)\b")
_EVENT = (
    r"(?:salon|reunion publique|lancement|ouverture|reouverture|inauguration|mariage|anniversaire|fete|festival|centenaire|ag|assemblee|congres|colloque|conference|evenement|vernissage|exposition|foire|concert|spectacle|ceremonie|rentree|sortie|"
    r"vide-grenier|marche|portes ouvertes|journee|gala|soutenance|demenagement|"
    r"fair|show|launch|opening|wedding|birthday|anniversary|party|festival|conference|event|exhibition|concert|play|performance|season|trip|open day|holiday|gala|deadline|election|getting married|nous marions|me marie|se marie)"
)
_EVENT_WORD = phrase(rf"\b{_EVENT}\b")
_EVENT_BEFORE = phrase(rf"\b{_EVENT}\b[^.;!?]{{0,40}}$")
_DELIVERY = phrase(
    r"\b(?:livr|rendre|rendu|remis|remettre|pret|prete|prets|finir|fini|termin|mise en ligne|en ligne|imprim|l'avoir|les avoir|l'aurai|il me (?:le|la|les|faut|faudrait)|il nous (?:le|la|les|faut|faudrait)|faut|faudrait|besoin|delai|echeance|partir a|sortir|sort |paraitre|lancement|lancer|ouvre|ouvrir|avoir lieu|doit|doivent|ideal|idealement|souhaitee?|"
    r"deliver|ready|live|finish|complete|done|need|needed|needs|in hand|printed|printer|launch|due|deadline|in place|final|have it|out by|send|ideally|back to|would like|open|available|performance|submit|put on|using)"
)
_MEETING = phrase(
    r"\b(?:rencontr|rendez-vous|rdv|visio|appel|appelez|appeler|telephon|cafe|dejeuner|passer|venir|visite|se voir|on se voit|nous voir|disponible|dispo\b|libre|echange|discuter|parler|zoom|teams|meet|call|coffee|lunch|chat|visit|pop in|drop by|catch up|around|see you|get together|phone|webinaire|webinar|jeudi ou|verre|joignable|joindre|rappel)"
)
_PAST = phrase(
    r"\b(?:depuis|since|fond|cree|creee|crees|ouverte? en|established|founded|opened in|born|nee? (?:en|le)|date de|en 19|hier|suite a|last|derniere?|l'an dernier|avons (?:recu|vu|lu)|ago|il y a|was|were|went|vu|vecu|recu|avez livree?|nous avez|been going|shared|met at|croise|rencontres? (?:a|au|lors)|"
    r"built in|touched since|message envoye|absent|vacances|conge|holiday until|facture du|devis du|carte des vins|a fini|signe en)\b"
)
_START = phrase(
    r"\b(?:a partir|a compter|des|starting|from|as of|commencer|commence|debut(?:er|erait)?|demarr|begin|start)(?: (?:du|de|le|la|on|the|in|early|en|d'))* ?$"
)
_REPLY = phrase(
    r"\b(?:repon|reponse|retour|revenir vers|candidat|inscri|reply|respond|lmk|get back to|let me know|rsvp|proposition|devis|offre|quote|proposal|estimate)"
)
_SOON = phrase(
    r"\b(?P<e>asap|a\.s\.a\.p|as soon as possible|as soon as you can|des que possible|le plus (?:vite|tot|rapidement) possible|au plus (?:vite|tot)|tres rapidement|dans les (?:meilleurs|plus brefs) delais|for yesterday|pour hier|en urgence|tout de suite|straight away|right away|immediately)\b"
)
_UNDATED = phrase(
    rf"\b(?P<e>(?:avant|au plus tard|before|in time for|d'ici|pour|by) (?:(?:le|la|les|l'|notre|nos|the|our|my|start of|le jour de|la fin de|la date de|le debut de|end of|de) ?){{1,4}}(?:[a-z'-]{{2,16}} ){{0,2}}?(?:{_EVENT}|saison|break|vacances|ete|fetes|hiver|printemps|automne|naissance|summer|christmas|spring|autumn|winter|term|baby|bank holiday)\b(?: [a-z'-]{{2,12}}(?= |[.,;!?\n]|$))?)"
)
_LEAD = 45
_TIGHT_DAYS = 7


def deadline(prose: Prose, today: dt.date | None, deliverable: Slot) -> Slot:
    """The slot `deadline`, resolved against the day of the message."""
    work = {prose.sentence_index(evidence.start) for evidence in deliverable.evidence}
    scores = {mention: _score(prose, mention, today, work) for mention in prose.dates}
    best = max(scores, key=lambda mention: (*scores[mention], -mention.start), default=None)
    if best is not None and scores[best][0] >= _LEAST_SCORE:
        return _stated(_with_lead(prose, best), best.last_day or None, best, prose)
    undated = next((m for m in prose.found(_UNDATED) if not _is_elsewhere(prose, m.start())), None)
    if undated is not None and (evidence := prose.evidence(*undated.span("e"), "undated event")):
        return Slot(True, (evidence,), MappingProxyType({"date": None}))
    soon = next((m for m in prose.found(_SOON) if not _is_about_answer(prose, m.start())), None)
    if soon is not None and (evidence := prose.evidence(*soon.span("e"), "as soon as possible")):
        return Slot(True, (evidence,), MappingProxyType({"date": None}))
    return Slot(False)


def is_tight(slot: Slot, today: dt.date | None) -> bool:
    """Whether the deadline is at most seven days after the message."""
    day = slot.values.get("date")
    return bool(
        slot.stated and today is not None and isinstance(day, dt.date) and 0 <= (day - today).days <= _TIGHT_DAYS
    )


def _score(prose: Prose, mention: DateMention, today: dt.date | None, work: set[int]) -> tuple[int, bool]:
    """How surely the date is a limit for the work, and whether its own clause speaks of delivering.

    `work` holds the sentences that say what is to be produced.
    """
    day = mention.last_day
    if not prose.is_said(mention.start) or (today is not None and day is not None and day < today):
        return -10, False
    start, end = prose.sentence(mention.start)
    clause_start, clause_end = prose.clause(mention.start)
    before = prose.said[max(start, mention.start - _LEAD) : mention.start]
    score = 0
    limit = _SURE_LIMIT.search(before) or prose.said.startswith(("sous", "d'ici", "within"), mention.start)
    score += 5 if limit else 0
    score += 2 if not limit and _AIM.search(before) else 0
    score += 1 if not limit and _LIMIT.search(before) else 0
    score += 2 if _EVENT_BEFORE.search(before) else 0
    score += 2 if _DELIVERY.search(prose.said, start, end) else 0
    delivers = _DELIVERY.search(prose.said, clause_start, clause_end) is not None
    score += 2 if delivers else 0
    score += 1 if prose.sentence_index(mention.start) in work else 0
    score += 4 if _BY_THEN.search(prose.said, mention.end, mention.end + 200) else 0
    score += 3 if _IT_IS.search(before) and _EVENT_WORD.search(prose.said, max(0, start - 120), start) else 0
    score += 3 if not limit and _AT_THE_LATEST.search(prose.said, start, end) else 0
    score -= 5 if _MEETING.search(prose.said, clause_start, clause_end) else 0
    score -= 3 if _MEETING.search(prose.said, start, end) and not limit else 0
    score -= 4 if _PAST.search(prose.said, max(start, clause_start - 10), mention.start) else 0
    score -= 4 if _START.search(before) else 0
    score -= 5 if _REPLY.search(prose.said, clause_start, clause_end) else 0
    whole_year = (
        mention.start_date is not None
        and mention.end_date is not None
        and (mention.end_date - mention.start_date).days > 200
    )
    score -= 4 if whole_year else 0
    return score, delivers


def _stated(evidence: Evidence | None, day: dt.date | None, mention: DateMention, prose: Prose) -> Slot:
    """`avant mars` ends with February; any other period is good to its last day."""
    before = prose.said[max(0, mention.start - 8) : mention.start]
    if mention.start_date is not None and before.endswith(("avant ", "before ")):
        opens_whole = mention.text[:3].lower() not in ("fin", "mid", "the", "end", "lat", "deb", "déb", "ear")
        if opens_whole and mention.start_date.toordinal() > 1:
            day = mention.start_date - dt.timedelta(days=1)
    return Slot(True, (evidence,) if evidence else (), MappingProxyType({"date": day}))


def _with_lead(prose: Prose, mention: DateMention) -> Evidence | None:
    """The date with the words in front of it that make it a limit."""
    start = prose.sentence(mention.start)[0]
    first = max(start, mention.start - _LEAD)
    m = _LIMIT.search(prose.said, first, mention.start)
    begin = m.start() if m else mention.start
    event = _EVENT_LEAD.search(prose.said, first, begin if m is None else mention.start)
    if event is not None:
        begin = min(begin, event.start())
    while begin < mention.start and not prose.said[begin].isalnum():
        begin += 1
    return prose.evidence(begin, mention.end, "date")


_EVENT_LEAD = phrase(
    rf"\b(?:(?:avant|pour|before|for|in time for) )?(?:le|la|l'|notre|nos|mon|ma|the|our|my) ?(?:[a-z'-]{{2,16}} ){{0,2}}?{_EVENT} (?:(?:du|de|le|on|of|est|is|aura lieu|the|prevue?|c'est) ?){{1,3}}$"
)


def _is_elsewhere(prose: Prose, start: int) -> bool:
    """Whether the words speak of meeting or answering rather than of the work."""
    first, last = prose.clause(start)
    return _MEETING.search(prose.said, first, last) is not None or _is_about_answer(prose, start)


def _is_about_answer(prose: Prose, start: int) -> bool:
    first, last = prose.clause(start)
    return _REPLY.search(prose.said, first, last) is not None or _MEETING.search(prose.said, first, last) is not None

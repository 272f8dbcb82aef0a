"""Who is asking: the organisation, the activity, or what a private person says of herself."""

import re
from collections.abc import Iterator

from rendezvous.reading.labelled import labelled
from rendezvous.reading.prose import Prose, extent
from rendezvous.reading.quoted import SIGNATURE
from rendezvous.reading.scheme import Evidence, Slot
from rendezvous.reading.text import fold, phrase

_ORGANISATION = (
    r"(?:associations?|asso|entreprise|societe|boite|pme|tpe|start-?up|cabinet|agence|boutique|restaurant|resto|bistrot?|hotel|"
    r"auberge|gite|camping|mairie|commune|ville|village|departement|region|communaute (?:de communes|d'agglomeration)|club|ecole|college|lycee|"
    r"universite|faculte|creche|ferme|domaine|chateau|clinique|hopital|ehpad|ems|residence|musee|theatre|compagnie|troupe|orchestre|choeur|"
    r"chorale|festival|fondation|cooperative|scop|librairie|boulangerie|patisserie|boucherie|fromagerie|garage|atelier|studio|office|syndicat|"
    r"federation|confederation|groupe|groupement|magasin|ong|collectif|pharmacie|centre|laboratoire|labo|maison|edit(?:eur|ions?)|brasserie|"
    r"distillerie|epicerie|salon (?:de (?:coiffure|the|beaute|massage|tatouage)|d'esthetique)|institut|paroisse|bibliotheque|mediatheque|chambre|comite|reseau|marque|enseigne|magazine|revue|journal|"
    r"media|radio|podcast|scierie|menuiserie|pepinieres?|usine|imprimerie|banque|mutuelle|assurance|etude|exploitation|elevage|"
    r"vignoble|cave|bar|cafe|salle|piscine|parc|zoo|thermes|spa|bureau|organisme|etablissement|structure|filiale|service|"
    r"company|firm|business|charity|nonprofit|non-profit|shop|store|bakery|school|nursery|university|museum|theatre|theater|gallery|"
    r"church|parish|council|group|society|trust|foundation|hospital|hospice|practice|surgery|farm|brewery|winery|"
    r"hotel|pub|cafe|gym|agency|startup|start-up|label|band|orchestra|choir|publisher|press|magazine|library|community|committee|"
    r"co-?op|cooperative|institute|festival|clinic|garden centre|workshop|factory|manufacturer|retailer|distributor|consultancy|guild|"
    r"law firm|estate|vineyard|ngo|union|federation|network|department|lab|podcast|channel|brand|house|hall|kitchen|"
    r"comite|club-house|cercle|amicale|jardins?|menuiseries|ateliers|freres|fils|logistics|water)"
)
_LEGAL = re.compile(
    r"\b(?:sas|sasu|sarl|eurl|sa|scop|sci|snc|gmbh|srl|sprl|bv|ltd|limited|llc|inc|plc|llp|& (?:co|fils|sons|cie|associes))\b\.?"
)
_STOP = phrase(
    r",? (?:qui|que|qu'|dont|ou (?:je|nous|on)|et (?:je|j'|nous|on|il|elle|notre|n'|ne )|(?:je|j'|nous|on) |pour (?!personnes)|afin|depuis|car|mais|donc|parce|puisque|"
    r"souhait|recherch|cherch|lance |lancons|voudr|aimer|prepare |organise |a besoin|ai besoin|avons|fete |envisage|developpe des|"
    r"who |that |which |and (?:i|we|our|my|am|are|it|now|need|want|would|looking)|because|since |but |so |with (?:an online|a|about)|would |wants? |needs? |is |are |"
    r"looking|i'm |i am |we're |we are |has |have |to (?:get|help|ask)|too\b)| - |[.;?!]"
)
_MORE = phrase(
    r" ?(?:une? (?:petite |jeune )?[a-z]|an? (?:small |young )?[a-z]|editeur|specialis|etablissement|fabricant|distribut|specialis[ei]ng|based in|basee?s? )"
)
_LONGEST = 90

_DETERMINER = r"(?:une?|le|la|les|l'|des|deux|trois|quatre|notre|nos|mon|ma)"
_ROLE = (
    r"(?:responsable|chargee?|directeur|directrice|gerante?|assistante?|cheffe?|presidente?|secretaire|tresoriere?|"
    r"membre|adjointe?|coordinat(?:eur|rice)|animat(?:eur|rice)|manager|head|director|secretary|chair|treasurer|trustee|"
    r"marketing|communications?|community)"
)
_ROLE_LINK = phrase(
    r"[^.;,\n]{0,50}? (?:chez|au sein (?:de |d'|du )|a l'|a la |de l'|de la |du |d'une? |pour|at|of|for|with) ?(?P<e>\S)"
)

# French "je suis": a determiner, or an occupation; participles and adjectives say nothing of who is asking.
_I_AM = phrase(
    rf"\b(?:je suis|(?<!nous[ ])nous sommes|on est|moi c'est|c'est) (?:actuellement |aussi |encore |maintenant |simplement )?(?P<e>(?P<det>{_DETERMINER}(?: |(?<='))|)"
    r"(?P<word>[a-z-]{3,30}))"
)
_NOT_AN_OCCUPATION = frozenset(
    "interesse interessee ravi ravie desole desolee disponible en sur tres bien sure pas tombe tombee conquis conquise "
    "convaincu contente content curieux curieuse heureux heureuse libre joignable preneur preneuse certain certaine pret "
    "prete toujours vraiment plutot toute tout tous toutes dans chez avec plus trop assez deja venu venue alle allee seul seule "
    "perdu perdue bloque bloquee presse pressee amene oblige satisfait satisfaite enchante enchantee fan aller dispo "
    "preneurs nombreux plusieurs environ mieux possible urgent fini pour quoi qui que celui celle ceux leur nos votre vos bon "
    "bonne premier premiere seconde dernier derniere fier fiere mal quelque chose lui elle moi vous nous eux mon idee objectif but "
    "plaisir jour moment genre truc projet cas fait sujet probleme question raison moins debutant debutante novice client cliente "
    "donc bref comme ainsi ici la voila peu souvent parfois rarement juste bientot vite encore jamais benevole benevoles "
    "loin quand si".split()
)
_I_RUN = phrase(
    r"\b(?:je|j'|nous|on) ?(?:tiens|tenons|tient|dirige|dirigeons|gere|gerons|possede|possedons|preside|exploite|exploitons|represente|representons|codirige|"
    r"administre|anime) (?:avec [^,.;]{3,30}? (?=une? ))?(?P<e>(?:une?|le|la|les|l'|des|deux|trois|notre) ?[a-z])"
)
_I_OPEN = phrase(
    r"\b(?:je|j'|nous|on) ?(?:viens de |venons de |vais |allons |suis en train d[e'] ?)?(?:ai |avons |a )?(?:ouvr|repren|repris|lanc|mont|cree|creer|crea|fond|install|ouvert)[a-z]{0,5} "
    rf"(?P<e>(?:une?|la|le|mon|ma|notre|l') ?(?:[a-z'-]{{2,20}} ){{0,2}}?{_ORGANISATION}\b)"
)
_I_WORK_FOR = phrase(
    r"\b(?:(?:je travaille|nous travaillons|je bosse|j'interviens) (?:pour|chez|a|au sein de|dans) |(?:au nom|pour le compte) (?:de |d'|du )|"
    r"je m'occupe (?:de|d')[^,.;]{3,40}? (?:de|d'|pour) ?(?=l'|la |le |une? )|je fais partie (?:de |d'|du )|"
    r"on behalf of |i work (?:for|at|with) |i(?:'m| am) (?:with|(?:on|in) the [a-z]{3,20} of|part of|(?:writing|emailing) (?:from|for)) |"
    r"i (?:look after|handle|do|lead|manage) [^,.;]{3,60}? (?:at|for) |it's [a-z]{2,15}(?: [a-z]{2,15})? from )(?P<e>\S)"
)
_I_AM_ENGLISH = phrase(
    r"\b(?:i'm|i am|we're|we are|im) (?:just |actually |currently )?(?P<e>(?:an?|two|three|the) (?:[a-z'-]{2,30}))"
)
_NOT_WHO_ENGLISH = phrase(
    r"(?:a (?:big |huge |great |massive |long-?time )?(?:fan|admirer|bit|little|few|lot|couple|couple of|week|month|day|long way|long|total)\b|an? (?:happy|idea)|the one|the only|the same|two (?:days|weeks))"
)
_I_RUN_ENGLISH = phrase(
    r"\b(?P<e>(?:(?:i|we|my [a-z]{3,10} and i) (?:also |both |currently )?(?:run|own|manage|co-?own|represent|chair|teach|drove|drive|"
    r"breed|operate|coach)|we (?:also |both )?(?:make|sell|grow|produce|publish|keep|organi[sz]e|do|build|import|brew|design)) (?!sure|sense|it\b|them\b|this\b|that\b|out\b)[a-z0-9])"
)
_WE_OPEN_ENGLISH = phrase(
    r"\b(?P<e>(?:i|we|(?:my [a-z]{3,10} )?and i)(?:'m|'re|'ve| am| are| have)? ?(?:just )?(?:opening|launching|starting|setting up|about to open|opened|founded|started|launched|bought|took over) "
    rf"(?:up )?(?:an?|our|the) (?:[a-z'-]{{2,20}} ){{0,3}}?{_ORGANISATION}\b)"
)
_SITUATION = phrase(
    r"\b(?P<e>(?:je me marie|nous nous marions|on se marie|we're getting married|we are getting married|i'm getting married|"
    r"je (?:me lance|m'installe|me suis (?:lancee?|installee?)) (?:comme|en tant que) [a-z]|(?:je suis |suis )?a mon compte|(?:i'm )?self-employed|i (?:have )?(?:just )?(?:set up|gone|went) (?:on my own|freelance)|ma (?:femme|fille|soeur|mere) et moi|mon (?:mari|fils|frere|pere) et moi))"
)
_OUR = phrase(rf"\b(?P<e>(?:notre|our|my) (?:[a-z'-]{{2,20}} ){{0,2}}?{_ORGANISATION}\b)")
_NAMED_IS = re.compile(
    r"(?<![\w'’])(?!(?:Notre|Nos|Le|La|Les|Il|Elle|Ce|Cette|Cet|Mon|Ma|Mes|Un|Une|You|This|That|It|There|He|She|They|Here|What|We|My|Our|The|Your|Votre|Vous|Tu|On|Qui|Who|Tout)\b)[A-ZÀ-Ý][\w'’&.-]{1,30}(?: (?:[A-ZÀ-Ý&][\w'’&.-]{0,30}|de|du|des|et|la|le|of|and|the)){0,4}(?:,)? "
    r"(?:est|sont|is|are) (?P<e>(?:une?|le|la|l['’]|an?|the) ?\w)"
)
_WANTS = (
    r"(?:souhait|recherch|cherch|lance|organise|prepare|fete|propose|envisage|voudr|aimer|a besoin|va |ouvre|"
    r"would like|is looking|are looking|wants?|needs?|is putting|is planning|is celebrating|is organi|would love|has been|se renouvelle|compare|veut)"
)
_SUBJECT = phrase(
    rf"(?P<e>(?:la |le |l'|les |the |notre |our )?(?:[a-z'&-]{{2,20}} ){{0,3}}?{_ORGANISATION}\b[^.;:!?\n]{{0,70}}?)[,)]? {_WANTS}"
)
_OCCUPATION = (
    r"(?:menuisi|plombi|boulang|patissi|bouch|fromag|paysag|jardini|charpenti|bijouti|ferronni|infirmi|couturi|tapissi|maroquini|cordonni|serruri|vigneron|"
    r"architecte|avocat|notaire|comptable|medecin|dentiste|veterinaire|osteopathe|sophrologue|psychologue|kine|coiffeu|electricien|macon|peintre|"
    r"ceramiste|potiere?|apicult|maraich|agricult|eleveu|traiteur|restaurat|hoteli|libraire|photographe|musicien|comedien|auteur|autrice|ecrivain|"
    r"enseignant|professeur|instituteur|institutrice|formateur|formatrice|consultant|coach|therapeute|naturopathe|fleuriste|opticien|pharmacien|"
    r"retraite|etudiant|artisan|artiste|designer|plumber|builder|joiner|carpenter|electrician|florist|potter|baker|butcher|physio|dentist|"
    r"solicitor|lawyer|accountant|architect|teacher|nurse|therapist|photographer|musician|author|farmer|gardener|vet|chef|hairdresser)[a-z]{0,6}"
)
_NAME_AND_TRADE = phrase(
    rf"(?:(?:oui|allo|bjr|bonjour|salut|hello|hi|bonsoir|c'est|moi c'est|it's|this is) ?[,!.]? ?){{0,3}}(?:(?:madame|monsieur) ?,? ?)?(?P<e>(?!(?:bonjour|bonsoir|salut|hello|hi|pour|avec|chez|des|les|aux|for|with|and|the|madame|monsieur|une?|cher|chere|dear)\b)[a-z-]{{2,15}} [a-z-]{{2,20}},? {_OCCUPATION}(?: (?:a|au|en|de|in|at|from|near) [a-z-]{{2,30}})?)"
)
_OPENING_NOUN = phrase(
    rf"(?:(?:bjr|bonjour|salut|hello|hi|bonsoir) ?[,!.]? ?)?(?P<e>(?:{_ORGANISATION}|retraitee?s?|etudiante?s?|infirmieres?|enseignante?s?|professeure?s?|medecins?|avocate?s?|architectes?|artisane?s?|"
    r"jeunes? [a-z]{3,20}|mere|pere|maman|papa|[a-z]{3,20}(?:istes?|ienne?s?|logues?|euses?|trices?|iculteurs?))\b[^,.;:!?\n]{0,50}), (?:je|j'|nous|on|besoin|cherche|ai|avons|i|we|need|looking)\b"
)

# "Apiculteur à Forcalquier.": a trade or an organisation that opens a sentence, and the town it is in.
_OPENING_PLACE = phrase(
    rf"(?:(?:oui|allo|bjr|bonjour|salut|hello|hi|bonsoir)(?: (?:madame|monsieur|[a-z]{{3,15}}))? ?[,!.:]? ?){{0,2}}(?:(?:je suis|nous sommes) (?:une? )?)?(?P<e>(?:une? |petite? )?(?:{_ORGANISATION}|{_OCCUPATION}|"
    r"(?!(?:premier|dernier|papier|courrier|dossier|calendrier|entier)s?\b)[a-z-]{3,20}(?:istes?|ieres?|iers?|eurs?|euses?|trices?|logues?|iciens?|iciennes?|culteurs?|cultrices?|reliu?euse|relieur))\b[^.,;:!?\n]{0,40}? (?:a|au|aux|en|pres de|pres d'|in|near|at) (?P<place>[a-z][^.,;:!?\n()]{1,40}?))(?= ?[.,;(:!\n]|$)"
)


def who(prose: Prose) -> Slot:
    """The slot `who`: the first thing said that tells, the surest kind of saying first; else the signature."""
    for find in (_from_field, _from_statement, _from_subject, _from_our, _from_signature):
        evidence = next(find(prose), None)
        if evidence is not None:
            return Slot(True, (evidence,))
    return Slot(False)


def _passage(prose: Prose, start: int, rule: str, *, beyond: int | None = None) -> Evidence | None:
    """The passage from `start` on; it ends after `beyond` at the soonest, which a pattern has vouched for."""
    return prose.evidence(start, extent(prose, max(start, beyond or 0), _STOP, _MORE, _LONGEST), rule)


def _from_field(prose: Prose) -> Iterator[Evidence]:
    for line in labelled(prose, "who"):
        start = line.start
        named = _NAMED_THEN.match(prose.said, start, line.end)
        start = named.end() if named else start
        if evidence := _passage(prose, start, line.rule):
            yield evidence


_NAMED_THEN = phrase(r"[^,.;]{3,40}, (?=une? |an? )")


def _from_statement(prose: Prose) -> Iterator[Evidence]:
    found = [*_i_am(prose), *_plain_statements(prose), *_opening_nouns(prose)]
    yield from sorted(found, key=lambda e: e.start)


def _i_am(prose: Prose) -> Iterator[Evidence]:
    for m in prose.found(_I_AM):
        word, start = m["word"], m.start("e")
        if re.match(_ROLE, word):
            link = _ROLE_LINK.match(prose.said, m.end("e"))
            evidence = _passage(prose, link.start("e"), "role in") if link else None
        elif (
            (
                word in _NOT_AN_OCCUPATION
                or prose.text[m.end("word") - 1] in "éÉ"
                or prose.text[m.end("word") - 2 : m.end("word")] in ("ée", "és")
            )
            or (not m["det"] and (m.group().startswith(("c'est", "on est")) or word.endswith(("ant", "ment"))))
            or (
                m.group().startswith("c'est")
                and not re.match(rf".{{0,40}}?\b{_ORGANISATION}\b", prose.said[start : start + 80])
            )
        ):
            continue
        else:
            evidence = _passage(prose, start, "je suis")
        if evidence:
            yield evidence
    for m in prose.found(_I_AM_ENGLISH):
        if not _NOT_WHO_ENGLISH.match(prose.said, m.start("e")) and (evidence := _passage(prose, m.start("e"), "i am")):
            yield evidence


def _plain_statements(prose: Prose) -> Iterator[Evidence]:
    patterns = (
        (_I_RUN, "je tiens"),
        (_I_OPEN, "j'ouvre"),
        (_I_WORK_FOR, "on behalf of"),
        (_I_RUN_ENGLISH, "i run"),
        (_WE_OPEN_ENGLISH, "we open"),
        (_SITUATION, "situation"),
    )
    for pattern, rule in patterns:
        for m in prose.found(pattern):
            if evidence := _passage(prose, m.start("e"), rule, beyond=m.end() - 1):
                yield evidence
    for m in _NAMED_IS.finditer(prose.text):
        near_top = prose.sentence_index(m.start()) <= 4
        if near_top and prose.is_said(m.start()) and (evidence := _passage(prose, m.start("e"), "x is a")):
            yield evidence


def _from_subject(prose: Prose) -> Iterator[Evidence]:
    for start, end in prose.sentences[:8]:
        m = _SUBJECT.match(prose.said, start, end)
        if m and (evidence := prose.evidence(m.start("e"), _without_pronoun(prose, *m.span("e")), "x wants")):
            yield evidence


def _without_pronoun(prose: Prose, start: int, end: int) -> int:
    m = _PRONOUN_AT_END.search(prose.said, start, end)
    return m.start() if m else end


_PRONOUN_AT_END = phrase(r",? (?:(?:and|et) )?(?:we|i|nous|je|on|elle|il)$")


def _opening_nouns(prose: Prose) -> Iterator[Evidence]:
    for start, end in prose.sentences[:8]:
        m = _NAME_AND_TRADE.match(prose.said, start, end) or _OPENING_NOUN.match(prose.said, start, end)
        if m is None:
            m = _OPENING_PLACE.match(prose.said, start, end)
            if m and not prose.text[m.start("place")].isupper():
                continue
        if m and (evidence := prose.evidence(*m.span("e"), "opening noun")):
            yield evidence


def _from_our(prose: Prose) -> Iterator[Evidence]:
    for m in prose.found(_OUR):
        if evidence := _passage(prose, m.start("e"), "our"):
            yield evidence


_ORGANISATION_WORD = re.compile(rf"\b{_ORGANISATION}\b")
_ROLE_LINE = phrase(
    rf"(?:(?:le|la|l'|the|pour le|pour la) ?)?(?:{_ROLE}|ingenieur|consultante?|founder|fondat|ceo|cto|coo|owner|curator|editor|proprietaire|doctorante?|hr |pdg|dg\b|associee?|manager|[a-z]{{3,20}} manager)\b"
)
_ADDRESS_LINE = re.compile(
    r"\d{2}[ .-]?\d{2}[ .-]?\d{2}|@|www\.|https?:|\brue\b|\bavenue\b|\bstreet\b|\broad\b|\bplace\b|\bboulevard\b|\d{5}|^\d|07700|standard|\btel\b"
)
_AFTER_ROLE = phrase(r"(?:,| - | chez | at | @ | \| )(?P<e>[^,|\n]{3,60})$")


def _from_signature(prose: Prose) -> Iterator[Evidence]:
    """An organisation named under the writer's own words."""
    for part in prose.parts:
        if part.kind != SIGNATURE:
            continue
        position = part.start
        for number, line in enumerate(prose.text[part.start : part.end].split("\n")):
            folded = fold(line)
            span = _organisation_in(folded, first=number == 0)
            if span is not None:
                start, end = position + span[0], position + span[1]
                yield Evidence(prose.text[start:end], start, end, "signature")
            position += len(line) + 1


def _organisation_in(line: str, *, first: bool) -> tuple[int, int] | None:
    start, end = len(line) - len(line.lstrip()), len(line.rstrip())
    if end - start < 4 or end - start > 90:
        return None
    if _ROLE_LINE.match(line, start):
        m = _AFTER_ROLE.search(line)
        if m is None or _ADDRESS_LINE.search(m["e"]):
            return None
        lead = len(m["e"]) - len(m["e"].lstrip())
        return m.start("e") + lead, m.end("e")
    if _ADDRESS_LINE.search(line):
        return None
    named = _ORGANISATION_WORD.search(line) is not None or _LEGAL.search(line) is not None
    return (start, end) if named and not (first and line[start:end].count(" ") > 6) else None

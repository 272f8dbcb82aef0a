"""What is to be produced: the object of a need, if it is something that can be made or done."""

from collections.abc import Iterator

from rendezvous.reading.labelled import labelled
from rendezvous.reading.prose import Prose, extent
from rendezvous.reading.scheme import Evidence, Slot
from rendezvous.reading.text import phrase

# Verbs of making, in the infinitive, and the same as participles in English.
_MAKE_FR = (
    r"(?:refondre|refaire|rediger|ecrire|reecrire|traduire|relire|corriger|dessiner|redessiner|creer|concevoir|realiser|produire|"
    r"illustrer|filmer|photographier|monter|animer|former|developper|programmer|mettre en (?:page|forme|ligne|scene|musique|valeur)|mettre a jour|moderniser|"
    r"decliner|adapter|sous-titrer|enregistrer|composer|amenager|decorer|peindre|fabriquer|construire|retoucher|transcrire|"
    r"auditer|structurer|habiller|calligraphier|graver|coder|integrer|migrer|gerer|capter|couvrir|immortaliser|interpreter|"
    r"repenser|redynamiser|rafraichir|preparer|fournir|envoyer|livrer|accompagner|coacher|doubler|mixer|numeriser|restaurer|maquetter|reparer|sauver|reprendre (?!contact)|recadrer|detourer|ouvrir|transformer|agrandir|renover|reamenager|"
    r"s'occuper (?:de|du|d'))"
)
_MAKE_EN = (
    r"(?:write|rewrite|re-write|design|redesign|re-design|translate|build|rebuild|edit|illustrate|shoot|film|photograph|proofread|copy-?edit|"
    r"draft|record|develop|create|make|produce|paint|draw|lay out|typeset|update|revamp|code|animate|mix|master|compose|"
    r"letter|run|teach|train|coach|audit|transcribe|set up|facilitate|narrate|voice|cover|capture|refresh|overhaul|migrate|do the|"
    r"sort out|fix|prepare|deliver|plan|renovate|fit out|restore|repair|mend|knit|carve|subtitle)"
)
_MADE_EN = (
    r"(?:written|rewritten|designed|redesigned|translated|built|rebuilt|edited|illustrated|shot|filmed|photographed|proofread|"
    r"copy-?edited|recorded|made|painted|drawn|typeset|updated|animated|mixed|mastered|lettered|transcribed|set up|laid out|done|narrated)"
)
# Things that are made; plurals by "s?".
_THING_FR = (
    r"(?:sites?|boutique en ligne|e-boutique|e-commerce|application|appli|logos?|logotype|identite|charte|plaquette|brochure|flyers?|affiche|depliant|tracts?|"
    r"catalogue|cartes?|menu|etiquette|packaging|emballage|illustration|dessin|croquis|bd|bande dessinee|portrait|photos?|photographies?|reportage|shooting|"
    r"seance|films?|videos?|clips?|capsule|teaser|montage|podcast|balado|mixage|traduction|version|sous-titrage|relecture|correction|texte|"
    r"articles?|billet|newsletter|infolettre|contenu|redaction|livres?|livret|guide|rapport|dossier|communique|discours|cv|biographie|manuel|notice|"
    r"fiche|formation|atelier|seminaire|conference|coaching|accompagnement|audit|diagnostic|strategie|maquette|prototype|refonte|creation|"
    r"realisation|conception|animation|campagne|publication|posts?|visuel|banniere|panneau|panneaux|signaletique|enseigne|fresque|decoration|amenagement|"
    r"tableaux? de bord|outil|module|plateforme|intranet|extranet|faire-part|invitation|calendrier|couverture|pochette|bande-annonce|voix off|"
    r"enregistrement|jingle|musique|spectacle|scenographie|stands?|roll-up|presentation|powerpoint|infographie|modelisation|plans?|page|"
    r"descriptions?|annonces?|slogans?|temoignages?|recits?|scenario|adaptation|interpretation|transcription|tournage|captation|mise en page|mise a jour|charte graphique|kakemono|trombinoscope|"
    r"journee|mission|meuble|robe|costume|bijou|gateau|vitrail|sculpture|community management|referencement|cours|parcours|exposition|expo|magazine|bulletin)s?"
)
_THING_EN = (
    r"(?:website|web site|site|landing page|page|store|shop|app|application|logo|branding|brand|identity|brochure|leaflet|flyer|poster|catalogue|"
    r"catalog|business card|card|menu|label|packaging|illustration|drawing|sketch(?:e)?|portrait|photo|photograph|photography|photoshoot|shoot|headshot|film|video|"
    r"edit|clip|trailer|podcast|episode|mixing|translation|subtitle|proofreading|copy|text|article|blog post|post|newsletter|content|book|"
    r"guide|report|press release|speech|manual|training|workshop|talk|course|coaching|audit|strategy|plan|mock-?up|prototype|wireframe|"
    r"redesign|rebrand|campaign|banner|sign|signage|mural|dashboard|tool|platform|portal|checkout|invitation|cover|voice-?over|recording|jingle|"
    r"music|score|song|presentation|deck|slide|infographic|caption|handbook|script|application|menu board|board|artwork|file|headline|"
    r"draft|e-?mail|template|series|session|piece|profile|bio|obituar(?:y|ie)|letter|quilt|cake|dress|map|model|garden|interior|makeover|plugin|spreadsheet|t-?shirt|tee)s?"
)
_DETERMINER = (
    r"(?:une?|des|de|d'|du|le|la|l'|les|notre|nos|mon|ma|mes|son|sa|ses|leur|leurs|cette|ce|ces|quelques|plusieurs|deux|trois|quatre|cinq|six|sept|huit|dix|douze|"
    r"an?|the|our|my|their|some|this|these|two|three|four|five|six|seven|eight|ten|twelve|new|\d{1,4})"
)
_OBJECT = phrase(
    rf"(?<![\w])(?<!quelqu')(?P<e>(?:(?:faire|nous aider a|m'aider a|aider a|les|la|le|en) )?\b{_MAKE_FR}\b(?! (?:un|cet?t?e?) (?:devis|point|choix|rendez-vous|rdv|proposition|demarche|experience))"
    rf"|\b{_MAKE_EN} (?!sure|sense|time|it to|contact|a (?:quote|call|decision|difference))"
    rf"|\b{_DETERMINER} ?(?:[a-z'-]{{1,18}} ){{0,3}}?(?:{_THING_FR}|{_THING_EN})\b"
    rf"|\b(?:{_THING_FR}|{_THING_EN})\b"
    rf"|(?:\b{_DETERMINER} ?)?(?:[a-z'-]{{1,18}} ){{1,4}}?(?:entirely |properly |professionally )?{_MADE_EN}\b)"
)
_NEED = phrase(
    r"\b(?:(?:cherch|recherch|souhait|voudr|aimer|envisag|voul|veu)[a-z]{1,7}(?: bien)?(?! (?:un |du |une )?(?:emploi|poste|stage|travail|alternance|logement)\b)(?! que (?:ca|cela|les|ce)\b)|besoin (?:de |d'|que |qu'|urgent de )?|besoin\b|il(?: me| nous| m'| leur| lui)? ?(?:faut|faudrait|faudra)|"
    r"confier|commander|charger de|projet (?:de |d')|projet ?:|mission (?:est |sera )?(?:de |d'|:)|prestation ?:|il s'agit (?:de |d')|il s'agirait (?:de |d')|dans le cadre (?:de |d'|du )|"
    r"devis (?:pour|concernant|relatif a|sur)|demande de devis|a la recherche (?:de|d')|(?:vous pourriez|vous pouvez|tu pourrais|tu peux|vous sauriez|any chance (?:of|you)|(?:i|we)(?: would| should|'d)? (?:like|need|want) is|(?:pourriez|pouvez|peux|pourrais|sauriez|accepteriez|seriez|serais)[- ](?:vous|tu)(?: nous| me| m'| libre pour| dispo pour| disponible pour| partante? pour)?)|"
    r"combien (?:coute|couterait|pour|pour faire|demandez-vous pour|prenez-vous pour)|combien un|c'est combien|tarifs? pour|prix (?:pour|d'un)|(?:redact|traduct|photograph|graphist|illustrat|developp|design|vide|mont|auteur|autrice|plume|format|consult|freelance)[a-z]{0,8}(?: [a-z-]{3,16}){0,2}? pour|on enchaine|reste a|"
    r"need|needs|wants?|looking (?:for|to|at)|look for|would (?:love|like)|'d (?:love|like)|hoping (?:for|to)|search(?:ing)? for|in search of|"
    r"after (?=an?)|require|interested in|commission|hire|quote (?:for|on|to)|quotes? from [^,.;]{3,40} for|(?:could|can|would|might) you(?: please| possibly)?|help (?:us|me)(?: to)?|"
    r"how much (?:is|for|would|does|do you charge for|to)|price (?:for|of)|cost (?:of|for)|putting together|planning|get(?=[^.;]{3,40} (?:designed|written|translated|made)))\b ?"
)
_NAMES_IT = phrase(rf"\b(?:{_MAKE_FR}|{_MAKE_EN}|{_MADE_EN}|{_THING_FR}|{_THING_EN})\b")
_LINK_AT_END = phrase(r",? ?(?:\b(?:avec|pour|a|de|dans|with|for|at|around|environ|budget)\b)? ?$")
_OPENING_THING = phrase(
    rf"(?:(?:bjr|bonjour|bonsoir|salut|hello|hi)(?: (?:madame|monsieur|[a-z]{{3,15}}))? ?[,!.]? ?)?"
    rf"(?P<e>(?:une? |petite? )?(?:{_THING_FR}|{_THING_EN})\b(?= ?(?:papier|internet|web|vitrine|complete?|pour|de|du|d'|des|for|of|[:,(]| \d)))"
)
_REFUSED = phrase(r"\b(?:ne|n'|pas|rien|aucun|not|no|don't|doesn't|without|sans|inutile|plus)(?: [a-z']{1,8})? ?$")
_REACH = 90  # how far behind the need its object may begin
# "il y a 18 pages à traduire"
_TO_BE_DONE = phrase(rf"(?P<e>(?:\d[\d ]{{0,6}}|une? |des |deux |trois |quelques )[^.;:!?\n]{{2,40}} a {_MAKE_FR}\b)")

_STOP = phrase(
    r",? (?:afin|pour (?!(?:le|la|les|un|une|des|notre|nos|mon|ma|\d|[a-z]{3,14}s\b))|pour (?=que|les (?:offrir|mettre))|parce|car |puisque|mais|et (?:nous|je|j'|on|il|elle|qui|cela|ca) ?|"
    r"qui |dont|avant |d'ici|au plus tard|sous (?:\d|quinzaine|huitaine|une?)|des que|a partir de|a rendre|budget|au tarif|tarif|tjm|destinee?s?|a destination|"
    r"pour (?:le \d|vendredi|lundi|mardi|mercredi|jeudi|samedi|dimanche|demain|la fin|fin|debut|mi-|toucher|attirer|vendre)|c'est|il y a|sachant|l'idee|si possible|que (?:je|nous|on)|"
    r"a un prestataire|a des prestataires|so that|so (?:we|i|people|they)|in order|because|but |and (?:i|we|it|they|would|maybe|want)|that (?!is)|which |who |by (?!hand)|before |within |until|for under|"
    r"aimed|targeted|about which|asap|as soon|to (?:help|get|attract|convince|reach|show|make|replace|celebrate|promote|sell|use)|in time|please|if |when |,? we |,? i )"
    r"| - |[.;?!]"
)
_MORE = phrase(
    r" ?(?:une? [a-z]{3,14}aine|une |une?e? \w|environ|soit |a peu pres|plus |ainsi que|avec |et |dont |sous-titre|y compris|deux|trois|quatre|cinq|six|huit|dix|\d|"
    r"an? |about|around|roughly|approx|with |plus |and (?!we|i )|including|from |maybe|logo|charte|cart|textes?|photos?|a5|a4|a3|print|on |for (?:string|the shop)|du |de l|des |le |the works)"
)
_LONGEST = 150
_OPTIONS = phrase(r"\b(?:ou|or|peut-etre|maybe|could be|soit|voire|perhaps)\b|\?")
_UNDECIDED = phrase(
    r"\b(?:je (?:ne )?sais pas|on (?:ne )?sait pas|nous ne savons pas|pas encore (?:si|quoi|decide|defini)|rien n'est (?:arrete|decide)|encore flou|j'hesite|don't know|not sure|undecided|haven't decided|no idea|"
    r"je l'ignore|pas trop par ou)\b"
)
_RECIPROCAL = phrase(
    r"\b(?:echantillon|idees?|sample|page test|article test|test|croquis|maquette|sketches|mockups?|ideas)\b"
)


def deliverable(prose: Prose) -> Slot:
    """The slot `deliverable`; not stated while it is one of several options that nobody has chosen between."""
    if _is_undecided(prose):
        return Slot(False)
    found = next(_candidates(prose), None)
    if found is None:
        return Slot(False)
    more = _to_be_done(prose, found)
    return Slot(True, (found, *more))


def _candidates(prose: Prose) -> Iterator[Evidence]:
    for line in labelled(prose, "deliverable"):
        if _OBJECT.search(prose.said, line.start, line.end):
            yield line
    for need in prose.found(_NEED):
        if _REFUSED.search(prose.said, max(0, need.start() - 16), need.start()):
            continue
        end = prose.sentence(need.start())[1]
        if passage := _object(prose, need.end(), min(end, need.end() + _REACH), "need"):
            yield passage
    for m in prose.found(_TO_BE_DONE):
        if passage := prose.evidence(*m.span("e"), "to be done"):
            yield passage
    yield from _opening_things(prose)


def _object(prose: Prose, start: int, end: int, rule: str) -> Evidence | None:
    """The first thing between two positions that can be made or done, and still names it where the passage ends."""
    for m in _OBJECT.finditer(prose.said, start, end):
        stop = _before_money(prose, m.start("e"), extent(prose, m.start("e"), _STOP, _MORE, _LONGEST))
        passage = prose.evidence(m.start("e"), stop, rule)
        if passage is None or not _NAMES_IT.search(prose.said, passage.start, passage.end):
            continue  # "une rédactrice pour…": somebody is named here, the thing comes later
        return None if _RECIPROCAL.search(prose.said, passage.start, passage.end) else passage
    return None


def _before_money(prose: Prose, start: int, end: int) -> int:
    """The end of a passage that runs into its price ("une brochure, avec 1 000 €")."""
    paid = [amount.start for amount in prose.amounts if start < amount.start < end]
    if not paid:
        return end
    m = _LINK_AT_END.search(prose.said, start, min(paid))
    return m.start() if m else min(paid)


def _opening_things(prose: Prose) -> Iterator[Evidence]:
    """A sentence that begins with the thing itself: "Bonjour, plaquette pour mon entreprise, 4 pages"."""
    for start, end in prose.sentences[:6]:
        m = _OPENING_THING.match(prose.said, start, end)
        if m and (passage := _object(prose, m.start("e"), end, "opening thing")):
            yield passage


def _to_be_done(prose: Prose, found: Evidence) -> tuple[Evidence, ...]:
    """A second passage that counts what is to be done, in a sentence near the first."""
    for m in prose.found(_TO_BE_DONE):
        near = abs(prose.sentence_index(m.start()) - prose.sentence_index(found.start)) <= 2
        if (
            near
            and not (m.start() < found.end and found.start < m.end())
            and (e := prose.evidence(*m.span("e"), "to be done"))
        ):
            return (e,)
    return ()


def _is_undecided(prose: Prose) -> bool:
    m = _UNDECIDED.search(prose.said)
    if m is None:
        return False
    i = prose.sentence_index(m.start())
    around = prose.sentences[max(0, i - 1) : i + 2]
    return any(_OPTIONS.search(prose.said, start, end) for start, end in around)

"""What it is for, who it addresses, and who else does it: the three things that people tell rather than state."""

from collections.abc import Callable, Iterator

from rendezvous.reading.labelled import labelled
from rendezvous.reading.prose import Prose, extent
from rendezvous.reading.scheme import Evidence, Slot
from rendezvous.reading.text import Phrase, phrase

_LONGEST = 130

# Verbs of change: what a piece of work is for, rather than the work itself.
_CHANGE_FR = (
    r"(?:augmenter|accroitre|doubler|attirer|convaincre|recruter|remplir|regarnir|faire (?:connaitre|venir|revenir|comprendre|decouvrir|savoir|rever|vivre)|gagner|vendre|reduire|diminuer|"
    r"fideliser|toucher|seduire|rassurer|donner (?:envie|confiance|a voir)|sensibiliser|promouvoir|valoriser|demarquer|nous demarquer|se demarquer|developper (?:nos|notre|mes|les) (?:ventes|clientele|activite|reservations)|trouver (?:de nouveaux|des|plus)|"
    r"renouveler|rajeunir|ameliorer|faciliter|eviter|inciter|encourager|lever des fonds|entrer (?:enfin )?chez|exporter|obtenir|conquerir|reconquerir|relancer|remonter|limiter|gagner du temps|"
    r"leur faire|montrer|prouver|expliquer|aider les|permettre|pouvoir|garder|retenir|capter|degager|liberer|les offrir|offrir a|sortir de|arreter de|cesser de|rendre (?:plus )?)"
)
_CHANGE_EN = (
    r"(?:increase|boost|grow|double|attract|convince|persuade|recruit|fill|sell|win|reach|reduce|cut|raise|get (?:more|people|new|them|him|her)|bring|help|encourage|make (?:people|them|it easier|us|the|visitors|customers)|"
    r"show|explain|promote|stand out|be found|build trust|improve|keep|retain|stop|avoid|drive|turn|find|save|be (?:noticed|taken)|look (?:more )?|renew|reassure|double|lower|educate|inspire|entice|free up|move away)"
)
_PURPOSE = phrase(
    r"(?:\b(?:l'objectif|l'idee|le but|notre (?:but|objectif|ambition|souhait|envie)|mon (?:but|objectif)|l'enjeu|la finalite|objectifs?)(?: principal| premier| final)?(?: est| serait| c'est| sera|,| de tout ca)? ?(?:de |d'|:|que |qu')|"
    r"\b(?:afin (?:de |d'|que |qu')|de (?:facon|maniere) a|histoire (?:de |d')|dans le but (?:de |d')|en vue de|de sorte que)|"
    r"\b(?:il|elle|ce film|ce site|cela|ca|l'outil)? ?(?:vise|doit servir|servira|servirait|permettra|permettrait|doit permettre) a ?|"
    r"\b(?:the (?:goal|aim|idea|point|purpose|hope|objective)|our (?:hope|goal|aim|ambition|objective)|my (?:hope|goal|aim))(?: here)?(?: is| would be| being|:)(?: to| that| for)? |"
    r"\b(?:so that|so as to|in order to|with a view to|hoping to|in the hope (?:of|that)) )(?P<e>\S)"
)
_SO_THAT = phrase(
    r"\b(?P<e>(?:pour que\b|pour qu'|so that|so (?:people|they|visitors|customers|readers|clients) can|il faut que les (?!fichiers|textes|photos)|que les gens|qu'on (?:nous|me) ) ?\S)"
)
_FOR_CHANGE = phrase(
    rf"\b(?:pour (?:enfin |mieux |d'abord |surtout |pouvoir )?(?:en |y |les |le |la |leur )?(?P<e>{_CHANGE_FR}\b)|to (?:finally |really |better |help )?(?P<f>{_CHANGE_EN}\b))"
)
_WANT_CHANGE = phrase(
    rf"\b(?:(?:voulons|veux|voudr[a-z]{{2,5}}|aimer[a-z]{{2,5}}|souhait[a-z]{{1,6}}|esper[a-z]{{2,5}}|cherch[a-z]{{1,6}} a|il s'agit (?:de |d')|il faut|il faudrait|besoin (?:de |d')|s'en servir(?: ensuite)? pour) ?(?:surtout |d'abord |enfin |avant tout |aussi |egalement )?(?P<e>{_CHANGE_FR}\b)|"
    rf"(?:want|'d like|would like|hope|hoping|need|trying|love|aim)(?: it| this| them| this one)? to (?:really |finally )?(?P<f>{_CHANGE_EN}\b))"
)
_WANT_OTHERS = phrase(
    r"\b(?P<e>(?:(?:je |j'|nous |on )(?:aimer|voudr|souhait|veu|voul)[a-z]{1,6} (?:bien )?(?:que |qu')(?!vous|tu|on se|nous nous|le texte|ce soit)|"
    r"(?:i|we)(?:'d| would)? (?:like|love|want) (?:that|this one|this|it|people|them|visitors|customers|more|fewer|our (?:customers|clients|visitors|members))(?! for the| by| at the| on | in the| as ) ?(?:to )?)[a-z])"
)
_NOT_PURPOSE = phrase(
    r"(?:(?:en )?(?:discuter|parler|convenir|caler|savoir si|vous (?:rencontrer|appeler|contacter|voir|donner|envoyer|connaitre)|nous (?:rencontrer|voir)|participer|qu'on (?:se|en)|commencer|montrer au client|"
    r"voir (?:si|comment)|avoir (?:un|une|votre)|obtenir un (?:devis|rendez)|faciliter votre|eviter (?:tout|un) (?:malentendu)|find out|get (?:a|an idea|back|in touch|your)|help you|discuss|see (?:if|whether)|talk|meet|know|hear|show them to the client|"
    r"look at|keep (?:in touch|you)|make (?:sure|an appointment)|explain (?:more|by)|aider a y voir))"
)
_END_PURPOSE = phrase(
    r",? (?:avant (?:le|la|noel|fin)|d'ici (?:le|la|fin)|budget|car |parce|mais |qui (?:nous|ne|font|ont)|quand |when |because|but |by (?:the|\d)|our budget|est-ce|je peux|nous avons|et (?:nous|je|il faut)|and (?:i|we|it) )|[.;?!]"
)
_MORE_PURPOSE = phrase(
    r" ?(?:pas |plutot |notamment |et (?:non|pas)|rather|not |especially|today|aujourd'hui|surtout |quand )"
)


def objectives(prose: Prose) -> Slot:
    """The slot `objectives`: what should change."""
    return _slot(_purposes(prose))


def _purposes(prose: Prose) -> Iterator[Evidence]:
    yield from labelled(prose, "objectives")
    for pattern, rule in (
        (_PURPOSE, "purpose"),
        (_SO_THAT, "so that"),
        (_WANT_CHANGE, "want change"),
        (_FOR_CHANGE, "for change"),
        (_WANT_OTHERS, "want others"),
    ):
        for m in prose.found(pattern):
            group = "e" if m["e"] else "f"
            start = m.start(group)
            if _NOT_PURPOSE.match(prose.said, start) or _about_meeting(prose, start):
                continue
            yield from _passage(prose, start, _END_PURPOSE, _MORE_PURPOSE, rule)


_MEETING_WORDS = phrase(
    r"\b(?:rendez-vous|rdv|appel|visio|echange|rencontr|devis|proposition|offre|reponse|call|quote|proposal|estimate)"
)


def _about_meeting(prose: Prose, start: int) -> bool:
    """Whether the purpose is that of a call or an answer rather than of the work."""
    begin = max(prose.sentence(start)[0], start - 45)
    return _MEETING_WORDS.search(prose.said, begin, start) is not None


_AUDIENCE = phrase(
    r"(?:s'adress(?:e|ent|era|erait)(?: surtout| avant tout| d'abord| principalement| plutot)? (?:a |aux |au )|destinee?s? (?:a |aux |au )|a destination (?:de |des |du |d')|"
    r"(?:le |notre )?(?:public|cible|coeur de cible|lectorat)(?: vise| visee?| principale?| est| sera| serait|,)*(?: ?:| est| sera| sont) ?|(?:notre |nos )?(?:clients?|clientele)(?: vises?| cibles?| principaux)(?: sont| est| :)? ?|"
    r"(?:nos|mes|les|notre|leurs) (?:clients|clientes|lecteurs|lectrices|utilisateurs|utilisatrices|visiteurs|adherents|usagers|auditeurs|spectateurs|patients|eleves|abonnes|clientele|acheteurs|internautes|beneficiaires)(?: (?:sont|est)(?: surtout| principalement| plutot| essentiellement| souvent| pour la plupart)?| :) ?|"
    r"(?:celles et ceux|ceux et celles|les gens|les personnes) qui (?:en (?:boivent|achetent|lisent)|viennent|l(?:e|a|es) lisent|achetent|nous lisent)(?: ?:| sont)? ?(?:plutot |surtout )?|"
    r"(?:on (?:parle|s'adresse) (?:a|aux)|nous parlons (?:a|aux)|c'est (?:surtout )?(?:pour|destine a)(?= (?:les|des|nos|mes|un public))|ce (?:serait|sera) pour(?= (?:les|des|nos|mes))|on vise|nous visons|je vise|ciblons|ca vise|aupres (?:de|des|d')|ca parle (?:a|aux)|lus? par|lue par|diffusee?s? (?:aux|aupres des)|distribuee?s? (?:a|aux)) ?|"
    r"(?:aimed at|meant for|intended for|targeted at|targeting|addressed to|written for|goes(?: mainly| mostly)? to|go(?: mainly| mostly)? to|read by|speaks? to|audience (?:is|are|will be|would be|being)|audience:|"
    r"(?:readers|listeners|customers|users|visitors|clients|buyers|subscribers|viewers|students|guests|members) (?:are|will be|tend to be)(?: mostly| mainly| usually| typically)?|target (?:market|audience|group|readers)(?: is| are|:)|geared (?:to|towards)|for an audience of) )(?P<e>\S)"
)
_OUR_AUDIENCE = phrase(
    r"\b(?:pour|aupres de|aupres des|for|offrir a|toucher|seduire|attirer|interesser|convaincre|convince|reach|attract) (?P<e>(?:nos|mes|les|des|une|un|our|my|tous nos|the|local|young) (?:[a-z'-]{2,16} ){0,2}?(?:clients|clientes|lecteurs|adherents|salaries|collaborateurs|benevoles|usagers|patients|patientes|eleves|etudiants|parents|visiteurs|"
    r"commerciaux|equipes|guides|soignants|habitants|touristes|enfants|jeunes|seniors|donateurs|mecenes|membres|agents|managers|apprentis|"
    r"clientele|public|familles|gens|retraites|acheteurs|particuliers|professionnels|petits-enfants|customers|clients|readers|members|staff|patients|students|parents|visitors|donors|volunteers|guests|tenants|employees|kids|children|families)\b(?! (?:vous|ont|en a)))"
)
_END_AUDIENCE = phrase(
    r",? (?:que nous (?:accueillons|recevons)|car |mais |donc |et (?:nous|je|on|il|elle|donc|moins)|parce|avant |d'ici|budget|but (?!not)|so |because|and (?:i|we|it|they|to the point)|by (?:the|\d)|before|rather than (?!sci))|[.;?!]"
)
_MORE_AUDIENCE = phrase(
    r" ?(?:pas |plutot |ceux|celles|souvent |des |les |ages? de|et (?!nous|je|on)|not |the ones|mostly|mainly|especially|surtout )"
)
_ORIGIN = phrase(
    r"(?:\d|the printer|vous|votre|ma demande|cette demande|you|me|us|une independante|un professionnel|le moins|lire|travail|moi\b|nous\b|toi\b)"
)


_NOT_FOR = phrase(r"\b(?:pas|non|not) ?$")


def audiences(prose: Prose) -> Slot:
    """The slot `audiences`: who it addresses."""
    return _slot(_audiences(prose))


def _audiences(prose: Prose) -> Iterator[Evidence]:
    yield from labelled(prose, "audiences")
    for pattern, rule in ((_AUDIENCE, "addressed to"), (_OUR_AUDIENCE, "for our")):
        for m in prose.found(pattern):
            if not _ORIGIN.match(prose.said, m.start("e")) and not _NOT_FOR.search(prose.said, 0, m.start()):
                yield from _passage(prose, m.start("e"), _END_AUDIENCE, _MORE_AUDIENCE, rule)


_COMPETITOR = phrase(
    r"\b(?P<e>(?:(?:nos|mes|les|des|deux|trois|quelques|plusieurs|principaux|un|notre|mon) (?:[a-z'-]{2,16} )?concurrente?s?\b|la concurrence\b|"
    r"contrairement (?:a |aux |au )|a la difference (?:de |des |du |d')|ce qui (?:nous|me) (?:distingue|differencie|demarque)|notre (?:difference|point fort|particularite)\b|face (?:a |aux |au )(?:les |la |l')?(?:grand|geant|autre|plateforme|enseigne|chaine|gros|marque)|"
    r"en face,? |il (?:y a|existe) deja (?:[a-z]+ )?(?:deux|trois|des|un|une|plein|beaucoup|d'autres|quelques)|les autres (?:[a-z]{4,20}) (?:font|du|de|sont|ont|n')|(?:les|des) grand(?:e)?s (?:enseignes|chaines|plateformes|marques|groupes|surfaces|maisons) |personne d'autre|"
    r"(?:nous sommes|on est|je suis) l(?:es|e|a) seule?s?\b|nos confreres|mon confrere|les voisins|le voisin|"
    r"(?:our|my|the|main|two|three|other|some|any) (?:[a-z'-]{2,16} )?competit(?:ors?|ion)\b|unlike (?!you)|(?:what )?sets? us apart|what makes us (?:different|special)|(?:we are|we're|i'm|i am|mine is|ours is) the only|nobody else|no one else|no-one else|"
    r"there are (?:already |a |lots |plenty |many |hundreds |thousands |dozens )(?:of |other |thousand |hundred |dozen |million |few )?|the big [a-z]{3,16} ?[a-z]{0,12} |(?:everyone|everybody|all the others?) else|"
    r"our neighbours|the other (?:shops?|farms?|brands?|agencies|schools?|firms?|companies|breweries|gyms?|cafes?|hotels?) |stand out from|compared (?:to|with) (?:the )?(?:big|other)))"
)
_COMPETITION_WORD = phrase(
    r"\b(?:nous|notre|nos|on|we|our|us|mine|ours|autre|seul|only|concurren|competit|font|paient|moins|mieux|mais|unlike|contrairement|distingue|big|grand|they|ils|else|out there)"
)
_PROVIDERS = phrase(
    r"\b(?:prestataires?|agences? (?:consultees?|en lice|sollicitees?)|devis|freelances?|consult(?:ons|ees?)|graphistes en concurrence|providers?|quotes?|mise en concurrence|appel d'offres|vos concurrents|your competitors|"
    r"demande de devis|de vous|ways|reasons|things|people (?:who|in)|only (?:two|three|four|a few) of us|only person|two of us|facons)\b"
)
_END_COMPETITOR = phrase(r"[.;?!]|,? (?:donc |d'ou |alors nous cherchons|nous cherchons|so (?:we|i|that)|hence)")
_MORE_COMPETITOR = phrase(r" ?\S")


def competitors(prose: Prose) -> Slot:
    """The slot `competitors`: who else does it, or what sets the writer apart from them."""
    return _slot(_rivals(prose))


def _rivals(prose: Prose) -> Iterator[Evidence]:
    yield from labelled(prose, "competitors")
    for m in prose.found(_COMPETITOR):
        start, end = prose.sentence(m.start())
        if _PROVIDERS.search(prose.said, start, end) or not _COMPETITION_WORD.search(prose.said, m.start(), end):
            continue
        yield from _passage(prose, m.start("e"), _END_COMPETITOR, _MORE_COMPETITOR, "rivals")


def _passage(prose: Prose, start: int, stop: Phrase, more: Phrase, rule: str) -> Iterator[Evidence]:
    evidence = prose.evidence(start, extent(prose, start, stop, more, _LONGEST), rule)
    if evidence is not None and len(evidence.text) > 3:
        yield evidence


def _slot(found: Iterator[Evidence]) -> Slot:
    first = next(found, None)
    return Slot(False) if first is None else Slot(True, (first,))


#: The three slots by name.
TOLD: dict[str, Callable[[Prose], Slot]] = {
    "objectives": objectives,
    "audiences": audiences,
    "competitors": competitors,
}

"""The nine yes/no observations, each with the passage that shows it."""

import datetime as dt
import re
from collections.abc import Mapping

from rendezvous.reading.deadline import is_tight
from rendezvous.reading.prose import Prose
from rendezvous.reading.scheme import Evidence, Signal, Slot
from rendezvous.reading.text import Phrase, phrase

#: From so many providers among the recipients on, the sender is asking around.
_SEVERAL_RECIPIENTS = 2
#: A sum of so little, for a whole project, is a symbolic one.
_SYMBOLIC_SUM = 50
#: A message with so few words besides the question says almost nothing of the need.
_FEW_WORDS = 45

_GREETING = phrase(
    r"(?:^|[\n.!?:,;]) {0,4}(?P<e>(?:[a-z-]{2,15} )?(?:re)?bonjour|bon matin|bjr\b|bonsoir|bsr\b|salut\b|coucou|hello|hi\b|hey\b|hiya|dear |good (?:morning|afternoon|evening|day)|greetings|mesdames|madame|monsieur|messieurs|cher|chere|chers|kia ora|dia duit|allo\b|alright mate)"
)
_THANKS = phrase(
    r"\b(?P<e>merci(?! d'(?!avance|avoir|avec)| de (?!votre|vos|m'avoir|nous avoir|ta|ton|tout|bien vouloir))|mercis\b|remerci[a-z]{2,8}|thanks?\b(?! to)|thank you|thx|cheers|much appreciated|appreciate (?:it|your|any)|grateful|many thanks|ta\b(?= ?[.!,\n]))"
)
_POLITE_CLOSE = phrase(
    r"\b(?P<e>cordialement|cdlt\b|cdt\b|bien a (?:vous|toi)|amicalement|amities|sincerement|respectueusement|chaleureusement|salutations|sportivement|belle journee|bonne (?:journee|soiree|semaine|fin|continuation|reception)|excellente (?:journee|soiree)|"
    r"a (?:tres )?bientot|a (?:tres )?vite|au plaisir|bises?\b|bisous|biz\b|dans l'attente|(?:veuillez|je vous prie|nous vous prions|recevez|vous prie) (?:d'|de |agreer|croire|recevoir|mes)|"
    r"(?:kind|best|warm|warmest|kindest) (?:regards|wishes)|regards\b|best wishes|all the best|sincerely|yours (?:faithfully|truly|ever)|yours\b|best,|take care|cordially|respectfully|with best|speak soon|looking forward|have a (?:good|great|lovely|nice)|nga mihi)"
)
_ILL_DEFINED = phrase(
    r"\b(?P<e>(?:je |j'|on |nous |i |we )?(?:ne |n')?(?:sais|sait|savons|savent) (?:pas|toujours pas|pas encore|pas trop|pas vraiment|pas bien|pas exactement)(?: encore| trop| vraiment| bien| exactement)?,? (?:encore |trop |bien )?(?:quoi|ce que|ce qu'|si c'est|si (?:ce|il) (?:faut|serait)|par (?:ou|quel)|comment|quelle forme|sous quelle|lequel|laquelle)|"
    r"(?:comment|quoi),? (?:je|on) l'ignore|rien n'est (?:encore )?(?:arrete|decide|fixe|fige|defini)|(?:c'est |tout est |encore |assez |tres |un peu |plutot )(?:encore |tres |assez |un peu )?(?:flou|vague|brouillon)\b|au stade de l'idee|juste une idee|qu'une idee|(?:pas|rien de) (?:encore |tres |bien |vraiment )?(?:defini|precis|clair|concret|arrete)\b|"
    r"je n'ai pas encore (?:d'idee|les idees|decide)|pas (?:encore )?d'idees? (?:precise|claire)|(?:me|nous) conseiller sur (?:ce|quoi)|a definir ensemble|j'hesite encore|on cherche encore|je me cherche|trop par ou commencer|par quel bout|"
    r"(?:(?:i |we )?(?:honestly |really |still |just )?(?:don't|do not|dont|doesn't) (?:really |quite |even |yet |honestly )?know (?:yet|what|whether|how|if it|where to (?:start|begin)|exactly|which))|not (?:really |quite |entirely |yet )?sure (?:yet|what|whether (?:it|we)|how|where to|which|exactly)|"
    r"(?:early days|early stages?|still (?:very )?vague|just an idea|only an idea|bit vague|rough idea|half an idea|nothing (?:is )?(?:decided|set|fixed|firm))|haven't (?:decided|figured|worked out)|undecided|no idea (?:what|where|how|yet)|thinking about doing something|something (?:nice|cool|fun) for)"
)
_NOT_ILL_DEFINED = phrase(
    r"[^.;!?]{0,25}\b(?:disponible|dispo|vous (?:faites|acceptez|prenez|etes)|you (?:do|take|are|offer|still)|tarif|prix|coute|cost|charge|available)\b"
)
_ABOUT_BUDGET = phrase(r"\b(?:budget|date|dates|prix|tarif|calendrier|planning|montant|price|timing)\b[^.;!?]{0,25}$")
_SHOPPING = phrase(
    r"\b(?P<e>(?:(?:nous|je|on) )?(?:consult(?:ons|e)|sollicit(?:ons|e)|interrog(?:eons|e)|contact(?:ons|e)|compar(?:ons|e)|demand(?:ons|e)(?: un devis| des devis)? a) (?:actuellement |aussi |egalement )?(?:trois|deux|quatre|cinq|plusieurs|quelques|differents?|d'autres|divers|\d|une dizaine|3|4|5)[^.;!?\n]{0,40}|"
    r"(?:deux|trois|quatre|cinq|plusieurs|\d|quelques|d'autres|differents?)(?: autres)? (?:agences?|prestataires?|devis|photographes|graphistes|studios|candidat(?:e?s|s)|traduct(?:eurs|rices)|redact(?:eurs|rices)|freelances?|professionnels|offres|illustrat(?:eurs|rices)|designers|confreres)(?: (?:sont|ont ete|seront) (?:consulte|sollicite|contacte)[a-z]{0,3})?|(?:au meme|le meme|la meme|aussi|egalement|pose|demande|ecri|envoy|contact|passer)[^.;!?\n]{0,20} a (?:deux|trois|quatre|cinq|six|plusieurs|d'autres|quelques) (?:autres )?[a-z]{4,14}s\b|un vivier de|candidate?s,? au nombre de|one of (?:two|three|four|five|several|a few|\d) [a-z]{4,16}|mise en concurrence|mis en concurrence|appel d'offres|demandes? de devis (?:a plusieurs|multiples)|"
    r"j'ai (?:aussi |egalement |deja )?(?:pose|demande|ecrit|envoye|contacte|sollicite)[^.;!?\n]{0,40}(?:meme|autre|plusieurs|deux|trois|confrere|concurrent|bureau|agence|d'autres)[^.;!?\n]{0,25}|le mieux[- ]disant|le moins cher|faire jouer la concurrence|a chaque candidate?|meilleure? (?:offre|prix) (?:sera|retenue?|l'emporte)|etude comparative|"
    r"(?:getting|gathering|collecting|comparing|asking for|requesting|seeking|obtaining|have had|got) (?:a few |some |several |other |three |two |multiple |various )?(?:quotes|bids|proposals|estimates|prices)|(?:contacting|emailing|emailed|reached out to|approached|approaching|written to|asked|asking|contacted|talking to|speaking to|messaged|considering|shortlist(?:ed|ing)) (?:a few|several|two|three|four|five|some|other|a couple of|a number of|various|\d|multiple)(?: other| of| more| different)? ?[a-z]{3,20}|"
    r"(?:other|several|three|two|multiple|a few|four) (?:other )?(?:agencies|providers|freelancers|suppliers|studios|designers|photographers|translators|developers|illustrators|quotes|bids|contractors|copywriters|editors)|shopping around|shop around|competitive (?:tender|bid)|lowest (?:bid|price|quote)|best price|request for (?:proposals?|quotes?)|rfp\b|tender\b)"
)
_NOT_SHOPPING = phrase(
    r"\b(?:avons ete|decus? par|decue? par|travaille avec|precedent|burned by|let down by|worked with|used to|previous|past|faisons travailler|deux graphistes en interne|in-house|j'aime|vos confreres)\b[^.;!?]{0,40}$"
)
_FREE_WORK = phrase(
    r"\b(?P<e>(?:(?:un |une |des |d'une? |de |votre )?(?:article|page|texte|piece|essai|test|maquette|visuel|logo|proposition|traduction|projet|echantillon|audit|piste|esquisse)s? ?(?:-| )?(?:d'essai|de test|test|gratuite?s?|non[- ]remuneree?s?|offerte?s?|pour voir|a blanc|benevole))|"
    r"(?:envoy|propos|fourn|prepar|fai(?:re|tes)|montr|soumett|imagin|esquiss|present)[a-z]{0,6}(?:[- ](?:moi|nous))? (?:deja |d'abord |avant |gratuitement |rapidement |juste )?(?:une? (?:premiere? |petite? |simple )?(?:maquette|esquisse|ebauche|test|echantillon|essai|proposition (?:creative|graphique|visuelle)|piste|croquis|version)|(?:quelques|deux ou trois|deux|trois|des|2|3|vos|plusieurs|2 ou 3)(?: premieres?| petites?)? (?:idees?|pistes|maquettes|esquisses|croquis|propositions|visuels|exemples de ce que|logos|slogans|accroches|pages))|"
    r"non remuneree?|(?:n'est|ne sera|ne sont|ne seront) pas (?:remuneree?s?|payee?s?)|(?:sans frais|a vos frais|gratuitement) pour (?:nous|moi)|at no cost\b|mock up [^.;!?\n]{2,60} so (?:that )?(?:i|we)\b|sans engagement de notre part|on spec\b|spec work|(?:free|unpaid) (?:sample|test|trial|mock-?up|audit|draft|concept|consultation|piece)|(?:test|trial|sample)(?: [a-z]{3,12}){0,2} (?:for free|unpaid|first, unpaid)|"
    r"(?:send|show|do|give|make|provide|draft|share|prepare|pitch|mock up|sketch|put together|whip up|knock up|submit)(?: me| us| over)? (?:along )?(?:a (?:couple of|few|quick|rough|sample|free|short|first|little|full|detailed)|some|two or three|two|three|one|any|an?) (?:quick |rough |sample |free |initial |early |short |finished |detailed |first )?(?:ideas?|sketch(?:es)?|mock-?ups?|samples?|concepts?|drafts?|examples of what|designs?|taglines|headlines|logos|page|pages|audit|storyboard|treatment|plan) ?[^.;!?\n]{0,30}(?:\?|before|first|so (?:that )?(?:i|we)|to see|beforehand|upfront|on spec|so we|so i)|"
    r"(?:one|a) (?:finished |short |free )?sample (?:page|chapter|illustration|text|translation|article|edit)|audit (?:detaille|complet|gratuit)[^.;!?\n]{0,20}|detailed audit|avant de (?:nous decider|decider|signer|choisir|s'engager)[^.;!?\n]{0,50}(?:maquette|idees|pistes|essai|test|exemple|croquis|echantillon)|work for free|travailler gratuitement)"
)
_PAID = phrase(r"\b(?:paye|payes|payee|remuneree?s?|paid|we(?:'ll| will| would) pay|facture[rz]?|contre paiement)\b")
_NO_BUDGET = phrase(
    r"\b(?P<e>(?:pour (?:de )?la |en echange de |apportera (?:de )?la |beaucoup de |de la |une belle |gagner en |vous fera[^.;!?\n]{0,15} )visibilite|(?:great |good |amazing |lots of |for |huge |free )?exposure\b|shout-?out|portfolio piece|good for your portfolio|pour (?:votre|ton) (?:portfolio|book|cv)|symbolique|euro symbolique|"
    r"(?:au|un|en) pourcentage|\d{1,2} ?(?:%|percent|pour cent) (?:des|du|de|sur|of|once|when|if|d[eè]s)[^.;!?\n]{0,40}|(?:slice|piece|share|stake) (?:of|in) the (?:business|company|profits?|action)|rather than a fee|instead of a fee|part(?:age)? des (?:benefices|revenus|ventes)|commission only|rev(?:enue)?[- ]share|profit share|equity\b|a la commission|paiement (?:au|a la) (?:resultat|succes)|on success|when (?:we|it) (?:make|makes|start making|takes off)|if we win|once (?:we|it)(?:'re| are| is| starts?| get)?[^.;!?\n]{0,25}(?:money|profit|funded|funding|make any|off the ground)|"
    r"(?:tout|tres|vraiment) petit budget|budget (?:tres |quasi |plus que |vraiment |extremement )(?:limite|serre|reduit|nul|modeste|mince|petit|inexistant)|quasi(?:ment)? pas de (?:budget|moyens)|peu de moyens|pas (?:beaucoup|grand[- ]chose) (?:de moyens|d'argent|a (?:offrir|proposer|mettre))|shoestring|next to (?:no|nothing)|(?:tiny|very small|very limited|almost no|hardly any|little or no|not much of a) budget|"
    r"(?:en echange|contre) (?:d'un|d'une|de|des) (?:repas|place|bouteille|panier|produits|bon|invitations|coup)[^.;!?\n]{0,30}|can't pay (?:properly|much)|paid in (?:beer|wine|food|kind)|free (?:meal|dinner|lunch) (?:in return|for))"
)
_EACH = phrase(r" ?(?:/|an? [a-z]|per |par |each\b|chacune?\b|piece\b|l'unite|le (?:mot|kilo)|la )")
_DECIDED = phrase(
    r"\b(?P<e>(?:ma|notre) decision est prise|c'est (?:tout )?decide|(?:la mission|le projet|le contrat|le chantier|l'affaire|le travail|la commande|le job) est (?:pour|a) (?:vous|toi)|c'est (?:vous|toi|avec vous|avec toi) (?:que (?:je|nous|on) (?:veux|voulons|veut|prend|prends|choisi)|qu'il (?:me|nous) faut|et personne)|on (?:travaille|bosse) ensemble|(?:pas besoin|inutile|pas la peine) (?:de |d')(?:devis|(?:me |nous |m'|)(?:faire|envoyer|etablir|preparer) (?:un |de )?devis|un devis|discuter (?:du )?prix)|inutile que j'aille voir|"
    r"je (?:signe|prends|vous prends|vous engage) (?:tout de suite|les yeux fermes|direct|d'office|sans hesiter)|(?:envoyez|envoie|donnez|dites)[- ](?:moi|nous) (?:votre rib|ou envoyer le cheque|ou je signe|ou signer)|(?:le )?(?:prix|tarif|montant|budget),? (?:on|nous) (?:verra|en parlera|en reparlera|verrons) (?:apres|plus tard|ensuite)|les yeux fermes|(?:vous avez|tu as|je vous donne) (?:le |notre )?feu vert|(?:commencez|commence|demarrez|lancez|foncez) (?:tout de suite|directement|des (?:demain|maintenant|lundi)|sans attendre)|(?:vous me direz|tu me diras) (?:le prix |combien )?(?:apres|plus tard|ensuite)|quand (?:pouvez-vous|peux-tu|est-ce que vous pouvez) commencer|votre prix sera le (?:mien|notre) et on signe|"
    r"you(?:'re| are) hired|the (?:job|project|gig|work|contract) is yours|(?:it's|its) yours|(?:i|we)(?:'ve| have) (?:already )?(?:decided|made (?:up )?(?:my|our) minds?|seen enough|chosen you)|(?:don't|no need to) bother with (?:a )?quote|no need (?:for|to send) (?:a |us )?(?:quote|proposal)|where do (?:i|we) sign|when can you start|let's (?:just )?(?:do it|get started right away|start (?:right away|tomorrow|now))|you have (?:the|our) (?:green light|go-ahead)|just (?:start|go ahead|get going)|start (?:right|straight) away|consider (?:it|this) (?:done|yours|a done deal)|"
    r"(?:sort|talk about|worry about|discuss) (?:out )?(?:the )?(?:money|price|details|fee|cost)s? (?:out )?later|you've got the job|we want you and (?:only|nobody)|shut up and take)"
)
_TIGHT = phrase(
    r"\b(?P<e>urgent[es]?\b|en urgence|urgence\b|urgently|asap|a\.s\.a\.p|as soon as possible|rush job|in a (?:real )?(?:rush|hurry)|au plus vite|le plus (?:vite|rapidement|tot) possible|(?:tres|super|hyper|vraiment) (?:presse|urgent|vite|rapidement)|(?:on est|nous sommes|je suis) (?:tres |super |vraiment )?(?:presse|pris de court|a la bourre|charrette)[a-z]{0,2}|delais? (?:est |sont )?(?:tres |hyper |extremement )?(?:court|serre|tendu)s?|c'est chaud|pour hier|for yesterday|dans les plus brefs delais|very tight|tight (?:deadline|turnaround|schedule)|short notice|last[- ]minute|derniere minute|dans l'urgence|des demain|right away|sos\b)"
)
_NOT_URGENT = phrase(
    r"(?:\b(?:pas|rien d'|rien de|sans|aucune|not|nothing|no|non|jamais|isn't|n'est pas|nullement) ?(?:d'|du tout |vraiment |tres |particulierement |terribly |super |that |very |an? )?$|\b(?:en cas d'|si c'est |if it's |for anything |mais non|contact )[^.;!?]{0,10}$|\b(?:lmk|let me know|get back|reply|repon[a-z]{1,6}|rappelez|call|write)[^.;!?]{0,12}$)"
)
_JOKING = phrase(
    r"\b(?:mais non|je plaisante|pas le feu|rien d'urgent|pas (?:d'|si |tres )?urgen|no rush|no hurry|not urgent|rien ne presse|prenez votre temps|take your time|pas presse)"
)
_INTRODUCED = phrase(
    r"(?P<e>\b(?:de la part (?:de |d')|sur (?:les |le )?(?:conseils?|recommandations?|suggestion) (?:de |d'|du )|recommandee? par|conseillee? par|orientee? (?:vers vous )?par|adressee? par|envoyee? par (?!mail|courriel|la poste|e-mail)|via mon ami)[^.;!?\n]{2,50}|"
    r"\b(?:m'a|nous a|m'ont|nous ont|t'a|ont) (?:chaleureusement |vivement |beaucoup |gentiment )?(?:donne|transmis|file|passe|communique|refile|indique|confie|laisse) (?:votre|vos|ton|tes) (?:adresse|coordonnees|contact|nom|numero|mail|carte|num|site)[a-z]{0,2}|"
    r"(?<!on[ ])\b(?:m'a|nous a|m'ont|nous ont) (?:chaleureusement |vivement |beaucoup |longuement )?(?:parle de (?:vous|toi|votre|ton)|recommande|conseille (?:de vous|votre|de te|vos)|dit (?:de (?:vous |te |t')(?:ecrire|contacter|appeler|joindre)|le plus grand |beaucoup de |du |que du )?bien|dit de vous|oriente|suggere|vante)[^.;!?\n]{0,40}|"
    r"(?:vous avez|tu as|you(?:'ve| have)?) (?:refait|fait|realise|dessine|traduit|photographie|amenage|cree|did|made|designed|photographed|built|redid|redesigned|wrote|shot) [^.;!?\n]{3,40} (?:de|d'|pour|chez|for|of) (?:nos|mes|mon|ma|un de mes|une de nos|des|my|our) (?:amie?s?|voisine?s?|soeur|frere|cousine?s?|collegues?|confreres?|friends?|neighbours?|sister|brother|cousin|colleague|boss)\b[^.;!?\n]{0,30}|nous avons (?:brievement |longuement |deja )?(?:echange|discute|parle|bavarde|sympathise)[^.;!?\n]{0,20} (?:au|aux|lors|pendant|a la|a l'|sur le) [^.;!?\n]{2,40}|(?:votre|ton) (?:nom|contact|adresse|numero) (?:par|grace a|via) [^.;!?\n]{2,40}|\b(?:nous nous (?:sommes|etions)|on s'(?:est|etait)|je vous ai|vous m'avez|on se) (?:brievement |deja |bien )?(?:rencontre|croise|vu|aborde|parle|assis|retrouve|entendu)[a-z]{0,3} (?:a|au|aux|lors|pendant|chez|dans|sur|samedi|jeudi|hier|dimanche|vendredi|mardi|lundi|mercredi|l'autre)\b[^.;!?\n]{0,50}|"
    r"(?:suite a|apres|lors de|j'ai (?:assiste|suivi|beaucoup aime|adore|ete (?:touche|emballe)[a-z]{0,2} par)) (?:a )?(?:notre (?:rencontre|discussion|echange) (?:a|au|lors|chez)|votre (?:conference|intervention|atelier|expo(?:sition)?|stand|presentation|table ronde))[^.;!?\n]{0,40}|"
    r"\b(?:recommended|referred|suggested|introduced|passed on|sent) (?:to me |to us )?by [^.;!?\n]{2,40}|[a-z'-]{2,20}(?: [a-z'&-]{2,20}){0,6} (?:suggested (?:i|we|that|you|your)|recommended you|passed (?:me|on|along|us) (?:your|me)|gave (?:me|us) your|pointed (?:me|us) (?:to you|your way|in your)|told (?:me|us) (?:about you|to|i should)|put (?:me|us) in touch|mentioned (?:you|your)|sent (?:me|us) (?:your way|to you)|speaks highly|said you|says you|swears by you|raves? about you)[^.;!?\n]{0,40}|"
    r"\b(?:we (?:met|shared|sat|spoke|talked|chatted|bumped)|i (?:met you|saw (?:you|your talk)|heard you|enjoyed your (?:talk|workshop|stand|session)|loved your (?:talk|workshop|stand|session)|came to your|was at your)|(?:nice|good|lovely|great) (?:to (?:meet|have met)|meeting) you|after your (?:talk|workshop)) ?(?:[a-z' ]{0,30})(?:at|during|in|on|after)?\b[^.;!?\n]{0,40})"
)
_NOT_INTRODUCED = phrase(
    r"\b(?:personne|on ne|nobody|i recommend|je (?:te|vous) recommande|when we met them|instagram|google|moteur de recherche)\b"
)
_PRICE = phrase(
    r"\b(?P<e>c'?est combien|combien (?:ca|cela|est-ce que|coute|couterait|faut-il|demandez|prenez|facturez|vous (?:prenez|demandez|facturez)|tu (?:prends|demandes)|pour|un|une)|(?:quel|quels|vos|votre|tes|ton|les|c'est quoi (?:vos|tes|ton|votre|le|les)) (?:sont |est |serait )?(?:vos |votre |les |le |tes )?(?:tarifs?|prix|tjm|cout)|(?:connaitre|avoir|savoir) (?:vos|votre|les|le|tes) (?:tarifs?|prix)|ordre de grandeur|tarifs? (?:svp|s'il|please)|a quel prix|"
    r"how much (?:do|would|is|are|for|does|n|you|to|could)|how much\?|what(?:'s| is| are| would be|s) (?:your|the|ur) (?:rates?|prices?|cost|fees?|charge|day rate|pricing)|what (?:do|would) (?:you|that|it|this) (?:charge|cost)|your (?:rates?|prices|pricing|price list|fees)|price list|ballpark|how much)"
)


def signals(
    prose: Prose, brief: Mapping[str, Slot], *, subject: str, recipients: int, today: dt.date | None
) -> tuple[Signal, ...]:
    """What the message shows, in the order of `SIGNALS`."""
    found = (
        Signal(
            "ill_defined",
            _first(prose, _ILL_DEFINED, "ill defined", before=_ABOUT_BUDGET, behind=_NOT_ILL_DEFINED),
        ),
        Signal("no_budget", _no_budget(prose, brief["budget"])),
        Signal("shopping_around", _first(prose, _SHOPPING, "asks several", before=_NOT_SHOPPING)),
        Signal("free_work", _free_work(prose)),
        Signal("decided_too_fast", _first(prose, _DECIDED, "decided")),
        Signal("tight_deadline", _tight(prose, brief["deadline"], today)),
        Signal("courteous", _courteous(prose)),
        Signal("introduced", _first(prose, _INTRODUCED, "introduced", sentence=_NOT_INTRODUCED)),
        Signal("price_first", _price_first(prose, brief)),
    )
    unseen = set()
    if recipients >= _SEVERAL_RECIPIENTS:
        unseen.add("shopping_around")
    if _TIGHT.search(subject) and not _JOKING.search(subject) and not _JOKING.search(prose.said):
        unseen.add("tight_deadline")
    return tuple(signal for signal in found if signal.evidence or signal.name in unseen)


def _first(
    prose: Prose,
    pattern: Phrase,
    rule: str,
    *,
    before: Phrase | None = None,
    behind: Phrase | None = None,
    sentence: Phrase | None = None,
) -> tuple[Evidence, ...]:
    """The first match, unless what stands before it, behind it or in its sentence denies it."""
    for m in prose.found(pattern):
        start, end = m.span("e")
        first, last = prose.sentence(start)
        denied = (
            (before is not None and before.search(prose.said, first, start))
            or (behind is not None and behind.match(prose.said, end, last))
            or (sentence is not None and sentence.search(prose.said, first, last))
        )
        if not denied and (evidence := prose.evidence(start, end, rule)):
            return (evidence,)
    return ()


def _no_budget(prose: Prose, budget: Slot) -> tuple[Evidence, ...]:
    if budget.stated:
        most = budget.values["max"]
        if most is not None and most == 0:
            return budget.evidence
        symbolic = most is not None and most <= _SYMBOLIC_SUM and budget.values["per"] == "project"
        if symbolic and not any(_EACH.match(prose.said, evidence.end) for evidence in budget.evidence):
            return budget.evidence
    return _first(prose, _NO_BUDGET, "no money")


def _free_work(prose: Prose) -> tuple[Evidence, ...]:
    found = _first(prose, _FREE_WORK, "free work")
    if not found:
        return ()
    start, end = prose.sentence(found[0].start)
    paid = _PAID.search(prose.said, start, end)
    refused = paid is not None and re.search(
        r"(?:non|pas|not|un|sans)[ -]?$", prose.said[max(start, paid.start() - 5) : paid.start()]
    )
    return () if paid is not None and not refused else found


def _tight(prose: Prose, deadline: Slot, today: dt.date | None) -> tuple[Evidence, ...]:
    if is_tight(deadline, today):
        return deadline.evidence
    if _JOKING.search(prose.said):
        return ()
    return _first(prose, _TIGHT, "urgent", before=_NOT_URGENT)


def _courteous(prose: Prose) -> tuple[Evidence, ...]:
    greeting = _first(prose, _GREETING, "greeting")
    close = _first(prose, _THANKS, "thanks") or _first(prose, _POLITE_CLOSE, "polite close")
    return (*greeting, *close) if greeting and close else ()


def _price_first(prose: Prose, brief: Mapping[str, Slot]) -> tuple[Evidence, ...]:
    found = _first(prose, _PRICE, "asks the price")
    told = sum(brief[name].stated for name in ("deliverable", "objectives", "audiences", "competitors", "budget"))
    words = len(re.findall(r"[a-z]{2,}", prose.said))
    if brief["deliverable"].stated:
        told += brief["deadline"].stated
        words *= 2
    return found if told <= 1 and words <= 2 * _FEW_WORDS else ()

"""What the sender is: may buy, has bought, wants to know people, or asks for nothing."""

from collections.abc import Mapping
from types import MappingProxyType

from rendezvous.reading.prose import Prose
from rendezvous.reading.scheme import Slot
from rendezvous.reading.text import Phrase, phrase

# Marks of each kind with their weight; the sum decides.
_NOT_A_REQUEST = (
    (4, r"\b(?:se desinscrire|se desabonner|unsubscribe|desabonnement|version en ligne|view (?:this|it) in (?:your )?browser|vous recevez (?:cette? (?:lettre|newsletter|e-mail|mail|message)|ce (?:mail|message))|you(?:'re| are) receiving this|vous opposer (?:a tout moment )?a la reception|manage (?:your )?preferences|reply stop|(?:do not|don't) wish to (?:hear|receive)|ne (?:souhaitez|voulez) plus recevoir)\b"),
    (4, r"\b(?:absente? du bureau|out of (?:the )?office|reponse automatique|automatic reply|auto-?reply|je suis (?:actuellement )?(?:absente?|en conges?)|on (?:annual |maternity )?leave (?:until|from)|i am (?:currently )?away|no access to (?:my )?e-?mail|limited access to (?:my )?e-?mail|de retour le|delivery (?:status|has failed)|undeliverable|message non (?:remis|distribue)|ne sera pas lu)\b"),
    (4, r"\b(?:candidature|je postule|lettre de motivation|(?:mon|un) (?:cv|curriculum)\b|recherche (?:d'|de )?(?:un |une )?(?:stage|alternance|emploi|contrat d'apprentissage|apprentissage|poste)|(?:un|une|d'un|d'une) (?:stage|alternance) (?:de|d'une duree|en)|stagiaire|apply(?:ing)? for|(?:my|attached) (?:resume|cv|curriculum)\b|hiring manager|job application|internship|entry[- ]level position|years of experience as)\b"),
    (4, r"\b(?:questionnaire|enquete (?:sur|aupres|en ligne)|sondage|survey|dans le cadre d(?:'une|e ma|e mon|'un) (?:these|memoire|etude|enquete|recherche)|take (?:the|our|this) survey|repondants|anonyme et)\b"),
    (3, r"\b(?:nous (?:vous )?(?:proposons|offrons|fabriquons|commercialisons|accompagnons les)|notre (?:agence|societe|entreprise|equipe|solution|logiciel|plateforme|offre) (?:vous )?(?:propose|permet|accompagne|aide|offre)|nos (?:packs|offres|solutions|formules|services|tarifs partenaires)|offre (?:speciale|de lancement|exceptionnelle|limitee|decouverte)|decouvrez|profitez|je reserve|je m'inscris|places limitees|jusqu'au [^.;!?\n]{3,15}, nous vous offrons|\d{1,2} ?% (?:sur|de remise|de reduction|off)|remise de \d|sans engagement|essai gratuit|audit seo|pour les (?:photographes|graphistes|independants|freelances|traducteurs) )"),
    (3, r"\b(?:premiere page (?:de|sur) google|(?:first|top|page one) (?:page )?(?:of|on) google|rank(?:ing)?s? (?:on|in|your)|seo\b|backlinks?|guest post|do-?follow|contribution from our|sponsored (?:post|article|link)|passive income|revenus passifs|sans effort|repondez oui|reply yes|rappelee? par un conseiller|votre profil a retenu|link (?:exchange|insertion)|more (?:traffic|leads|clients|customers)|qualified leads|leads (?:a|per) month|grow your (?:business|audience|following)|boost(?:er|ez)? (?:your|votre|vos)|augmentez vos|increase your (?:sales|traffic|revenue)|we help (?:businesses|companies|freelancers|photographers|designers|people|creatives|agencies)|(?:our|we offer) (?:plans|packages|pricing) (?:start|from)|book a (?:quick |free )?(?:demo|call with our)|free trial|limited[- ]time|discount|white[- ]label|outsourc(?:e|ing) (?:team|company)|came across your (?:website|profile|page|site)|(?:plans|packages|prices) (?:start|starting|from)|money back|we guarantee|(?:is|are|you) guaranteed|search results|(?:new )?customers (?:every|per|a) month|we are a (?:leading|team of|software|web development|digital marketing))\b"),
    (4, r"\b(?:verify your account|verifiez? votre compte|overdue invoice|invoice is overdue|clicking the link|cliquez (?:sur le lien|ici)|click (?:here|below|the link)|bitcoin|crypto|inheritance|heritage de|lottery|vous avez gagne|you have won|wire transfer|compte (?:suspendu|bloque)|suspension|colis en attente|beneficiary)\b"),
    (2, r"\b(?:newsletter|la lettre des|la gazette|au sommaire|au programme|webinaire|webinar|n° ?\d{1,4}|edition of|in this issue|dans ce numero)\b"),
)  # fmt: skip
_CLIENT = (
    (3, r"\b(?:(?:meme|memes) (?:tarifs?|conditions|prix|principe|format) (?:que|qu')|comme (?:d'habitude|la derniere fois|l'an dernier|convenu|l'annee derniere|la fois precedente)|que la derniere fois|same (?:rate|price|terms|deal|format|arrangement|as (?:last|before|usual))|as usual|like last (?:time|year)|as (?:last time|agreed|discussed)|reconduire|reconduction|renouvel(?:er|ons|lement) (?:le |notre |du )?(?:contrat|forfait|mission)|renew (?:our|the) (?:contract|retainer|agreement))\b"),
    (3, r"\b(?:bien recu|(?:que )?vous (?:nous |m')(?:avez|aviez) (?:livre|fait|realise|envoye|cree|concu|traduit|dessine|redige|remis|prise?s?)[a-z]{0,3}|tu (?:nous |m')?(?:as|avais) (?:livre|fait|envoye|prise?s?|realise)[a-z]{0,2}|que vous aviez|memes? conditions|memes? tarifs?|repartir avec (?:vous|toi)|(?:continuer|poursuivre) (?:avec (?:vous|toi)|notre collaboration)|same terms|carry on with you|(?:the|your|those) (?:[a-z]{3,14} ){0,2}?you (?:sent|made|did|designed|wrote|delivered|shot|built|took|translated)|thanks for (?:the|your) (?:first|second|draft|files|quick|last|latest|lovely)[^.;!?\n]{0,20}|merci pour (?:le devis|les (?:photos|fichiers|visuels|textes|maquettes|corrections|epreuves)|la (?:livraison|maquette|version|traduction)|ton travail|votre travail|l'envoi|le lot|le travail))\b"),
    (3, r"\b(?:la v ?\d|version \d|v\d\b|lot \d|deuxieme (?:version|jeu|lot|serie)|retouches?|corrections? (?:a|sur|de)|(?:first|second|third|next|final) (?:round|draft|proof|version|batch|instal[l]?ment)|draft \d|round (?:one|two|2|of)|final files|proofs?\b|epreuves?|bon a tirer|bat\b|facture (?:n|du|de|bien|\d|finale)|(?:your|the|last) invoice|invoice \d|livree?s? (?:hier|lundi|mardi|mercredi|jeudi|vendredi|la semaine derniere|ce matin)|(?:what|as) we (?:had )?agreed|ce (?:qui|qu'on|que nous) (?:etait|avait|avions|a ete) convenu|while you(?:'re| are) at it|(?:pendant|tant) que (?:vous y etes|tu y es)|acompte (?:verse|regle|paye)|devis (?:signe|accepte|valide)|c'est bon pour nous|bon pour accord|on enchaine|la suite du projet)\b"),
    (2, r"\b(?:toujours (?:aussi )?contents?|retravailler ensemble|travailler (?:de nouveau|a nouveau|encore) (?:avec|ensemble)|(?:le|notre) (?:site|logo|catalogue) que (?:vous|tu)|work(?:ing)? (?:with you|together) again|another (?:one|job|project|batch|round) for you|depuis (?:que vous|notre collaboration)|notre contrat|our (?:contract|retainer)|le chantier|en cours|team loves|love(?:s|d)? (?:the|option|it|them)|as ever\b|(?:celui|celle|ceux) de l'(?:annee derniere|an dernier)|(?:the )?(?:first|last) (?:set|batch|lot|series)|tourne bien|one (?:small |last |more )?(?:change|tweak|thing)|small change|petit changement|changer|remplacer|modifier)\b"),
)  # fmt: skip
_NETWORK = (
    (4, r"\b(?:mets? en relation|put(?:ting)? (?:you (?:two |both )?in touch|the two of you)|donner (?:ton|votre) (?:mail|contact|numero|adresse|nom)|j'ai une? (?:client|cliente|amie?|copain|copine|contact) qui (?:en )?cherche|pass (?:on )?your (?:name|details)|copied in\b|en copie de ce|mettre en relation|mise en relation|(?:je |voulais )(?:te|vous) present(?:e|er)|presente(?:r)? (?:l'un|une amie|un ami|quelqu'un)|pourrait (?:te|vous) plaire|faire connaissance|(?:i'd|i would|i) (?:like to |love to |wanted to |want to )?introduce (?:you|him|her)?|meet [a-z]{2,12}\. |, meet [a-z]{2,12}|you two (?:should|ought)|ought to know each other|should (?:talk|know each other|meet)|i'll leave you (?:to it|two))"),
    (3, r"\b(?:no (?:project|agenda|brief|job|pitch)|nothing to (?:sell|pitch)|not (?:a sales|selling|pitching)|sans (?:projet|arriere-pensee|rien a (?:vendre|demander))|pas de projet|rien a (?:te|vous) (?:confier|vendre|demander|proposer)|je ne (?:cherche|vends|demande) rien|aucun projet|rien a (?:vendre|vous vendre|te vendre)|(?:just|simply) (?:to|wanted to|curious)|simplement (?:echanger|discuter|faire)|juste (?:echanger|discuter|pour (?:echanger|discuter|le plaisir)))\b"),
    (3, r"\b(?:compare notes|pick your brain|swap (?:notes|stories|tips)|share (?:experiences|notes)|talk shop|entre (?:confreres|collegues|independant|graphistes|traducteurs|photographes|copains)|comparer (?:nos|les) (?:tarifs|pratiques|methodes)|echanger (?:sur nos|avec (?:une? autre|des|d'autres)|entre|nos|quelques)|nos (?:metiers|facons|pratiques|experiences)|ton avis de|retour d'experience|how you (?:find|price|handle|manage|deal))\b"),
    (2, r"\b(?:confreres?|consoeurs?|fellow [a-z]{4,14}|(?:freelance|independante?)[^.;!?\n]{0,25} (?:too|aussi|comme (?:toi|vous)|moi aussi)|collegue|colleague|reseau\b|network(?:ing)?\b|meetup|apero|boire un verre|un cafe|coffee|a drink|rencontre (?:mensuelle|de|des|du)|petit groupe|invite a|prendre des nouvelles|ca fait (?:un bail|longtemps|une eternite)|long time\b|hear all about|quoi de neuf|on dejeune|buy you (?:dinner|lunch|a)|catch up|going freelance|go freelance|me lance(?:r)? (?:a mon compte|en freelance|comme))\b"),
)  # fmt: skip

Marks = tuple[tuple[int, Phrase], ...]
_KINDS: Mapping[str, Marks] = MappingProxyType(
    {
        name: tuple((weight, phrase(pattern)) for weight, pattern in marks)
        for name, marks in (("not_a_request", _NOT_A_REQUEST), ("client", _CLIENT), ("network", _NETWORK))
    }
)
_SUBJECT_MARKS = phrase(
    r"(?P<not_a_request>\b(?:automatic reply|reponse automatique|out of office|absen(?:t|ce)|candidature|newsletter|unsubscribe|offre speciale|promo|survey|enquete|questionnaire|application for|undeliver)|n° ?\d)|"
    r"(?P<client>^ ?(?:re|rép|rep) ?:|\b(?:facture|invoice|v2|v3|livraison|lot \d|corrections)\b)|(?P<network>\b(?:mise en relation|rencontre|introduction|introducing|know each other|coffee)\b)"
)
# Who buys asks for a thing or a price; these pull towards a prospect.
_WANTS_WORK = phrase(
    r"\b(?:devis|vos tarifs|votre tarif|budget|nous (?:cherchons|recherchons)|je (?:cherche|recherche) (?:un|une|quelqu'un)|besoin (?:de|d')|votre prix|quote|estimate|how much|your rates|looking for (?:a|an|someone)|we need|i need|are you available|seriez-vous (?:libre|disponible))\b"
)
_SELLS = phrase(r"\b(?:pas de|no|aucun) (?:candidat|cv)\b")


def kind_of(prose: Prose, brief: Mapping[str, Slot], *, subject: str, automatic: bool) -> str:
    """One of `KINDS`: the one whose marks weigh most, `prospect` when none does."""
    if automatic:
        return "not_a_request"
    scores = {name: _weight(prose.said, marks) for name, marks in _KINDS.items()}
    # A footer is no part of what is said, but what it says of lists and subscriptions counts here.
    scores["not_a_request"] += _weight(_carried(prose), _KINDS["not_a_request"][:1])
    for m in _SUBJECT_MARKS.finditer(subject):
        scores[m.lastgroup or "client"] += 2
    wants = 2 * (_WANTS_WORK.search(prose.said) is not None)
    scores["not_a_request"] -= wants + brief["deliverable"].stated
    scores["network"] -= wants + 2 * brief["deliverable"].stated + 2 * brief["budget"].stated
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= 3 else "prospect"


def _weight(said: str, marks: Marks) -> int:
    """The weights of the marks found; a second find of one mark adds one."""
    total = 0
    for weight, pattern in marks:
        found = sum(1 for _ in pattern.finditer(said))
        total += weight + min(found - 1, 2) if found else 0
    return total


def _carried(prose: Prose) -> str:
    from rendezvous.reading.text import fold

    return fold(
        "\n".join(prose.text[part.start : part.end] for part in prose.parts if part.kind in ("footer", "signature"))
    )

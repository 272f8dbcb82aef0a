"""French messages, from several countries and in several tones."""

from tests.reading.corpus import Message, budget, deadline, meeting

MESSAGES = (
    Message(
        "a cheese maker's web shop",
        "2026-01-14T09:20:00+01:00",
        """Bonjour,

Je suis fromagère dans le Jura et je vends sur les marchés. Je cherche quelqu'un pour créer une petite boutique en ligne : une quinzaine de produits, le retrait à la ferme et rien d'autre. Le but est de vendre en semaine, quand il n'y a pas de marché. Mes clientes sont surtout des retraitées du village.

Budget : 1 500 à 2 000 € TTC. Il me faudrait ça avant le 1er avril.

On peut s'appeler ? Je suis joignable après 18 h.

Merci d'avance,
Odile Brachet
06 39 98 10 11""",
        signals="courteous",
        slots={
            "who": "fromagère dans le Jura",
            "deliverable": "créer une petite boutique en ligne : une quinzaine de produits",
            "objectives": "vendre en semaine, quand il n'y a pas de marché",
            "audiences": "des retraitées du village",
            "deadline": deadline("avant le 1er avril", "2026-04-01"),
            "budget": budget("1 500 à 2 000 € TTC", 1500, 2000, tax="included"),
            "meeting": meeting("On peut s'appeler ?", "phone"),
        },
        missed="who",
    ),
    Message(
        "a price and nothing else",
        "2026-02-02T22:10:00+01:00",
        """bonjour c'est combien pour un site merci""",
        signals="courteous price_first",
        slots={"deliverable": "un site"},
    ),
    Message(
        "an association without money",
        "2025-11-03T18:00:00+01:00",
        """Bonsoir,

Notre association accompagne des familles de détenus à Fresnes. Nous aurions besoin d'une affiche A3 pour notre vide-grenier du 6 décembre. Nous sommes tous bénévoles et ne pouvons malheureusement rien payer, mais votre nom figurera en bas de l'affiche, cela vous fera de la visibilité.

Bien à vous,
Le bureau""",
        signals="courteous no_budget",
        slots={
            "who": "Notre association accompagne des familles de détenus à Fresnes",
            "deliverable": "une affiche A3 pour notre vide-grenier",
            "deadline": deadline("pour notre vide-grenier du 6 décembre", "2025-12-06"),
            "budget": budget("ne pouvons malheureusement rien payer", 0, 0),
        },
    ),
    Message(
        "three agencies consulted",
        "2026-03-09T10:00:00+01:00",
        """Madame, Monsieur,

Le groupe Verdier, spécialiste du transport frigorifique, souhaite refondre son identité visuelle (logo, charte, signalétique des camions). Trois agences sont consultées. L'objectif est de nous démarquer de nos concurrents, qui roulent tous en blanc et bleu.

Le budget est compris entre 15 et 20 k€ HT. Merci de nous remettre votre proposition pour le 31 mars ; une soutenance aura lieu dans nos locaux de Mâcon.

Cordialement,
Hervé Plantier
Directeur général""",
        signals="courteous shopping_around",
        slots={
            "who": "Le groupe Verdier, spécialiste du transport frigorifique",
            "deliverable": "refondre son identité visuelle (logo, charte, signalétique des camions)",
            "objectives": "nous démarquer de nos concurrents",
            "competitors": "nos concurrents, qui roulent tous en blanc et bleu",
            "budget": budget("entre 15 et 20 k€ HT", 15000, 20000, tax="excluded"),
            "meeting": meeting("une soutenance aura lieu dans nos locaux de Mâcon", "in_person", "Mâcon"),
        },
        missed="deadline meeting",
    ),
    Message(
        "an urgent translation",
        "2026-06-10T08:05:00+02:00",
        """Bonjour Madame,

Je suis avocate à Bruxelles. J'ai besoin en urgence de la traduction d'un contrat de bail, 12 pages, du néerlandais vers le français, pour vendredi. Votre prix sera le mien.

Merci beaucoup,
Me Saskia Verlinden""",
        signals="courteous tight_deadline",
        slots={
            "who": "avocate à Bruxelles",
            "deliverable": "la traduction d'un contrat de bail, 12 pages, du néerlandais vers le français",
            "deadline": deadline("pour vendredi", "2026-06-12"),
        },
    ),
    Message(
        "a vague idea",
        "2025-09-30T21:00:00+02:00",
        """Salut,

je sais pas trop par où commencer, j'ai envie de lancer un truc autour du vélo, peut-être une appli, peut-être un blog, c'est encore flou. Tu pourrais m'envoyer quelques idées pour voir si ça colle ? Après on parle sous.

Kevin""",
        signals="ill_defined free_work",
        slots={},
    ),
    Message(
        "a client who comes back",
        "2026-01-20T11:00:00+01:00",
        """Bonjour Sophie,

La plaquette que vous nous avez livrée en octobre plaît beaucoup aux commerciaux, merci encore. Nous aurions besoin de la décliner en anglais et en allemand, mêmes conditions que la dernière fois. L'idéal serait de l'avoir fin février.

Bonne journée,
Laurent Micoulaut
Ateliers Micoulaut, machines à bois""",
        kind="client",
        signals="courteous",
        slots={
            "who": "Ateliers Micoulaut, machines à bois",
            "deliverable": "la décliner en anglais et en allemand",
            "deadline": deadline("fin février", "2026-02-28"),
        },
    ),
    Message(
        "a colleague met at a fair",
        "2025-10-06T09:00:00+02:00",
        """Bonjour Maud,

Nous nous sommes croisées au Salon de la micro-édition, vous aviez un stand en face du mien. Je ne cherche rien de particulier, j'aimerais simplement échanger avec une autre illustratrice sur nos façons de facturer. Un café à Rennes un de ces jours ?

À bientôt j'espère,
Yuna""",
        kind="network",
        signals="courteous introduced",
        slots={
            "who": "une autre illustratrice",
            "meeting": meeting("Un café à Rennes un de ces jours", "in_person", "Rennes"),
        },
        missed="who",
    ),
    Message(
        "search engine spam",
        "2026-04-01T03:00:00+02:00",
        """Bonjour,

Nous avons analysé votre site et il n'apparaît pas en première page de Google. Notre agence propose un audit SEO gratuit et des packs à partir de 99 € HT par mois. Souhaitez-vous en discuter lors d'un appel cette semaine ?

Cordialement,
L'équipe BoostWeb""",
        kind="not_a_request",
    ),
    Message(
        "a job application",
        "2026-05-11T14:00:00+02:00",
        """Madame, Monsieur,

Actuellement en troisième année de BUT MMI, je suis à la recherche d'une alternance de douze mois à partir de septembre. Vous trouverez ci-joint mon CV et ma lettre de motivation. Je serais heureux de vous rencontrer.

Cordialement,
Enzo Malherbe""",
        kind="not_a_request",
    ),
    Message(
        "a decided customer",
        "2026-02-16T19:45:00+01:00",
        """Bonsoir monsieur,

On m'a montré votre travail et je suis conquis, pas besoin de devis : c'est vous que je veux pour le mariage de ma fille. Dites-moi où envoyer le chèque. C'est le 20 juin près de Cahors.

Jean-Marc Soulié""",
        signals="decided_too_fast",
        slots={
            "deadline": deadline("le mariage de ma fille. C'est le 20 juin", "2026-06-20"),
        },
    ),
    Message(
        "recommended by a neighbour",
        "2025-12-01T08:30:00+01:00",
        """Bonjour Monsieur Lahaye,

Votre confrère Denis Roque m'a donné vos coordonnées. Nous sommes un cabinet de kinésithérapie de quatre praticiens à Pau et nous voudrions faire relire notre livret d'accueil, 30 pages environ, d'ici trois semaines. Nous avons prévu 600 euros.

Avec mes remerciements,
Claire Etchebarne""",
        signals="courteous introduced",
        slots={
            "who": "un cabinet de kinésithérapie de quatre praticiens à Pau",
            "deliverable": "faire relire notre livret d'accueil, 30 pages environ",
            "deadline": deadline("d'ici trois semaines", "2025-12-22"),
            "budget": budget("600 euros", 600, 600),
        },
    ),
    Message(
        "day rate for a mission",
        "2026-03-02T09:00:00+01:00",
        """Bonjour,

Je travaille pour Helvia, éditeur de logiciels de paie (80 salariés). Nous cherchons un ergonome pour auditer notre application mobile, 10 jours entre avril et juin, TJM 450-500 € HT. Nos utilisateurs sont des comptables de PME, souvent pressés.

Seriez-vous disponible pour une visio jeudi ?

Cordialement,
Amandine""",
        signals="courteous",
        slots={
            "who": "Helvia, éditeur de logiciels de paie (80 salariés)",
            "deliverable": "auditer notre application mobile, 10 jours",
            "audiences": "des comptables de PME, souvent pressés",
            "budget": budget("TJM 450-500 € HT", 450, 500, tax="excluded", per="day"),
            "meeting": meeting("une visio jeudi", "video"),
            "deadline": deadline("entre avril et juin", "2026-06-30"),
        },
        missed="deadline",
    ),
    Message(
        "a Swiss training day",
        "2026-01-26T15:00:00+01:00",
        """Bonjour,

Notre EMS (établissement pour personnes âgées) à Morges souhaite organiser une formation de deux demi-journées sur la communication non violente, destinée à nos 25 soignants. Nous disposons de CHF 2'400 au maximum.

Pourriez-vous passer nous voir avant fin mars ?

Meilleures salutations,
Fabienne Rochat""",
        signals="courteous",
        slots={
            "who": "Notre EMS (établissement pour personnes âgées) à Morges",
            "deliverable": "une formation de deux demi-journées sur la communication non violente",
            "audiences": "nos 25 soignants",
            "budget": budget("CHF 2'400 au maximum", None, 2400, "CHF"),
            "meeting": meeting("passer nous voir avant fin mars", "in_person", "Morges"),
        },
    ),
    Message(
        "a podcast from Québec",
        "2026-02-09T10:00:00-05:00",
        """Bonjour!

On est un collectif de sages-femmes à Sherbrooke et on lance un balado en six épisodes. On cherche un monteur son pour s'occuper du mixage. Ça s'adresse aux futurs parents qui vivent loin des grands centres. On a 300 $ par épisode, plus taxes.

Idéalement le premier serait prêt le 15 avril.

Merci et bonne journée!
Mireille""",
        signals="courteous",
        slots={
            "who": "un collectif de sages-femmes à Sherbrooke",
            "deliverable": "s'occuper du mixage",
            "audiences": "futurs parents qui vivent loin des grands centres",
            "budget": budget("300 $ par épisode, plus taxes", 300, 300, "CAD", "excluded"),
            "deadline": deadline("le 15 avril", "2026-04-15"),
        },
    ),
    Message(
        "a contact form",
        "2026-04-20T20:30:00+02:00",
        """Nouvelle demande reçue via votre site

Nom : Patricia Guénon
Email : p.guenon@mairie-landivy.example
Société : Mairie de Landivy
Budget : 3 000 € TTC
Délai : fin juin
Message :
Bonjour, nous souhaitons refaire les panneaux du sentier de découverte (huit panneaux illustrés) pour donner envie aux promeneurs de rester au village. Pouvez-vous nous rappeler ? Cordialement""",
        signals="courteous",
        slots={
            "who": "Mairie de Landivy",
            "deliverable": "refaire les panneaux du sentier de découverte (huit panneaux illustrés)",
            "objectives": "donner envie aux promeneurs de rester au village",
            "budget": budget("3 000 € TTC", 3000, 3000, tax="included"),
            "deadline": deadline("fin juin", "2026-06-30"),
            "meeting": meeting("Pouvez-vous nous rappeler", "phone"),
        },
    ),
    Message(
        "a turnover that is no budget",
        "2025-10-21T11:11:00+02:00",
        """Bonjour,

Nous sommes une scierie des Vosges (12 salariés, 3 M€ de chiffre d'affaires, créée en 1962). Il nous faut un film de deux minutes pour recruter des apprentis. Côté budget, rien n'est fixé. À rendre pour le salon du 17 janvier.

Bien cordialement
Scierie Humbert""",
        signals="courteous",
        slots={
            "who": "une scierie des Vosges (12 salariés",
            "deliverable": "un film de deux minutes",
            "objectives": "recruter des apprentis",
            "deadline": deadline("pour le salon du 17 janvier", "2026-01-17"),
        },
    ),
    Message(
        "an answer with the old mail below",
        "2026-03-16T09:00:00+01:00",
        """Bonjour Élodie,

Merci pour le devis, c'est bon pour nous. Pouvez-vous nous envoyer la V2 des visuels d'ici mercredi ?

Bonne semaine,
Tristan

Le ven. 13 mars 2026 à 10:02, Élodie Carrier <elodie@carrier-design.example> a écrit :
> Bonjour Tristan,
> Voici mon devis de 1 800 € HT pour la charte, à valider avant le 20 mars.
> On peut s'appeler lundi si vous voulez.""",
        kind="client",
        signals="courteous tight_deadline",
        slots={
            "deliverable": "la V2 des visuels",
            "deadline": deadline("d'ici mercredi", "2026-03-18"),
        },
    ),
    Message(
        "a wine estate and its rivals",
        "2025-11-18T10:00:00+01:00",
        """Bonjour,

Nous tenons un domaine viticole à Bergerac. Nos bouteilles sont bonnes mais nos étiquettes font vieillot : contrairement aux domaines voisins qui ont tous un graphiste, nous n'avons jamais rien fait. Nous voudrions faire redessiner quatre étiquettes pour toucher une clientèle plus jeune.

Notre enveloppe est de 2 500 euros, hors impression. Pouvez-vous venir goûter sur place en janvier ?

Bien à vous
Agnès et Paul Delmas""",
        signals="courteous",
        slots={
            "who": "un domaine viticole à Bergerac",
            "deliverable": "redessiner quatre étiquettes",
            "objectives": "toucher une clientèle plus jeune",
            "audiences": "une clientèle plus jeune",
            "competitors": "contrairement aux domaines voisins qui ont tous un graphiste",
            "budget": budget("2 500 euros", 2500, 2500),
            "meeting": meeting("venir goûter sur place en janvier", "in_person", "Bergerac"),
        },
    ),
    Message(
        "words paid by the piece",
        "2026-05-05T16:00:00+02:00",
        """Hello Camille,

Magazine en ligne sur le jardinage cherche rédactrice pour 20 articles par mois, 800 mots chacun. Tarif : 3 centimes le mot. Avant de décider nous demandons un article test (non rémunéré) à chaque candidate.

À vite !
Team Potager""",
        signals="courteous shopping_around free_work",
        slots={
            "who": "Magazine en ligne sur le jardinage",
            "deliverable": "20 articles par mois, 800 mots chacun",
            "budget": budget("3 centimes le mot", 0.03, 0.03, per="word"),
        },
    ),
    Message(
        "a book by its author",
        "2026-02-23T07:00:00+01:00",
        """Bonjour Monsieur,

Retraité de la SNCF, j'ai écrit mes souvenirs de chef de gare, 240 pages tapées à la machine. J'aimerais les faire corriger et mettre en page pour les offrir à mes petits-enfants à Noël. Je peux y mettre 800 euros, pas davantage.

Je n'ai pas internet à la maison, le plus simple est de me téléphoner au 06 39 98 45 46.

Recevez mes salutations distinguées,
André Pacaud""",
        signals="courteous",
        slots={
            "who": "Retraité de la SNCF",
            "deliverable": "les faire corriger et mettre en page",
            "objectives": "les offrir à mes petits-enfants",
            "audiences": "mes petits-enfants",
            "deadline": deadline("à Noël", "2026-12-25"),
            "budget": budget("800 euros", 800, 800),
            "meeting": meeting("me téléphoner", "phone"),
        },
        missed="audiences",
    ),
    Message(
        "forwarded by a colleague",
        "2026-03-05T12:00:00+01:00",
        """Salut Inès, je te transfère cette demande, c'est plus ton rayon que le mien. Bises, Luc

---------- Forwarded message ---------
De : Caroline Testud <c.testud@example.org>
Date: mar. 3 mars 2026 à 09:12
Subject: photos de chantier
To: Luc Amiel <luc@amiel-photo.example>

Bonjour,

Nous sommes une entreprise de charpente à Gap et nous cherchons un photographe pour un reportage sur le chantier du nouveau collège, en mai. Comptez deux jours sur place.

Merci,
Caroline Testud""",
        signals="courteous introduced",
        slots={
            "who": "une entreprise de charpente à Gap",
            "deliverable": "un reportage sur le chantier du nouveau collège",
            "deadline": deadline("en mai", "2026-05-31"),
        },
        missed="introduced",
    ),
    Message(
        "a newsletter",
        "2026-01-08T06:00:00+01:00",
        """La gazette des indépendants, n° 112

Au programme : comment fixer son tarif journalier, les échéances du 15 janvier et notre webinaire du mardi 27.

Je m'inscris : https://gazette.example/webinaire

Vous recevez cet e-mail car vous êtes abonné. Se désabonner""",
        kind="not_a_request",
    ),
    Message(
        "out of office",
        "2026-08-03T06:00:00+02:00",
        """Bonjour,

Je suis absente du bureau jusqu'au 24 août. En cas d'urgence, vous pouvez contacter Nora au 06 39 98 77 78. Je répondrai à votre message à mon retour.

Cordialement
Sandrine""",
        kind="not_a_request",
    ),
    Message(
        "a restaurant short on words",
        "2026-05-28T23:40:00+02:00",
        """Bjr, resto à Sète, besoin de photos de plats pour la carte d'été, une vingtaine. Budget 400€ max. C'est urgent on ouvre le 15 juin. Tel 06 39 98 20 21""",
        signals="tight_deadline",
        slots={
            "who": "resto à Sète",
            "deliverable": "photos de plats pour la carte d'été, une vingtaine",
            "deadline": deadline("on ouvre le 15 juin", "2026-06-15"),
            "budget": budget("400€ max", None, 400),
        },
    ),
    Message(
        "interior of a surgery",
        "2025-09-15T13:00:00+02:00",
        """Bonjour Madame,

Infirmières libérales, nous reprenons un ancien magasin à Dole pour en faire notre cabinet. Nous cherchons une architecte d'intérieur pour dessiner l'aménagement de 70 m². Nos patients sont âgés et marchent mal. Les travaux doivent être finis avant Noël.

Seriez-vous libre pour une visite la semaine prochaine ? Notre budget travaux et honoraires : 35 000 € HT.

Merci,
Lucie et Karine""",
        signals="courteous",
        slots={
            "who": "Infirmières libérales",
            "deliverable": "dessiner l'aménagement de 70 m²",
            "audiences": "Nos patients sont âgés et marchent mal",
            "deadline": deadline("avant Noël", "2025-12-25"),
            "budget": budget("35 000 € HT", 35000, 35000, tax="excluded"),
            "meeting": meeting("une visite la semaine prochaine", "in_person", "Dole"),
        },
        missed="place",
    ),
    Message(
        "introducing two people",
        "2026-03-24T18:00:00+01:00",
        """Chers tous les deux,

Je vous mets en relation, vous devriez bien vous entendre : Paul développe des sites pour les musées, Marguerite vient de s'installer comme scénographe à Lille. Je vous laisse faire connaissance.

Amitiés,
Bertille""",
        kind="network",
        signals="courteous",
        recipients=2,
    ),
    Message(
        "a survey",
        "2026-02-12T10:00:00+01:00",
        """Bonjour,

Dans le cadre de mon mémoire de master, je réalise une enquête sur les outils des graphistes indépendants. Le questionnaire prend cinq minutes et reste anonyme : https://enquete.example/q. Merci de votre aide !

Ophélie""",
        kind="not_a_request",
    ),
    Message(
        "Senegal, a logo",
        "2026-01-05T09:30:00+00:00",
        """Bonjour,

Je viens de créer une société de transformation de mangues à Thiès, au Sénégal. Je voudrais un logo et l'étiquette du pot de confiture, afin de pouvoir vendre aux hôtels de Dakar. Nous disposons de 250 000 FCFA. Le lancement est prévu fin mars.

Merci et salutations,
Awa Ndiaye""",
        signals="courteous",
        slots={
            "who": "une société de transformation de mangues à Thiès",
            "deliverable": "un logo et l'étiquette du pot de confiture",
            "objectives": "pouvoir vendre aux hôtels de Dakar",
            "audiences": "hôtels de Dakar",
            "deadline": deadline("fin mars", "2026-03-31"),
            "budget": budget("250 000 FCFA", 250000, 250000, "XOF"),
        },
        missed="audiences",
    ),
    Message(
        "a monthly contract",
        "2025-10-13T09:00:00+02:00",
        """Bonjour Nadège,

Je dirige une résidence pour étudiants à Talence. Nous voulons confier l'animation de nos réseaux sociaux à une indépendante : trois publications par semaine, à partir de novembre. Nous avions pensé à 500 € par mois. Il s'agit de remplir les chambres du second semestre.

Quand pourrions-nous en parler au téléphone ?

Bien cordialement,
Rémi Castagné""",
        signals="courteous",
        slots={
            "who": "une résidence pour étudiants à Talence",
            "deliverable": "l'animation de nos réseaux sociaux à une indépendante : trois publications par semaine",
            "objectives": "remplir les chambres du second semestre",
            "budget": budget("500 € par mois", 500, 500, per="month"),
            "meeting": meeting("en parler au téléphone", "phone"),
        },
    ),
    Message(
        "a free mock-up",
        "2026-04-14T14:14:00+02:00",
        """Bonjour,

Notre start-up (gestion des déchets du bâtiment) compare plusieurs designers. Merci d'envoyer une première maquette de la page d'accueil, nous choisirons ensuite. Pas de budget à ce stade mais un gros potentiel.

Max""",
        signals="free_work shopping_around no_budget",
        slots={
            "who": "Notre start-up (gestion des déchets du bâtiment)",
            "budget": budget("Pas de budget à ce stade", 0, 0),
        },
    ),
    Message(
        "a chronicler of a club",
        "2026-06-01T20:00:00+02:00",
        """Bonjour,

Le club de rugby de Lannemezan fête son centenaire le 12 septembre 2026 et nous voulons un livre souvenir d'une centaine de pages. Les anciens joueurs en sont les premiers lecteurs. Tout doit partir à l'imprimerie mi-août. Nous pourrons réunir jusqu'à 4 000 €.

On se voit au club-house ? Tous les mardis soir on y est.

Sportivement,
Le secrétaire""",
        signals="courteous",
        slots={
            "who": "Le club de rugby de Lannemezan",
            "deliverable": "un livre souvenir d'une centaine de pages",
            "audiences": "Les anciens joueurs en sont les premiers lecteurs",
            "deadline": deadline("mi-août", "2026-08-15"),
            "budget": budget("jusqu'à 4 000 €", None, 4000),
            "meeting": meeting("On se voit au club-house", "in_person", "Lannemezan"),
        },
        missed="audiences deadline",
    ),
)

"""Messages from people who do not go straight to the point, written after the rules and labelled before reading them."""

from tests.reading.corpus import Message, budget, deadline, meeting

MESSAGES = (
    Message(
        "a rambling grandmother",
        "2026-02-11T16:00:00+01:00",
        """Bonjour jeune homme,

Ma petite-fille me dit que vous réparez les vieilles photos. J'en ai une boîte entière, elles ont pris l'eau dans la cave en 2016, un désastre, les pompiers sont venus deux fois. Il y en aurait une trentaine à sauver, surtout celles du mariage de mes parents. Je toucherai ma complémentaire début mars, je pourrai alors y consacrer 200 euros, pas plus. Ce serait formidable de les avoir pour la fête des 90 ans de ma sœur, le 2 mai.

Je ne conduis plus. Viendriez-vous les chercher ? J'habite au-dessus de la poste de Figeac.

Bien le merci,
Mme Jeannine Cassagne""",
        signals="courteous",
        slots={
            "deliverable": "une trentaine à sauver",
            "deadline": deadline("pour la fête des 90 ans de ma sœur, le 2 mai", "2026-05-02"),
            "budget": budget("200 euros, pas plus", 200, 200),
            "meeting": meeting(
                "Viendriez-vous les chercher ? J'habite au-dessus de la poste de Figeac", "in_person", "Figeac"
            ),
        },
    ),
    Message(
        "a town planner in a hurry",
        "2025-12-04T18:45:00+01:00",
        """Bonsoir,

Réunion publique avancée au 11 décembre, panique à bord : nos trois planches A0 sur le futur quartier de la Fonderie sont illisibles et les riverains vont nous manger tout crus. Vous pourriez les reprendre d'ici là ? On paie au forfait, 900 HT, bon de commande dès demain.

Cdt,
J. Peyrolle, service urbanisme, Ville de Romans""",
        signals="courteous tight_deadline",
        slots={
            "who": "service urbanisme, Ville de Romans",
            "deliverable": "nos trois planches A0 sur le futur quartier",
            "audiences": "les riverains",
            "deadline": deadline("avancée au 11 décembre", "2025-12-11"),
            "budget": budget("900 HT", 900, 900, tax="excluded"),
        },
        missed="audiences deliverable",
    ),
    Message(
        "a musician asks a friend's price",
        "2026-01-22T23:20:00+01:00",
        """Hey Nico ! C'est Sam (la basse de Glaucome), Julie du Trabendo m'a dit de t'écrire direct. On sort un EP en juin et la pochette, ben, y en a pas. On aime tes linogravures. T'as déjà fait ça pour du 33 tours ? Ça nous coûterait quoi ? On a cent balles chacun à mettre, on est quatre. Passe à la répète un jeudi si tu veux écouter, c'est à Pantin. Bises""",
        signals="courteous introduced",
        slots={
            "who": "Sam (la basse de Glaucome)",
            "deliverable": "la pochette",
            "deadline": deadline("On sort un EP en juin", "2026-06-30"),
            "budget": budget("cent balles chacun", 400, 400),
            "meeting": meeting("Passe à la répète un jeudi si tu veux écouter", "in_person", "Pantin"),
        },
        missed="budget deliverable introduced who",
    ),
    Message(
        "a lawyerly tender",
        "2026-04-02T10:00:00+02:00",
        """Maître d'ouvrage : Syndicat mixte du lac de Brangues
Objet : conception d'une exposition itinérante (12 panneaux)

Madame, Monsieur,
Le syndicat envisage de sensibiliser les baigneurs à la fragilité des roselières. À cet effet, il sera fait appel à un concepteur graphique. Les candidats, au nombre de quatre, remettront une offre chiffrée. Montant maximal de la dépense : 9 500 € TTC. Livraison attendue en semaine 23.

Veuillez recevoir nos salutations.""",
        signals="courteous shopping_around",
        slots={
            "who": "Syndicat mixte du lac de Brangues",
            "deliverable": "conception d'une exposition itinérante (12 panneaux)",
            "objectives": "sensibiliser les baigneurs à la fragilité des roselières",
            "audiences": "les baigneurs",
            "deadline": deadline("en semaine 23", "2026-06-07"),
            "budget": budget("maximal de la dépense : 9 500 € TTC", None, 9500, tax="included"),
        },
        missed="audiences courteous deliverable objectives",
    ),
    Message(
        "a designer who refers work away",
        "2026-03-19T14:00:00+01:00",
        """Coucou Léo,

tu fais toujours du motion ? J'ai un client qui en cherche, je n'ai pas le temps. Rien d'urgent, dis-moi juste si je peux lui donner ton mail. Et sinon on déjeune quand ? Ça fait un bail.

Bisous,
Anouk""",
        kind="network",
        signals="courteous",
        slots={"meeting": meeting("on déjeune quand", "in_person")},
    ),
    Message(
        "crypto spam in French",
        "2026-02-28T02:00:00+01:00",
        """Cher entrepreneur, votre profil a retenu notre attention. Nos experts génèrent 3 000 € de revenus passifs par mois sans effort. Répondez OUI pour être rappelé par un conseiller avant vendredi.""",
        kind="not_a_request",
    ),
    Message(
        "an unhappy client",
        "2026-05-20T08:10:00+02:00",
        """Bonjour Karim,

Le son sature à 2 min 10 sur l'épisode livré hier, et le générique est coupé. Pouvez-vous corriger avant la mise en ligne de vendredi midi ? Pour le reste rien à dire, c'est du bon boulot.

Merci,
Estelle""",
        kind="client",
        signals="courteous tight_deadline",
        slots={
            "deliverable": "Le son sature à 2 min 10 sur l'épisode livré hier, et le générique est coupé. Pouvez-vous corriger",
            "deadline": deadline("avant la mise en ligne de vendredi midi", "2026-05-22"),
        },
    ),
    Message(
        "a carpenter dictating",
        "2026-01-15T12:05:00+01:00",
        """Oui bonjour Thierry Lacaze menuisier à Mont-de-Marsan, écoutez voilà mon site date de Mathusalem et mon fils dit que personne ne me trouve, moi ce que je veux c'est que les gens voient mes escaliers, y'a un concurrent à Dax qui rafle tout avec ses vidéos. Dites-moi combien pour remettre ça d'aplomb, je peux aller jusqu'à deux mille. On s'appelle ? merci au revoir""",
        signals="courteous",
        slots={
            "who": "Thierry Lacaze menuisier à Mont-de-Marsan",
            "deliverable": "mon site date de Mathusalem",
            "objectives": "que les gens voient mes escaliers",
            "competitors": "un concurrent à Dax qui rafle tout avec ses vidéos",
            "budget": budget("jusqu'à deux mille", None, 2000),
            "meeting": meeting("On s'appelle", "phone"),
        },
        missed="deliverable",
    ),
    Message(
        "a parish magazine",
        "2026-01-09T10:10:00+00:00",
        """Dear Mrs Attwood,

Forgive me for writing out of the blue. The parish magazine, which I have cobbled together on an ageing computer since Roger died, goes out to some three hundred households and frankly it shows. What I should like is a proper template, something I could fill in each month without swearing. There is £250 in the kitty. Lent starts on 18 February and it would be rather nice to have the new look by then.

I make a decent lemon drizzle, if you cared to come and discuss it at the vicarage in Nether Stowey.

Yours very sincerely,
Audrey Pym""",
        language="en",
        signals="courteous",
        slots={
            "who": "The parish magazine",
            "deliverable": "a proper template",
            "audiences": "some three hundred households",
            "deadline": deadline("18 February", "2026-02-18"),
            "budget": budget("£250 in the kitty", 250, 250, "GBP"),
            "meeting": meeting("come and discuss it at the vicarage in Nether Stowey", "in_person", "Nether Stowey"),
        },
        missed="audiences who",
    ),
    Message(
        "a terse product manager",
        "2026-03-05T09:00:00-08:00",
        """Need: 12 onboarding emails, B2B fintech, US market
When: 3/27 hard stop
Rate: up to $4,800 flat
Process: 30-min Zoom first, then a paid trial email
You're one of three writers on my list.

- Devon, Ledgerly""",
        language="en",
        signals="shopping_around",
        slots={
            "who": "Ledgerly",
            "deliverable": "12 onboarding emails, B2B fintech, US market",
            "deadline": deadline("3/27 hard stop", "2026-03-27"),
            "budget": budget("up to $4,800 flat", None, 4800, "USD"),
            "meeting": meeting("30-min Zoom first", "video"),
        },
        missed="who",
    ),
    Message(
        "an over-keen inventor",
        "2025-10-30T01:15:00+00:00",
        """Hello!! I've invented a dog lead that glows and I'm certain it will be massive. I can't say too much before you sign an NDA. What I need first is for you to mock up what the packaging might look like so I can judge whether you get it, and then there's a slice of the business in it for you rather than a fee. My cousin works in retail and says nothing like it exists. Can we FaceTime tonight?""",
        language="en",
        signals="no_budget free_work",
        slots={
            "deliverable": "what the packaging might look like",
            "competitors": "nothing like it exists",
            "meeting": meeting("FaceTime tonight", "video"),
        },
        missed="competitors",
    ),
    Message(
        "a school trip",
        "2026-02-03T15:30:00+00:00",
        """Good afternoon

I teach Year 9 at a comprehensive in Wakefield. We'd like you to come and run your linocut morning with two classes (58 children) before the Easter break. The PTA will cover £6 a head. I want them to see that artists are real people with real jobs. My head wants it in writing, so a short quote would help.

Kind regards, Mr D. Okonjo""",
        language="en",
        signals="courteous",
        slots={
            "who": "I teach Year 9 at a comprehensive in Wakefield",
            "deliverable": "run your linocut morning with two classes (58 children)",
            "objectives": "see that artists are real people with real jobs",
            "audiences": "two classes (58 children)",
            "deadline": deadline("before the Easter break", None),
            "budget": budget("£6 a head", 6, 6, "GBP"),
        },
        missed="audiences",
    ),
    Message(
        "a former colleague reconnects",
        "2026-04-21T11:00:00+02:00",
        """Hi Milan,

Long time! Priyanka tells me you've set up on your own, congratulations. I'm still at the bank, alas. I'll be in Lyon for a conference from the 11th to the 13th of May and would love to buy you dinner and hear all about it.

Love to Sofia,
Oskar""",
        language="en",
        kind="network",
        signals="",
        slots={
            "who": "I'm still at the bank",
            "meeting": meeting("buy you dinner and hear all about it", "in_person", "Lyon"),
        },
        missed="who",
    ),
    Message(
        "guest post pitch",
        "2026-01-17T06:00:00+00:00",
        """Hi webmaster, I loved your article on kerning! Would you accept a contribution from our writers? We pay $40 for a do-follow link and can deliver within two days. Let me know your terms. Regards, Stella""",
        language="en",
        kind="not_a_request",
    ),
    Message(
        "scope creep from a client",
        "2026-03-27T17:50:00+00:00",
        """Hi Bea

While you're at it, any chance of squeezing in the Scottish brochure too? It's basically the same thing in a different tartan. Happy to go up to £700 on top of what we agreed. Printer's slot is the 10th of April. Sorry to be a pain, and thank you!

Rory""",
        language="en",
        kind="client",
        signals="courteous",
        slots={
            "deliverable": "the Scottish brochure",
            "deadline": deadline("Printer's slot is the 10th of April", "2026-04-10"),
            "budget": budget("up to £700", None, 700, "GBP"),
        },
    ),
    Message(
        "a gap-toothed brief",
        "2026-06-22T10:00:00+01:00",
        """Hi, saw your ad. We do loft conversions round Luton. Van's getting wrapped and the signwriter says he needs artwork. No clue what that means tbh, whatever you think looks smart. He's booked in a week on Friday. What's the damage? Ta, Gaz""",
        language="en",
        signals="courteous ill_defined",
        slots={
            "who": "We do loft conversions round Luton",
            "deliverable": "artwork",
            "deadline": deadline("a week on Friday", "2026-07-03"),
        },
        missed="deadline ill_defined",
    ),
)

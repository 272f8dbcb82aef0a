"""English messages, from several countries and in several tones."""

from tests.reading.corpus import Message, budget, deadline, meeting


def english(name, date, text, **labels):
    return Message(name, date, text, language="en", **labels)


MESSAGES = (
    english(
        "a bakery's menu boards",
        "2026-02-03T09:00:00+00:00",
        """Hi Jo,

I run a small bakery in Hebden Bridge. We need three hand-lettered menu boards for the shop, and maybe a sandwich board later. I'd like people walking past to notice us at last. We've set aside £450.

Could you pop in some time next week?

Thanks,
Moira""",
        signals="courteous",
        slots={
            "who": "I run a small bakery in Hebden Bridge",
            "deliverable": "three hand-lettered menu boards for the shop",
            "objectives": "people walking past to notice us at last",
            "budget": budget("£450", 450, 450, "GBP"),
            "meeting": meeting("pop in some time next week", "in_person", "Hebden Bridge"),
        },
    ),
    english(
        "rates please",
        "2026-03-10T12:00:00+00:00",
        "Hello, could you tell me how much you charge? Thanks",
        signals="courteous price_first",
    ),
    english(
        "a scientific poster",
        "2026-01-19T08:00:00+00:00",
        """Dear Dr Okafor,

I am a postdoc in marine biology at the University of Galway. I need a conference poster edited for language, about 900 words, by 6 February. The audience is mostly fisheries managers rather than scientists. My grant allows €150 including VAT.

Best regards,
Niamh Colleran""",
        signals="courteous",
        slots={
            "who": "a postdoc in marine biology at the University of Galway",
            "deliverable": "a conference poster edited for language, about 900 words",
            "audiences": "mostly fisheries managers rather than scientists",
            "deadline": deadline("by 6 February", "2026-02-06"),
            "budget": budget("€150 including VAT", 150, 150, tax="included"),
        },
    ),
    english(
        "exposure",
        "2025-10-02T17:00:00-07:00",
        """Hey!

We're a brand new streetwear label out of Portland and we love your work. We'd want you to design our first drop, six tees. We can't pay right now but it would be amazing exposure, we have 40k followers. Lmk asap!

Trey""",
        signals="no_budget",
        slots={
            "who": "a brand new streetwear label out of Portland",
            "deliverable": "design our first drop, six tees",
            "budget": budget("We can't pay right now", 0, 0, "USD"),
        },
    ),
    english(
        "getting quotes",
        "2026-04-08T10:30:00+01:00",
        """Good morning,

We are getting quotes from a few translators for our annual report (42 pages, Spanish to English). Please let us have your best price and turnaround. It must be delivered by the end of May.

Kind regards,
Procurement, Ribera Water""",
        signals="courteous shopping_around",
        slots={
            "who": "Ribera Water",
            "deliverable": "our annual report (42 pages, Spanish to English)",
            "deadline": deadline("by the end of May", "2026-05-31"),
        },
    ),
    english(
        "introduced by name",
        "2026-05-04T15:20:00+01:00",
        """Hello Pritam,

Sally Wren at the Guild suggested I get in touch. We're a family-run garden centre near Kettering and our website looks twenty years old, because it is. We want a complete redesign, around 15 pages, so that people can book the café online. Budget is between £4,000 and £5,000 plus VAT. Ideally live before the August bank holiday.

Would you have time for a phone call this week?

Many thanks
Graham Pell
Pell's Garden Centre""",
        signals="courteous introduced",
        slots={
            "who": "a family-run garden centre near Kettering",
            "deliverable": "a complete redesign, around 15 pages",
            "objectives": "so that people can book the café online",
            "deadline": deadline("before the August bank holiday", None),
            "budget": budget("between £4,000 and £5,000 plus VAT", 4000, 5000, "GBP", "excluded"),
            "meeting": meeting("a phone call this week", "phone"),
        },
    ),
    english(
        "a client and a second round",
        "2026-02-25T09:10:00+00:00",
        """Hi Marta,

Thanks for the first round, the team loves option B. Could you make the headline bigger and send the final files by Thursday? Same rate as last time for the extra banner.

Cheers,
Dev""",
        kind="client",
        signals="courteous tight_deadline",
        slots={
            "deliverable": "make the headline bigger and send the final files",
            "deadline": deadline("by Thursday", "2026-02-26"),
        },
    ),
    english(
        "compare notes",
        "2025-11-20T19:00:00+00:00",
        """Hi Sam,

We met at the Bristol indie makers meetup last month, I was the one with the broken demo. I'm a freelance sound designer too and I'd love to hear how you find your clients. No agenda at all. Coffee in Bristol some time?

All the best,
Theo""",
        kind="network",
        signals="courteous introduced",
        slots={
            "who": "a freelance sound designer",
            "meeting": meeting("Coffee in Bristol some time", "in_person", "Bristol"),
        },
    ),
    english(
        "leads for sale",
        "2026-03-03T02:00:00-05:00",
        """Hi there,

Are you struggling to find new clients? We help freelancers like you get 20+ qualified leads a month. Our plans start from $199 per month. Book a quick call with our team today!

Best,
Chad

Unsubscribe""",
        kind="not_a_request",
    ),
    english(
        "an applicant",
        "2026-01-30T11:00:00+00:00",
        """Dear Hiring Manager,

I am writing to apply for the junior designer position. Please find attached my resume and portfolio. I would welcome the chance to meet you.

Sincerely,
Ana Lobo""",
        kind="not_a_request",
    ),
    english(
        "decided at once",
        "2026-06-15T22:00:00+01:00",
        """Hi Rosa

I've seen enough, you're hired! Don't bother with a quote, we'll sort the money out later. When can you start?

Bruno""",
        signals="decided_too_fast",
    ),
    english(
        "early days",
        "2025-09-09T10:00:00+10:00",
        """Hi Lena,

I'm a physio in Ballarat. I'm thinking about doing something online for my patients, could be videos, could be an app, I honestly don't know yet. Happy to be told. No rush at all.

Thank you,
Craig""",
        signals="courteous ill_defined",
        slots={"who": "a physio in Ballarat", "audiences": "my patients"},
    ),
    english(
        "a data report",
        "2026-03-30T08:45:00-04:00",
        """Hi Wei,

I'm with Northline Transit, a nonprofit in Cleveland that runs night buses for shift workers. We need someone to build a dashboard of our ridership data, four charts at most. The goal is to convince the county to renew our funding in July. We have budgeted $85 an hour, up to 40 hours.

Are you around for a Zoom call on Thursday?

Thanks so much,
Keisha""",
        signals="courteous",
        slots={
            "who": "Northline Transit, a nonprofit in Cleveland",
            "deliverable": "build a dashboard of our ridership data, four charts at most",
            "objectives": "convince the county to renew our funding",
            "audiences": "the county",
            "budget": budget("$85 an hour", 85, 85, "USD", per="hour"),
            "meeting": meeting("a Zoom call on Thursday", "video"),
        },
        missed="audiences",
    ),
    english(
        "a wedding shot",
        "2026-01-11T14:00:00+00:00",
        """Hi, we're getting married on 22 August at a farm near Ludlow and are looking for a photographer for the whole day. We've about £1,200 to spend. We've also emailed two other photographers, hope that's ok! Could we meet up for a coffee in Ludlow? Thanks, Fern & Ollie""",
        signals="courteous shopping_around",
        slots={
            "who": "we're getting married",
            "deliverable": "a photographer for the whole day",
            "deadline": deadline("on 22 August", "2026-08-22"),
            "budget": budget("about £1,200", 1200, 1200, "GBP"),
            "meeting": meeting("meet up for a coffee in Ludlow", "in_person", "Ludlow"),
        },
        missed="deliverable",
    ),
    english(
        "spec work",
        "2026-02-18T16:00:00+00:00",
        """Hello,

Our agency is pitching for a big drinks account and we want an illustrator on board. Could you send us a couple of sketches by Monday so that we can show them to the client? If we win there will be proper money.

Regards,
Felix""",
        signals="courteous free_work no_budget tight_deadline",
        slots={
            "who": "Our agency is pitching for a big drinks account",
            "deadline": deadline("by Monday", "2026-02-23"),
            "deliverable": "a couple of sketches",
        },
        missed="deliverable objectives",
    ),
    english(
        "what sets them apart",
        "2025-12-08T09:00:00+13:00",
        """Kia ora Tama,

We make wool insulation in Timaru. Unlike the big glass fibre brands, ours can be composted, and nobody knows. We need a two-page flyer for builders' merchants. We'd like it for the trade show on 14 February. Our budget is NZ$1,800 excl. GST.

Ngā mihi,
Hana""",
        signals="courteous",
        slots={
            "who": "We make wool insulation in Timaru",
            "deliverable": "a two-page flyer for builders' merchants",
            "audiences": "builders' merchants",
            "competitors": "Unlike the big glass fibre brands, ours can be composted",
            "deadline": deadline("for the trade show on 14 February", "2026-02-14"),
            "budget": budget("NZ$1,800 excl. GST", 1800, 1800, "NZD", "excluded"),
        },
        missed="audiences",
    ),
    english(
        "voice message, transcribed",
        "2026-04-27T18:30:00+01:00",
        """Voicemail from 07700 900321 (transcribed): hi there it's barbara from the village hall in ashcott we want someone to paint a mural on the end wall it's about six metres wide the committee has put aside twelve hundred pounds could you ring me back please thank you bye""",
        signals="courteous",
        slots={
            "who": "barbara from the village hall in ashcott",
            "deliverable": "paint a mural on the end wall it's about six metres wide",
            "budget": budget("twelve hundred pounds", 1200, 1200, "GBP"),
            "meeting": meeting("ring me back", "phone"),
        },
    ),
    english(
        "a text message",
        "2026-05-19T20:05:00+01:00",
        """alright mate need a logo for my van, plumber. how much n how quick? need it by next friday""",
        slots={
            "who": "plumber",
            "deliverable": "a logo for my van",
            "deadline": deadline("by next friday", "2026-05-29"),
        },
        missed="who",
    ),
    english(
        "out of the office",
        "2026-07-20T07:00:00+01:00",
        """Thank you for your email. I am out of the office until Monday 3 August with no access to email. For anything urgent please contact Priti on 07700 900888.

Kind regards,
Simon""",
        kind="not_a_request",
    ),
    english(
        "a retainer",
        "2025-10-27T13:00:00+00:00",
        """Dear Ms Holt,

I look after marketing at Fenwick & Sons, a law firm in Durham specialising in agricultural tenancies. We are looking for a copywriter to produce two blog posts a month, roughly 700 words each, aimed at tenant farmers. We would pay £300 per month. Our hope is to be found by farmers before they sign anything.

I would be glad to set up a call in the coming days.

Yours sincerely,
Harriet Moss""",
        signals="courteous",
        slots={
            "who": "Fenwick & Sons, a law firm in Durham specialising in agricultural tenancies",
            "deliverable": "two blog posts a month, roughly 700 words each",
            "objectives": "be found by farmers before they sign anything",
            "audiences": "tenant farmers",
            "budget": budget("£300 per month", 300, 300, "GBP", per="month"),
            "meeting": meeting("set up a call in the coming days", "phone"),
        },
    ),
    english(
        "an accountant's survey",
        "2026-03-12T09:00:00+00:00",
        """Dear freelancer,

We are conducting a survey of creative professionals' earnings. It takes four minutes and you could win a £100 voucher. Take the survey here: https://survey.example/x

Thank you""",
        kind="not_a_request",
    ),
    english(
        "an introduction for a friend",
        "2026-02-05T08:00:00+00:00",
        """Hi both,

Dina, meet Arthur. Arthur builds furniture in Deptford and Dina shoots the best product photos I know. I thought you two should talk. I'll leave you to it.

Best wishes,
Imani""",
        kind="network",
        signals="courteous",
        recipients=2,
    ),
    english(
        "a village play",
        "2026-01-06T21:00:00+00:00",
        """Dear Kit,

Our drama group is putting on a play about the 1953 flood and we would love original music for it, about 20 minutes in all, for string quartet. The performance is on 9 May, so we would need the parts by mid-March. I'm afraid we only have £600, from a raffle.

With best wishes,
Dorothy""",
        signals="courteous",
        slots={
            "who": "Our drama group",
            "deliverable": "original music for it, about 20 minutes in all, for string quartet",
            "deadline": deadline("by mid-March", "2026-03-15"),
            "budget": budget("£600", 600, 600, "GBP"),
        },
    ),
    english(
        "a crowded footer",
        "2026-03-18T10:00:00+00:00",
        """Hi Ewa,

We need our employee handbook translated into Polish, 60 pages, within three weeks. Our warehouse staff never read the English one and we want fewer accidents. £0.09 per word is what we paid last year.

Kind regards,
Colin Marsh
HR Manager, Broadgate Logistics
07700 900456
Broadgate Logistics Ltd, registered in England 00000000, share capital £2,000,000. This email and its attachments are confidential and intended for the addressee only.""",
        signals="courteous",
        slots={
            "who": "Broadgate Logistics",
            "deliverable": "our employee handbook translated into Polish, 60 pages",
            "objectives": "we want fewer accidents",
            "audiences": "Our warehouse staff",
            "deadline": deadline("within three weeks", "2026-04-08"),
            "budget": budget("£0.09 per word", 0.09, 0.09, "GBP", per="word"),
        },
        missed="audiences",
    ),
    english(
        "an invoice scam",
        "2026-05-07T04:00:00+00:00",
        """Dear Sir,

Your invoice is overdue. Kindly verify your account within 24 hours by clicking the link below to avoid suspension.

Accounts Department""",
        kind="not_a_request",
    ),
    english(
        "pick your brain",
        "2026-04-16T12:00:00+01:00",
        """Hi Zoe,

I enjoyed your talk at Northern Craft last week. I'm leaving my agency job to go freelance and would love to pick your brain for half an hour, on Zoom or wherever suits. Not a sales thing, I promise.

Thanks,
Bilal""",
        kind="network",
        signals="courteous introduced",
        slots={
            "who": "I'm leaving my agency job to go freelance",
            "meeting": meeting("pick your brain for half an hour, on Zoom", "video"),
        },
    ),
    english(
        "a day of filming",
        "2026-02-12T11:30:00+00:00",
        """Hello,

On behalf of Kirkham Brewery I'm after a videographer to film our open day, Saturday 18 April. One day of shooting plus a 90-second edit for Instagram. What would that cost? We'd hope to stay under £1,500.

Thanks in advance,
Josie""",
        signals="courteous",
        slots={
            "who": "Kirkham Brewery",
            "deliverable": "film our open day",
            "deadline": deadline("Saturday 18 April", "2026-04-18"),
            "budget": budget("under £1,500", None, 1500, "GBP"),
        },
    ),
    english(
        "not a penny",
        "2025-11-11T11:11:00+00:00",
        """Hi,

My brother and I are opening a climbing gym in Derby and we want you to do the whole interior. You'd get 3% of the profits once we make any, there's no cash up front. Call us!

Lee""",
        signals="no_budget",
        slots={
            "who": "My brother and I are opening a climbing gym in Derby",
            "deliverable": "do the whole interior",
            "budget": budget("there's no cash up front", 0, 0, "GBP"),
            "meeting": meeting("Call us", "phone"),
        },
    ),
    english(
        "an Irish festival",
        "2026-03-23T10:00:00+00:00",
        """Hi Aoife,

I'm on the committee of the Lahinch storytelling festival. We're looking to get the programme designed: 24 pages, A5, print and PDF. It goes to about 2,000 local households. It has to be at the printer's by the 17th of April. We can stretch to €900 all in.

Thanks a million,
Donal""",
        signals="courteous",
        slots={
            "who": "the Lahinch storytelling festival",
            "deliverable": "get the programme designed: 24 pages, A5, print and PDF",
            "audiences": "about 2,000 local households",
            "deadline": deadline("by the 17th of April", "2026-04-17"),
            "budget": budget("€900 all in", 900, 900, tax="included"),
        },
    ),
    english(
        "a museum's captions",
        "2026-01-28T09:00:00+00:00",
        """Dear Mr Adeyemi,

The Whitby Lace Museum would like to commission new captions for its permanent display, around 80 objects. At the moment visitors spend four minutes with us; we would like to keep them for twenty. Our neighbours at the Abbey have an audio guide, we have yellowing cards.

We would be delighted to show you round the museum, any weekday.

Yours faithfully,
Constance Reay
Curator""",
        signals="courteous",
        slots={
            "who": "The Whitby Lace Museum",
            "deliverable": "new captions for its permanent display, around 80 objects",
            "objectives": "we would like to keep them for twenty",
            "competitors": "Our neighbours at the Abbey have an audio guide, we have yellowing cards",
            "meeting": meeting("show you round the museum, any weekday", "in_person", "Whitby"),
        },
        missed="place",
    ),
)

"""Which of the two languages a text is written in."""

import re

_FRENCH = frozenset(
    "le la les des du de un une et est nous vous je tu il elle on ne pas pour dans avec sur par que qui quoi mon ma mes "
    "notre nos votre vos au aux ce cette ces cet bonjour bonsoir merci cordialement madame monsieur plus mais ou donc si "
    "suis sommes avons ai avez etes serait faire fait tout tres bien aussi chez entre sans leur leurs son sa ses y en "
    "salut combien quel quelle quels quelles devis c l d j qu n s m".split()
)
_ENGLISH = frozenset(
    "the and is are was were be been to of in for on with at by from this that these those i we you he she it they my our "
    "your his her its their a an not do does did have has had will would can could should may might what how much who when "
    "where which but or if so as about there hi hello dear thanks thank regards please im youre dont just some any me us "
    "need quote looking".split()
)
_WORDS = re.compile(r"[a-z]+")
_ENOUGH = 400  # words looked at: the language of a message shows early


def language_of(folded: str) -> str:
    """ "fr" or "en", by counting the small words of each; "fr" when nothing tells."""
    french = english = 0
    for seen, m in enumerate(_WORDS.finditer(folded)):
        word = m.group()
        french += word in _FRENCH
        english += word in _ENGLISH
        if seen >= _ENOUGH:
            break
    return "en" if english > french else "fr"

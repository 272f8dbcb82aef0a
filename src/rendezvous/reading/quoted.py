"""What the writer says in this message, told apart from what was only carried along.

A message is cut into parts by lines: what is said here (forwarded text included: it is sent on in order to be
read), earlier messages quoted, the lines that introduce either, the signature, and the footers that machines add.
"""

import re
from dataclasses import dataclass
from itertools import groupby

from rendezvous.reading.text import Span, fold, phrase

SAID = "said"
QUOTED = "quoted"
HEADING = "heading"  # "Le 3 mars, X a écrit :", the headers of a forwarded message
SIGNATURE = "signature"
FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Part:
    """A run of whole lines of one kind: `SAID`, `QUOTED`, `HEADING`, `SIGNATURE` or `FOOTER`."""

    kind: str
    start: int
    end: int


_FORWARD = phrase(
    r"^[> ]{0,4}[-_* ]{0,12}(?:forwarded message|begin forwarded message|message transfere|message reexpedie|"
    r"debut du message (?:transfere|reexpedie)|transmis par|message suivi)\b.{0,40}$"
)
_ORIGINAL = phrase(
    r"^[> ]{0,4}[-_]{2,12} ?(?:original message|message d'origine|message original|original-nachricht)\b"
)
_ATTRIBUTION_START = phrase(
    r"^ ?(?:le |on |am |el |il giorno |de : |(?:lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}[.,]? |\d{1,4}[-/.]|"
    r"[^ ]{1,40} <?[^ @]{1,40}@)"
)
_ATTRIBUTION_END = phrase(r"(?:a ecrit|ecrivait|wrote|writes|schrieb|ha scritto) ?:? ?$")
_HEADER = phrase(
    r"^[> *]{0,4}(?:de|from|envoye(?: le)?|sent|date|a|to|cc|objet|sujet|subject|reply-to|repondre a|importance)\*? ?: ?(?:\S|$)"
)
_HEADER_FROM = phrase(r"^[> *]{0,4}(?:de|from)\*? ?: ?\S")
_HEADER_OTHER = phrase(r"^[> *]{0,4}(?:envoye(?: le)?|sent|date|objet|sujet|subject)\*? ?:")
_QUOTE = re.compile(r"^ {0,3}(?:>|\|)(?! ?\|)")
_DELIMITER = re.compile(r"^ {0,2}(?:--|—|__+|\*\*\*+|—{2,}) {0,2}$")
_CLOSING = phrase(
    r"^ ?(?:(?:bien |tres |bien a |tout )?(?:cordialement|amicalement|sincerement|respectueusement|chaleureusement|solidairement)|"
    r"(?:bien )?(?:a (?:vous|toi)|a (?:tres )?bientot|a (?:tres )?vite|a plus|a\+)|cdlt|cdt|bises?|bien a vous|"
    r"(?:belle|bonne|excellente|tres belle|tres bonne) (?:journee|soiree|semaine|fin|continuation|reception)|salutations|"
    r"(?:grand |un grand |mille |encore |avec )?(?:merci|mercis|remerciements)|avec (?:mes|nos) |mes (?:salutations|amities)|"
    r"bien des choses|au plaisir|dans l'attente|en vous remerciant|veuillez|je vous prie|nous vous prions|je vous remercie|"
    r"nous vous remercions|sinceres|meilleures|tres sincerement|"
    r"(?:kind|best|warm|warmest|many|with|kindest) |regards|best\b|thanks|thank you|thx|cheers|sincerely|yours|all the best|"
    r"cordially|respectfully|take care|ta\b|x+\b|looking forward|speak soon|talk soon|have a (?:good|great|lovely|nice))"
)
_LONGEST_CLOSING = 90
_FOOTER = phrase(
    r"^ ?(?:envoye (?:de|depuis|a partir de) |envoye avec |sent (?:from|with|via) (?:my|a|an|outlook|proton|mail|yahoo|samsung)|get outlook for|obtenez outlook|"
    r"telecharge[rz] outlook|provenance : |(?:ce|cet|le present) (?:message|mail|courriel|courrier electronique|e-mail)\b.{0,60}"
    r"(?:confiden|destin|exclusiv|piece|contenu|envoye)|this (?:e-?mail|message)\b.{0,60}(?:confiden|intended|may contain|was sent)|"
    r"the information (?:contained )?in this|les informations contenues|confidentialite|confidentiality|disclaimer|"
    r"pensez a l'environnement|please consider the environment|n'imprimez|avant d'imprimer|"
    r"registered (?:charity|office|in|company)|company (?:number|registration|no)|charity n|"
    r"si vous n'etes pas (?:le|la) destinataire|if you are not the intended|"
    r"sans virus|virus-free|garanti sans virus|l'absence de virus|message (?:envoye|genere) (?:le|via|depuis|automatiquement|par)|"
    r"cet e-mail a ete envoye|vous recevez (?:ce|cet|cette)|you (?:are receiving|received) this|se desinscrire|unsubscribe)"
)
_FOOTER_ANYWHERE = phrase(
    r"(?:au capital (?:social )?de|\brcs |\bsiret\b|\bsiren\b|\btva intracom|\bvat (?:no|number|reg)|\biban\b|registered in (?:england|scotland|wales|ireland)|share capital|confidential and (?:intended|may))"
)
_POSTSCRIPT = re.compile(r"^ {0,3}(?:p\.? ?-?s\b|ps\b|nb\b|n\.b)")
_CONTACT = re.compile(r"\d\d[ .-]?\d\d[ .-]?\d\d|@|\bwww\.|https?:|\btel\b|\+\d\d|07700")
_NAME = re.compile(r"^[^\W\d_][\w'’.-]*(?: [^\W\d_&][\w'’.-]*){0,3}$")
_MOST_SIGNATURE_LINES = 10
_LONGEST_SIGNATURE_LINE = 90
_MOST_FOOTER_LINES = 40


@dataclass(slots=True)
class _Line:
    text: str
    folded: str
    start: int
    end: int  # with its line break
    kind: str = SAID

    @property
    def empty(self) -> bool:
        return not self.folded.strip(" >")


def parts(text: str, *, forwarded: bool = False) -> list[Part]:
    """The parts of a message's text, in order, covering all of it.

    `forwarded` tells that the subject announces a forwarded message: a block of headers then opens text that is
    sent on rather than quoted.
    """
    lines = _lines(text)
    _mark_carried(lines, forwarded=forwarded)
    for block in _said_blocks(lines):
        _mark_ending(block)
    return [
        Part(kind, run[0].start, run[-1].end)
        for kind, grouped in groupby(lines, key=lambda line: line.kind)
        if (run := list(grouped))
    ]


def new_words(text: str, *, forwarded: bool = False) -> list[Span]:
    """The spans of `text` that the writer says in this message, in order; empty when all of it is carried along."""
    return [(part.start, part.end) for part in parts(text, forwarded=forwarded) if part.kind == SAID]


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    start = 0
    folded = fold(text)
    while start < len(text) or not lines:
        end = text.find("\n", start) + 1 or len(text)
        lines.append(_Line(text[start:end].strip(), folded[start:end].rstrip("\n "), start, end))
        start = end
        if start >= len(text):
            break
    return lines


def _mark_carried(lines: list[_Line], *, forwarded: bool) -> None:
    """Mark what was quoted, and the lines that introduce it."""
    i = 0
    sent_on = False
    while i < len(lines):
        line = lines[i]
        if _FORWARD.search(line.folded):
            sent_on = True
            line.kind = HEADING
            i = _mark_headers(lines, i + 1)
        elif sent_on:
            i += 1
        elif _ORIGINAL.search(line.folded) or _is_header_block(lines, i):
            if forwarded or not any(before.kind == SAID and not before.empty for before in lines[:i]):
                sent_on = True
                line.kind = HEADING
                i = _mark_headers(lines, i + (_ORIGINAL.search(line.folded) is not None))
            else:
                _mark(lines[i:], QUOTED)
                return
        elif length := _attribution_length(lines, i):
            if not _quotes_follow(lines, i + length):
                _mark(lines[i:], QUOTED)
                return
            _mark(lines[i : i + length], HEADING)
            i += length
        else:
            if _QUOTE.match(line.folded):
                line.kind = QUOTED
            i += 1


def _mark(lines: list[_Line], kind: str) -> None:
    for line in lines:
        line.kind = kind


def _mark_headers(lines: list[_Line], i: int) -> int:
    """Mark the headers of a forwarded message; the index of its first line."""
    while i < len(lines) and (lines[i].empty or _HEADER.match(lines[i].folded)):
        lines[i].kind = HEADING
        i += 1
    return i


def _is_header_block(lines: list[_Line], i: int) -> bool:
    if not _HEADER_FROM.match(lines[i].folded):
        return False
    return sum(_HEADER_OTHER.match(line.folded) is not None for line in lines[i + 1 : i + 6]) >= 2


def _attribution_length(lines: list[_Line], i: int) -> int:
    """How many lines "Le 3 mars 2026, Untel <…> a écrit :" takes at `i`; 0 if it is not there."""
    if lines[i].folded.endswith(("ecrit :", "ecrit:", "wrote:", "wrote :")) and _ATTRIBUTION_START.match(
        lines[i].folded
    ):
        return 1
    if not _ATTRIBUTION_START.match(lines[i].folded):
        return 0
    joined = ""
    for length in (1, 2, 3):
        if i + length > len(lines) or lines[i + length - 1].empty:
            return 0
        joined += " " + lines[i + length - 1].folded
        if _ATTRIBUTION_END.search(joined) and re.search(r"\d|@", joined):
            return length
    return 0


def _quotes_follow(lines: list[_Line], i: int) -> bool:
    following = next((line for line in lines[i : i + 3] if line.folded.strip()), None)
    return following is not None and _QUOTE.match(following.folded) is not None


def _said_blocks(lines: list[_Line]) -> list[list[_Line]]:
    """The runs of lines still said; each may end in a signature."""
    return [list(run) for said, run in groupby(lines, key=lambda line: line.kind == SAID) if said]


def _mark_ending(block: list[_Line]) -> None:
    """Mark the signature and the footers that end a run of lines."""
    block = _without_footer(_without_delimited(block))
    filled = [i for i, line in enumerate(block) if not line.empty]
    closing = next((i for i in reversed(filled[-_MOST_SIGNATURE_LINES:]) if _is_closing(block[i])), None)
    if closing is not None and _looks_signed(block[closing + 1 :]):
        _mark_until_postscript(block[closing + 1 :])
    else:
        _mark_bare_signature(block)


def _without_delimited(block: list[_Line]) -> list[_Line]:
    """`block` without the signature behind a line of dashes, which is marked."""
    said = False
    for i, line in enumerate(block):
        if said and _DELIMITER.match(line.folded):
            behind = block[i + 1 :]
            if sum(not other.empty for other in behind[:200]) <= _MOST_SIGNATURE_LINES and len(behind) <= 200:
                _mark(block[i:], SIGNATURE)
                return block[:i]
            return block  # dashes that part two sections of a long text
        said = said or not line.empty
    return block


def _without_footer(block: list[_Line]) -> list[_Line]:
    """`block` without the footers at its end, which are marked."""
    first = max(1, len(block) - _MOST_FOOTER_LINES)
    for i, line in enumerate(block[first:], first):
        is_footer = _FOOTER.match(line.folded) or (_FOOTER_ANYWHERE.search(line.folded) and i >= len(block) // 3)
        if is_footer and _nothing_said(block[i + 1 :]):
            _mark(block[i:], FOOTER)
            return block[:i]
    return block


def _nothing_said(lines: list[_Line]) -> bool:
    """Whether the lines behind a footer line say nothing more to the reader."""
    return not any(line.folded.rstrip().endswith("?") or _POSTSCRIPT.match(line.folded) for line in lines)


def _is_closing(line: _Line) -> bool:
    return _CLOSING.match(line.folded) is not None and len(line.text) <= _LONGEST_CLOSING


def _looks_signed(lines: list[_Line]) -> bool:
    filled = [line for line in lines if not line.empty]
    until_ps = next((i for i, line in enumerate(filled) if _POSTSCRIPT.match(line.folded)), len(filled))
    signed = filled[:until_ps]
    return 0 < len(signed) <= _MOST_SIGNATURE_LINES and all(
        len(line.text) <= _LONGEST_SIGNATURE_LINE and not line.text.endswith(("?", "!", ":")) for line in signed
    )


def _mark_until_postscript(lines: list[_Line]) -> None:
    for line in lines:
        if _POSTSCRIPT.match(line.folded):
            return
        line.kind = SIGNATURE


def _mark_bare_signature(block: list[_Line]) -> None:
    """Mark a last paragraph that is only a name, or a name and how to reach it."""
    paragraphs = [list(run) for empty, run in groupby(block, key=lambda line: line.empty) if not empty]
    if len(paragraphs) < 2:
        return
    last = paragraphs[-1]
    named = _NAME.match(last[0].text) is not None and last[0].text[:1].isupper()
    short = all(len(line.text) <= 60 and not line.text.endswith((".", "?", "!", ":", ",")) for line in last[1:])
    reachable = any(_CONTACT.search(line.folded) for line in last)
    if named and short and len(last) <= _MOST_SIGNATURE_LINES and (len(last) == 1 or reachable or len(last) <= 3):
        _mark(last, SIGNATURE)

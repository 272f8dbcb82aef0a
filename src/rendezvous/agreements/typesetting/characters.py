"""Characters that can be set: those that one of the fonts has; any other by its name in brackets."""

import re
import unicodedata
from collections.abc import Set as AbstractSet
from typing import Any

# What people see as one sign: flags, keycaps, skin tones, joined emoji (after Unicode TR51, without its lists).
_CLUSTER = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    "|[#*0-9]\ufe0f?\u20e3"
    "|[^\x00-\u2000](?:[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]|\u200d[^\x00-\u2000])+"
    "|.",
    re.DOTALL,
)
_STYLES = frozenset("\u200d\ufe0e\ufe0f\u20e3")
# Invisible signs that have a use in print: soft hyphen, break here, (not) joined, direction of what stands beside.
_USEFUL = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u061c\u2060")
# Spaces of a width of their own, such as the narrow one before "?": the shaper makes those that a font lacks.
_SPACES = frozenset("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
# A word longer than a line may break: after what separates, else anywhere. Scripts without spaces, and addresses of the
# web, are broken by typst, which leaves no sign in what is copied from the page.
LONG_WORD = 40
_LONG = re.compile(rf"[^\s\u0e00-\u0eff\u200b]{{{LONG_WORD},}}")
_ADDRESS = re.compile(r"https?://[\w/:?#&=.%~+@!;,-]+", re.ASCII)
_PIECE = re.compile(r"[^/?&=_.,;:@-]{1,12}[/?&=_.,;:@-]?|[/?&=_.,;:@-]")
_BREAK = "\u200b"
# Marks upon marks cost memory by their square: after so many, another circle bears the next ones.
_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{12})"
)
_CIRCLE = "\u25cc"


def settable(value: Any, known: AbstractSet[int]) -> Any:
    """The same value, its texts made of characters that can be set. Addresses of links are left as they are."""
    if isinstance(value, str):
        return words(value, known)
    if isinstance(value, dict):
        return {key: item if key == "href" else settable(item, known) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [settable(item, known) for item in value]
    return value


def words(text: str, known: AbstractSet[int]) -> str:
    """The text as it can be set: nothing that is seen vanishes, nothing runs over the margin."""
    if not (text.isascii() and text.isprintable()):
        plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", "    "))
        text = "".join(_set(match[0], known) for match in _CLUSTER.finditer(_MARKS.sub(rf"\1{_CIRCLE}", plain)))
    return _LONG.sub(lambda match: _breakable(match[0]), text)


def _set(cluster: str, known: AbstractSet[int]) -> str:
    if len(cluster) == 1:
        return _one(cluster, known)
    if all("\U0001f1e6" <= character <= "\U0001f1ff" for character in cluster):  # a flag: the country's two letters
        return "[" + "".join(chr(ord(character) - 0x1F1E6 + ord("A")) for character in cluster) + "]"
    bare = [character for character in cluster if character not in _STYLES]
    if "\u200d" not in cluster and all(_has(character, known) for character in bare):
        return "".join(bare)
    if "\u200d" in cluster and all(unicodedata.category(character)[0] in "LM" for character in bare):
        return "".join(_one(character, known) for character in cluster)  # letters that are joined, not pictures
    named = [_name(character) for character in bare if unicodedata.category(character) != "Cf"]
    return f"[{' '.join(named)}]"


def _one(character: str, known: AbstractSet[int]) -> str:
    category = unicodedata.category(character)
    if character == "\n" or _has(character, known):
        return character
    if category in {"Cc", "Cs", "Cf"} or character in _STYLES:
        return ""
    if character in _SPACES:
        return character
    if category in {"Zs", "Zl", "Zp"}:
        return " "
    return "□" if category in {"Co", "Cn"} else f"[{_name(character)}]"


def _has(character: str, known: AbstractSet[int]) -> bool:
    """A font has it, and it means something: no control, no private use, nothing that turns the text around."""
    if character in _USEFUL:
        return ord(character) in known
    return ord(character) in known and unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _name(character: str) -> str:
    return unicodedata.name(character, "□").lower()


def _breakable(word: str) -> str:
    if _ADDRESS.fullmatch(word):
        return word
    pieces = [match[0] for match in _PIECE.finditer(word)]
    made = pieces[:1]
    for piece in pieces[1:]:
        joined = unicodedata.category(piece[0])[0] == "M" or piece[0] in _USEFUL or made[-1][-1] in _USEFUL
        made.append(piece if joined else _BREAK + piece)
    return "".join(made)

"""HTML to text, as a person would see it: tables and lists laid out, what is hidden left out."""

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Characters of HTML that are looked at; a long newsletter has a tenth of it.
MAX_HTML_CHARACTERS = 600_000

_UNSEEN_TAGS = ("script", "style", "head", "title", "template", "noscript", "object", "iframe", "svg")
_HIDDEN_STYLE = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|mso-hide\s{0,3}:\s{0,3}all|"
    r"font-size\s{0,3}:\s{0,3}0(?![.\d])|max-height\s{0,3}:\s{0,3}0(?![.\d])|opacity\s{0,3}:\s{0,3}0(?![.\d])",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"[ \t\xa0]{1,200}(?=\n|$)")
_BLANK_LINES = re.compile(r"\n{3,}")


def html_to_text(source: str) -> str:
    """The text that a reader of the page sees; nothing hidden, no markup, no scripts. Never fails."""
    source = source[:MAX_HTML_CHARACTERS]
    if not source.strip():
        return ""
    text = _laid_out(source)
    if text is None:
        text = _stripped(source)
    lines = _TRAILING.sub("", text.replace("\r", ""))
    return _BLANK_LINES.sub("\n\n", lines).strip("\n") + "\n"


def _laid_out(source: str) -> str | None:
    """The text laid out by inscriptis, or None where the markup defeats it."""
    from inscriptis.css_profiles import CSS_PROFILES  # heavy, and only HTML mail needs it
    from inscriptis.html_engine import Inscriptis
    from inscriptis.model.config import ParserConfig
    from lxml import etree
    from lxml.html import HTMLParser as LxmlParser
    from lxml.html import document_fromstring

    try:
        # Bytes, because lxml refuses text that declares an encoding.
        parser = LxmlParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
        root = document_fromstring(source.encode("utf-8", "replace"), parser=parser)
        _drop_unseen(root)
        return str(Inscriptis(root, ParserConfig(css=CSS_PROFILES["strict"])).get_text())
    except (
        etree.LxmlError,
        ValueError,
        AssertionError,
        RecursionError,
        LookupError,
        TypeError,
        AttributeError,
    ):
        return None


def _drop_unseen(root: "HtmlElement") -> None:
    for element in list(root.iter(*_UNSEEN_TAGS)):
        if element is not root and element.getparent() is not None:
            element.drop_tree()
    for element in list(root.iter()):
        style = element.get("style") if isinstance(element.tag, str) else None
        hidden = element.get("hidden") is not None if isinstance(element.tag, str) else False
        if (
            (hidden or (style and _HIDDEN_STYLE.search(style)))
            and element.getparent() is not None
            and element.tag != "body"
        ):
            element.drop_tree()


class _Stripper(HTMLParser):
    """Keeps the text, with a line break where a block ends: for markup that nothing else can lay out."""

    _BLOCKS = frozenset("p div br tr li h1 h2 h3 h4 h5 h6 table ul ol blockquote hr".split())

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.unseen += tag in ("script", "style", "title")
        if tag in self._BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "title"):
            self.unseen = max(0, self.unseen - 1)
        if tag in self._BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.pieces.append(data)


def _stripped(source: str) -> str:
    stripper = _Stripper()
    try:
        stripper.feed(source)
        stripper.close()
    except (AssertionError, ValueError):  # markup declarations that the standard library cannot follow
        return re.sub(r"<[^<>]{0,2000}>", " ", source)
    return "".join(stripper.pieces)

"""A document's words as HTML, one piece a paragraph, so that remarks stand beside what they are about."""

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

# CommonMark without HTML of the author's own: what is typed between < and > is shown as typed.
# Nested as deep as the printed page goes (typesetting.markdown): nothing may stand on one that is missing on the other.
_MARKDOWN = (
    MarkdownIt("commonmark", {"html": False, "maxNesting": 60}).enable(["table", "strikethrough"]).disable("image")
)
# Beyond, the rest is one last piece: remarks stand beside the whole of it.
MOST_PARAGRAPHS = 400


def paragraphs(text: str) -> list[SafeString]:
    """Each block of the Markdown text, as safe HTML: no script, no style, links to http, https and mailto alone."""
    blocks = _blocks(_MARKDOWN.parse(text))
    found = [_MARKDOWN.renderer.render(block, _MARKDOWN.options, {}) for block in blocks]
    if len(found) > MOST_PARAGRAPHS:
        found[MOST_PARAGRAPHS - 1 :] = ["".join(found[MOST_PARAGRAPHS - 1 :])]
    return [mark_safe(html) for html in found]  # noqa: S308 (rendered with html=False)


def _blocks(tokens: list[Token]) -> list[list[Token]]:
    """The tokens of each block at the outermost level; headings below the page's own title, as printed, skip none."""
    blocks: list[list[Token]] = []
    current: list[Token] = []
    level = 1
    for token in tokens:
        if token.type == "heading_open":
            level = min(max(int(token.tag[1:]), 2), level + 1)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{level}"
        _harmless(token)
        current.append(token)
        if token.level == 0 and token.nesting <= 0:
            blocks.append(current)
            current = []
    return [*blocks, current] if current else blocks


def _harmless(token: Token) -> None:
    for child in token.children or ():
        if child.type == "link_open":
            address = str(child.attrGet("href") or "")
            if not address.lower().startswith(("http://", "https://", "mailto:")):
                child.attrSet("href", "#")
            child.attrSet("rel", "nofollow noopener noreferrer")
    if "style" in token.attrs:  # a table's alignment: the page's policy allows no style attribute
        del token.attrs["style"]

"""Markdown as a tree of plain values for `document.typ`: CommonMark, tables and strikethrough; no HTML, no pictures."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

# What is nested deeper than the parser goes would be dropped: it goes far deeper than what is set.
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "maxNesting": 60}).enable(["table", "strikethrough"])
# Lists in lists in quotes, or emphasis in emphasis, are set flat beyond this: no reader could follow them on a page.
DEEPEST = 8
# A table of more columns has no room on a page: its rows are set as lines.
MOST_COLUMNS = 8
# A cell longer than this may go on on the next page.
LONG_CELL = 600
Node = dict[str, Any]


def tree(text: str, top: int = 2) -> list[Node]:
    """The blocks of the text. Headings begin at level `top` (2 under a title) and skip none."""
    try:
        return _Blocks(top).blocks(SyntaxTreeNode(_MARKDOWN.parse(text)).children, 0)
    except RecursionError:  # thousands of signs within signs, which nobody means: as it was typed
        return [{"t": "p", "c": [_plain(part)]} for part in text.split("\n\n") if part.strip()]


class _Blocks:
    def __init__(self, top: int) -> None:
        self.top = top
        self.level = top - 1

    def blocks(self, nodes: Sequence[SyntaxTreeNode], depth: int) -> list[Node]:
        return [block for node in nodes for block in self.block(node, depth)]

    def block(self, node: SyntaxTreeNode, depth: int) -> list[Node]:
        kind = node.type
        if kind == "heading":
            return self.heading(node, depth)
        if kind == "paragraph":
            return [{"t": "p", "c": _inline_of(node)}]
        if kind in {"code_block", "fence"}:
            return [{"t": "code", "v": node.content.rstrip("\n")}]
        if kind == "hr":
            return [{"t": "hr"}]
        if kind == "table":
            return _table(node)
        if depth >= DEEPEST:
            return self.blocks(node.children, depth)
        if kind == "blockquote":
            return [{"t": "quote", "c": self.blocks(node.children, depth + 1)}]
        if kind in {"bullet_list", "ordered_list"}:
            return [self.items(node, depth)]
        return self.blocks(node.children, depth)

    def heading(self, node: SyntaxTreeNode, depth: int) -> list[Node]:
        content = _inline_of(node)
        if not seen(_text(content)):
            return []
        if depth:  # within a list or a quote it heads nothing
            return [{"t": "p", "c": [{"t": "strong", "c": content}]}]
        self.level = min(max(int(node.tag[1:]), self.top), self.level + 1)
        return [{"t": "h", "l": self.level, "c": content}]

    def items(self, node: SyntaxTreeNode, depth: int) -> Node:
        shape = "ol" if node.type == "ordered_list" else "ul"
        start = min(int(node.attrs.get("start", 1)), 99_999)
        items = [self.blocks(item.children, depth + 1) for item in node.children]
        return {"t": shape, "start": start, "tight": _tight(node), "c": items}


def _tight(node: SyntaxTreeNode) -> bool:
    """A list without empty lines: its paragraphs are hidden ones, as CommonMark has it."""
    return all(block.hidden for item in node.children for block in item.children if block.type == "paragraph")


def _inline_of(node: SyntaxTreeNode) -> list[Node]:
    return [piece for child in node.children for piece in _inlines(child.children, 0)]


def _inlines(nodes: Sequence[SyntaxTreeNode], depth: int) -> list[Node]:
    return [piece for node in nodes for piece in _inline(node, depth)]


def _inline(node: SyntaxTreeNode, depth: int) -> list[Node]:
    kind = node.type
    if kind == "code_inline":
        return [{"t": "code", "v": node.content}]
    if kind == "hardbreak":
        return [{"t": "br"}]
    if kind == "softbreak":
        return [_plain(" ")]
    if kind == "image":
        return [_plain(_alternative(node))]
    if not node.children:
        return [_plain(node.content)] if node.content else []
    content = _inlines(node.children, depth + 1)
    if depth >= DEEPEST:
        return content
    if kind in {"em", "strong", "s"}:
        return [{"t": kind, "c": content}]
    if kind == "link" and _safe(str(node.attrs.get("href", ""))) and _text(content).strip():
        return [{"t": "a", "href": str(node.attrs["href"]), "c": content}]
    return content


def seen(text: str) -> bool:
    """Whether anything of it would show: spaces and marks of direction alone head nothing."""
    return any(unicodedata.category(character)[0] in "LNPSM" for character in text)


def _plain(text: str) -> Node:
    return {"t": "x", "v": text}


def _safe(href: str) -> bool:
    return href.lower().startswith(("http://", "https://", "mailto:")) and len(href) < 2000


def _alternative(node: SyntaxTreeNode) -> str:
    return "".join(map(_alternative, node.children)) if node.children else node.content


def _text(nodes: Sequence[Node]) -> str:
    return "".join(node.get("v", "") or _text(node.get("c", ())) for node in nodes)


def _table(node: SyntaxTreeNode) -> list[Node]:
    rows = [[_inline_of(cell) for cell in row.children] for part in node.children for row in part.children]
    if len(rows[0]) > MOST_COLUMNS:
        return [{"t": "p", "c": _joined(row)} for row in rows]
    head = node.children[0].children[0].children
    align = [str(cell.attrs.get("style", "")).partition(":")[2] or "left" for cell in head]
    whole = all(len(_text(cell)) < LONG_CELL for row in rows for cell in row)
    return [{"t": "table", "align": align, "whole": whole, "rows": rows}]


def _joined(cells: Sequence[list[Node]]) -> list[Node]:
    joined = list(cells[0])
    for cell in cells[1:]:
        joined += [_plain(" · "), *cell]
    return joined

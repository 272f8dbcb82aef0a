"""The process that sets documents: `python -m …typesetting.worker FOLDER`, jobs and answers on its pipes.

It has a folder of its own and nothing else: no system fonts, no packages, no network, bounded memory; a job that lasts
kills it. It leaves when nobody has asked for a while, or when who started it is gone. Markdown is parsed here too, so
that a text made to be slow is slow for nobody else.
"""

import base64
import binascii
import json
import os
import re
import resource
import select
import shutil
import signal
import struct
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import typst

from rendezvous.agreements.typesetting import fonts
from rendezvous.agreements.typesetting.characters import settable
from rendezvous.agreements.typesetting.markdown import Node, seen, tree

MEMORY = 1_500_000_000
JOB_SECONDS = 15  # who asks gives up before
IDLE_SECONDS = 180
# What typst remembers of earlier documents grows: a worker this large leaves, the next job starts a fresh one.
MOST_RESIDENT = 500_000_000
STANDARDS: list[Any] = ["a-3a", "ua-1"]
LINE = 14.0  # points from one line of text to the next, in document.typ
# More than ten full pages hold: drawings need no more of a text.
DRAWN = 60_000
_GLYPH = re.compile(rb"\bg[0-9A-F]{32}\b")


class Shop:
    """Typst with its folder: fonts, the layout, the attachments of the job at hand."""

    def __init__(self, folder: Path) -> None:
        self.root, self.fonts, self.empty = folder / "root", folder / "fonts", folder / "empty"
        for place in (self.root, self.fonts, self.empty):
            place.mkdir()
        fonts.write_into(self.fonts)
        self.known = fonts.covered(self.fonts)
        shutil.copy(Path(__file__).with_name("document.typ"), self.root / "document.typ")
        self.found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(self.fonts)])
        self.compiler = self._compiler(self.root / "document.typ")

    def _compiler(self, main: Path) -> typst.Compiler:
        return typst.Compiler(
            str(main),
            root=str(self.root),
            font_paths=self.found,
            package_path=str(self.empty),
            package_cache_path=str(self.empty),
        )

    def do(self, job: Mapping[str, Any]) -> dict[str, Any]:
        want = job["want"]
        if want == "source":
            return {"files": [_text(self.compile_source(job["source"]))]}
        data = self.readable(job["data"], DRAWN if want == "svg" else None)
        files = self._attach(job["attachments"])
        inputs = {"data": json.dumps(data, ensure_ascii=False), "files": json.dumps(files)}
        if want == "svg":
            made = self.compiler.compile(format="svg", sys_inputs=inputs)
            pages = made if isinstance(made, list) else [made]
            return {"files": [_text(_lighter(page)) for page in pages[: job["most"]] if page]}
        if want == "overflow":
            self.compiler.compile(format="pdf", sys_inputs=inputs, pdf_tags=False)
            return {"lines": _lines_over(self._end())}
        made = self.compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS, timestamp=job["at"])
        return {"files": [_text(made)], "pages": int(self._end()["page"])}

    def compile_source(self, source: str) -> Any:
        """Sets raw Typst within the same walls: no document does, the tests of the walls do."""
        main = self.root / "source.typ"
        main.write_text(source)
        return self._compiler(main).compile(format="pdf")

    def readable(self, data: dict[str, Any], most: int | None) -> dict[str, Any]:
        """The sheet as `document.typ` takes it: Markdown as trees, characters that can be set."""
        title = data["title"] if seen(data["title"]) else ""
        top = 2 if title else 1
        text, after = tree(data["text"], top), tree(data["after"], top)
        made = {**data, "title": title, "text": _first(text, most) if most else text, "after": after}
        return dict(settable(made, self.known))

    def _end(self) -> dict[str, float]:
        """Where the last line stands: its page, and how far down in points."""
        return dict(json.loads(self.compiler.query("<end>", field="value", one=True)))

    def _attach(self, files: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
        for old in self.root.glob("attached-*"):
            old.unlink()
        attached = []
        for number, file in enumerate(files):
            place = f"attached-{number}"
            (self.root / place).write_bytes(base64.b64decode(file["data"]))
            told = {key: value for key, value in file.items() if key != "data"}
            attached.append({**settable(told, self.known), "place": f"/{place}"})
        return attached


def _first(blocks: Sequence[Node], most: int) -> list[Node]:
    """The blocks until so many characters; a block counts for one line at least."""
    taken, length = [], 0
    for block in blocks:
        if length > most:
            break
        taken.append(block)
        length += max(len(json.dumps(block, ensure_ascii=False)), 80)
    return taken


def _lines_over(end: Mapping[str, float]) -> int:
    """How many lines stand beyond the first page."""
    if end["page"] < 2:
        return 0
    room = end["bottom"] - end["top"]
    return max(1, round(((end["page"] - 2) * room + end["y"] - end["top"]) / LINE))


def _lighter(svg: bytes) -> bytes:
    """The same drawing without what does not compress: typst names each glyph by 32 digits that follow no rule."""
    names: dict[bytes, bytes] = {}
    svg = _GLYPH.sub(lambda match: names.setdefault(match[0], b"g%d" % len(names)), svg)
    return svg.replace(b' fill-rule="nonzero"', b"")  # which is the rule where none is told


def _text(data: Any) -> str:
    return base64.b64encode(data).decode()


def serve(source: IO[bytes], sink: IO[bytes], folder: Path) -> None:
    """Answers one job after the other until the pipe ends, nobody asks, or it has grown too large."""
    shop = Shop(folder)
    while select.select([source], [], [], IDLE_SECONDS)[0]:
        head = _exactly(source, 8)
        job = _exactly(source, struct.unpack(">Q", head)[0]) if head else None
        if job is None:
            return
        signal.alarm(JOB_SECONDS)
        data = json.dumps(_answer(shop, json.loads(job))).encode()
        signal.alarm(0)
        sink.write(struct.pack(">Q", len(data)) + data)
        sink.flush()
        if _resident() > MOST_RESIDENT:
            return


def _answer(shop: Shop, job: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return shop.do(job)
    except typst.TypstError as error:
        sys.stderr.write(f"typesetting failed: {error.message}\n")
    except (RuntimeError, ValueError, KeyError, MemoryError, binascii.Error) as error:
        sys.stderr.write(f"typesetting failed: {type(error).__name__}\n")
    return {"error": "failed"}


def _resident() -> int:
    """Bytes of memory in use now (Linux); 0 where that is not told."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _exactly(source: IO[bytes], length: int) -> bytes | None:
    data = bytearray()
    while len(data) < length:
        piece = source.read(length - len(data))
        if not piece:
            return None
        data += piece
    return bytes(data)


def main(folder: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it stops it
    with open(0, "rb", buffering=0) as source:
        serve(source, sys.stdout.buffer, folder)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""The fonts, all from packages: typst's own serif, FiraGO for the quiet parts and other scripts, Noto's signs."""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

# Names within pymupdf-fonts: FiraGO regular, bold and italic; Noto Sans Symbols and Symbols 2.
FROM_PACKAGE = ("figo", "figbo", "figit", "symbol1", "symbol2")


def write_into(folder: Path) -> None:
    """Writes the package's fonts as files that typst can read."""
    from pymupdf_fonts import fontbuffers  # decompressed as it is imported: for the worker alone

    for name in FROM_PACKAGE:
        (folder / f"{name}.ttf").write_bytes(fontbuffers[name]())


@cache
def covered(folder: Path) -> frozenset[int]:
    """The characters that one of the fonts has. The serif's are among FiraGO's."""
    return frozenset(code for file in sorted(folder.glob("*.ttf")) for code in _characters(file.read_bytes()))


def _characters(font: bytes) -> Iterator[int]:
    """The characters of a font's `cmap` table, formats 4 and 12 (OpenType specification)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = [struct.unpack_from(">4sLLL", font, 12 + 16 * i) for i in range(tables)]
    start = next(offset for tag, _sum, offset, _length in records if tag == b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    offsets = {struct.unpack_from(">HHL", font, start + 4 + 8 * i)[2] for i in range(count)}
    for offset in offsets:
        (shape,) = struct.unpack_from(">H", font, start + offset)
        if shape == 4:
            yield from _segments(font, start + offset)
        elif shape == 12:
            yield from _groups(font, start + offset)


def _segments(font: bytes, at: int) -> Iterator[int]:
    (double,) = struct.unpack_from(">H", font, at + 6)
    ends = struct.unpack_from(f">{double // 2}H", font, at + 14)
    starts = struct.unpack_from(f">{double // 2}H", font, at + 16 + double)
    for first, last in zip(starts, ends, strict=True):
        yield from range(first, min(last, 0xFFFE) + 1)


def _groups(font: bytes, at: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">L", font, at + 12)
    for index in range(count):
        first, last, _glyph = struct.unpack_from(">LLL", font, at + 16 + 12 * index)
        yield from range(first, min(last, 0x10FFFF) + 1)

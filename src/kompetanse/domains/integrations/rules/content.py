"""What a file is by its content, never by its name: its sort, its encoding, and whether it is safe to read on."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import AnyStr

from kompetanse.domains.integrations.rules import sentences as say
from kompetanse.domains.integrations.types import Limits

_CHUNK = 1 << 16
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", say.AN_IMAGE),
    (b"\xff\xd8\xff", say.AN_IMAGE),
    (b"GIF87a", say.AN_IMAGE),
    (b"GIF89a", say.AN_IMAGE),
    (b"II*\0", say.AN_IMAGE),
    (b"MM\0*", say.AN_IMAGE),
    (b"RIFF", say.A_RECORDING),
    (b"ID3", say.A_RECORDING),
    (b"%PDF", say.A_PDF),
    (b"{\\rtf", say.A_DOCUMENT),
    (b"\x1f\x8b", say.AN_ARCHIVE),
    (b"7z\xbc\xaf", say.AN_ARCHIVE),
    (b"Rar!", say.AN_ARCHIVE),
    (b"BZh", say.AN_ARCHIVE),
    (b"\xfd7zXZ", say.AN_ARCHIVE),
    (b"\x7fELF", say.A_PROGRAM),
    (b"MZ\x90", say.A_PROGRAM),
)
_MARKUP = re.compile(rb"\s*<(!doctype|html|head|table|\?xml|svg)", re.IGNORECASE)
_CONTROLS = bytes(sign for sign in range(32) if sign not in (9, 10, 11, 12, 13, 26, 27)) + b"\x7f"
_ASCII = bytes(range(128))
_UTF8_PAIR = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# Where æøåÆØÅ stand in the one-byte encodings that Norwegian systems have used.
_LETTERS = {name: frozenset("æøåÆØÅ".encode(name)) for name in ("cp1252", "cp865", "mac_roman")}


@dataclass(frozen=True, slots=True)
class TextForm:
    """How a text file is written."""

    encoding: str
    errors: str
    lines: int


def _one_byte(error: UnicodeError) -> tuple[str, int]:
    """A stray byte in an otherwise sound UTF-8 file is read as Windows would have written it."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("stray_cp1252", _one_byte)


def is_workbook(path: Path, limits: Limits) -> bool:
    """Whether the file is a zip archive (a modern workbook); text otherwise.

    Raises an UnreadableFile for what is neither: empty, too big, images, PDFs, old workbooks, web pages.
    """
    size = path.stat().st_size
    if size == 0:
        raise say.EmptyFile(file=path.name)
    if size > limits.file_size:
        raise say.FileTooBig(limit=limits.file_size // 1_000_000)
    with path.open("rb") as file:
        head = file.read(_CHUNK)
        if head.startswith(b"\xd0\xcf\x11\xe0"):
            # An encrypted .xlsx is an old-style container with this stream's name in its directory.
            rest = head + file.read(4_000_000)
            if "EncryptedPackage".encode("utf-16-le") in rest:
                raise say.EncryptedWorkbook()
            raise say.OldWorkbook(what=".xls")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return True
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise say.NotATable(what=say.AN_IMAGE if head[8:12] == b"WEBP" else what)
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        raise say.NotATable(what=say.AN_IMAGE)
    if head[4:8] == b"ftyp":
        raise say.NotATable(what=say.A_RECORDING)
    if _MARKUP.match(head.removeprefix(codecs.BOM_UTF8)):
        raise say.NotATable(what=say.A_WEB_PAGE)
    return False


def text_form(path: Path, limits: Limits) -> TextForm:
    """Encoding and number of lines of a text file, from every byte of it.

    Raises an UnreadableFile for binary content, NUL characters, a line that never ends, and only blanks.
    """
    with path.open("rb") as file:
        head = file.read(_CHUNK)
    wide = _utf16(head)
    if wide:
        return _scan_utf16(path, wide, limits)
    return _scan_bytes(path, limits)


def _utf16(head: bytes) -> str | None:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = head[0::2], head[1::2]
    if len(odd) >= 4:
        if odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.05 * len(even):
            return "utf-16-le"
        if even.count(0) > 0.7 * len(even) and odd.count(0) < 0.05 * len(odd):
            return "utf-16-be"
    return None


def _scan_utf16(path: Path, encoding: str, limits: Limits) -> TextForm:
    lines = run = 0
    filled = False
    try:
        with path.open(encoding=encoding, newline="") as file:
            while text := file.read(_CHUNK):
                if "\0" in text:
                    raise say.NulCharacters(row=lines + 1)
                run = _longest_run(text.replace("\r", "\n"), "\n", run, lines, limits)
                lines += max(text.count("\n"), text.count("\r"))
                filled = filled or not text.isspace()
    except UnicodeError:
        raise say.BinaryFile() from None
    if not filled:
        raise say.EmptyFile(file=path.name)
    return TextForm(encoding, "strict", lines + 1)


def _scan_bytes(path: Path, limits: Limits) -> TextForm:
    decoder = codecs.getincrementaldecoder("utf-8")()
    high: Counter[int] = Counter()
    size = controls = nuls = pairs = lines = run = 0
    first_nul: int | None = None
    valid, filled, bom = True, False, False
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            bom = bom or (size == 0 and chunk.startswith(codecs.BOM_UTF8))
            if b"\0" in chunk:
                nuls += chunk.count(0)
                if first_nul is None:
                    first_nul = lines + chunk.count(b"\n", 0, chunk.index(0)) + 1
            controls += len(chunk) - len(chunk.translate(None, _CONTROLS))
            run = _longest_run(chunk.replace(b"\r", b"\n"), b"\n", run, lines, limits)
            # Old Macs end a line with a carriage return alone.
            lines += max(chunk.count(b"\n"), chunk.count(b"\r"))
            filled = filled or not chunk.isspace()
            size += len(chunk)
            if not chunk.isascii():
                high.update(chunk.translate(None, _ASCII))
                pairs += sum(len(found) for found in _UTF8_PAIR.findall(chunk))
            if valid:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    valid = False
    if valid:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            valid = False
    if controls > 0.01 * size:
        raise say.BinaryFile()
    if first_nul is not None:
        raise say.NulCharacters(row=first_nul)
    if not filled or size == 3 * bom:
        raise say.EmptyFile(file=path.name)
    total = sum(high.values())
    if valid or pairs > 0.5 * total:
        return TextForm("utf-8-sig" if bom else "utf-8", "strict" if valid else "stray_cp1252", lines + 1)
    encoding = max(_LETTERS, key=lambda name: sum(high[letter] for letter in _LETTERS[name]))
    if encoding == "cp1252" and any(high[byte] for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)):
        encoding = "latin-1"
    return TextForm(encoding, "strict", lines + 1)


def _longest_run(chunk: AnyStr, newline: AnyStr, run: int, lines: int, limits: Limits) -> int:
    """Length of the line still open after the chunk; raises when a line has passed the limit."""
    first = chunk.find(newline)
    if run + (len(chunk) if first < 0 else first) > limits.line_length:
        raise say.LineTooLong(row=lines + 1)
    return run + len(chunk) if first < 0 else len(chunk) - chunk.rfind(newline) - 1

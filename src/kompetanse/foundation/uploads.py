"""What may be kept as a document, judged by its content and never by its name.

A PDF is kept as it came, or not at all: no script, nothing to start, no file within it, no lock. A picture is
drawn anew, so that nothing but the picture follows along: no place, no camera, no comment, no tail.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from PIL import Image, ImageOps
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_


class DocumentKind(StrEnum):
    """What a document is by its content, whatever it is called."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"


class DocumentRefused(DomainError):
    """The file cannot be a document here. Each kind of reason has a sentence of its own."""

    field = "file"


class DocumentEmpty(DocumentRefused):
    code = "document_empty"
    sentence = N_("Filen er tom. Velg en annen fil, eller skann dokumentet på nytt.")


class DocumentTooBig(DocumentRefused):
    code = "document_too_big"
    sentence = N_(
        "Filen er større enn %(limit)s MB. Skann med lavere oppløsning, eller legg til ett dokument om gangen."
    )


class DocumentOfOtherKind(DocumentRefused):
    code = "document_of_other_kind"
    sentence = N_(
        "Filen er verken PDF, JPEG eller PNG, uansett hva den heter. Lagre dokumentet som PDF, "
        "eller ta et bilde av det."
    )


class DocumentIsLocked(DocumentRefused):
    code = "document_is_locked"
    sentence = N_("PDF-en er låst med passord. Lagre den uten passord og prøv igjen.")


class DocumentCarriesMore(DocumentRefused):
    code = "document_carries_more"
    sentence = N_(
        "Filen inneholder skript, vedlegg eller annet enn selve dokumentet. Skriv den ut til PDF på nytt, "
        "eller ta et bilde av papiret."
    )


class DocumentIsBroken(DocumentRefused):
    code = "document_is_broken"
    sentence = N_("Filen lar seg ikke lese og kan være skadet. Lagre eller skann dokumentet på nytt.")


class PictureTooLarge(DocumentRefused):
    code = "picture_too_large"
    sentence = N_("Bildet har for mange bildepunkter. Ta det på nytt med lavere oppløsning.")


LIMIT = 10_000_000  # bytes
# A phone's largest, and an A4 page at 500 dots an inch; more is a picture made to fill the memory.
PIXELS = {DocumentKind.JPEG: 50_000_000, DocumentKind.PNG: 25_000_000}
SIDE = 4000  # an A4 page at 340 dots an inch
OBJECTS = 50_000  # a book has fewer; more is a PDF made to fill the time

STARTS = {
    DocumentKind.PDF: b"%PDF-",
    DocumentKind.JPEG: b"\xff\xd8\xff",
    DocumentKind.PNG: b"\x89PNG\r\n\x1a\n",
}
SUFFIX = {DocumentKind.PDF: ".pdf", DocumentKind.JPEG: ".jpg", DocumentKind.PNG: ".png"}
# What makes a PDF do something, or carry something else: none of it belongs to a certificate.
ACTIVE = {
    "/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA", "/SubmitForm",
    "/ImportData", "/GoToE",
}  # fmt: skip
_ACTIVE_NAME = re.compile(
    rb"(?:" + b"|".join(re.escape(name.encode()) for name in sorted(ACTIVE, reverse=True)) + rb")(?![A-Za-z0-9_.+-])"
)
_STREAM = re.compile(rb"\bstream\r?\n")
_ESCAPED = {
    form % code: bytes([code]) for code in b"".join(n.encode() for n in ACTIVE) for form in (b"#%02x", b"#%02X")
}
# What another program would take for a file of its own.
_OTHER = re.compile(
    rb"<(?:!doctype|html|script|svg|body|iframe|\?php)|PK\x03\x04|PK\x05\x06|%PDF-|MZ\x90\x00", re.IGNORECASE
)
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\"\\/:*?<>|]")


def judge(content: bytes) -> tuple[DocumentKind, bytes]:
    """What the document is, and what of it is to be kept. Raises a DocumentRefused that says why not."""
    if not content:
        raise DocumentEmpty()
    if len(content) > LIMIT:
        raise DocumentTooBig(limit=LIMIT // 1_000_000)
    kind = next((kind for kind, start in STARTS.items() if content.startswith(start)), None)
    if kind is None:
        raise DocumentOfOtherKind()
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise DocumentCarriesMore()
    if kind is DocumentKind.PDF:
        _check_pdf(content)
        return kind, content
    margins = _around_png(content) if kind is DocumentKind.PNG else _around_jpeg(content)
    if _OTHER.search(margins):
        raise DocumentCarriesMore()
    return kind, _drawn_anew(content, kind)


def shown_name(name: str, kind: DocumentKind) -> str:
    """The name as it can be shown and saved: no path, nothing hidden, and the ending of what it is."""
    last = re.split(r"[\\/]", name)[-1]
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", _UNSHOWN.sub("", last)).strip(" .")
    return (stem or "dokument")[: 120 - 4] + SUFFIX[kind]


def _check_pdf(content: bytes) -> None:
    if not content.rstrip(b"\x00\t\n\f\r ").endswith(b"%%EOF"):
        raise DocumentIsBroken() if b"%%EOF" not in content else DocumentCarriesMore()
    # What stands in the open, also what no table of the file's leads to. Names may be written with #-codes.
    clear = _in_the_open(content)
    for written, meant in _ESCAPED.items():
        clear = clear.replace(written, meant)
    if _ACTIVE_NAME.search(clear) or _OTHER.search(clear[len(STARTS[DocumentKind.PDF]) :]):
        raise DocumentCarriesMore()
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise DocumentIsLocked()
        if not len(reader.pages):
            raise DocumentIsBroken()
        # And what is packed: every object of the file, wherever it lies.
        for named in _names(reader):
            if named in ACTIVE:
                raise DocumentCarriesMore()
    except DocumentRefused:
        raise
    except Exception as error:  # a reader that is given anything may fail in any way
        raise DocumentIsBroken() from error


def _in_the_open(content: bytes) -> bytes:
    """What is not packed in a stream. One walk, however the file is made."""
    parts, place = [], 0
    while found := _STREAM.search(content, place):
        parts.append(content[place : found.start()])
        end = content.find(b"endstream", found.end())
        if end < 0:
            place = found.end()
            break
        place = end + len(b"endstream")
    return b" ".join([*parts, content[place:]])


def _names(reader: PdfReader) -> Iterator[str]:
    """Every name in every object: keys of dictionaries, and values that are names."""
    places = {(number, generation) for generation, found in reader.xref.items() for number in found}
    places |= {(number, 0) for number in reader.xref_objStm}
    if len(places) > OBJECTS:
        raise DocumentIsBroken()
    waiting: list[Any] = [reader.trailer]
    waiting += [reader.get_object(IndirectObject(number, generation, reader)) for number, generation in sorted(places)]
    seen = 0
    while waiting:
        one = waiting.pop()
        seen += 1
        if seen > 40 * OBJECTS:
            raise DocumentIsBroken()
        if isinstance(one, DictionaryObject):
            for name in one:
                yield str(name)
                waiting.append(one.raw_get(name))
        elif isinstance(one, ArrayObject):
            waiting.extend(list.__iter__(one))
        elif isinstance(one, NameObject):
            yield str(one)


def _around_jpeg(content: bytes) -> bytes:
    """All of a JPEG that is not picture: the segments before the lines are drawn, and what follows the end."""
    found: list[bytes] = []
    place = 2
    while place + 4 <= len(content):
        if content[place] != 0xFF:
            raise DocumentIsBroken()
        mark = content[place + 1]
        if mark == 0xFF:  # filling
            place += 1
        elif mark == 0xD9:
            return b"".join(found) + content[place + 2 :]
        elif mark == 0x01 or 0xD0 <= mark <= 0xD8:
            place += 2
        else:
            end = place + 2 + int.from_bytes(content[place + 2 : place + 4], "big")
            found.append(content[place:end])
            place = _after_lines(content, end) if mark == 0xDA else end
    return b"".join(found) + content[place + 2 :]


def _after_lines(content: bytes, place: int) -> int:
    """Where the next mark stands after drawn lines: FF 00 is a dot, FF D0 to D7 begin the lines anew."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0 or place + 1 >= len(content):
            return len(content)
        if content[place + 1] == 0 or 0xD0 <= content[place + 1] <= 0xD7:
            place += 2
        else:
            return place


def _around_png(content: bytes) -> bytes:
    """All of a PNG that is not picture: the other chunks, and what follows the end."""
    found: list[bytes] = []
    place = len(STARTS[DocumentKind.PNG])
    while place + 8 <= len(content):
        size, name = int.from_bytes(content[place : place + 4], "big"), content[place + 4 : place + 8]
        end = place + 12 + size
        if name not in (b"IDAT", b"PLTE"):
            found.append(content[place + 8 : end - 4])
        place = end
        if name == b"IEND":
            break
    return b"".join(found) + content[place:]


def _drawn_anew(content: bytes, kind: DocumentKind) -> bytes:
    """The picture and nothing else, the right way up, no larger than can be read."""
    out = io.BytesIO()
    try:
        with Image.open(io.BytesIO(content), formats=(kind.value.upper(),)) as opened:
            if opened.width * opened.height > PIXELS[kind]:
                raise PictureTooLarge()
            has_holes = kind is DocumentKind.PNG and opened.has_transparency_data
            mode = "RGBA" if has_holes else "L" if opened.mode in ("1", "L", "LA", "I;16") else "RGB"
            picture = opened if opened.mode == mode else opened.convert(mode)
            # Made smaller as it is read, and turned when it is small: a large picture is never there twice.
            picture.thumbnail((SIDE, SIDE), reducing_gap=1.0)
            picture = ImageOps.exif_transpose(picture)
        bare = Image.new(mode, picture.size)
        bare.paste(picture)
        if kind is DocumentKind.JPEG:
            bare.save(out, "JPEG", quality=88)
        else:
            bare.save(out, "PNG", compress_level=4)
    except DocumentRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLarge() from error
    except Exception as error:  # a reader that is given anything may fail in any way
        raise DocumentIsBroken() from error
    return out.getvalue()

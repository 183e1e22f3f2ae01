"""Documents by their bytes: sound ones, and those somebody would get past us."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image

PAGES = (
    b"<< /Type /Catalog /Pages 2 0 R %s >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
)


def pdf(catalog: bytes = b"", *more: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of one empty page; `catalog` goes into the catalogue, `more` are objects from number 4."""
    objects = [PAGES[0] % catalog, *PAGES[1:], *more]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def packed_pdf(hidden: bytes) -> bytes:
    """A PDF whose fourth object lies packed in a stream of objects, where no eye that only reads text sees it."""
    inner = b"4 0 " + hidden
    squeezed = zlib.compress(inner)
    objects = [
        PAGES[0] % b"/OpenAction 4 0 R",
        *PAGES[1:],
    ]
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in enumerate(objects, 1):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    places[5] = len(out)
    out += b"5 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(squeezed)
    out += squeezed + b"\nendstream\nendobj\n"
    places[6] = len(out)
    rows = [(0, 0, 65535), *((1, places[n], 0) for n in (1, 2, 3)), (2, 5, 0), (1, places[5], 0), (1, places[6], 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    out += b"6 0 obj\n<< /Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R /Length %d >>\nstream\n" % len(table)
    out += table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % places[6]
    return bytes(out)


def jpeg(size: tuple[int, int] = (60, 40), *, exif: bool = False, comment: bytes = b"") -> bytes:
    out, told = io.BytesIO(), {}
    if exif:
        where = Image.Exif()
        where[0x010F] = "Kameramerke"
        where[0x0112] = 6  # lies on its side
        told["exif"] = where.tobytes()
    if comment:
        told["comment"] = comment
    Image.new("RGB", size, (200, 30, 30)).save(out, "JPEG", **told)
    return out.getvalue()


def png(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, "PNG")
    return out.getvalue()


def png_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    return out.getvalue()

from __future__ import annotations

import contextlib
import io
import random
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter

from kompetanse.domains.competence.types.documents import DocumentKind, DocumentRefused
from kompetanse.foundation import documents
from kompetanse.foundation.uploads import (
    LIMIT,
    DocumentCarriesMore,
    DocumentEmpty,
    DocumentIsBroken,
    DocumentIsLocked,
    DocumentOfOtherKind,
    DocumentTooBig,
    PictureTooLarge,
    judge,
    shown_name,
)
from tests.make import files

SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


class TestPdf:
    def test_is_kept_as_it_came(self) -> None:
        assert judge(files.pdf()) == (DocumentKind.PDF, files.pdf())

    def test_of_our_own_making_is_taken(self) -> None:
        table = documents.Table("Tabell", ["Navn", "Tall"], [["A", 1]])
        made = documents.report_pdf(documents.Report("Tittel", "Ingress", "Kommunen", [("Dag", "I dag")], [table]))
        assert judge(made)[0] is DocumentKind.PDF

    def test_with_packed_objects_that_do_nothing_is_taken(self) -> None:
        sound = files.packed_pdf(b"[3 0 R /Fit]")
        assert judge(sound) == (DocumentKind.PDF, sound)

    def test_may_open_at_a_place_and_lead_to_an_address(self) -> None:
        link = b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://example.org) >> >>"
        assert judge(files.pdf(b"/OpenAction [3 0 R /Fit]", link))[0] is DocumentKind.PDF

    @pytest.mark.parametrize(
        ("catalog", "more"),
        [
            (b"/OpenAction 4 0 R", SCRIPT),
            (b"/Names << /JavaScript 4 0 R >>", b"<< /Names [(a) 5 0 R] >>"),
            (b"/AA << /WC 4 0 R >>", b"<< /S /JavaScript /JS 5 0 R >>"),
            (b"/OpenAction << /S /Launch /F (cmd.exe) >>", b"null"),
            (b"/OpenAction 4 0 R", b"<< /S /#4cau#6Ech /F (cmd.exe) >>"),
            (b"/OpenAction 4 0 R", b"<< /S /J#61vaScript /J#53 (x) >>"),
            (b"/Names << /EmbeddedFiles << /Names [(a) 4 0 R] >> >>", b"<< /Type /Filespec /EF << >> >>"),
            (b"", b"<< /Type /EmbeddedFile /Length 3 >>\nstream\nMZ!\nendstream"),
            (b"/AcroForm << /XFA 4 0 R >>", b"<< >>"),
            (b"", b"<< /S /SubmitForm /F (https://example.org) >>"),
            (b"", b"<< /Subtype /RichMedia >>"),
            (b"", b"<< /S /GoToE >>"),
        ],
    )
    def test_that_does_or_carries_something_is_refused(self, catalog: bytes, more: bytes) -> None:
        with pytest.raises(DocumentCarriesMore):
            judge(files.pdf(catalog, more))

    def test_with_a_script_packed_away_is_refused(self) -> None:
        hidden = files.packed_pdf(SCRIPT)
        assert b"JavaScript" not in hidden
        with pytest.raises(DocumentCarriesMore):
            judge(hidden)

    def test_with_a_script_that_no_table_leads_to_is_refused(self) -> None:
        sound = files.pdf()
        with pytest.raises(DocumentCarriesMore):
            judge(sound.replace(b"xref\n", b"9 0 obj\n" + SCRIPT + b"\nendobj\nxref\n", 1))

    def test_that_is_locked_is_refused(self) -> None:
        out = io.BytesIO()
        writer = PdfWriter()
        writer.add_blank_page(100, 100)
        writer.encrypt("hemmelig", algorithm="RC4-128")
        writer.write(out)
        with pytest.raises(DocumentIsLocked):
            judge(out.getvalue())

    @pytest.mark.parametrize(
        "content",
        [
            b"%PDF-1.7\n",
            b"%PDF-1.7\nnothing\n%%EOF",
            files.pdf()[:200],
            files.pdf().replace(b"/Kids [3 0 R] /Count 1", b"/Kids [] /Count 0"),
        ],
    )
    def test_that_cannot_be_read_is_refused(self, content: bytes) -> None:
        with pytest.raises(DocumentIsBroken):
            judge(content)

    @pytest.mark.parametrize(
        "content",
        [
            files.pdf() + b"<html><script>1</script>",
            files.pdf() + files.archive(),
            files.pdf().replace(b"\n1 0 obj", b"\n%<script>1</script>\n1 0 obj", 1),
        ],
    )
    def test_that_is_also_something_else_is_refused(self, content: bytes) -> None:
        with pytest.raises(DocumentCarriesMore):
            judge(content)


class TestPictures:
    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (files.jpeg(), DocumentKind.JPEG),
            (files.png(), DocumentKind.PNG),
            (files.png(mode="RGBA"), DocumentKind.PNG),
        ],
    )
    def test_are_drawn_anew(self, content: bytes, kind: DocumentKind) -> None:
        found, kept = judge(content)
        assert found is kind
        with Image.open(io.BytesIO(kept)) as picture:
            assert (picture.format, picture.size) == (kind.value.upper(), (60, 40))

    def test_lose_what_the_camera_wrote_and_stand_upright(self) -> None:
        content = files.jpeg(exif=True, comment=b"hjemme hos Kari")
        assert b"Kameramerke" in content
        _, kept = judge(content)
        assert b"Kameramerke" not in kept
        assert b"Kari" not in kept
        with Image.open(io.BytesIO(kept)) as picture:
            assert picture.size == (40, 60)
            assert not picture.getexif()

    def test_lose_the_words_of_a_png(self) -> None:
        content = files.png()
        told = content[:33] + files.png_chunk(b"tEXt", b"Comment\x00hjemme hos Kari") + content[33:]
        assert b"Kari" not in judge(told)[1]

    def test_lose_a_tail_that_is_nothing(self) -> None:
        assert judge(files.jpeg() + b"\x00\x01moov") == judge(files.jpeg())

    def test_of_a_camera_are_not_taken_for_something_else(self) -> None:
        """Marks that look like something else among the lines are dots; a picture of chance has them all."""
        chance = random.Random(1)
        noise = Image.frombytes("RGB", (700, 700), chance.randbytes(700 * 700 * 3))
        for form in ("JPEG", "PNG"):
            out = io.BytesIO()
            noise.save(out, form, **({"progressive": True} if form == "JPEG" else {}))
            assert judge(out.getvalue())[0].value.upper() == form

    def test_become_no_larger_than_can_be_read(self) -> None:
        _, kept = judge(files.jpeg((5000, 100)))
        with Image.open(io.BytesIO(kept)) as picture:
            assert picture.size == (4000, 80)

    @pytest.mark.parametrize(
        "content",
        [
            files.jpeg() + b"<html><script>1</script></html>",
            files.jpeg() + files.archive(),
            files.jpeg() + files.pdf(),
            files.jpeg(comment=b"<script>1</script>"),
            files.jpeg(comment=files.archive()),
            files.png() + b"<!DOCTYPE html>",
            files.png() + files.archive(),
            files.png()[:33] + files.png_chunk(b"tEXt", b"a\x00<?php system('id');") + files.png()[33:],
        ],
    )
    def test_that_are_also_something_else_are_refused(self, content: bytes) -> None:
        with pytest.raises(DocumentCarriesMore):
            judge(content)

    def test_made_to_fill_the_memory_are_refused(self) -> None:
        head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
        bomb = b"\x89PNG\r\n\x1a\n" + files.png_chunk(b"IHDR", head)
        bomb += files.png_chunk(b"IDAT", zlib.compress(b"\x00" * 1000)) + files.png_chunk(b"IEND", b"")
        with pytest.raises(PictureTooLarge):
            judge(bomb)

    @pytest.mark.parametrize(
        "content", [files.jpeg()[:-200], files.png()[:50], b"\xff\xd8\xff\xe0\x00", b"\xff\xd8\xff\x01x"]
    )
    def test_that_cannot_be_read_are_refused(self, content: bytes) -> None:
        with pytest.raises(DocumentIsBroken):
            judge(content)


class TestOthers:
    @pytest.mark.parametrize(
        "content",
        [
            b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
            b"<!DOCTYPE html><p>Hei",
            files.archive(),
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"GIF89a",
            b"MZ\x90\x00",
            b"\n" + files.pdf(),
            b"<html>" + files.jpeg(),
        ],
    )
    def test_are_refused_whatever_they_are_called(self, content: bytes) -> None:
        with pytest.raises(DocumentOfOtherKind):
            judge(content)

    def test_empty_and_huge(self) -> None:
        with pytest.raises(DocumentEmpty):
            judge(b"")
        with pytest.raises(DocumentTooBig, match="10 MB"):
            judge(b"%PDF-" + bytes(LIMIT))

    @settings(max_examples=40, deadline=None)
    @given(st.sampled_from([files.pdf(), files.jpeg(), files.png(), files.packed_pdf(SCRIPT)]), st.data())
    def test_any_harm_to_a_file_is_met_with_a_sentence(self, content: bytes, data: st.DataObject) -> None:
        torn = bytearray(content)
        for _ in range(data.draw(st.integers(1, 6))):
            torn[data.draw(st.integers(0, len(torn) - 1))] = data.draw(st.integers(0, 255))
        with contextlib.suppress(DocumentRefused):  # anything else that is raised fails the test
            assert judge(bytes(torn))[1]


class TestShownName:
    @pytest.mark.parametrize(
        ("told", "shown"),
        [
            ("kursbevis.pdf", "kursbevis.pdf"),
            ("C:\\Users\\kari\\Førstehjelp 2027.PDF", "Førstehjelp 2027.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("faktura\u202efdp.exe", "fakturafdp.pdf"),
            ('a"\r\nSet-Cookie: x.html', "aSet-Cookie x.pdf"),
            ("", "dokument.pdf"),
            (".pdf", "dokument.pdf"),
            ("x" * 300, "x" * 116 + ".pdf"),
        ],
    )
    def test_is_safe_and_says_what_it_is(self, told: str, shown: str) -> None:
        assert shown_name(told, DocumentKind.PDF) == shown

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
import typst

from kompetanse.foundation.documents import Table, render_pdf, table_csv

TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(lang: sys.inputs.language)
= #data.title
#data.text
"""
HOSTILE = '= Ikke en overskrift #panic("nei") $x$ \\ #set text(lang: "de") "]} <label> æøå'


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "brev.typ"
    path.write_text(TEMPLATE)
    return path


def unpacked(pdf: bytes) -> bytes:
    """The file with its packed streams beside it, so that what is said there can be found."""
    parts = [pdf]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(match[1]))
        except zlib.error:
            continue
    return b"\n".join(parts)


class TestRenderPdf:
    def test_makes_a_tagged_document_that_says_what_it_is(self, template: Path) -> None:
        pdf = unpacked(render_pdf(template, {"title": "Referat", "text": "Hei"}))

        assert pdf.startswith(b"%PDF-1.7")
        assert b"pdfuaid:part>1" in pdf
        assert b"/StructTreeRoot" in pdf
        assert b"/Marked true" in pdf
        assert re.search(rb"/Title ?\(Referat\)", pdf)
        assert b"/DisplayDocTitle true" in pdf
        assert re.search(rb"/S ?/H1", pdf)

    @pytest.mark.parametrize(("asked", "written"), [("nb", b"nb"), ("nn", b"nn"), ("en", b"nb")])
    def test_is_written_in_one_of_the_two_forms(self, template: Path, asked: str, written: bytes) -> None:
        pdf = render_pdf(template, {"title": "Referat", "text": "Hei"}, language=asked)

        assert re.findall(rb"/Lang ?\((\w+)\)", pdf) == [written]

    def test_text_is_never_markup(self, template: Path) -> None:
        pdf = unpacked(render_pdf(template, {"title": "Referat", "text": HOSTILE}))

        assert len(re.findall(rb"/S ?/H1", pdf)) == 1
        assert b"/Lang(de)" not in pdf

    def test_refuses_a_document_without_a_title(self, tmp_path: Path) -> None:
        path = tmp_path / "uten.typ"
        path.write_text("= Hei")

        with pytest.raises(typst.TypstError, match="title"):
            render_pdf(path, {})


class TestTableCsv:
    def test_reads_in_a_norwegian_spreadsheet_and_holds_no_formula(self) -> None:
        table = Table("Krav", ("Krav", "Mangler"), [("Førstehjelp; grunnkurs", 12), ("=HYPERLINK()", "minst 9")])
        assert table_csv(table) == (
            '\ufeffKrav;Mangler\r\n"Førstehjelp; grunnkurs";12\r\n\'=HYPERLINK();minst 9\r\n'.encode()
        )

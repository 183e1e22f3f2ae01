"""Files that are not what they say get a sentence, cost little, and change nothing."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped,unused-ignore]
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.domains.integrations.rules import open_table, parse_rows, recognise
from kompetanse.domains.integrations.types import Kind, Limits, ParsedRow, RejectedRow, UnreadableFile
from tests.domains.integrations.table_writer import Cell, write_workbook

NEED_HEADER: list[Cell] = ["Kompetansebehov", "Målgruppe", "Antall"]
NEED: list[Cell] = ["Førstehjelp", "Alle", 7]


def read_whole(path: Path, limits: Limits | None = None) -> list[ParsedRow | RejectedRow]:
    table = open_table(path, limits=limits)
    return list(parse_rows(recognise(table), table))


def refusal(path: Path, limits: Limits | None = None) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_whole(path, limits)
    assert "%(" not in caught.value.text()
    return caught.value


def put(tmp_path: Path, content: bytes, name: str = "hr_3303.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + bytes(200)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (b"\r\n \r\n", "empty_file"),
        (PNG, "not_a_table"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "not_a_table"),
        (b"%PDF-1.7\n" + bytes(range(256)), "not_a_table"),
        (b"<html><table><tr><td>Kode</td></tr></table></html>", "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
         "encrypted_workbook"),
        (bytes(range(1, 256)) * 20, "binary_file"),
        (b"Kode;Navn\r\n1;Hel" + b"\0" + b"se\r\n" + b"2;Skole\r\n" * 50, "nul_characters"),
        (b"Kode;Navn\r\n1;" + b"x" * 10_000_000, "line_too_long"),
        (b"PK\x03\x04not really a zip", "corrupt_workbook"),
        (b"foo;bar;baz\r\n1;2;3\r\n", "no_known_header"),
        (b"Kode;Navn\r\n1;Helse\r\n2;\"Skole\r\n3;Teknisk\r\n", "unclosed_quote"),
        (b"Kode;Navn\r\n" + b"1;" + b";" * 5_000 + b"\r\n", "too_wide"),
        (b"Kode;Navn;Sektor\r\n1;\"Helse;x\r\n2;Skole;y\r\n3;Teknisk\";z\r\n", "unclosed_quote"),
    ],
)  # fmt: skip
def test_files_that_are_not_tables_are_refused_with_a_sentence(tmp_path: Path, content: bytes, code: str) -> None:
    assert refusal(put(tmp_path, content)).code == code


def test_the_refusal_of_an_unknown_header_shows_the_first_words(tmp_path: Path) -> None:
    assert "«foo», «bar»" in refusal(put(tmp_path, b"foo;bar\r\n1;2\r\n")).text()


def test_too_many_rows_are_refused_and_exactly_enough_are_read(tmp_path: Path) -> None:
    path = put(tmp_path, b"Kode;Navn\r\n" + b"".join(b"%d;Enhet\r\n" % at for at in range(50)))
    assert refusal(path, Limits(rows=49)).params == {"limit": 49}
    table = open_table(path, limits=Limits(rows=50))
    assert recognise(table).row_count == 50


def test_a_large_file_is_read_without_being_held_in_memory(tmp_path: Path) -> None:
    line = b"%d;F\xc3\xb8rstehjelp;RKK;;01.02.2025;\r\n"
    path = put(
        tmp_path,
        b"Ansattnummer;Kompetanse;Utsteder;Bevisnr;Dato;Gyldig til\r\n" + b"".join(line % at for at in range(15_000)),
    )
    tracemalloc.start()
    try:
        table = open_table(path)
        count = sum(isinstance(result, ParsedRow) for result in parse_rows(recognise(table), table))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 15_000
    # What grows is the memory of employee numbers, and it is bounded.
    assert peak < 10_000_000


def test_a_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as entry:
            for _ in range(60):
                entry.write(b" " * 1_000_000)
    assert refusal(path).code == "zip_bomb"


def test_a_bomb_that_lies_in_its_directory_is_stopped(tmp_path: Path) -> None:
    good = write_workbook(tmp_path / "good.xlsx", {"Behov": [NEED_HEADER, NEED]})
    packed = io.BytesIO()
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                content = content.replace(b"</sheetData>", b"</sheetData>" + b" " * 30_000_000)
            new.writestr(entry.filename, content)
    raw = bytearray(packed.getvalue())
    at = raw.rfind(b"xl/worksheets/sheet1.xml") - 46
    assert raw[at : at + 4] == b"PK\x01\x02"
    raw[at + 24 : at + 28] = struct.pack("<I", 1_000)
    path = put(tmp_path, bytes(raw), "liar.xlsx")
    tracemalloc.start()
    try:
        assert refusal(path).code in ("zip_bomb", "corrupt_workbook")
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_two_cells_in_opposite_corners_cost_nothing(tmp_path: Path) -> None:
    path = tmp_path / "corners.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, NEED_HEADER)
    sheet.write_string(1_048_575, 16_383, "x")
    book.close()
    assert refusal(path).code == "too_wide"


def test_a_hundred_sheets_give_the_one_with_the_list(tmp_path: Path) -> None:
    sheets: dict[str, list[list[Cell]]] = {f"Ark{at}": [["Notater", "om noe"], ["x", "y"]] for at in range(99)}
    sheets["Behov 2027"] = [NEED_HEADER, NEED]
    table = open_table(write_workbook(tmp_path / "many.xlsx", dict(sheets)))
    assert table.sheet == "Behov 2027"


def test_a_hundred_lists_are_refused_by_name_and_one_can_be_chosen(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "many.xlsx", {f"Enhet {at}": [NEED_HEADER, NEED] for at in range(100)})
    fault = refusal(path)
    assert fault.code == "choose_sheet"
    assert "Enhet 0, Enhet 1" in fault.text()
    assert open_table(path, sheet="Enhet 7").sheet == "Enhet 7"
    with pytest.raises(UnreadableFile, match="Enhet 999"):
        open_table(path, sheet="Enhet 999")


def test_formulas_without_an_answer_are_rejected_and_saved_answers_are_read(tmp_path: Path) -> None:
    path = tmp_path / "formula.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, NEED_HEADER)
    sheet.write_row(1, 0, ["Svar", "Alle"])
    sheet.write_formula(1, 2, "=3+4", None, 7)
    sheet.write_row(2, 0, ["Uten svar", "Alle"])
    sheet.write_formula(2, 2, "=3+4", None, "")
    sheet.write_row(3, 0, ["Feil", "Alle"])
    sheet.write_formula(3, 2, "=1/0", None, "#DIV/0!")
    book.close()
    table = open_table(path)
    good, empty, failed = parse_rows(recognise(table), table)
    assert isinstance(good, ParsedRow)
    assert getattr(good.values, "people", None) == 7
    assert isinstance(empty, RejectedRow)
    assert isinstance(failed, RejectedRow)
    assert (empty.code, failed.code, failed.value) == ("formula_failed", "formula_failed", "#DIV/0!")


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "entities.xlsx"
    good = write_workbook(tmp_path / "good.xlsx", {"Behov": [NEED_HEADER, NEED]})
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "xl/workbook.xml":
                start = content.index(b"<workbook")
                content = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + content[start:]
            new.writestr(entry.filename, content)
    assert refusal(path).code == "corrupt_workbook"


def test_a_cut_workbook_is_refused(tmp_path: Path) -> None:
    whole = write_workbook(tmp_path / "whole.xlsx", {"Behov": [NEED_HEADER, NEED]}).read_bytes()
    assert refusal(put(tmp_path, whole[: len(whole) // 2], "cut.xlsx")).code == "corrupt_workbook"


def test_one_stray_byte_does_not_spoil_a_utf8_file(tmp_path: Path) -> None:
    text = "Kode;Navn\r\n" + "1;Hjemmetjenesten Østre på Åsen\r\n" * 30
    table = open_table(put(tmp_path, text.encode() + b"2;L\xe6ring\r\n"))
    rows = [cells for _, cells in table]
    assert rows[0][1] == "Hjemmetjenesten Østre på Åsen"
    assert rows[-1][1] == "Læring"


def test_text_encoded_twice_is_put_right(tmp_path: Path) -> None:
    twice = "Kode;Navn\r\n1;Åsen på Øra\r\n".encode().decode("cp1252").encode()
    [(_, cells)] = open_table(put(tmp_path, twice))
    assert cells[1] == "Åsen på Øra"


def test_a_table_can_be_read_again_and_again(tmp_path: Path) -> None:
    table = open_table(put(tmp_path, b"Kode;Navn\r\n1;Helse\r\n"))
    assert list(table) == list(table) == [(2, ("1", "Helse"))]


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=400) | st.text(max_size=200).map(lambda text: ("Kode;Navn\n" + text).encode()))
def test_nothing_but_a_sentence_comes_of_any_bytes(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = put(tmp_path_factory.mktemp("any"), content)
    sentences: list[str] = []
    try:
        table = open_table(path)
        results = parse_rows(recognise(table, expected_kind=Kind.ORG), table)
        sentences.extend(result.reason() if isinstance(result, RejectedRow) else "good" for result in results)
    except UnreadableFile as fault:
        sentences.append(fault.text())
    assert all(sentences)


@settings(max_examples=100, deadline=None)
@given(at=st.integers(0, 5_000), value=st.integers(0, 255))
def test_nothing_but_a_sentence_comes_of_a_damaged_workbook(
    tmp_path_factory: pytest.TempPathFactory, at: int, value: int
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    raw = bytearray(write_workbook(folder / "whole.xlsx", {"Behov": [NEED_HEADER, NEED]}).read_bytes())
    raw[at % len(raw)] = value
    sentence = "good"
    try:
        read_whole(put(folder, bytes(raw), "damaged.xlsx"))
    except UnreadableFile as fault:
        sentence = fault.text()
    assert sentence

"""Recognition, corrections, rejections, and rules across rows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

import pytest

from kompetanse.domains.integrations.rules import open_table, parse_rows, recognise
from kompetanse.domains.integrations.rules.sentences import Sentence
from kompetanse.domains.integrations.types import (
    HrRow,
    Kind,
    NeedRow,
    OrgRow,
    ParsedRow,
    Recognition,
    RejectedRow,
    UnreadableFile,
)

HR = (
    "Ansattnummer;Fødselsnummer;Fornavn;Etternavn;Stillingstittel;Stillingsprosent;"
    "Gyldig fra;Gyldig til;Enhetskode;Permisjon fra;Permisjon til"
)
GOOD = "1;20897647908;Nina;Dahl;Sykepleier;100;01.02.2020;;3303-101;;"


def put(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "fil.csv"
    path.write_text(text, encoding="utf-8")
    return path


def rejections(
    tmp_path: Path, text: str, *, units: Collection[str] | None = None, codes: Collection[str] = ()
) -> list[tuple[int, str, str]]:
    table = open_table(put(tmp_path, text))
    results = list(parse_rows(recognise(table), table, known_units=units, known_codes=codes))
    for result in results:
        if isinstance(result, RejectedRow):
            assert "%(" not in result.reason()
            assert result.reason().endswith(".")
    return [(result.row, result.column, result.code) for result in results if isinstance(result, RejectedRow)]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("1;12345678901;Nina;Dahl;Sykepleier;100;01.02.2020;;3303-101;;", "Fødselsnummer", "identity_invalid"),
        ("1;;Nina;Dahl;Sykepleier;hundre;01.02.2020;;3303-101;;", "Stillingsprosent", "percent_unreadable"),
        ("1;;Nina;Dahl;Sykepleier;100;31.02.2020;;3303-101;;", "Gyldig fra", "date_impossible"),
        ("1;;Nina;Dahl;Sykepleier;100;01.02.2020;;9999-9;;", "Enhetskode", "unit_unknown"),
        ("1;;Nina;Dahl;Sykepleier;100;01.02.2020;01.01.2020;3303-101;;", "Gyldig til", "ends_before_start"),
        ("1;;Nina;Dahl;Sykepleier;100;01.02.2020;;3303-101;01.03.2021;01.02.2021", "Permisjon til",
         "leave_ends_before_start"),
        (";;Nina;Dahl;Sykepleier;100;01.02.2020;;3303-101;;", "Ansattnummer", "value_missing"),
        (f"1;;Nina;Dahl;{'x' * 301};100;01.02.2020;;3303-101;;", "Stillingstittel", "text_too_long"),
        ("1;;Nina;Dahl;Sykepleier;100;01.02.2020;;3303-101;;;ekstra", "", "too_many_cells"),
    ],
)  # fmt: skip
def test_a_faulty_row_is_rejected_at_its_column(tmp_path: Path, row: str, column: str, code: str) -> None:
    text = "\n".join([HR, GOOD, GOOD, row, GOOD, GOOD, GOOD, GOOD])
    assert rejections(tmp_path, text, units={"3303-101"}) == [(4, column, code)]


def test_the_sentence_for_a_date_that_is_not_there(tmp_path: Path) -> None:
    table = open_table(put(tmp_path, f"{HR}\n{GOOD.replace('01.02.2020', '31.02.2020')}\n"))
    [result] = parse_rows(recognise(table), table)
    assert isinstance(result, RejectedRow)
    assert result.value == "31.02.2020"
    assert result.reason().startswith("Datoen 31.02.2020 finnes ikke.")
    assert result.original[3] == "Dahl"


def test_a_unit_with_its_name_beside_the_code_is_known(tmp_path: Path) -> None:
    text = f"{HR}\n{GOOD.replace('3303-101', '3303-101 Fjellheim sykehjem')}\n"
    assert rejections(tmp_path, text, units={"3303-101"}) == []


ORG = "Kode;Navn;Overordnet\n"


@pytest.mark.parametrize(
    ("rows", "codes", "expected"),
    [
        ("1;A;\n2;B;1\n2;C;1\n", (), [(4, "Kode", "org_duplicate")]),
        ("1;A;\n2;B;9\n", (), [(3, "Overordnet", "org_parent_missing")]),
        ("1;A;\n2;B;9\n", ("9",), []),
        ("1;A;\n2;B;9\n3;C;2\n", (), [(3, "Overordnet", "org_parent_missing"),
                                           (4, "Overordnet", "org_parent_rejected")]),
        ("0;R;\n1;A;3\n2;B;1\n3;C;2\n4;D;3\n", (),
         [(3, "Overordnet", "org_cycle"), (4, "Overordnet", "org_cycle"), (5, "Overordnet", "org_cycle"),
          (6, "Overordnet", "org_parent_rejected")]),
        ("1;A;1\n", (), [(2, "Overordnet", "org_cycle")]),
        ("2;B;1\n1;A;\n", (), []),
        ("1;;\n2;B;1\n", (), [(2, "Navn", "value_missing"), (3, "Overordnet", "org_parent_rejected")]),
    ],
)  # fmt: skip
def test_units_that_make_no_tree(
    tmp_path: Path, rows: str, codes: tuple[str, ...], expected: list[tuple[int, str, str]]
) -> None:
    assert rejections(tmp_path, ORG + rows, codes=codes) == expected


def test_unknown_headers_are_recognised_by_what_their_columns_hold(tmp_path: Path) -> None:
    rows = "\n".join(
        f"{number};{at + 100};Nina;Dahl;{'Sykepleier' if at % 2 else 'Lærer'};01.02.20{at + 10};3-{at % 3}"
        for at, number in enumerate(
            ("20897647908", "08839344946", "20888801813", "09817313229", "09927549058", "17879133130")
        )
    )
    table = open_table(put(tmp_path, f"A1;Løpenr;Fornavn;Etternavn;Type arb;T0;Plass\n{rows}\n"))
    found = recognise(table, expected_kind=Kind.HR)
    assert {name: match.header for name, match in found.columns.items()} == {
        "identity_number": "A1", "employee_number": "Løpenr", "given_name": "Fornavn", "family_name": "Etternavn",
        "position_title": "Type arb", "valid_from": "T0", "unit_code": "Plass",
    }  # fmt: skip
    assert found.columns["identity_number"].certainty < 1
    assert "fødselsnumre" in found.columns["identity_number"].why.text()
    assert found.missing == ()


def test_a_saved_mapping_wins_and_a_correction_wins_over_it(tmp_path: Path) -> None:
    table = open_table(put(tmp_path, "Kompetansebehov;Kommentar;Rare ord\nHLR;a;Alle\nTMA;b;Lærere\n"))
    free = recognise(table)
    assert free.columns["reason"].header == "Kommentar"
    saved = recognise(table, saved={"target_group": "rare ORD", "reason": "Borte"})
    assert saved.columns["target_group"].header == "Rare ord"
    assert [warning.code for warning in saved.warnings if warning.code == "saved_header_gone"] == ["saved_header_gone"]
    chosen = recognise(
        table,
        expected_kind=Kind.NEEDS,
        saved={"target_group": "Rare ord"},
        overrides={"reason": "Rare ord", "target_group": ""},
    )
    assert chosen.mapping() == {"title": "Kompetansebehov", "reason": "Rare ord"}
    assert recognise(table, expected_kind=Kind.NEEDS, saved=chosen.mapping()).columns["reason"].why.code == "by_saved"


def test_missing_columns_are_named(tmp_path: Path) -> None:
    table = open_table(put(tmp_path, "Ansattnummer;Fornavn;Etternavn\n1;Nina;Dahl\n"))
    recognition = recognise(table, expected_kind=Kind.HR)
    assert recognition.missing == ("position_title", "valid_from", "unit_code")
    with pytest.raises(UnreadableFile, match="Stilling, Gyldig fra, Enhetskode"):
        parse_rows(recognition, table)


def test_sums_notes_and_repeated_headers_are_passed_over_and_told(tmp_path: Path) -> None:
    text = (
        "Kompetansebehov;Målgruppe;Antall\nHLR;Alle;7\n;;\nKompetansebehov;Målgruppe;Antall\nTMA;;5\nDelsum;;12\n"
        "---;---;---\nADK1;;\nTotalt antall deltakere;;12\n\n* Tallene er omtrentlige\n"
    )
    table = open_table(put(tmp_path, text))
    recognition = recognise(table)
    results = list(parse_rows(recognition, table))
    assert [
        result.values.title
        for result in results
        if isinstance(result, ParsedRow) and isinstance(result.values, NeedRow)
    ] == ["HLR", "TMA", "ADK1"]
    assert [result.row for result in results] == [2, 5, 8]
    assert [skipped.row for skipped in recognition.skipped] == [4, 6, 7, 9, 11]
    assert recognition.row_count == 3


def test_names_in_one_column_are_parted(tmp_path: Path) -> None:
    text = (
        "Ansattnr;Navn;Stilling;Fra;Enhet\n1;Dahl, Nina Marie;Lærer;01.02.2020;1-1\n"
        "2;Per Lie;Lærer;01.02.2020;1-1\n3;Madonna;Lærer;01.02.2020;1-1\n"
    )
    table = open_table(put(tmp_path, text))
    first, second, third = parse_rows(recognise(table, expected_kind=Kind.HR), table)
    assert isinstance(first, ParsedRow)
    assert isinstance(second, ParsedRow)
    assert first.values == HrRow("1", "Nina Marie", "Dahl", "Lærer", date(2020, 2, 1), "1-1")
    assert second.values == HrRow("2", "Per", "Lie", "Lærer", date(2020, 2, 1), "1-1")
    assert isinstance(third, RejectedRow)
    assert third.code == "name_incomplete"


def test_a_cell_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    table = open_table(put(tmp_path, 'Kode;Navn\n1;"=HYPERLINK(""x"")"\n'))
    [result] = parse_rows(recognise(table), table)
    assert isinstance(result, ParsedRow)
    assert isinstance(result.values, OrgRow)
    assert result.values.name == '=HYPERLINK("x")'


def test_every_sentence_has_its_own_code() -> None:
    from kompetanse.domains.integrations.rules import sentences

    found = [one for one in vars(sentences).values() if isinstance(one, Sentence)]
    found_files = [one for one in vars(sentences).values() if isinstance(one, type) and issubclass(one, UnreadableFile)]
    codes = [*(one.code for one in found), *(one.code for one in found_files)]
    assert len(codes) == len(set(codes)) > 50


def test_a_recognition_is_plain(tmp_path: Path) -> None:
    recognition = recognise(open_table(put(tmp_path, f"{HR}\n{GOOD}\n")))
    assert isinstance(recognition, Recognition)
    assert recognition.columns["percent"].decimal_mark is None
    assert str(recognition.columns["valid_from"].date_format) == "dd.mm.yyyy"


SHIPPED = Path(__file__).parents[3] / "demo"


@pytest.mark.skipif(not list(SHIPPED.rglob("hr_*.csv")), reason="the demo region's files are not here")
def test_the_demo_regions_files_hold_exactly_their_known_faults() -> None:
    files = sorted(SHIPPED.rglob("*_[0-9][0-9][0-9][0-9]_*"))
    units: dict[str, set[str]] = {}
    for wanted in (Kind.ORG, None):
        for path in files:
            table = open_table(path)
            recognition = recognise(table)
            if (recognition.kind is Kind.ORG) != (wanted is Kind.ORG):
                continue
            number = path.name.split("_")[1]
            results = list(
                parse_rows(recognition, table, known_units=units.get(number) if recognition.kind is Kind.HR else None)
            )
            if recognition.kind is Kind.ORG:
                units[number] = {
                    one.values.code for one in results if isinstance(one, ParsedRow) and isinstance(one.values, OrgRow)
                }
            codes = [one.code for one in results if isinstance(one, RejectedRow)]
            faults = ["unit_unknown", "identity_invalid", "date_impossible", "percent_unreadable"]
            assert codes == (faults if recognition.kind is Kind.HR else []), path.name

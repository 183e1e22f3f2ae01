"""The same small tables in many dialects come out as the same rows."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from kompetanse.domains.integrations.rules import open_table, parse_rows, recognise
from kompetanse.domains.integrations.types import (
    CompetenceRow,
    HrRow,
    Kind,
    NeedRow,
    OrgRow,
    ParsedRow,
    RejectedRow,
)
from tests.domains.integrations.table_writer import DATE_STYLES, Cell, write_text, write_workbook

# (field, bokmål, nynorsk, abbreviated, as other systems have it)
HR_HEADERS: dict[str, tuple[str, str, str, str]] = {
    "employee_number": ("Ansattnummer", "Tilsettnr", "ans.nr", "Ressursnr"),
    "identity_number": ("Fødselsnummer", "Fødselsnr", "fnr", "PERSONNUMMER (11 siffer)"),
    "given_name": ("Fornavn", "Førenamn", "fnavn", "For- og mellomnavn"),
    "family_name": ("Etternavn", "Etternamn", "enavn", "Slektsnavn"),
    "email": ("E-post", "E-postadresse", "epost", "Epost arbeid"),
    "position_code": ("Stillingskode", "Kode", "st.kode", "Yrkeskode"),
    "position_title": ("Stillingstittel", "Stillingsnemning", "st.tekst", "Stillingsbetegnelse"),
    "is_main": ("Hovedstilling", "Hovudstilling", "hovedst", "Hovedstilling (J/N)"),
    "percent": ("Stillingsprosent", "Tilsetjingsprosent", "st.%", "Stillingsprosent %"),
    "valid_from": ("Gyldig fra", "Frå dato", "f.o.m.", "Ansettelsesdato"),
    "valid_to": ("Gyldig til", "Til dato", "t.o.m.", "Fratredelsesdato"),
    "unit_code": ("Organisasjonsenhet", "Eining", "orgkode", "Ansvarssted"),
    "leave_from": ("Permisjon fra", "Permisjon frå", "perm_fra", "Permisjon start"),
    "leave_to": ("Permisjon til", "Permisjon til", "perm_til", "Permisjon slutt"),
}
HR_ROWS = [
    HrRow("00101", "Åse", "Ødegård", "Sykepleier", date(2020, 11, 27), "77-101", "20897647908", "aase@kommune.example",
          None, "SYKEPL", True, Decimal("40.5"), None, date(2026, 1, 2), date(2026, 3, 4)),
    HrRow("00102", "Þóra", "Lie; Berg", "Lærer", date(2003, 2, 9), "77-102", "08839344946", None, None, "LAERER", False,
          Decimal("100"), date(2027, 7, 31)),
    HrRow("00103", "Bjørn", "Sæther", "Renholder", date(2019, 4, 5), "77-102", None, None, None, None, True,
          Decimal("17.75")),
    HrRow("00103", "Bjørn", "Sæther", "Renholder", date(2019, 4, 5), "77-102", None, None, None, None, False,
          Decimal("20")),
]  # fmt: skip
TITLES: list[list[Cell]] = [["Utvikdal kommune - uttrekk fra lønn"], [], [], []]
ENDING: list[list[Cell]] = [[], ["Sum", 4], ["Skrevet ut 01.02.2026"]]
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "cp865")


def hr_table(dialect: int, order: Sequence[str]) -> list[list[Cell]]:
    """The HR rows under one dialect's headers, columns in the given order."""
    table: list[list[Cell]] = [[HR_HEADERS[name][dialect] for name in order]]
    for row in HR_ROWS:
        cells: list[Cell] = []
        for name in order:
            value = getattr(row, name)
            cells.append(("J" if value else "N") if isinstance(value, bool) else value)
        table.append(cells)
    return table


def read(path: Path, kind: Kind | None = None) -> list[ParsedRow | RejectedRow]:
    table = open_table(path)
    return list(parse_rows(recognise(table, expected_kind=kind), table))


@pytest.mark.parametrize(("delimiter", "encoding"), list(product(";,\t|", ENCODINGS)))
def test_every_dialect_gives_the_same_hr_rows(tmp_path: Path, delimiter: str, encoding: str) -> None:
    dice = random.Random(f"{delimiter}{encoding}")
    for dialect, style, mark in product(range(4), DATE_STYLES, ",."):
        order = list(HR_HEADERS)
        dice.shuffle(order)
        titles: list[list[Cell]] = TITLES[: dice.randrange(5)]
        ending: list[list[Cell]] = ENDING[: dice.randrange(4)]
        table = hr_table(dialect, order)
        if encoding in ("cp1252", "cp865"):
            table = [
                [cell.replace("Þóra", "Thora") if isinstance(cell, str) else cell for cell in row] for row in table
            ]
        path = write_text(
            tmp_path / "hr.csv", [*titles, *table, *ending], delimiter=delimiter, encoding=encoding,
            newline=dice.choice(("\r\n", "\n", "\r")), date_style=style, decimal_mark=mark,
        )  # fmt: skip
        opened = open_table(path)
        assert opened.delimiter == delimiter
        assert opened.header_row == len(titles) + 1
        recognition = recognise(opened)
        assert recognition.kind is Kind.HR, (dialect, style, order)
        assert recognition.missing == () == recognition.unrecognised
        parsed = list(parse_rows(recognition, opened))
        assert [result.row for result in parsed] == [opened.header_row + at for at in range(1, 5)]
        for result, wanted in zip(parsed, HR_ROWS, strict=True):
            assert isinstance(result, ParsedRow), result
            assert isinstance(result.values, HrRow)
            if encoding not in ("cp1252", "cp865"):
                assert result.values == wanted, (dialect, style, mark)
            else:
                assert result.values.family_name == wanted.family_name
                assert result.values.valid_from == wanted.valid_from


@pytest.mark.parametrize("titles", [0, 1, 4])
def test_a_workbook_gives_the_same_hr_rows_with_real_dates_and_numbers(tmp_path: Path, titles: int) -> None:
    above = TITLES[:titles]
    path = write_workbook(
        tmp_path / "hr.xlsx", {"Ark1": [*above, *hr_table(1, list(HR_HEADERS))], "Forklaring": [["Les dette"]]}
    )
    table = open_table(path)
    assert (table.sheet, table.header_row) == ("Ark1", titles + 1)
    results = list(parse_rows(recognise(table), table))
    assert [result.values for result in results if isinstance(result, ParsedRow)] == HR_ROWS


NEED_DIALECTS = (
    ("Kompetansebehov", "Målgruppe", "Antall", "Begrunnelse", "Lovpålagt (ja/nei)", "Ønsket tidspunkt", "Ønsket sted",
     "Prioritet (1-3)", "Kan løses regionalt?", "Meldt av enhet"),
    ("Kva kompetanse", "For kven", "Tal på tilsette", "Grunngjeving", "Lovpålagd", "Ynskt tidspunkt", "Kvar", "Prio",
     "Kan løysast i lag?", "Eining"),
    ("Kurs/tema", "Deltakere", "Ca. antall", "Hvorfor", "Lovkrav", "Når", "Sted/form", "Viktighet", "Samarbeid",
     "Avdeling"),
    ("kompetansbehov", "maalgruppe", "ant. deltakere", "begrunelse", "LOVPÅLAGT?", "Ønsket  tidspunkt:", "Onsket sted",
     "prioritering", "Regionalt?", "Arbeidssted"),
)  # fmt: skip


@pytest.mark.parametrize("headers", NEED_DIALECTS)
def test_needs_in_four_dialects(tmp_path: Path, headers: tuple[str, ...]) -> None:
    rows: list[list[Cell]] = [
        list(headers),
        ["Førstehjelp", "Alle", "32-37", "Avvik", "ja", "vår 2027", "Digitalt", 3, "gjerne", "Lia skole"],
        ["Sårstell", "Sykepleier", "ca 7", None, "nei", None, None, "høy", "nei", "Lia sykehjem"],
        ["ADK1", None, None, None, None, None, None, None, None, "Vann"],
        [None] * 10,
        ["Sum", 44],
    ]
    results = read(write_workbook(tmp_path / "behov.xlsx", {"Behov": rows}))
    first, second, third = [result.values for result in results if isinstance(result, ParsedRow)]
    assert first == NeedRow("Førstehjelp", "Alle", 37, 32, "32-37", "Avvik", True, "ja", "vår 2027", "Digitalt", 3, "3",
                            True, "gjerne", "Lia skole")  # fmt: skip
    assert isinstance(second, NeedRow)
    assert (second.people, second.statutory, second.priority, second.regional) == (7, False, 1, False)
    assert isinstance(third, NeedRow)
    assert (third.people, third.statutory, third.priority, third.regional) == (None, None, None, None)


@pytest.mark.parametrize(
    "headers",
    [
        ("Tilsettnr", "Kompetanse", "Utskrivar", "Bevisnr", "Dato", "Gyldig til"),
        ("Ressursnummer", "Kursnavn", "Kursarrangør", "Sertifikatnr", "Gjennomført dato", "Utløpsdato"),
        ("ansnr", "Sertifikat", "Utstedt av", "ref.nr", "Utstedt dato", "Utløper"),
        ("Lønsnr", "Namn på kurs", "Kurshaldar", "Dokumentnummer", "Fullført", "Må fornyast innan"),
    ],
)
def test_competence_in_four_dialects(tmp_path: Path, headers: tuple[str, ...]) -> None:
    rows: list[list[Cell]] = [
        list(headers),
        ["10", "HLR", "RKK", "H-1", date(2025, 1, 2), date(2027, 1, 2)],
        ["11", "TMA", "", "", date(2024, 5, 6), None],
    ]
    results = read(write_text(tmp_path / "k.csv", rows))
    assert [result.values for result in results if isinstance(result, ParsedRow)] == [
        CompetenceRow("10", "HLR", date(2025, 1, 2), "RKK", "H-1", date(2027, 1, 2)),
        CompetenceRow("11", "TMA", date(2024, 5, 6)),
    ]


@pytest.mark.parametrize(
    "headers",
    [
        ("Kode", "Namn", "Overordna", "Sektor", "Leiar", "Målform"),
        ("Ansvar", "Avdelingsnavn", "Hører til", "Tjenesteområde", "Leders ansattnr", "Språk"),
        ("orgid", "Virksomhet", "Parent ID", "Etat", "lederansnr", "målf"),
    ],
)
def test_units_in_three_dialects(tmp_path: Path, headers: tuple[str, ...]) -> None:
    rows: list[list[Cell]] = [
        list(headers),
        ["7-0", "Kommunen", "", "", "", "nynorsk"],
        ["7-1", "Helse", "7-0", "Helse", "10", "bm"],
    ]
    results = read(write_text(tmp_path / "org.csv", rows))
    assert [result.values for result in results if isinstance(result, ParsedRow)] == [
        OrgRow("7-0", "Kommunen", written_form="nn"),
        OrgRow("7-1", "Helse", "7-0", "Helse", "10", "nb"),
    ]


@pytest.mark.parametrize(
    ("kind", "headers", "row"),
    [
        (Kind.NEEDS, ("Ønsker kompetanse innen", "Hvem er målgruppen", "Anslag antall deltakere"),
         ("HLR på sykehjem", "Alle", "7")),
        (Kind.NEEDS, ("Kva treng de kompetanse på?", "Kven er i målgruppa", "Tal deltakarar ca."),
         ("HLR", "Alle", "7")),
        (Kind.COMPETENCE, ("Ansattnr.", "Navn på kurset", "Dato for gjennomføring"), ("1", "HLR", "01.02.2025")),
        (Kind.COMPETENCE, ("Tilsett nr.", "Kurs/sertifikat", "Gjennomført den"), ("1", "HLR", "01.02.2025")),
        (Kind.ORG, ("Enhetsnr.", "Enhetens navn", "Overordnet enhet nr"), ("1", "Lia skole", "")),
    ],
)  # fmt: skip
def test_phrases_nobody_listed_are_understood_by_their_words(
    tmp_path: Path, kind: Kind, headers: tuple[str, ...], row: tuple[str, ...]
) -> None:
    table = open_table(write_text(tmp_path / "any.csv", [headers, row, row, row]))
    recognition = recognise(table)
    assert recognition.kind is kind
    assert recognition.missing == () == recognition.unrecognised

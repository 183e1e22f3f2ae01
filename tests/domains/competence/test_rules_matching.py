import csv
from collections import defaultdict
from importlib import resources

import pytest

from kompetanse.domains.competence.rules.matching import AS_NEAR, MENDED, RequirementNames, suggest_requirement


@pytest.fixture(scope="module")
def names() -> RequirementNames:
    source = resources.files("kompetanse.domains.competence").joinpath("data/topics.csv")
    listed: dict[str, list[str]] = defaultdict(list)
    for row in csv.DictReader(source.read_text(encoding="utf-8").splitlines(), delimiter=";"):
        if row["requirement_code"]:
            listed[row["requirement_code"]] += [
                row["name_nb"],
                row["name_nn"],
                *row["other_names"].split("|"),
            ]
    return RequirementNames(listed)


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("Arb.varsling k2 ansvarshavende", "VARSLING2"),
        ("Arb.varsling k1", "VARSLING1"),
        ("HLR m/hjertestarter", "HLR"),
        ("Medikamentkurs", "LEGEMIDDEL"),
        ("Førstehjelp barn", "HLR-BARN"),
        ("Vald og truslar", "VOLD"),
        ("Volds- og overgrepshåndtering", "VOLDMOTTAK"),
        ("Livberging", "SVOM"),
        ("Varme arbeid sertifikat", "VARME"),
        ("Maskinførar M2", "MASKIN"),
        ("legemidelhåndtering", "LEGEMIDDEL"),
    ],
)
def test_an_entry_finds_its_requirement(names: RequirementNames, entry: str, code: str) -> None:
    best = suggest_requirement(entry, names)[0]
    assert best.code == code
    assert 0 < best.score <= 1
    assert best.reason
    assert all(words.text().endswith(".") for words in best.reason)


@pytest.mark.parametrize("entry", ["Kaffekurs", "", "???", "1234"])
def test_nothing_alike_gives_no_suggestion(names: RequirementNames, entry: str) -> None:
    assert suggest_requirement(entry, names) == []


def test_a_typing_error_is_told_and_never_sure(names: RequirementNames) -> None:
    best = suggest_requirement("legemidelhåndtering", names)[0]
    assert MENDED in [words.sentence for words in best.reason]
    assert not best.sure


def test_two_that_are_as_near_leave_the_choice_to_a_person() -> None:
    found = suggest_requirement("Stillas", {"A": ["stillas bruk"], "B": ["stillas"], "C": ["stillas"]})
    assert {found[0].code, found[1].code} == {"B", "C"}
    assert not any(match.sure for match in found)
    assert AS_NEAR in [words.sentence for words in found[0].reason]


def test_what_was_confirmed_goes_first(names: RequirementNames) -> None:
    taught = {"Kaffekurs": "BRANN", "HLR-kurs": ""}
    assert [match.code for match in suggest_requirement("KAFFEKURS.", names, taught)] == ["BRANN"]
    assert suggest_requirement("hlr kurs", names, taught) == []

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.kernel.phrases import Phrasebook
from kompetanse.kernel.text import (
    Lexicon,
    edit_distance,
    fingerprint,
    numbers,
    overlap,
    similarity,
    stem,
    words,
)

letters = st.text(alphabet="abcdefghijklmnoprstuvyæøå", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("nynorsk", "bokmaal"),
    [
        ("sjukeheimen", "sykehjemmet"),
        ("heimetenesta", "hjemmetjenesten"),
        ("symjeopplæring", "svømmeopplæring"),
        ("leiarane", "lederne"),
        ("leiing", "ledelse"),
        ("vald og truslar", "vold og trusler"),
        ("skulemiljø", "skolemiljø"),
        ("livberging", "livredning"),
        ("reinhaldarar", "renholdere"),
        ("sakshandsaming", "saksbehandling"),
        ("informasjonstryggleik", "informasjonssikkerhet"),
        ("førebygging", "forebygging"),
        ("rettleiarar", "veiledere"),
        ("vassforsyning", "vannforsyning"),
        ("rekneskap", "regnskap"),
        ("åtferd", "atferd"),
    ],
)
def test_both_written_forms_come_out_alike(nynorsk: str, bokmaal: str) -> None:
    assert fingerprint(nynorsk) == fingerprint(bokmaal)


@pytest.mark.parametrize(("a", "b"), [("vold", "hold"), ("leder", "lege"), ("brann", "barn"), ("vei", "vann")])
def test_different_words_stay_different(a: str, b: str) -> None:
    assert stem(a) != stem(b)


def test_case_composition_and_punctuation_do_not_matter() -> None:
    assert fingerprint("HÅNDTERING!") == fingerprint("ha\u030andtering") == fingerprint("haandtering")
    assert words("ADK-1") == words("ADK1") == words("adk 1") == ["adk", "1"]


def test_numbers_are_levels_not_years() -> None:
    assert numbers("Kurs 2 høsten 2027, § 12") == {"2", "12"}


def test_compounds_are_taken_apart() -> None:
    lexicon = Lexicon(["håndtering av legemidler"])
    assert set(lexicon.atoms("legemiddelhåndtering")) == {stem("legemidler"), stem("håndtering")}
    assert lexicon.atoms("legemiddelkurs")[0] == stem("legemidler")


def test_a_compound_written_apart_is_read_as_one() -> None:
    lexicon = Lexicon(["lungeredning"])
    assert [atom for _, atom in lexicon.read("lunge redning")] == list(lexicon.atoms("lungeredning"))


def test_typing_errors_are_mended_only_when_one_word_is_nearest() -> None:
    lexicon = Lexicon(["velferdsteknologi", "palliasjon"])
    assert lexicon.mended(stem("velferdstekonlogi")) == stem("velferdsteknologi")
    assert lexicon.mended(stem("paliasjon")) == stem("palliasjon")
    assert lexicon.mended(stem("trafikk")) is None
    assert Lexicon(["smitte", "smutte"]).mended("smatt") is None


def test_short_forms_are_filled_in() -> None:
    assert Lexicon(["akuttmedisin"]).atoms("akuttmed.") == (stem("akuttmedisin"),)


def test_words_that_hold_each_other_do_not_loop() -> None:
    lexicon = Lexicon(["lek leken leker lekelek leklek", "barnebarn barn barnebarnebarn"])
    assert lexicon.atoms("leklekleklek")
    assert lexicon.atoms("barnebarnebarnebarn")


@given(st.lists(letters, max_size=8), letters)
def test_every_word_has_atoms_whatever_is_known(known: list[str], word: str) -> None:
    atoms = Lexicon(known).atoms(word)
    assert atoms
    assert all(atoms)


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert fingerprint(text) == fingerprint(text.strip())
    assert 0.0 <= similarity(text, text) <= 1.0


@given(letters, letters)
def test_edit_distance_is_symmetric_and_bounded(a: str, b: str) -> None:
    assert edit_distance(a, b, 2) == edit_distance(b, a, 2) <= 3
    assert (edit_distance(a, b, 2) == 0) == (a == b)


def test_a_swap_of_neighbours_is_one_error() -> None:
    assert edit_distance("legemiddel", "leegmiddel", 2) == 1


def test_overlap_of_nothing_is_nothing() -> None:
    assert overlap(set(), set()) == 0.0
    assert overlap({"a"}, {"a"}) == 1.0


def test_the_longest_name_that_fits_wins() -> None:
    book = Phrasebook({"HLR": ["førstehjelp"], "PSYK": ["psykisk førstehjelp"], "RUS": ["rus"]})
    assert book.find("Psykisk førstehjelp")[0].code == "PSYK"
    assert [found.code for found in book.find("Førstehjelpskurs")] == ["HLR"]
    assert book.find("Vinterdrift") == []

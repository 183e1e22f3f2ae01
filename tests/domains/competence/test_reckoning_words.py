"""Words are read alike by the database and by kernel.text."""

from __future__ import annotations

from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.domains.competence.rules import targets
from kompetanse.domains.competence.rules.targets import Target, TargetKind
from kompetanse.domains.organisation.models import Unit
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import system_context
from kompetanse.kernel.text import comparable, ends_as, folded, name_words
from tests import make
from tests.make.organisation import NOW

PARTS = (
    "skole", "skule", "skolen", "barne", "barnehage", "barnehagen", "sykehjem", "sjukeheim", "sjukeheimen", "heim",
    "omsorg", "omsorgssenter", "ungdoms", "legevakt", "legevakta", "en", "n", "e", "brann", "Æ", "øy", "å", "É", "ß",
    "Lia", "STATION", "nord", "-", ".", "7", "'", "%", "_",
)  # fmt: skip
WORD = st.lists(st.sampled_from(PARTS), min_size=1, max_size=3).map("".join)
NAMES = st.lists(WORD | st.text(max_size=6), max_size=4).map(" ".join).map(lambda name: name.replace("\x00", ""))
MANY = settings(max_examples=25, deadline=None, derandomize=True, database=None)


@MANY
@given(st.lists(st.tuples(NAMES, WORD), min_size=1, max_size=12))
def test_a_name_holds_a_word(told: list[tuple[str, str]]) -> None:
    asked = [(name_words(name), folded(word.casefold())) for name, word in told]
    with connection.cursor() as cursor:
        found = []
        for words, ending in asked:
            cursor.execute("SELECT competence_name_holds(%s::text[], %s)", [words, ending])
            found.append(cursor.fetchone()[0])
    assert found == [any(ends_as(word, ending) for word in words) for words, ending in asked]


@MANY
@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=10))
def test_a_unit_s_columns_say_how_its_name_and_sector_are_compared(told: list[tuple[str, str]]) -> None:
    town = make.region().municipalities[0]
    with tenant_scope(system_context("test", {town.tenant_id}, NOW)):
        Unit.objects.bulk_create(
            [
                Unit(tenant_id=town.tenant_id, code=str(n), name=name[:160], sector=sector[:80])
                for n, (name, sector) in enumerate(told)
            ]
        )
        rows = {row.code: row for row in Unit.objects.filter(tenant_id=town.tenant_id).exclude(pk=town.root.pk)}
    for n, (name, sector) in enumerate(told):
        assert rows[str(n)].name_words == name_words(name[:160])
        assert rows[str(n)].sector_key == comparable(sector[:80])


@MANY
@given(st.lists(st.tuples(NAMES.filter(str.strip), WORD, WORD), min_size=1, max_size=10))
def test_a_line_s_keys_are_the_words_that_are_sought(told: list[tuple[str, str, str]]) -> None:
    for text, word, within in told:
        assert targets.target_keys(Target(TargetKind.POSITION, text, within)) == (
            comparable(text),
            folded(within.casefold()),
        )
        assert targets.target_keys(Target(TargetKind.UNIT, word)) == (folded(word.casefold()), "")

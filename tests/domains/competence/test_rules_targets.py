"""Whom the lines of the register fit: words are made comparable in Python, and compared in the database."""

from __future__ import annotations

import pytest
from django.db import connection

from kompetanse.domains.competence.queries.kept import statuses_of
from kompetanse.domains.competence.queries.register import read_register
from kompetanse.domains.competence.rules.targets import Target, TargetKind, target_keys, word_key
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import system_context
from kompetanse.kernel.text import name_words
from tests import make
from tests.make import competence as made
from tests.make.organisation import NOW, Who


class TestTargetKeys:
    @pytest.mark.parametrize("title", ["sykepleier", "SYKEPLEIER ", "Sjukepleiar"])
    def test_gives_one_key_however_a_title_is_typed(self, title: str) -> None:
        assert target_keys(Target(TargetKind.POSITION, title)) == target_keys(Target(TargetKind.POSITION, "Sykepleier"))

    @pytest.mark.parametrize("title", ["Helsesykepleier", "Sykepleiesekretær", "Lege", ""])
    def test_tells_titles_apart(self, title: str) -> None:
        assert target_keys(Target(TargetKind.POSITION, title)) != target_keys(Target(TargetKind.POSITION, "Sykepleier"))

    def test_needs_no_word_for_everyone(self) -> None:
        assert target_keys(Target(TargetKind.EVERYONE)) == ("", "")


class TestNameHolds:
    @pytest.mark.parametrize(
        ("name", "word", "holds"),
        [
            ("Austre barnehage", "barnehage", True),
            ("Breivik ungdomsskule", "skole", True),
            ("Breivik ungdomsskule", "ungdomsskole", True),
            ("Nedre skole", "ungdomsskole", False),
            ("Voksenopplæringen", "voksenopplæring", True),
            ("Vaksenopplæringa", "barnehage", False),
            ("Legevakt og legekontor", "legevakt", True),
            ("Skolehelsetjenesten", "skole", False),
        ],
    )
    def test_reads_the_end_of_compounds(self, name: str, word: str, holds: bool) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT competence_name_holds(%s::text[], %s)", [name_words(name), word_key(word)])
            assert cursor.fetchone() == (holds,)


class TestRequired:
    @pytest.fixture(autouse=True)
    def a_town(self) -> None:
        made.register()
        self.town = make.region().municipalities[0]

    def required(self, who: Who) -> dict[str, TargetKind]:
        """Code of each requirement, with the kind of line that puts it to this person."""
        ctx = system_context("test", {self.town.tenant_id}, NOW)
        with tenant_scope(ctx):
            register = read_register(ctx.today)
            kept = statuses_of(ctx.tenants, [made.of(who).id], ctx.today)
            found = {register.rows[one.requirement_id].code: one.line for one in kept}
        return {code: line.kind for code, line in found.items() if line is not None}

    def test_knows_a_title_in_both_written_forms(self) -> None:
        for title in ("Sykepleier", "Sjukepleiar"):
            who = make.employee(self.town, make.unit(self.town, "Fjellheim"), title=title)
            assert self.required(who)["AUTORISASJON"] is TargetKind.POSITION

    def test_asks_for_the_unit_where_the_line_does(self) -> None:
        at_school = make.employee(self.town, make.unit(self.town, "Nedre skule", sector="Oppvekst"), title="Lærar")
        elsewhere = make.employee(
            self.town, make.unit(self.town, "Kulturskolekontoret", sector="Kultur"), title="Lærar"
        )
        assert "SVOM" in self.required(at_school)
        assert "SVOM" not in self.required(elsewhere)

    def test_gives_the_most_telling_reason(self) -> None:
        leader = make.leader(self.town, make.unit(self.town, "Nedre skole", sector="Oppvekst"))
        required = self.required(leader)
        assert required["HMS-LINJE"] is TargetKind.LEADER
        assert required["HLR-BARN"] is TargetKind.UNIT
        assert required["POLITIATTEST"] is TargetKind.UNIT  # before the sector
        assert required["HLR"] is TargetKind.EVERYONE

    def test_puts_a_role_to_nobody_who_has_not_the_duty(self) -> None:
        assert "VERNEOMBUD" not in self.required(make.employee(self.town, make.unit(self.town)))

from __future__ import annotations

import pytest

from kompetanse.domains.competence.rules.targets import (
    PostFacts,
    Target,
    Targeting,
    TargetKind,
    find_reason,
    matches,
    name_holds,
)

NURSE = PostFacts("Sykepleier", "Fjellheim sykehjem", "Helse og omsorg")


class TestMatches:
    @pytest.mark.parametrize("title", ["Sykepleier", "sykepleier", "SYKEPLEIER "])
    def test_knows_a_title_however_it_is_typed(self, title: str) -> None:
        post = PostFacts(title, "x", "")
        assert matches(Target(TargetKind.POSITION, "Sykepleier"), post)

    @pytest.mark.parametrize("title", ["Helsesykepleier", "Sykepleiesekretær", "Lege", ""])
    def test_does_not_take_one_title_for_another(self, title: str) -> None:
        assert not matches(Target(TargetKind.POSITION, "Sykepleier"), PostFacts(title, "x", ""))

    def test_knows_both_written_forms(self) -> None:
        assert matches(Target(TargetKind.POSITION, "Lærer"), PostFacts("Lærar", "x", ""))
        assert matches(Target(TargetKind.POSITION, "Fagarbeider vei"), PostFacts("Fagarbeidar veg", "x", ""))

    def test_asks_for_the_unit_where_the_line_does(self) -> None:
        line = Target(TargetKind.POSITION, "Lærer", within="skole")
        assert matches(line, PostFacts("Lærer", "Nedre skule", ""))
        assert not matches(line, PostFacts("Lærer", "Voksenopplæringen", ""))

    def test_puts_nothing_to_those_who_hold_no_such_role(self) -> None:
        line = Target(TargetKind.ROLE, "verneombud")
        assert not matches(line, NURSE)
        assert matches(line, PostFacts("Sykepleier", "x", "", roles=frozenset({"verneombud"})))

    def test_knows_leaders_sectors_and_everyone(self) -> None:
        assert matches(Target(TargetKind.EVERYONE), NURSE)
        assert matches(Target(TargetKind.SECTOR, "helse og omsorg"), NURSE)
        assert not matches(Target(TargetKind.SECTOR, "Oppvekst"), NURSE)
        assert not matches(Target(TargetKind.LEADER), NURSE)
        assert matches(Target(TargetKind.LEADER), PostFacts("Avdelingsleder", "x", "", leads=True))


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
        assert name_holds(name, word) is holds


class TestFindReason:
    def test_gives_the_most_telling_line(self) -> None:
        lines = [Target(TargetKind.EVERYONE), Target(TargetKind.POSITION, "Sykepleier")]
        assert find_reason(lines, NURSE) == lines[1]

    def test_gives_none_where_no_line_fits(self) -> None:
        assert find_reason([Target(TargetKind.LEADER)], NURSE) is None


class TestTargeting:
    def test_answers_the_same_the_second_time(self) -> None:
        targeting = Targeting({7: [Target(TargetKind.EVERYONE)], 8: [Target(TargetKind.LEADER)]})
        assert targeting.required(NURSE) == targeting.required(NURSE) == ((7, Target(TargetKind.EVERYONE)),)

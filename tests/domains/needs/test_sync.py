from __future__ import annotations

import pytest

from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.types import Cause, NeedKind, NeedRowInput, NeedStatus, Stage, TooManyNeeds
from kompetanse.domains.organisation.types import Role
from kompetanse.kernel.errors import Refused
from kompetanse.kernel.outcomes import Outcome
from tests import make
from tests.make import needs as make_needs
from tests.make.needs import row


def sync(region: make.Region, rows: list[NeedRowInput], *, town: int = 0, file: str = "behov.xlsx") -> Outcome:
    return needs.sync_needs(
        make.system(region), tenant_id=region.municipalities[town].tenant_id, rows=iter(rows), file=file
    )


def counts(outcome: Outcome) -> tuple[int, int, int, int, int]:
    assert outcome.read == outcome.created + outcome.changed + outcome.unchanged + outcome.rejected
    return outcome.created, outcome.changed, outcome.unchanged, outcome.rejected, outcome.ended


FILE = [
    row(2, "Palliasjon", unit_name="Heimtun", target_group="Sykepleier", people=46, people_text="41-46"),
    row(3, "Palliasjon", unit_name="Heimtun", target_group="Sykepleier", people=5),
    row(4, "Excel", unit_name="Servicetorget", reason="Rekruttering er vanskelig", statutory=False),
]


class TestSyncNeeds:
    def test_takes_in_every_row_with_what_it_says(self) -> None:
        region = make.region()

        outcome = sync(region, FILE)

        assert counts(outcome) == (3, 0, 0, 0, 0)
        found = {it.row: it for it in needs.list_needs(make.system(region))}
        assert (found[2].title, found[2].people, found[2].people_text, found[2].file) == (
            "Palliasjon", 46, "41-46", "behov.xlsx",
        )  # fmt: skip
        assert (found[4].kind, found[4].cause, found[4].statutory) == (NeedKind.RECRUIT, Cause.RECRUITMENT, False)
        assert sum(len(held) for held in make_needs.membership(region).values()) == 3

    def test_changes_nothing_the_second_time_whatever_the_file_is_called(self) -> None:
        region = make.region()
        sync(region, FILE)
        before = make_needs.membership(region)

        assert counts(sync(region, FILE)) == (0, 0, 3, 0, 0)
        assert counts(sync(region, FILE, file="behov (2).xlsx")) == (0, 0, 3, 0, 0)
        assert make_needs.membership(region) == before
        assert {it.file for it in needs.list_needs(make.system(region))} == {"behov (2).xlsx"}

    def test_changes_the_edited_row_alone_and_its_share_with_it(self) -> None:
        region = make.region()
        sync(region, FILE)

        outcome = sync(
            region, [FILE[0], row(3, "Palliasjon", unit_name="Heimtun", target_group="Sykepleier", people=9), FILE[2]]
        )

        assert counts(outcome) == (0, 1, 2, 0, 0)
        changed = next(it for it in needs.list_needs(make.system(region)) if it.row == 3)
        share = needs.find_share_of(make.system(region), need_id=changed.id)
        assert share is not None
        assert (changed.people, share.people) == (9, 9)

    def test_knows_a_row_again_when_its_title_is_corrected(self) -> None:
        region = make.region()
        sync(region, FILE)

        outcome = sync(region, [*FILE[:2], row(4, "Excel videregående", unit_name="Servicetorget")])

        assert counts(outcome) == (0, 1, 2, 0, 0)

    def test_withdraws_what_has_left_the_file_and_takes_it_back(self) -> None:
        region = make.region()
        sync(region, FILE)

        assert counts(sync(region, FILE[:2])) == (0, 0, 2, 0, 1)
        gone = next(it for it in needs.list_needs(make.system(region)) if it.row == 4)
        assert gone.fate.stage is Stage.WITHDRAWN
        assert needs.find_share_of(make.system(region), need_id=gone.id) is None

        assert counts(sync(region, FILE)) == (0, 1, 2, 0, 0)
        assert needs.get_need(make.system(region), need_id=gone.id).fate.stage is Stage.ALONE

    def test_lets_a_need_withdrawn_by_hand_stay_withdrawn(self) -> None:
        region = make.region()
        sync(region, FILE)
        need_id = next(it.id for it in needs.list_needs(make.system(region)) if it.row == 4)
        needs.withdraw_need(make.system(region), need_id=need_id, why="Løst")

        assert counts(sync(region, FILE)) == (0, 0, 3, 0, 0)
        assert make_needs.stored_need(region, need_id).status == NeedStatus.WITHDRAWN

    def test_leaves_needs_told_by_hand_alone(self) -> None:
        region = make.region()
        by_hand = make_needs.need(region, region.municipalities[0], "Excel")

        sync(region, FILE)
        sync(region, [])

        assert make_needs.stored_need(region, by_hand).status == NeedStatus.REPORTED

    def test_rejects_the_faulty_rows_and_keeps_what_they_told_before(self) -> None:
        region = make.region()
        sync(region, FILE)

        outcome = sync(
            region,
            [row(2, "Palliasjon", unit_name="Heimtun", target_group="Sykepleier", people=40_000), FILE[1], FILE[2],
             row(5, " "), row(6, "x" * 300), row(7, "HMS", people=-3)],
        )  # fmt: skip

        assert counts(outcome) == (0, 0, 2, 4, 0)
        assert [(it.row, it.column, it.value[:6]) for it in outcome.rejections] == [
            (2, "Antall", "40000"), (5, "Kompetansebehov", " "), (6, "Kompetansebehov", "xxxxxx"), (7, "Antall", "-3"),
        ]  # fmt: skip
        assert "fra 1 til 10 000" in outcome.rejections[0].sentence % outcome.rejections[0].params
        kept = next(it for it in needs.list_needs(make.system(region)) if it.row == 2)
        assert kept.people == 46

    def test_places_by_unit_name_ambiguous_above_both_and_unknown_on_the_municipality(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        school = make.unit(town, "Skole")
        make.unit(town, "Nedre skole", parent=school)
        make.unit(town, "Nedre skole", parent=school)
        home = make.unit(town, "Heimtun")

        sync(
            region,
            [row(2, "A", unit_name="nedre skole"), row(3, "B", unit_name="Heimtun"), row(4, "C", unit_name="Ukjent")],
        )

        found = {it.title: it for it in needs.list_needs(make.system(region))}
        assert (found["A"].unit_id, found["B"].unit_id) == (school.pk, home.pk)
        assert (found["C"].unit_id, found["C"].unit_name) == (None, "Ukjent")

    def test_touches_no_other_municipality(self) -> None:
        region = make.region(municipalities=2)
        sync(region, FILE, town=1)

        sync(region, [], town=0)

        assert all(it.status is NeedStatus.REPORTED for it in needs.list_needs(make.system(region)))

    def test_refuses_a_leader_and_a_file_of_too_many_rows(self) -> None:
        region = make.region()
        town = region.municipalities[0]

        with pytest.raises(Refused):
            needs.sync_needs(
                make.context(make.leader(town)), tenant_id=town.tenant_id, rows=iter(FILE), file="behov.xlsx"
            )
        with pytest.raises(TooManyNeeds):
            sync(region, [row(i, f"Behov {i}") for i in range(20_001)])

        assert needs.list_needs(make.system(region)) == []

    def test_lets_hr_bring_in_the_municipalitys_file(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        ctx = make.context(make.with_role(region, Role.HR, town=town))

        outcome = needs.sync_needs(ctx, tenant_id=town.tenant_id, rows=iter(FILE), file="behov.xlsx")

        assert outcome.created == 3

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kompetanse.domains.organisation import rules
from kompetanse.domains.organisation.models import Affiliation, Employee, Leadership, Post, Unit
from kompetanse.domains.organisation.types import PostInput, Role, UnitInput
from kompetanse.foundation.models import Deed
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import NotFound, Refused
from kompetanse.kernel.outcomes import Outcome
from tests import make
from tests.make.integrations import identity_number, post_input, sync_posts, sync_units
from tests.make.queries import counted


def counts(outcome: Outcome) -> tuple[int, int, int, int, int]:
    return outcome.created, outcome.changed, outcome.unchanged, outcome.rejected, outcome.ended


def unit_rows(town: make.Town, *codes: str, parent: str = "") -> list[UnitInput]:
    """The root and some units below it, as the file would tell."""
    root = UnitInput(2, town.root.code, town.root.name)
    return [root, *(UnitInput(row, code, f"Enhet {code}", parent or root.code) for row, code in enumerate(codes, 3))]


def posts_of(region: make.Region, town: make.Town) -> list[Post]:
    with tenant_scope(make.system(region)):
        return list(Post.objects.filter(tenant_id=town.tenant_id).select_related("employee", "unit").order_by("id"))


class TestSyncUnits:
    def test_builds_the_tree_whatever_the_order_of_the_rows(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        rows = unit_rows(town, "b", "a")
        rows[1] = replace(rows[1], parent_code="a")

        outcome = sync_units(region, town, *reversed(rows))

        assert counts(outcome) == (2, 0, 1, 0, 0)
        with tenant_scope(make.system(region)):
            units = {unit.code: unit for unit in Unit.objects.filter(tenant_id=town.tenant_id)}
        assert units["b"].path == [town.root.id, units["a"].id, units["b"].id]

    def test_the_same_file_again_changes_nothing(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        rows = unit_rows(town, "a", "b")
        sync_units(region, town, *rows)

        assert counts(sync_units(region, town, *rows)) == (0, 0, 3, 0, 0)

    def test_one_changed_cell_is_one_changed_row_and_the_paths_follow(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        rows = unit_rows(town, "a", "b", "c")
        rows[3] = replace(rows[3], parent_code="b")
        sync_units(region, town, *rows)

        outcome = sync_units(region, town, rows[0], rows[1], replace(rows[2], parent_code="a"), rows[3])

        assert counts(outcome) == (0, 1, 3, 0, 0)
        with tenant_scope(make.system(region)):
            ids = dict(Unit.objects.filter(tenant_id=town.tenant_id).values_list("code", "id"))
            path = Unit.objects.get(tenant_id=town.tenant_id, code="c").path
        assert path == [town.root.id, ids["a"], ids["b"], ids["c"]]

    def test_a_unit_that_has_left_the_file_is_ended_and_can_return(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        rows = unit_rows(town, "a", "b")
        sync_units(region, town, *rows)

        assert counts(sync_units(region, town, *rows[:2])) == (0, 0, 2, 0, 1)
        with tenant_scope(make.system(region)):
            assert Unit.objects.get(tenant_id=town.tenant_id, code="b").valid_to is not None
        assert counts(sync_units(region, town, *rows)) == (0, 1, 2, 0, 0)
        with tenant_scope(make.system(region)):
            assert Unit.objects.get(tenant_id=town.tenant_id, code="b").valid_to is None

    def test_a_unit_where_somebody_works_is_kept_until_they_have_left(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        rows = unit_rows(town, "a", "b")
        rows[2] = replace(rows[2], parent_code="a")
        sync_units(region, town, *rows)
        sync_posts(region, town, post_input("1", "b"))

        outcome = sync_units(region, town, rows[0])

        assert outcome.ended == 0
        assert outcome.examples["kept"] == ["a Enhet a", "b Enhet b"]
        sync_posts(region, town, post_input("1", town.root.code))
        with tenant_scope(make.system(region)):
            standing = Unit.objects.filter(tenant_id=town.tenant_id, valid_to=None)
            assert set(standing.values_list("code", flat=True)) == {town.root.code}

    def test_the_unit_of_a_row_that_could_not_be_read_is_not_ended(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        rows = unit_rows(town, "a", "b")
        sync_units(region, town, *rows)

        assert counts(sync_units(region, town, *rows[:2], protected_codes={"b"})) == (0, 0, 2, 0, 0)

    def test_rejects_what_makes_no_tree(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        rows = unit_rows(town, "a", "b", "c", "d", "e")
        rows[2] = replace(rows[2], parent_code="c")
        rows[3] = replace(rows[3], parent_code="b")
        rows[4] = replace(rows[4], parent_code="nowhere")
        rows[5] = replace(rows[5], parent_code="d")

        outcome = sync_units(region, town, *rows, replace(rows[1], row=9))

        assert counts(outcome) == (1, 0, 1, 5, 0)
        assert {rejection.row for rejection in outcome.rejections} == {4, 5, 6, 7, 9}

    def test_an_empty_file_ends_nothing(self) -> None:
        region = make.region()
        town = region.municipalities[0]

        assert counts(sync_units(region, town)) == (0, 0, 0, 0, 0)

    def test_refuses_a_leader_and_hides_another_municipality(self) -> None:
        region = make.region(municipalities=2)
        town, other = region.municipalities
        leader, hr = make.leader(town), make.with_role(region, Role.HR, town=town)
        before = len(unit_rows(town))

        with pytest.raises(Refused):
            sync_units(region, town, *unit_rows(town, "a"), ctx=make.context(leader))
        with pytest.raises(NotFound):
            sync_units(region, other, *unit_rows(other, "a"), ctx=make.context(hr))

        with tenant_scope(make.system(region)):
            assert not Unit.objects.filter(code="a", tenant_id__in=[town.tenant_id, other.tenant_id]).exists()
        assert before == 1

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", *"abcdefx"])), max_size=12))
    def test_every_row_is_arranged_once_after_its_parent_or_rejected_once(self, told: list[tuple[str, str]]) -> None:
        rows = [UnitInput(row, code, code, parent) for row, (code, parent) in enumerate(told, 2)]

        arranged, rejections = rules.arrange(rows)

        assert sorted([row.row for row in arranged] + [each.row for each in rejections]) == [row.row for row in rows]
        seen: set[str] = {""}
        for row in arranged:
            assert row.parent_code in seen
            seen.add(row.code)


class TestLeaders:
    def test_follow_the_employee_number_whichever_file_comes_first(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        root = UnitInput(2, town.root.code, town.root.name, leader_number="1")
        sync_units(region, town, root)
        sync_posts(region, town, post_input("1", town.root.code), post_input("2", town.root.code))
        assert self.leaders(region, town) == ["Nordmann 1"]

        sync_units(region, town, replace(root, leader_number="2"))

        assert self.leaders(region, town) == ["Nordmann 2"]

    def test_end_with_their_posts_and_when_the_file_no_longer_names_anybody(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        below = UnitInput(3, "a", "A", town.root.code, leader_number="2")
        root = UnitInput(2, town.root.code, town.root.name, leader_number="1")
        sync_units(region, town, root, below)
        first, second = post_input("1", town.root.code), post_input("2", town.root.code)
        sync_posts(region, town, first, second)
        later = make.system(region)
        later = later.at(later.now + timedelta(days=30))

        sync_posts(region, town, second, ctx=later)
        sync_units(region, town, root, replace(below, leader_number=""), ctx=later)

        with tenant_scope(make.system(region)):
            ended = list(Leadership.objects.filter(tenant_id=town.tenant_id).values_list("valid_to", flat=True))
        assert ended == [later.today - timedelta(days=1)] * 2

    @staticmethod
    def leaders(region: make.Region, town: make.Town) -> list[str]:
        with tenant_scope(make.system(region)):
            standing = Leadership.objects.filter(tenant_id=town.tenant_id, valid_to=None)
            return list(standing.values_list("employee__family_name", flat=True))


class TestSyncPosts:
    def test_takes_people_and_posts_in_and_the_same_file_changes_nothing(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        rows = [
            post_input("1", town.root.code, identity_number=identity_number()),
            post_input("1", town.root.code, is_main=False, percent=Decimal(20)),
            post_input("2", town.root.code, leave_from=date(2027, 1, 1), leave_to=date(2027, 6, 1)),
        ]

        assert counts(sync_posts(region, town, *rows)) == (3, 0, 0, 0, 0)
        assert counts(sync_posts(region, town, *rows)) == (0, 0, 3, 0, 0)

        with tenant_scope(make.system(region)):
            assert Employee.objects.filter(tenant_id=town.tenant_id).count() == 2
            assert Affiliation.objects.filter(tenant_id=town.tenant_id).count() == 2

    @pytest.mark.parametrize(
        "change",
        [
            {"percent": Decimal(50)}, {"position_title": "Fagsykepleier"}, {"valid_to": date(2028, 1, 1)},
            {"valid_from": date(2020, 2, 1)}, {"is_main": False}, {"family_name": "Dahl"}, {"phone": "90000000"},
            {"leave_from": date(2027, 1, 1)},
        ],
        ids=lambda change: next(iter(change)),
    )  # fmt: skip
    def test_one_changed_cell_is_one_changed_row(self, change: dict[str, object]) -> None:
        region = make.region()
        town = region.municipalities[0]
        rows = [post_input(number, town.root.code) for number in ("1", "2", "3")]
        sync_posts(region, town, *rows)
        ids = [post.id for post in posts_of(region, town)]
        rows[1] = replace(rows[1], **change)  # type: ignore[arg-type]

        assert counts(sync_posts(region, town, *rows)) == (0, 1, 2, 0, 0)
        assert [post.id for post in posts_of(region, town)] == ids
        assert counts(sync_posts(region, town, *rows)) == (0, 0, 3, 0, 0)

    def test_the_nearest_match_never_takes_a_post_that_has_its_own_row_later(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        other = make.unit(town)
        here, there = post_input("1", town.root.code), post_input("1", other.code, is_main=False)
        sync_posts(region, town, here, there)
        before = {post.unit_id: post.id for post in posts_of(region, town)}

        outcome = sync_posts(region, town, replace(there, is_main=True, percent=Decimal(50)), here)

        assert counts(outcome) == (0, 1, 1, 0, 0)
        assert {post.unit_id: post.id for post in posts_of(region, town)} == before

    def test_equal_rows_are_two_posts_and_stay_two(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        row = post_input("1", town.root.code)

        assert counts(sync_posts(region, town, row, row)) == (2, 0, 0, 0, 0)
        assert counts(sync_posts(region, town, row, row)) == (0, 0, 2, 0, 0)
        assert counts(sync_posts(region, town, row)) == (0, 0, 1, 0, 1)

    def test_people_who_have_left_the_file_are_ended_never_deleted_and_may_return(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        stays, leaves = post_input("1", town.root.code), post_input("2", town.root.code)
        sync_posts(region, town, stays, leaves)

        outcome = sync_posts(region, town, stays)

        assert counts(outcome) == (0, 0, 1, 0, 1)
        assert outcome.examples["ended"] == ["2 Kari Nordmann 2 · Sykepleier"]
        assert [post.ended_on for post in posts_of(region, town)] == [None, make.system(region).today]
        assert counts(sync_posts(region, town, stays)) == (0, 0, 1, 0, 0)
        assert counts(sync_posts(region, town, stays, leaves)) == (0, 1, 1, 0, 0)
        assert [post.ended_on for post in posts_of(region, town)] == [None, None]

    def test_nobody_is_ended_because_their_row_could_not_be_read(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        rows = [post_input(number, town.root.code) for number in ("1", "2", "3")]
        sync_posts(region, town, *rows)

        outcome = sync_posts(region, town, rows[0], replace(rows[1], unit_code="9999"), protected_numbers={"3"})

        assert counts(outcome) == (0, 0, 1, 1, 0)
        assert (outcome.rejections[0].column, outcome.rejections[0].value) == ("unit_code", "9999")

    def test_a_file_without_a_sound_row_ends_nobody(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        sync_posts(region, town, post_input("1", town.root.code))

        assert counts(sync_posts(region, town, post_input("2", "9999"))) == (0, 0, 0, 1, 0)
        assert counts(sync_posts(region, town)) == (0, 0, 0, 0, 0)

    def test_a_person_in_two_municipalities_is_one_person_known_by_each(self) -> None:
        region = make.region(municipalities=2)
        one, two = region.municipalities
        who = identity_number()
        sync_posts(region, one, post_input("1", one.root.code, identity_number=who))
        sync_posts(region, two, post_input("77", two.root.code, identity_number=who, email="annen@example.com"))

        first, second = posts_of(region, one)[0].employee, posts_of(region, two)[0].employee

        assert first.person_id == second.person_id
        assert first.id != second.id
        assert (first.email, second.email) == ("kari.1@example.com", "annen@example.com")

    def test_two_numbers_of_one_identity_are_one_employee_with_the_main_posts_contact_data(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        who = identity_number()
        rows = [
            post_input("100", town.root.code, identity_number=who, email="b@example.com"),
            post_input("20", town.root.code, identity_number=who, email="a@example.com"),
            post_input("3", town.root.code, identity_number=who, email="c@example.com", is_main=False),
        ]

        sync_posts(region, town, *rows)

        with tenant_scope(make.system(region)):
            assert Employee.objects.get(tenant_id=town.tenant_id).email == "a@example.com"
        assert counts(sync_posts(region, town, *reversed(rows))) == (0, 0, 3, 0, 0)

    def test_an_identity_number_that_comes_later_is_added_and_one_put_right_is_replaced(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        sync_posts(region, town, post_input("1", town.root.code))
        first, second = identity_number(), identity_number()

        for who in (first, second):
            sync_posts(region, town, post_input("1", town.root.code, identity_number=who))

        with tenant_scope(make.system(region)):
            person = Employee.objects.get(tenant_id=town.tenant_id).person
        assert person.identity_hash is not None
        assert who not in person.identity_hash
        assert counts(sync_posts(region, town, post_input("1", town.root.code, identity_number=second))) == (
            0,
            0,
            1,
            0,
            0,
        )

    def test_a_number_given_to_somebody_new_does_not_give_them_the_others_history(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        old = post_input("1", town.root.code, identity_number=identity_number())
        sync_posts(region, town, old)
        new = replace(
            old, identity_number=identity_number(), given_name="Ola", family_name="Dahl", valid_from=date(2027, 3, 1)
        )

        outcome = sync_posts(region, town, new)

        assert counts(outcome) == (1, 0, 0, 0, 1)
        assert [post.employee.given_name for post in posts_of(region, town)] == ["Kari", "Ola"]

    def test_rejects_what_the_database_could_not_hold(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        sound = post_input("1", town.root.code)
        rows = [
            sound, replace(sound, row=3, valid_to=date(2019, 1, 1)), replace(sound, row=4, leave_to=date(2027, 1, 1)),
            replace(sound, row=5, percent=Decimal(101)), replace(sound, row=6, position_title="x" * 121),
        ]  # fmt: skip

        outcome = sync_posts(region, town, *rows)

        assert counts(outcome) == (1, 0, 0, 4, 0)
        assert [each.column for each in outcome.rejections] == ["valid_to", "leave_to", "percent", "position_title"]
        assert all(each.sentence % each.params for each in outcome.rejections if each.params)

    def test_refuses_a_leader_and_hides_another_municipality(self) -> None:
        region = make.region(municipalities=2)
        town, other = region.municipalities
        hr, leader = make.with_role(region, Role.HR, town=town), make.leader(town)
        before = [post.id for post in posts_of(region, town)]

        with pytest.raises(Refused):
            sync_posts(region, town, post_input("1", town.root.code), ctx=make.context(leader))
        with pytest.raises(NotFound):
            sync_posts(region, other, post_input("1", other.root.code), ctx=make.context(hr))

        assert [post.id for post in posts_of(region, town)] == before
        assert posts_of(region, other) == []

    def test_says_what_was_done_and_by_which_act(self) -> None:
        region = make.region()
        town = region.municipalities[0]

        sync_posts(region, town, post_input("1", town.root.code))

        with tenant_scope(make.system(region)):
            deed = Deed.objects.get(tenant_id=town.tenant_id, event="PostsSynchronised")
        assert deed.operation == "organisation.sync_posts"
        assert deed.details == {"created": 1, "changed": 0, "ended": 0}

    def test_needs_no_more_queries_for_a_long_file(self) -> None:
        def queries(rows: int) -> int:
            region = make.region()
            town = region.municipalities[0]
            with counted() as asked:
                sync_posts(region, town, *(post_input(str(number), town.root.code) for number in range(rows)))
            return len(asked)

        assert queries(2) == queries(200)

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(
            st.lists(
                st.tuples(
                    st.sampled_from(["1", "2", "3"]), st.sampled_from(["root", "nowhere"]), st.booleans(),
                    st.sampled_from([20, 50]), st.sampled_from([date(2020, 1, 1), date(2021, 1, 1)]),
                ),
                max_size=8,
            ),
            min_size=1, max_size=3,
        )
    )  # fmt: skip
    def test_every_row_has_one_fate_and_the_posts_are_those_of_the_file(
        self, files: list[list[tuple[str, str, bool, int, date]]]
    ) -> None:
        region = make.region()
        town = region.municipalities[0]
        for told in files:
            rows: list[PostInput] = [
                post_input(
                    number, town.root.code if unit == "root" else unit, row=row, is_main=is_main,
                    percent=Decimal(percent), valid_from=begun,
                )
                for row, (number, unit, is_main, percent, begun) in enumerate(told, 2)
            ]  # fmt: skip
            sound = [row for row in rows if row.unit_code == town.root.code]
            spared = {row.employee_number for row in rows} - {row.employee_number for row in sound}

            outcome = sync_posts(region, town, *rows)
            again = sync_posts(region, town, *rows)

            assert outcome.read == len(rows)
            assert again.unchanged == len(sound)
            if sound and not spared and len(sound) == len(rows):
                standing = [post for post in posts_of(region, town) if post.ended_on is None]
                assert sorted((p.employee_number, p.is_main, p.percent, p.valid_from) for p in standing) == sorted(
                    (row.employee_number, row.is_main, row.percent, row.valid_from) for row in sound
                )

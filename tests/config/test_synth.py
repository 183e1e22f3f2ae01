"""The made-up nation is as large as it says, the same each time, and never laid beside what is real."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from django.db import connections

from kompetanse.config.synth import loading, people, register
from kompetanse.config.synth.plan import ALONE, PERSONS, Municipality, plan
from tests import make
from tests.make import competence as made

DAY = date(2027, 3, 15)


class TestPlan:
    def test_is_as_large_as_the_country(self) -> None:
        nation = plan("nation")
        assert len(nation) == 357
        assert sum(town.people for town in nation) == PERSONS == 500_000
        assert abs(sum(town.units for town in nation) - 20_000) < 200
        posts = sum(town.people + town.seconds + town.guests for town in nation)
        assert abs(posts - 520_000) < 2_000
        sizes = sorted(town.people for town in nation)
        assert sizes[0] < 300
        assert sizes[178] < 600
        assert sizes[-1] > 40_000

    def test_has_a_region_of_seven_that_is_the_same_alone(self) -> None:
        seven = [town for town in plan("nation") if town.region == 0]
        assert len(seven) == 7
        assert sum(town.people for town in seven) == 37_000
        assert seven == plan("region")
        assert plan("municipality") == [seven[ALONE]]
        assert seven[ALONE].people == 1_500

    def test_sets_aside_ids_that_nobody_else_has(self) -> None:
        nation = plan("nation")
        for one, after in pairwise(nation):
            assert after.first_person == one.first_person + one.people
            assert after.first_employee == one.first_employee + one.people + one.guests
            assert after.first_post == one.first_post + one.people + one.seconds + one.guests
            assert after.first_unit == one.first_unit + one.units


class TestStaff:
    @pytest.mark.parametrize("town", [plan("nation")[at] for at in (ALONE, 7, 150, 356)], ids=lambda town: town.name)
    def test_keeps_within_the_plan(self, town: Municipality) -> None:
        told = people.staff(town, random.Random(1))
        assert len({post.id for post in told.posts}) == town.people + town.seconds + town.guests
        assert {place.id for place in told.places} <= set(range(town.first_unit, town.first_unit + town.units))
        assert all(place.path[-1] == place.id for place in told.places)
        ids = {place.id for place in told.places}
        assert all(set(place.path) <= ids for place in told.places)
        held = Counter(post.employee for post in told.posts)
        assert set(held) == {employee for employee, _ in told.persons}
        led = [post.place.id for post in told.posts if post.leads]
        assert len(led) == len(set(led))


class TestMunicipality:
    def rows(self, seed: int) -> dict[str, list[str]]:
        made.register()
        rules, targeting = register.read()
        town = plan("municipality")[0]
        found = loading.municipality(town, 7, seed, DAY, rules, targeting)
        return {table: list(rows) for table, _, rows in found}

    def test_is_the_same_by_the_same_seed_and_another_by_another(self) -> None:
        once = self.rows(1)
        assert self.rows(1) == once
        other = self.rows(2)
        assert other["competence_evidence"] != once["competence_evidence"]
        assert 8 < len(once["competence_evidence"]) / len(once["organisation_employee"]) < 12


class TestLoad:
    def test_refuses_beside_what_is_real(self) -> None:
        make.region()
        with pytest.raises(loading.NotEmpty):
            loading.load("municipality", 1)
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT to_regclass('synth.nation'), to_regnamespace('synth')")
            assert cursor.fetchone() == (None, None)
            cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D'")
            assert cursor.fetchone() == (0,)

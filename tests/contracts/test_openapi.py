"""The interface for machines: what is promised is what is given, to those who may have it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.test import Client

from kompetanse.config.rest import api
from tools import openapi

from . import world as worlds
from .world import World

OPEN = {"/api/v1/requirements"}
ROOT = "/api/v1"
# Who may not, of those who belong to the region.
REFUSED = {"/pools": "employee"}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with worlds.on_the_day():
        yield worlds.world()


def addresses(world: World) -> list[str]:
    found = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    return [where.replace("{plan_id}", str(world.find("plan_id").pk)) for where in found]


class TestPromise:
    def test_is_as_committed(self) -> None:
        committed = openapi.OPENAPI.read_text(encoding="utf-8")
        assert committed == openapi.written(), "run python tools/openapi.py, and see that nobody's program breaks"

    def test_reads_only(self) -> None:
        for where, methods in json.loads(openapi.written())["paths"].items():
            assert set(methods) == {"get"}, where


class TestWhoMay:
    def test_nobody_without_signing_in_but_where_data_is_open(self, world: World) -> None:
        for where in addresses(world):
            answer = Client().get(where)
            if where in OPEN:
                assert answer.status_code == 200
            else:
                assert_problem(answer, 401, "not_signed_in")

    def test_the_office_reads_all(self, world: World) -> None:
        client = world.client(world.people["course_administrator"])
        for where in addresses(world):
            assert client.get(where).status_code == 200, where

    def test_another_regions_plan_is_not_there(self, world: World) -> None:
        where = f"{ROOT}/plans/{world.find('plan_id').pk}"
        for who in ("foreigner", "stranger"):
            answer = world.client(world.people[who]).get(where)
            assert answer.status_code == (404 if who == "foreigner" else 403)
        assert_problem(world.client(world.people["foreigner"]).get(where), 404, "not_found")
        assert_problem(world.client(world.people["employee"]).get(f"{ROOT}/plans/{10**12}"), 404, "not_found")

    def test_without_the_right_the_answer_says_why(self, world: World) -> None:
        for where, who in REFUSED.items():
            answer = world.client(world.people[who]).get(ROOT + where)
            assert_problem(answer, 403, "refused")
            assert answer.json()["detail"]

    def test_nothing_can_be_written(self, world: World) -> None:
        before = world.deeds()
        for where in addresses(world):
            assert world.client(world.people["course_administrator"]).post(where).status_code == 405, where
        assert world.deeds() == before


class TestWhatIsGiven:
    def test_me_knows_my_roles_and_my_own_municipality_only(self, world: World) -> None:
        told = world.client(world.people["employee"]).get(f"{ROOT}/me").json()
        assert told["roles"] == ["employee"]
        assert told["region"]["name"] == world.region.name
        assert [it["number"] for it in told["region"]["municipalities"]] == [world.town.number]

    def test_a_stranger_is_in_no_region(self, world: World) -> None:
        told = world.client(world.people["stranger"]).get(f"{ROOT}/me").json()
        assert told["roles"] == []
        assert told["region"] is None

    def test_a_requirement_says_what_it_rests_on(self, world: World) -> None:
        world.find("requirement_id")
        rows = Client().get(f"{ROOT}/requirements").json()
        mine = next(row for row in rows if row["code"] == worlds.REQUIREMENT)
        assert mine["source_type"]
        assert mine["verified"]

    def test_a_pool_is_numbers_and_never_needs(self, world: World) -> None:
        pool = world.find("pool_id")
        rows = world.client(world.people["forum_member"]).get(f"{ROOT}/pools").json()
        mine = next(row for row in rows if row["id"] == pool.pk)
        assert mine["reference"] == f"SAMLING-{pool.pk}"
        assert mine["people"] == 10
        assert len(mine["municipalities"]) == 2
        assert set(mine) == {
            "id", "reference", "title", "status", "score", "municipalities", "needs", "people", "people_at_least",
            "unknown", "statutory",
        }  # fmt: skip

    def test_a_plan_holds_its_measures_within_its_frame(self, world: World) -> None:
        measure = world.find("measure_id")
        told = world.client(world.people["employee"]).get(f"{ROOT}/plans/{world.find('plan_id').pk}").json()
        assert told["status"] == "adopted"
        assert told["budget_ore"] <= told["frame_ore"]
        assert [it["reference"] for it in told["measures"]] == [f"TILTAK-{measure.pk}"]

    def test_runs_are_those_of_the_readers_region(self, world: World) -> None:
        run = world.find("run_id")
        mine = world.client(world.people["employee"]).get(f"{ROOT}/runs").json()
        theirs = world.client(world.people["foreigner"]).get(f"{ROOT}/runs").json()
        assert run.pk in {row["id"] for row in mine}
        assert run.pk not in {row["id"] for row in theirs}


def assert_problem(answer: object, status: int, code: str) -> None:
    assert answer.status_code == status  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "application/problem+json"  # type: ignore[index]
    assert answer.json()["code"] == code  # type: ignore[attr-defined]

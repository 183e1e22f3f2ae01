"""One municipality's people ask everything there is to ask about the pools, and learn no small number of another's."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from django.test import Client

from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.models import Need, Pool, Share
from kompetanse.domains.needs.queries.tracing import LEAST_TOLD, MOST_TOLD
from kompetanse.domains.needs.rules.telling_numbers import added, exactly, told_of
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.suppression import Shown
from tests import make
from tests.make import governance as make_governance
from tests.make import needs as make_needs

# Title, then how many people each of four municipalities tells of, need by need.
WORLD: dict[str, tuple[tuple[int | None, ...], ...]] = {
    "Palliasjon": ((3,), (2,), (4, 7), (12,)),
    "Arbeidsvarsling": ((8,), (1,), (), (3,)),
    "Excel videregående": ((1,), (), (), ()),
    "Varme arbeider": ((), (2, 3), (None,), ()),
    "Fallforebygging": ((40,), (6,), (11,), (1,)),
    "Norskopplæring": ((), (), (4,), ()),
}
INSIDE = 3  # the municipality that the attacker comes from, and knows


class World:
    """A region with pools, and people who may see them without arranging them."""

    def __init__(self) -> None:
        self.region = make.region(municipalities=4)
        self.needs: dict[int, tuple[int, int | None]] = {}
        self.pools: list[int] = []
        for title, places in WORLD.items():
            first = None
            for at, numbers in enumerate(places):
                for people in numbers:
                    need_id = make_needs.need(self.region, self.region.municipalities[at], title, people=people)
                    self.needs[need_id] = (at, people)
                    mine = make_needs.pool_of(self.region, need_id)
                    if first is None:
                        first = mine
                    elif mine != first:
                        needs.merge_pools(make.system(self.region), pool_id=first, from_pool_id=mine)
            assert first is not None
            needs.confirm_pool(make.system(self.region), pool_id=first)
            self.pools.append(first)
        meeting_id = make_governance.meeting(self.region)
        self.case_id = make_governance.case(self.region, meeting_id=meeting_id)
        town = self.region.municipalities[INSIDE]
        self.clients: dict[Role, Client] = {}
        for role in (Role.FORUM_MEMBER, Role.CHIEF_EXECUTIVE):
            who = make.employee(town)
            _seat(self.region, who, role)
            self.clients[role] = client = Client()
            client.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")

    def hidden(self) -> list[int]:
        """Needs whose number must not be found from inside one municipality."""
        return [it for it, (at, people) in self.needs.items() if at != INSIDE and people is not None and people < 5]

    def set(self, numbers: dict[int, int]) -> None:
        with tenant_scope(make.system(self.region)):
            for need_id, people in numbers.items():
                Need.objects.filter(pk=need_id).update(people=people)
                Share.objects.filter(need_id=need_id).update(people=people)

    def arrange(self) -> None:
        """What the office does between two looks: moves, splits and merges, and somebody takes a need back."""
        ctx = make.system(self.region)
        for need_id, pool_id in zip(self.hidden()[:2], self.pools[1:3], strict=True):
            share = needs.find_share_of(ctx, need_id=need_id)
            assert share is not None
            if share.pool_id != pool_id:
                needs.move_share(ctx, share_id=share.id, pool_id=pool_id)
        page = needs.get_pool(ctx, self.pools[4])
        needs.split_pool(ctx, pool_id=page.id, share_ids=[page.shares[0].id], title="Fall")
        needs.merge_pools(ctx, pool_id=self.pools[3], from_pool_id=self.pools[5])
        needs.withdraw_need(ctx, need_id=self.hidden()[-1], why="Løst")

    def questions(self) -> Iterator[str]:
        for sort in ("", "people", "statutory", "unsure", "title", "tull"):
            yield f"/samlinger/?sort={sort}"
        yield "/samlinger/?sort=people&status=confirmed"
        for text in ("a", "Palliasjon", "Excel", "finnes ikke"):
            yield f"/samlinger/?q={text}&sort=people"
        with tenant_scope(make.system(self.region)):
            ids = list(Pool.objects.filter(tenant_id=self.region.tenant_id).order_by("id").values_list("id", flat=True))
        for pool_id in ids:
            yield f"/samlinger/{pool_id}/"
            yield f"/traad/?ref=SAMLING-{pool_id}"
        yield f"/samlinger/prioritering/{self.case_id}/"
        yield "/api/v1/pools"
        yield "/traad/hull/"
        yield "/behov/"
        yield "/"

    def answers(self) -> dict[tuple[Role, str], str]:
        found = {}
        for role, client in self.clients.items():
            for question in self.questions():
                reply = client.get(question)
                told = reply.content.decode()
                found[role, question] = re.sub(
                    r'(csrfmiddlewaretoken" value=|X-CSRFToken[^a-zA-Z0-9]+)"?[\w-]+|SAMLING-\d+', "", told
                )
        return found

    def both(self, numbers: dict[int, int]) -> list[dict[tuple[Role, str], str]]:
        """What is told before and after the office has arranged, of a world with these numbers; then as it was."""
        with transaction.atomic():
            self.set(numbers)
            before = self.answers()
            self.arrange()
            after = self.answers()
            transaction.set_rollback(True)
        return [before, _numberless(after)]


def _numberless(answers: dict[tuple[Role, str], str]) -> dict[tuple[Role, str], str]:
    """A pool made in a world that is rolled back has another id in the next."""
    return {
        (role, re.sub(r"\d{2,}", "N", question)): re.sub(r"/samlinger/\d+/|value=\"\d+\"|\"id\":\s*\d+", "", text)
        for (role, question), text in answers.items()
        if "/samlinger/" not in question or "?" in question
    }


def _seat(region: make.Region, who: make.Who, role: Role) -> None:
    organisation.give_role(
        make.system(region), tenant_id=region.tenant_id, person_id=who.person_id, role=role,
        valid_from=date(2020, 1, 1),
    )  # fmt: skip


@pytest.fixture(scope="module")
def world() -> World:
    return World()


class TestThePages:
    def test_tell_the_same_whatever_a_small_number_is(self, world: World) -> None:
        hidden = world.hidden()
        assert len(hidden) == 8
        truth = world.both({})
        assert all(len(told) > 25 for told in truth)
        chance = random.Random(4)
        others = {it: chance.choice([n for n in range(1, 5) if n != world.needs[it][1]]) for it in hidden}
        for told, again in zip(truth, world.both(others), strict=True):
            different = [question for question, answer in told.items() if again[question] != answer]
            assert not different, f"{different[:3]} tell {others} from what is true"

    def test_would_be_caught_telling(self, world: World) -> None:
        """The same look through the eyes of the office, which sees the numbers, finds the difference."""
        client = Client()
        client.force_login(make.office(world.region).account, backend="django.contrib.auth.backends.ModelBackend")
        world.clients, kept = {Role.COURSE_ADMINISTRATOR: client}, world.clients
        try:
            told = world.answers()
            with transaction.atomic():
                world.set({world.hidden()[0]: 1})
                again = world.answers()
                transaction.set_rollback(True)
        finally:
            world.clients = kept
        assert told != again

    def test_show_a_municipality_its_own_number(self, world: World) -> None:
        page = world.clients[Role.FORUM_MEMBER].get(f"/samlinger/{world.pools[1]}/").content.decode()
        own = world.region.municipalities[INSIDE].name
        near = world.region.municipalities[1].name
        assert re.search(rf'<th scope="row">{own}</th>.*?<span>3', page)
        assert re.search(rf'<th scope="row">{near}</th>.*?<span>færre enn 5', page)

    def test_show_the_office_all(self, world: World) -> None:
        rows = needs.list_pools(make.context(make.office(world.region)), region_id=world.region.tenant_id)
        assert {row.id: row.people for row in rows}[world.pools[0]] == 28


class TestNumbers:
    @pytest.mark.parametrize("people", range(1, 30))
    def test_one_need_is_told_by_itself_alone(self, people: int) -> None:
        assert told_of(people) == (Shown(1, 4) if people < 5 else exactly(people))

    def test_the_database_adds_up_as_the_rule_does(self, world: World) -> None:
        with tenant_scope(make.system(world.region)):
            rows = Share.objects.filter(tenant_id=world.region.tenant_id, people__isnull=False).annotate(
                least=LEAST_TOLD, most=MOST_TOLD
            )
            for row in rows:
                assert Shown(row.least, row.most) == told_of(row.people)

    def test_an_arrangement_never_makes_a_sum_surer(self) -> None:
        """However needs are put together, the parts' bounds add up to the whole's: no difference is to be taken."""
        chance = random.Random(1)
        for _ in range(200):
            told = [told_of(chance.randint(1, 12)) for _ in range(8)]
            cut = chance.randint(0, 8)
            assert added([added(told[:cut]), added(told[cut:])]) == added(told)

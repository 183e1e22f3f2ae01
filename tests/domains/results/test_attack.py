"""A forum member asks everything there is to ask of plans and results, and learns no small number of another's."""

from __future__ import annotations

import io
import itertools
import random
import re
import zipfile
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from pypdf import PdfReader

from kompetanse.domains.organisation.types import Role
from kompetanse.domains.results.models import MeasureResult
from kompetanse.domains.results.queries.told import tell
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.suppression import LEAST
from tests import make
from tests.domains.needs.test_pools_attack import _seat
from tests.make import governance as gov
from tests.make import plans as made_plans
from tests.make.organisation import NOW

# Ordered, attended, absent, evidence: for each measure, municipality by municipality.
WORLD = (
    ((6, 3, 1, 2), (20, 17, 6, 11), (2, 1, 0, 0), (9, 9, 0, 8)),
    ((4, 4, 0, 4), (), (12, 6, 5, 6), (1, 1, 0, 1)),
    ((), (3, 0, 3, 0), (), ()),
)
INSIDE = 3  # the municipality that the attacker comes from, and knows


class World:
    """A region with an adopted plan and its results, and people who may read them."""

    def __init__(self) -> None:
        self.region = make.region(municipalities=4)
        gov.frame(self.region)
        self.plan_id = made_plans.plan(self.region)
        self.measures = [made_plans.measure(self.region, self.plan_id, title=f"Kurs {n}") for n in (1, 2, 3)]
        made_plans.adopt(self.region, self.plan_id)
        self.truth: dict[tuple[int, int], tuple[int, ...]] = {}
        with tenant_scope(make.system(self.region)):
            for measure_id, places in zip(self.measures, WORLD, strict=True):
                for at, numbers in enumerate(places):
                    if numbers:
                        ordered, attended, absent, evidence = numbers
                        row = MeasureResult.objects.create(
                            tenant_id=self.region.tenant_id, measure_id=measure_id, ordered=ordered,
                            municipality_id=self.region.municipalities[at].tenant_id, attended=attended,
                            seated=attended + absent, absent=absent, evidence=evidence, refreshed_at=NOW,
                        )  # fmt: skip
                        self.truth[row.pk, at] = numbers
        town = self.region.municipalities[INSIDE]
        self.clients: dict[Role, Client] = {}
        for role in (Role.FORUM_MEMBER, Role.CHIEF_EXECUTIVE, Role.UNION_REPRESENTATIVE):
            who = make.employee(town)
            _seat(self.region, who, role)
            self.clients[role] = client = Client()
            client.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")

    def questions(self) -> Iterator[str]:
        towns = [town.tenant_id for town in self.region.municipalities]
        yield from ("/", "/resultat/", "/resultat/?aar=2027", "/traad/hull/", "/planer/")
        yield from (f"/resultat/?aar=2027&kommune={town}" for town in towns)
        yield f"/planer/{self.plan_id}.pdf"
        for ending in (
            "",
            "dekning/",
            "fordeling/",
            "versjoner/",
            *(f"tertialrapport/?tertial={n}" for n in (1, 2, 3)),
        ):
            yield f"/planer/{self.plan_id}/{ending}"
        yield f"/planer/{self.plan_id}/tertialrapport/?format=pdf"
        for town, form in itertools.product(towns, ("", "&format=xlsx", "&format=pdf")):
            yield f"/planer/{self.plan_id}/kommuneplan/?kommune={town}{form}"
        for form in ("?format=xlsx", "?format=csv"):
            yield f"/planer/{self.plan_id}/{form}"
            yield f"/resultat/{form}"
        for measure_id in self.measures:
            yield f"/resultat/{measure_id}/"
            yield f"/tiltak/{measure_id}/"
            yield f"/traad/?ref=TILTAK-{measure_id}"

    def answers(self) -> dict[tuple[Role, str], str]:
        found = {}
        for role, client in self.clients.items():
            for question in self.questions():
                reply = client.get(question)
                found[role, question] = f"{reply.status_code} {_text(reply.content)}"
        return found

    def told(self, numbers: dict[tuple[int, int], tuple[int, ...]]) -> dict[tuple[Role, str], str]:
        """What is told of a world with these numbers; then it is as it was."""
        with transaction.atomic():
            with tenant_scope(make.system(self.region)):
                for (pk, _at), (ordered, attended, absent, evidence) in numbers.items():
                    MeasureResult.objects.filter(pk=pk).update(
                        ordered=ordered, attended=attended, absent=absent, evidence=evidence, seated=attended + absent
                    )
            answers = self.answers()
            transaction.set_rollback(True)
        return answers


def _text(content: bytes) -> str:
    """What stands in an answer: of a page, a PDF or a workbook."""
    if content.startswith(b"%PDF"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return "".join(book.read(name).decode() for name in sorted(book.namelist()) if "core" not in name)
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken[^a-zA-Z0-9]+)"?[\w-]+', "", content.decode())


def _other(numbers: tuple[int, ...], chance: random.Random) -> tuple[int, ...]:
    """The same to those who must not see small numbers: each small number is another small one."""
    told = tell(numbers, exact=False)  # type: ignore[arg-type]
    for _ in range(500):
        ordered, attended, absent, evidence = (
            chance.randint(0, LEAST - 1) if number < LEAST else number for number in numbers
        )
        again = (ordered, attended, absent, min(evidence, attended))
        if again != numbers and tell(again, exact=False) == told:
            return again
    return numbers


@pytest.fixture(scope="module")
def world() -> World:
    return World()


class TestThePages:
    def test_tell_the_same_whatever_a_small_number_is(self, world: World) -> None:
        truth = world.told({})
        assert sum(answer.startswith("200") for answer in truth.values()) > 60
        chance = random.Random(5)
        for _ in range(3):
            others = {key: _other(told, chance) for key, told in world.truth.items() if key[1] != INSIDE}
            assert sum(others[key] != world.truth[key] for key in others) >= 3
            again = world.told(others)
            different = [question for question, answer in truth.items() if again[question] != answer]
            assert not different, f"{different[:3]} tell {others} from what is true"

    def test_would_be_caught_telling(self, world: World) -> None:
        """The same look through the eyes of the office, which sees the numbers, finds the difference."""
        client = Client()
        client.force_login(make.office(world.region).account, backend="django.contrib.auth.backends.ModelBackend")
        world.clients, kept = {Role.COURSE_ADMINISTRATOR: client}, world.clients
        try:
            chance = random.Random(5)
            others = {key: _other(told, chance) for key, told in world.truth.items() if key[1] != INSIDE}
            assert world.told({}) != world.told(others)
        finally:
            world.clients = kept


class TestNumbers:
    def test_no_small_number_can_be_told_from_all_others(self) -> None:
        """Whatever is told of one municipality in one measure, two worlds at least give it, for each small number."""
        worlds: dict[object, set[tuple[int, ...]]] = {}
        for attended, absent in itertools.product(range(21), range(21)):
            for evidence in range(attended + 1):
                numbers = (7, attended, absent, evidence)
                told = tell(numbers, exact=False)
                worlds.setdefault(told, set()).add(numbers)
        # Worlds of more than twenty are not looked at: what could be one of them is left out.
        whole = {told: found for told, found in worlds.items() if max(row[1] + row[2] for row in found) < 20}
        assert len(whole) > 30
        for shown, possible in whole.items():
            for place, name in ((1, "attended"), (2, "absent"), (3, "evidence")):
                values = {numbers[place] for numbers in possible}
                assert len(values) > 1 or min(values) >= LEAST or values == {0}, f"{name} is {values} in {shown}"

    def test_what_is_told_holds_what_is_true(self) -> None:
        chance = random.Random(2)
        for _ in range(500):
            attended = chance.randint(0, 30)
            numbers = (chance.randint(0, 40), attended, chance.randint(0, 12), chance.randint(0, attended))
            told = tell(numbers, exact=False)
            for shown, number in zip((told.ordered, told.attended, told.absent, told.evidence), numbers, strict=True):
                assert shown.least <= number <= shown.most

"""The attacker at the forum's pages: whatever is asked for, nothing that is protected comes back.

The attacker knows the program and has fetched every page and file that a forum member can. For every small count, and
every value it must still be able to have, we look for another region that has that value there, publish it in the
place of the first, and fetch all of it again: not a letter may differ. What cannot be told apart is not told.
"""

from __future__ import annotations

import functools
import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test import Client

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import PublishedGap
from kompetanse.domains.competence.operations import publishing
from kompetanse.domains.competence.rules import published as rules
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import clock
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.suppression import Published
from tests import make
from tests.kernel import attack
from tests.kernel.attack import Count, World
from tests.make import competence as made

PARTS = rules.PARTS
DAYS = (datetime(2027, 3, 1, 9, tzinfo=UTC), datetime(2027, 4, 1, 9, tzinfo=UTC))
SIX = "abcdef"
# held, expiring, missing in each of six municipalities, in March and in April. Among them: nobody, one, a crowd whose
# sum is told, too few for the parts, lopsided either way, nobody lacking, everybody lacking, a cell that has changed.
REGION: dict[str, tuple[World, World]] = {
    "HLR": (
        {"a": (20, 6, 9), "b": (3, 1, 12), "c": (30, 0, 0), "d": (0, 0, 22), "e": (9, 2, 1), "f": (2, 0, 5)},
        {"a": (21, 6, 8), "b": (3, 1, 12), "c": (28, 1, 1), "d": (0, 0, 22), "e": (9, 2, 1), "f": (1, 0, 6)},
    ),
    "LEGEMIDDEL": (
        {"a": (1, 0, 1), "b": (0, 1, 2), "c": (2, 0, 0), "d": (0, 0, 3), "e": (1, 1, 0), "f": (0, 0, 3)},
        {"a": (1, 0, 1), "b": (1, 0, 2), "c": (2, 0, 0), "d": (0, 0, 3), "e": (2, 0, 0), "f": (0, 0, 3)},
    ),
    "FSE": (
        {"a": (0, 0, 0), "b": (4, 0, 0), "c": (0, 1, 0), "d": (5, 0, 0), "e": (13, 0, 1), "f": (12, 4, 2)},
        {"a": (1, 0, 0), "b": (4, 0, 0), "c": (0, 1, 0), "d": (4, 1, 0), "e": (13, 0, 1), "f": (12, 3, 3)},
    ),
}  # fmt: skip


class TestThePages:
    @pytest.fixture(autouse=True)
    def a_region(self, monkeypatch: pytest.MonkeyPatch) -> None:
        made.register()
        self.region = make.region(municipalities=len(SIX))
        self.tenants = dict(zip(SIX, (town.tenant_id for town in self.region.municipalities), strict=True))
        self.ids = {row.code: row.id for row in competence.list_requirements() if row.code in REGION}
        self.names = {row.code: row.name for row in competence.list_requirements() if row.code in REGION}
        self.client = Client()
        who = make.with_role(self.region, Role.FORUM_MEMBER)
        self.client.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
        self.truth: dict[str, tuple[World, World]] = REGION
        self.day = 0
        # The tables get ids that nothing else has, so that they can be told from other numbers on a page.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('competence_publishedgap', 'id'), nextval("
                "pg_get_serial_sequence('competence_publishedgap', 'id')) + 900000000)"
            )
        monkeypatch.setattr(publishing, "_people", self.people)
        monkeypatch.setattr(clock, "now", lambda: DAYS[1].replace(hour=12))

    def people(self, members: list[int], _today: object) -> dict[tuple[int, int], dict[str, int]]:
        assert members == sorted(self.tenants.values())
        return {
            (self.ids[code], self.tenants[place]): dict(zip(PARTS, count, strict=True))
            for code, days in self.truth.items()
            for place, count in days[self.day].items()
            if sum(count)
        }

    def publish(self, truth: dict[str, tuple[World, World]]) -> list[int]:
        """Both months' tables; their ids."""
        self.truth, made_ids = truth, []
        for day, when in enumerate(DAYS):
            self.day = day
            made_ids.append(competence.publish_gaps(make.system(self.region, when), region_id=self.region.tenant_id))
        assert all(made_ids)
        return [one for one in made_ids if one]

    # --- what can be asked for ------------------------------------------------------------------------

    def questions(self, tables: list[int], *, every: bool) -> Iterator[str]:
        """Every way of asking; without `every` those that the others are made of."""
        forum = "/kompetanse/forum/"
        shown = ("", "mangler", "snart", "gjelder")
        first = ("", self.ids["LEGEMIDDEL"])
        if not every:
            yield from (f"{forum}?tabell={table}&vis={vis}&sorter=mangler" for table in tables for vis in shown)
            yield f"{forum}?vis=mangler&sorter=dekning&format=csv"
            yield f"{forum}?tabell={tables[0]}&kommune={self.tenants['b']}&format=csv"
            yield from (f"{forum}{picture}/?krav={key}" for picture in ("kart", "utvikling") for key in first)
            yield f"{forum}?format=xlsx"
            yield "/"
            return
        sizes = range(1, len(SIX) + 1)
        subsets = [them for size in sizes for them in itertools.combinations(self.tenants.values(), size)]
        for table, vis in itertools.product(tables, shown):
            base = f"{forum}?tabell={table}&vis={vis}"
            for order in ("", "navn", "mangler", "dekning", "gjelder"):
                yield f"{base}&sorter={order}"
            yield f"{base}&format=csv"
            yield f"{base}&format=xlsx"
            for text in [*self.names.values(), *REGION, "finnes ikke"]:
                yield f"{base}&tekst={text}&format=csv"
            for source in ("lov", "forskrift", "veileder"):
                yield f"{base}&kilde={source}&sorter=mangler&format=csv"
        for table, them in itertools.product(tables, subsets):
            places = "".join(f"&kommune={tenant}" for tenant in them)
            yield f"{forum}?tabell={table}&vis=mangler&sorter=mangler{places}&format=csv"
            if len(them) in (1, len(SIX) - 1):
                yield f"{forum}?tabell={table}{places}"
        for table, key in itertools.product(tables, ["", *self.ids.values()]):
            yield f"{forum}kart/?tabell={table}&krav={key}"
        for key in ["", *self.ids.values()]:
            for place in ["", *(f"&kommune={tenant}" for tenant in self.tenants.values())]:
                yield f"{forum}utvikling/?krav={key}{place}"
        yield "/"

    def answers(self, tables: list[int], *, every: bool) -> dict[str, str]:
        """All that is told, by question; ids of the tables and tokens of the forms taken out."""
        found = {}
        for question in self.questions(tables, every=every):
            reply = self.client.get(question)
            assert reply.status_code == 200, question
            told = _text(reply.content, reply["Content-Type"])
            for number, table in enumerate(tables):
                question = question.replace(f"tabell={table}", f"tabell={number}")
                told = told.replace(str(table), f"T{number}")
            found[question] = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken[^a-zA-Z0-9]+)"?[\w-]+', "", told)
        return found

    # --- the attack -----------------------------------------------------------------------------------

    def test_tell_the_same_whatever_a_small_count_is(self) -> None:
        with transaction.atomic():
            told = self.answers(self.publish(REGION), every=False)
            transaction.set_rollback(True)
        others = list(worlds_alike())
        assert len(others) >= 5
        for other in others:
            with transaction.atomic():
                again = self.answers(self.publish(other), every=False)
                transaction.set_rollback(True)
            different = [question for question, answer in told.items() if again[question] != answer]
            assert not different, f"{different[:3]} tell {other} from what is true"

    def test_are_what_the_attackers_reasoning_is_about(self) -> None:
        """What is kept and shown is what the attacker of the kernel is let loose on, crowds and series included."""
        self.publish(REGION)
        with tenant_scope(make.system(self.region)):
            kept = [
                rules.unpacked(row.told)
                for row in PublishedGap.objects.filter(tenant_id=self.region.tenant_id).order_by("published_on")
            ]
        crowds = 0
        for code, (march, april) in REGION.items():
            first = attack.told(march, PARTS)
            # Elsewhere in the table other cells have changed, which only takes sums away.
            for day, (table, alone) in enumerate(zip(kept, (first, attack.told(april, PARTS, first)), strict=True)):
                for place, tenant in self.tenants.items():
                    cell = alone.cells[attack.ROW, place]
                    assert table.cells[self.ids[code], tenant] == cell, f"{code} {place} on day {day}"
                mine, theirs = table.crowds.get(self.ids[code], ()), alone.crowds.get(attack.ROW, ())
                assert {one.name for one in mine} <= {one.name for one in theirs}
                crowds += len(mine)
        assert crowds

    @pytest.mark.parametrize("inside", SIX)
    def test_hide_as_much_from_one_who_knows_a_column(self, inside: str) -> None:
        """Each municipality knows its own: whatever the others hide can still be anything."""
        assert list(worlds_alike(inside))

    def test_say_no_count_of_one_to_four_people_anywhere(self) -> None:
        told = self.answers(self.publish(REGION), every=True)
        numbers = 0
        for question, answer in told.items():
            for words in _said_of_people(question, answer):
                for number in _numbers(words):
                    numbers += 1
                    assert number == 0 or number >= 5, f"{question} says «{words}»"
        assert numbers > 2000


def worlds_alike(inside: str = "") -> Iterator[dict[str, tuple[World, World]]]:
    """Regions that are told as the true one is, until every small count has been all that it must be able to be.

    `inside` is a municipality whose counts are known and stay as they are.
    """
    wanted = {
        (code, day, place, measure, value)
        for code, days in REGION.items()
        for day, world in enumerate(days)
        for place in SIX
        if place != inside
        for measure, values in attack.protected(world, PARTS, place)
        for value in values
    } - witnessed(REGION)
    while wanted:
        other, touched = REGION, set[tuple[str, int, str]]()
        known = {(code, day, inside) for code in REGION for day in range(len(DAYS))}
        for goal in sorted(wanted):
            found = _with(goal, other, touched | known)
            if found is not None:
                other, cells = found
                touched |= cells
        assert touched, f"{min(wanted)} is ruled out by what is told"
        wanted -= witnessed(other)
        yield other


def published(region: dict[str, tuple[World, World]]) -> list[Published[int, int]]:
    """What is told of a region, both months."""
    tables: list[Published[int, int]] = []
    for day in range(len(DAYS)):
        people = {
            (row, column): dict(zip(PARTS, days[day][place], strict=True))
            for row, days in enumerate(region.values())
            for column, place in enumerate(SIX)
            if sum(days[day][place])
        }
        tables.append(rules.told_of(people, range(len(region)), range(len(SIX)), tables[-1] if tables else None))
    return tables


def witnessed(region: dict[str, tuple[World, World]]) -> set[tuple[str, int, str, str, int]]:
    return {
        (code, day, place, measure, value)
        for code, days in region.items()
        for day, world in enumerate(days)
        for place, count in world.items()
        for measure, value in (("required", sum(count)), *zip(PARTS, count, strict=True))
    }


@functools.cache
def behind(code: str, day: int, place: str) -> list[Count]:
    """Every count that would be told in this place as the true one is."""
    return attack.counts_behind(attack.told(REGION[code][day], PARTS).cells[attack.ROW, place], PARTS)


@functools.cache
def truth() -> list[Published[int, int]]:
    return published(REGION)


Cells = set[tuple[str, int, str]]


def _with(
    goal: tuple[str, int, str, str, int], region: dict[str, tuple[World, World]], touched: Cells
) -> tuple[dict[str, tuple[World, World]], Cells] | None:
    """The region with this count changed to what it must be able to be, told as before, and which cells changed.

    One other of the row may have to give or take. What is touched already stays as it is.
    """
    code, day, place, measure, value = goal
    if (code, day, place) in touched:
        return None
    others = [it for it in SIX if it != place and (code, day, it) not in touched]
    for count in behind(code, day, place):
        if (sum(count) if measure == "required" else count[PARTS.index(measure)]) != value:
            continue
        changes = itertools.chain(
            [{place: count}], ({place: count, other: given} for other in others for given in behind(code, day, other))
        )
        for change in changes:
            days = [world | change if at == day else world for at, world in enumerate(region[code])]
            found = region | {code: (days[0], days[1])}
            if published(found) == truth():
                return found, {(code, day, it) for it in change}
    return None


def _text(content: bytes, kind: str) -> str:
    """What a page or a file says; of a workbook its cells."""
    if "spreadsheet" not in kind:
        return content.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = sorted(name for name in book.namelist() if "sheet" in name or "sharedStrings" in name)
        return "\n".join(book.read(name).decode() for name in parts)


def _said_of_people(question: str, answer: str) -> list[str]:
    """The words that tell of people: cells of tables, labels of maps, what is said of them."""
    if "format=csv" in question:
        return [cell for line in answer.splitlines()[1:] for cell in line.split(";")[1:]]
    if "format=xlsx" in question:
        return re.findall(r"<c [^>]*?(?<!t=\"s\")><v>(\d+)</v>", answer)
    cells = re.findall(r"<td\b[^>]*>(.*?)</td>", answer, re.DOTALL)
    cells += re.findall(r"<text class=\"(?:soft|strong)\"[^>]*text-anchor=\"middle\">(.*?)</text>", answer)
    cells += re.findall(r"aria-label=\"([^\"]*: [^\"]*)\"", answer) + re.findall(r"<desc[^>]*>(.*?)</desc>", answer)
    cells += re.findall(r"class=\"ds-tag[^>]*>(.*?)</span>", answer, re.DOTALL)
    return [re.sub(r"<svg.*?</svg>|<[^>]+>", " ", cell, flags=re.DOTALL) for cell in cells]


def _numbers(words: str) -> list[int]:
    """The counts in a text: not shares, not the bound «færre enn 5», not names, months and years."""
    words = re.sub(r"Kommune \d+|\d+\s*%|færre enn 5|\b[a-z]{3} \d\d\b|\d+ punkter", " ", words.replace("\xa0", " "))
    return [int(it) for it in re.findall(r"\d+", re.sub(r"(?<=\d) (?=\d{3}\b)", "", words))]

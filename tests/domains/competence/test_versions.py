"""The register as people keep it: versions, the dry run, what municipalities decide, and what was known when."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import (
    Alternative,
    Equivalence,
    Keeping,
    LocalRule,
    RegisterRevision,
    Requirement,
    RequirementTarget,
    RequirementVersion,
    VersionReply,
)
from kompetanse.domains.competence.operations.keeping import follow_register
from kompetanse.domains.competence.queries.kept import statuses_of
from kompetanse.domains.competence.rules.status import NUMBERS
from kompetanse.domains.competence.rules.versions import few
from kompetanse.domains.competence.types import (
    CodeIsTaken,
    EndsBeforeItStarts,
    EquivalenceIsTold,
    FixedDayIsNoDay,
    IntervalNeedsAnchor,
    LawCannotBeDeclined,
    LocalIntervalIsLonger,
    LocalRequirementIsNoLaw,
    LocalRuleInput,
    LocalRuleIsEnded,
    LocalRuleOverlaps,
    MemberInput,
    RequirementInput,
    RequirementIsChanged,
    RequirementIsNotShared,
    RequirementNeedsItself,
    SourceType,
    State,
    TargetInput,
    UnknownRequirement,
    VersionBeginsSameDay,
    VersionCameWithProgramme,
    VersionIsTakenBack,
    WhyIsMissing,
)
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.models import Deed
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context, system_context
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import competence as made
from tests.make.competence import version
from tests.make.organisation import NOW

TODAY = NOW.date()
SOON = date(2027, 6, 1)
STATUSES = "SELECT employee_id, state, ends FROM {} WHERE requirement_id = %s ORDER BY employee_id"


@pytest.fixture(autouse=True)
def _in_sight_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The municipalities of other tests are not brought up to date: that job has a test of its own."""
    monkeypatch.setattr("kompetanse.foundation.jobs.enqueue", lambda function, **arguments: None)
    made.register()


class World:
    def setup_method(self) -> None:
        made.register()
        self.region = make.region(municipalities=2)
        self.town, self.near = self.region.municipalities
        self.office = make.context(make.office(self.region))
        self.hr = make.context(make.with_role(self.region, Role.HR, town=self.town))

    def person(self, code: str, *days: date, town: make.Town | None = None) -> make.Who:
        """Somebody the requirement is put to, with evidence of it."""
        who = make.employee(town or self.town, title=code)
        for day in days:
            made.evidence(who, code, day)
        return who

    def state(self, who: make.Who, code: str, day: date = TODAY) -> State | None:
        found = self.status(who, code, day)
        return found[0] if found else None

    def status(self, who: make.Who, code: str, day: date = TODAY) -> tuple[State, date | None] | None:
        key = Requirement.objects.get(code=code).pk
        tenant_id = made.of(who).tenant_id
        ctx = system_context("test", {tenant_id}, NOW + (day - TODAY))
        with tenant_scope(ctx):
            found = {one.requirement_id: one for one in statuses_of({tenant_id}, [made.of(who).id], day)}
        return (found[key].state, found[key].ends) if key in found else None

    def known(self, who: make.Who, code: str, day: date, known: Any) -> tuple[State, date | None] | None:
        return reckoned(
            self.region, made.of(who).tenant_id, code, "competence_status_known(%s, %s, %s)", day, known
        ).get(made.of(who).id)


def reckoned(region: make.Region, tenant_id: int, code: str, function: str, *told: Any) -> dict[int, Any]:
    key = Requirement.objects.get(code=code).pk
    with tenant_scope(make.system(region)), connection.cursor() as cursor:
        cursor.execute(STATUSES.format(function), [tenant_id, *told, key])
        return {who: (NUMBERS[state], ends) for who, state, ends in cursor.fetchall()}


def everything(region: make.Region) -> list[object]:
    """All that a refusal must leave as it was."""
    with tenant_scope(make.system(region)):
        shared = (Requirement, RequirementVersion, RequirementTarget, Alternative, Equivalence, RegisterRevision)
        own = (LocalRule, VersionReply, Deed)
        return [
            *(sorted(model.objects.values_list(), key=str) for model in shared),
            *(sorted(model.objects.filter(tenant_id__in=region.tenants).values_list(), key=str) for model in own),
        ]


def refuses(region: make.Region, error: type[Exception], act: Callable[[], object]) -> str:
    before = everything(region)
    with pytest.raises(error) as told:
        act()
    assert everything(region) == before
    return str(told.value)


class TestPublishVersion(World):
    def test_begins_on_its_day_and_the_one_before_ends_the_day_before(self) -> None:
        code = made.requirement(self.region)
        who = self.person(code, date(2025, 3, 15))
        assert self.status(who, code) == (State.HELD, None)
        said = version(
            valid_from=SOON, interval_months=24, anchor="completion", targets=(TargetInput("position", code),)
        )
        competence.publish_version(self.office, code, said)
        assert self.status(who, code) == (State.HELD, None)
        assert self.status(who, code, SOON - timedelta(days=1)) == (State.HELD, None)
        assert self.status(who, code, SOON) == (State.EXPIRED, date(2027, 3, 15))
        page = competence.get_requirement_history(self.office, Requirement.objects.get(code=code).pk)
        assert [row.valid_to for row in page.standing] == [None, SOON - timedelta(days=1)]
        assert [change.field for change in page.versions[0].changes] == ["interval_months", "anchor"]

    def test_leaves_the_dates_of_a_version_to_come_alone(self) -> None:
        code = made.requirement(self.region)
        competence.publish_version(self.office, code, version(valid_from=date(2030, 1, 1)))
        competence.publish_version(self.office, code, version(valid_from=SOON))
        rows = RequirementVersion.objects.filter(requirement__code=code, withdrawn_at=None).order_by("valid_from")
        assert [(row.valid_from, row.valid_to) for row in rows] == [
            (date(2022, 1, 1), date(2027, 5, 31)),
            (SOON, date(2029, 12, 31)),
            (date(2030, 1, 1), None),
        ]

    def test_does_not_alter_what_was_known_then(self) -> None:
        code = made.requirement(self.region)
        who = self.person(code, date(2025, 3, 15))
        later = NOW + timedelta(days=10)
        said = version(
            valid_from=TODAY, interval_months=12, anchor="completion", targets=(TargetInput("position", code),)
        )
        before = {day: self.known(who, code, day, NOW) for day in (date(2026, 1, 1), TODAY, date(2029, 1, 1))}
        competence.publish_version(self.office.at(later), code, said)
        assert {day: self.known(who, code, day, NOW) for day in before} == before
        assert set(before.values()) == {(State.HELD, None)}
        expired = (State.EXPIRED, date(2026, 3, 15))
        assert self.known(who, code, date(2029, 1, 1), later) == expired
        assert self.known(who, code, TODAY - timedelta(days=1), later) == (State.HELD, None)
        version_id = competence.get_requirement_history(self.office, _id(code)).standing[0].id
        competence.take_back_version(self.office.at(later + timedelta(days=10)), version_id, "Feil lest")
        assert self.known(who, code, date(2029, 1, 1), later) == expired
        assert self.known(who, code, date(2029, 1, 1), later + timedelta(days=11)) == (State.HELD, None)

    def test_is_met_by_a_whole_group(self) -> None:
        part, other = made.requirement(self.region), made.requirement(self.region)
        ways = ((MemberInput(part), MemberInput(other)),)
        code = made.requirement(self.region, alternatives=ways)
        who = self.person(code)
        made.evidence(who, part)
        assert self.state(who, code) is State.MISSING
        made.evidence(who, other)
        assert self.state(who, code) is State.HELD

    def test_refuses_what_cannot_be_said_and_changes_nothing(self) -> None:
        code = made.requirement(self.region)
        own = made.requirement(self.region, town=self.town)

        def tell(**told: object) -> Callable[[], object]:
            return lambda: competence.publish_version(self.office, code, version(**{"valid_from": SOON, **told}))

        refuses(self.region, VersionBeginsSameDay, tell(valid_from=date(2022, 1, 1)))
        refuses(self.region, IntervalNeedsAnchor, tell(interval_months=12))
        sentence = refuses(
            self.region, FixedDayIsNoDay,
            tell(interval_months=12, anchor="fixed_date", fixed_month=2, fixed_day=31),
        )  # fmt: skip
        assert sentence.startswith("«31.2.» kan ikke være fast dato.")
        refuses(self.region, UnknownRequirement, tell(alternatives=((MemberInput("FINNES-IKKE"),),)))
        refuses(self.region, RequirementNeedsItself, tell(alternatives=((MemberInput(code),),)))
        refuses(self.region, RequirementIsNotShared, tell(alternatives=((MemberInput(own),),)))
        refuses(self.region, UnknownRequirement, lambda: competence.publish_version(self.office, "X", version()))

    def test_refuses_those_who_do_not_keep_it(self) -> None:
        code, own = made.requirement(self.region), made.requirement(self.region, town=self.town)
        neighbour = make.context(make.with_role(self.region, Role.HR, town=self.near))
        for who in (self.hr, make.context(make.leader(self.town))):
            refuses(self.region, Refused, partial(competence.publish_version, who, code, version()))
        refuses(self.region, UnknownRequirement, lambda: competence.publish_version(neighbour, own, version()))
        refuses(self.region, Refused, lambda: competence.publish_version(self.office, own, version()))
        assert competence.publish_version(self.hr, own, version(valid_from=SOON))

    def test_refuses_who_has_not_seen_the_newest(self) -> None:
        code = made.requirement(self.region)
        seen = competence.get_requirement_history(self.office, _id(code)).standing[0].id
        competence.publish_version(self.office, code, version(valid_from=SOON, seen=seen))
        refuses(
            self.region, RequirementIsChanged,
            lambda: competence.publish_version(self.office, code, version(valid_from=date(2028, 1, 1), seen=seen)),
        )  # fmt: skip

    def test_lets_one_of_two_at_once_win(self) -> None:
        code = made.requirement(self.region)
        seen = competence.get_requirement_history(self.office, _id(code)).standing[0].id
        outcomes: list[str] = []
        ready = threading.Barrier(2)

        def tell(day: date) -> None:
            try:
                ready.wait()
                competence.publish_version(self.office, code, version(valid_from=day, seen=seen))
                outcomes.append("done")
            except RequirementIsChanged:
                outcomes.append("refused")
            finally:
                connection.close()

        threads = [threading.Thread(target=tell, args=(SOON + timedelta(days=n),)) for n in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["done", "refused"]

    def test_keeps_those_in_sight_and_puts_the_others_behind(self) -> None:
        code = made.requirement(self.region)
        elsewhere = make.region()
        make.employee(elsewhere.municipalities[0])
        competence.publish_version(self.office, code, version(valid_from=SOON))
        revision = RegisterRevision.objects.get().revision
        assert self.revision(self.region, self.town) == revision == self.revision(self.region, self.near)
        assert self.revision(elsewhere, elsewhere.municipalities[0]) < revision

    def revision(self, region: make.Region, town: make.Town) -> int:
        with tenant_scope(make.system(region)):
            found: int = Keeping.objects.get(tenant_id=town.tenant_id).revision
        return found


def _id(code: str) -> int:
    return Requirement.objects.get(code=code).pk


class TestFollowRegister:
    def test_brings_on_those_who_were_not_in_sight(self, monkeypatch: pytest.MonkeyPatch) -> None:
        region, elsewhere = make.region(), make.region()
        town = elsewhere.municipalities[0]
        make.employee(town)
        code = made.requirement(region)
        rows = [row for row in make_list() if row.tenant_id == town.tenant_id]
        monkeypatch.setattr("kompetanse.domains.organisation.api.list_municipalities", lambda: rows)
        follow_register()
        assert code
        with tenant_scope(make.system(elsewhere)):
            assert Keeping.objects.get(tenant_id=town.tenant_id).revision == RegisterRevision.objects.get().revision


def make_list() -> list[Any]:
    from kompetanse.domains.organisation import api as organisation

    return organisation.list_municipalities()


class TestTakeBackVersion(World):
    def test_gives_everybody_the_status_they_had(self) -> None:
        code = made.requirement(self.region, interval_months=36, anchor="completion")
        people = [self.person(code, date(2025, 1, n + 1)) for n in range(3)]
        before = [self.status(who, code) for who in people]
        version_id = competence.publish_version(self.office, code, version(valid_from=date(2027, 1, 1)))
        assert {self.status(who, code) for who in people} == {None}
        competence.take_back_version(self.office, version_id, "Feil kilde")
        assert [self.status(who, code) for who in people] == before
        with tenant_scope(self.office):
            deed = Deed.objects.filter(event="VersionTakenBack").latest("pk")
            assert deed.details["why"] == "Feil kilde"

    def test_lets_the_one_before_reach_the_one_after(self) -> None:
        code = made.requirement(self.region)
        competence.publish_version(self.office, code, version(valid_from=date(2030, 1, 1)))
        between = competence.publish_version(self.office, code, version(valid_from=SOON))
        competence.take_back_version(self.office, between, "Dobbelt")
        rows = RequirementVersion.objects.filter(requirement__code=code, withdrawn_at=None).order_by("valid_from")
        assert [(row.valid_from, row.valid_to) for row in rows] == [
            (date(2022, 1, 1), date(2029, 12, 31)),
            (date(2030, 1, 1), None),
        ]

    def test_finds_the_version_by_its_first_row_too(self) -> None:
        code = made.requirement(self.region)
        told = competence.publish_version(self.office, code, version(valid_from=SOON))
        competence.publish_version(self.office, code, version(valid_from=date(2030, 1, 1)))
        competence.take_back_version(self.office, told, "Feil")
        assert len(competence.get_requirement_history(self.office, _id(code)).standing) == 2

    def test_refuses_without_why_twice_and_what_came_with_the_programme(self) -> None:
        code = made.requirement(self.region)
        told = competence.publish_version(self.office, code, version(valid_from=SOON))
        refuses(self.region, WhyIsMissing, lambda: competence.take_back_version(self.office, told, " "))
        refuses(self.region, Refused, lambda: competence.take_back_version(self.hr, told, "Feil"))
        refuses(self.region, NotFound, lambda: competence.take_back_version(self.office, 10**12, "Feil"))
        competence.take_back_version(self.office, told, "Feil")
        refuses(self.region, VersionIsTakenBack, lambda: competence.take_back_version(self.office, told, "Feil"))
        file = RequirementVersion.objects.get(requirement__code="FSE", withdrawn_at=None)
        refuses(
            self.region, VersionCameWithProgramme, lambda: competence.take_back_version(self.office, file.pk, "Feil")
        )


class TestAddRequirement(World):
    def test_puts_the_number_first_in_a_municipalitys_own_and_hides_it_from_others(self) -> None:
        code = made.requirement(self.region, town=self.town, source_type=SourceType.INTERNAL)
        assert code.startswith(f"{self.town.number}-PRØVE-")
        mine, theirs = self.person(code), self.person(code, town=self.near)
        assert (self.state(mine, code), self.state(theirs, code)) == (None, None)
        title = code.removeprefix(f"{self.town.number}-")
        assert self.state(make.employee(self.town, title=title), code) is State.MISSING
        assert self.state(make.employee(self.near, title=title), code) is None
        neighbour = make.context(make.with_role(self.region, Role.HR, town=self.near))
        with pytest.raises(NotFound):
            competence.get_requirement_history(neighbour, _id(code))
        with tenant_scope(neighbour):
            assert code not in [row.code for row in competence.list_requirements()]
        with tenant_scope(self.hr):
            assert code in [row.code for row in competence.list_requirements()]

    def test_puts_nobody_else_behind(self) -> None:
        make.employee(self.near)
        before = RegisterRevision.objects.get().revision
        code = made.requirement(self.region, town=self.town, source_type=SourceType.INTERNAL)
        competence.publish_version(self.hr, code, version(source_type=SourceType.INTERNAL, valid_from=SOON))
        assert RegisterRevision.objects.get().revision == before
        with tenant_scope(self.hr):
            assert Keeping.objects.get(tenant_id=self.town.tenant_id).revision == before

    def test_refuses_law_a_code_in_use_and_those_without_the_right(self) -> None:
        own = RequirementInput("EGET", "Eget krav", "", self.town.tenant_id)
        said = version(source_type=SourceType.INTERNAL)
        law = version(source_type=SourceType.ACT)
        refuses(self.region, LocalRequirementIsNoLaw, lambda: competence.add_requirement(self.hr, own, law))
        refuses(self.region, Refused, lambda: competence.add_requirement(self.office, own, said))
        shared = RequirementInput("FSE", "Strøm", "")
        refuses(self.region, CodeIsTaken, lambda: competence.add_requirement(self.office, shared, said))
        refuses(self.region, Refused, lambda: competence.add_requirement(self.hr, shared, said))
        competence.add_requirement(self.hr, own, said)
        refuses(self.region, CodeIsTaken, lambda: competence.add_requirement(self.hr, own, said))


class TestLoadRegister(World):
    def test_leaves_what_people_have_told_alone(self) -> None:
        told = made.requirement(self.region)
        other = made.requirement(self.region)
        competence.add_equivalence(self.office, told, other, TODAY)
        Requirement.objects.filter(code=told).update(position=1)
        before = everything(self.region)[1:5]
        competence.load_register()
        assert everything(self.region)[1:5] == before


class TestEquivalence(World):
    def test_counts_one_way_in_its_period(self) -> None:
        lower, higher = made.requirement(self.region), made.requirement(self.region)
        who = make.employee(self.town, title=lower)
        made.evidence(who, higher)
        above = self.person(higher)
        made.evidence(above, lower)
        made_id = competence.add_equivalence(self.office, lower, higher, TODAY)
        assert self.state(who, lower) is State.HELD
        assert self.state(above, higher) is State.MISSING
        competence.end_equivalence(self.office, made_id, SOON)
        assert self.state(who, lower, SOON) is State.HELD
        assert self.state(who, lower, SOON + timedelta(days=1)) is State.MISSING
        rows = competence.get_requirement_history(self.office, _id(lower)).equivalences
        assert [(row.other_id, row.covers, row.valid_to) for row in rows] == [(_id(higher), False, SOON)]
        page = competence.get_requirement_history(self.office, _id(higher))
        assert [row.covers for row in page.equivalences] == [True]
        key, found = competence.get_equivalence(self.office, rows[0].id)
        assert (key, found.other_id) == (_id(lower), _id(higher))

    def test_refuses_a_circle_also_through_alternatives(self) -> None:
        first, second = made.requirement(self.region), made.requirement(self.region)
        third = made.requirement(self.region, alternatives=((MemberInput(first), MemberInput(second, Decimal(30))),))

        def add(code: str, by: str) -> Callable[[], object]:
            return lambda: competence.add_equivalence(self.office, code, by, TODAY)

        refuses(self.region, RequirementNeedsItself, add(first, first))
        refuses(self.region, RequirementNeedsItself, add(first, third))
        add(second, first)()
        refuses(self.region, RequirementNeedsItself, add(first, second))
        refuses(
            self.region, RequirementNeedsItself,
            lambda: competence.publish_version(
                self.office, first, version(valid_from=SOON, alternatives=((MemberInput(third),),))
            ),
        )  # fmt: skip

    def test_refuses_the_same_twice_wrong_days_and_those_without_the_right(self) -> None:
        first, second = made.requirement(self.region), made.requirement(self.region)
        told = competence.add_equivalence(self.office, first, second, TODAY)
        refuses(self.region, EquivalenceIsTold, lambda: competence.add_equivalence(self.office, first, second, SOON))
        refuses(self.region, Refused, lambda: competence.add_equivalence(self.hr, second, first, TODAY))
        refuses(self.region, Refused, lambda: competence.end_equivalence(self.hr, told, SOON))
        refuses(
            self.region, EndsBeforeItStarts,
            lambda: competence.end_equivalence(self.office, told, TODAY - timedelta(days=1)),
        )  # fmt: skip
        competence.end_equivalence(self.office, told, SOON)
        refuses(self.region, RequirementIsChanged, lambda: competence.end_equivalence(self.office, told, SOON))


class TestLocalRule(World):
    def rule(self, code: str, months: int = 12, **told: Any) -> LocalRuleInput:
        said = {"why": "Mange ulykker", "valid_from": TODAY, **told}
        return LocalRuleInput(self.town.tenant_id, code, months, **said)

    def test_moves_the_dates_here_and_nowhere_else(self) -> None:
        code = made.requirement(self.region, interval_months=36, anchor="completion")
        mine, theirs = (self.person(code, date(2026, 6, 1), town=town) for town in (self.town, self.near))
        told = competence.set_local_rule(self.hr, self.rule(code))
        assert self.status(mine, code) == (State.EXPIRING, date(2027, 6, 1))
        assert self.status(theirs, code) == (State.HELD, date(2029, 6, 1))
        ended = competence.end_local_rule(self.hr, told, SOON)
        assert self.status(mine, code, SOON) == (State.EXPIRING, date(2027, 6, 1))
        assert self.status(mine, code, SOON + timedelta(days=1)) == (State.HELD, date(2029, 6, 1))
        competence.take_back_local_rule(self.hr, ended, "Feil")
        assert self.status(mine, code) == (State.HELD, date(2029, 6, 1))
        with tenant_scope(self.hr):
            assert Deed.objects.filter(event__startswith="LocalRule", tenant_id=self.town.tenant_id).count() == 3

    def test_is_tried_first_and_then_does_what_the_trial_told(self) -> None:
        code = made.requirement(self.region, interval_months=36, anchor="completion")
        mine = [self.person(code, date(2025, 6, 1), town=self.town) for _ in range(6)]
        theirs = self.person(code, date(2025, 6, 1), town=self.near)
        preview = competence.preview_local_rule(self.hr, self.rule(code))
        assert [(row.tenant_id, row.before, row.after, row.people) for row in preview.municipalities] == [
            (self.town.tenant_id, State.HELD, State.EXPIRED, 6)
        ]
        assert [self.state(one, code) for one in mine] == [State.HELD] * 6
        refuses(self.region, LocalIntervalIsLonger, lambda: competence.preview_local_rule(self.hr, self.rule(code, 48)))
        competence.set_local_rule(self.hr, self.rule(code))
        assert [self.state(one, code) for one in mine] == [State.EXPIRED] * 6
        assert self.state(theirs, code) is State.HELD

    def test_refuses_a_longer_one_and_two_at_once(self) -> None:
        code = made.requirement(self.region, interval_months=24, anchor="completion")

        def act(months: int = 12, **told: Any) -> Callable[[], object]:
            return lambda: competence.set_local_rule(self.hr, self.rule(code, months, **told))

        assert "hver 24. måned" in refuses(self.region, LocalIntervalIsLonger, act(24))
        refuses(self.region, WhyIsMissing, act(why=" "))
        refuses(self.region, EndsBeforeItStarts, act(valid_to=TODAY - timedelta(days=1)))
        told = act(valid_to=SOON)()
        refuses(self.region, LocalRuleOverlaps, act(valid_from=SOON))
        act(valid_from=SOON + timedelta(days=1))()
        assert isinstance(told, int)
        refuses(self.region, LocalRuleIsEnded, lambda: competence.end_local_rule(self.hr, told, date(2029, 1, 1)))
        competence.take_back_local_rule(self.hr, told, "Feil")
        refuses(self.region, LocalRuleIsEnded, lambda: competence.take_back_local_rule(self.hr, told, "Feil"))
        assert len(competence.get_requirement_history(self.hr, _id(code)).local_rules) == 1

    def test_is_the_municipalitys_own_to_decide(self) -> None:
        code = made.requirement(self.region, interval_months=24, anchor="completion")
        told = competence.set_local_rule(self.hr, self.rule(code))
        neighbour = make.context(make.with_role(self.region, Role.HR, town=self.near))
        for who, error in (
            (self.office, Refused),
            (neighbour, NotFound),
            (make.context(make.leader(self.town)), Refused),
        ):
            refuses(self.region, error, partial(competence.set_local_rule, who, self.rule(code)))
            refuses(self.region, error, partial(competence.end_local_rule, who, told, SOON))
            refuses(self.region, error, partial(competence.take_back_local_rule, who, told, "Feil"))
            with pytest.raises(error):
                competence.get_local_rule(who, told)
        assert competence.get_local_rule(self.hr, told)[1].may_change
        assert competence.tenants_to_tighten(self.hr) == {self.town.tenant_id}


class TestAnswerVersion(World):
    def published(self, **told: Any) -> tuple[str, int, list[make.Who]]:
        code = made.requirement(self.region)
        people = [self.person(code, date(2025, 3, 15), town=town) for town in (self.town, self.near)]
        said = {"valid_from": TODAY, "interval_months": 12, "anchor": "completion"}
        targets = (TargetInput("position", code),)
        version_id = competence.publish_version(self.office, code, version(**{**said, "targets": targets, **told}))
        return code, version_id, people

    def test_a_no_keeps_the_old_rule_there_alone_also_when_a_later_version_ends_it(self) -> None:
        code, version_id, (mine, theirs) = self.published()
        expired = (State.EXPIRED, date(2026, 3, 15))
        assert self.status(mine, code) == self.status(theirs, code) == expired
        competence.answer_version(self.hr, self.town.tenant_id, version_id, accepted=False, why="Ikke råd")
        assert self.status(mine, code) == (State.HELD, None)
        assert self.status(theirs, code) == expired
        competence.publish_version(self.office, code, version(valid_from=SOON))
        assert self.status(mine, code) == (State.HELD, None)
        competence.answer_version(self.hr, self.town.tenant_id, version_id, accepted=True)
        assert self.status(mine, code) == expired

    def test_a_no_shows_on_the_persons_page_as_the_rule_that_holds_there(self) -> None:
        code, version_id, people = self.published(reference="Veileder 2")
        competence.answer_version(self.hr, self.town.tenant_id, version_id, accepted=False, why="Ikke råd")
        shown = [
            next(
                row
                for row in competence.get_own_competence(make.context(who))[0].statuses
                if row.requirement_code == code
            )
            for who in people
        ]
        assert [row.reference for row in shown] == ["Veileder 1", "Veileder 2"]
        assert "Beviset går ikke ut." in shown[0].why_state
        assert "Fornyes hvert år" in shown[1].why_state

    def test_moves_from_unanswered_to_answered_with_what_differs(self) -> None:
        code, version_id, _ = self.published(targets=(TargetInput("sector", "Kultur"),))
        news = competence.list_news(self.hr, self.town.tenant_id)
        (row,) = (one for one in news if one.version.first_id == version_id)
        assert [one.code for one in news].count(code) == 1  # what it said before is over
        assert (row.may_decline, row.may_answer, row.reply.accepted) == (True, True, None)
        assert {c.field: (c.before, c.after) for c in row.version.changes} == {
            "targets": ((TargetInput("position", code),), (TargetInput("sector", "Kultur"),)),
            "interval_months": (None, 12),
            "anchor": ("", "completion"),
        }
        competence.answer_version(self.hr, self.town.tenant_id, version_id, accepted=True)
        assert version_id not in [one.version.first_id for one in competence.list_news(self.hr, self.town.tenant_id)]
        answered = competence.list_news(self.hr, self.town.tenant_id, answered=True)
        assert [one.reply.recorded_by for one in answered if one.code == code] == [self.hr.actor.name]
        replies = {
            one.reply.tenant_id: one.reply.accepted
            for one in competence.list_replies(self.office)
            if one.version.first_id == version_id
        }
        assert replies[self.town.tenant_id] is True
        assert replies[self.near.tenant_id] is None

    def test_refuses_a_no_to_law_without_why_and_from_those_without_the_right(self) -> None:
        _, law, _ = self.published(source_type=SourceType.REGULATION)
        _, told, _ = self.published()
        own = made.requirement(self.region, town=self.town, source_type=SourceType.INTERNAL)
        mine = competence.publish_version(self.hr, own, version(source_type=SourceType.INTERNAL, valid_from=SOON))

        def act(who: Context, version_id: int, **said: Any) -> Callable[[], object]:
            tenant_id = self.town.tenant_id
            return lambda: competence.answer_version(
                who, tenant_id, version_id, **{"accepted": False, "why": "Nei", **said}
            )

        assert "regionkontoret" in refuses(self.region, LawCannotBeDeclined, act(self.hr, law))
        act(self.hr, law, accepted=True)()
        refuses(self.region, WhyIsMissing, act(self.hr, told, why=""))
        refuses(self.region, Refused, act(self.office, told))
        neighbour = make.context(make.with_role(self.region, Role.HR, town=self.near))
        refuses(self.region, NotFound, act(neighbour, told))
        refuses(self.region, NotFound, act(self.hr, mine))
        competence.take_back_version(self.office, told, "Feil")
        refuses(self.region, VersionIsTakenBack, act(self.hr, told))
        assert told not in [one.version.first_id for one in competence.list_news(self.hr, self.town.tenant_id)]
        with pytest.raises(Refused):
            competence.list_news(self.office, self.town.tenant_id)
        with pytest.raises(Refused):
            competence.list_replies(self.hr)


class TestPreview(World):
    def test_counts_people_and_hides_small_numbers(self) -> None:
        code = made.requirement(self.region, interval_months=60, anchor="completion")
        for n in range(6):
            self.person(code, date(2026, 1, 1 + n))
        for n in range(2):
            self.person(code, date(2025, 1, 1 + n), town=self.near)
        said = version(
            valid_from=TODAY, interval_months=12, anchor="completion", targets=(TargetInput("position", code),)
        )
        before = everything(self.region)
        found = competence.preview_version(self.office, code, said)
        assert everything(self.region) == before
        lines = [(row.municipality, row.before, row.after, row.people) for row in found.municipalities]
        assert lines == [
            (self.town.name, State.HELD, State.EXPIRED, 6),
            (self.near.name, State.HELD, State.EXPIRED, None),
        ]
        assert [(row.unit_name, row.people) for row in found.units] == [
            (self.town.units[0].name, 6),
            (self.near.units[0].name, None),
        ]
        assert [change.field for change in found.changes] == ["interval_months"]

    def test_tells_of_dates_that_move_and_of_what_leans_on_it(self) -> None:
        code = made.requirement(self.region, interval_months=60, anchor="completion")
        lower = made.requirement(self.region)
        competence.add_equivalence(self.office, lower, code, date(2022, 1, 1))
        for n in range(5):
            made.evidence(make.employee(self.town, title=lower), code, date(2026, 1, 1 + n))
        said = version(
            valid_from=TODAY, interval_months=48, anchor="completion", targets=(TargetInput("position", code),)
        )
        found = competence.preview_version(self.office, code, said)
        assert found.municipalities == ()
        assert [(row.requirement_id, row.sooner, row.later) for row in found.dates] == [(_id(lower), 5, 0)]

    def test_of_a_new_requirement_leaves_no_trace(self) -> None:
        title = f"Prøvetaker {self.town.number}"
        for _ in range(5):
            make.employee(self.town, title=title)
        before = everything(self.region)
        named = RequirementInput("NYTT", "Nytt krav", "Nytt krav", self.town.tenant_id)
        said = version(source_type=SourceType.INTERNAL, targets=(TargetInput("position", title),))
        found = competence.preview_requirement(self.hr, named, said)
        assert everything(self.region) == before
        assert [(row.before, row.after, row.people) for row in found.municipalities] == [(None, State.MISSING, 5)]

    def test_refuses_what_publishing_refuses(self) -> None:
        code = made.requirement(self.region)
        refuses(self.region, Refused, lambda: competence.preview_version(self.hr, code, version()))
        refuses(
            self.region, VersionBeginsSameDay,
            lambda: competence.preview_version(self.office, code, version(valid_from=date(2022, 1, 1))),
        )  # fmt: skip
        refuses(
            self.region, CodeIsTaken,
            lambda: competence.preview_requirement(self.office, RequirementInput("FSE", "Strøm", ""), version()),
        )  # fmt: skip


ANY_VERSION = st.fixed_dictionaries(
    {
        "interval_months": st.sampled_from([6, 12, 24, 48]),
        "anchor": st.sampled_from(["completion", "previous_expiry"]),
        "early_window_months": st.sampled_from([None, 3, 6]),
        "grace_days": st.sampled_from([0, 40]),
        "credit_months": st.sampled_from([None, 0]),
        "days": st.integers(-400, 700),
        "targets": st.sampled_from(["position", "unit", "none"]),
    }
)


class TestDryRun:
    @settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(said=ANY_VERSION)
    def test_tells_what_publishing_then_gives_and_taking_back_gives_what_was(self, said: dict[str, Any]) -> None:
        world, code, word = crowd()
        office = system_context("test", set(world.tenants), NOW)
        lines = {
            "position": (TargetInput("position", code),),
            "unit": (TargetInput("unit", word),),
            "none": (),
        }
        told = {key: value for key, value in said.items() if key not in ("days", "targets")}
        day = TODAY + timedelta(days=said["days"])
        what = version(valid_from=day, targets=lines[said["targets"]], **told)
        before = all_states(world, code, day)
        preview = competence.preview_version(office, code, what)
        version_id = competence.publish_version(office, code, what)
        after = all_states(world, code, day)
        expected = Counter(
            (tenant, before.get((tenant, who), (None,))[0], after.get((tenant, who), (None,))[0])
            for tenant, who in before.keys() | after.keys()
        )
        moves = {key: few(n) for key, n in expected.items() if key[1] is not key[2]}
        assert {(row.tenant_id, row.before, row.after): row.people for row in preview.municipalities} == moves
        assert {(row.tenant_id, row.before, row.after): row.people for row in preview.units} == moves
        competence.take_back_version(office, version_id, "Prøvd")
        assert all_states(world, code, day) == before


_crowds: list[tuple[make.Region, str, str]] = []


def crowd() -> tuple[make.Region, str, str]:
    """A region where seven have the requirement put to them, and eight work in a unit whose name holds a word."""
    if not _crowds:
        region = make.region(municipalities=2)
        code = made.requirement(region, interval_months=36, anchor="completion")
        word = f"prøvested{region.municipalities[0].number}"
        for town in region.municipalities:
            unit = make.unit(town, f"{town.name} {word}")
            for number in range(7 if town is region.municipalities[0] else 3):
                who = make.employee(town, unit, title=code)
                made.evidence(who, code, date(2023, 1 + number, 1))
                made.evidence(who, code, date(2026, 1 + number, 1))
            make.employee(town, unit)
        _crowds.append((region, code, word))
    return _crowds[0]


def all_states(region: make.Region, code: str, day: date) -> dict[tuple[int, int], Any]:
    return {
        (town.tenant_id, who): status
        for town in region.municipalities
        for who, status in reckoned(region, town.tenant_id, code, "competence_status_of_tenant(%s, %s)", day).items()
    }

"""Histories: what happens in a municipality, told to the database and to the plain model at the same moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import models
from hypothesis import strategies as st

from kompetanse.domains.competence.models import (
    Dispensation,
    Duty,
    Equivalence,
    LocalRule,
    RequirementVersion,
    TextMapping,
    VersionReply,
)
from kompetanse.domains.competence.rules.status import Anchor
from kompetanse.domains.competence.rules.targets import TargetKind
from kompetanse.domains.competence.types import EvidenceSource, Scope, SourceType
from kompetanse.domains.organisation.models import Leadership, Post, Unit
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.periods import add_months
from kompetanse.kernel.text import comparable

from . import facts
from .telling import Telling

FIRST_DAY = date(2026, 1, 31)
UNITS = ("Lia sykehjem", "Breivik ungdomsskule", "Rådhuset")
NAMES = (*UNITS, "Lia sjukeheim", "Lia omsorgssenter", "Skolen")
SECTORS = ("Helse og omsorg", "Oppvekst")
TITLES = ("Sykepleier", "Sjukepleiar", "Lærer")
WORDS = ("Hjertestarter", "hjartestartar", "Truck T1")
DUTIES = ("Verneombud", "verneombod")
PEOPLE, REQUIREMENTS = 3, 4
LONG_AGO = date(2000, 1, 1)

# Days fall on one another's heels: whole months from a day at a month's end, and the days about them.
DAYS = st.builds(
    lambda months, days: add_months(FIRST_DAY, months) + timedelta(days=days),
    st.integers(-40, 16),
    st.sampled_from([0, 0, -1, 1, 10, 89, 90]),
)
LENGTHS = st.none() | st.sampled_from([0, 1, 30, 31, 90, 180, 365, 366, 730, 2000])
POINTS = st.none() | st.sampled_from([Decimal(10), Decimal(20), Decimal("7.5")])
LINES = st.one_of(
    st.just(facts.Target(TargetKind.EVERYONE)),
    st.sampled_from(
        [
            facts.Target(TargetKind.EVERYONE, "", "sykehjem"),
            facts.Target(TargetKind.POSITION, "Sjukepleiar"),
            facts.Target(TargetKind.POSITION, "Lærer", "skole"),
            facts.Target(TargetKind.LEADER),
            facts.Target(TargetKind.SECTOR, "Helse og omsorg"),
            facts.Target(TargetKind.UNIT, "skole"),
            facts.Target(TargetKind.UNIT, "Sjukeheim"),
            facts.Target(TargetKind.ROLE, "Verneombud"),
            facts.Target(TargetKind.ROLE, "Verneombud", "sykehjem"),
        ]
    ),
)


@dataclass(frozen=True)
class Says:
    """What a version says; `members` by the requirements' numbers in the history."""

    interval: int | None
    anchor: str
    early: int | None
    grace: int
    credit: int | None
    scope: str
    source_type: str
    targets: tuple[facts.Target, ...]
    members: tuple[facts.Member, ...]


@st.composite
def versions(draw: st.DrawFn) -> Says:
    interval = draw(st.none() | st.sampled_from([6, 12, 24, 25]))
    members = draw(
        st.lists(
            st.builds(facts.Member, st.integers(1, 2), st.integers(0, REQUIREMENTS - 1), POINTS),
            max_size=3,
            unique_by=lambda one: (one.group, one.needs),
        )
    )
    return Says(
        interval,
        draw(st.sampled_from(list(Anchor))) if interval else "",
        draw(st.sampled_from([None, 0, 1, 3])),
        draw(st.sampled_from([0, 0, 10, 45])),
        draw(st.sampled_from([None, None, 6, 24])),
        draw(st.sampled_from([Scope.PERSON, Scope.PERSON, Scope.PERSON_AND_EQUIPMENT, Scope.TEAM])),
        draw(st.sampled_from([SourceType.INTERNAL, SourceType.INTERNAL, SourceType.REGULATION])),
        tuple(draw(st.lists(LINES, min_size=1, max_size=3, unique=True))),
        tuple(members) if draw(st.booleans()) else (),
    )


@dataclass(frozen=True)
class Step:
    """Something that happens. The numbers are taken for what the kind of step has use for, as often as they go."""

    kind: str
    who: int
    where: int
    what: int
    other: int
    first: date
    days: int | None
    stated: int | None  # the issuer's last day, so many days after
    points: Decimal | None
    flag: bool
    passes: int  # days since the step before
    says: Says | None = None

    @property
    def last(self) -> date | None:
        return None if self.days is None else self.first + timedelta(days=self.days)


NUMBERS = st.integers(0, 11)
BY_PERSON = (
    "post", "post", "post_ends", "post_leaves_register", "leave", "moves", "retitled", "leadership", "leadership_ends",
    "evidence", "evidence", "evidence", "evidence", "words", "words", "told_by_self", "correction", "void", "mapping",
    "mapping", "duty", "duty_withdrawn", "dispensation", "dispensation_withdrawn", "renamed", "brought_up_to_date",
)  # fmt: skip
BY_REGISTER = (
    "version_taken_back", "declined", "declined", "reply_withdrawn", "local_rule", "local_rule_withdrawn",
    "equivalence", "equivalence", "equivalence_withdrawn",
)  # fmt: skip


def _steps(kinds: Iterable[str], says: st.SearchStrategy[Says | None]) -> st.SearchStrategy[Step]:
    return st.builds(
        Step, st.sampled_from(list(kinds)), NUMBERS, NUMBERS, NUMBERS, NUMBERS, DAYS, LENGTHS, LENGTHS, POINTS,
        st.booleans(), st.sampled_from([0, 0, 1, 20, 95]), says,
    )  # fmt: skip


PERSONAL = _steps(BY_PERSON, st.none())
STEPS = st.one_of(PERSONAL, PERSONAL, _steps(BY_REGISTER, st.none()), _steps(["version"], versions()))


@dataclass
class World(Telling):
    """A municipality with people, units and requirements that concern nobody else, and its facts told plainly."""

    moments: list[datetime] = field(default_factory=list)

    def take(self, step: Step) -> None:
        """Let the step happen, a while after the one before."""
        self.now += timedelta(days=step.passes, hours=1)
        self.moments.append(self.now)
        with tenant_scope(self.ctx()):
            getattr(self, step.kind)(step)

    # Small tools

    def _person(self, step: Step) -> int:
        return self.people[step.who % len(self.people)]

    def _unit(self, step: Step) -> Unit:
        return self.units[step.where % len(self.units)]

    def _requirement(self, number: int) -> int:
        return self.requirements[number % len(self.requirements)]

    def _one(self, found: list[Any], number: int) -> Any:
        return found[number % len(found)] if found else None

    def _withdraw(self, model: type[models.Model], facts: list[Any], number: int, **more: str) -> Any:
        """One of the facts is taken back; the rows stand in the same order."""
        fact = self._one([one for one in facts if one.withdrawn_at is None], number)
        if fact is not None:
            fact.withdrawn_at = self.now
            model._default_manager.filter(pk=self.rows[id(fact)]).update(withdrawn_at=self.now, **more)
        return fact

    # Posts, leaders, units

    def post(self, step: Step) -> None:
        self.tell(
            facts.Post(
                0, self._person(step), self._unit(step).pk, self._one(list(TITLES), step.what), step.first,
                step.last if step.flag else None, recorded_at=self.now,
            )
        )  # fmt: skip

    def _changed(self, step: Step, **told: Any) -> None:
        post = self._one([one for one in self.facts.posts if one.withdrawn_at is None], step.other)
        if post is None:
            return
        new = replace(post, **told, recorded_at=self.now)
        if new.valid_to is not None and new.valid_to < new.valid_from:
            return
        post.withdrawn_at = self.now
        self.facts.posts.append(new)
        row = Post.objects.get(pk=post.id)
        row.unit_id, row.position_title = new.unit, new.title
        row.valid_to, row.ended_on, row.leave_from, row.leave_to = (
            new.valid_to, new.ended_on, new.leave_from, new.leave_to,
        )  # fmt: skip
        row.save()

    def post_ends(self, step: Step) -> None:
        self._changed(step, valid_to=step.first if step.flag else None)

    def post_leaves_register(self, step: Step) -> None:
        self._changed(step, ended_on=step.first if step.flag else None)

    def leave(self, step: Step) -> None:
        self._changed(step, leave_from=step.first, leave_to=step.last)

    def moves(self, step: Step) -> None:
        self._changed(step, unit=self._unit(step).pk)

    def retitled(self, step: Step) -> None:
        self._changed(step, title=self._one(list(TITLES), step.what))

    def leadership(self, step: Step) -> None:
        self.tell(facts.Leadership(self._person(step), step.first, step.last))

    def leadership_ends(self, step: Step) -> None:
        led = self._one([one for one in self.facts.leaderships if one.valid_from <= step.first], step.other)
        if led is not None:
            led.valid_to = step.first
            Leadership.objects.filter(pk=self.rows[id(led)]).update(valid_to=step.first)

    def renamed(self, step: Step) -> None:
        self.tell(facts.Unit(self._unit(step).pk, NAMES[step.what % len(NAMES)], SECTORS[step.other % len(SECTORS)]))

    # The ledger

    def evidence(self, step: Step, **told: Any) -> None:
        self.tell(
            facts.Evidence(
                0, self._person(step), told.get("requirement", self._requirement(step.what)),
                told.get("title", "Kurs"), step.first, self.now,
                None if step.stated is None else step.first + timedelta(days=step.stated), step.points,
                told.get("source", EvidenceSource.MANAGER), step.flag,
            )
        )  # fmt: skip

    def words(self, step: Step) -> None:
        # Somebody may tell such words, too; they prove something only where they are imported.
        source = EvidenceSource.MANAGER if step.other == 0 else EvidenceSource.IMPORT
        self.evidence(step, requirement=None, title=WORDS[step.what % len(WORDS)], source=source)

    def told_by_self(self, step: Step) -> None:
        self.evidence(step, source=EvidenceSource.SELF)

    def correction(self, step: Step, *, void: bool = False) -> None:
        corrected = {one.corrects for one in self.facts.evidence}
        row = self._one([one for one in self.facts.evidence if one.id not in corrected], step.other)
        if row is None:
            return
        requirement = row.requirement if row.requirement is None else self._requirement(step.what)
        valid_to = None if step.stated is None else step.first + timedelta(days=step.stated)
        told = {"completed_on": step.first, "valid_to": valid_to, "requirement": requirement}
        self.tell(replace(row, id=0, corrects=row.id, void=void, recorded_at=self.now, **told))

    def void(self, step: Step) -> None:
        self.correction(step, void=True)

    def mapping(self, step: Step) -> None:
        text = WORDS[step.what % len(WORDS)]
        for old in self.facts.mappings:
            if comparable(old.text) == comparable(text) and old.withdrawn_at is None:
                old.withdrawn_at = self.now
                TextMapping.objects.filter(pk=self.rows[id(old)]).update(replaced_at=self.now)
        self.tell(facts.Mapping(text, self._requirement(step.other) if step.other else None, self.now))

    def duty(self, step: Step) -> None:
        self._tell_alone(
            facts.Duty(
                self._person(step), self._unit(step).pk, DUTIES[step.what % len(DUTIES)], step.first, step.last,
                self.now,
            ),
            self.facts.duties, "person", "unit",
        )  # fmt: skip

    def duty_withdrawn(self, step: Step) -> None:
        self._withdraw(Duty, self.facts.duties, step.other)

    def dispensation(self, step: Step) -> None:
        last = step.last or step.first + timedelta(days=400)
        self._tell_alone(
            facts.Dispensation(
                self._person(step), self._unit(step).pk, self._requirement(step.what), step.first, last, self.now
            ),
            self.facts.dispensations, "person", "unit", "requirement",
        )  # fmt: skip

    def dispensation_withdrawn(self, step: Step) -> None:
        self._withdraw(Dispensation, self.facts.dispensations, step.other, withdrawn_why="Feil")

    # The register

    def version(self, step: Step) -> None:
        """From a day on the requirement says something else: the one before is told again with a last day."""
        assert step.says is not None
        requirement, first = self._requirement(step.what), step.first
        for old in [one for one in self.facts.versions if one.requirement == requirement and one.withdrawn_at is None]:
            if old.valid_to is None or old.valid_to >= first:
                old.withdrawn_at = self.now
                RequirementVersion.objects.filter(pk=self.rows[id(old)]).update(withdrawn_at=self.now)
                if old.valid_from < first:
                    again = replace(
                        old, id=0, valid_to=first - timedelta(days=1), recorded_at=self.now, withdrawn_at=None
                    )
                    self.tell(again)
                    for no in [one for one in self.facts.declined if one.version == old.id and not one.withdrawn_at]:
                        self.tell(facts.Declined(again.id, no.recorded_at))
        self.tell(as_version(step.says, self.requirements, requirement, first, step.last, self.now))

    def version_taken_back(self, step: Step) -> None:
        if step.flag:
            self._withdraw(RequirementVersion, self.facts.versions, step.other)

    def declined(self, step: Step) -> None:
        answered = {one.version for one in self.facts.declined if one.withdrawn_at is None}
        # Mostly the newest, so that there is one before it to fall back on.
        new = sorted(
            (one for one in self.facts.versions if one.id not in answered and one.withdrawn_at is None),
            key=lambda one: one.valid_from, reverse=True,
        )  # fmt: skip
        one = self._one(new, step.other // 3)
        if one is not None:
            self.tell(facts.Declined(one.id, self.now))

    def reply_withdrawn(self, step: Step) -> None:
        self._withdraw(VersionReply, self.facts.declined, step.other)

    def local_rule(self, step: Step) -> None:
        self._tell_alone(
            facts.LocalRule(
                self._requirement(step.what), (1, 3, 6, 12)[step.other % 4], step.first, step.last, self.now
            ),
            self.facts.local_rules, "requirement",
        )  # fmt: skip

    def local_rule_withdrawn(self, step: Step) -> None:
        self._withdraw(LocalRule, self.facts.local_rules, step.other)

    def equivalence(self, step: Step) -> None:
        one, by = self._requirement(step.what), self._requirement(step.other)
        if one != by:
            first = LONG_AGO if step.flag else step.first
            self._tell_alone(
                facts.Equivalence(one, by, first, None if step.flag else step.last, self.now),
                self.facts.equivalences, "requirement", "by",
            )  # fmt: skip

    def equivalence_withdrawn(self, step: Step) -> None:
        self._withdraw(Equivalence, self.facts.equivalences, step.other)

    def brought_up_to_date(self, _step: Step) -> None:
        self.bring_up_to_date(self.now)

    # Telling

    def _tell_alone(self, fact: Any, others: list[Any], *same: str) -> None:
        """Told unless the database would refuse it for standing beside another of its kind."""
        for one in others:
            if (
                one.withdrawn_at is None
                and all(getattr(one, name) == getattr(fact, name) for name in same)
                and (one.valid_to is None or one.valid_to >= fact.valid_from)
                and (fact.valid_to is None or fact.valid_to >= one.valid_from)
            ):
                return
        self.tell(fact)


def as_version(
    says: Says, requirements: list[int], requirement: int, first: date, last: date | None, now: datetime
) -> facts.Version:
    members = tuple(
        replace(one, needs=requirements[one.needs]) for one in says.members if requirements[one.needs] != requirement
    )
    fixed = (2, 28) if says.anchor == Anchor.FIXED_DATE else None
    return facts.Version(
        0, requirement, first, last, now, None, says.source_type, says.scope, says.interval, says.anchor, fixed,
        says.early, says.grace, says.credit, says.targets, members,
    )  # fmt: skip

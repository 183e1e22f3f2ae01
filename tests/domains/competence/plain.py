"""How a status is reckoned, in plain Python: small, slow, and read side by side with docs/reference/status.md.

It knows nothing of how the database does it. Facts of one municipality go in; a status, or None, comes out.
`known` is the moment K; without it what stands now counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Protocol

from kompetanse.domains.competence.rules.status import Anchor
from kompetanse.domains.competence.rules.targets import TargetKind
from kompetanse.domains.competence.types import EvidenceSource, Scope, SourceType, State
from kompetanse.kernel.periods import add_months
from kompetanse.kernel.text import comparable, ends_as, folded, name_words

from .facts import Evidence, Facts, Member, Post, Unit, Version

LAW = (SourceType.ACT, SourceType.REGULATION)
ENDLESS = date.max  # a last day that never comes


class Dated(Protocol):
    valid_from: date

    @property
    def valid_to(self) -> date | None: ...


class Told(Protocol):
    @property
    def recorded_at(self) -> datetime | None: ...

    withdrawn_at: datetime | None


def in_force(one: Dated, day: date) -> bool:
    return one.valid_from <= day and (one.valid_to is None or one.valid_to >= day)


def told(one: Told, known: datetime | None) -> bool:
    if known is None:
        return one.withdrawn_at is None
    if one.recorded_at is not None and one.recorded_at > known:
        return False
    return one.withdrawn_at is None or one.withdrawn_at > known


@dataclass(frozen=True)
class Status:
    state: State
    beneath: State
    ends: date | None
    since: date
    evidence: int | None  # the best one, where evidence of its own wins over a combination


# Who is required


def stands(post: Post, day: date, known: datetime | None) -> bool:
    return told(post, known) and in_force(post, day) and (post.ended_on is None or post.ended_on > day)


def version(facts: Facts, requirement: int, day: date, known: datetime | None) -> Version | None:
    """The version that holds in the municipality."""

    def declined(one: Version) -> bool:
        return one.source_type not in LAW and any(no.version == one.id and told(no, known) for no in facts.declined)

    heard = [one for one in facts.versions if one.requirement == requirement and told(one, known)]
    newest = next((one for one in heard if in_force(one, day)), None)
    if newest is None or not declined(newest):
        return newest
    earlier = [one for one in heard if one.valid_from < newest.valid_from and not declined(one)]
    return max(earlier, key=lambda one: one.valid_from, default=None)


def name_holds(unit: Unit, word: str) -> bool:
    return any(ends_as(name, folded(word.casefold())) for name in name_words(unit.name))


def first_days(facts: Facts, post: Post, asked: Version, day: date, known: datetime | None) -> list[date]:
    """The first day by each line that puts the version to the post; none: it is not put to it."""
    unit, days = facts.units[post.unit], []
    for line in asked.targets:
        if line.within and not name_holds(unit, line.within):
            continue
        match line.kind:
            case TargetKind.EVERYONE:
                hit = True
            case TargetKind.POSITION:
                hit = comparable(post.title) == comparable(line.value)
            case TargetKind.LEADER:
                hit = any(led.person == post.person and in_force(led, day) for led in facts.leaderships)
            case TargetKind.SECTOR:
                hit = comparable(unit.sector) == comparable(line.value)
            case TargetKind.UNIT:
                hit = name_holds(unit, line.value)
            case TargetKind.ROLE:
                hit = False
                days += [
                    max(post.valid_from, duty.valid_from)
                    for duty in facts.duties
                    if (duty.person, duty.unit) == (post.person, post.unit)
                    and comparable(duty.name) == comparable(line.value)
                    and in_force(duty, day)
                    and told(duty, known)
                ]
        if hit:
            days.append(post.valid_from)
    return days


def asking(facts: Facts, person: int, requirement: int, day: date, known: datetime | None) -> list[tuple[Post, date]]:
    """The standing posts that require it of the person, each with its first day."""
    asked = version(facts, requirement, day, known)
    if asked is None or asked.scope not in (Scope.PERSON, Scope.PERSON_AND_EQUIPMENT):
        return []
    return [
        (post, first)
        for post in facts.posts
        if post.person == person and stands(post, day, known)
        for first in first_days(facts, post, asked, day, known)
    ]


def since(facts: Facts, person: int, requirement: int, day: date, known: datetime | None) -> date | None:
    return min((first for _, first in asking(facts, person, requirement, day, known)), default=None)


def since_of_member(facts: Facts, person: int, needs: int, day: date, known: datetime | None) -> date:
    """As itself where it is required for itself; else as the first of what is required and names it."""
    itself = since(facts, person, needs, day, known)
    if itself is not None:
        return itself
    days = []
    for one in facts.requirements:
        holds, first = version(facts, one, day, known), since(facts, person, one, day, known)
        if holds is not None and first is not None and any(member.needs == needs for member in holds.members):
            days.append(first)
    return min(days)


# What answers


def proves(facts: Facts, one: Evidence, known: datetime | None) -> int | None:
    """What the row proves: by itself, or by what its words mean."""
    if one.requirement is None and one.source == EvidenceSource.IMPORT:
        key = comparable(one.title)
        return next((m.requirement for m in facts.mappings if comparable(m.text) == key and told(m, known)), None)
    return one.requirement


def standing(facts: Facts, person: int, day: date, known: datetime | None) -> list[Evidence]:
    """The person's evidence that counts for something at all."""
    heard = [one for one in facts.evidence if one.person == person and told(one, known)]
    corrected = {one.corrects for one in facts.evidence if told(one, known)}
    return [
        one
        for one in heard
        if one.id not in corrected
        and not one.void
        and one.completed_on <= day
        and (one.source != EvidenceSource.SELF or one.verified)
    ]


def counts_for(facts: Facts, requirement: int, day: date, known: datetime | None) -> set[int]:
    """The requirement and all from which a chain leads to it."""
    reached = {requirement}
    while True:
        more = {
            step.by
            for step in facts.equivalences
            if step.requirement in reached and in_force(step, day) and told(step, known)
        }
        if more <= reached:
            return reached
        reached |= more


# Last day


@dataclass(frozen=True)
class Rule:
    interval: int | None = None
    anchor: str = ""
    fixed: tuple[int, int] | None = None
    early: int = 0
    grace: int = 0
    credit: int | None = None


def rule_of(facts: Facts, requirement: int, day: date, known: datetime | None) -> Rule:
    holds = version(facts, requirement, day, known)
    if holds is None:
        return Rule()
    intervals = [
        one.interval
        for one in facts.local_rules
        if one.requirement == requirement and in_force(one, day) and told(one, known)
    ]
    if holds.interval is not None:
        intervals.append(holds.interval)
    return Rule(
        min(intervals, default=None), holds.anchor, holds.fixed, holds.early or 0, holds.grace, holds.credit
    )  # fmt: skip


def fixed_date_end(rule: Rule, completed: date) -> date:
    assert rule.interval is not None
    assert rule.fixed is not None
    days = [date(year, *rule.fixed) for year in range(completed.year - 1, completed.year + 30)]
    coming = min(day for day in days if day >= completed)
    if rule.early and completed >= add_months(coming, -rule.early):
        return add_months(coming, rule.interval)
    end = add_months(completed, rule.interval)
    return max((day for day in days if completed < day <= end), default=end)


def limited(rule: Rule, series: list[tuple[Evidence, date]]) -> dict[int, date]:
    """The last day of each row of a series by its id, from the day there is already, limited by the interval."""
    if rule.interval is None:
        return {one.id: there_is for one, there_is in series}
    ends: dict[int, date] = {}
    for one, there_is in sorted(series, key=lambda pair: (pair[0].completed_on, pair[0].id)):
        limit = add_months(one.completed_on, rule.interval)
        if rule.anchor == Anchor.FIXED_DATE:
            limit = fixed_date_end(rule, one.completed_on)
        if rule.anchor == Anchor.PREVIOUS_EXPIRY:
            previous = max(ends.values(), default=None)
            if previous is not None and add_months(previous, -rule.early) <= one.completed_on <= previous + timedelta(
                rule.grace
            ):
                limit = add_months(previous, rule.interval)
            elif one.valid_to is not None:
                limit = add_months(one.completed_on, rule.interval + rule.early)
        ends[one.id] = min(there_is, limit)
    return ends


@dataclass(frozen=True)
class Pass:
    """Evidence that counts, with its last day."""

    last_day: date
    evidence: Evidence


def passes(facts: Facts, person: int, requirement: int, first: date, day: date, known: datetime | None) -> list[Pass]:
    """Everything that counts for the requirement, each with its last day."""
    rule = rule_of(facts, requirement, day, known)
    held = [(one, proves(facts, one, known)) for one in standing(facts, person, day, known)]
    series: list[tuple[Evidence, date]] = []
    for proved in counts_for(facts, requirement, day, known):
        mine = [(one, one.valid_to or ENDLESS) for one, what in held if what == proved]
        if proved != requirement:
            own = limited(rule_of(facts, proved, day, known), mine)
            mine = [(one, own[one.id]) for one, _ in mine]
        series += mine
    if rule.credit is not None:
        series = [pair for pair in series if pair[0].completed_on >= add_months(first, -rule.credit)]
    ends = limited(rule, series)
    return [Pass(ends[one.id], one) for one, _ in series]


def best_of(found: list[Pass]) -> Pass | None:
    return max(found, key=lambda one: (one.last_day, one.evidence.completed_on, one.evidence.id), default=None)


# Combinations


def member_end(member: Member, found: list[Pass]) -> date | None:
    """The member's last day; None when it is not met."""
    if member.points is None:
        best = best_of(found)
        return best.last_day if best else None
    reached = Decimal(0)
    for one in sorted(found, key=lambda one: (-one.last_day.toordinal(), one.evidence.id)):
        reached += one.evidence.points or 0
        if one.evidence.points and reached >= member.points:
            return one.last_day
    return None


def group_end(facts: Facts, person: int, asked: Version, day: date, known: datetime | None) -> date | None:
    """The last day of the group that lasts longest; None when none is met."""
    ends = []
    for group in {member.group for member in asked.members}:
        days = [
            member_end(
                one,
                passes(facts, person, one.needs, since_of_member(facts, person, one.needs, day, known), day, known),
            )
            for one in asked.members
            if one.group == group
        ]
        if None not in days:
            ends.append(min(found for found in days if found))
    return max(ends, default=None)


# State


def status(
    facts: Facts, person: int, unit: int, requirement: int, day: date, known: datetime | None = None
) -> Status | None:
    """What the requirement is worth for the person in the unit on the day; None when it is not put to them there."""
    asked = version(facts, requirement, day, known)
    here = [post for post, _ in asking(facts, person, requirement, day, known) if post.unit == unit]
    first = since(facts, person, requirement, day, known)
    if asked is None or first is None or not here:
        return None

    best = best_of(passes(facts, person, requirement, first, day, known))
    combined = group_end(facts, person, asked, day, known)
    last_day, evidence = (best.last_day, best.evidence.id) if best else (None, None)
    if combined is not None and (last_day is None or combined > last_day):
        last_day, evidence = combined, None

    beneath = State.HELD
    if last_day is None:
        beneath = State.MISSING
    elif last_day != ENDLESS:
        if day > last_day + timedelta(days=asked.grace):
            beneath = State.EXPIRED
        elif day >= last_day - timedelta(days=90):
            beneath = State.EXPIRING

    state = beneath
    if all(on_leave(post, day) for post in here):
        state = State.ON_LEAVE
    elif beneath in (State.MISSING, State.EXPIRED) and any(
        (one.person, one.unit, one.requirement) == (person, unit, requirement)
        and in_force(one, day)
        and told(one, known)
        for one in facts.dispensations
    ):
        state = State.DISPENSED
    return Status(state, beneath, None if last_day == ENDLESS else last_day, first, evidence)


def on_leave(post: Post, day: date) -> bool:
    return post.leave_from is not None and post.leave_from <= day and (post.leave_to is None or post.leave_to >= day)


def statuses(facts: Facts, day: date, known: datetime | None = None) -> dict[tuple[int, int, int], Status]:
    """All of them: by person, unit and requirement."""
    found = {}
    for person, unit in {(post.person, post.unit) for post in facts.posts}:
        for requirement in facts.requirements:
            one = status(facts, person, unit, requirement, day, known)
            if one is not None:
                found[person, unit, requirement] = one
    return found

"""What a version may say, what differs between two, and how many people may be told of. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from kompetanse.domains.competence.types import (
    AlternativeIsUnclear,
    AnchorNeedsInterval,
    Change,
    CodeIsUnclear,
    FixedDayIsNoDay,
    IntervalNeedsAnchor,
    MemberInput,
    NumberOutOfRange,
    SourceType,
    TargetInput,
    TargetNeedsWord,
    Verified,
    VerifiedNeedsDay,
    VersionBeginsTooEarly,
    VersionInput,
)

from .status import Anchor, closure
from .targets import TargetKind

FEWEST = 5  # fewer people than this are never counted aloud
# What a municipality cannot say no to.
LAW = frozenset({SourceType.ACT, SourceType.REGULATION})
EARLIEST, LATEST = date(1950, 1, 1), date(2150, 1, 1)
MONTHS, DAYS, POINTS = 600, 365, Decimal(10000)
WORDLESS = frozenset({TargetKind.EVERYONE, TargetKind.LEADER})
CODE = re.compile(r"[A-ZÆØÅ0-9][A-ZÆØÅ0-9-]{0,29}")
# A line of a field that holds targets: the word, and perhaps a word of the unit's name after a stroke.
WITHIN = "|"


def few(people: int) -> int | None:
    """A number as it may be told across units: None where it is so small that it points at somebody."""
    return people if people >= FEWEST or people == 0 else None


def check_day(day: date) -> None:
    """A first day that somebody can have meant. Raises VersionBeginsTooEarly."""
    if not EARLIEST <= day <= LATEST:
        raise VersionBeginsTooEarly(day=day.isoformat())


def check(told: VersionInput, today: date) -> None:
    """Raises the first thing that is wrong with what a version says by itself."""
    check_day(told.valid_from)
    _check_numbers(told)
    if told.interval_months is not None and not told.anchor:
        raise IntervalNeedsAnchor()
    if told.interval_months is None and told.anchor:
        raise AnchorNeedsInterval()
    if told.anchor == Anchor.FIXED_DATE:
        month, day = told.fixed_month, told.fixed_day
        if month is None or day is None or not (1 <= month <= 12 and 1 <= day <= 28):
            raise FixedDayIsNoDay(day=day or "–", month=month or "–")
    if told.verified is not Verified.UNCHECKED and (told.verified_on is None or told.verified_on > today):
        raise VerifiedNeedsDay()
    for target in told.targets:
        if TargetKind(target.kind) not in WORDLESS and not target.value.strip():
            raise TargetNeedsWord()


def _check_numbers(told: VersionInput) -> None:
    for field, least, most in (
        ("interval_months", 1, MONTHS), ("early_window_months", 0, MONTHS), ("grace_days", 0, DAYS),
        ("credit_months", 0, MONTHS), ("dispensation_months", 1, MONTHS), ("least", 1, DAYS),
    ):  # fmt: skip
        number = getattr(told, field)
        if number is not None and not least <= number <= most:
            raise NumberOutOfRange(field, number=number, least=least, most=most)
    for group in told.alternatives:
        for member in group:
            if member.points is not None and not 0 < member.points < POINTS:
                raise NumberOutOfRange("alternatives", number=member.points, least=1, most=POINTS - 1)


def tidy(told: VersionInput) -> VersionInput:
    """The same said once: no target or member twice, no fixed day where none is asked, no check day without a check."""
    fixed = told.anchor == Anchor.FIXED_DATE
    targets = dict.fromkeys(
        TargetInput(t.kind, "" if t.kind in WORDLESS else " ".join(t.value.split()), " ".join(t.within.split()))
        for t in told.targets
    )
    groups = [tuple({member.requirement_code: member for member in group}.values()) for group in told.alternatives]
    return replace(
        told,
        fixed_month=told.fixed_month if fixed else None,
        fixed_day=told.fixed_day if fixed else None,
        verified_on=None if told.verified is Verified.UNCHECKED else told.verified_on,
        targets=tuple(targets),
        alternatives=tuple(group for group in dict.fromkeys(groups) if group),
    )


def code_of(text: str, number: str = "") -> str:
    """A requirement's code as it is kept; a municipality's own begins with its number. Raises CodeIsUnclear."""
    code = re.sub(r"\s+", "-", text.strip().upper())
    if number and code.startswith(f"{number}-"):
        code = code.removeprefix(f"{number}-")
    if not CODE.fullmatch(code):
        raise CodeIsUnclear(code=text)
    return f"{number}-{code}" if number else code


def difference(before: VersionInput | None, after: VersionInput) -> tuple[Change, ...]:
    """What one version says that the other does not, field by field. For the first of all, nothing differs.

    For targets and alternatives `before` holds what is gone and `after` what has come.
    """
    if before is None:
        return ()
    found = []
    for field in fields(VersionInput):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if field.name in ("valid_from", "seen") or old == new:
            continue
        if field.name in ("targets", "alternatives"):
            gone, come = tuple(it for it in old if it not in new), tuple(it for it in new if it not in old)
            if gone or come:
                found.append(Change(field.name, gone, come))
        else:
            found.append(Change(field.name, old, new))
    return tuple(found)


def needs_itself(
    requirement_id: int, satisfied_by: Mapping[int, Iterable[int]], built_of: Mapping[int, Iterable[int]]
) -> bool:
    """Does a requirement come back to itself through what counts for it or what it may be met with?

    Stricter than it must be, on purpose: a circle that happened to be harmless would be understood by nobody.
    """
    both: dict[int, list[int]] = {}
    for graph in (satisfied_by, built_of):
        for key, parts in graph.items():
            both.setdefault(key, []).extend(parts)
    return any(requirement_id in closure(both, part) for part in both.get(requirement_id, ()))


def read_lines(kind: TargetKind, text: str) -> tuple[TargetInput, ...]:
    """Targets of one kind as they are typed: one to a line, perhaps with a word of the unit's name after a stroke."""
    found = []
    for line in text.splitlines():
        value, _, within = (part.strip() for part in line.partition(WITHIN))
        if value or within:
            found.append(TargetInput(kind, value, within))
    return tuple(found)


def write_lines(targets: Iterable[TargetInput], kind: TargetKind) -> str:
    """The same back as text."""
    return "\n".join(t.value + (f" {WITHIN} {t.within}" if t.within else "") for t in targets if t.kind == kind)


def read_ways(text: str) -> tuple[tuple[MemberInput, ...], ...]:
    """Ways to meet a requirement as they are typed: one to a line, "HLR + FSE:30". Raises AlternativeIsUnclear."""
    return tuple(_way(line.strip()) for line in text.splitlines() if line.strip())


def _way(line: str) -> tuple[MemberInput, ...]:
    members = []
    for part in line.split("+"):
        code, colon, points = (piece.strip() for piece in part.partition(":"))
        if not code or (colon and not points):
            raise AlternativeIsUnclear(line=line)
        try:
            members.append(MemberInput(code.upper(), Decimal(points.replace(",", ".")) if points else None))
        except InvalidOperation:
            raise AlternativeIsUnclear(line=line) from None
        if members[-1].points is not None and not members[-1].points.is_finite():
            raise AlternativeIsUnclear(line=line)
    return tuple(members)


def write_ways(ways: Iterable[Iterable[MemberInput]]) -> str:
    """The same back as text."""
    return "\n".join(" + ".join(_member(member) for member in way) for way in ways)


def _member(member: MemberInput) -> str:
    if member.points is None:
        return member.requirement_code
    return f"{member.requirement_code}:{format(member.points.normalize(), 'f')}"

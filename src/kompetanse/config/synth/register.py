"""What is required in the made-up nation: the shared register, and rules of every shape beside it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kompetanse.domains.competence.models import (
    Alternative,
    Equivalence,
    Requirement,
    RequirementTarget,
    RequirementVersion,
)
from kompetanse.domains.competence.rules.status import Anchor
from kompetanse.domains.competence.rules.targets import Target, TargetKind, target_keys
from kompetanse.domains.competence.types import Scope, SourceType, Verified
from kompetanse.kernel.text import comparable, ends_as, name_words

from . import words

OWN, OWNERS = 37, 25  # made-up rules that one municipality has for its own, and how many have any
TOTAL = 120  # so many in the nation with the register that comes with the programme
BY = "prøvedata"
BEGINNING = date(1990, 1, 1)
# Anchor, months, early window, grace, credit: dealt out by turns.
RENEWALS: tuple[tuple[str, int | None, int | None, int, int | None], ...] = (
    ("", None, None, 0, None),
    (Anchor.COMPLETION, 12, None, 0, None),
    (Anchor.COMPLETION, 24, None, 14, None),
    (Anchor.COMPLETION, 36, None, 0, 24),
    (Anchor.PREVIOUS_EXPIRY, 60, 6, 30, None),
    (Anchor.FIXED_DATE, 12, 3, 0, None),
    ("", None, None, 0, 60),
    (Anchor.PREVIOUS_EXPIRY, 36, 3, 0, None),
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What the rows of a municipality must know of a requirement."""

    id: int
    name: str
    months: int | None
    owner: int | None


def lay(day: date, now: datetime, owners: Mapping[int, int]) -> None:
    """Lay the made-up rules beside the register. `owners`: the municipality's place in the plan → its tenant."""
    made: list[Requirement] = []
    numbers: list[int] = []
    held = Requirement.objects.using("owner").count()
    for number in range(TOTAL - held):
        own = number >= TOTAL - held - OWN
        # At a smaller scale the rules of those who are not there are left out, and nothing else is another.
        if own and number % OWNERS not in owners:
            continue
        numbers.append(number)
        made.append(
            Requirement(
                code=f"PROVE-{number + 1:02}", name_nb=(name := f"Prøvekrav {number + 1:02}"), name_nn=name,
                position=200 + number, owner_id=owners[number % OWNERS] if own else None,
            )
        )  # fmt: skip
    Requirement.objects.using("owner").bulk_create(made)
    versions, targets = [], []
    for number, one in zip(numbers, made, strict=True):
        lines = _lines(random.Random(f"register:{number}"), number)
        for start, end, renewal in _periods(number, day):
            anchor, months, early, grace, credit = renewal
            fixed = anchor == Anchor.FIXED_DATE
            version = RequirementVersion(
                requirement=one, valid_from=start, valid_to=end, source_type=SourceType.INTERNAL, reference="prøvedata",
                applies_to=lines[0].value or "alle", scope=Scope.PERSON, interval_months=months, anchor=anchor,
                fixed_month=1 + number % 12 if fixed else None, fixed_day=1 + number % 28 if fixed else None,
                early_window_months=early, grace_days=grace, credit_months=credit, verified=Verified.UNCHECKED,
                recorded_at=now, recorded_by=BY,
            )  # fmt: skip
            versions.append(version)
            for line in lines:
                key, within_key = target_keys(line)
                targets.append(
                    RequirementTarget(
                        version=version, kind=line.kind, value=line.value, within=line.within, key=key,
                        within_key=within_key,
                    )
                )  # fmt: skip
    RequirementVersion.objects.using("owner").bulk_create(versions)
    RequirementTarget.objects.using("owner").bulk_create(targets)
    shared = [one for one in made if one.owner_id is None]
    Equivalence.objects.using("owner").bulk_create(
        Equivalence(requirement=shared[at], by=shared[at + 1], valid_from=BEGINNING, recorded_at=now)
        for at in range(len(shared) - 1)
        if at % 7 in (0, 1)
    )
    newest = {version.requirement_id: version for version in versions}
    Alternative.objects.using("owner").bulk_create(
        Alternative(version=newest[shared[at].pk], group=group, needs=shared[needs], points=points)
        for at in (3, 11, 19)
        for group, needs, points in ((1, at + 1, None), (1, at + 2, None), (2, at + 1, 30))
    )


def _periods(
    number: int, day: date
) -> Iterable[tuple[date, date | None, tuple[str, int | None, int | None, int, int | None]]]:
    """One version, or two where the rule was sharpened half a year before."""
    renewal = RENEWALS[number % len(RENEWALS)]
    if number % 9 != 4:
        return [(BEGINNING, None, renewal)]
    turn = day - timedelta(days=180)
    return [
        (BEGINNING, turn - timedelta(days=1), ("", None, None, 0, None)),
        (turn, None, renewal),
    ]


def _lines(dice: random.Random, number: int) -> list[Target]:
    shape = number % 10
    if shape < 5:
        return [Target(TargetKind.POSITION, title) for title in sorted(dice.sample(words.TITLES, 2 + shape))]
    if shape < 7:
        return [Target(TargetKind.UNIT, dice.choice(words.KINDS).word)]
    if shape == 7:
        return [Target(TargetKind.LEADER)]
    if shape == 8:
        return [
            Target(TargetKind.POSITION, "Assistent", dice.choice(words.KINDS[:5]).word),
            Target(TargetKind.ROLE, words.RISK),
        ]
    return [Target(TargetKind.SECTOR, dice.choice(words.SECTORS))]


@dataclass(frozen=True, slots=True)
class PostKind:
    """What the lines of the register ask about a post."""

    title: str
    unit_name: str
    sector: str
    leads: bool


class Lines:
    """Whom the register is put to, asked once for each kind of post: papers are made for what is required."""

    def __init__(self, lines: Mapping[int, list[Target]]) -> None:
        self.lines = lines
        self._known: dict[PostKind, tuple[int, ...]] = {}

    def required(self, post: PostKind) -> tuple[int, ...]:
        """The requirements put to posts of this kind."""
        if post not in self._known:
            self._known[post] = tuple(
                key for key, lines in self.lines.items() if any(_fits(line, post) for line in lines)
            )
        return self._known[post]


def _fits(line: Target, post: PostKind) -> bool:
    key, within = target_keys(line)
    names = name_words(post.unit_name)
    if within and not any(ends_as(name, within) for name in names):
        return False
    match line.kind:
        case TargetKind.EVERYONE:
            return True
        case TargetKind.POSITION:
            return key == comparable(post.title)
        case TargetKind.LEADER:
            return post.leads
        case TargetKind.SECTOR:
            return key == comparable(post.sector)
        case TargetKind.UNIT:
            return any(ends_as(name, key) for name in names)
        case TargetKind.ROLE:
            return False


def read() -> tuple[dict[int, Rule], Lines]:
    """The register as it stands, for those who make papers that answer it."""
    rules: dict[int, Rule] = {}
    lines: dict[int, list[Target]] = {}
    versions = RequirementVersion.objects.using("owner").filter(
        withdrawn_at=None, scope__in=(Scope.PERSON, Scope.PERSON_AND_EQUIPMENT)
    )
    for one in versions.order_by("requirement_id", "valid_from").select_related("requirement"):
        key = one.requirement_id
        rules[key] = Rule(key, one.requirement.name_nb, one.interval_months, one.requirement.owner_id)
        lines[key] = [
            Target(TargetKind(line.kind), line.value, line.within) for line in one.targets.using("owner").order_by("id")
        ]
    return rules, Lines(lines)


def facts(kind: words.UnitKind, title: str, *, leads: bool) -> PostKind:
    return PostKind(title, f"Prøve {kind.word}", kind.sector, leads)

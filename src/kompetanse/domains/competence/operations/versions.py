"""The register as people keep it: what a requirement says from a day on, and what counts for what.

A version is never altered. When another begins, the one before is taken back and told again with its last day, so
that what was known until now can still be reckoned; see models.register.RequirementVersion.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Max, Q

from kompetanse.domains.competence.events import (
    EquivalenceAdded,
    EquivalenceEnded,
    VersionPublished,
    VersionTakenBack,
)
from kompetanse.domains.competence.models import (
    Alternative,
    Equivalence,
    Requirement,
    RequirementTarget,
    RequirementVersion,
)
from kompetanse.domains.competence.queries.register import FILE, requirements_in_sight
from kompetanse.domains.competence.queries.versions import require_keeper
from kompetanse.domains.competence.rules import versions as rules
from kompetanse.domains.competence.rules.targets import Target, TargetKind, target_keys
from kompetanse.domains.competence.types import (
    CodeIsTaken,
    EndsBeforeItStarts,
    EquivalenceIsTold,
    LocalRequirementIsNoLaw,
    MemberInput,
    RequirementInput,
    RequirementIsChanged,
    RequirementIsNotShared,
    RequirementNeedsItself,
    TargetInput,
    UnknownRequirement,
    VersionBeginsSameDay,
    VersionCameWithProgramme,
    VersionInput,
    VersionIsTakenBack,
    WhyIsMissing,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import jobs, locks
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound, Refused
from kompetanse.kernel.text_marker import N_

from .keeping import follow_at_once, follow_register

A_DAY = timedelta(days=1)
# What a version says in columns of its own.
SAYS = (
    "source_type", "reference", "applies_to", "scope", "interval_months", "anchor", "fixed_month", "fixed_day",
    "early_window_months", "grace_days", "credit_months", "dispensation_months", "least", "consequence_nb",
    "consequence_nn", "verified", "verified_on", "responsible", "note",
)  # fmt: skip


@operation
def publish_version(ctx: Context, requirement_code: str, told: VersionInput) -> int:
    """A requirement says this from a day on; the version before ends the day before, the next one stands.

    Gives the version's id. Raises NotFound, Refused, and a sentence for each thing that cannot be said.
    """
    requirement = find_kept(ctx, requirement_code)
    version = put(ctx, requirement, told)
    _publish(ctx, requirement, version, is_new=False)
    return version.pk


@operation
def add_requirement(ctx: Context, named: RequirementInput, told: VersionInput) -> int:
    """Add a requirement with its first version: to the shared register, or to a municipality's own.

    The code of a municipality's own begins with its number. Gives the requirement's id. Raises like
    publish_version, and CodeIsTaken, CodeIsUnclear.
    """
    requirement = add(ctx, named)
    version = put(ctx, requirement, told)
    _publish(ctx, requirement, version, is_new=True)
    return requirement.pk


@operation
def take_back_version(ctx: Context, version_id: int, why: str) -> None:
    """A version was wrong: what stood before it stands again, as if it had not been told.

    Raises NotFound, Refused, WhyIsMissing, VersionIsTakenBack, VersionCameWithProgramme.
    """
    asked = RequirementVersion.objects.select_related("requirement").filter(pk=version_id).first()
    if asked is None:
        raise NotFound()
    requirement = find_kept(ctx, asked.requirement.code)
    if not why.strip():
        raise WhyIsMissing()
    first_id = asked.same_as_id or asked.pk
    standing = _standing(requirement)
    version = next((row for row in standing if first_id in (row.pk, row.same_as_id)), None)
    if version is None:
        raise VersionIsTakenBack()
    if version.recorded_by == FILE:
        raise VersionCameWithProgramme()
    before, after = _neighbours(standing, version.valid_from)
    version.withdrawn_at = ctx.now
    version.save(update_fields=["withdrawn_at"])
    if before is not None and before.valid_to == version.valid_from - A_DAY:
        _tell_again(ctx, before, after.valid_from - A_DAY if after else None)
    event = VersionTakenBack(
        tenant_id=_home(ctx, requirement), requirement_code=requirement.code, version_id=first_id, why=why.strip()[:300]
    )
    publish(ctx, event)
    follow(ctx, requirement)


@operation
def add_equivalence(
    ctx: Context, requirement_code: str, by_code: str, valid_from: date, valid_to: date | None = None
) -> int:
    """Evidence of `by` counts for the requirement in a period, and not the other way.

    Raises NotFound, Refused, UnknownRequirement, EndsBeforeItStarts, EquivalenceIsTold, RequirementNeedsItself,
    RequirementIsNotShared.
    """
    requirement = find_kept(ctx, requirement_code)
    by = _members(requirement, [by_code])[by_code]
    rules.check_day(valid_from)
    if valid_to is not None and valid_to < valid_from:
        raise EndsBeforeItStarts(day=valid_from.isoformat())
    told = Equivalence.objects.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from), requirement=requirement, by=by)
    told = told.filter(withdrawn_at=None)
    if (told if valid_to is None else told.filter(valid_from__lte=valid_to)).exists():
        raise EquivalenceIsTold(code=requirement.code, by=by.code)
    if by == requirement:
        raise RequirementNeedsItself(code=requirement.code)
    made = Equivalence.objects.create(
        requirement=requirement, by=by, valid_from=valid_from, valid_to=valid_to, recorded_at=ctx.now
    )
    _require_no_circle(requirement, valid_from)
    event = EquivalenceAdded(
        tenant_id=_home(ctx, requirement), requirement_code=requirement.code, by_code=by.code,
        valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip
    publish(ctx, event)
    follow(ctx, requirement)
    return made.pk


@operation
def end_equivalence(ctx: Context, equivalence_id: int, last_day: date) -> None:
    """From the day after, evidence of the one no longer counts for the other.

    Raises NotFound, Refused, EndsBeforeItStarts, RequirementIsChanged.
    """
    told = Equivalence.objects.select_related("requirement", "by").filter(pk=equivalence_id).first()
    if told is None:
        raise NotFound()
    requirement = find_kept(ctx, told.requirement.code)
    told = Equivalence.objects.select_related("by").get(pk=equivalence_id)
    if told.withdrawn_at is not None:
        raise RequirementIsChanged()
    if last_day < told.valid_from:
        day = told.valid_from.isoformat()
        raise EndsBeforeItStarts(day=day)
    told.withdrawn_at = ctx.now
    told.save(update_fields=["withdrawn_at"])
    Equivalence.objects.create(
        requirement=requirement, by=told.by, valid_from=told.valid_from, valid_to=last_day, recorded_at=ctx.now
    )
    event = EquivalenceEnded(
        tenant_id=_home(ctx, requirement), requirement_code=requirement.code, by_code=told.by.code, valid_to=last_day
    )
    publish(ctx, event)
    follow(ctx, requirement)


# --- what the operations and the dry run share ---------------------------------------------------------


def find_kept(ctx: Context, code: str) -> Requirement:
    """The requirement, when the actor keeps it: one at a time from here on. Raises UnknownRequirement or Refused."""
    requirement = Requirement.objects.filter(requirements_in_sight(), code=code.strip().upper()).first()
    if requirement is None:
        raise UnknownRequirement(code=code)
    require_keeper(ctx, requirement.owner_id)
    locks.hold("register", requirement.owner_id or 0)
    return requirement


def add(ctx: Context, named: RequirementInput) -> Requirement:
    """A requirement that says nothing yet. Raises NotFound, Refused, CodeIsUnclear, CodeIsTaken."""
    require_keeper(ctx, named.tenant_id)
    locks.hold("register", named.tenant_id or 0)
    number = ""
    if named.tenant_id is not None:
        found = organisation.list_municipalities(frozenset({named.tenant_id}))
        if not found:
            raise NotFound()
        number = found[0].number
    code = rules.code_of(named.code, number)
    position = (Requirement.objects.aggregate(last=Max("position"))["last"] or 0) + 1
    requirement, is_new = Requirement.objects.get_or_create(
        code=code,
        defaults={
            "name_nb": named.name_nb.strip(),
            "name_nn": named.name_nn.strip() or named.name_nb.strip(),
            "position": min(position, 32000),
            "owner_id": named.tenant_id,
        },
    )
    if not is_new:
        raise CodeIsTaken(code=code)
    return requirement


def put(ctx: Context, requirement: Requirement, told: VersionInput) -> RequirementVersion:
    """Tell the version, and give the one before its last day. The caller holds the lock."""
    told = rules.tidy(told)
    rules.check(told, ctx.today)
    if requirement.owner_id is not None and told.source_type in rules.LAW:
        raise LocalRequirementIsNoLaw()
    members = _members(requirement, [m.requirement_code for group in told.alternatives for m in group])
    standing = _standing(requirement)
    if told.seen is not None and told.seen != max((row.pk for row in standing), default=0):
        raise RequirementIsChanged()
    if any(row.valid_from == told.valid_from for row in standing):
        raise VersionBeginsSameDay(day=told.valid_from.isoformat())
    before, after = _neighbours(standing, told.valid_from)
    if before is not None and (before.valid_to is None or before.valid_to >= told.valid_from):
        _tell_again(ctx, before, told.valid_from - A_DAY)
    version = RequirementVersion.objects.create(
        requirement=requirement,
        valid_from=told.valid_from,
        valid_to=after.valid_from - A_DAY if after else None,
        recorded_at=ctx.now,
        recorded_by=ctx.actor.name,
        **{name: getattr(told, name) for name in SAYS},
    )
    _put_targets(version, told.targets)
    _put_alternatives(version, told.alternatives, members)
    _require_no_circle(requirement, told.valid_from)
    return version


def follow(ctx: Context, requirement: Requirement) -> None:
    """What is kept ready follows: in sight at once, elsewhere soon."""
    if requirement.owner_id is not None:
        follow_at_once([requirement.owner_id])
        return
    follow_at_once(row.tenant_id for row in organisation.list_municipalities(ctx.tenants))
    jobs.enqueue(follow_register)


def _publish(ctx: Context, requirement: Requirement, version: RequirementVersion, *, is_new: bool) -> None:
    event = VersionPublished(
        tenant_id=_home(ctx, requirement), requirement_code=requirement.code, version_id=version.pk,
        valid_from=version.valid_from, is_new=is_new,
    )  # fmt: skip
    publish(ctx, event)
    follow(ctx, requirement)


def _home(ctx: Context, requirement: Requirement) -> int:
    """Whose deed it is: the municipality's, or that of the region whose office acts. Raises Refused without either."""
    if requirement.owner_id is not None:
        return requirement.owner_id
    region = organisation.find_region_of(ctx.tenants, ctx.today)
    if region is None:
        raise Refused(why=N_("Det felles kravregisteret føres av et regionkontor."))
    return region.tenant_id


def _standing(requirement: Requirement) -> list[RequirementVersion]:
    return list(requirement.versions.filter(withdrawn_at=None).order_by("valid_from"))


def _neighbours(
    standing: list[RequirementVersion], day: date
) -> tuple[RequirementVersion | None, RequirementVersion | None]:
    """The version that begins last before the day, and the one that begins first after it."""
    earlier = [row for row in standing if row.valid_from < day]
    later = [row for row in standing if row.valid_from > day]
    return (earlier[-1] if earlier else None), (later[0] if later else None)


def _tell_again(ctx: Context, row: RequirementVersion, last_day: date | None) -> RequirementVersion:
    """The same version with another last day; who told it first has still told it."""
    targets, alternatives = list(row.targets.order_by("pk")), list(row.alternatives.order_by("pk"))
    row.withdrawn_at = ctx.now
    row.save(update_fields=["withdrawn_at"])
    again = RequirementVersion.objects.create(
        requirement_id=row.requirement_id,
        valid_from=row.valid_from,
        valid_to=last_day,
        recorded_at=ctx.now,
        recorded_by=row.recorded_by,
        same_as_id=row.same_as_id or row.pk,
        **{name: getattr(row, name) for name in SAYS},
    )
    for target in targets:
        target.pk, target.version = None, again
    for part in alternatives:
        part.pk, part.version = None, again
    if targets:
        RequirementTarget.objects.bulk_create(targets)
    if alternatives:
        Alternative.objects.bulk_create(alternatives)
    return again


def _put_targets(version: RequirementVersion, targets: Iterable[TargetInput]) -> None:
    made = []
    for told in targets:
        key, within_key = target_keys(Target(TargetKind(told.kind), told.value, told.within))
        made.append(
            RequirementTarget(
                version=version, kind=told.kind, value=told.value, key=key, within=told.within, within_key=within_key
            )
        )
    if made:
        RequirementTarget.objects.bulk_create(made)


def _put_alternatives(
    version: RequirementVersion, ways: Iterable[Iterable[MemberInput]], members: dict[str, Requirement]
) -> None:
    made = [
        Alternative(version=version, group=number, needs=members[member.requirement_code], points=member.points)
        for number, way in enumerate(ways, 1)
        for member in way
    ]
    if made:
        Alternative.objects.bulk_create(made)


def _members(requirement: Requirement, codes: list[str]) -> dict[str, Requirement]:
    """The requirements that are named. Raises UnknownRequirement; RequirementIsNotShared where a shared one leans
    on a municipality's own."""
    wanted = {code: code.strip().upper() for code in codes}
    found = {one.code: one for one in Requirement.objects.filter(requirements_in_sight(), code__in=wanted.values())}
    for code in wanted.values():
        if code not in found:
            raise UnknownRequirement(code=code)
        if found[code].owner_id not in (None, requirement.owner_id):
            raise RequirementIsNotShared(code=code)
    return {code: found[upper] for code, upper in wanted.items()}


def _require_no_circle(requirement: Requirement, day: date) -> None:
    """It does not come back to itself from the day on, by any way. Raises RequirementNeedsItself."""
    still = Q(withdrawn_at=None) & (Q(valid_to=None) | Q(valid_to__gte=day))
    satisfied_by: dict[int, list[int]] = {}
    for key, by in Equivalence.objects.filter(still).values_list("requirement_id", "by_id"):
        satisfied_by.setdefault(key, []).append(by)
    built_of: dict[int, list[int]] = {}
    standing = RequirementVersion.objects.filter(still).values("pk")
    parts = Alternative.objects.filter(version__in=standing).values_list("version__requirement_id", "needs_id")
    for key, needs in parts:
        built_of.setdefault(key, []).append(needs)
    if rules.needs_itself(requirement.pk, satisfied_by, built_of):
        raise RequirementNeedsItself(code=requirement.code)

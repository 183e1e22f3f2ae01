"""Evidence and the register, reached by the operations that people use."""

from __future__ import annotations

import functools
import itertools
import secrets
from datetime import date, timedelta

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import Dispensation, UnitCount
from kompetanse.domains.competence.types import (
    EvidenceInput,
    EvidenceSource,
    RegisterInput,
    RequirementInput,
    SourceType,
    TargetInput,
    VersionInput,
)
from kompetanse.domains.organisation.models import Employee, Post, Unit
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context, system_context
from kompetanse.kernel.outcomes import Outcome

from .organisation import NOW, Region, Town, Who, context, system

TODAY = date(2027, 3, 15)


@functools.cache
def register() -> None:
    """The shared register is loaded: once for each database, since nothing takes away from it."""
    competence.load_register()


def of(who: Who) -> Employee:
    assert who.employee is not None
    return who.employee


def of_post(who: Who) -> Post:
    assert who.post is not None
    return who.post


def evidence(
    who: Who,
    code: str | None,
    completed_on: date = TODAY - timedelta(days=100),
    *,
    valid_to: date | None = None,
    reference: str = "",
    source: EvidenceSource = EvidenceSource.MANAGER,
) -> int:
    """Somebody has shown that they can."""
    employee = of(who)
    ctx = system_context("test", {employee.tenant_id}, NOW)
    return competence.record_evidence(
        ctx,
        EvidenceInput(
            tenant_id=employee.tenant_id, employee_id=employee.id, requirement_code=code, title=code or "Kurs",
            completed_on=completed_on, source=source, valid_to=valid_to, reference=reference,
        ),
    )  # fmt: skip


def claim(
    who: Who,
    code: str,
    completed_on: date = TODAY - timedelta(days=100),
    *,
    title: str = "",
    issuer: str = "",
    certificate_number: str = "",
) -> int:
    """Somebody tells of their own."""
    return competence.claim_evidence(
        context(who), employee_id=of(who).id, requirement_code=code, completed_on=completed_on, title=title,
        issuer=issuer, certificate_number=certificate_number,
    )  # fmt: skip


def dispensation(who: Who, code: str, valid_from: date = TODAY, valid_to: date = TODAY + timedelta(days=100)) -> int:
    """Somebody may work where they do without what is required."""
    post = of_post(who)
    return competence.give_dispensation(
        system_context("test", {post.tenant_id}, NOW), employee_id=of(who).id, unit_id=post.unit_id,
        requirement_code=code, decided_by="Kommunedirektøren", why="Ingen kvalifiserte søkere.",
        valid_from=valid_from, valid_to=valid_to, case_reference="26/1234",
    )  # fmt: skip


def duty(who: Who, name: str = "verneombud", valid_from: date = TODAY) -> int:
    """Somebody has a task or an office where they work."""
    post = of_post(who)
    ctx = system_context("test", {post.tenant_id}, NOW)
    return competence.give_duty(ctx, employee_id=of(who).id, unit_id=post.unit_id, name=name, valid_from=valid_from)


def register_row(
    who: Who, title: str, completed_on: date | None = date(2026, 5, 4), *, row: int = 2, number: str = ""
) -> RegisterInput:
    assert who.post is not None
    return RegisterInput(row, who.post.employee_number, title, "RKK", number, completed_on)


def sync(town: Town, *rows: RegisterInput, ctx: Context | None = None) -> Outcome:
    """The municipality's register is read."""
    ctx = ctx or system_context("test", {town.tenant_id}, NOW)
    return competence.sync_register(ctx, tenant_id=town.tenant_id, rows=rows, file="kompetanse.csv")


def on_leave(who: Who, start: date, end: date | None) -> None:
    assert who.post is not None
    with tenant_scope(system_context("test", {who.post.tenant_id}, NOW)):
        Post.objects.filter(pk=who.post.pk).update(leave_from=start, leave_to=end)


_codes = itertools.count(1)


def version(**told: object) -> VersionInput:
    """What a requirement may say from a day on; put to nobody unless told otherwise."""
    said: dict[str, object] = {
        "valid_from": TODAY, "source_type": SourceType.GUIDANCE, "reference": "Veileder 1", "applies_to": "Prøvetakere",
    }  # fmt: skip
    return VersionInput(**{**said, **told})  # type: ignore[arg-type]


def requirement(region: Region, *, town: Town | None = None, **told: object) -> str:
    """A requirement of the test's own, put to posts with a title of its own. Gives its code: also the title's."""
    code = f"PRØVE-{secrets.token_hex(3)}-{next(_codes)}".upper()
    told.setdefault("targets", (TargetInput("position", code),))
    told.setdefault("valid_from", date(2022, 1, 1))
    named = RequirementInput(code, f"Prøve {code}", f"Prøve {code}", town.tenant_id if town else None)
    key = competence.add_requirement(system(region), named, version(**told))
    return competence.get_requirement_history(system(region), key).code


def another_post(who: Who, unit: Unit, title: str) -> None:
    """A second post for somebody who has one."""
    first = of_post(who)
    with tenant_scope(system_context("test", {first.tenant_id}, NOW)):
        Post.objects.create(
            tenant_id=first.tenant_id, employee_id=first.employee_id, unit=unit, employee_number=f"{first.pk}-2",
            position_title=title, is_main=False, valid_from=date(2021, 1, 1),
        )  # fmt: skip


def born(who: Who, year: int) -> None:
    with tenant_scope(system_context("test", {of(who).tenant_id}, NOW)):
        Employee.objects.filter(pk=of(who).pk).update(birth_year=year)


def requirement_id(code: str) -> int:
    return next(row.id for row in competence.list_requirements() if row.code == code)


def counted(unit: Unit, *, valid_from: date = TODAY, **numbers: int) -> int:
    """How many children there are in a kindergarten; gives the last row's id."""
    ctx = system_context("test", {unit.tenant_id}, NOW)
    competence.record_counts(
        ctx, unit_id=unit.id, requirement_id=requirement_id("PEDNORM"), valid_from=valid_from, counts=numbers
    )
    with tenant_scope(ctx):
        row = UnitCount.objects.filter(unit_id=unit.id).latest("pk")
    return int(row.pk)


def arranged(town: Town, part: str, *, with_whom: str = "Nabokommunen", valid_to: date | None = None) -> int:
    """Somebody else stands for one of the professions that the municipality must have."""
    return competence.record_arrangement(
        system_context("test", {town.tenant_id}, NOW), tenant_id=town.tenant_id,
        requirement_id=requirement_id("KOMMUNEYRKER"), part=part, with_whom=with_whom,
        valid_from=date(2026, 1, 1), valid_to=valid_to,
    )  # fmt: skip


def dispensed(who: Who, code: str, *, valid_to: date = date(2027, 12, 31)) -> None:
    """Somebody may hold the post without the competence for a time."""
    post = of_post(who)
    with tenant_scope(system_context("test", {post.tenant_id}, NOW)):
        Dispensation.objects.create(
            tenant_id=post.tenant_id, employee_id=post.employee_id, unit_id=post.unit_id,
            requirement_id=requirement_id(code), decided_by="Kommunedirektøren", why="Ingen kvalifiserte søkere",
            valid_from=date(2027, 1, 1), valid_to=valid_to, recorded_at=NOW, recorded_by="HR",
        )  # fmt: skip

"""Evidence and the register, reached by the operations that people use."""

from __future__ import annotations

import functools
from datetime import date, timedelta

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import Dispensation, UnitCount
from kompetanse.domains.competence.types import EvidenceInput, EvidenceSource, RegisterInput
from kompetanse.domains.organisation.models import Employee, Post, Unit
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context, system_context
from kompetanse.kernel.outcomes import Outcome

from .organisation import NOW, Town, Who

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

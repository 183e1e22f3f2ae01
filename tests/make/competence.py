"""Evidence and the register, reached by the operations that people use."""

from __future__ import annotations

import functools
import itertools
import secrets
from datetime import date, timedelta

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import (
    EvidenceInput,
    EvidenceSource,
    RegisterInput,
    RequirementInput,
    SourceType,
    TargetInput,
    VersionInput,
)
from kompetanse.domains.organisation.models import Employee, Post
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context, system_context
from kompetanse.kernel.outcomes import Outcome

from .organisation import NOW, Region, Town, Who, system

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

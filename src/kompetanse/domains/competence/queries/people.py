"""One person: what is required, what is held, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from kompetanse.domains.competence.models import Evidence
from kompetanse.domains.competence.permissions import Right, answers_for
from kompetanse.domains.competence.queries.words import why_required, why_state
from kompetanse.domains.competence.rules.status import Rulebook
from kompetanse.domains.competence.types import EvidenceRow, PersonPage, State, StatusRow
from kompetanse.domains.competence.types.ledger import DispensationRow, DutyRow
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import StaffRow
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .dispensations import list_dispensations
from .duties import list_duties
from .kept import KeptStatus, statuses_of
from .leave import leave_warnings
from .ledger import Standing, grouped, list_standing
from .register import Register, read_register

# What a person should look at first.
ORDER = [State.EXPIRED, State.MISSING, State.EXPIRING, State.DISPENSED, State.ON_LEAVE, State.HELD]


@query
def get_own_competence(ctx: Context) -> tuple[PersonPage, ...]:
    """The actor's own, one page per municipality they work in. Six queries."""
    staff = organisation.list_staff(ctx, own=True)
    register = read_register(ctx.today)
    evidence = grouped(list_standing(person_id=ctx.actor.person_id))
    posts: dict[int, list[StaffRow]] = {}
    for post in staff:
        posts.setdefault(post.employee_id, []).append(post)
    kept = statuses_of({post.tenant_id for post in staff}, posts, ctx.today) if posts else []
    besides = _Besides(list_duties(ctx, own=True), list_dispensations(ctx, own=True)) if posts else _Besides()
    return tuple(
        _page(
            register, [one for one in kept if one.employee_id == who], held, evidence.get(who, []), besides, ctx.today
        )
        for who, held in posts.items()
    )  # fmt: skip


@query
def list_own_statuses(ctx: Context) -> tuple[StatusRow, ...]:
    """How every requirement stands for the actor, wherever they work, and nothing besides. Four queries."""
    posts: dict[int, list[StaffRow]] = {}
    for post in organisation.list_staff(ctx, own=True):
        posts.setdefault(post.employee_id, []).append(post)
    if not posts:
        return ()
    register = read_register(ctx.today)
    evidence = grouped(list_standing(person_id=ctx.actor.person_id))
    kept = statuses_of({held[0].tenant_id for held in posts.values()}, posts, ctx.today)
    return tuple(
        status
        for who, held in posts.items()
        for status in _statuses(
            register, [one for one in kept if one.employee_id == who], held, evidence.get(who, []), ctx.today
        )
    )


@query
def get_person_competence(ctx: Context, *, employee_id: int) -> PersonPage:
    """One person's, for one who may read it. Six queries. Raises NotFound or Refused.

    A leader sees what the posts they lead require; HR and the office see all posts.
    """
    staff = organisation.list_staff(ctx, employee_id=employee_id)
    if not staff:
        # No standing post in reach: unknown here, not the actor's to see, or somebody who has left.
        gone = organisation.access_employee(ctx, employee_id=employee_id)
    register = read_register(ctx.today)
    evidence = list_standing(employee_id=employee_id)
    if not staff:
        rows = _rows(register, gone.tenant_id, evidence)
        return PersonPage(employee_id, gone.tenant_id, gone.person_id, gone.name, "", (), (), rows)
    may_record = any(answers_for(ctx.actor, post) for post in staff) or bool(
        access.answer(ctx.actor, Right.EVIDENCE_RECORD, Evidence(tenant_id=staff[0].tenant_id))
    )
    kept = statuses_of({staff[0].tenant_id}, {employee_id}, ctx.today)
    besides = _Besides(list_duties(ctx, employee_id=employee_id), list_dispensations(ctx, employee_id=employee_id))
    return _page(register, kept, staff, evidence, besides, ctx.today, may_record=may_record)


@dataclass(frozen=True, slots=True)
class _Besides:
    """What stands beside the evidence, of everybody asked for."""

    duties: list[DutyRow] = field(default_factory=list)
    dispensations: list[DispensationRow] = field(default_factory=list)


def _page(
    register: Register,
    kept: Iterable[KeptStatus],
    posts: list[StaffRow],
    evidence: list[Standing],
    besides: _Besides,
    today: date,
    *,
    may_record: bool = False,
) -> PersonPage:
    first = posts[0]
    who, kept = first.employee_id, list(kept)
    return PersonPage(
        first.employee_id,
        first.tenant_id,
        first.person_id,
        first.name,
        first.municipality,
        tuple(f"{post.position_title}, {post.unit_name}" for post in posts),
        _statuses(register, kept, posts, evidence, today),
        _rows(register, first.tenant_id, evidence),
        may_record,
        tuple(row for row in besides.duties if row.employee_id == who),
        tuple(row for row in besides.dispensations if row.employee_id == who),
        tuple(leave_warnings(register, posts, kept, today)),
    )


def _statuses(
    register: Register, kept: Iterable[KeptStatus], posts: list[StaffRow], evidence: list[Standing], today: date
) -> tuple[StatusRow, ...]:
    """One row per requirement, whichever of the posts in reach require it."""
    reach = {post.unit_id: post for post in posts}
    by_requirement: dict[int, list[KeptStatus]] = {}
    for one in kept:
        if one.unit_id in reach:
            by_requirement.setdefault(one.requirement_id, []).append(one)
    rulebook = register.rulebook(posts[0].tenant_id)
    found = [
        _status_row(register, rulebook, required, reach, evidence, today)
        for key, required in by_requirement.items()
        if key in register.rows
    ]
    return tuple(sorted(found, key=lambda row: (ORDER.index(row.state), row.expires_on or date.max)))


def _status_row(
    register: Register,
    rulebook: Rulebook,
    required: list[KeptStatus],
    reach: dict[int, StaffRow],
    evidence: list[Standing],
    today: date,
) -> StatusRow:
    first = required[0]
    key, end = first.requirement_id, first.ends
    row = register.row(first.tenant_id, key)
    # Away everywhere, or dispensed everywhere but there: else it stands as it stands beneath.
    at_work = [one.state for one in required if one.state is not State.ON_LEAVE]
    state = State.ON_LEAVE if not at_work else min(at_work, key=ORDER.index)
    by_id = {one.id: one for one in evidence}
    proof = by_id.get(first.evidence_id or 0)
    via = proof.proves if proof and proof.proves != key else None
    best = None
    if proof is not None:
        passes = rulebook.passes(key, [one.proof for one in evidence if one.proof and one.completed_on <= today])
        best = next((one for one in passes if one.proof.evidence_id == proof.id), None)
    reasons = [why_required(one.line, reach[one.unit_id]) for one in required if one.line is not None]
    return StatusRow(
        key, row.code, row.name, row.source_type, row.reference, row.verified, state, end, first.evidence_id,
        " ".join(dict.fromkeys(reasons)),
        why_state(
            state,
            first.beneath,
            best,
            proof.title if proof else "",
            register.rows[via].name if via in register.rows else "",
            register.months(first.tenant_id, key),
        ),
        (end - today).days if end else None,
        first.evidence_id is None and first.beneath is not State.MISSING,
    )  # fmt: skip


def _rows(register: Register, tenant_id: int, evidence: list[Standing]) -> tuple[EvidenceRow, ...]:
    """Every standing evidence with its own last day, whether anything requires it or not."""
    proofs = [one.proof for one in evidence if one.proof]
    rulebook = register.rulebook(tenant_id)
    ends: dict[int, date | None] = {}
    for requirement_id in {proof.requirement_id for proof in proofs}:
        for one in rulebook.passes(requirement_id, proofs):
            if one.proof.requirement_id == requirement_id:
                ends[one.proof.evidence_id] = one.expires_on
    return tuple(
        EvidenceRow(
            one.id, one.title, register.rows[one.proves].code if one.proves in register.rows else None,
            one.completed_on, ends.get(one.id, one.valid_to), one.source, one.issuer, one.certificate_number,
            one.reference, one.waiting, one.unverified,
        )
        for one in evidence
    )  # fmt: skip

"""One person: what is required, what is held, and why."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from kompetanse.domains.competence.models import Evidence
from kompetanse.domains.competence.permissions import Right, answers_for
from kompetanse.domains.competence.queries.words import why_required, why_state
from kompetanse.domains.competence.types import EvidenceRow, PersonPage, State, StatusRow
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import StaffRow
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .ledger import Standing, grouped, list_standing
from .register import Register, read_register
from .required import Required, all_away, required_of

# What a person should look at first.
ORDER = [State.EXPIRED, State.MISSING, State.EXPIRING, State.ON_LEAVE, State.HELD]


@query
def get_own_competence(ctx: Context) -> tuple[PersonPage, ...]:
    """The actor's own, one page per municipality they work in. Three queries."""
    staff = organisation.list_staff(ctx, own=True)
    register = read_register(ctx.today)
    evidence = grouped(list_standing(Q(employee__person_id=ctx.actor.person_id)))
    required = required_of(register, staff)
    posts: dict[int, list[StaffRow]] = {}
    for post in staff:
        posts.setdefault(post.employee_id, []).append(post)
    return tuple(_page(register, required, who, held, evidence.get(who, []), ctx.today) for who, held in posts.items())


@query
def get_person_competence(ctx: Context, *, employee_id: int) -> PersonPage:
    """One person's, for one who may read it. Three queries. Raises NotFound or Refused.

    A leader sees what the posts they lead require; HR and the office see all posts.
    """
    staff = organisation.list_staff(ctx, employee_id=employee_id)
    if not staff:
        # No standing post in reach: unknown here, not the actor's to see, or somebody who has left.
        gone = organisation.access_employee(ctx, employee_id=employee_id)
        name, tenant_id, person_id = gone.name, gone.tenant_id, gone.person_id
    register = read_register(ctx.today)
    evidence = list_standing(Q(employee_id=employee_id))
    if not staff:
        return PersonPage(employee_id, tenant_id, person_id, name, "", (), (), _rows(register, evidence, ctx.today))
    required = required_of(register, staff)
    may_record = any(answers_for(ctx.actor, post) for post in staff) or bool(
        access.answer(ctx.actor, Right.EVIDENCE_RECORD, Evidence(tenant_id=staff[0].tenant_id))
    )
    return _page(register, required, employee_id, staff, evidence, ctx.today, may_record=may_record)


def _page(
    register: Register,
    required: Required,
    employee_id: int,
    posts: list[StaffRow],
    evidence: list[Standing],
    today: date,
    *,
    may_record: bool = False,
) -> PersonPage:
    first = posts[0]
    return PersonPage(
        employee_id,
        first.tenant_id,
        first.person_id,
        first.name,
        first.municipality,
        tuple(f"{post.position_title}, {post.unit_name}" for post in posts),
        _statuses(register, required, employee_id, evidence, today),
        _rows(register, evidence, today),
        may_record,
    )


def _statuses(
    register: Register, required: Required, employee_id: int, evidence: list[Standing], today: date
) -> tuple[StatusRow, ...]:
    proofs = [one.proof for one in evidence if one.proof]
    titles = {one.id: one.title for one in evidence}
    found = []
    for requirement_id, reasons in required.get(employee_id, {}).items():
        row = register.rows[requirement_id]
        status = register.rulebook.status(
            requirement_id, proofs, today, on_leave=all_away((post for post, _ in reasons), today)
        )
        proof = status.best.proof if status.best else None
        via = proof.requirement_id if proof and proof.requirement_id != requirement_id else None
        end = status.expires_on
        found.append(
            StatusRow(
                requirement_id, row.code, row.name, row.source_type, row.reference, row.verified, status.state,
                end, proof.evidence_id if proof else None,
                " ".join(dict.fromkeys(why_required(target, post) for post, target in reasons)),
                why_state(
                    status,
                    titles[proof.evidence_id] if proof else "",
                    register.rows[via].name if via else "",
                    row.interval_months,
                ),
                (end - today).days if end else None,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda row: (ORDER.index(row.state), row.expires_on or date.max)))


def _rows(register: Register, evidence: list[Standing], today: date) -> tuple[EvidenceRow, ...]:
    """Every standing evidence with its own last day, whether anything requires it or not."""
    proofs = [one.proof for one in evidence if one.proof]
    ends: dict[int, date | None] = {}
    for requirement_id in {proof.requirement_id for proof in proofs}:
        for one in register.rulebook.passes(requirement_id, proofs):
            if one.proof.requirement_id == requirement_id:
                ends[one.proof.evidence_id] = one.expires_on
    return tuple(
        EvidenceRow(
            one.id, one.title, register.rows[one.proves].code if one.proves else None, one.completed_on,
            ends.get(one.id, one.valid_to), one.source, one.issuer, one.certificate_number, one.reference,
            one.waiting,
        )
        for one in evidence
    )  # fmt: skip

"""What a person lacks of some requirements on a day, whether anything requires them of the person or not."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from kompetanse.domains.competence.types import LackingRow, State
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .ledger import list_standing
from .register import read_register


@query
def list_lacking(ctx: Context, *, employee_id: int, codes: Collection[str], day: date) -> list[LackingRow]:
    """Those of the requirements that the person will not hold on the day, by what is known now, in the given order.

    For who may see the person. A requirement that is no longer in the register is lacked by nobody. Raises
    NotFound, Refused.
    """
    who = organisation.access_employee(ctx, employee_id=employee_id)
    register = read_register(day)
    by_code = {row.code: key for key, row in register.rows.items()}
    proofs = [one.proof for one in list_standing(employee_id=employee_id) if one.proof]
    rulebook = register.rulebook(who.tenant_id)
    states = {code: rulebook.status(by_code[code], proofs, day).state for code in codes if code in by_code}
    return [
        LackingRow(code, register.rows[by_code[code]].name, state)
        for code, state in states.items()
        if state in (State.MISSING, State.EXPIRED)
    ]

"""A certificate's code: whose it is, and a hundred bits that nobody can guess."""

from __future__ import annotations

import re
import secrets

from kompetanse.domains.competence.types.documents import CertificateState

# Read aloud and typed from paper: no I, L, O or U.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE = re.compile(rf"(\d{{1,18}})-([{LETTERS}]{{5}}-){{3}}[{LETTERS}]{{5}}")
_MISREAD = str.maketrans("ILOU", "110V")


def new_code(tenant_id: int) -> str:
    """`12-7QK3M-…`: the number tells where to look, the letters are chance."""
    groups = ["".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4)]
    return "-".join([str(tenant_id), *groups])


def read_code(typed: str) -> tuple[str, int] | None:
    """The code as it is kept, and whose it is; None where it cannot be one."""
    code = re.sub(r"\s", "", typed).upper().translate(_MISREAD)
    found = _CODE.fullmatch(code)
    return (code, int(found[1])) if found else None


def state_of(*, is_newest: bool, newest_is_void: bool, has_ended: bool) -> CertificateState:
    """How a certificate stands, by what the ledger says of its evidence today."""
    if newest_is_void:
        return CertificateState.WITHDRAWN
    if not is_newest:
        return CertificateState.REPLACED
    return CertificateState.EXPIRED if has_ended else CertificateState.VALID

"""Certificates as Open Badges 3.0: a signed credential, who issues it, and which are taken back.

The credential says what stands on the certificate and no more. It is called by a name worked out from the code, so
that the list of those taken back leads to nobody's certificate.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from kompetanse.domains.competence.models import Certificate, Evidence
from kompetanse.domains.competence.rules.certificates import read_code
from kompetanse.domains.competence.types.documents import BadgeIsRevoked, CertificateText
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import credentials
from kompetanse.foundation.identity import fingerprint
from kompetanse.foundation.tenancy import reading
from kompetanse.kernel.context import system_context
from kompetanse.kernel.errors import NotFound

from .documents import read_text

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",  # what the list of those taken back is called
]
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
NORWAY = ZoneInfo("Europe/Oslo")


def badge(code: str, *, base: str, now: datetime) -> str:
    """The certificate with this code as a signed credential (VC-JWT), for anybody who holds the code.

    `base` is what this installation is called. Raises NotFound, BadgeIsRevoked.
    """
    known = read_code(code)
    if known is None:
        raise NotFound()
    with reading(system_context("somebody fetches a badge", {known[1]}, now)):
        found = Certificate.objects.filter(tenant_id=known[1], code=known[0]).first()
        if found is None:
            raise NotFound()
        if Evidence.objects.filter(tenant_id=found.tenant_id, corrects_id=found.evidence_id).exists():
            raise BadgeIsRevoked()
    return credentials.sign(_credential(found, base), key_address=key_address(base))


def badge_issuer(tenant_id: int, *, base: str) -> dict[str, Any]:
    """Who issues a municipality's badges, as others are told. Raises NotFound."""
    found = organisation.list_municipalities(frozenset({tenant_id}))
    if not found:
        raise NotFound()
    return {"@context": CONTEXT, **_issuer(tenant_id, found[0].name, base)}


def revoked_badges(tenant_id: int, *, base: str, now: datetime) -> dict[str, Any]:
    """Which of a municipality's badges are taken back: those whose evidence has been corrected. Raises NotFound."""
    issuer = badge_issuer(tenant_id, base=base)
    with reading(system_context("somebody reads which badges are taken back", {tenant_id}, now)):
        later = Evidence.objects.filter(tenant_id=tenant_id, corrects_id=OuterRef("evidence_id"))
        codes = Certificate.objects.filter(Exists(later), tenant_id=tenant_id).values_list("code", flat=True)
        names = sorted(_name(code) for code in codes)
    return {
        "id": f"{issuer['id']}tilbakekalte/",
        "issuer": issuer["id"],
        "revokedCredential": [{"id": name, "revoked": True} for name in names],
    }


def badge_key(*, base: str) -> dict[str, str]:
    """The public key that the badges are signed with, as a JSON Web Key."""
    return credentials.public_key(key_address(base))


def key_address(base: str) -> str:
    return f"{base}/utsteder/nokkel/{credentials.NUMBER}/"


def _credential(row: Certificate, base: str) -> dict[str, Any]:
    text, name = read_text(row.content), _name(row.code)
    issuer = _issuer(row.tenant_id, text.municipality, base)
    made = row.made_at.astimezone(UTC).replace(microsecond=0)
    ends = datetime.combine(text.last_day, time(23, 59, 59), NORWAY).astimezone(UTC) if text.last_day else None
    claims: dict[str, Any] = {"iss": issuer["id"], "jti": name, "nbf": int(made.timestamp())}
    return {
        **claims,
        **({"exp": int(ends.timestamp()), "validUntil": _instant(ends)} if ends else {}),
        "@context": CONTEXT,
        "id": name,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": text.title,
        "issuer": issuer,
        "validFrom": _instant(made),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityHash": text.person, "identityType": "name"}
            ],
            "achievement": _achievement(row.tenant_id, text, base),
        },
        "evidence": [{"id": f"{base}/kompetansebevis/{row.code}/", "type": ["Evidence"], "name": f"KB-{row.pk}"}],
        "credentialStatus": {"id": f"{issuer['id']}tilbakekalte/", "type": "1EdTechRevocationList"},
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }


def _achievement(tenant_id: int, text: CertificateText, base: str) -> dict[str, Any]:
    what = text.requirement_nb or text.title
    return {
        "id": uuid.uuid5(uuid.NAMESPACE_URL, f"{base}/utsteder/{tenant_id}/{text.title}/{text.requirement_nb}").urn,
        "type": ["Achievement"],
        "inLanguage": "nb",
        "name": text.title,
        "description": f"{what}. {text.reference}".strip(". ") + ".",
        "criteria": {"narrative": f"Fullført {text.completed_on:%d.%m.%Y}. {text.course or text.evidence}."},
    }


def _issuer(tenant_id: int, name: str, base: str) -> dict[str, Any]:
    return {"id": f"{base}/utsteder/{tenant_id}/", "type": ["Profile"], "name": name, "url": f"{base}/"}


def _name(code: str) -> str:
    """What the credential is called: always the same, and from it nobody finds the code."""
    return uuid.UUID(fingerprint(f"badge {code}")[:32], version=5).urn


def _instant(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

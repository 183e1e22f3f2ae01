"""Open Badges 3.0, read by another library than the one that signs, and by the standard's own words."""

from __future__ import annotations

import base64
import io
import json
import re
import uuid
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence import handlers
from kompetanse.domains.competence.events import EvidenceCorrected
from kompetanse.domains.competence.types.documents import BadgeIsRevoked, CertificateState
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import credentials
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import competence as made
from tests.make.competence import TODAY
from tests.make.organisation import NOW

BASE = "https://kompetanse.example.no"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class World:
    def setup_method(self) -> None:
        made.register()
        self.world = make.region(municipalities=2)
        self.town, self.other = self.world.municipalities
        self.unit = make.unit(self.town)
        self.who = make.employee(self.town, self.unit)
        self.leader = make.leader(self.town, self.unit)
        self.evidence = made.evidence(self.who, "HLR")
        competence.make_certificate(make.context(self.who), evidence_id=self.evidence)

    @property
    def system(self) -> Context:
        return make.system(self.world)

    def code(self, evidence_id: int | None = None) -> str:
        page = competence.get_document_page(make.context(self.who), evidence_id=evidence_id or self.evidence)
        assert page.certificate is not None
        return page.certificate.code

    def correct(self, *, void: bool = False) -> int:
        return competence.correct_evidence(
            make.context(self.leader), evidence_id=self.evidence, why="Feil dato.", completed_on=TODAY, void=void
        )


def verified(word: str) -> dict[str, Any]:
    """As somebody else would: the key from its address, the signature by PyJWT."""
    head = jwt.get_unverified_header(word)
    key = competence.badge_key(base=BASE)
    assert head["kid"] == key["kid"]
    options: Any = {"verify_exp": False, "verify_nbf": False}
    found: dict[str, Any] = jwt.decode(word, jwt.PyJWK(key).key, algorithms=["EdDSA"], options=options)
    return found


def faults(credential: dict[str, Any]) -> list[str]:
    """What the standard's schema of an AchievementCredential asks for, read by hand."""
    wrong = []

    def need(ok: object, what: str) -> None:
        if not ok:
            wrong.append(what)

    def uri(value: object) -> bool:
        return isinstance(value, str) and bool(re.match(r"(https?://|urn:)\S+$", value))

    need(credential["@context"][0] == "https://www.w3.org/ns/credentials/v2", "the first context")
    need(
        re.match(r"https://purl\.imsglobal\.org/spec/ob/v3p0/context-3\.0\.\d\.json$", credential["@context"][1]), "ob"
    )
    need({"VerifiableCredential", "OpenBadgeCredential"} <= set(credential["type"]), "type")
    need(uri(credential["id"]), "id")
    need(isinstance(credential["name"], str) and credential["name"], "name")
    issuer = credential["issuer"]
    need(uri(issuer["id"]) and "Profile" in issuer["type"] and issuer["name"] and uri(issuer["url"]), "issuer")
    for name in ("validFrom", "validUntil"):
        need(name not in credential or INSTANT.fullmatch(credential[name]), name)
    need("validFrom" in credential, "validFrom")
    subject = credential["credentialSubject"]
    need("AchievementSubject" in subject["type"] and ("id" in subject or subject.get("identifier")), "subject")
    for one in subject["identifier"]:
        need(one["type"] == "IdentityObject" and one["hashed"] is False and one["identityType"] == "name", "identity")
    achievement = subject["achievement"]
    need(uri(achievement["id"]) and "Achievement" in achievement["type"], "achievement")
    need(
        achievement["name"] and achievement["description"] and achievement["criteria"]["narrative"], "achievement text"
    )
    for one in (credential["credentialStatus"], *credential["credentialSchema"]):
        need(uri(one["id"]) and one["type"], "status and schema")
    # Section 8.2: what stands both in the token and in the credential must say the same.
    need(credential["iss"] == issuer["id"] and credential["jti"] == credential["id"], "iss, jti")
    need(
        datetime.fromtimestamp(credential["nbf"], UTC).strftime("%Y-%m-%dT%H:%M:%SZ") == credential["validFrom"], "nbf"
    )
    need(("exp" in credential) == ("validUntil" in credential), "exp")
    return wrong


class TestBadge(World):
    def test_is_signed_and_as_the_standard_asks(self) -> None:
        code = self.code()
        word = competence.badge(code, base=BASE, now=NOW)

        told = verified(word)

        assert faults(told) == []
        assert told["credentialSubject"]["identifier"][0]["identityHash"] == made.of(self.who).name
        assert told["issuer"]["name"] == self.town.name
        assert told["issuer"]["id"] == f"{BASE}/utsteder/{self.town.tenant_id}/"
        assert competence.badge(code, base=BASE, now=NOW + timedelta(days=9)) == word
        uuid.UUID(told["id"].removeprefix("urn:uuid:"))
        assert code not in told["id"]

    def test_says_when_it_ends_as_the_certificate_does(self) -> None:
        ended = made.evidence(self.who, "HLR", valid_to=TODAY + timedelta(days=5))
        competence.make_certificate(make.context(self.who), evidence_id=ended)
        told = verified(competence.badge(self.code(ended), base=BASE, now=NOW))
        assert told["validUntil"].startswith((TODAY + timedelta(days=5)).isoformat())
        assert faults(told) == []

    def test_whoever_changes_a_letter_is_found_out(self) -> None:
        head, body, signature = competence.badge(self.code(), base=BASE, now=NOW).split(".")
        told = json.loads(base64.urlsafe_b64decode(body + "=="))
        told["credentialSubject"]["identifier"][0]["identityHash"] = "En annen"
        forged = base64.urlsafe_b64encode(json.dumps(told).encode()).rstrip(b"=").decode()
        none = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
        for word in (f"{head}.{forged}.{signature}", f"{head}.{body}.{signature[:-2]}AA"):
            with pytest.raises(jwt.InvalidSignatureError):
                verified(word)
        with pytest.raises((jwt.InvalidTokenError, KeyError)):
            verified(f"{none}.{body}.")

    def test_another_installations_key_does_not_fit(self, settings: Any) -> None:
        word = competence.badge(self.code(), base=BASE, now=NOW)
        settings.IDENTITY_KEY = "x" * 48
        with pytest.raises(jwt.InvalidSignatureError):
            verified(word)

    def test_is_found_by_its_code_alone(self) -> None:
        for wrong in ("", "1-AAAAA-AAAAA-AAAAA-AAAAA", f"{self.other.tenant_id}-{self.code().split('-', 1)[1]}"):
            with pytest.raises(NotFound):
                competence.badge(wrong, base=BASE, now=NOW)

    def test_corrected_and_withdrawn_are_on_the_list_of_those_taken_back(self) -> None:
        code = self.code()
        name = verified(competence.badge(code, base=BASE, now=NOW))["id"]
        town = self.town.tenant_id
        assert competence.revoked_badges(town, base=BASE, now=NOW)["revokedCredential"] == []

        self.correct()

        with pytest.raises(BadgeIsRevoked):
            competence.badge(code, base=BASE, now=NOW)
        told = competence.revoked_badges(town, base=BASE, now=NOW)
        assert told["revokedCredential"] == [{"id": name, "revoked": True}]
        assert told["issuer"] == f"{BASE}/utsteder/{town}/"
        assert competence.revoked_badges(self.other.tenant_id, base=BASE, now=NOW)["revokedCredential"] == []

    def test_is_open_to_programs_on_other_sites(self, settings: Any) -> None:
        settings.PUBLIC_URL = BASE
        web, code, town = Client(), self.code(), self.town.tenant_id
        word = web.get(reverse("competence.badge", args=[code]))
        assert (word.status_code, word["Content-Type"]) == (200, "application/vc+jwt")
        told = verified(word.content.decode())
        for address, kind in (
            (told["issuer"]["id"], "application/ld+json"),
            (told["credentialStatus"]["id"], "application/json"),
            (jwt.get_unverified_header(word.content)["kid"], "application/jwk+json"),
        ):
            answer = web.get(address.removeprefix(BASE))
            assert (answer.status_code, answer["Content-Type"]) == (200, kind), address
            assert answer["Access-Control-Allow-Origin"] == "*"
        keys = web.get(reverse("competence.badge_keys")).json()["keys"]
        assert keys == [credentials.public_key(f"{BASE}/utsteder/nokkel/1/")]
        assert web.get(reverse("competence.badge_issuer", args=[self.world.tenant_id])).status_code == 404
        assert web.get(reverse("competence.badge_issuer", args=[town])).json()["name"] == self.town.name
        assert web.get(reverse("competence.badge_key", args=["2"])).status_code == 404
        assert web.get(reverse("competence.badge", args=[code[:-1] + "0"])).status_code in (404, 200)


class TestReissue(World):
    def reissue(self, corrected: int, *, void: bool = False) -> None:
        event = EvidenceCorrected(
            tenant_id=self.town.tenant_id, evidence_id=corrected, corrects_id=self.evidence,
            employee_id=made.of(self.who).id, void=void,
        )  # fmt: skip
        handlers.reissue_certificate(self.system, event)

    def test_the_old_one_says_which_stands_in_its_place(self) -> None:
        old = self.code()
        corrected = self.correct()

        for _ in range(2):
            self.reissue(corrected)

        new = competence.get_document_page(make.context(self.who), evidence_id=corrected).certificates[0]
        check = competence.verify_certificate(old, now=NOW)
        assert (check.state, check.replaced_by, check.replaced_code) == (
            CertificateState.REPLACED, new.number, new.code,
        )  # fmt: skip
        page = Client().get(reverse("competence.certificate_check", args=[old])).content.decode()
        assert reverse("competence.certificate_check", args=[new.code]) in page
        assert competence.verify_certificate(new.code, now=NOW).state is CertificateState.VALID
        assert competence.badge(new.code, base=BASE, now=NOW)

    def test_is_for_those_who_had_one_and_never_for_what_is_void(self) -> None:
        self.reissue(self.correct(void=True), void=True)
        assert competence.verify_certificate(self.code(), now=NOW).state is CertificateState.WITHDRAWN
        bare = made.evidence(make.employee(self.town, self.unit), "HLR")
        right = competence.correct_evidence(self.system, evidence_id=bare, why="Feil", completed_on=TODAY)
        assert competence.reissue_certificate(self.system, evidence_id=right) is None
        with pytest.raises(Refused):
            competence.reissue_certificate(make.context(self.leader), evidence_id=right)


class TestMany(World):
    def test_are_made_once_and_come_as_a_document_each(self) -> None:
        office = make.context(make.office(self.world))
        same = [make.employee(town, make.unit(town)) for town in (self.town, self.other)]
        ids = [self.evidence, *(made.evidence(who, "HLR") for who in same)]

        assert competence.make_certificates(office, evidence_ids=ids) == 2
        assert competence.make_certificates(office, evidence_ids=ids) == 0
        body = competence.certificates_zip(
            office, evidence_ids=ids, address=lambda code: f"{BASE}/{code}/", languages={self.other.tenant_id: "nn"}
        )

        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            texts = ["".join(p.extract_text() for p in PdfReader(archive.open(n)).pages) for n in archive.namelist()]
        assert [made.of(who).name in text for who, text in zip((self.who, *same), texts, strict=True)] == [True] * 3
        assert ["Dette stadfestar at" in text for text in texts] == [False, False, True]
        assert all(BASE in text for text in texts)

    def test_are_for_those_who_may_record(self) -> None:
        hr = make.context(make.with_role(self.world, Role.HR, town=self.other))
        assert competence.make_certificates(hr, evidence_ids=[self.evidence]) == 0
        body = competence.certificates_zip(hr, evidence_ids=[self.evidence], address=str, languages={})
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            assert archive.namelist() == []
        with pytest.raises(Refused):
            competence.make_certificates(make.context(self.who), evidence_ids=[self.evidence])

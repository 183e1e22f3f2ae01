from __future__ import annotations

import hashlib
import io
import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from pypdf import PdfReader

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import Certificate, Document
from kompetanse.domains.competence.types import EvidenceIsCorrected, EvidenceSource
from kompetanse.domains.competence.types.documents import (
    CertificateState,
    DocumentIsReplaced,
    DocumentIsThere,
    DocumentPage,
    NotForCertificate,
    Sight,
    TooManyDocuments,
)
from kompetanse.domains.organisation.types import Role
from kompetanse.domains.results import api as results
from kompetanse.foundation.models import Deed
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.foundation.uploads import DocumentCarriesMore
from kompetanse.kernel.errors import DomainError, NotFound, Refused
from tests import make
from tests.make import competence as made
from tests.make import files
from tests.make.competence import TODAY
from tests.make.organisation import NOW


def seen_by(viewer: make.Who, who: make.Who, what: Sight = Sight.COMPETENCE) -> None:
    employee = made.of(who)
    competence.note_sighting(
        make.context(viewer), tenant_id=employee.tenant_id, employee_id=employee.id, person_id=who.person_id, what=what
    )


class World:
    def setup_method(self) -> None:
        made.register()
        self.world = make.region(municipalities=2)
        self.town, self.other = self.world.municipalities
        self.unit = make.unit(self.town)
        self.who = make.employee(self.town, self.unit)
        self.leader = make.leader(self.town, self.unit)
        self.evidence = made.evidence(self.who, "HLR")

    def attach(self, who: make.Who, content: bytes = b"", **told: int) -> int:
        return competence.attach_document(
            make.context(who), self.evidence, "kursbevis.pdf", content or files.pdf(), **told
        )

    def count(self, model: type[Document | Certificate]) -> int:
        with tenant_scope(make.system(self.world)):
            return model.objects.filter(evidence_id=self.evidence).count()

    def strangers(self) -> dict[str, make.Who]:
        return {
            "a colleague": make.employee(self.town, self.unit),
            "leader of another unit": make.leader(self.town, make.unit(self.town)),
            "contact person": make.with_role(self.world, Role.CONTACT_PERSON, town=self.town),
            "forum member": make.with_role(self.world, Role.FORUM_MEMBER),
            "HR of another municipality": make.with_role(self.world, Role.HR, town=self.other),
            "another region": make.leader(make.region().municipalities[0]),
        }


class TestAttachDocument(World):
    def test_is_for_the_person_the_leader_hr_and_the_office(self) -> None:
        able = [
            self.who, self.leader, make.with_role(self.world, Role.HR, town=self.town),
            make.with_role(self.world, Role.COURSE_ADMINISTRATOR),
        ]  # fmt: skip
        for number, who in enumerate(able):
            self.attach(who, files.png((10 + number, 10)))
        assert self.count(Document) == len(able)

    def test_is_for_nobody_else(self) -> None:
        for name, who in self.strangers().items():
            with pytest.raises((Refused, NotFound)):
                self.attach(who)
            assert not self.count(Document), name

    def test_keeps_what_it_is_with_its_hash_and_leaves_a_deed(self) -> None:
        number = self.attach(self.who, files.jpeg(exif=True))
        found = competence.get_document(make.context(self.who), document_id=number)
        assert found.row.name == "kursbevis.jpg"
        assert found.row.sha256 == hashlib.sha256(found.content).hexdigest()
        assert found.row.size == len(found.content)
        with tenant_scope(make.system(self.world)):
            deed = Deed.objects.get(event="DocumentAttached", details__document_id=number)
        assert deed.details["sha256"] == found.row.sha256
        assert "kursbevis" not in str(deed.details)

    def test_of_a_hostile_file_keeps_nothing(self) -> None:
        with pytest.raises(DocumentCarriesMore):
            self.attach(self.who, files.pdf(b"/OpenAction << /S /JavaScript /JS (x) >>"))
        assert not self.count(Document)

    def test_says_when_the_same_is_there(self) -> None:
        self.attach(self.who)
        with pytest.raises(DocumentIsThere):
            self.attach(self.leader)
        assert self.count(Document) == 1

    def test_replaces_by_a_new_row_and_once(self) -> None:
        first = self.attach(self.who)
        second = self.attach(self.who, files.png(), replaces=first)
        page = competence.get_document_page(make.context(self.who), evidence_id=self.evidence)
        assert [(row.id, row.replaced) for row in page.documents] == [(second, False), (first, True)]
        with pytest.raises(DocumentIsReplaced):
            self.attach(self.who, files.jpeg(), replaces=first)

    def test_replaces_only_what_lies_on_the_same_evidence(self) -> None:
        elsewhere = made.evidence(make.employee(self.town, self.unit), "HLR")
        other = competence.attach_document(make.system(self.world), elsewhere, "a", files.pdf())
        with pytest.raises(NotFound):
            self.attach(self.who, files.png(), replaces=other)

    def test_is_altered_by_nobody(self) -> None:
        number = self.attach(self.who)
        with tenant_scope(make.system(self.world)), connection.cursor() as cursor:
            for word in ("INSERT", "SELECT"):
                cursor.execute("SELECT has_table_privilege('competence_document', %s)", [word])
                assert cursor.fetchone() == (True,)
            for word in ("UPDATE", "DELETE"):
                cursor.execute("SELECT has_table_privilege('competence_document', %s)", [word])
                assert cursor.fetchone() == (False,), number

    def test_follows_the_evidence_when_it_is_corrected(self) -> None:
        number = self.attach(self.who)
        corrected = competence.correct_evidence(
            make.context(self.leader), evidence_id=self.evidence, why="Feil dato.", completed_on=TODAY
        )
        with pytest.raises(EvidenceIsCorrected):
            self.attach(self.who, files.png())
        page = competence.get_document_page(make.context(self.who), evidence_id=corrected)
        assert [row.id for row in page.documents] == [number]
        assert page.may_attach

    def test_has_room_for_ten(self) -> None:
        for number in range(10):
            self.attach(self.who, files.png((10 + number, 10)))
        with pytest.raises(TooManyDocuments):
            self.attach(self.who, files.png())
        first = competence.get_document_page(make.context(self.who), evidence_id=self.evidence).documents[-1]
        self.attach(self.who, files.png(), replaces=first.id)

    def test_two_at_once_are_one_and_a_sentence(self) -> None:
        ctx, told = make.context(self.who), []
        together = threading.Barrier(2)

        def send() -> None:
            together.wait(10)
            try:
                competence.attach_document(ctx, self.evidence, "a.pdf", files.pdf())
                told.append("kept")
            except DomainError as error:
                told.append(error.code)
            finally:
                connection.close()

        both = [threading.Thread(target=send) for _ in range(2)]
        for one in both:
            one.start()
        for one in both:
            one.join(30)
        assert sorted(told) == ["document_is_there", "kept"]
        assert self.count(Document) == 1


class TestGetDocument(World):
    def test_asks_for_access_each_time_as_for_the_evidence(self) -> None:
        number = self.attach(self.who)
        for who in (self.who, self.leader, make.with_role(self.world, Role.HR, town=self.town)):
            assert competence.get_document(make.context(who), document_id=number).content == files.pdf()
        for who in self.strangers().values():
            with pytest.raises((Refused, NotFound)):
                competence.get_document(make.context(who), document_id=number)


class TestCertificates(World):
    def make(self, evidence_id: int | None = None) -> int:
        return competence.make_certificate(make.context(self.who), evidence_id=evidence_id or self.evidence)

    def page(self, evidence_id: int | None = None) -> DocumentPage:
        return competence.get_document_page(make.context(self.who), evidence_id=evidence_id or self.evidence)

    def check(self, code: str, day: date = TODAY) -> tuple[CertificateState, str]:
        found = competence.verify_certificate(code, now=NOW + (day - TODAY))
        return found.state, found.replaced_by

    def test_is_made_once_and_says_what_the_ledger_says(self) -> None:
        number = self.make()
        assert self.make() == number
        row = self.page().certificate
        assert row is not None
        assert row.number == f"KB-{number}"
        assert row.text.person == made.of(self.who).name
        assert row.text.completed_on == TODAY - timedelta(days=100)
        assert row.text.reference
        assert row.text.evidence == f"BEVIS-{self.evidence}"
        own = competence.get_own_competence(make.context(self.who))[0].evidence[0]
        assert row.text.last_day == own.expires_on

    def test_is_for_what_the_municipality_vouches_for(self) -> None:
        for source in (EvidenceSource.IMPORT, EvidenceSource.SELF, EvidenceSource.REGISTRY):
            told = made.evidence(self.who, "HLR", source=source)
            with pytest.raises(NotForCertificate):
                self.make(told)
        course = made.evidence(self.who, "HLR", source=EvidenceSource.COURSE, reference="KURS-7")
        self.make(course)
        row = self.page(course).certificate
        assert row is not None
        assert (row.text.course, row.text.recorded_by) == ("KURS-7", "")

    def test_is_made_by_nobody_else(self) -> None:
        for who in self.strangers().values():
            with pytest.raises((Refused, NotFound)):
                competence.make_certificate(make.context(who), evidence_id=self.evidence)
        assert not self.count(Certificate)

    def test_each_cycle_has_its_own(self) -> None:
        again = made.evidence(self.who, "HLR", TODAY)
        assert self.make() != self.make(again)
        assert [self.check(self.page(one).certificate.code)[0] for one in (self.evidence, again)] == [  # type: ignore[union-attr]
            CertificateState.VALID,
            CertificateState.VALID,
        ]

    def test_corrected_gives_a_new_one_that_says_which_it_replaces(self) -> None:
        first = self.make()
        code = self.page().certificates[0].code
        corrected = competence.correct_evidence(
            make.context(self.leader), evidence_id=self.evidence, why="Feil dato.", completed_on=TODAY
        )
        with pytest.raises(EvidenceIsCorrected):
            self.make()
        second = self.make(corrected)  # made already when the evidence was corrected
        new, old = self.page(corrected).certificates
        assert (new.id, new.replaces, new.state) == (second, f"KB-{first}", CertificateState.VALID)
        assert (old.id, old.replaced_by, old.state) == (first, f"KB-{second}", CertificateState.REPLACED)
        assert self.check(code) == (CertificateState.REPLACED, f"KB-{second}")
        assert old.text.completed_on == TODAY - timedelta(days=100)

    def test_void_is_withdrawn(self) -> None:
        self.make()
        code = self.page().certificates[0].code
        competence.correct_evidence(make.context(self.leader), evidence_id=self.evidence, why="Feil person.", void=True)
        assert self.check(code) == (CertificateState.WITHDRAWN, "")

    def test_says_when_its_last_day_is_past(self) -> None:
        ended = made.evidence(self.who, "HLR", valid_to=TODAY + timedelta(days=5))
        self.make(ended)
        code = self.page(ended).certificates[0].code
        assert self.check(code)[0] is CertificateState.VALID
        assert self.check(code, TODAY + timedelta(days=5))[0] is CertificateState.VALID
        assert self.check(code, TODAY + timedelta(days=6))[0] is CertificateState.EXPIRED

    def test_is_found_by_its_code_alone(self) -> None:
        self.make()
        code = self.page().certificates[0].code
        assert self.check(f" {code.lower()} ")[0] is CertificateState.VALID
        changed = code[:-1] + ("2" if code[-1] != "2" else "3")
        elsewhere = f"{self.other.tenant_id}-{code.split('-', 1)[1]}"
        for wrong in (changed, elsewhere, "", "-", "12", "1-AAAAA-AAAAA-AAAAA-AAAAA", code + "-", "\x00", "1" * 500):
            with pytest.raises(NotFound):
                self.check(wrong)

    @pytest.mark.parametrize(("language", "words"), [("nb", "Dette bekrefter at"), ("nn", "Dette stadfestar at")])
    def test_is_a_pdf_that_all_can_read(self, language: str, words: str) -> None:
        self.make()
        body = competence.certificate_pdf(
            make.context(self.who), evidence_id=self.evidence, address="http://x/kompetansebevis/a/", language=language
        )
        reader = PdfReader(io.BytesIO(body))
        root: Any = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert b"pdfuaid:part" in root["/Metadata"].get_data()
        assert root["/Lang"] == f"{language}-NO"
        told = "".join(page.extract_text() for page in reader.pages)
        for text in (words, made.of(self.who).name, f"BEVIS-{self.evidence}", "http://x/kompetansebevis/a/"):
            assert text in told

    def test_unmade_is_not_there(self) -> None:
        with pytest.raises(NotFound):
            competence.certificate_pdf(make.context(self.who), evidence_id=self.evidence, address="http://x/")


class TestOwnExport(World):
    def test_has_evidence_documents_certificates_and_who_looked(self) -> None:
        number = self.attach(self.who)
        competence.make_certificate(make.context(self.who), evidence_id=self.evidence)
        seen_by(self.leader, self.who)
        found = results.export_kept(make.context(self.who))
        assert [row["id"] for row in found["competence.Evidence"]] == [self.evidence]
        (document,) = found["competence.Document"]
        assert (document["id"], document["name"]) == (number, "kursbevis.pdf")
        assert document["sha256"] == hashlib.sha256(files.pdf()).hexdigest()
        assert "content" not in document
        assert found["competence.Certificate"][0]["content"]["person"] == made.of(self.who).name
        assert [row["viewer_name"] for row in found["competence.Sighting"]] == [made.of(self.leader).name]

    def test_has_nothing_of_others(self) -> None:
        self.attach(self.who)
        seen_by(self.leader, self.who)
        found = results.export_kept(make.context(self.leader))
        assert not {"competence.Evidence", "competence.Document", "competence.Sighting"} & set(found)

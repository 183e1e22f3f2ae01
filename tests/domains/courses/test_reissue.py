"""A correction of attendance follows the certificate: withdrawn, and anew with a chain."""

from __future__ import annotations

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types.documents import CertificateState
from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import Part
from tests.make import courses as made

from .test_presence import Course


class TestReissue:
    def test_absent_withdraws_it_and_present_after_all_gives_a_new_one_that_it_points_to(self) -> None:
        course = Course(sessions=1)
        course.tell(0, Part.WHOLE, Part.WHOLE)
        courses.finish_attendance(course.office, run_id=course.run_id)
        first = courses.get_signup(course.office, signup_id=course.ids[0]).evidence_id
        assert first is not None
        competence.make_certificates(course.office, evidence_ids=[first])
        page = competence.get_document_page(course.office, evidence_id=first)
        assert page.certificate is not None
        code = page.certificate.code

        course.tell(0, Part.NONE, reason="Byttet navn")
        assert competence.verify_certificate(code, now=made.AFTER).state is CertificateState.WITHDRAWN

        course.tell(0, Part.WHOLE, reason="Møtte likevel")
        check = competence.verify_certificate(code, now=made.AFTER)
        assert check.state is CertificateState.REPLACED
        assert check.replaced_code
        assert competence.verify_certificate(check.replaced_code, now=made.AFTER).state is CertificateState.VALID

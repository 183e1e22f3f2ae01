"""Certificates as PDF: 2,000 of one course's participants, each a tagged document of its own, in one archive."""

from __future__ import annotations

import io
import os
import time
import zipfile
from datetime import date

from bench import installation
from bench.figures import Figure, at_most, measure

PEOPLE = 2000


@measure("certificates")
def certificates() -> list[Figure]:
    _ready()
    from django.db import transaction

    from kompetanse.domains.competence import api as competence
    from kompetanse.domains.competence.models import Certificate
    from kompetanse.foundation.tenancy import tenant_scope
    from kompetanse.kernel.context import system_context

    with transaction.atomic():  # nothing of this stays among what other benchmarks read
        tenant_id, now, ids = _fill()
        ctx = system_context("bench", {tenant_id}, now)
        before = time.perf_counter()
        made = competence.make_certificates(ctx, evidence_ids=ids)
        written = time.perf_counter()
        body = competence.certificates_zip(
            ctx, evidence_ids=ids, address=lambda code: f"https://example.com/kompetansebevis/{code}/", languages={}
        )
        printed = time.perf_counter()
        with tenant_scope(ctx):
            codes = list(Certificate.objects.filter(evidence_id__in=ids).values_list("code", flat=True))
        badges = time.perf_counter()
        for code in codes:
            competence.badge(code, base="https://example.com", now=now)
        signed = time.perf_counter() - badges
        transaction.set_rollback(True)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        sizes = [one.file_size for one in archive.infolist()]
    assert (made, len(sizes), len(codes)) == (PEOPLE, PEOPLE, PEOPLE)
    assert min(sizes) > 5000
    cores = f"{os.cpu_count()} cores, {PEOPLE} documents, {len(body) / 1e6:.0f} MB"
    return [
        at_most("certificates_pdf", printed - before, "s", 60, beside=cores),
        Figure("certificates_written", round(written - before, 2), "s", beside="of these, writing the rows"),
        Figure("badges_signed", round(signed, 2), "s", beside=f"{PEOPLE} Open Badges fetched and signed"),
    ]


def _ready() -> None:
    """The tables and the requirement register; the demo region is not needed."""
    installation.server()
    from kompetanse.config import installation as product
    from kompetanse.foundation import embedded

    embedded.prepare(embedded.dsn(installation.DATA, user="postgres", dbname="postgres"), database="kompetanse")
    product.migrate()


def _fill() -> tuple[int, object, list[int]]:
    """A municipality of its own with a course's evidence, written straight to the tables: that is not what is timed."""
    from kompetanse.domains.competence.models import Evidence, Requirement
    from kompetanse.domains.organisation import api as organisation
    from kompetanse.domains.organisation.models import Employee, Person
    from kompetanse.domains.organisation.types import MunicipalityFacts
    from kompetanse.foundation import clock
    from kompetanse.foundation.tenancy import tenant_scope
    from kompetanse.kernel.context import system_context

    now = clock.now()
    facts = MunicipalityFacts("9899", "Målt kommune", population=5000)
    tenant_id = organisation.register_municipality(system_context("bench", set(), now), facts=facts)
    with tenant_scope(system_context("bench", {tenant_id}, now)):
        people = Person.objects.bulk_create([Person() for _ in range(PEOPLE)])
        staff = Employee.objects.bulk_create(
            [
                Employee(tenant_id=tenant_id, person=person, given_name="Kari", family_name=f"Nordmann {number}")
                for number, person in enumerate(people)
            ]
        )
        requirement = Requirement.objects.get(code="LEGEMIDDEL")
        rows = Evidence.objects.bulk_create(
            [
                Evidence(
                    tenant_id=tenant_id, employee=who, requirement=requirement, title="Legemiddelhåndtering",
                    title_key="legemiddelhåndtering", completed_on=date(2027, 4, 24), source="course",
                    reference="KURS-1", recorded_at=now, recorded_by="system",
                )
                for who in staff
            ]
        )  # fmt: skip
    return tenant_id, now, [row.pk for row in rows]

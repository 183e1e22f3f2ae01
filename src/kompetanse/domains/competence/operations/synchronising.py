"""Taking in a municipality's competence register: what is new is added, what has changed is corrected by a new
row, and nothing is taken away: that a register forgets a course does not undo it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import connection
from django.db.models import Q

from kompetanse.domains.competence.events import RegisterSynchronised
from kompetanse.domains.competence.models import Evidence
from kompetanse.domains.competence.permissions import Right
from kompetanse.domains.competence.queries.ledger import counting, standing_evidence
from kompetanse.domains.competence.rules.evidence import certificate_key, is_before_birth, is_too_old, text_key
from kompetanse.domains.competence.types import EvidenceSource, RegisterInput
from kompetanse.domains.competence.types.ledger import CertificateIsAnothers, EvidenceBeforeBirth
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound
from kompetanse.kernel.outcomes import Outcome, Rejection
from kompetanse.kernel.text_marker import N_

from .checking import hold_certificates

BATCH = 2_000
LOCK = 7042
NEW_CERTIFICATE = timedelta(days=180)

NO_NUMBER = N_("Raden mangler ansattnummer. Fyll inn nummeret fra lønnssystemet.")
UNKNOWN_NUMBER = N_(
    "Ansattnummer %(number)s finnes ikke i kommunens personalregister. Rett nummeret, eller les inn "
    "personalfila på nytt først."
)
NO_TITLE = N_("Raden mangler navn på kurset eller beviset.")
NO_DATE = N_("Raden mangler dato. Skriv datoen da opplæringen var fullført.")
IN_FUTURE = N_("Datoen %(day)s er ikke kommet ennå. Skriv datoen da opplæringen var fullført.")
TOO_OLD = N_("Datoen %(day)s er for langt tilbake i tid. Sjekk årstallet.")
ENDS_EARLY = N_("Gyldig til %(end)s er før datoen %(day)s. Sjekk datoene.")
TOO_LONG = N_("Teksten er lengre enn %(length)s tegn. Kort den ned.")
CHANGED = N_("Endret i kommunens registerfil.")

# What makes two rows the same: whose, what, from whom, which, when, until when.
Key = tuple[int, str, str, str, date, date | None]


@operation
def sync_register(ctx: Context, *, tenant_id: int, rows: Iterable[RegisterInput], file: str) -> Outcome:
    """Take in the rows of a municipality's register, in one pass. Raises NotFound or Refused.

    A row that stands word for word is unchanged. A row that answers to one that is no longer in the file (same
    person, same words) corrects it; what is left is new. Rejections name the field of RegisterInput.
    """
    if tenant_id not in ctx.tenants:
        raise NotFound()
    access.require(ctx, Right.REGISTER_SYNC, Evidence(tenant_id=tenant_id))
    with connection.cursor() as cursor:
        # Two files at the same moment take turns: the second finds what the first has written.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, tenant_id])
    hold_certificates(tenant_id)
    taking = _Taking(ctx, tenant_id, file)
    for row in rows:
        taking.take(row)
    outcome = taking.finish()
    if outcome.created or outcome.changed:
        publish(
            ctx,
            RegisterSynchronised(
                tenant_id=tenant_id,
                file=file,
                created=outcome.created,
                changed=outcome.changed,
                rejected=outcome.rejected,
            ),
        )
    return outcome


class _Taking:
    """One file on its way in. Holds the keys of what stands, and the rows that may turn out to be corrections."""

    def __init__(self, ctx: Context, tenant_id: int, file: str) -> None:
        self.ctx, self.tenant_id, self.file = ctx, tenant_id, file
        self.outcome = Outcome()
        self.employees = organisation.list_employees_by_number(ctx, tenant_id=tenant_id)
        self.standing: dict[Key, int] = {}
        self.answers: dict[tuple[int, str], list[Key]] = {}
        imported = standing_evidence(Q(tenant_id=tenant_id, source=EvidenceSource.IMPORT)).values_list(
            "employee_id", "title_key", "issuer", "certificate_number", "completed_on", "valid_to", "pk"
        )
        for *parts, pk in imported.order_by("pk").iterator(chunk_size=10_000):
            key: Key = tuple(parts)  # type: ignore[assignment]
            self.standing[key] = pk
            self.answers.setdefault(key[:2], []).append(key)
        self.born = organisation.list_birth_years(ctx, tenant_id=tenant_id)
        # Certificate and what it is for → whose it is. Old registers number as they like: the same number for another
        # course is a coincidence, and nobody's fault.
        self.holders: dict[tuple[str, str, str], int] = {}
        certificates = standing_evidence(counting(tenant_id=tenant_id) & ~Q(certificate_number=""))
        for who, issuer, number, title in certificates.values_list(
            "employee_id", "issuer", "certificate_number", "title_key"
        ).iterator(chunk_size=10_000):
            certificate = certificate_key(issuer, number)
            if certificate is not None:
                self.holders[*certificate, title] = who
        self.met: set[Key] = set()
        self.held: list[tuple[Key, RegisterInput]] = []
        self.batch: list[Evidence] = []

    def take(self, row: RegisterInput) -> None:
        rejection = self._refuse(row)
        if rejection is not None:
            self.outcome.rejections.append(rejection)
            return
        assert row.completed_on is not None
        key: Key = (
            self.employees[row.employee_number.strip()], text_key(row.title), row.issuer.strip(),
            row.certificate_number.strip(), row.completed_on, row.valid_to,
        )  # fmt: skip
        if key in self.standing or key in self.met:
            self.met.add(key)
            self.outcome.tell("unchanged", "")
            return
        # What has stood since before the rule is let be; nothing new joins it.
        certificate = certificate_key(key[2], key[3])
        if certificate is not None and self.holders.setdefault((*certificate, key[1]), key[0]) != key[0]:
            places = {"number": key[3]}
            rejection = Rejection(row.row, "certificate_number", key[3], CertificateIsAnothers.sentence, places)
            self.outcome.rejections.append(rejection)
            return
        self.met.add(key)
        if key[:2] in self.answers:
            # It may correct a row that the rest of the file no longer has: known when the file is read.
            self.held.append((key, row))
        else:
            self._create(key, row)

    def finish(self) -> Outcome:
        for key, row in self.held:
            free = [old for old in self.answers[key[:2]] if old not in self.met]
            old = min(free, key=lambda one: _distance(one, key), default=None)
            if old is None or _is_new_certificate(old, key):
                self._create(key, row)
            else:
                self.met.add(old)
                self._correct(self.standing[old], key, row)
        self._flush()
        return self.outcome

    def _refuse(self, row: RegisterInput) -> Rejection | None:
        number, title = row.employee_number.strip(), row.title.strip()
        if not number:
            return Rejection(row.row, "employee_number", "", NO_NUMBER)
        if number not in self.employees:
            return Rejection(row.row, "employee_number", number, UNKNOWN_NUMBER, {"number": number})
        if not title:
            return Rejection(row.row, "title", "", NO_TITLE)
        for field, value, length in (
            ("title", title, 200),
            ("issuer", row.issuer.strip(), 160),
            ("certificate_number", row.certificate_number.strip(), 80),
        ):
            if len(value) > length:
                return Rejection(row.row, field, value[:200], TOO_LONG, {"length": str(length)})
        return self._refuse_dates(row, self.born.get(self.employees[number]))

    def _refuse_dates(self, row: RegisterInput, born: int | None) -> Rejection | None:
        if row.completed_on is None:
            return Rejection(row.row, "completed_on", "", NO_DATE)
        day = row.completed_on.strftime("%d.%m.%Y")
        if row.completed_on > self.ctx.today:
            return Rejection(row.row, "completed_on", day, IN_FUTURE, {"day": day})
        if is_too_old(row.completed_on):
            return Rejection(row.row, "completed_on", day, TOO_OLD, {"day": day})
        if is_before_birth(row.completed_on, born):
            return Rejection(row.row, "completed_on", day, EvidenceBeforeBirth.sentence, {"day": day})
        if row.valid_to is not None and row.valid_to < row.completed_on:
            end = row.valid_to.strftime("%d.%m.%Y")
            return Rejection(row.row, "valid_to", end, ENDS_EARLY, {"day": day, "end": end})
        return None

    def _create(self, key: Key, row: RegisterInput) -> None:
        self.outcome.tell("created", _words(row))
        self._add(key, row, corrects=None)

    def _correct(self, pk: int, key: Key, row: RegisterInput) -> None:
        self.outcome.tell("changed", _words(row))
        self._add(key, row, corrects=pk)

    def _add(self, key: Key, row: RegisterInput, corrects: int | None) -> None:
        employee_id, title_key, issuer, number, completed_on, valid_to = key
        self.batch.append(
            Evidence(
                tenant_id=self.tenant_id, employee_id=employee_id, title=row.title.strip(), title_key=title_key,
                issuer=issuer, certificate_number=number, completed_on=completed_on, valid_to=valid_to,
                source=EvidenceSource.IMPORT, file=self.file[:200], row=row.row, recorded_at=self.ctx.now,
                recorded_by=self.ctx.actor.name, corrects_id=corrects, why=CHANGED if corrects else "",
            )
        )  # fmt: skip
        if len(self.batch) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        Evidence.objects.bulk_create(self.batch)
        self.batch = []


def _distance(old: Key, new: Key) -> tuple[int, int, date]:
    """How far a row that has left the file is from one that has come: the same certificate, then the nearest day."""
    same_number = old[3] == new[3] and old[3] != ""
    return (0 if same_number else 1, abs((old[4] - new[4]).days), old[4])


def _is_new_certificate(old: Key, new: Key) -> bool:
    """A later course with a certificate of its own is a new pass; the register has only let go of the old one."""
    return bool(old[3] and new[3] and old[3] != new[3]) and new[4] - old[4] >= NEW_CERTIFICATE


def _words(row: RegisterInput) -> str:
    done = row.completed_on.strftime("%d.%m.%Y") if row.completed_on else ""
    return f"{row.employee_number.strip()}: {row.title.strip()}, {done}"

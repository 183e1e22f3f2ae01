from __future__ import annotations

from django.db import models
from django.db.models import Q

from kompetanse.foundation.privacy import UNNAMED, Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .types import Kind as FileKind
from .types import RunStatus


class ImportRun(TenantModel):
    """A file that was given to us for a municipality, and what came of it."""

    kind = models.CharField(max_length=12, blank=True, choices=[(kind.value, kind.value) for kind in FileKind])
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()  # bytes
    is_big = models.BooleanField(default=False)  # takes longer than a person should wait: a worker's job
    status = models.CharField(max_length=12, choices=[(status.value, status.value) for status in RunStatus])
    mapping = models.JSONField(default=dict)  # {field: header}: a person's corrections
    recognition = models.JSONField(default=dict)  # what the file was taken for, as it is shown
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    ended = models.PositiveIntegerField(default=0)
    examples = models.JSONField(default=dict)  # {fate: [words]}, kept until the file is taken in
    failure = models.JSONField(default=dict)  # {code, sentence, params}
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    by_name = models.CharField(max_length=120)
    by_person_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            # Every row has one fate.
            models.CheckConstraint(
                condition=Q(
                    read=models.F("created") + models.F("changed") + models.F("unchanged") + models.F("rejected")
                ),
                name="every_row_has_one_fate",
            ),
            models.CheckConstraint(condition=Q(status__in=list(RunStatus)), name="run_status_is_known"),
        ]
        indexes = [
            # Which files has this municipality sent lately?
            models.Index(fields=["tenant", "-id"], name="run_by_tenant"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "by_person_id"
        personal = {"by_name": Kind.NAME}
        purpose = "To show what a file changed, and to let it be put right."
        keep = Keep(after="the import", years=5, when="started_at")


class UploadedPart(TenantModel):
    """A piece of an uploaded file, kept in the database so that any node can read it; gone once it is used."""

    run = TenantForeignKey(ImportRun, models.CASCADE)
    position = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            # What comes next in this file?
            models.UniqueConstraint(fields=["tenant", "run", "position"], name="part_has_one_place"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = UNNAMED
        personal = {"content": Kind.FREE_TEXT}
        purpose = "To carry an uploaded file to the worker that reads it. Deleted when used, or after seven days."
        keep = Keep(after="the upload", years=0)


class RejectedRow(TenantModel):
    """A row that was not taken in, with the reason and the row as it stood. Identity numbers are masked."""

    run = TenantForeignKey(ImportRun, models.CASCADE)
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=300, blank=True)
    value = models.TextField(blank=True)
    sentence = models.TextField()
    params = models.JSONField(default=dict)
    original = models.JSONField(default=list)

    class Meta:
        indexes = [
            # Which rows of this file were rejected?
            models.Index(fields=["tenant", "run", "row"], name="rejected_by_run"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = UNNAMED
        personal = {"value": Kind.FREE_TEXT, "original": Kind.FREE_TEXT}
        purpose = "To let a payroll clerk find and mend the row where it came from."
        keep = Keep(after="the import", years=1, when="run__started_at")


class ImportProgress(TenantModel):
    """How far a worker has come with a big file. Written beside the import's own transaction."""

    run = TenantForeignKey(ImportRun, models.CASCADE)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            # How far has this import come?
            models.UniqueConstraint(fields=["tenant", "run"], name="progress_is_told_once"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To show how far a long import has come."
        keep = Keep(after="the import", years=0)


class SavedMapping(TenantModel):
    """Which header a municipality uses for which field, as somebody there has said."""

    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in FileKind])
    mapping = models.JSONField(default=dict)

    class Meta:
        constraints = [
            # How does this municipality head its columns?
            models.UniqueConstraint(fields=["tenant", "kind"], name="mapping_is_saved_once"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To read the municipality's next file without asking again."
        keep = Keep(after="the municipality has left")

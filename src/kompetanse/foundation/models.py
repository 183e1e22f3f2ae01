from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from .privacy import Keep, Kind, Tenancy
from .tenancy import TenantModel


class Tenant(models.Model):
    """One that owns data. What it is (a municipality, a region) is told by the domain that made it."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=120)

    class Data:
        tenancy = Tenancy.REFERENCE
        purpose = "To tell whose a row is."
        keep = Keep(after="the tenant has left and taken its data")


class Deed(TenantModel):
    """What was done, by whom, when. Append-only; never refers to a row that can disappear."""

    operation = models.CharField(max_length=120)
    event = models.CharField(max_length=120)
    actor_name = models.CharField(max_length=120)
    actor_person_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)
    done_at = models.DateTimeField()
    correlation_id = models.CharField(max_length=64)

    class Meta:
        indexes = [
            # What has been done in this municipality lately?
            models.Index(fields=["tenant", "-done_at"], name="deed_by_tenant_and_time"),
            # What did this person do, and who can be told?
            models.Index(fields=["tenant", "actor_person_id"], name="deed_by_actor"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "actor_person_id"
        personal = {"actor_name": Kind.NAME}
        append_only = True
        purpose = "To show who changed what, and why."
        keep = Keep(after="the deed", years=10, when="done_at")


class OutboxEvent(models.Model):
    """An event on its way to its handlers. Written in the change's own transaction, so it cannot be lost."""

    id = models.BigAutoField(primary_key=True)
    tenant_id = models.BigIntegerField()
    tenants = models.JSONField(default=list)
    type = models.CharField(max_length=160)
    payload = models.JSONField(default=dict)
    occurred_at = models.DateTimeField()
    correlation_id = models.CharField(max_length=64)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # What still waits to be delivered?
            models.Index(fields=["id"], name="outbox_waiting", condition=Q(delivered_at=None)),
        ]

    class Data:
        tenancy = Tenancy.TECHNICAL
        purpose = "To carry what has happened to those who act on it."
        keep = Keep(after="delivery", years=1, when="delivered_at")


class Delivery(models.Model):
    """One event has reached one handler: what makes handling happen once."""

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(OutboxEvent, models.CASCADE, related_name="+")
    handler = models.CharField(max_length=160)
    delivered_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            # A handler gets an event once, however often it is sent.
            models.UniqueConstraint(fields=["event", "handler"], name="delivery_happens_once"),
        ]

    class Data:
        tenancy = Tenancy.TECHNICAL
        purpose = "To make handling happen once."
        keep = Keep(after="delivery", years=1)

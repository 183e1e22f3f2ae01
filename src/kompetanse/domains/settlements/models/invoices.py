"""Who bills, whom, and the bases for invoices and credit notes that were sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kompetanse.foundation.privacy import Keep, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from ..types import LONGEST_TEXT, Vat
from .settlements import Share

_NINE = r"^[1-9][0-9]{8}$"


class Seller(TenantModel):
    """Who bills for the region. What is on an invoice stands there as it was."""

    name = models.CharField(max_length=LONGEST_TEXT)
    organisation_number = models.CharField(max_length=9)
    street = models.CharField(max_length=LONGEST_TEXT, blank=True)
    postal_code = models.CharField(max_length=4, blank=True)
    city = models.CharField(max_length=60, blank=True)
    account = models.CharField(max_length=34, blank=True)
    vat_registered = models.BooleanField(default=False)
    vat = models.CharField(max_length=1, default=Vat.OUTSIDE)
    vat_reason = models.CharField(max_length=LONGEST_TEXT, blank=True)
    due_days = models.PositiveSmallIntegerField(default=30)
    last_number = models.PositiveIntegerField(default=0)  # drawn under the row's lock: no gaps, no twins

    class Meta:
        constraints = [
            # Who bills for this region? One.
            models.UniqueConstraint(fields=["tenant"], name="seller_is_one_a_region"),
            models.CheckConstraint(condition=Q(organisation_number__regex=_NINE), name="seller_number_has_nine_digits"),
            # Only who is registered charges tax or claims exemption.
            models.CheckConstraint(
                condition=Q(vat=Vat.OUTSIDE, vat_registered=False)
                | Q(vat__in=[Vat.STANDARD, Vat.EXEMPT], vat_registered=True),
                name="seller_vat_agrees_with_register",
            ),
            # No tax, a reason.
            models.CheckConstraint(
                condition=Q(vat=Vat.STANDARD) | ~Q(vat_reason=""), name="seller_without_vat_says_why"
            ),
            models.CheckConstraint(condition=Q(due_days__lte=90), name="seller_due_days_are_possible"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To bill in the name of those who do the region's accounts."
        keep = Keep(after="the region is dissolved")


class Payer(TenantModel):
    """What a municipality wants on its bills, so that they find the right desk."""

    municipality = models.ForeignKey("organisation.Municipality", models.PROTECT, related_name="+")
    buyer_reference = models.CharField(max_length=60, blank=True)
    order_reference = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "municipality"], name="payer_is_told_once"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To send bills to the right desk."
        keep = Keep(after="the municipality has left the region")


class Invoice(TenantModel):
    """The basis for an invoice or a credit note: what a share's difference is billed as. Written once.

    `document` holds all that the file is made of, as it was on the day: the file is the same whenever it is made.
    """

    share = TenantForeignKey(Share)
    municipality = models.ForeignKey("organisation.Municipality", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    is_credit = models.BooleanField()
    net_ore = models.BigIntegerField()
    vat_ore = models.BigIntegerField()
    issued_on = models.DateField()
    due_on = models.DateField()
    document = models.JSONField()

    class Meta:
        constraints = [
            # Numbers are drawn once.
            models.UniqueConstraint(fields=["tenant", "number"], name="invoice_number_is_its_own"),
            # A share is billed once, however often somebody sends.
            models.UniqueConstraint(fields=["tenant", "share"], name="share_is_billed_once"),
            # A bill and a credit note are both for more than nothing.
            models.CheckConstraint(condition=Q(net_ore__gt=0, vat_ore__gte=0), name="invoice_is_an_amount"),
            models.CheckConstraint(condition=Q(due_on__gte=models.F("issued_on")), name="invoice_is_due_after_its_day"),
        ]
        indexes = [
            # What has this municipality been billed?
            models.Index(fields=["tenant", "municipality"], name="invoice_by_municipality"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        append_only = True
        purpose = "To give the accounts the bills they post, and to show them again."
        keep = Keep(after="the bill", years=10, when="issued_on")

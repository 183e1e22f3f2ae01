"""Ways in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from kompetanse.foundation.privacy import Keep, Kind, Tenancy

from .people import Person


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, username: str, password: str | None = None, **values: object) -> Account:
        account = self.model(username=username, **values)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A way in for a person. What they may do follows from posts, roles and seats, never from here."""

    id = models.BigAutoField(primary_key=True)
    username = models.CharField(max_length=160, unique=True)
    email = models.CharField(max_length=160, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    display_name = models.CharField(max_length=160, blank=True)
    language = models.CharField(max_length=2, blank=True)
    is_active = models.BooleanField(default=True)

    objects = AccountManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Data:
        tenancy = Tenancy.TECHNICAL
        subject = "person_id"
        personal = {"username": Kind.IDENTIFIER, "email": Kind.CONTACT, "display_name": Kind.NAME}
        purpose = "To let a person in."
        keep = Keep(after="the last employment ended", years=1)


class Persona(models.Model):
    """Somebody in the demo whose shoes anybody may step into. The table is empty everywhere else."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=40, unique=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Data:
        tenancy = Tenancy.TECHNICAL
        purpose = "To show the product to a newcomer."
        keep = Keep(after="the demo is reset")

"""Who may read messages, follow how it goes with them, and choose their words."""

from __future__ import annotations

from enum import StrEnum

from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.access import Holds, Owns, Policy
from kompetanse.kernel.text_marker import N_

from .models import FailingAddress, LetterText, Message


class Right(StrEnum):
    MESSAGE_READ = "message:read"
    MESSAGE_FOLLOW = "message:follow"
    ADDRESS_MEND = "address:mend"
    TEXT_MANAGE = "letter-text:manage"


OFFICE = Holds(Role.COURSE_ADMINISTRATOR)


class MessagePolicy(Policy):
    model = Message
    grants = {
        Right.MESSAGE_READ: (Owns("person_id"),),
        # Whether it arrived, never what it says.
        Right.MESSAGE_FOLLOW: (OFFICE,),
    }
    refusal = N_("Meldingene følges av kurskontoret. Det som er skrevet til deg, finner du under «Meldinger».")


class FailingAddressPolicy(Policy):
    model = FailingAddress
    grants = {Right.ADDRESS_MEND: (Holds(Role.HR), Holds(Role.CONTACT_PERSON), OFFICE)}
    refusal = N_("Adresser rettes av HR og kontaktpersonen i kommunen. Si fra til dem hvis en adresse er feil.")


class LetterTextPolicy(Policy):
    model = LetterText
    grants = {Right.TEXT_MANAGE: (OFFICE,)}
    refusal = N_("Tekstene i meldingene skrives av kurskontoret. Ta kontakt med dem hvis noe bør endres.")

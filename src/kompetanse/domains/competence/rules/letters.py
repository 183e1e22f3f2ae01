"""What is written to people about their competence, in both written forms: a letter follows its receiver. Plain Python.

The requirement's name and where to read more: the rest stands behind the sign-in, not in an e-mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Occasion(StrEnum):
    DISPENSATION_GIVEN = "dispensation-given"
    DISPENSATION_WITHDRAWN = "dispensation-withdrawn"
    EVIDENCE_CLAIMED = "evidence-claimed"
    EVIDENCE_VERIFIED = "evidence-verified"
    EVIDENCE_DECLINED = "evidence-declined"


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    body: str


TEXTS: dict[Occasion, dict[str, Letter]] = {
    Occasion.DISPENSATION_GIVEN: {
        "nb": Letter(
            "Du har fått dispensasjon: %(requirement)s",
            "Hei, %(name)s.\n\nDu har fått dispensasjon fra kravet «%(requirement)s». Se hvor lenge den gjelder, og "
            "hvorfor den er gitt:\n%(link)s",
        ),
        "nn": Letter(
            "Du har fått dispensasjon: %(requirement)s",
            "Hei, %(name)s.\n\nDu har fått dispensasjon frå kravet «%(requirement)s». Sjå kor lenge han gjeld, og "
            "kvifor han er gitt:\n%(link)s",
        ),
    },
    Occasion.DISPENSATION_WITHDRAWN: {
        "nb": Letter(
            "Dispensasjonen er trukket tilbake: %(requirement)s",
            "Hei, %(name)s.\n\nDispensasjonen din fra kravet «%(requirement)s» gjelder ikke lenger. Se hvorfor, og "
            "avtal med lederen din hva du gjør nå:\n%(link)s",
        ),
        "nn": Letter(
            "Dispensasjonen er trekt tilbake: %(requirement)s",
            "Hei, %(name)s.\n\nDispensasjonen din frå kravet «%(requirement)s» gjeld ikkje lenger. Sjå kvifor, og "
            "avtal med leiaren din kva du gjer no:\n%(link)s",
        ),
    },
    Occasion.EVIDENCE_CLAIMED: {
        "nb": Letter(
            "Et bevis venter på deg: %(requirement)s",
            "Hei, %(name)s.\n\n%(person)s har meldt et bevis for «%(requirement)s». Det teller når du har sett "
            "beviset og bekreftet det. Se og svar:\n%(link)s",
        ),
        "nn": Letter(
            "Eit bevis ventar på deg: %(requirement)s",
            "Hei, %(name)s.\n\n%(person)s har meldt eit bevis for «%(requirement)s». Det tel når du har sett "
            "beviset og stadfesta det. Sjå og svar:\n%(link)s",
        ),
    },
    Occasion.EVIDENCE_VERIFIED: {
        "nb": Letter(
            "Beviset ditt er bekreftet: %(requirement)s",
            "Hei, %(name)s.\n\nBeviset du meldte for «%(requirement)s», er sett og bekreftet. Fra nå av teller "
            "det:\n%(link)s",
        ),
        "nn": Letter(
            "Beviset ditt er stadfesta: %(requirement)s",
            "Hei, %(name)s.\n\nBeviset du melde for «%(requirement)s», er sett og stadfesta. Frå no av tel "
            "det:\n%(link)s",
        ),
    },
    Occasion.EVIDENCE_DECLINED: {
        "nb": Letter(
            "Beviset ditt ble ikke bekreftet: %(requirement)s",
            "Hei, %(name)s.\n\nBeviset du meldte for «%(requirement)s», kunne ikke bekreftes. Se hvorfor, og snakk "
            "med lederen din hvis du er uenig:\n%(link)s",
        ),
        "nn": Letter(
            "Beviset ditt vart ikkje stadfesta: %(requirement)s",
            "Hei, %(name)s.\n\nBeviset du melde for «%(requirement)s», kunne ikkje stadfestast. Sjå kvifor, og snakk "
            "med leiaren din om du er usamd:\n%(link)s",
        ),
    },
}


def write(occasion: Occasion, language: str, **places: str) -> Letter:
    """The letter in `nb` or `nn`; it names `name`, `requirement` and `link`, and `person` where one is told of."""
    letter = TEXTS[occasion][language]
    return Letter(letter.subject % places, letter.body % places)

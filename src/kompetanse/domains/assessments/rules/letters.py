"""What is written to people about a campaign, in both written forms: a letter follows its receiver. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Occasion(StrEnum):
    OPENED = "opened"
    REMINDER = "reminder"
    TO_RATE = "to_rate"
    TO_RATE_REMINDER = "to_rate_reminder"


# Written to the leader; the others to the person who is asked.
TO_LEADERS = frozenset({Occasion.TO_RATE, Occasion.TO_RATE_REMINDER})


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    body: str


TEXTS: dict[Occasion, dict[str, Letter]] = {
    Occasion.OPENED: {
        "nb": Letter(
            "Kartlegging: %(title)s",
            "Hei, %(name)s.\n\nVi ber deg svare på «%(title)s». Du vurderer bare det som kreves i stillingen din, og "
            "svarer på ett skjema under «Kartlegging». Frist: %(deadline)s.\n\n%(own)s"
            "Svarene leses av deg, lederen din og HR i kommunen. Du ser selv alle vurderinger om deg.",
        ),
        "nn": Letter(
            "Kartlegging: %(title)s",
            "Hei, %(name)s.\n\nVi ber deg svare på «%(title)s». Du vurderer berre det som er kravd i stillinga di, og "
            "svarer på eitt skjema under «Kartlegging». Frist: %(deadline)s.\n\n%(own)s"
            "Svara blir lesne av deg, leiaren din og HR i kommunen. Du ser sjølv alle vurderingar om deg.",
        ),
    },
    Occasion.REMINDER: {
        "nb": Letter(
            "Påminnelse: %(title)s",
            "Hei, %(name)s.\n\nVi mangler svaret ditt på «%(title)s», eller en del av det. Frist: %(deadline)s. "
            "Svar under «Kartlegging», eller be lederen din registrere svarene for deg.\n\n%(own)s",
        ),
        "nn": Letter(
            "Påminning: %(title)s",
            "Hei, %(name)s.\n\nVi manglar svaret ditt på «%(title)s», eller ein del av det. Frist: %(deadline)s. "
            "Svar under «Kartlegging», eller be leiaren din registrere svara for deg.\n\n%(own)s",
        ),
    },
    Occasion.TO_RATE: {
        "nb": Letter(
            "Vurder dine ansatte: %(title)s",
            "Hei, %(name)s.\n\n«%(title)s» er åpnet, og du blir bedt om å vurdere dine ansatte på det som kreves av "
            "dem. Frist: %(deadline)s. Du finner dem under «Kartlegging». Der kan du også registrere svar for dem "
            "som ikke bruker PC.\n\n%(own)s",
        ),
        "nn": Letter(
            "Vurder dine tilsette: %(title)s",
            "Hei, %(name)s.\n\n«%(title)s» er opna, og du blir beden om å vurdere dine tilsette på det som er kravd av "
            "dei. Frist: %(deadline)s. Du finn dei under «Kartlegging». Der kan du òg registrere svar for dei "
            "som ikkje bruker PC.\n\n%(own)s",
        ),
    },
    Occasion.TO_RATE_REMINDER: {
        "nb": Letter(
            "Påminnelse om å vurdere dine ansatte: %(title)s",
            "Hei, %(name)s.\n\nNoen av dine ansatte mangler din vurdering i «%(title)s». Frist: %(deadline)s. "
            "Du finner dem under «Kartlegging».\n\n%(own)s",
        ),
        "nn": Letter(
            "Påminning om å vurdere dine tilsette: %(title)s",
            "Hei, %(name)s.\n\nNokre av dine tilsette manglar vurderinga di i «%(title)s». Frist: %(deadline)s. "
            "Du finn dei under «Kartlegging».\n\n%(own)s",
        ),
    },
}


def write(occasion: Occasion, language: str, *, title: str, name: str, deadline: str, own: str) -> Letter:
    """The letter in `nb` or `nn`; `own` is the municipality's own text, put in where there is one."""
    letter = TEXTS[occasion][language]
    places = {"title": title, "name": name, "deadline": deadline, "own": f"{own.strip()}\n\n" if own.strip() else ""}
    return Letter(letter.subject % places, (letter.body % places).strip())

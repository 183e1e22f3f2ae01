"""What is written to people, whole letters in both written forms: a letter follows its receiver, not the screen.

Plain Python. Places are filled where the letter is written; nothing is escaped (it is text, not markup). The English
texts stand apart, for those who have chosen English.
"""

from __future__ import annotations

from enum import StrEnum

from kompetanse.domains.messages.types import Letter as Letter
from kompetanse.domains.messages.types import LetterKind
from kompetanse.kernel.text_marker import N_

from .letters_english import GROUNDS_EN
from .letters_english import TEXTS as _ENGLISH


class Occasion(StrEnum):
    SEATED = "seated"
    WAITING = "waiting"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    OFFERED = "offered"
    ENDED = "ended"
    FROM_INTEREST = "from_interest"
    TO_APPROVE = "to_approve"
    TO_APPROVE_WITHOUT_LEADER = "to_approve_without_leader"
    NOBODY_TO_APPROVE = "nobody_to_approve"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


TEXTS: dict[Occasion, dict[str, Letter]] = {
    Occasion.SEATED: {
        "nb": Letter(
            "Du har plass: %(title)s",
            "Hei, %(name)s.\n\nDu har fått plass på «%(title)s».\n\nNår: %(when)s\nHvor: %(place)s\n\n"
            "%(why)s\n\nKan du ikke komme? Meld deg av under «Mine kurs», så får den neste i køen plassen.",
        ),
        "nn": Letter(
            "Du har plass: %(title)s",
            "Hei, %(name)s.\n\nDu har fått plass på «%(title)s».\n\nNår: %(when)s\nKvar: %(place)s\n\n"
            "%(why)s\n\nKan du ikkje kome? Meld deg av under «Mine kurs», så får den neste i køen plassen.",
        ),
    },
    Occasion.WAITING: {
        "nb": Letter(
            "Du står på venteliste: %(title)s",
            "Hei, %(name)s.\n\nPåmeldingen din til «%(title)s» er godkjent, og du er nummer %(number)s "
            "på ventelisten.\n\nNår: %(when)s\nHvor: %(place)s\n\n%(why)s\n\n"
            "Blir det plass, får du den automatisk, og du får beskjed her. Du trenger ikke gjøre noe.",
        ),
        "nn": Letter(
            "Du står på venteliste: %(title)s",
            "Hei, %(name)s.\n\nPåmeldinga di til «%(title)s» er godkjend, og du er nummer %(number)s "
            "på ventelista.\n\nNår: %(when)s\nKvar: %(place)s\n\n%(why)s\n\n"
            "Blir det plass, får du han automatisk, og du får melding her. Du treng ikkje gjere noko.",
        ),
    },
    Occasion.DECLINED: {
        "nb": Letter(
            "Påmeldingen ble ikke godkjent: %(title)s",
            "Hei, %(name)s.\n\nPåmeldingen din til «%(title)s» (%(when)s) ble ikke godkjent.\n\n"
            "Begrunnelse: %(reason)s\n\nSnakk med lederen din hvis du lurer på noe.",
        ),
        "nn": Letter(
            "Påmeldinga vart ikkje godkjend: %(title)s",
            "Hei, %(name)s.\n\nPåmeldinga di til «%(title)s» (%(when)s) vart ikkje godkjend.\n\n"
            "Grunngiving: %(reason)s\n\nSnakk med leiaren din om du lurer på noko.",
        ),
    },
    Occasion.CANCELLED: {
        "nb": Letter(
            "Kurset er avlyst: %(title)s",
            "Hei, %(name)s.\n\n«%(title)s» (%(when)s, %(place)s) er dessverre avlyst.\n\n"
            "Begrunnelse: %(reason)s\n\nDu er meldt av og trenger ikke gjøre noe. "
            "Se «Kurs» om det er satt opp et nytt.",
        ),
        "nn": Letter(
            "Kurset er avlyst: %(title)s",
            "Hei, %(name)s.\n\n«%(title)s» (%(when)s, %(place)s) er diverre avlyst.\n\n"
            "Grunngiving: %(reason)s\n\nDu er meld av og treng ikkje gjere noko. "
            "Sjå «Kurs» om det er sett opp eit nytt.",
        ),
    },
    Occasion.OFFERED: {
        "nb": Letter(
            "Du får tilbud om plass: %(title)s",
            "Hei, %(name)s.\n\nDet ble en ledig plass på «%(title)s», og den er din hvis du vil ha den.\n\n"
            "Når: %(when)s\nHvor: %(place)s\n\nSvar under «Mine kurs» innen %(until)s. "
            "Svarer du ikke, går plassen til den neste i køen.\n\n%(why)s",
        ),
        "nn": Letter(
            "Du får tilbod om plass: %(title)s",
            "Hei, %(name)s.\n\nDet vart ein ledig plass på «%(title)s», og han er din om du vil ha han.\n\n"
            "Når: %(when)s\nKvar: %(place)s\n\nSvar under «Mine kurs» innan %(until)s. "
            "Svarar du ikkje, går plassen til den neste i køen.\n\n%(why)s",
        ),
    },
    Occasion.FROM_INTEREST: {
        "nb": Letter(
            "Kurset har fått en dato: %(title)s",
            "Hei, %(name)s.\n\nDu har sagt at du vil på «%(title)s». Nå er det satt opp, og du er meldt på.\n\n"
            "Når: %(when)s\nHvor: %(place)s\n\nPasser det ikke? Meld deg av under «Mine kurs».",
        ),
        "nn": Letter(
            "Kurset har fått ein dato: %(title)s",
            "Hei, %(name)s.\n\nDu har sagt at du vil på «%(title)s». No er det sett opp, og du er meld på.\n\n"
            "Når: %(when)s\nKvar: %(place)s\n\nPassar det ikkje? Meld deg av under «Mine kurs».",
        ),
    },
    Occasion.ENDED: {
        "nb": Letter(
            "Påmeldingen gjelder ikke lenger: %(title)s",
            "Hei, %(name)s.\n\nPåmeldingen din til «%(title)s» (%(when)s) gjelder ikke lenger.\n\n%(why)s",
        ),
        "nn": Letter(
            "Påmeldinga gjeld ikkje lenger: %(title)s",
            "Hei, %(name)s.\n\nPåmeldinga di til «%(title)s» (%(when)s) gjeld ikkje lenger.\n\n%(why)s",
        ),
    },
    Occasion.TO_APPROVE: {
        "nb": Letter(
            "En påmelding venter på deg: %(title)s",
            "Hei, %(name)s.\n\n%(person)s har bedt om plass på «%(title)s» (%(when)s, %(place)s). "
            "Plassen gis når du har godkjent.\n\nGodkjenn eller avslå under «Påmeldinger».",
        ),
        "nn": Letter(
            "Ei påmelding ventar på deg: %(title)s",
            "Hei, %(name)s.\n\n%(person)s har bede om plass på «%(title)s» (%(when)s, %(place)s). "
            "Plassen blir gitt når du har godkjent.\n\nGodkjenn eller avslå under «Påmeldingar».",
        ),
    },
    Occasion.TO_APPROVE_WITHOUT_LEADER: {
        "nb": Letter(
            "En påmelding uten leder venter på deg: %(title)s",
            "Hei, %(name)s.\n\n%(person)s har bedt om plass på «%(title)s» (%(when)s, %(place)s), men ingen "
            "leder kan svare for %(unit)s. Derfor får du denne.\n\nGodkjenn eller avslå under «Påmeldinger». "
            "Er det satt inn en leder, eller fungerer noen? Da bør det stå i HR-systemet.",
        ),
        "nn": Letter(
            "Ei påmelding utan leiar ventar på deg: %(title)s",
            "Hei, %(name)s.\n\n%(person)s har bede om plass på «%(title)s» (%(when)s, %(place)s), men ingen "
            "leiar kan svare for %(unit)s. Difor får du denne.\n\nGodkjenn eller avslå under «Påmeldingar». "
            "Er det sett inn ein leiar, eller fungerer nokon? Då bør det stå i HR-systemet.",
        ),
    },
    Occasion.NOBODY_TO_APPROVE: {
        "nb": Letter(
            "Ingen kan godkjenne påmeldingen ennå: %(title)s",
            "Hei, %(name)s.\n\nDu har bedt om plass på «%(title)s» (%(when)s, %(place)s), men vi fant ingen som "
            "kan godkjenne: %(unit)s har ingen annen leder, og verken HR, kontaktpersonen eller kurskontoret er "
            "registrert.\n\nSi fra til lederen din eller HR, så de får lagt inn hvem som svarer. "
            "Du beholder nummeret ditt i køen.",
        ),
        "nn": Letter(
            "Ingen kan godkjenne påmeldinga enno: %(title)s",
            "Hei, %(name)s.\n\nDu har bede om plass på «%(title)s» (%(when)s, %(place)s), men vi fann ingen som "
            "kan godkjenne: %(unit)s har ingen annan leiar, og korkje HR, kontaktpersonen eller kurskontoret er "
            "registrert.\n\nSei frå til leiaren din eller HR, så dei får lagt inn kven som svarer. "
            "Du held på nummeret ditt i køen.",
        ),
    },
    Occasion.CHANGED: {
        "nb": Letter(
            "Ny tid eller nytt sted: %(title)s",
            "Hei, %(name)s.\n\n«%(title)s» er flyttet. Dette gjelder nå:\n\nNår: %(when)s\nHvor: %(place)s\n\n"
            "Du har fortsatt plassen din. Passer det ikke lenger? Meld deg av under «Mine kurs».",
        ),
        "nn": Letter(
            "Ny tid eller ny stad: %(title)s",
            "Hei, %(name)s.\n\n«%(title)s» er flytta. Dette gjeld no:\n\nNår: %(when)s\nKvar: %(place)s\n\n"
            "Du har framleis plassen din. Passar det ikkje lenger? Meld deg av under «Mine kurs».",
        ),
    },
    Occasion.WITHDRAWN: {
        "nb": Letter(
            "Du er meldt av: %(title)s",
            "Hei, %(name)s.\n\nDu er meldt av «%(title)s» (%(when)s), og plassen er gitt videre. "
            "Var det ikke meningen? Meld deg på igjen under «Kurs».",
        ),
        "nn": Letter(
            "Du er meld av: %(title)s",
            "Hei, %(name)s.\n\nDu er meld av «%(title)s» (%(when)s), og plassen er gitt vidare. "
            "Var det ikkje meininga? Meld deg på igjen under «Kurs».",
        ),
    },
}
NO_REASON = {"nb": "Ingen er skrevet.", "nn": "Inga er skriven.", "en": "None was given."}
ENGLISH = {Occasion(key): {"en": letter} for key, letter in _ENGLISH.items()}
# The grounds of the seating rules, in nynorsk; in bokmål the rule's own sentence is the text.
GROUNDS_NN = {
    "Kurset gir forrang til dem som har en lovpålagt frist, og du fikk plass etter den regelen.": (
        "Kurset gir forrang til dei som har ein lovpålagd frist, og du fekk plass etter den regelen."
    ),
    "Dere er meldt på som gruppe, og det var plass til alle.": (
        "De er melde på som gruppe, og det var plass til alle."
    ),
    "Gruppen foran deg trenger flere plasser enn det er, så plassen gikk til deg.": (
        "Gruppa framfor deg treng fleire plassar enn det er, så plassen gjekk til deg."
    ),
    "Kurskontoret ga deg en av plassene det holder av.": "Kurskontoret gav deg ein av plassane det held av.",
    "Du overtok plassen til en kollega i samme kommune.": "Du tok over plassen til ein kollega i same kommune.",
    "Plassene som er igjen, holdes av kurskontoret til det slipper dem.": (
        "Plassane som er att, blir haldne av kurskontoret til det slepper dei."
    ),
    "Dere er meldt på som gruppe, og det er ikke plass til alle ennå. Gruppen får plass samlet.": (
        "De er melde på som gruppe, og det er ikkje plass til alle enno. Gruppa får plass samla."
    ),
    "Dere er meldt på som gruppe. Gruppen får plass når alle i den er godkjent.": (
        "De er melde på som gruppe. Gruppa får plass når alle i henne er godkjende."
    ),
    "Tilbudet om plass ble ikke besvart innen fristen, så plassen gikk til den neste i køen. "
    "Meld deg på igjen, eller ta kontakt med kurskontoret, hvis du fortsatt vil.": (
        "Tilbodet om plass vart ikkje svara på innan fristen, så plassen gjekk til den neste i køen. "
        "Meld deg på igjen, eller ta kontakt med kurskontoret, om du framleis vil."
    ),
    "Påmeldingen er flyttet til en annen gjennomføring av det samme kurset.": (
        "Påmeldinga er flytta til ei anna gjennomføring av det same kurset."
    ),
    "En kollega overtok plassen.": "Ein kollega tok over plassen.",
    "Kommunen din har bestilt plasser, og du fikk den neste av dem.": (
        "Kommunen din har tinga plassar, og du fekk den neste av dei."
    ),
    "Det var en ledig plass, og du var den første i køen som kunne få den.": (
        "Det var ein ledig plass, og du var den første i køen som kunne få han."
    ),
    "Fristen er ute, og ubrukte plasser ble delt ut etter køen.": (
        "Fristen er ute, og ubrukte plassar vart delte ut etter køen."
    ),
    "Alle plassene er tatt. Køen går etter når hver enkelt meldte seg på.": (
        "Alle plassane er tekne. Køen går etter når kvar einskild melde seg på."
    ),
    "Plassene som er igjen, er bestilt av andre kommuner fram til fristen. "
    "De som ikke blir brukt, går til den første i køen dagen etter fristen.": (
        "Plassane som er att, er tinga av andre kommunar fram til fristen. "
        "Dei som ikkje blir brukte, går til den første i køen dagen etter fristen."
    ),
}


# What the office calls the occasions, and what a region calls the places when it writes in its own words.
TITLES = {
    Occasion.SEATED: N_("Har fått plass"),
    Occasion.WAITING: N_("Står på venteliste"),
    Occasion.DECLINED: N_("Ikke godkjent"),
    Occasion.CANCELLED: N_("Kurset er avlyst"),
    Occasion.TO_APPROVE: N_("Til leder: en påmelding venter"),
    Occasion.TO_APPROVE_WITHOUT_LEADER: N_("Til HR: en påmelding uten leder venter"),
    Occasion.NOBODY_TO_APPROVE: N_("Ingen kan godkjenne ennå"),
    Occasion.CHANGED: N_("Ny tid eller nytt sted"),
    Occasion.WITHDRAWN: N_("Meldt av"),
}
PLACES = {
    "title": "kurs", "name": "navn", "when": "når", "place": "sted", "why": "hvorfor", "number": "nummer",
    "reason": "begrunnelse", "unit": "enhet",
}  # fmt: skip
EXAMPLES = {
    "kurs": "Medikamenthåndtering vår",
    "navn": "Kari Nordmann",
    "når": "24.04.2027 kl. 09.00",
    "sted": "Storsalen, Kongsberg",
    "hvorfor": "Det var en ledig plass, og du var den første i køen som kunne få den.",
    "nummer": "3",
    "begrunnelse": "Vi er for få på vakt den dagen.",
    "person": "Ola Nordmann",
    "enhet": "Hjemmetjenesten",
}


def kind_of(occasion: Occasion) -> str:
    return f"courses.{occasion}"


def kinds() -> list[LetterKind]:
    """Every letter about a sign-up, for the messages to know."""
    return [
        LetterKind(
            kind_of(it), TITLES.get(it, TEXTS[it]["nb"].subject), TEXTS[it] | ENGLISH.get(it, {}), PLACES, EXAMPLES
        )
        for it in Occasion
    ]


def ground_in_all(ground: str) -> dict[str, str]:
    """Why a seat was given or not, in every written form."""
    said = {"nb": ground, "nn": GROUNDS_NN.get(ground, ground)}
    return said | ({"en": GROUNDS_EN[ground]} if ground in GROUNDS_EN else {})

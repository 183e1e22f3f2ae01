"""The letters that the messages themselves give cause to."""

from __future__ import annotations

from kompetanse.kernel.text_marker import N_

from ..types import Letter, LetterKind

ADDRESS_FAILED = LetterKind(
    "messages.address_failed",
    N_("En e-postadresse virker ikke"),
    {
        "nb": Letter(
            "E-postadressen til %(person)s virker ikke",
            "Hei, %(name)s.\n\nE-post til %(person)s på adressen %(address)s kommer i retur:\n%(why)s\n\n"
            "Rett adressen i HR-systemet, så tas den i bruk ved neste import. Er adressen riktig, og det var noe annet "
            "som var galt, sier du fra her, så sendes det som kom i retur:\n%(link)s\n\n"
            "%(person)s kan lese meldingene under «Meldinger» imens.",
        ),
        "nn": Letter(
            "E-postadressa til %(person)s verkar ikkje",
            "Hei, %(name)s.\n\nE-post til %(person)s på adressa %(address)s kjem i retur:\n%(why)s\n\n"
            "Rett adressa i HR-systemet, så blir ho teken i bruk ved neste import. Er adressa rett, og det var noko "
            "anna som var gale, seier du frå her, så blir det som kom i retur, sendt:\n%(link)s\n\n"
            "%(person)s kan lese meldingane under «Meldingar» så lenge.",
        ),
        "en": Letter(
            "The e-mail address of %(person)s does not work",
            "Hello, %(name)s.\n\nE-mail to %(person)s at %(address)s comes back:\n%(why)s\n\n"
            "Correct the address in the HR system; it is used from the next import. If the address is right and "
            "something else was wrong, say so here and what came back is sent again:\n%(link)s\n\n"
            "Meanwhile %(person)s can read the messages under “Messages”.",
        ),
    },
    {"name": "navn", "address": "adresse", "why": "hvorfor", "link": "lenke"},
    {
        "navn": "Kari Nordmann",
        "person": "Ola Nordmann",
        "adresse": "ola.nordmann@kommune.example",
        "hvorfor": "550 5.1.1 Unknown user",
        "lenke": "https://kompetanse.example.no/meldinger/adresser/",
    },
)
# A run of several gatherings has an entry for each, and a calendar reads one in a message.
FURTHER_ENTRY = LetterKind(
    "messages.further_entry",
    N_("Flere samlinger i kalenderen"),
    {
        "nb": Letter(
            "Kalender: %(title)s %(day)s",
            "Hei, %(name)s.\n\nDenne hører til meldingen «%(about)s», og gjelder samlingen %(when)s. "
            "Kalenderen din leser én samling i hver e-post. Du trenger ikke gjøre noe.",
        ),
        "nn": Letter(
            "Kalender: %(title)s %(day)s",
            "Hei, %(name)s.\n\nDenne høyrer til meldinga «%(about)s», og gjeld samlinga %(when)s. "
            "Kalenderen din les éi samling i kvar e-post. Du treng ikkje gjere noko.",
        ),
        "en": Letter(
            "Calendar: %(title)s %(day)s",
            "Hello, %(name)s.\n\nThis belongs to the message “%(about)s” and is about the gathering on %(when)s. "
            "Your calendar reads one gathering in each e-mail. There is nothing you need to do.",
        ),
    },
    {"title": "kurs", "day": "dag", "name": "navn", "about": "melding", "when": "når"},
    {
        "kurs": "Medikamenthåndtering vår",
        "dag": "24.04.2027",
        "navn": "Kari Nordmann",
        "melding": "Du har plass: Medikamenthåndtering vår",
        "når": "24.04.2027 kl. 09.00",
    },
)
OWN_KINDS = (ADDRESS_FAILED, FURTHER_ENTRY)

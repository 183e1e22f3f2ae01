"""The words of the made-up nation: kinds of units, titles, what people write of courses."""

from __future__ import annotations

from dataclasses import dataclass

HEALTH, UPBRINGING, TECHNICAL, CULTURE, STAFF = (
    "Helse og omsorg", "Oppvekst", "Teknisk", "Kultur", "Administrasjon",
)  # fmt: skip
SECTORS = (HEALTH, UPBRINGING, TECHNICAL, CULTURE, STAFF)


@dataclass(frozen=True, slots=True)
class UnitKind:
    """A kind of workplace: the word in its name, who leads it, and who works there, the commonest title first."""

    word: str
    sector: str
    weight: int
    leader: str
    titles: tuple[str, ...]


KINDS = (
    UnitKind("sykehjem", HEALTH, 14, "Avdelingsleder", (
        "Helsefagarbeider", "Helsefagarbeider", "Sykepleier", "Sjukepleiar", "Assistent", "Vernepleier", "Kokk",
    )),
    UnitKind("hjemmetjeneste", HEALTH, 14, "Avdelingsleder", (
        "Helsefagarbeider", "Helsefagarbeidar", "Sykepleier", "Hjelpepleier", "Ergoterapeut", "Fysioterapeut",
    )),
    UnitKind("bofellesskap", HEALTH, 10, "Avdelingsleder", (
        "Miljøarbeider", "Vernepleier", "Helsefagarbeider", "Assistent", "Omsorgsarbeider",
    )),
    UnitKind("legevakt", HEALTH, 2, "Avdelingsleder", ("Sykepleier", "Lege", "Helsesekretær")),
    UnitKind("helsestasjon", HEALTH, 3, "Fagleder", ("Helsesykepleier", "Jordmor", "Lege", "Psykolog")),
    UnitKind("barneskole", UPBRINGING, 15, "Rektor", ("Lærer", "Lærer", "Lærar", "Assistent", "Vaktmester")),
    UnitKind("ungdomsskole", UPBRINGING, 7, "Rektor", ("Lærer", "Lærar", "Miljøterapeut", "Vaktmester")),
    UnitKind("barnehage", UPBRINGING, 13, "Styrer", (
        "Barnehagelærer", "Assistent", "Pedagogisk leder", "Barne- og ungdomsarbeider", "Kjøkkenassistent",
    )),
    UnitKind("SFO", UPBRINGING, 3, "SFO-leder", ("Fagarbeider SFO", "Assistent")),
    UnitKind("barneverntjeneste", UPBRINGING, 2, "Barnevernsleder", ("Kontaktperson barnevern", "Miljøterapeut")),
    UnitKind("veidrift", TECHNICAL, 4, "Driftsleder", ("Fagarbeider vei", "Maskinfører", "Sjåfør")),
    UnitKind("vannverk", TECHNICAL, 2, "Driftsleder", ("Driftsoperatør VA", "Fagleder VA")),
    UnitKind("bygg", TECHNICAL, 5, "Driftsleder", (
        "Renholder", "Vaktmester", "Fagarbeider teknisk", "Elektriker", "Maler",
    )),
    UnitKind("brannstasjon", TECHNICAL, 2, "Brannsjef", ("Brannkonstabel", "Utrykningsleder", "Feier")),
    UnitKind("park", TECHNICAL, 1, "Driftsleder", ("Fagarbeider park", "Gartner")),
    UnitKind("bibliotek", CULTURE, 2, "Biblioteksjef", ("Bibliotekar", "Konsulent")),
    UnitKind("svømmehall", CULTURE, 1, "Daglig leder", ("Badevakt", "Renholder", "Konsulent")),
    UnitKind("servicetorg", STAFF, 4, "Fagleder", ("Konsulent", "Rådgiver", "Saksbehandler", "Vekter")),
    UnitKind("NAV", STAFF, 4, "Fagleder", ("Saksbehandler", "Veileder", "Rådgiver")),
)  # fmt: skip
CHIEF, SECTOR_CHIEF = "Kommunedirektør", "Kommunalsjef"
TITLES = tuple(sorted({title for kind in KINDS for title in (kind.leader, *kind.titles)} | {CHIEF, SECTOR_CHIEF}))
SAFETY, RISK = "verneombud", "bruker av risikofylt utstyr"
GIVEN = ("Prøvar", "Testine", "Mønster", "Øvar", "Dømine", "Tenkt", "Oppdikta", "Modell")
ISSUERS = ("Prøvekurs AS", "RKK", "Kommunen", "Prøveskolen", "")
# How municipalities write of the same course in their own files: {0} is the requirement's name.
OWN_WORDS = ("{0} (kurs)", "Gjennomført: {0}", "{0} – repetisjon")

"""Every sentence the reading of files can say, with its stable code."""

from __future__ import annotations

from typing import Final, NamedTuple

from kompetanse.domains.integrations.types import Said, UnreadableFile
from kompetanse.kernel.text_marker import N_


class Sentence(NamedTuple):
    """A code and a message id."""

    code: str
    text: str

    def with_(self, **params: object) -> Said:
        """The sentence with its places given."""
        return Said(self.code, self.text, params)


# Files that cannot be read


class EmptyFile(UnreadableFile):
    code = "empty_file"
    sentence = N_("Filen %(file)s er tom. Eksporter den på nytt og prøv igjen.")


class FileTooBig(UnreadableFile):
    code = "file_too_big"
    sentence = N_("Filen er for stor (over %(limit)s MB). Del den i flere filer og last dem opp hver for seg.")


class NotATable(UnreadableFile):
    code = "not_a_table"
    sentence = N_("Filen er ikke en tabell, men %(what)s. Eksporter listen som CSV eller Excel (.xlsx) og prøv igjen.")


class BinaryFile(UnreadableFile):
    code = "binary_file"
    sentence = N_(
        "Filen er ikke en tekstfil, selv om navnet sier det. Eksporter listen som CSV eller Excel (.xlsx) "
        "og prøv igjen."
    )


class NulCharacters(UnreadableFile):
    code = "nul_characters"
    sentence = N_(
        "Filen inneholder nulltegn (første gang omtrent i rad %(row)s) og er trolig ødelagt. "
        "Eksporter den på nytt og prøv igjen."
    )


class LineTooLong(UnreadableFile):
    code = "line_too_long"
    sentence = N_(
        "Rad %(row)s er altfor lang til å være en rad i en tabell. Kontroller at filen har linjeskift mellom "
        "radene, og eksporter den på nytt."
    )


class UnclosedQuote(UnreadableFile):
    code = "unclosed_quote"
    sentence = N_(
        "Et anførselstegn i rad %(row)s blir aldri lukket, så radene etter kan ikke leses. "
        "Fjern anførselstegnet og prøv igjen."
    )


class TooManyRows(UnreadableFile):
    code = "too_many_rows"
    sentence = N_("Filen har flere enn %(limit)s rader. Del den i flere filer og last dem opp hver for seg.")


class TooWide(UnreadableFile):
    code = "too_wide"
    sentence = N_(
        "Rad %(row)s har %(found)s kolonner, og grensen er %(limit)s. Ta bort kolonner som ikke skal brukes, "
        "og prøv igjen."
    )


class NoKnownHeader(UnreadableFile):
    code = "no_known_header"
    sentence = N_(
        "Fant ingen overskrift vi kjenner i de første radene. De begynner slik: %(words)s. "
        "Kontroller at kolonnene har overskrifter, som Ansattnummer, Enhetskode eller Kompetansebehov."
    )


class ChooseSheet(UnreadableFile):
    code = "choose_sheet"
    sentence = N_(
        "Flere ark i arbeidsboken ser ut som lister: %(sheets)s. Behold bare det ene som skal leses, "
        "eller velg ark, og prøv igjen."
    )


class TooManySheets(UnreadableFile):
    code = "too_many_sheets"
    sentence = N_("Arbeidsboken har %(found)s ark, og grensen er %(limit)s. Lagre arket som skal leses, i en egen fil.")


class NoSuchSheet(UnreadableFile):
    code = "no_such_sheet"
    sentence = N_("Arbeidsboken har ikke noe ark som heter %(sheet)s. Arkene er: %(sheets)s.")


class ZipBomb(UnreadableFile):
    code = "zip_bomb"
    sentence = N_(
        "Arbeidsboken er mye større innvendig enn den gir seg ut for, og blir ikke åpnet. "
        "Åpne den i Excel, kopier bare listen til en ny arbeidsbok, og prøv igjen."
    )


class EncryptedWorkbook(UnreadableFile):
    code = "encrypted_workbook"
    sentence = N_("Arbeidsboken er låst med passord. Fjern passordet i Excel, lagre og prøv igjen.")


class CorruptWorkbook(UnreadableFile):
    code = "corrupt_workbook"
    sentence = N_("Arbeidsboken er skadet og kan ikke leses. Åpne den i Excel, lagre den på nytt og prøv igjen.")


class OldWorkbook(UnreadableFile):
    code = "old_workbook"
    sentence = N_(
        "Filen er et regneark i et format vi ikke leser (%(what)s). Åpne den i Excel eller LibreOffice, "
        "lagre den som .xlsx og prøv igjen."
    )


class MissingColumns(UnreadableFile):
    code = "missing_columns"
    sentence = N_("Filen mangler kolonner som må være med: %(fields)s. Pek ut kolonnene eller eksporter på nytt.")


# What a file that is not a table may be instead
AN_IMAGE: Final = N_("et bilde")
A_PDF: Final = N_("et PDF-dokument")
A_DOCUMENT: Final = N_("et tekstdokument")
AN_ARCHIVE: Final = N_("en pakket fil")
A_WEB_PAGE: Final = N_("en nettside")
A_PROGRAM: Final = N_("et program")
A_RECORDING: Final = N_("lyd eller film")

# Rows that do not hold
VALUE_MISSING: Final = Sentence(
    "value_missing", N_("%(label)s mangler. Fyll det ut i systemet filen kommer fra, og eksporter på nytt.")
)
DATE_IMPOSSIBLE: Final = Sentence(
    "date_impossible",
    N_("Datoen %(value)s finnes ikke. Rett den i systemet filen kommer fra, og eksporter på nytt."),
)
DATE_UNREADABLE: Final = Sentence(
    "date_unreadable", N_("«%(value)s» er ikke en dato. Skriv datoen som dag.måned.år, for eksempel 31.12.2026.")
)
DATE_UNLIKELY: Final = Sentence(
    "date_unlikely", N_("Datoen %(value)s kan ikke stemme. Kontroller årstallet og eksporter på nytt.")
)
ENDS_BEFORE_START: Final = Sentence(
    "ends_before_start", N_("Sluttdatoen %(end)s er før startdatoen %(start)s. Rett en av dem og eksporter på nytt.")
)
LEAVE_ENDS_BEFORE_START: Final = Sentence(
    "leave_ends_before_start",
    N_("Permisjonen slutter %(end)s, før den begynner %(start)s. Rett en av datoene og eksporter på nytt."),
)
EXPIRES_BEFORE_COMPLETED: Final = Sentence(
    "expires_before_completed",
    N_("Beviset går ut %(end)s, før kurset ble gjennomført %(start)s. Rett en av datoene og eksporter på nytt."),
)
IDENTITY_LENGTH: Final = Sentence(
    "identity_length", N_("Fødselsnummeret skal ha 11 siffer, men har %(digits)s. Rett det og eksporter på nytt.")
)
IDENTITY_NOT_DIGITS: Final = Sentence(
    "identity_not_digits", N_("Fødselsnummeret inneholder annet enn siffer. Rett det og eksporter på nytt.")
)
IDENTITY_INVALID: Final = Sentence(
    "identity_invalid",
    N_("Fødselsnummeret er ikke gyldig: kontrollsifrene stemmer ikke. Rett det i lønnssystemet og eksporter på nytt."),
)
IDENTITY_DATE: Final = Sentence(
    "identity_date",
    N_("Fødselsnummeret er ikke gyldig: det begynner ikke med en fødselsdato. Rett det og eksporter på nytt."),
)
ROUNDED_BY_SPREADSHEET: Final = Sentence(
    "rounded_by_spreadsheet",
    N_("Regnearket har avrundet nummeret til %(value)s. Formater kolonnen som tekst og eksporter på nytt."),
)
PERCENT_UNREADABLE: Final = Sentence(
    "percent_unreadable", N_("«%(value)s» er ikke en stillingsprosent. Skriv et tall fra 0 til 100.")
)
PERCENT_OUTSIDE: Final = Sentence(
    "percent_outside", N_("Stillingsprosenten %(value)s er utenfor 0 til 100. Rett den og eksporter på nytt.")
)
FLAG_UNREADABLE: Final = Sentence("flag_unreadable", N_("«%(value)s» er verken ja eller nei. Skriv J eller N."))
NAME_INCOMPLETE: Final = Sentence(
    "name_incomplete", N_("«%(value)s» er ikke både fornavn og etternavn. Rett navnet og eksporter på nytt.")
)
UNIT_UNKNOWN: Final = Sentence(
    "unit_unknown",
    N_("Enheten %(value)s finnes ikke i organisasjonen. Rett koden, eller last opp en ny organisasjonsfil først."),
)
TEXT_TOO_LONG: Final = Sentence(
    "text_too_long", N_("Teksten i %(label)s er på %(length)s tegn, og grensen er %(limit)s. Kort den ned.")
)
FORMULA_FAILED: Final = Sentence(
    "formula_failed",
    N_("Cellen har en formel uten svar (%(value)s). Åpne regnearket i Excel, rett formelen, lagre og prøv igjen."),
)
PEOPLE_TOO_FEW: Final = Sentence(
    "people_too_few", N_("Antallet %(value)s må være minst 1. Rett det, eller la feltet stå tomt.")
)
PEOPLE_TOO_MANY: Final = Sentence(
    "people_too_many", N_("Antallet %(value)s er urimelig høyt (over %(limit)s). Kontroller tallet.")
)
PEOPLE_IS_DATE: Final = Sentence(
    "people_is_date", N_("Regnearket har gjort antallet om til datoen %(value)s. Skriv antallet på nytt som tekst.")
)
TOO_MANY_CELLS: Final = Sentence(
    "too_many_cells",
    N_(
        "Raden har %(found)s kolonner, men overskriften har %(expected)s. "
        "Sett anførselstegn rundt tekst som inneholder skilletegnet."
    ),
)
ORG_DUPLICATE: Final = Sentence(
    "org_duplicate", N_("Enhetskoden %(code)s står også i rad %(first)s. En kode kan bare brukes én gang.")
)
ORG_PARENT_MISSING: Final = Sentence(
    "org_parent_missing", N_("Den overordnede enheten %(parent)s finnes ikke i filen. Ta den med, eller rett koden.")
)
ORG_PARENT_REJECTED: Final = Sentence(
    "org_parent_rejected", N_("Den overordnede enheten %(parent)s er avvist i rad %(row)s. Rett den raden først.")
)
ORG_CYCLE: Final = Sentence(
    "org_cycle", N_("Enheten %(code)s ligger under seg selv (%(path)s). Rett hvilken enhet den hører til.")
)

# Why a column was taken for a field
BY_SAVED: Final = Sentence("by_saved", N_("Slik har kommunen valgt det før."))
BY_CHOICE: Final = Sentence("by_choice", N_("Slik har du valgt det."))
BY_WORD: Final = Sentence("by_word", N_("Overskriften «%(header)s» er kjent."))
BY_LIKE_WORD: Final = Sentence("by_like_word", N_("Overskriften «%(header)s» ligner på «%(word)s»."))
BY_CONTENT: Final = Sentence("by_content", N_("Innholdet i «%(header)s» ser ut som %(what)s."))

KIND_DOUBTFUL: Final = Sentence("kind_doubtful", N_("Filen kan også være noe annet. Kontroller at typen er riktig."))
KIND_UNLIKE: Final = Sentence(
    "kind_unlike", N_("Filen ligner mer på en annen type enn den du valgte. Kontroller at du valgte riktig.")
)
SAVED_HEADER_GONE: Final = Sentence(
    "saved_header_gone", N_("Kolonnen «%(header)s» som kommunen har brukt før, finnes ikke i denne filen.")
)
CHOSEN_HEADER_GONE: Final = Sentence("chosen_header_gone", N_("Kolonnen «%(header)s» finnes ikke i denne filen."))
CONTENT_UNLIKE: Final = Sentence(
    "content_unlike", N_("Kolonnen «%(header)s» ble ikke brukt som %(label)s, for innholdet ser ikke slik ut.")
)
MONTH_FIRST: Final = Sentence(
    "month_first", N_("Datoene i «%(header)s» ser ut til å ha måneden først, som 12/31/2026.")
)

"""What a municipality's file can be, what it can hold, and what came of reading it. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar, Final

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.outcomes import Outcome
from kompetanse.kernel.text_marker import N_


class Kind(StrEnum):
    """Which of the four exports a file is."""

    ORG = "org"
    HR = "hr"
    COMPETENCE = "competence"
    NEEDS = "needs"


class Shape(StrEnum):
    """How the values of a field are written, which decides how they are parsed and recognised."""

    CODE = "code"
    TEXT = "text"
    TITLE = "title"
    IDENTITY = "identity"
    EMAIL = "email"
    PHONE = "phone"
    FLAG = "flag"
    PERCENT = "percent"
    DATE = "date"
    END = "end"  # a date that may also say "for ever"
    WRITTEN_FORM = "written_form"
    PEOPLE = "people"
    WISH = "wish"  # yes, no or something in between; the text is kept
    PRIORITY = "priority"


class DateFormat(StrEnum):
    """How a whole column writes its dates."""

    DMY_DOT = "dd.mm.yyyy"
    DMY_SLASH = "dd/mm/yyyy"
    DMY_DASH = "dd-mm-yyyy"
    DMY_SHORT = "dd.mm.yy"
    MDY = "mm/dd/yyyy"
    YMD = "yyyy-mm-dd"
    YMD_COMPACT = "yyyymmdd"
    DMY_COMPACT = "ddmmyyyy"
    DMY_COMPACT_SHORT = "ddmmyy"
    SERIAL = "excel"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a file may tell. `label` is a message id."""

    name: str
    shape: Shape
    label: str
    required: bool = False


FIELDS: Final[Mapping[Kind, tuple[Field, ...]]] = MappingProxyType(
    {
        Kind.ORG: (
            Field("code", Shape.CODE, N_("Enhetskode"), required=True),
            Field("name", Shape.TITLE, N_("Navn på enheten"), required=True),
            Field("parent_code", Shape.CODE, N_("Overordnet enhet")),
            Field("sector", Shape.TEXT, N_("Sektor")),
            Field("leader_number", Shape.CODE, N_("Lederens ansattnummer")),
            Field("written_form", Shape.WRITTEN_FORM, N_("Målform")),
        ),
        Kind.HR: (
            Field("employee_number", Shape.CODE, N_("Ansattnummer"), required=True),
            Field("identity_number", Shape.IDENTITY, N_("Fødselsnummer")),
            Field("given_name", Shape.TITLE, N_("Fornavn"), required=True),
            Field("family_name", Shape.TITLE, N_("Etternavn"), required=True),
            Field("full_name", Shape.TITLE, N_("Navn")),
            Field("email", Shape.EMAIL, N_("E-post")),
            Field("phone", Shape.PHONE, N_("Telefon")),
            Field("position_code", Shape.CODE, N_("Stillingskode")),
            Field("position_title", Shape.TITLE, N_("Stilling"), required=True),
            Field("is_main", Shape.FLAG, N_("Hovedstilling")),
            Field("percent", Shape.PERCENT, N_("Stillingsprosent")),
            Field("valid_from", Shape.DATE, N_("Gyldig fra"), required=True),
            Field("valid_to", Shape.END, N_("Gyldig til")),
            Field("unit_code", Shape.CODE, N_("Enhetskode"), required=True),
            Field("leave_from", Shape.DATE, N_("Permisjon fra")),
            Field("leave_to", Shape.END, N_("Permisjon til")),
        ),
        Kind.COMPETENCE: (
            Field("employee_number", Shape.CODE, N_("Ansattnummer"), required=True),
            Field("title", Shape.TITLE, N_("Kompetanse"), required=True),
            Field("issuer", Shape.TEXT, N_("Utsteder")),
            Field("certificate_number", Shape.CODE, N_("Bevisnummer")),
            Field("completed_on", Shape.DATE, N_("Gjennomført"), required=True),
            Field("valid_to", Shape.END, N_("Gyldig til")),
        ),
        Kind.NEEDS: (
            Field("title", Shape.TITLE, N_("Kompetansebehov"), required=True),
            Field("target_group", Shape.TEXT, N_("Målgruppe")),
            Field("people", Shape.PEOPLE, N_("Antall")),
            Field("reason", Shape.TEXT, N_("Begrunnelse")),
            Field("statutory", Shape.WISH, N_("Lovpålagt")),
            Field("wanted_time", Shape.TEXT, N_("Ønsket tidspunkt")),
            Field("wanted_place", Shape.TEXT, N_("Ønsket sted")),
            Field("priority", Shape.PRIORITY, N_("Prioritet")),
            Field("regional", Shape.WISH, N_("Kan løses regionalt")),
            Field("unit_name", Shape.TEXT, N_("Meldt av enhet")),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost us. Sizes in bytes unless said; the defaults keep a reading well under 300 MB."""

    rows: int = 200_000  # rows with data
    lines: int = 400_000  # rows of any sort, blank ones too
    columns: int = 200
    line_length: int = 1_000_000  # characters in one line of text
    file_size: int = 200_000_000
    header_search: int = 40  # the header stands on one of the first so many rows
    sheets: int = 250
    zip_entries: int = 2_000
    unzipped: int = 600_000_000
    zip_ratio: int = 200  # judged only when the unzipped size passes 20 MB
    shared_strings: int = 80_000_000  # characters of text kept while a workbook is read


class UnreadableFile(DomainError):
    """The file cannot be read as a table at all. Subclasses carry the code and the sentence."""

    code: ClassVar[str] = "unreadable_file"
    sentence: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its stable code: `sentence` is a message id, `params` fill its %(name)s places."""

    code: str
    sentence: str
    params: Mapping[str, object] = field(default_factory=dict)

    def text(self) -> str:
        """The sentence in bokmål with its places filled."""
        return self.sentence % self.params if self.params else self.sentence


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row below the header that was not taken for data: a sum, a note, a repeated header."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """Where a field stands in the file. `certainty` is 0–1; `why` says what it was recognised by."""

    field: str
    index: int
    header: str
    certainty: float
    why: Said
    date_format: DateFormat | None = None
    decimal_mark: str | None = None
    fraction: bool = False  # 0,405 means 40,5 per cent


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a file was taken for, shown to a person who may correct it."""

    kind: Kind
    kind_certain: bool
    columns: Mapping[str, ColumnMatch]
    unrecognised: tuple[str, ...]  # headers nobody reads
    missing: tuple[str, ...]  # required fields without a column
    warnings: tuple[Said, ...]
    row_count: int  # rows with data
    skipped: tuple[SkippedRow, ...]
    headers: tuple[str, ...]

    def mapping(self) -> dict[str, str]:
        """{field: header text}, the form in which a municipality's mapping is saved."""
        return {name: match.header for name, match in self.columns.items()}


@dataclass(frozen=True, slots=True)
class OrgRow:
    code: str
    name: str
    parent_code: str | None = None
    sector: str | None = None
    leader_number: str | None = None
    written_form: str | None = None  # "nb", "nn", or None for neutral and unknown


@dataclass(frozen=True, slots=True)
class HrRow:
    employee_number: str
    given_name: str
    family_name: str
    position_title: str
    valid_from: date
    unit_code: str
    identity_number: str | None = None  # eleven digits; for matching only
    email: str | None = None
    phone: str | None = None
    position_code: str | None = None
    is_main: bool | None = None
    percent: Decimal | None = None  # 0–100
    valid_to: date | None = None  # last day, None for ever
    leave_from: date | None = None
    leave_to: date | None = None


@dataclass(frozen=True, slots=True)
class CompetenceRow:
    employee_number: str
    title: str
    completed_on: date
    issuer: str | None = None
    certificate_number: str | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class NeedRow:
    title: str
    target_group: str | None = None
    people: int | None = None  # seats; the upper end of a range, None when unknown
    people_low: int | None = None
    people_text: str = ""
    reason: str | None = None
    statutory: bool | None = None
    statutory_text: str = ""
    wanted_time: str | None = None
    wanted_place: str | None = None
    priority: int | None = None  # 1 is highest, 3 lowest
    priority_text: str = ""
    regional: bool | None = None
    regional_text: str = ""
    unit_name: str | None = None


TypedRow = OrgRow | HrRow | CompetenceRow | NeedRow


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """A row that holds. `row` counts as a person counts in the file; `original` is the row as it stood."""

    row: int
    values: TypedRow
    original: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that does not hold. `column` is the header's text, empty when the whole row is at fault."""

    row: int
    column: str
    value: str
    code: str
    sentence: str
    params: Mapping[str, object]
    original: tuple[str, ...]

    def reason(self) -> str:
        """The sentence in bokmål with its places filled."""
        return self.sentence % self.params if self.params else self.sentence


# --- the running of an import ----------------------------------------------------------------------------


class RunStatus(StrEnum):
    """Where an import stands."""

    RECEIVED = "received"  # the file is here, and nobody has looked into it
    UNCLEAR = "unclear"  # columns that must be there were not found: a person must point them out
    WORKING = "working"  # a worker is at it
    PREVIEWED = "previewed"  # what would happen is known; nothing has changed
    APPLIED = "applied"
    FAILED = "failed"  # the file could not be read, and nothing has changed


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of a file's rows: read = created + changed + unchanged + rejected."""

    read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    ended: int = 0


@dataclass(frozen=True, slots=True)
class RunRow:
    """One import in the list of them. `kind` None where it has not been settled."""

    id: int
    tenant_id: int
    municipality: str
    kind: Kind | None
    file_name: str
    status: RunStatus
    started_at: datetime
    finished_at: datetime | None
    by_name: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A field and the column it was taken from: `header` empty where it is not in the file."""

    field: str
    label: str
    required: bool
    header: str
    why: Said | None
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptRejection:
    """A row that was not taken in, as it is kept: identity numbers are masked."""

    row: int
    column: str
    value: str
    said: Said
    original: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunPage:
    """All there is to show of one import. `examples` by fate, `rejections` the first of them."""

    run: RunRow
    may_run: bool
    has_content: bool
    headers: tuple[str, ...]
    columns: tuple[MappedColumn, ...]
    warnings: tuple[Said, ...]
    skipped: tuple[SkippedRow, ...]
    examples: Mapping[str, tuple[str, ...]]
    rejections: tuple[KeptRejection, ...]
    failure: Said | None
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file in the downloaded report: its summary, and its rejections under its own headers."""

    run: RunRow
    headers: tuple[str, ...]
    rejections: Iterable[KeptRejection]
    failure: Said | None = None


class AlreadyApplied(DomainError):
    code = "already_applied"
    sentence = N_("Filen er allerede tatt inn. Last den opp på nytt hvis den skal leses en gang til.")


class ContentIsGone(DomainError):
    code = "content_is_gone"
    sentence = N_("Innholdet i filen er slettet, for det er mer enn sju dager siden den kom. Last den opp på nytt.")


class KindIsUnclear(DomainError):
    code = "kind_is_unclear"
    sentence = N_("Vi ser ikke sikkert hva slags fil dette er. Velg type og last den opp på nytt.")


class IsBeingRead(DomainError):
    code = "is_being_read"
    sentence = N_("Filen blir lest akkurat nå. Vent til den er ferdig.")


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file that was taken in at once: an outcome, or the sentence that says why it was not."""

    run_id: int
    outcome: Outcome | None
    failure: Said | None = None

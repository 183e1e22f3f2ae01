"""What a course is: templates, sessions with time blocks, the checklist, the catalogue. Inputs, rows and refusals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kompetanse.kernel.text_marker import N_

from .runs import RunStatus, SessionRow
from .signups import SignupStatus


class CourseForm(StrEnum):
    PHYSICAL = "physical"
    DIGITAL = "digital"
    HYBRID = "hybrid"


class CourseStatus(StrEnum):
    IN_USE = "in_use"
    RETIRED = "retired"


class Reuse(StrEnum):
    """Who may plan a run from a template."""

    NONE = "none"  # the one who made it
    REGION = "region"  # everybody in the region's office


class CourseLanguage(StrEnum):
    BOKMAL = "nb"
    NYNORSK = "nn"
    ENGLISH = "en"


class EvaluationForm(StrEnum):
    NONE = "none"
    SHORT = "short"
    FULL = "full"
    WITH_FOLLOW_UP = "with_follow_up"


class BlockKind(StrEnum):
    THEORY = "theory"
    PRACTICE = "practice"
    SELF_STUDY = "self_study"
    BREAK = "break"


class TaskKind(StrEnum):
    """What a run needs done. The first five before it begins, the next two after it is over."""

    ROOM = "room"
    TRAINER = "trainer"
    CATERING = "catering"
    INVITATION = "invitation"
    LIST = "list"
    CERTIFICATE = "certificate"
    INVOICE = "invoice"
    OTHER = "other"


AFTERWARDS = frozenset({TaskKind.CERTIFICATE, TaskKind.INVOICE})
# What the known kinds are called, as message ids.
TASK_WORDS = {
    TaskKind.ROOM: N_("Bestille rom"),
    TaskKind.TRAINER: N_("Avtale kursholder"),
    TaskKind.CATERING: N_("Bestille mat"),
    TaskKind.INVITATION: N_("Sende invitasjon"),
    TaskKind.LIST: N_("Skrive ut deltakerliste"),
    TaskKind.CERTIFICATE: N_("Sende kursbevis"),
    TaskKind.INVOICE: N_("Sende faktura"),
}


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes of each kind. With a teacher: theory and practice. Breaks are no hours."""

    theory: int = 0
    practice: int = 0
    self_study: int = 0
    breaks: int = 0

    @property
    def taught(self) -> int:
        return self.theory + self.practice

    @property
    def total(self) -> int:
        return self.taught + self.self_study


@dataclass(frozen=True, slots=True)
class CourseInput:
    """What the office says a course is. `checklist`: days before the start, or after the end, by kind of task."""

    title_nb: str
    title_nn: str = ""
    description: str = ""
    target_group: str = ""
    goals: str = ""
    language: CourseLanguage = CourseLanguage.BOKMAL
    form: CourseForm = CourseForm.PHYSICAL
    theory_minutes: int = 0
    practice_minutes: int = 0
    self_study_minutes: int = 0
    required_codes: tuple[str, ...] = ()
    required_courses: tuple[int, ...] = ()
    requirement_code: str = ""
    gives_months: int | None = None
    min_seats: int = 1
    max_seats: int = 20
    contact: str = ""
    evaluation: EvaluationForm = EvaluationForm.SHORT
    reuse: Reuse = Reuse.REGION
    checklist: Mapping[TaskKind, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A template as lists show it. `coming`: its runs that are neither over nor called off."""

    id: int
    title: str
    target_group: str
    form: CourseForm
    hours: Hours
    requirement_code: str
    requirement_name: str
    reuse: Reuse
    status: CourseStatus
    version: int
    coming: int


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """A link, or a document kept here (then `url` is empty)."""

    id: int
    title: str
    url: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class MaterialFile:
    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """A run in the catalogue."""

    id: int
    title: str
    place: str
    municipality: str
    starts_at: datetime
    ends_at: datetime
    form: CourseForm
    deadline: date
    status: RunStatus
    min_seats: int
    max_seats: int
    seats_taken: int
    my_status: SignupStatus | None

    @property
    def seats_free(self) -> int:
        return max(0, self.max_seats - self.seats_taken)

    @property
    def is_open(self) -> bool:
        return self.status is RunStatus.OPEN


@dataclass(frozen=True, slots=True)
class CatalogueFilter:
    """What narrows the catalogue; what is empty narrows nothing. Days are Norwegian, both ends in."""

    text: str = ""
    place: str = ""
    municipality_id: int | None = None
    form: CourseForm | None = None
    requirement_code: str = ""
    measure_id: int | None = None
    free_seats: bool = False
    from_day: date | None = None
    to_day: date | None = None
    earlier: bool = False  # also what is over or called off


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """One page of runs by time. `after` leads to the next, None on the last."""

    rows: tuple[CatalogueRow, ...]
    after: tuple[datetime, int] | None


@dataclass(frozen=True, slots=True)
class CoursePage:
    """A template as its page shows it."""

    course: CourseRow
    told: CourseInput
    materials: tuple[MaterialRow, ...]
    requires: tuple[str, ...]  # titles of requirements and courses
    runs: tuple[CatalogueRow, ...]
    may_manage: bool
    may_plan: bool


@dataclass(frozen=True, slots=True)
class BlockInput:
    kind: BlockKind
    starts_at: datetime
    ends_at: datetime
    title: str = ""


@dataclass(frozen=True, slots=True)
class BlockRow:
    id: int
    session_id: int
    kind: BlockKind
    starts_at: datetime
    ends_at: datetime
    title: str


@dataclass(frozen=True, slots=True)
class SessionInput:
    """A gathering: times carry their zone."""

    starts_at: datetime
    ends_at: datetime
    title: str = ""
    place: str = ""
    room: str = ""
    video_link: str = ""


@dataclass(frozen=True, slots=True)
class SessionBlocks:
    session: SessionRow
    blocks: tuple[BlockRow, ...]
    hours: Hours


@dataclass(frozen=True, slots=True)
class RunFromCourse:
    """What a run of a template is besides what the template says. `municipality_id`: where it is held."""

    course_id: int
    measure_id: int
    sessions: tuple[SessionInput, ...]
    place: str
    deadline: date
    title: str = ""
    room: str = ""
    municipality_id: int | None = None
    min_seats: int | None = None
    max_seats: int | None = None


@dataclass(frozen=True, slots=True)
class Teaching:
    """What a run teaches and when: as it was said when the run was planned."""

    run_id: int
    course_id: int | None
    course_version: int | None
    title_nn: str
    description: str
    target_group: str
    goals: str
    language: CourseLanguage
    form: CourseForm
    municipality_id: int | None
    municipality: str
    requirement_code: str
    requirement_name: str
    gives_months: int | None
    required_codes: tuple[str, ...]
    required_courses: tuple[int, ...]
    contact: str
    evaluation: EvaluationForm
    hours: Hours
    from_blocks: bool  # the hours are counted from blocks, not taken from the template
    sessions: tuple[SessionBlocks, ...]
    materials: tuple[MaterialRow, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A prerequisite a person does not have, by what it is called."""

    what: str
    code: str = ""
    course_id: int | None = None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """Something to do for a run. `late` on the day after it was due, until it is done."""

    id: int
    run_id: int
    run_title: str
    starts_at: datetime
    kind: TaskKind
    title: str
    due_on: date
    owner_id: int | None
    owner: str
    done_at: datetime | None
    done_by: str
    late: bool

"""What the region holds courses in: templates, runs of them over two days, and what the office has to do for them."""

from __future__ import annotations

from datetime import date

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import (
    BlockInput,
    BlockKind,
    CourseForm,
    CourseInput,
    EvaluationForm,
    RunFromCourse,
    SessionInput,
    TaskKind,
)

from .calendar import PLANNED, at
from .people import Cast

CHECKLIST = {
    TaskKind.ROOM: 90, TaskKind.TRAINER: 80, TaskKind.INVITATION: 45, TaskKind.CATERING: 14, TaskKind.LIST: 2,
    TaskKind.CERTIFICATE: 7, TaskKind.INVOICE: 30,
}  # fmt: skip
CONTACT = "Kurskontoret i Kongsbergregionen"
# From nine to three by Norwegian clocks in September, with lunch between; hours are UTC.
BEGINS, ENDS = 7, 13
DAY = ((BlockKind.THEORY, 7, 9, "Innledning"), (BlockKind.PRACTICE, 10, 13, "Øvelser"))


def teach(cast: Cast, measures: dict[str, int]) -> None:
    """The office makes four templates and plans two runs by them; some of the checklist is done, some is late."""
    ctx, region_id = cast.as_(cast.office, PLANNED), cast.region.tenant_id
    first_aid, *_rest = (courses.make_course(ctx, region_id=region_id, course=told) for told in _templates())
    violence = courses.make_course(ctx, region_id=region_id, course=_violence(first_aid))
    town = {row.number: row.tenant_id for row in cast.region.municipalities}
    planned = cast.as_(cast.office, at(5, 21))
    autumn = courses.plan_run_from(
        planned,
        run=RunFromCourse(
            violence, measures["VOLD"], _two((9, 8), (9, 22)), "Notodden", date(2027, 8, 25),
            room="Kultursalen", municipality_id=town["4005"],
        ),
    )  # fmt: skip
    for session in courses.list_sessions(planned, run_id=autumn):
        begins = session.starts_at
        blocks = [
            BlockInput(kind, begins.replace(hour=start), begins.replace(hour=end), title)
            for kind, start, end, title in DAY
        ]
        courses.set_blocks(planned, session_id=session.id, blocks=blocks)
    courses.open_run(planned, run_id=autumn)
    room, trainer, *_ = courses.list_tasks(planned, run_id=autumn)
    courses.assign_task(planned, task_id=trainer.id, owner_id=cast.office.person_id, due_on=date(2027, 5, 28))
    courses.tick_task(planned, task_id=room.id, done=True)
    courses.copy_run(planned, run_id=autumn, first_day=date(2027, 11, 10))


def _two(*days: tuple[int, int]) -> tuple[SessionInput, ...]:
    """Two days, the second by video for those who want."""
    return tuple(
        SessionInput(
            at(month, day, BEGINS), at(month, day, ENDS), f"Dag {number}",
            video_link="https://video.example/kurs" if number == 2 else "",
        )
        for number, (month, day) in enumerate(days, 1)
    )  # fmt: skip


def _templates() -> tuple[CourseInput, ...]:
    usual = {"contact": CONTACT, "checklist": CHECKLIST, "evaluation": EvaluationForm.SHORT}
    return (
        CourseInput(
            "Førstehjelp og hjertestarter", "Førstehjelp og hjartestartar",
            "Hjerte- og lungeredning med hjertestarter, fremmedlegeme i luftveiene og førstehjelp ved skader.",
            "Alle ansatte", "Kunne gjenkjenne hjertestans og starte hjerte- og lungeredning.", theory_minutes=60,
            practice_minutes=180, requirement_code="HLR", min_seats=6, max_seats=12, **usual,  # type: ignore[arg-type]
        ),
        CourseInput(
            "Legemiddelhåndtering, oppfrisking", "Legemiddelhandtering, oppfrisking",
            "Regelverk, istandgjøring og utdeling, med prøve til slutt.", "Helsefagarbeidere og vernepleiere",
            "Kunne dele ut legemidler trygt og dokumentere det.", theory_minutes=180, practice_minutes=120,
            self_study_minutes=240, requirement_code="LEGEMIDDEL", min_seats=8, max_seats=20,
            **usual,  # type: ignore[arg-type]
        ),
        CourseInput(
            "Personvern i hverdagen", "Personvern i kvardagen", "Korte leksjoner om personvern med felles spørretime.",
            "Alle ansatte", "Vite hva som kan skrives hvor, og hvem man spør.", form=CourseForm.DIGITAL,
            theory_minutes=60, self_study_minutes=90, requirement_code="GDPR", min_seats=10, max_seats=200,
            **usual,  # type: ignore[arg-type]
        ),
    )  # fmt: skip


def _violence(first_aid: int) -> CourseInput:
    return CourseInput(
        "Forebygging av vold og trusler", "Førebygging av vald og truslar",
        "To dager med rollespill. Mellom dagene prøver deltakerne det de har lært, på egen arbeidsplass.",
        "Helsefagarbeidere og miljøarbeidere", "Kunne dempe en situasjon og ta vare på hverandre etterpå.",
        form=CourseForm.HYBRID, theory_minutes=240, practice_minutes=360, requirement_code="VOLD",
        required_courses=(first_aid,), min_seats=8, max_seats=16, contact=CONTACT, checklist=CHECKLIST,
        evaluation=EvaluationForm.WITH_FOLLOW_UP,
    )  # fmt: skip

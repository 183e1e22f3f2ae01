"""The office's work with a run's sessions, time blocks and checklist; the run once more on other days."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.api import Right
from kompetanse.kernel.errors import DomainError
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .course_forms import (
    BlockForms,
    CopyForm,
    SessionForm,
    TaskForm,
    blocks_input,
    blocks_told,
    session_told,
)
from .words import hours_told, task_name


@page("kurs/<int:run_id>/samlinger/ny/", right=Right.RUN_MANAGE)
def new_session(request: PageRequest, run_id: int) -> Reply:
    """One more gathering of the run."""
    found = courses.get_run(request.ctx, run_id=run_id).run
    last = courses.list_sessions(request.ctx, run_id=run_id)[-1]
    initial = {**session_told(last), "day": None, "last_day": None, "title": ""}
    form = SessionForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with catching(form, DomainError):
            courses.add_session(request.ctx, run_id=run_id, session=form.as_input())
            return Reply.done(_run(run_id), _("Samlingen er lagt til."))
    return Reply.page("courses/run_form.html", None, form=form, title=_("Ny samling"), measure=found.title)


@page("kurs/samlinger/<int:session_id>/", right=Right.RUN_MANAGE)
def edit_session(request: PageRequest, session_id: int) -> Reply:
    """A gathering: its time and place, its time blocks, and taking it away. Each act has its own form."""
    found = courses.get_session(request.ctx, session_id=session_id)
    run = courses.get_run(request.ctx, run_id=found.session.run_id).run
    act = request.POST.get("act", "") if request.method == "POST" else ""
    form = SessionForm(request.POST if act == "change" else None, initial=session_told(found.session))
    # What was sent is all there is: the blocks may have changed in another window since the form was shown.
    blocks = BlockForms(
        request.POST if act == "blocks" else None,
        initial=None if act == "blocks" else blocks_told(found.blocks),
        prefix="b",
    )
    if act == "change" and form.is_valid():
        with catching(form, DomainError):
            courses.change_session(request.ctx, session_id=session_id, session=form.as_input())
            return Reply.done(_run(run.id), _("Samlingen er endret."))
    if act == "blocks" and blocks.is_valid():
        head = blocks.forms[0]
        with catching(head, DomainError):
            told = blocks_input(found.session, blocks.cleaned_data)
            courses.set_blocks(request.ctx, session_id=session_id, blocks=told)
            return Reply.done(reverse("courses.edit_session", args=[session_id]), _("Tidsblokkene er lagret."))
    if act == "remove":
        courses.remove_session(request.ctx, session_id=session_id)
        return Reply.done(_run(run.id), _("Samlingen er tatt bort."))
    return Reply.page(
        "courses/session.html", found, status=422 if act else 200, run=run, session_form=form, blocks=blocks,
        faults=[one for one in blocks.forms if one.is_bound and one.errors], facts=hours_told(found.hours),
    )  # fmt: skip


@page("kurs/<int:run_id>/kopi/", right=Right.RUN_MANAGE)
def copy(request: PageRequest, run_id: int) -> Reply:
    """The same run once more, from another day."""
    found = courses.get_run(request.ctx, run_id=run_id).run
    form = CopyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with catching(form, DomainError):
            made = courses.copy_run(request.ctx, run_id=run_id, first_day=form.cleaned_data["first_day"])
            return Reply.done(_run(made), _("Dette er kopien. Se over dager og frist før du åpner den."))
    return Reply.page("courses/run_form.html", None, form=form, title=_("Hold kurset en gang til"), measure=found.title)


@page("kurs/<int:run_id>/sjekkliste/", right=Right.RUN_MANAGE)
def checklist(request: PageRequest, run_id: int) -> Reply:
    """What must be done for the run, what is late, and something more to do."""
    found = courses.get_run(request.ctx, run_id=run_id).run
    owners = courses.list_owners(request.ctx, region_id=found.region_id)
    form = TaskForm(
        request.POST if request.method == "POST" else None, owners=[(one.person_id, one.name) for one in owners]
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with catching(form, DomainError):
            courses.add_task(
                request.ctx, run_id=run_id, title=told["title"], due_on=told["due_on"], owner_id=told["owner"]
            )
            return Reply.done(reverse("courses.checklist", args=[run_id]), _("Oppgaven er lagt til."))
    tasks = courses.list_tasks(request.ctx, run_id=run_id)
    lines = [(row, task_name(row.kind, row.title)) for row in tasks]
    return Reply.page("courses/checklist.html", lines, form=form, run=found, owners=owners)


@page("kursoppgaver/", right=Right.RUN_MANAGE, methods=("GET",))
def urgent(request: PageRequest) -> Reply:
    """What is late or due soon, over all runs."""
    tasks = courses.list_urgent_tasks(request.ctx)
    return Reply.page("courses/urgent.html", [(row, task_name(row.kind, row.title)) for row in tasks])


@page("kurs/<int:run_id>/sjekkliste/<int:task_id>/", right=Right.RUN_MANAGE, methods=("POST",))
def tick(request: PageRequest, run_id: int, task_id: int) -> Reply:
    """Done, or not after all; back to where it was ticked."""
    done = request.POST.get("done") == "1"
    courses.tick_task(request.ctx, task_id=task_id, done=done)
    back = reverse("courses.urgent") if "urgent" in request.POST else reverse("courses.checklist", args=[run_id])
    return Reply.done(back, _("Oppgaven er gjort.") if done else _("Oppgaven er åpnet igjen."))


@page("kurs/<int:run_id>/sjekkliste/<int:task_id>/ansvar/", right=Right.RUN_MANAGE, methods=("POST",))
def assign(request: PageRequest, run_id: int, task_id: int) -> Reply:
    """Somebody answers for a task."""
    owner = request.POST.get("owner", "")
    known = owner.isascii() and owner.isdigit() and len(owner) < 19
    courses.assign_task(request.ctx, task_id=task_id, owner_id=int(owner) if known else None)
    return Reply.done(reverse("courses.checklist", args=[run_id]), _("Ansvaret er lagret."))


def _run(run_id: int) -> str:
    return reverse("courses.run", args=[run_id])

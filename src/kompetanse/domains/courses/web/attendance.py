"""The office's list of participants: attendance on screen, and on paper."""

from __future__ import annotations

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.api import Right
from kompetanse.domains.courses.types import (
    CorrectionNeedsReason,
    NotOnTheList,
    RunIsCancelled,
    RunIsNotOpen,
    RunIsNotOver,
    SignupStatus,
)
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching


class AttendanceForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor rettes oppmøtet?"), required=False, max_length=300,
        help_text=gettext_lazy("Bare når du endrer noe som er ført før."),
    )  # fmt: skip


@page("kurs/<int:run_id>/deltakere/", right=Right.RUN_MANAGE)
def participants(request: PageRequest, run_id: int) -> Reply:
    """Those with a seat, ticked as they come; and those who wait. `?format=print` is the list on paper."""
    found = courses.get_run(request.ctx, run_id=run_id)
    form = AttendanceForm(request.POST if request.method == "POST" else None)
    ticked = {int(value) for value in request.POST.getlist("present") if value.isdecimal()}
    if request.method == "POST" and form.is_valid():
        with catching(form, NotOnTheList, CorrectionNeedsReason, RunIsNotOver, RunIsCancelled, RunIsNotOpen):
            changed = courses.record_attendance(
                request.ctx, run_id=run_id, present=ticked, reason=form.cleaned_data["reason"]
            )
            text = ngettext(
                "Oppmøtet er lagret for %(n)s deltaker.", "Oppmøtet er lagret for %(n)s deltakere.", changed
            )
            here = reverse("courses.participants", args=[run_id])
            return Reply.done(to=here, notice=text % {"n": changed} if changed else _("Ingenting var endret."))
    people = courses.list_participants(request.ctx, run_id=run_id)
    if request.GET.get("format") == "print":
        return Reply.page("courses/participants_print.html", found, people=people)
    if request.method == "GET":
        ticked = {row.id for row in people if row.status is SignupStatus.ATTENDED}
    line = courses.list_line(request.ctx, run_id=run_id)
    over = found.run.ends_at.date() <= request.ctx.today and found.run.starts_at <= request.ctx.now
    return Reply.page("courses/participants.html", found, people=people, line=line, form=form, ticked=ticked, over=over)

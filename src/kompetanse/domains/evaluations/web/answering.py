"""Answering an evaluation on the phone: no login, since nobody is to be known."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.domains.evaluations import api as evaluations
from kompetanse.domains.evaluations import rules
from kompetanse.domains.evaluations.types import HIGHEST, LOWEST, Question, ScoresAreMissing, Sheet
from kompetanse.foundation import clock
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching


class AnswerForm(forms.Form):
    """Each question from 1 to 5, and room for words."""

    def __init__(self, data: object, sheet: Sheet) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        for question in sheet.questions:
            lowest, highest = rules.ENDS[question]
            between = [(number, str(number)) for number in range(LOWEST + 1, HIGHEST)]
            scale = [(LOWEST, _(lowest)), *between, (HIGHEST, _(highest))]
            self.fields[question.value] = forms.TypedChoiceField(
                label=_(rules.WORDS[sheet.side, question]), coerce=int, choices=scale, widget=forms.RadioSelect,
                error_messages={"required": _("Velg et tall fra 1 til 5.")},
            )  # fmt: skip
        self.fields["comment"] = forms.CharField(
            label=gettext_lazy("Noe du vil si med egne ord?"), required=False, max_length=1000,
            widget=forms.Textarea(attrs={"rows": "4"}),
            help_text=gettext_lazy("Ikke skriv navn. Kurskontoret leser det du skriver, uten å vite hvem du er."),
        )  # fmt: skip

    def scores(self, sheet: Sheet) -> dict[Question, int]:
        return {question: self.cleaned_data[question.value] for question in sheet.questions}


@page("evaluering/<str:word>/", open=True)
def answer(request: PageRequest, word: str) -> Reply:
    """The questions of one ticket, and the answer to them."""
    now = clock.now()
    sheet = evaluations.open_ticket(word, now=now)
    form = AnswerForm(request.POST if request.method == "POST" else None, sheet)
    if form.is_bound and form.is_valid():
        with catching(form, ScoresAreMissing):
            evaluations.answer_ticket(word, form.scores(sheet), form.cleaned_data["comment"], now=now)
            return Reply.page("evaluations/thanks.html", sheet)
    return Reply.page("evaluations/answer.html", sheet, form=form)

from __future__ import annotations

import io
import re
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kompetanse.domains.integrations import api as integrations
from kompetanse.domains.integrations.models import ImportProgress, ImportRun, RejectedRow, UploadedPart
from kompetanse.domains.integrations.rules import Table, open_table
from kompetanse.domains.integrations.rules.masking import mask, mask_cell
from kompetanse.domains.integrations.rules.report import write_report
from kompetanse.domains.integrations.types import (
    AlreadyApplied,
    ContentIsGone,
    Imported,
    IsBeingRead,
    Kind,
    RunPage,
    RunStatus,
)
from kompetanse.domains.organisation.models import Employee, Post
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import jobs
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make.integrations import hr_cells, hr_file, identity_number, pieces


def take_in(region: make.Region, town: make.Town, path: Path, kind: Kind = Kind.HR) -> Imported:
    return integrations.import_file(make.system(region), tenant_id=town.tenant_id, kind=kind, path=path)


def upload(region: make.Region, town: make.Town, path: Path, kind: Kind | None = Kind.HR) -> int:
    return integrations.receive_file(
        make.system(region), tenant_id=town.tenant_id, file_name=path.name, content=pieces(path), kind=kind
    )


def shown(region: make.Region, run_id: int) -> RunPage:
    return integrations.get_run(make.system(region), run_id=run_id)


def posts_of(region: make.Region, town: make.Town) -> list[tuple[str, str]]:
    with tenant_scope(make.system(region)):
        posts = Post.objects.filter(tenant_id=town.tenant_id, ended_on=None).order_by("id")
        return list(posts.values_list("employee_number", "position_title"))


def fates(came: Imported) -> tuple[int, ...]:
    assert came.outcome is not None
    told = came.outcome
    return told.read, told.created, told.changed, told.unchanged, told.rejected, told.ended


def faulty(town: make.Town) -> list[dict[str, str]]:
    """One sound row, and four that are not."""
    return [
        hr_cells("1", town.root.code),
        hr_cells("2", "9999-9"),
        hr_cells("3", town.root.code, Fødselsnummer="12345678901"),
        hr_cells("4", town.root.code, **{"Gyldig fra": "31.02.2020"}),
        hr_cells("5", town.root.code, Ansettelsesprosent="hundre"),
    ]


class TestImportFile:
    def test_takes_the_sound_rows_in_and_keeps_the_others_with_a_sentence(self, tmp_path: Path) -> None:
        region = make.region()
        town = region.municipalities[0]

        came = take_in(region, town, hr_file(tmp_path, faulty(town)))

        assert fates(came) == (5, 1, 0, 0, 4, 0)
        assert came.outcome is not None
        assert [(each.row, each.column) for each in came.outcome.rejections] == [
            (3, "Organisasjonsenhet"), (4, "Fødselsnummer"), (5, "Gyldig fra"), (6, "Ansettelsesprosent"),
        ]  # fmt: skip
        assert posts_of(region, town) == [("1", "Sykepleier")]
        page = shown(region, came.run_id)
        assert page.run.status is RunStatus.APPLIED
        assert page.run.counts.rejected == 4
        assert "Enheten 9999-9 finnes ikke" in page.rejections[0].said.text()

    def test_keeps_no_whole_identity_number(self, tmp_path: Path) -> None:
        region = make.region()
        town = region.municipalities[0]
        who = identity_number()
        rows = [*faulty(town), hr_cells("6", "9999-9", Fødselsnummer=who, Etternavn=f"Lie ({who[:6]} {who[6:]})")]

        came = take_in(region, town, hr_file(tmp_path, rows))

        assert came.outcome is not None
        assert came.outcome.rejections[1].value == "123456 *****"
        with tenant_scope(make.system(region)):
            kept = list(RejectedRow.objects.filter(run_id=came.run_id).order_by("row"))
            told = repr([(row.value, row.params, row.original) for row in kept])
        assert kept[4].original[:4] == [f"{who[:6]} *****", "6", "Kari", f"Lie ({who[:6]} *****)"]
        for number in ("12345678901", who, who[6:]):
            assert number not in told

    def test_the_same_file_again_changes_nothing_and_a_changed_one_only_what_changed(self, tmp_path: Path) -> None:
        region = make.region()
        town = region.municipalities[0]
        rows = [hr_cells(str(number), town.root.code) for number in range(6)]
        take_in(region, town, hr_file(tmp_path, rows))

        assert fates(take_in(region, town, hr_file(tmp_path, rows))) == (6, 0, 0, 6, 0, 0)
        rows[3]["Stillingstittel"] = "Fagsykepleier"
        assert fates(take_in(region, town, hr_file(tmp_path, rows))) == (6, 0, 1, 5, 0, 0)
        assert fates(take_in(region, town, hr_file(tmp_path, rows[1:]))) == (5, 0, 0, 5, 0, 1)

    @pytest.mark.parametrize("role", [Role.HR, Role.CONTACT_PERSON, Role.COURSE_ADMINISTRATOR])
    def test_those_who_may_bring_files_in_may_bring_in_every_kind(self, tmp_path: Path, role: Role) -> None:
        region = make.region()
        town = region.municipalities[0]
        in_region = role is Role.COURSE_ADMINISTRATOR
        ctx = make.context(make.with_role(region, role, town=None if in_region else town))
        hr_file(tmp_path, [hr_cells("1", town.root.code)], name="hr.csv")
        for name, told in {
            "org": f"Kode;Navn;Overordnet\n{town.root.code};{town.name};\n",
            "competence": "Ansattnummer;Kompetanse;Dato\n1;Førstehjelp;01.02.2026\n9;Brannvern;01.02.2026\n",
            "needs": f"Kompetansebehov;Målgruppe;Antall;Meldt av enhet\nFørstehjelp;Alle;7;{town.name}\n",
        }.items():
            (tmp_path / f"{name}.csv").write_text(told, "utf-8")

        came = {
            kind: fates(
                integrations.import_file(ctx, tenant_id=town.tenant_id, kind=kind, path=tmp_path / f"{kind}.csv")
            )
            for kind in Kind
        }

        assert came == {
            Kind.ORG: (1, 0, 0, 1, 0, 0), Kind.HR: (1, 1, 0, 0, 0, 0 if in_region else 1),
            Kind.COMPETENCE: (2, 1, 0, 0, 1, 0), Kind.NEEDS: (1, 1, 0, 0, 0, 0),
        }  # fmt: skip

    def test_nobody_is_ended_because_their_row_is_faulty_this_time(self, tmp_path: Path) -> None:
        region = make.region()
        town = region.municipalities[0]
        rows = [hr_cells(str(number), town.root.code) for number in range(3)]
        take_in(region, town, hr_file(tmp_path, rows))
        rows[1]["Gyldig fra"] = "31.02.2020"

        assert fates(take_in(region, town, hr_file(tmp_path, rows))) == (3, 0, 0, 2, 1, 0)
        assert len(posts_of(region, town)) == 3

    def test_takes_an_organisation_in_and_points_at_its_own_headers(self, tmp_path: Path) -> None:
        region = make.region()
        town = region.municipalities[0]
        path = tmp_path / "org.csv"
        code = town.root.code
        path.write_text(f"Kode;Namn;Overordna\n{code};Kommunen;\n{code}-1;Skulen;{code}\n{code}-2;Ute;borte\n", "utf-8")

        came = take_in(region, town, path, Kind.ORG)

        assert fates(came) == (3, 1, 1, 0, 1, 0)
        assert came.outcome is not None
        assert (came.outcome.rejections[0].row, came.outcome.rejections[0].column) == (4, "Overordna")

    @pytest.mark.parametrize("fault", ["image", "empty", "no header", "missing column", "bomb"])
    def test_a_file_that_is_not_what_it_says_changes_nothing_and_says_why(self, tmp_path: Path, fault: str) -> None:
        region = make.region()
        town = region.municipalities[0]
        path = tmp_path / "hr.csv"
        bomb = io.BytesIO()
        if fault == "bomb":
            with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("[Content_Types].xml", "<x/>")
                archive.writestr("xl/workbook.xml", b" " * 60_000_000)
        path.write_bytes(
            {
                "image": b"\x89PNG\r\n\x1a\n" + bytes(400),
                "empty": b"",
                "no header": b"foo;bar\n1;2\n",
                "missing column": b"Ansattnummer;Fornavn;Etternavn;Stilling\n1;Kari;Lie;Lege\n",
                "bomb": bomb.getvalue(),
            }[fault]
        )

        came = take_in(region, town, path)

        assert came.outcome is None
        assert came.failure is not None
        assert came.failure.text().endswith(".")
        assert "%(" not in came.failure.text()
        assert shown(region, came.run_id).run.status is RunStatus.FAILED
        assert posts_of(region, town) == []

    def test_a_fault_in_the_middle_leaves_nothing_behind(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        region = make.region()
        town = region.municipalities[0]
        path = hr_file(tmp_path, [hr_cells(str(number), town.root.code) for number in range(9)])
        monkeypatch.setattr("kompetanse.domains.organisation.operations.post_register.settle_leaders", lambda *_: 1 / 0)

        with pytest.raises(ZeroDivisionError):
            take_in(region, town, path)

        assert posts_of(region, town) == []
        with tenant_scope(make.system(region)):
            assert not ImportRun.objects.filter(tenant_id=town.tenant_id).exists()

    def test_refuses_a_leader_and_hides_another_municipality(self, tmp_path: Path) -> None:
        region = make.region(municipalities=2)
        town, other = region.municipalities
        leader, hr = make.leader(town), make.with_role(region, Role.HR, town=town)
        path = hr_file(tmp_path, [hr_cells("1", town.root.code)])
        before = posts_of(region, town)

        with pytest.raises(Refused):
            integrations.import_file(make.context(leader), tenant_id=town.tenant_id, kind=Kind.HR, path=path)
        with pytest.raises(NotFound):
            integrations.import_file(make.context(hr), tenant_id=other.tenant_id, kind=Kind.HR, path=path)
        with pytest.raises((NotFound, Refused)):
            integrations.import_file(make.context(hr), tenant_id=region.tenant_id, kind=Kind.HR, path=path)

        assert posts_of(region, town) == before
        assert posts_of(region, other) == []

    def test_the_same_file_twice_at_the_same_moment_is_created_once_and_unchanged_once(self, tmp_path: Path) -> None:
        region = make.region()
        town = region.municipalities[0]
        path = hr_file(tmp_path, [hr_cells(str(number), town.root.code) for number in range(40)])
        came: list[tuple[int, ...]] = []
        ready = threading.Barrier(2)

        def run() -> None:
            ready.wait()
            try:
                came.append(fates(take_in(region, town, path)))
            finally:
                connection.close()

        threads = [threading.Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(came) == [(40, 0, 0, 40, 0, 0), (40, 40, 0, 0, 0, 0)]
        assert len(posts_of(region, town)) == 40

    def test_two_municipalities_that_share_people_can_be_read_at_the_same_moment(self, tmp_path: Path) -> None:
        region = make.region(municipalities=2)
        people = [identity_number() for _ in range(60)]
        paths = [
            hr_file(
                tmp_path,
                [
                    hr_cells(str(number), town.root.code, Fødselsnummer=who)
                    for number, who in enumerate(people[:: 1 - 2 * place])
                ],
                name=f"hr{place}.csv",
            )
            for place, town in enumerate(region.municipalities)
        ]
        came: list[tuple[int, ...]] = []

        def run(place: int) -> None:
            try:
                came.append(fates(take_in(region, region.municipalities[place], paths[place])))
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=[place]) for place in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert came == [(60, 60, 0, 0, 0, 0)] * 2
        with tenant_scope(make.system(region)):
            tenants = [town.tenant_id for town in region.municipalities]
            assert Employee.objects.filter(tenant_id__in=tenants).values("person_id").distinct().count() == 60

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["1", "2", "3", "", "4,0"]), st.sampled_from(["", "9999-9", "root"]),
                st.sampled_from(["01.02.2020", "31.02.2020", "", "2020"]), st.sampled_from(["100", "hundre", "20,5"]),
                st.sampled_from(["", "Lie", "=1+1", "L" * 90]),
            ),
            max_size=15,
        )
    )  # fmt: skip
    def test_every_row_of_any_file_has_one_fate(
        self, tmp_path: Path, told: list[tuple[str, str, str, str, str]]
    ) -> None:
        region = make.region()
        town = region.municipalities[0]
        rows = [
            hr_cells(
                number, town.root.code if unit == "root" else unit,
                **{"Gyldig fra": begun, "Ansettelsesprosent": percent, "Etternavn": name},
            )
            for number, unit, begun, percent, name in told
        ]  # fmt: skip

        came = take_in(region, town, hr_file(tmp_path, rows))

        if came.outcome is None:
            assert not rows
            return
        assert came.outcome.read == len(rows)
        assert sorted(each.row for each in came.outcome.rejections) == sorted(
            {each.row for each in came.outcome.rejections}
        )
        kept = shown(region, came.run_id).rejections
        assert len(kept) == came.outcome.rejected
        assert all("%(" not in each.said.text() and len(each.original) == 15 for each in kept)


class TestUploadedFile:
    def test_a_preview_tells_what_would_happen_and_changes_nothing(self, tmp_path: Path) -> None:
        region = make.region()
        town = region.municipalities[0]
        take_in(region, town, hr_file(tmp_path, [hr_cells("8", town.root.code), hr_cells("9", town.root.code)]))
        before = posts_of(region, town)
        rows = [hr_cells("9", town.root.code, Stillingstittel="Lege"), *faulty(town)]
        run_id = upload(region, town, hr_file(tmp_path, rows), kind=None)

        integrations.preview_file(make.system(region), run_id=run_id)

        page = shown(region, run_id)
        assert page.run.status is RunStatus.PREVIEWED
        assert page.run.kind is Kind.HR
        told = page.run.counts
        assert (told.read, told.created, told.changed, told.rejected, told.ended) == (6, 1, 1, 4, 1)
        assert "Sykepleier → Lege" in page.examples["changed"][0]
        assert len(page.rejections) == 4
        assert posts_of(region, town) == before

        integrations.apply_import(make.system(region), run_id=run_id)

        page = shown(region, run_id)
        assert page.run.status is RunStatus.APPLIED
        assert not page.has_content
        assert posts_of(region, town) == [("9", "Lege"), ("1", "Sykepleier")]
        with pytest.raises(AlreadyApplied):
            integrations.apply_import(make.system(region), run_id=run_id)

    def test_a_corrected_mapping_is_used_and_remembered(self, tmp_path: Path) -> None:
        region = make.region()
        town = region.municipalities[0]
        strange = {"Ansattnummer": "Løpetall", "Organisasjonsenhet": "Tjenestested X", "Stillingstittel": "Merkelapp"}
        rows = [hr_cells(str(number), town.root.code) for number in range(3)]
        path = hr_file(tmp_path, rows, header=lambda word: strange.get(word, word))
        run_id = upload(region, town, path)
        integrations.preview_file(make.system(region), run_id=run_id)
        mapping = {column.field: column.header for column in shown(region, run_id).columns}
        mapping |= {
            "employee_number": "Løpetall", "unit_code": "Tjenestested X", "position_title": "Merkelapp",
            "position_code": "", "email": "",
        }  # fmt: skip

        integrations.correct_mapping(make.system(region), run_id=run_id, mapping=mapping, remember=True)
        integrations.preview_file(make.system(region), run_id=run_id)

        page = shown(region, run_id)
        assert page.run.status is RunStatus.PREVIEWED
        assert page.run.counts.created == 3
        assert {column.field for column in page.columns if not column.header} >= {"email", "position_code"}
        assert integrations.find_saved_mapping(make.system(region), tenant_id=town.tenant_id, kind=Kind.HR) == mapping

        next_time = take_in(region, town, path)

        assert fates(next_time) == (3, 3, 0, 0, 0, 0)

    def test_what_is_missing_is_asked_for_and_nothing_changes(self, tmp_path: Path) -> None:
        region = make.region()
        town = region.municipalities[0]
        path = tmp_path / "hr.csv"
        path.write_text("Ansattnummer;Fornavn;Etternavn;Stilling\n1;Kari;Lie;Lege\n", "utf-8")
        run_id = upload(region, town, path)

        integrations.preview_file(make.system(region), run_id=run_id)

        assert shown(region, run_id).run.status is RunStatus.UNCLEAR
        integrations.apply_import(make.system(region), run_id=run_id)
        page = shown(region, run_id)
        assert page.run.status is RunStatus.FAILED
        assert page.failure is not None
        assert "Gyldig fra" in page.failure.text()
        assert posts_of(region, town) == []

    def test_a_big_file_is_a_workers_job_and_its_progress_can_be_seen(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("kompetanse.domains.integrations.operations.receiving._QUICK_ROWS", 3)
        monkeypatch.setattr("kompetanse.domains.integrations.operations.carrying._TOLD_EVERY", 2)
        region = make.region()
        town = region.municipalities[0]
        run_id = upload(region, town, hr_file(tmp_path, [hr_cells(str(number), town.root.code) for number in range(9)]))

        with jobs_held(monkeypatch) as held:
            integrations.ask_for_preview(make.system(region), run_id=run_id)
            assert shown(region, run_id).run.status is RunStatus.WORKING
            with pytest.raises(IsBeingRead):
                integrations.ask_for_apply(make.system(region), run_id=run_id)
            for job in held:
                job()
        page = shown(region, run_id)

        assert page.run.status is RunStatus.PREVIEWED
        assert (page.done, page.total) == (8, 9)
        assert posts_of(region, town) == []
        integrations.ask_for_apply(make.system(region), run_id=run_id)
        assert len(posts_of(region, town)) == 9
        with tenant_scope(make.system(region)):
            assert ImportProgress.objects.filter(run_id=run_id).count() == 1

    def test_is_forgotten_after_seven_days_and_then_cannot_be_used(self, tmp_path: Path) -> None:
        region = make.region()
        town = region.municipalities[0]
        path = hr_file(tmp_path, [hr_cells("1", town.root.code)])
        run_id = upload(region, town, path)
        ctx = make.system(region)

        assert integrations.forget_old_uploads(ctx.at(ctx.now + timedelta(days=6))) == 0
        assert integrations.forget_old_uploads(ctx.at(ctx.now + timedelta(days=8))) == 1

        with pytest.raises(ContentIsGone):
            integrations.preview_file(ctx, run_id=run_id)

    def test_is_kept_in_pieces_and_comes_out_as_it_came(self, tmp_path: Path) -> None:
        region = make.region()
        town = region.municipalities[0]
        path = tmp_path / "big.csv"
        path.write_bytes(bytes(range(256)) * 10_000)
        run_id = upload(region, town, path)

        with tenant_scope(make.system(region)):
            parts = list(UploadedPart.objects.filter(run_id=run_id).order_by("position"))

        assert [len(part.content) for part in parts] == [1_000_000, 1_000_000, 560_000]
        assert b"".join(bytes(part.content) for part in parts) == path.read_bytes()

    def test_belongs_to_its_municipality(self, tmp_path: Path) -> None:
        region = make.region(municipalities=2)
        town, other = region.municipalities
        stranger = make.context(make.with_role(region, Role.HR, town=other))
        run_id = upload(region, town, hr_file(tmp_path, [hr_cells("1", town.root.code)]))

        for act in (integrations.preview_file, integrations.apply_import, integrations.get_run):
            with pytest.raises(NotFound):
                act(stranger, run_id=run_id)

        assert integrations.list_runs(stranger) == []
        assert shown(region, run_id).run.status is RunStatus.RECEIVED


class TestReport:
    def test_shows_the_original_row_beside_the_reason_and_calculates_nothing(self, tmp_path: Path) -> None:
        region = make.region()
        town = region.municipalities[0]
        rows = [*faulty(town), hr_cells("6", "9999-9", Etternavn="=HYPERLINK(1)")]
        came = take_in(region, town, hr_file(tmp_path, rows, name="hr_1000_liten.csv"))
        out = tmp_path / "report.xlsx"

        with out.open("wb") as file, tenant_scope(make.system(region)):
            write_report(
                file,
                integrations.list_rejections(make.system(region), run_ids=[came.run_id]),
                str,
                lambda said: said.text(),
            )

        sheet = self.table(out, "hr_1000_liten")
        assert sheet.headers[:6] == (
            "Rad", "Kolonne", "Verdi", "Hvorfor raden ikke er tatt inn", "Fødselsnummer", "Ansattnummer",
        )  # fmt: skip
        lines = [cells for _, cells in sheet]
        assert [cells[5] for cells in lines] == ["2", "3", "4", "5", "6"]
        assert "9999-9 finnes ikke" in lines[0][3]
        assert lines[4][7] == "'=HYPERLINK(1)"
        assert lines[1][4] == "123456 *****"
        with zipfile.ZipFile(out) as archive:
            assert not any(b"<f>" in archive.read(name) for name in archive.namelist())

    @staticmethod
    def table(path: Path, sheet: str) -> Table:
        return open_table(path, sheet=sheet, known_headers=("Rad", "Kolonne", "Verdi"))


class TestMask:
    @given(st.text(alphabet="0123456789 abc-.", max_size=40))
    def test_leaves_no_eleven_digits_standing(self, text: str) -> None:
        assert re.search(r"(?<!\d)\d{11}(?!\d)", mask(text)) is None

    @given(st.text(alphabet="0123456789 abc-.", min_size=7, max_size=40))
    def test_keeps_at_most_six_signs_of_an_identity_cell(self, text: str) -> None:
        assert mask_cell(text).endswith("*****") or mask_cell(text) != text


@contextmanager
def jobs_held(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[partial[None]]]:
    """Jobs that are asked for within wait until the test runs them."""
    held: list[partial[None]] = []
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "enqueue", lambda function, **arguments: held.append(partial(function, **arguments)))
        yield held

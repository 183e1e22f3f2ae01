from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from kompetanse.config.cli import import_
from kompetanse.domains.integrations.models import ImportRun
from kompetanse.domains.integrations.rules import open_table
from kompetanse.domains.integrations.types import RunStatus
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.models import Post, Region, Unit
from kompetanse.domains.organisation.types import UnknownRegion
from kompetanse.foundation import clock
from kompetanse.foundation.tenancy import tenant_scope
from tests import make
from tests.make.integrations import hr_cells, hr_file

PROGRAM = """
import argparse
from kompetanse.config.cli import import_
parser = argparse.ArgumentParser()
import_.add_parser(parser.add_subparsers())
arguments = parser.parse_args()
raise SystemExit(arguments.run(arguments))
"""


def run(capsys: pytest.CaptureFixture[str], folder: Path, region: str, *more: str) -> tuple[int, dict[str, Any]]:
    """Run the command; gives the exit status and the JSON on standard output."""
    parser = argparse.ArgumentParser()
    import_.add_parser(parser.add_subparsers())
    arguments = parser.parse_args(["import", str(folder), "--region", region, "--json", *more])
    capsys.readouterr()
    status = import_.run(arguments)
    out = capsys.readouterr().out
    return status, json.loads(out) if out else {}


def org_file(folder: Path, town: make.Town, *units: str) -> Path:
    path = folder / f"org_{town.number}_by.csv"
    lines = [f"{town.root.code};{town.name};", *(f"{code};Enhet {code};{town.root.code}" for code in units)]
    path.write_text("\n".join(["Kode;Navn;Overordnet", *lines]) + "\n", "utf-8")
    return path


def counts(region: make.Region) -> dict[str, int]:
    with tenant_scope(make.system(region)):
        return {
            town.number: Post.objects.filter(tenant_id=town.tenant_id, ended_on=None).count()
            for town in region.municipalities
        }


class TestImportCommand:
    def test_takes_a_folder_in_in_the_order_the_files_build_on_each_other(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        region = make.region(municipalities=2)
        for town in region.municipalities:
            org_file(tmp_path, town, f"{town.number}-9")
            rows = [hr_cells("1", f"{town.number}-9"), hr_cells("2", "0000-0")]
            hr_file(tmp_path, rows, name=f"hr_{town.number}_by.csv")
        one, two = (town.number for town in region.municipalities)

        status, told = run(capsys, tmp_path, region.name)

        assert status == 0
        assert [(line["kind"], line["municipality"]) for line in told["files"]] == [
            ("org", one), ("hr", one), ("org", two), ("hr", two),
        ]  # fmt: skip
        hr = told["files"][1]
        assert list(hr) == [
            "file", "kind", "municipality", "read", "created", "changed", "unchanged", "rejected", "ended",
            "rejections",
        ]  # fmt: skip
        assert (hr["read"], hr["created"], hr["rejected"]) == (2, 1, 1)
        assert hr["rejections"][0]["row"] == 3
        assert hr["rejections"][0]["column"] == "Organisasjonsenhet"
        assert "0000-0 finnes ikke" in hr["rejections"][0]["reason"]

        again = run(capsys, tmp_path, region.name)[1]

        assert all(line["created"] == line["changed"] == line["ended"] == 0 for line in again["files"])

    def test_founds_a_region_from_a_file_of_municipalities(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        number = make.region().municipalities[0].number
        number = f"{int(number) + 5000:04}"
        name = f"Ny region {number}"
        members = tmp_path / "kommuner.csv"
        members.write_text(
            f"number;name;region;population\n{number};Nykommune;{name};1 234\n0001;Utenfor;En annen;\n", "utf-8"
        )
        (tmp_path / f"org_{number}_ny.csv").write_text("Kode;Navn;Overordnet\n1;Nykommune;\n", "utf-8")

        status, told = run(capsys, tmp_path, name.upper(), "--municipalities", str(members))

        assert status == 0
        assert [line["created"] for line in told["files"]] == [1]
        region = organisation.get_region(name, clock.now().date())
        assert [(row.number, row.population) for row in region.municipalities] == [(number, 1234)]

    def test_a_dry_run_tells_the_same_and_changes_nothing(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        region = make.region()
        town = region.municipalities[0]
        org_file(tmp_path, town, "ny")
        hr_file(tmp_path, [hr_cells("1", "ny")], name=f"hr_{town.number}_by.csv")
        report = tmp_path / "rapport.xlsx"

        dry = run(capsys, tmp_path, region.name, "--dry-run", "--report", str(report))

        assert counts(region) == {town.number: 0}
        with tenant_scope(make.system(region)):
            assert not Unit.objects.filter(tenant_id=town.tenant_id, code="ny").exists()
            assert not ImportRun.objects.filter(tenant_id=town.tenant_id).exists()
        assert report.exists()
        report.unlink()
        assert run(capsys, tmp_path, region.name) == dry
        assert counts(region) == {town.number: 1}

    def test_a_dry_run_founds_no_region(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        members = tmp_path / "municipalities.csv"
        members.write_text("number;name;region\n9998;Prøve;Prøveregionen\n", "utf-8")

        assert run(capsys, tmp_path, "Prøveregionen", "--dry-run") == (0, {"files": []})

        assert not Region.objects.filter(name="Prøveregionen").exists()
        with pytest.raises(UnknownRegion):
            organisation.get_region("Prøveregionen", clock.now().date())

    def test_tells_of_files_that_could_not_be_read_and_takes_the_others_in(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        region = make.region()
        town = region.municipalities[0]
        org_file(tmp_path, town, "a")
        (tmp_path / f"hr_{town.number}_bilde.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(300))
        (tmp_path / "hr_0009_fremmed.csv").write_text("Ansattnummer\n1\n", "utf-8")
        (tmp_path / "liste.csv").write_text("a;b\n", "utf-8")
        (tmp_path / "LESMEG.md").write_text("ikke en tabell", "utf-8")

        status, told = run(capsys, tmp_path, region.name)

        assert status == 1
        by_name = {line["file"]: line for line in told["files"]}
        assert set(by_name) == {
            "hr_0009_fremmed.csv", f"org_{town.number}_by.csv", f"hr_{town.number}_bilde.csv", "liste.csv",
        }  # fmt: skip
        assert by_name[f"org_{town.number}_by.csv"]["created"] == 1
        for name, words in (
            (f"hr_{town.number}_bilde.csv", "et bilde"), ("hr_0009_fremmed.csv", "ikke med i regionen"),
            ("liste.csv", "Filnavnet liste.csv"),
        ):  # fmt: skip
            line = by_name[name]
            assert (line["read"], line["rejected"]) == (0, 0)
            assert [(each["row"], each["column"]) for each in line["rejections"]] == [(0, "")]
            assert words in line["rejections"][0]["reason"]

    def test_says_what_is_wrong_where_nothing_could_begin(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        parser = argparse.ArgumentParser()
        import_.add_parser(parser.add_subparsers())

        gone = import_.run(parser.parse_args(["import", str(tmp_path / "borte"), "--region", "X"]))
        unknown = import_.run(parser.parse_args(["import", str(tmp_path), "--region", "Atlantis"]))

        told = capsys.readouterr()
        assert (gone, unknown) == (2, 2)
        assert "Fant ikke mappen" in told.err
        assert "Fant ingen kommuner i regionen «Atlantis»" in told.err
        assert told.out == ""

    def test_writes_a_report_with_the_original_rows(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        region = make.region()
        town = region.municipalities[0]
        hr_file(tmp_path, [hr_cells("1", town.root.code), hr_cells("2", "0000-0")], name=f"hr_{town.number}_by.csv")
        report = tmp_path / "ut" / "rapport.xlsx"
        report.parent.mkdir()

        run(capsys, tmp_path, region.name, "--report", str(report))

        lines = [cells for _, cells in open_table(report, sheet=f"hr_{town.number}_by", known_headers=("Rad", "Verdi"))]
        assert [(cells[0], cells[2], cells[5]) for cells in lines] == [("3", "0000-0", "2")]

    def test_killed_in_the_middle_a_file_is_in_or_out_and_running_again_completes(self, tmp_path: Path) -> None:
        region = make.region(municipalities=3)
        size = 500
        for town in region.municipalities:
            rows = [hr_cells(str(number), town.root.code) for number in range(size)]
            hr_file(tmp_path, rows, name=f"hr_{town.number}_by.csv")
        command = [sys.executable, "-c", PROGRAM, "import", str(tmp_path), "--region", region.name]
        environment = {**os.environ, "PYTHONPATH": "src", "PYTHONUNBUFFERED": "1"}
        second = region.municipalities[1].number

        child = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        assert child.stderr is not None
        for line in child.stderr:
            if f"hr_{second}_" in line:
                break
        time.sleep(0.15)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stderr.close()

        after_kill = counts(region)
        assert after_kill[region.municipalities[0].number] == size
        assert set(after_kill.values()) <= {0, size}
        assert 0 in after_kill.values()
        with tenant_scope(make.system(region)):
            runs = list(ImportRun.objects.filter(tenant_id__in=region.tenants).values_list("status", "created"))
        assert runs == [(RunStatus.APPLIED, size)] * list(after_kill.values()).count(size)

        done = subprocess.run(command, env=environment, capture_output=True, text=True)

        assert done.returncode == 0, done.stderr
        assert set(counts(region).values()) == {size}

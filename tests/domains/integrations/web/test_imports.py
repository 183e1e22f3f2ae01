from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kompetanse.domains.integrations import api as integrations
from kompetanse.domains.integrations.types import Kind
from kompetanse.domains.organisation.models import Post
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.tenancy import tenant_scope
from tests import make
from tests.make.integrations import hr_cells, hr_file
from tests.make.queries import counted


def signed_in(who: make.Who) -> Client:
    client = Client()
    client.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(client: Client, town: make.Town, path: Path, kind: str = "hr") -> Any:
    """Upload the file; gives the page one ends on."""
    file = SimpleUploadedFile(path.name, path.read_bytes())
    return client.post("/importer/ny/", {"municipality": town.tenant_id, "kind": kind, "file": file}, follow=True)


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def posts(region: make.Region, town: make.Town) -> int:
    with tenant_scope(make.system(region)):
        return Post.objects.filter(tenant_id=town.tenant_id, employee_number__startswith="9").count()


@pytest.fixture
def region() -> make.Region:
    return make.region(municipalities=2)


@pytest.fixture
def town(region: make.Region) -> make.Town:
    return region.municipalities[0]


class TestImportPages:
    @pytest.mark.parametrize("role", [Role.HR, Role.CONTACT_PERSON])
    def test_a_file_is_tried_seen_and_taken_in(
        self, region: make.Region, town: make.Town, tmp_path: Path, role: Role
    ) -> None:
        client = signed_in(make.with_role(region, role, town=town))
        path = hr_file(tmp_path, [hr_cells("91", town.root.code), hr_cells("92", "9999-9")], name="ansatte.csv")

        tried = send(client, town, path)

        assert tried.status_code == 200
        told = text_of(tried)
        assert "Ingenting er endret ennå" in told
        assert "Enheten 9999-9 finnes ikke i organisasjonen" in told
        assert "Overskriften «Ansattnummer» er kjent." in told
        assert "91 Kari Lie 91 · Sykepleier" in told
        assert posts(region, town) == 0
        where = tried.redirect_chain[-1][0]

        taken = client.post(f"{where}ta-inn/", follow=True)

        assert "Filen er tatt inn" in text_of(taken)
        assert posts(region, town) == 1
        sheet = client.get(f"{where}avviste.xlsx")
        assert sheet["Content-Type"].endswith("spreadsheetml.sheet")
        assert sheet.content.startswith(b"PK")
        assert client.post(f"{where}ta-inn/").status_code == 422

    def test_the_office_chooses_among_its_municipalities(
        self, region: make.Region, town: make.Town, tmp_path: Path
    ) -> None:
        client = signed_in(make.office(region))

        form = client.get("/importer/ny/").content.decode()
        tried = send(client, town, hr_file(tmp_path, [hr_cells("91", town.root.code)]), kind="")

        assert all(f'value="{each.tenant_id}"' in form for each in region.municipalities)
        assert "Ansatte og stillinger" in text_of(tried)

    def test_columns_are_corrected_by_choosing_them(self, region: make.Region, town: make.Town, tmp_path: Path) -> None:
        client = signed_in(make.with_role(region, Role.HR, town=town))
        path = hr_file(
            tmp_path, [hr_cells("91", town.root.code)], header=lambda w: "X" if w == "Organisasjonsenhet" else w
        )
        tried = send(client, town, path)
        where = tried.redirect_chain[-1][0]
        run_id = int(where.strip("/").split("/")[-1])
        told = integrations.get_run(make.system(region), run_id=run_id)
        chosen = {column.field: column.header for column in told.columns} | {"unit_code": "X", "remember": "on"}

        twice = client.post(where, {**chosen, "sector": "", "position_title": "X"})
        assert twice.status_code == 422
        assert "er valgt to ganger" in text_of(twice)
        corrected = client.post(where, chosen, follow=True)

        assert "Slik har du valgt det." in text_of(corrected)
        saved = integrations.find_saved_mapping(make.system(region), tenant_id=town.tenant_id, kind=Kind.HR)
        assert saved["unit_code"] == "X"

    def test_a_file_that_cannot_be_read_is_explained(
        self, region: make.Region, town: make.Town, tmp_path: Path
    ) -> None:
        client = signed_in(make.with_role(region, Role.HR, town=town))
        picture, empty = tmp_path / "hr.csv", tmp_path / "tom.csv"
        picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(300))
        empty.write_bytes(b"")

        assert "Filen er ikke en tabell, men et bilde." in text_of(send(client, town, picture))
        answer = send(client, town, empty)
        assert answer.status_code == 422
        assert "Filen er tom." in text_of(answer)

    def test_a_big_file_shows_how_far_it_has_come_without_javascript(
        self, region: make.Region, town: make.Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("kompetanse.domains.integrations.operations.receiving._QUICK_ROWS", 1)
        monkeypatch.setattr("kompetanse.foundation.jobs.enqueue", lambda function, **arguments: None)
        client = signed_in(make.with_role(region, Role.HR, town=town))
        rows = [hr_cells(f"9{number}", town.root.code) for number in range(3)]

        waiting = send(client, town, hr_file(tmp_path, rows))

        assert '<meta http-equiv="refresh" content="3">' in waiting.content.decode()
        assert "Filen blir lest" in text_of(waiting)

    def test_refuses_a_leader_and_an_employee_and_hides_another_municipality(
        self, region: make.Region, town: make.Town, tmp_path: Path
    ) -> None:
        path = hr_file(tmp_path, [hr_cells("91", town.root.code)])
        tried = send(signed_in(make.with_role(region, Role.HR, town=town)), town, path)
        where = tried.redirect_chain[-1][0]
        stranger = signed_in(make.with_role(region, Role.HR, town=region.municipalities[1]))

        for who in (make.leader(town), make.employee(town)):
            client = signed_in(who)
            assert client.get("/importer/").status_code == 403
            assert client.get(where).status_code == 403
            assert client.post(f"{where}ta-inn/").status_code == 403
        for url in (where, f"{where}avviste.xlsx"):
            assert stranger.get(url).status_code == 404
        assert stranger.post(f"{where}ta-inn/").status_code == 404
        assert send(stranger, town, path).status_code == 422
        assert posts(region, town) == 0

    def test_the_list_asks_no_more_for_twenty_than_for_two(
        self, region: make.Region, town: make.Town, tmp_path: Path
    ) -> None:
        client = signed_in(make.with_role(region, Role.HR, town=town))
        path = hr_file(tmp_path, [hr_cells("91", town.root.code)])

        def asked(runs: int) -> int:
            for _ in range(runs):
                integrations.import_file(make.system(region), tenant_id=town.tenant_id, kind=Kind.HR, path=path)
            with counted() as queries:
                assert client.get("/importer/").status_code == 200
            return len(queries)

        assert asked(2) == asked(18)

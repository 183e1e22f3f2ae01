from __future__ import annotations

import argparse
import contextlib
import json

import pytest

from kompetanse.config import installation
from kompetanse.config.cli import pools
from kompetanse.domains.needs import api as needs
from tests import make
from tests.make import needs as make_needs


@pytest.fixture(autouse=True)
def _no_server_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "database", contextlib.nullcontext)


def call(region: str, *, as_json: bool = True) -> int:
    return pools.run(argparse.Namespace(region=region, json=as_json))


class TestPools:
    def test_prints_every_need_in_exactly_one_pool(self, capsys: pytest.CaptureFixture[str]) -> None:
        region = make.region(municipalities=2)
        one, two = region.municipalities
        for i, town in enumerate((one, two)):
            needs.sync_needs(
                make.system(region),
                tenant_id=town.tenant_id,
                rows=iter([make_needs.row(5 + i, "Palliasjon", people=4 + i)]),
                file=f"behov_{town.number}.xlsx",
            )
        make_needs.need(region, one, "Grønne sko", people=None)

        assert call(region.name) == 0

        printed = json.loads(capsys.readouterr().out)
        found = printed["pools"]
        assert list(printed) == ["pools"]
        assert found == [
            {
                "id": found[0]["id"],
                "title": found[0]["title"],
                "status": "suggested",
                "shares": [
                    {"municipality": one.number, "file": f"behov_{one.number}.xlsx", "row": 5, "people": 4},
                    {"municipality": two.number, "file": f"behov_{two.number}.xlsx", "row": 6, "people": 5},
                ],
            },
            {
                "id": found[1]["id"],
                "title": "Grønne sko",
                "status": "suggested",
                "shares": [{"municipality": one.number, "file": "", "row": None, "people": None}],
            },
        ]

    def test_prints_a_table_for_people(self, capsys: pytest.CaptureFixture[str]) -> None:
        region = make.region()
        make_needs.need(region, region.municipalities[0], "Grønne sko")

        assert call(region.name, as_json=False) == 0

        assert "Grønne sko" in (out := capsys.readouterr().out)
        assert "1 samlinger av 1 behov." in out

    def test_says_that_the_region_is_unknown(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert call("Ingensteds") == 1

        captured = capsys.readouterr()
        assert captured.out == ""
        assert "Ingensteds" in captured.err

"""What is kept is compared with what it was reckoned from: what somebody planted behind the triggers is found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections, transaction

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import Unlike
from kompetanse.foundation import tenancy
from kompetanse.kernel.errors import Refused
from kompetanse.kernel.text import comparable
from tests import make
from tests.make import competence as made


@contextmanager
def behind_the_triggers(tenant_id: int) -> Iterator[None]:
    """As the owner of the tables, with nobody looking."""
    tables = ("organisation_post", "organisation_unit", "competence_evidence")
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("SELECT set_config('app.tenants', %s, true)", [str(tenant_id)])
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def plant(tenant_id: int, statement: str, *told: int | str | None) -> None:
    with behind_the_triggers(tenant_id), connections["owner"].cursor() as cursor:
        cursor.execute(statement, told)
        assert cursor.rowcount > 0


class TestProveKept:
    def setup_method(self) -> None:
        made.register()
        self.world = make.region(municipalities=2)
        self.town, self.other = self.world.municipalities
        self.unit = make.unit(self.town, "Lia sykehjem")
        self.nurse = make.employee(self.town, self.unit, title="Sykepleier")
        self.who = made.of(self.nurse)
        self.proof = made.evidence(self.nurse, "GDPR")
        make.employee(self.other)

    def prove(self) -> list[Unlike]:
        ctx = make.system(self.world)
        with tenancy.snapshot(ctx):
            found = [competence.prove_kept(ctx, tenant_id=town.tenant_id) for town in (self.town, self.other)]
        assert found[1] == []
        return found[0]

    def test_finds_nothing_where_nothing_is_wrong(self) -> None:
        assert self.prove() == []

    def test_names_a_status_that_the_ledger_does_not_give(self) -> None:
        plant(
            self.town.tenant_id,
            "UPDATE competence_status SET state = 3 WHERE employee_id = %s AND evidence_id = %s",
            self.who.id, self.proof,
        )  # fmt: skip
        status, held = self.prove()
        assert (status.what, status.employee_id, status.unit_id) == ("status", self.who.id, self.unit.id)
        assert str(status.kept).startswith("3 1 ")
        assert str(status.reckoned).startswith("1 1 ")
        # The sums follow the ledger, and no longer the status.
        assert (held.what, held.unit_id, held.requirement_id) == ("sum", self.unit.id, status.requirement_id)
        assert (held.kept, held.reckoned) == ("1 0 0 0 0 0", "0 0 1 0 0 0")

    def test_names_evidence_that_came_by_unseen(self) -> None:
        plant(self.town.tenant_id, "DELETE FROM competence_evidence WHERE id = %s", self.proof)
        (unlike,) = self.prove()
        assert (unlike.what, unlike.employee_id) == ("status", self.who.id)
        assert str(unlike.reckoned).startswith("4 4 ")

    def test_names_what_is_kept_for_nobody_and_what_is_not_kept(self) -> None:
        plant(
            self.town.tenant_id,
            "DELETE FROM competence_status WHERE employee_id = %s AND evidence_id = %s", self.who.id, self.proof,
        )  # fmt: skip
        missing = self.prove()[0]
        assert (missing.what, missing.kept) == ("status", None)
        assert missing.reckoned is not None

    def test_names_words_that_are_read_otherwise(self) -> None:
        plant(
            self.town.tenant_id, "UPDATE organisation_post SET title_key = 'kokk' WHERE employee_id = %s", self.who.id
        )
        plant(
            self.town.tenant_id,
            "UPDATE organisation_unit SET name_words = '{lia}', sector_key = 'x' WHERE id = %s", self.unit.id,
        )  # fmt: skip
        found = {one.what: one for one in self.prove() if one.what not in ("status", "sum")}
        assert found["post title"].employee_id == self.who.id
        assert (found["post title"].kept, found["post title"].reckoned) == ("kokk", comparable("Sykepleier"))
        assert found["unit name"].unit_id == found["unit sector"].unit_id == self.unit.id

    def test_is_for_those_who_run_the_installation(self) -> None:
        with pytest.raises(Refused):
            competence.prove_kept(make.context(make.leader(self.town)), tenant_id=self.town.tenant_id)

    def test_changes_nothing(self) -> None:
        ctx = make.system(self.world)
        with tenancy.snapshot(ctx), connections["default"].cursor() as cursor:
            competence.prove_kept(ctx, tenant_id=self.town.tenant_id)
            cursor.execute("SHOW transaction_read_only")
            assert cursor.fetchone() == ("on",)
            cursor.execute("SHOW transaction_isolation")
            assert cursor.fetchone() == ("repeatable read",)

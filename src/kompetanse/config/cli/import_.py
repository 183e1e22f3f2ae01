"""`kompetanse import`: a folder of municipalities' own files, taken in file by file."""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.outcomes import Rejection
from kompetanse.kernel.text_marker import N_

if TYPE_CHECKING:
    from kompetanse.domains.integrations.types import Imported
    from kompetanse.domains.organisation.types import MunicipalityFacts, RegionRow
    from kompetanse.kernel.context import Context

# In the order in which a municipality's files build on each other.
KINDS = {"org": "org", "hr": "hr", "kompetanse": "competence", "behov": "needs"}
_NAME = re.compile(r"(org|hr|kompetanse|behov)[_-](\d{4})(?!\d).*", re.IGNORECASE)
_TABLES = frozenset((".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"))
_MUNICIPALITIES = "municipalities.csv"
_COUNTS = ("read", "created", "changed", "unchanged", "rejected", "ended")


class MisplacedFile(DomainError):
    code = "misplaced_file"
    sentence = N_(
        "Filnavnet %(file)s sier ikke hva filen er og hvilken kommune den gjelder. "
        "Kall den for eksempel hr_3303_kongsberg.csv."
    )


class NoMunicipalities(DomainError):
    code = "no_municipalities"
    sentence = N_("Fant ingen kommuner i regionen «%(region)s» i %(file)s. Kontroller navnet og filen.")


@dataclass
class Line:
    """One file in the answer: its counts and the rows left out."""

    file: str
    kind: str
    municipality: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTS, 0))
    left_out: list[Rejection] = field(default_factory=list)
    run_id: int | None = None
    unreadable: bool = False

    def refuse(self, sentence: str) -> None:
        self.unreadable = True
        self.left_out.append(Rejection(0, "", "", sentence))

    def write_json(self, out: TextIO) -> None:
        """Row by row, for a file of 200,000 rows may have them all rejected."""
        about = {"file": self.file, "kind": self.kind, "municipality": self.municipality, **self.counts}
        out.write(json.dumps(about, ensure_ascii=False).removesuffix("}") + ', "rejections": [')
        for count, rejection in enumerate(self.left_out):
            told = {"row": rejection.row, "column": rejection.column, "value": rejection.value}
            row = json.dumps({**told, "reason": _reason(rejection)}, ensure_ascii=False)
            out.write(f"{',' if count else ''}\n  {row}")
        out.write("]}")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("import", help="ta inn kommunenes filer fra en mappe")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="mappen med filene")
    parser.add_argument("--region", required=True, metavar="NAME", help="regionens navn")
    parser.add_argument("--municipalities", type=Path, metavar="FILE", help="csv med number;name;region;…")
    parser.add_argument("--dry-run", action="store_true", help="vis hva som ville skje, uten å endre noe")
    parser.add_argument("--report", type=Path, metavar="FILE.xlsx", help="skriv en rapport med avviste rader")
    parser.add_argument("--json", action="store_true", help="svar som JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Take in the folder's files. Gives 0, 1 where a file could not be read at all, 2 where nothing could begin."""
    if not args.folder.is_dir():
        print(f"Fant ikke mappen {args.folder}. Kontroller navnet.", file=sys.stderr)
        return 2
    from kompetanse.config import installation

    with installation.database():
        installation.set_up()
        installation.migrate()
        try:
            lines = import_folder(args)
        except DomainError as error:
            print(error.text(), file=sys.stderr)
            return 2
        except (OSError, UnicodeError, csv.Error) as error:
            print(f"Kunne ikke lese eller skrive en fil: {error}", file=sys.stderr)
            return 2
    if args.json:
        _print_json(lines, sys.stdout)
    else:
        _print(lines, dry_run=args.dry_run)
    return int(any(line.unreadable for line in lines))


def import_folder(args: argparse.Namespace) -> list[Line]:
    from kompetanse.domains.competence import api as competence
    from kompetanse.foundation import clock
    from kompetanse.kernel.context import system_context

    competence.load_register()
    with _kept_or_not(dry_run=args.dry_run):
        region = _region(args)
        ctx = system_context("import from the command line", region.tenants, clock.now())
        lines = [_import_one(ctx, region, path) for path in _files(args)]
        if args.report:
            _write_report(ctx, args.report, [line.run_id for line in lines if line.run_id is not None])
    return lines


@contextmanager
def _kept_or_not(*, dry_run: bool) -> Iterator[None]:
    """A dry run is the very same run inside one transaction that is taken back."""
    from django.db import transaction

    if not dry_run:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _files(args: argparse.Namespace) -> list[Path]:
    """The folder's tables: municipality by municipality, and for each in the order they build on each other."""
    own = args.municipalities.resolve() if args.municipalities else None

    def order(path: Path) -> tuple[str, int, str]:
        named = _NAME.fullmatch(path.name)
        return (named[2], list(KINDS).index(named[1].lower()), path.name) if named else ("~", 0, path.name)

    found = (
        path
        for path in args.folder.iterdir()
        if path.is_file() and not path.name.startswith((".", "~")) and path.name.lower() != _MUNICIPALITIES
        if path.resolve() != own and (_NAME.fullmatch(path.name) or path.suffix.lower() in _TABLES)
    )
    return sorted(found, key=order)


def _import_one(ctx: Context, region: RegionRow, path: Path) -> Line:
    from kompetanse.domains.integrations import api as integrations
    from kompetanse.domains.integrations.types import Kind
    from kompetanse.domains.organisation import api as organisation

    named = _NAME.fullmatch(path.name)
    if named is None:
        line = Line(path.name, "", "")
        line.refuse(MisplacedFile(file=path.name).text())
        return line
    line = Line(path.name, KINDS[named[1].lower()], named[2])
    print(f"{path.name} …", file=sys.stderr)
    try:
        municipality = organisation.get_member(region, line.municipality)
        came = integrations.import_file(ctx, tenant_id=municipality.tenant_id, kind=Kind(line.kind), path=path)
    except (DomainError, OSError) as error:
        line.refuse(error.text() if isinstance(error, DomainError) else f"Filen kunne ikke leses: {error.strerror}.")
    else:
        _fill(line, came)
    return line


def _fill(line: Line, came: Imported) -> None:
    line.run_id = came.run_id
    if came.outcome is None:
        line.refuse(came.failure.text() if came.failure else "")
        return
    line.counts = {name: getattr(came.outcome, name) for name in _COUNTS}
    line.left_out = came.outcome.rejections


def _reason(rejection: Rejection) -> str:
    return rejection.sentence % rejection.params if rejection.params else rejection.sentence


def _region(args: argparse.Namespace) -> RegionRow:
    """The region as it stands; founded, with its members, where it is unknown or a file of members is given."""
    from kompetanse.domains.organisation import api as organisation
    from kompetanse.domains.organisation.types import UnknownRegion
    from kompetanse.foundation import clock
    from kompetanse.kernel.context import system_context

    ctx = system_context("import from the command line", set(), clock.now())
    if not args.municipalities:
        try:
            return organisation.get_region(args.region, ctx.today)
        except UnknownRegion:
            pass
    name, members = _members(args)
    region_id = organisation.found_region(ctx, name=name)
    standing = {row.number for row in organisation.get_region(name, ctx.today).municipalities}
    for facts in members:
        tenant_id = organisation.register_municipality(ctx, facts=facts)
        if facts.number in standing:
            continue
        inside = system_context("import from the command line", {region_id, tenant_id}, ctx.now)
        organisation.join_region(
            inside, region_id=region_id, municipality_id=tenant_id, valid_from=ctx.today.replace(month=1, day=1)
        )
    return organisation.get_region(name, ctx.today)


def _members(args: argparse.Namespace) -> tuple[str, list[MunicipalityFacts]]:
    """The region's name as the file writes it, and its municipalities' facts. Raises NoMunicipalities."""
    beside = (args.folder / _MUNICIPALITIES, args.folder.resolve().parent / _MUNICIPALITIES)
    packed = resources.files("kompetanse.domains.organisation") / "data" / _MUNICIPALITIES
    given = [args.municipalities] if args.municipalities else [path for path in beside if path.is_file()]
    wanted = args.region.strip().casefold()
    for source in [*given, *([] if args.municipalities else [packed])]:
        with source.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.DictReader(file, delimiter=";") if re.fullmatch(r"\d{4}", row.get("number", ""))]
        members = [row for row in rows if row.get("region", args.region).strip().casefold() == wanted]
        if members:
            name = members[0].get("region", args.region).strip()
            return name, [_facts(row) for row in members]
    raise NoMunicipalities(region=args.region, file=given[0].name if given else _MUNICIPALITIES)


def _facts(row: dict[str, str]) -> MunicipalityFacts:
    from kompetanse.domains.organisation.types import MunicipalityFacts, WrittenForm

    def number(name: str) -> float | None:
        text = (row.get(name) or "").replace(",", ".").replace(" ", "")
        return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None

    population = number("population")
    forms = {"bokmål": WrittenForm.BOKMAL, "nynorsk": WrittenForm.NYNORSK}
    return MunicipalityFacts(
        number=row["number"],
        name=row.get("name") or row["number"],
        county=row.get("county") or "",
        population=int(population) if population is not None else None,
        centre=row.get("centre") or "",
        latitude=number("lat"),
        longitude=number("lon"),
        written_form=forms.get((row.get("written_form") or "").strip().lower(), WrittenForm.NEUTRAL),
        written_form_verified=(row.get("written_form_verified") or "U")[:1],
    )


def _write_report(ctx: Context, path: Path, run_ids: list[int]) -> None:
    from django.utils.translation import gettext

    from kompetanse.domains.integrations import api as integrations
    from kompetanse.domains.integrations.rules.report import write_report
    from kompetanse.foundation.tenancy import tenant_scope

    with path.open("wb") as out, tenant_scope(ctx):
        write_report(out, integrations.list_rejections(ctx, run_ids=run_ids), gettext, lambda said: said.text())


def _print_json(lines: list[Line], out: TextIO) -> None:
    out.write('{"files": [')
    for count, line in enumerate(lines):
        out.write(",\n " if count else "\n ")
        line.write_json(out)
    out.write("]}\n")


def _print(lines: list[Line], *, dry_run: bool) -> None:
    head = ("lest", "nye", "endret", "uendret", "avvist", "avsluttet")
    width = max([len(line.file) for line in lines] + [4])
    print(f"{'fil':<{width}} " + " ".join(f"{word:>9}" for word in head))
    for line in lines:
        print(f"{line.file:<{width}} " + " ".join(f"{line.counts[name]:>9}" for name in _COUNTS))
        for rejection in line.left_out:
            where = f"rad {rejection.row}: " if rejection.row else ""
            print(f"    {where}{_reason(rejection)}")
    if dry_run:
        print("Dette var en prøve. Ingenting er endret.")

"""Reading municipalities' files: opening, recognising, parsing. Plain Python, no database."""

from kompetanse.domains.integrations.rules.columns import recognise
from kompetanse.domains.integrations.rules.identity import is_identity_number
from kompetanse.domains.integrations.rules.rows import parse_rows
from kompetanse.domains.integrations.rules.tables import Table, open_table
from kompetanse.domains.integrations.rules.values import clean, neutralise_formula

__all__ = [
    "Table",
    "clean",
    "is_identity_number",
    "neutralise_formula",
    "open_table",
    "parse_rows",
    "recognise",
]

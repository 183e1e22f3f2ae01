"""Import contracts that the linter does not have: a house where each room is entered by its doors."""

from __future__ import annotations

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class DoorContract(Contract):
    """Outsiders may enter a package only through its named doors. Master keys open all (the composition root)."""

    packages_in = fields.StringField()
    doors = fields.SetField(subfield=fields.StringField())
    master_keys = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        keys = tuple(self.master_keys or ())
        wrong = []
        for package in sorted(graph.find_children(self.packages_in)):
            inside = {package} | graph.find_descendants(package)
            doors = {f"{package}.{door}" for door in self.doors}
            for module in inside - doors:
                for importer in graph.find_modules_that_directly_import(module):
                    holds_key = any(importer == key or importer.startswith(f"{key}.") for key in keys)
                    if importer not in inside and not holds_key:
                        wrong.append((importer, module))
        return ContractCheck(kept=not wrong, metadata={"wrong": sorted(wrong)})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, module in check.metadata["wrong"]:
            output.print_error(f"{importer} -> {module}: go through a door ({', '.join(sorted(self.doors))})")

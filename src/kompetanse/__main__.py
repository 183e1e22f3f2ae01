"""`python -m kompetanse` and the `kompetanse` command."""

from __future__ import annotations

import sys


def main() -> None:
    from kompetanse.config.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()

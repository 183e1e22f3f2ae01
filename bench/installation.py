"""The demo region on a server of the benchmarks' own, loaded once."""

from __future__ import annotations

import functools
import os
from pathlib import Path

DATA = Path(os.environ.get("KOMPETANSE_BENCH_DATA", ".data-bench")).resolve()
REGION = Path(__file__).parents[1] / "demo"


def server() -> None:
    """Django set up on a server of the benchmarks' own, which stays up for those that follow. Nothing is loaded."""
    import atexit

    os.environ["KOMPETANSE_DATA"] = str(DATA)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kompetanse.config.settings.demo"
    from django.apps import apps

    if apps.ready:
        return
    from kompetanse.config import installation
    from kompetanse.foundation import embedded

    child = embedded.ensure(DATA)
    if child is not None:
        atexit.register(embedded.stop, child)
    installation.set_up()


@functools.cache
def demo() -> None:
    """The demo loaded on the server."""
    server()
    from kompetanse.config import installation
    from kompetanse.foundation import embedded

    embedded.prepare(embedded.dsn(DATA, user="postgres", dbname="postgres"), database="kompetanse")
    installation.migrate()
    ready = DATA / "demo.ready"
    if not ready.exists():
        from kompetanse.config import demo as loader

        loader.load(say=lambda text: print(f"    {text}", flush=True))
        ready.write_text("ready\n")
    installation.collect_static()

"""The demo: the embedded database and the eight people whose shoes anybody may step into."""

from kompetanse.config.demo import clock_offset

from .base import *  # noqa: F403
from .base import ENV

if not ENV.is_embedded:
    raise SystemExit("Demoen går bare på den innebygde databasen. Ta bort DATABASE_URL og prøv igjen.")

DEMO = True
# The demo lives on a day when its year has been carried through (see config.demo).
CLOCK_OFFSET = clock_offset(ENV.data)

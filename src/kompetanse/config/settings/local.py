"""The embedded database, no persona login: what the command line uses where nothing else is set."""

from .base import *  # noqa: F403

"""The tests: a cluster of their own that may lose everything in a crash, and loud faults."""

import os
from pathlib import Path

os.environ.setdefault("KOMPETANSE_DATA", str(Path(".data-test").resolve()))

from kompetanse.config import environment

from .base import *  # noqa: F403
from .base import ENV, TEMPLATES

# Every test worker has a database of its own, made from one template (see tests/conftest.py).
DATABASES = environment.databases(ENV, name=f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")

DEMO = True
JOBS_RUN_AT_ONCE = True
QUIET_RENDER_RAISES = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed; tests guard no secrets
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
for _database in DATABASES.values():
    _database["CONN_MAX_AGE"] = None
    _database["CONN_HEALTH_CHECKS"] = False
TEMPLATES[0]["OPTIONS"]["debug"] = True

"""A real server. Persona login does not exist here, whatever the environment says."""

import os

from kompetanse.config.environment import Misconfigured

from .base import *  # noqa: F403
from .base import ENV

DEMO = False
if ENV.is_embedded:
    raise Misconfigured("Sett DATABASE_URL til en PostgreSQL 15 eller nyere.")
if os.environ.get("KOMPETANSE_DEMO"):
    raise Misconfigured("Persona-innlogging finnes ikke i drift. Ta bort KOMPETANSE_DEMO.")
ALLOWED_HOSTS = list(ENV.hosts)
if not ALLOWED_HOSTS:
    raise Misconfigured("Sett KOMPETANSE_HOSTS til navnene tjenesten svarer på, med komma mellom.")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

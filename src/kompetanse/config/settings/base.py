"""What every installation shares."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import locale

from kompetanse.config import environment

ENV = environment.read()
PACKAGE = Path(__file__).resolve().parents[2]

SECRET_KEY = ENV.secret_key
IDENTITY_KEY = ENV.identity_key
DEBUG = False
CLOCK_OFFSET = timedelta()  # only the demo lives on another day (see config.demo)
DEMO = False  # the persona login exists only where config.settings.demo says so
PUBLIC_URL = ENV.public_url  # what links in letters begin with
HAS_PUBLIC_URL = ENV.has_public_url
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", ENV.host]

DOMAINS = [
    "organisation",
    "messages",
    "governance",
    "risks",
    "competence",
    "assessments",
    "needs",
    "priorities",
    "plans",
    "orders",
    "logistics",
    "courses",
    "settlements",
    "evaluations",
    "yearwheel",
    "results",
    "integrations",
]

INSTALLED_APPS = [
    "kompetanse.config.apps.Composition",
    "kompetanse.foundation",
    "kompetanse.ui",
    *(f"kompetanse.domains.{name}" for name in DOMAINS if (PACKAGE / "domains" / name / "apps.py").exists()),
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "kompetanse.config.apps.Notices",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kompetanse.ui.middleware.content_security",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kompetanse.ui.middleware.acting",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "kompetanse.config.urls"
WSGI_APPLICATION = "kompetanse.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "organisation.Account"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "kompetanse.ui.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = environment.databases(ENV)
# Who is asked what a signed-in account may do: see organisation.api.
CONTEXT_SOURCE = "kompetanse.domains.organisation.api.context_for"
JOBS_RUN_AT_ONCE = False
# SQL while a template renders is a fault: raised where we develop, logged where people work.
QUIET_RENDER_RAISES = False

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/logg-inn/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"
assert {"nb", "nn"} <= set(locale.LANG_INFO)

STATIC_URL = "/static/"
STATIC_ROOT = ENV.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = ENV.data / "files"

SESSION_ENGINE = "kompetanse.foundation.sessions"
SESSION_COOKIE_NAME = "okt"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "kompetanse.ui.pages.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(ENV.data / "mail")
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = ENV.mail_from or "Kompetanseregionen <ikke-svar@kompetanseregionen.example>"
if ENV.mail:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = ENV.mail.host, ENV.mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENV.mail.user, ENV.mail.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = ENV.mail.security == "starttls", ENV.mail.security == "tls"
SMS = ENV.sms  # None: nobody is offered SMS

MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
PAGE_FRAME = "kompetanse.config.frame.around"

# --- login: password and OIDC (see integrations.web.login) ---
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
SOCIALACCOUNT_ADAPTER = "kompetanse.domains.integrations.web.login.ClosedSignup"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "kompetanse.domains.integrations.web.login.StrictProvider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": provider.key,
                "name": provider.name,
                "client_id": provider.client_id,
                "secret": provider.secret,
                "settings": {
                    "server_url": provider.issuer,
                    "issuer": provider.issuer,
                    "vouches_for_email": provider.vouches_for_email,
                },
            }
            for provider in ENV.login_providers
        ],
    }
}
# Shared by every process and machine: rate limits must count all of them.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

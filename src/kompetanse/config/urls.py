"""Every page there is: collected from the domains' `web`, in the domains' order."""

from __future__ import annotations

import importlib
import pkgutil

from allauth.account import views as account
from django.conf import settings
from django.urls import path

from kompetanse.config import rest
from kompetanse.domains.integrations.web import login
from kompetanse.ui import pages

for _name in settings.DOMAINS:
    if f"kompetanse.domains.{_name}" not in settings.INSTALLED_APPS:
        continue
    _web = importlib.import_module(f"kompetanse.domains.{_name}.web")
    for _module in pkgutil.iter_modules(_web.__path__):
        importlib.import_module(f"{_web.__name__}.{_module.name}")

urlpatterns = [
    *pages.urlpatterns(),
    # Signing in and out is the library's; what it would otherwise offer (sign-up, reset) is not ours to offer.
    path("logg-inn/", account.login, name="account_login"),
    path("logg-ut/", account.logout, name="account_logout"),
    path("logg-inn/<slug:provider_id>/", login.login, name="openid_connect_login"),
    path("logg-inn/<slug:provider_id>/svar/", login.callback, name="openid_connect_callback"),
    path("api/v1/", rest.api.urls),
    *(path(f"konto/{name}/", login.absent, name=name) for name in login.NOT_OFFERED),
]
handler403 = "kompetanse.ui.pages.permission_denied"
handler404 = "kompetanse.ui.pages.not_found"
handler500 = "kompetanse.ui.pages.server_error"

"""URLs of the portal's home and search, of its case pages, of the session, and of sign-in with the identity service."""

from django.urls import path

from zsbank.site.portal import identity, session, views
from zsbank.site.portal.case_pages import case_urls

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("session/", session.session, name="session"),
    path("session/signed-in/", session.signed_in, name="signed_in"),
    path("accounts/oidc/login/", identity.login, name="identity_login"),
    path("accounts/oidc/callback/", identity.callback, name="identity_callback"),
    *case_urls(),
]

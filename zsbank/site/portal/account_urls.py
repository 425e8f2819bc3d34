"""URLs of allauth with additional requirements; they precede allauth's own."""

from allauth.account.decorators import reauthentication_required
from allauth.account.views import password_set
from allauth.usersessions.views import list_usersessions
from django.contrib.auth.decorators import login_required
from django.urls import path
from django.views.generic import RedirectView

from zsbank.base.accounts import full_reauthentication
from zsbank.site.portal.recovery_codes import RecoveryCodesView

recovery_codes_page = login_required(RedirectView.as_view(pattern_name="mfa_view_recovery_codes"))
urlpatterns = [
    path("reauthenticate/", full_reauthentication.PasswordView.as_view(), name="account_reauthenticate"),
    path(
        "2fa/reauthenticate/",
        full_reauthentication.CodeReauthenticationView.as_view(),
        name="mfa_reauthenticate",
    ),
    path(
        "2fa/webauthn/reauthenticate/",
        full_reauthentication.PasskeyView.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("sessions/", reauthentication_required(list_usersessions, allow_get=True), name="usersessions_list"),
    path(
        "password/set/", login_required(reauthentication_required(password_set)), name="account_set_password"
    ),
    path("2fa/recovery-codes/", RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/download/", recovery_codes_page, name="mfa_download_recovery_codes"),
]

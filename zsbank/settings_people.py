"""Settings of accounts: passwords, second factors, sessions, cookies. Part of zsbank.settings."""

from typing import Any

from django.urls import reverse_lazy

from zsbank import environment

MODE = environment.mode()
PRODUCTION = MODE == "production"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "zsbank.base.accounts.backend.ByNameOrAddress",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "zsbank.base.accounts.passwords.NotTooLong"},
    {"NAME": "zsbank.base.accounts.passwords.NotCommon"},
    {"NAME": "zsbank.base.accounts.passwords.WithoutOurWords"},
    {"NAME": "zsbank.base.accounts.passwords.NotBreached"},
]
BREACHED_PASSWORDS = environment.file("ZSBANK_BREACHED_PASSWORDS")
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "zsbank.base.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"  # also when a signed-in person enters another person's address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "100/m/ip,5/300s/key",
    "reset_password": "20/m/ip,100/d/ip,5/m/key",
}  # a whole bank may share one IP address
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before a change of the e-mail address for password resets
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
PASSWORD_RESET_TIMEOUT = 3600
IDENTITY_SERVICE = environment.identity_service(MODE)
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if PRODUCTION else 0
ALLAUTH_RATE_LIMIT_IPV6_PREFIX = 64
TRUSTED_PROXIES = environment.networks("ZSBANK_PROXIES", "127.0.0.0/8,::1")
"""Networks of the reverse proxies: X-Forwarded-For of a request from elsewhere is not believed."""
RESETS_A_DAY = 5
"""Mails for a new password that one mailbox gets in 24 hours."""
SECOND_FACTOR_REQUIRED = environment.boolean("ZSBANK_SECOND_FACTOR", default=PRODUCTION)
MFA_ADAPTER = "zsbank.base.accounts.factors.FactorAdapter"
ACCOUNT_FORMS = {
    "reauthenticate": "zsbank.base.accounts.forms.PasswordReauthenticationForm",
    "reset_password": "zsbank.base.accounts.forms.ForgottenPasswordForm",
}
MFA_FORMS = {
    "activate_totp": "zsbank.base.accounts.forms.ActivateAuthenticatorForm",
    "add_webauthn": "zsbank.base.accounts.forms.AddPasskeyForm",
    "authenticate": "zsbank.base.accounts.forms.CodeForm",
    "authenticate_webauthn": "zsbank.base.accounts.forms.PasskeyForm",
    "reauthenticate": "zsbank.base.accounts.forms.CodeReauthenticationForm",
    "reauthenticate_webauthn": "zsbank.base.accounts.forms.PasskeyReauthenticationForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "zsbank"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # there is no registration with unverified addresses
MFA_RECOVERY_CODE_DIGITS = 8
MFA_RECOVERY_CODES_SHOW_ONCE = True
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = 30 * 60
HOST_ONLY = "__Host-" if PRODUCTION else ""
"""Cookies with this prefix are accepted by browsers only over TLS, from and for this host."""
SESSION_COOKIE_NAME = f"{HOST_ONLY}sessionid"
CSRF_COOKIE_NAME = f"{HOST_ONLY}csrftoken"
LANGUAGE_COOKIE_NAME = f"{HOST_ONLY}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "zsbank.site.portal.errors.csrf_failure"

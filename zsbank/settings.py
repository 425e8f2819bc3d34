"""Settings of the register. Everything that differs between machines comes from the environment."""

from typing import Any

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONCE, SELF
from csp.constants import NONE as CSP_NONE
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from zsbank import connections, environment, folders
from zsbank.base.pages.unfold import UNFOLD  # noqa: F401  Unfold reads it here

BASE_DIR = folders.BASE
MODE = environment.mode()
FOLDERS = folders.Folders.from_environment()
DATA_DIR = FOLDERS.data
BUILD_DIR = FOLDERS.build
FILES_DIR = FOLDERS.files
CHECKPOINTS_DIR = FOLDERS.checkpoints
LOGS_DIR = FOLDERS.logs
FONTS_DIR = FOLDERS.fonts

PRODUCTION = MODE == "production"
DEBUG = False
SECRET_KEY = environment.secret_key(MODE, DATA_DIR)
SECRET_KEY_FALLBACKS = environment.earlier_keys()
ALLOWED_HOSTS = environment.words(
    "ZSBANK_ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,testserver"
)
CSRF_TRUSTED_ORIGINS = environment.words("ZSBANK_ORIGINS")

INSTALLED_APPS = [
    "zsbank.base.pages",
    "unfold.apps.BasicAppConfig",
    "zsbank.base.pages.desk_app.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_fsm",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "lucide",
    "zsbank.base.calendar",
    "zsbank.base.journal",
    "zsbank.base.accounts",
    "zsbank.base.files",
    "zsbank.base.notices",
    "zsbank.base.letters",
    "banks",
    "admission",
    "inspections",
    "exit",
    "zsbank.site.portal",
    "zsbank.site.staff",
    "zsbank.site.auditor",
    "zsbank.site.api",
    "zsbank.site.operations",
]

MIDDLEWARE = [
    "zsbank.logs.Requests",
    "zsbank.middleware.no_store.KnownMethods",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "zsbank.middleware.content_security.Policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "zsbank.middleware.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "zsbank.middleware.no_store.NoTraces",
    "zsbank.base.accounts.sessions.SessionLimits",
    "zsbank.middleware.rate_limits.Door",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zsbank.middleware.second_factor.SecondFactor",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "zsbank.urls"
WSGI_APPLICATION = "zsbank.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    }
]

# Data -----------------------------------------------------------------------------------------------------

SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA_DIR / "zsbank.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    },
    "TEST": {
        "NAME": DATA_DIR / "test.sqlite3"
    },  # a file, so that each thread of a server has its own connection
}
DATABASE_URL = environment.secret("DATABASE_URL")
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)
    if DATABASE_URL
    else SQLITE
}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        {"options": "-c lock_timeout=10s -c statement_timeout=60s", "connect_timeout": 5}
    )
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },  # only counts of attempts: one place for all programs, that needs no other server
    "pace": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pace",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People ---------------------------------------------------------------------------------------------------

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
ACCOUNT_PREVENT_ENUMERATION = "strict"  # also where somebody signed in gives an address that another has
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "100/m/ip,5/300s/key",
}  # one address, a whole bank
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before the address that a new password is mailed to changes
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
PASSWORD_RESET_TIMEOUT = 3600
IDENTITY_SERVICE = environment.identity_service(MODE)
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if PRODUCTION else 0
SECOND_FACTOR_REQUIRED = environment.yes("ZSBANK_SECOND_FACTOR", default=PRODUCTION)
MFA_ADAPTER = "zsbank.base.accounts.factors.FactorAdapter"
ACCOUNT_FORMS = {
    "reauthenticate": "zsbank.base.accounts.forms.Password",
    "reset_password": "zsbank.base.accounts.forms.ForgottenPasswordForm",
}
MFA_FORMS = {
    "activate_totp": "zsbank.base.accounts.forms.NewAuthenticator",
    "add_webauthn": "zsbank.base.accounts.forms.NewPasskey",
    "authenticate": "zsbank.base.accounts.forms.Code",
    "authenticate_webauthn": "zsbank.base.accounts.forms.Passkey",
    "reauthenticate": "zsbank.base.accounts.forms.CodeAgain",
    "reauthenticate_webauthn": "zsbank.base.accounts.forms.PasskeyAgain",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "zsbank"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody registers here with an address that is not theirs
MFA_RECOVERY_CODE_DIGITS = 8
MFA_RECOVERY_CODES_SHOW_ONCE = True
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = 30 * 60
HOST_ONLY = "__Host-" if PRODUCTION else ""
"""Browsers take a cookie of such a name only over TLS, from this host, for this host."""
SESSION_COOKIE_NAME = f"{HOST_ONLY}sessionid"
CSRF_COOKIE_NAME = f"{HOST_ONLY}csrftoken"
LANGUAGE_COOKIE_NAME = f"{HOST_ONLY}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "zsbank.site.portal.errors.csrf_failure"

# Language and time ----------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORMAT_MODULE_PATH = ["zsbank.formats"]

# Files ----------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = FOLDERS.static
STATICFILES_DIRS = [
    FOLDERS.assets,
    BASE_DIR / "static",
]  # the built app.css wins
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_DIR}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
UPLOAD_MAX_BYTES = 50 * 1024 * 1024
CASE_QUOTA_BYTES = environment.number("ZSBANK_CASE_QUOTA_MB", 1024) * 1024 * 1024
CLAMAV_SOCKET = environment.socket_address("ZSBANK_CLAMAV")
REQUEST_MAX_BYTES = 6 * UPLOAD_MAX_BYTES
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 50
PACE = {"reads": "600/min", "writes": "240/min", "costly": "20/min"}
"""How often one person, or one address without sign-in, may come; each program counts by itself."""
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2500  # a spreadsheet of 2,000 outlets may have every row left out

# Mail -----------------------------------------------------------------------------------------------------

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if environment.words("ZSBANK_MAIL_HOST")
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST = "".join(environment.words("ZSBANK_MAIL_HOST"))
EMAIL_HOST_USER = environment.secret("ZSBANK_MAIL_USER")
EMAIL_HOST_PASSWORD = environment.secret("ZSBANK_MAIL_PASSWORD")
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = "".join(environment.words("ZSBANK_MAIL_FROM", "zsbank@localhost"))
SITE_ADDRESS = "".join(environment.words("ZSBANK_ADDRESS", "http://127.0.0.1:8000")).rstrip("/")
INVITATION_DAYS = 7

# Celery ---------------------------------------------------------------------------------------------------

REDIS_URL = environment.secret("REDIS_URL")
QUEUE_DIR = FOLDERS.queue
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {"visibility_timeout": 600, "socket_connect_timeout": 3, "socket_timeout": 10}
    if REDIS_URL
    else {
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "processed_folder": str(QUEUE_DIR / "done"),
        "control_folder": str(QUEUE_DIR / "control"),
        "store_processed": False,
    }
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {"task": "zsbank.site.operations.tasks.beat_heart", "schedule": 30.0},
    "deliver": {"task": "zsbank.site.operations.tasks.deliver", "schedule": 60.0},
    "sweep": {"task": "zsbank.site.operations.tasks.sweep", "schedule": crontab(minute="5")},
}

# API ------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["zsbank.site.api.authentication.Session"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["zsbank.site.api.parsing.Json"],
    "DEFAULT_PAGINATION_CLASS": "zsbank.site.api.pagination.Cursor",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "zsbank.site.api.problems.answer",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "zsbank",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "zsbank.site.api.schema.complete",
    ],
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# The bureau -----------------------------------------------------------------------------------------------

BUREAU_NAME = "".join(environment.words("ZSBANK_BUREAU", "中山市人力资源和社会保障局"))
LETTER_REMEDIES = environment.words("ZSBANK_REMEDY_LETTERS", "admission_refusal,exit_notice")
REMEDY_ORGAN = "".join(environment.words("ZSBANK_REMEDY_ORGAN", "中山市人民政府"))
REMEDY_COURT = "".join(environment.words("ZSBANK_REMEDY_COURT", "有管辖权的人民法院"))
REMEDY_CHANNEL = "".join(environment.words("ZSBANK_REMEDY_CHANNEL"))
LETTER_MARK = "".join(environment.words("ZSBANK_LETTER_MARK", "中人社函"))

# Safety ---------------------------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^api/"]
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [CSP_NONE],
        "frame-src": [SELF],
        "frame-ancestors": [CSP_NONE],
        "base-uri": [CSP_NONE],
        "form-action": [SELF],
    },
}

if PRODUCTION and not environment.yes("ZSBANK_PLAIN_NETWORK", default=False):
    environment.demand_none(connections.open_to_listeners(DATABASES["default"], REDIS_URL, CLAMAV_SOCKET))

LOG_DAYS = environment.number("ZSBANK_LOG_DAYS", 184, at_least=184)  # no six months have more days
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "zsbank.logs.Line"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "day": {"class": "zsbank.logs.DayFile", "formatter": "line", "folder": LOGS_DIR},
    },
    "root": {"handlers": ["console"] if MODE == "test" else ["console", "day"], "level": "WARNING"},
    "loggers": {
        "zsbank": {"level": "INFO"},
        "django.request": {"level": "ERROR"},  # zsbank.logs.Requests notes every no, with who was told
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}

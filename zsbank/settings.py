"""Settings of the register. Everything that differs between machines comes from the environment."""

import os
from typing import Any

import dj_database_url
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _
from redis.backoff import NoBackoff
from redis.retry import Retry

from zsbank import connections, environment, folders
from zsbank.base.pages.unfold import UNFOLD  # noqa: F401  Unfold reads it here
from zsbank.settings_api import *  # noqa: F403
from zsbank.settings_bureau import *  # noqa: F403
from zsbank.settings_people import *  # noqa: F403
from zsbank.settings_safety import *  # noqa: F403

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
ALLOWED_HOSTS = environment.comma_separated(
    "ZSBANK_ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,testserver"
)
CSRF_TRUSTED_ORIGINS = environment.comma_separated("ZSBANK_ORIGINS")

INSTALLED_APPS = [
    "zsbank.base.pages",
    "unfold.apps.BasicAppConfig",
    "zsbank.base.pages.desk_app.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # pages of allauth load it
    "django_fsm",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
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
    "zsbank.site.holidays",
    "zsbank.site.set_up",
]

MIDDLEWARE = [
    "zsbank.logs.RequestLogger",
    "zsbank.middleware.no_store.AllowedMethods",
    "zsbank.middleware.compression.CompressPages",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "zsbank.middleware.content_security.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "zsbank.middleware.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "zsbank.middleware.no_store.NoStore",
    "zsbank.base.accounts.sessions.SessionLimits",
    "zsbank.middleware.form_answers.FormAnswers",
    "zsbank.middleware.rate_limits.RequestLimits",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zsbank.middleware.second_factor.RequireSecondFactor",
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
    "TEST": {"NAME": DATA_DIR / "test.sqlite3"},  # a file: each thread of a server needs its own connection
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
REDIS_URL = environment.secret("REDIS_URL")
CACHES: dict[str, Any] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },  # counts of failed attempts, shared by all programs without another server
    "rate_limits": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "rate_limits",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1, "retry": Retry(NoBackoff(), 0)},
    }
    if REDIS_URL
    else {
        "BACKEND": "zsbank.middleware.request_counts.SharedCounts",
        "LOCATION": str(DATA_DIR / "rate_limits.sqlite3"),
    },
    "rate_limits_fallback": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "rate_limits",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "work_counts": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "work_counts",
        "OPTIONS": {"MAX_ENTRIES": 1_000},
    },  # of each process: what is kept says how far the journal had come
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
    ("pictures", BASE_DIR / "docs/pictures"),
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
CASE_QUOTA_BYTES = environment.integer("ZSBANK_CASE_QUOTA_MB", 1024) * 1024 * 1024
CHOSEN_QUOTA_BYTES = 600 * 1024 * 1024
CHOSEN_QUOTA_FILES = 100
CHOSEN_KEPT_DAYS = 7
"""Limits of the files that a person has selected and not submitted: bytes, files, days."""

PDF_CHECKS = environment.integer("ZSBANK_PDF_CHECKS", os.cpu_count() or 1)
PDF_CHECKS_DIR = DATA_DIR / "pdf_checks"
"""How many PDFs are looked through at once on this machine, with up to 1 GiB of memory each; the locks of these."""

CLAMAV_SOCKET = environment.socket_address("ZSBANK_CLAMAV")
REQUEST_MAX_BYTES = 6 * UPLOAD_MAX_BYTES
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 50
RATE_LIMITS = {"reads": 600, "writes": 240, "costly": 20}
"""Requests per minute for each person, or each address without sign-in, counted across all processes."""

# Mail -----------------------------------------------------------------------------------------------------

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if environment.comma_separated("ZSBANK_MAIL_HOST")
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST = "".join(environment.comma_separated("ZSBANK_MAIL_HOST"))
EMAIL_HOST_USER = environment.secret("ZSBANK_MAIL_USER")
EMAIL_HOST_PASSWORD = environment.secret("ZSBANK_MAIL_PASSWORD")
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = f"{SITE_NAME} <{environment.text('ZSBANK_MAIL_FROM', 'zsbank@localhost')}>"  # noqa: F405
SITE_ADDRESS = "".join(environment.comma_separated("ZSBANK_ADDRESS", "http://127.0.0.1:8000")).rstrip("/")
INVITATION_DAYS = 7

# Celery ---------------------------------------------------------------------------------------------------

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
WORK_DIR = DATA_DIR / "work"
"""The locks of outgoing work: one process of the worker for each kind."""

CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {"task": "zsbank.site.operations.tasks.beat_heart", "schedule": 30.0},
    "letters": {"task": "zsbank.site.operations.tasks.make_letters", "schedule": 60.0},
    "mail": {"task": "zsbank.site.operations.tasks.send_mail", "schedule": 60.0},
    "files": {"task": "zsbank.site.operations.tasks.scan_files", "schedule": 60.0},
    "sweep": {"task": "zsbank.site.operations.tasks.sweep", "schedule": crontab(minute="5")},
}

# Safety ---------------------------------------------------------------------------------------------------

if PRODUCTION and not environment.boolean("ZSBANK_PLAIN_NETWORK", default=False):
    environment.require_protected(
        connections.unprotected_connections(DATABASES["default"], REDIS_URL, CLAMAV_SOCKET)
    )

LOG_DAYS = environment.integer("ZSBANK_LOG_DAYS", 184, at_least=184)  # the most days that six months can have
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "zsbank.logs.JsonFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "day": {"class": "zsbank.logs.DayFileHandler", "formatter": "line", "folder": LOGS_DIR},
    },
    "root": {"handlers": ["console"] if MODE == "test" else ["console", "day"], "level": "WARNING"},
    "loggers": {
        "zsbank": {"level": "INFO"},
        "django.request": {"level": "ERROR"},  # zsbank.logs.RequestLogger logs every refused request
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}

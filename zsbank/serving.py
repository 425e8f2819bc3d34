"""Settings of gunicorn: TLS if a certificate is given, and the same log format as the register."""

import os
from typing import Any

certfile = os.environ.get("ZSBANK_CERTIFICATE") or None
keyfile = os.environ.get("ZSBANK_CERTIFICATE_KEY") or None
"""Needed when the proxy runs on another machine: the web program then accepts TLS only."""

logconfig_dict: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "zsbank.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"gunicorn.error": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}

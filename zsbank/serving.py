"""How gunicorn serves: by TLS where it is given a certificate, and with a log in lines like those of the register."""

import os
from typing import Any

certfile = os.environ.get("ZSBANK_CERTIFICATE") or None
keyfile = os.environ.get("ZSBANK_CERTIFICATE_KEY") or None
"""Where the proxy stands on another machine, the web program speaks TLS itself, and nothing else."""

logconfig_dict: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "zsbank.logs.Line"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"gunicorn.error": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}

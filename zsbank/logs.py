"""Logging: one JSON object per line, without user input or content of rows.

Lines go to the console and to one file per day. They record changes, sign-ins, refusals and errors. Decisions
with their reasons are in the journal, which is never shortened.
"""

import datetime as dt
import json
import logging
import logging.handlers
import os
import re
import secrets
import time
import traceback
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

logger = logging.getLogger(__name__)
NUMBER = "zsbank_request_number"
"""The attribute of a request with its number."""

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
EXTRA_FIELDS = ("request_number", "method", "path", "status", "ms", "person")
FILE_NAME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\.jsonl")
SECRETS = ("token", "key", "uidb36")
"""URL arguments that grant access to anyone who has them."""
TOKEN = re.compile(r"(?<=/)(?=[^/\s?]*[0-9A-Z])[\w:~=.-]{24,}(?=/|\?|\s|$)")
"""A path segment that grants access to anyone who has it: an invitation, a password reset."""

INVISIBLE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Characters that JSON leaves unescaped but that screens or programs treat as line ends or direction changes."""


class JsonFormatter(logging.Formatter):
    """Formats time, level, logger and message; for an error its class and traceback locations, not its message.

    Messages of errors may contain rows (databases), user input (forms) and tokens (addresses). JSON escapes
    line breaks in the message. A person is logged by primary key, not by name.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": TOKEN.sub("…", record.getMessage()),
        }
        fields = {**vars(record), "status": getattr(record, "status_code", getattr(record, "status", None))}
        line |= {name: fields[name] for name in EXTRA_FIELDS if fields.get(name) is not None}
        line |= _request_fields(getattr(record, "request", None))
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["through"] = [
                f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return INVISIBLE.sub(_escaped, json.dumps(line, ensure_ascii=False))


def _request_fields(request: Any) -> dict[str, Any]:
    """Return method and person of a request as far as they are loaded; logging makes no database query."""
    if not isinstance(request, HttpRequest):
        return {}
    person = _person(request)
    number = getattr(request, NUMBER, None)
    return (
        {"method": request.method}
        | ({"request_number": number} if number else {})
        | ({"person": person} if person else {})
    )


def number_of(request: HttpRequest) -> str:
    """Return the number of a request: on its page if something breaks, and in its lines of the log."""
    return str(getattr(request, NUMBER, ""))


def _escaped(character: re.Match[str]) -> str:
    return f"\\u{ord(character[0]):04x}"


def path_of(request: HttpRequest) -> str:
    """Return the path without its query; the URL pattern instead if the path contains a secret."""
    match = request.resolver_match
    return f"/{match.route}" if match and not match.kwargs.keys().isdisjoint(SECRETS) else request.path


class DayFileHandler(logging.handlers.WatchedFileHandler):
    """Writes each record to the file of its local day.

    Each process derives the file from the day. No file is renamed while other processes write to it, unlike
    with `TimedRotatingFileHandler` or logrotate.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder of the files; a file is created with the first record of its day."""
        super().__init__(log_file_of(folder, _day_of(time.time())), encoding="utf-8", delay=True)
        self.folder = folder

    def emit(self, record: logging.LogRecord) -> None:
        """Append a record; a full disk does not interrupt the request."""
        self.baseFilename = str(log_file_of(self.folder, _day_of(record.created)))
        try:
            super().emit(record)
        except OSError:
            self.handleError(record)

    def _open(self) -> TextIOWrapper:
        """Open the file with permissions for its owner only."""
        return open(self.baseFilename, "a", encoding="utf-8", opener=_private)


def _day_of(moment: float) -> dt.date:
    return dt.date(*time.localtime(moment)[:3])


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def log_file_of(folder: Path, day: dt.date) -> Path:
    """Return the path of the log file of a day."""
    return folder / f"{day.isoformat()}.jsonl"


def days_with_log(folder: Path) -> Iterator[dt.date]:
    """Return the days that have a log file, oldest first; other files are ignored."""
    for path in sorted(folder.iterdir()):
        if FILE_NAME.fullmatch(path.name):
            yield dt.date.fromisoformat(path.stem)


class RequestLogger:
    """Logs requests that change something or are answered with an error: path, person, status, duration."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, then log it."""
        began = time.perf_counter()
        setattr(request, NUMBER, secrets.token_hex(4).upper())
        answer = self.get_response(request)
        if request.method not in SAFE_METHODS or answer.status_code >= 400:
            fields = {
                "request_number": number_of(request),
                "method": request.method,
                "path": path_of(request),
                "status": answer.status_code,
                "ms": round((time.perf_counter() - began) * 1000),
                "person": _person(request),
            }
            logger.info("answered", extra=fields)
        return answer


def _person(request: HttpRequest) -> int | None:
    """Return the primary key of the signed-in person, without a database query."""
    user = request.__dict__.get("user")
    if isinstance(user, SimpleLazyObject):
        user = request.__dict__.get("_cached_user")
    return getattr(user, "pk", None)

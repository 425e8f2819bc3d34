"""What the programs write to their log: one JSON object a line, without what people typed or what rows say.

It goes to the console and to one file a day. It holds what changes something, sign-ins, refusals and errors; what was
decided, by whom and why is in the record, which is never shortened.
"""

import datetime as dt
import json
import logging
import logging.handlers
import os
import re
import time
import traceback
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

logger = logging.getLogger(__name__)
LOOKS = ("GET", "HEAD", "OPTIONS")
PARTS = ("method", "path", "status", "ms", "person")
NAME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\.jsonl")
SECRETS = ("token", "key", "uidb36")
"""Parts of an address that open something for whoever holds them."""
TOKEN = re.compile(r"(?<=/)(?=[^/\s?]*[0-9A-Z])[\w:~=.-]{24,}(?=/|\?|\s|$)")
"""A part of an address that opens something to whoever has it: an invitation, a new password."""

UNSEEN = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""What JSON lets through and a screen or a program takes for the end of a line, or turns around."""


class Line(logging.Formatter):
    """Time, level, place and message; of an error its class and where it came through, never its own words.

    Databases quote whole rows in their errors, forms what somebody typed, and addresses tokens. A line break in what
    was sent stays inside its line. Of the person who asked, the number in the register is kept, no name.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": TOKEN.sub("…", record.getMessage()),
        }
        parts = {**vars(record), "status": getattr(record, "status_code", getattr(record, "status", None))}
        line |= {name: parts[name] for name in PARTS if parts.get(name) is not None}
        line |= _asked(getattr(record, "request", None))
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["through"] = [
                f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return UNSEEN.sub(_escaped, json.dumps(line, ensure_ascii=False))


def _asked(request: Any) -> dict[str, Any]:
    """By which method and by whom, as far as that is known already: a line asks no database."""
    if not isinstance(request, HttpRequest):
        return {}
    person = _person(request)
    return {"method": request.method} | ({"person": person} if person else {})


def _escaped(sign: re.Match[str]) -> str:
    return f"\\u{ord(sign[0]):04x}"


def path_of(request: HttpRequest) -> str:
    """The address without its query; where it holds a secret, as it stands in the table of addresses."""
    match = request.resolver_match
    return f"/{match.route}" if match and not match.kwargs.keys().isdisjoint(SECRETS) else request.path


class DayFileHandler(logging.handlers.WatchedFileHandler):
    """The standard handler, on the file of the local day of each line.

    Every process finds the file by the day alone; none has to be renamed while others write to it, as
    `TimedRotatingFileHandler` and logrotate do.
    """

    def __init__(self, folder: Path) -> None:
        """`folder` is where the files lie; one is made with the first line of its day."""
        super().__init__(file_of(folder, _day_of(time.time())), encoding="utf-8", delay=True)
        self.folder = folder

    def emit(self, record: logging.LogRecord) -> None:
        """Append one line; a disk that takes none stops nobody's work."""
        self.baseFilename = str(file_of(self.folder, _day_of(record.created)))
        try:
            super().emit(record)
        except OSError:
            self.handleError(record)

    def _open(self) -> TextIOWrapper:
        """Open the file, for its owner alone."""
        return open(self.baseFilename, "a", encoding="utf-8", opener=_private)


def _day_of(moment: float) -> dt.date:
    return dt.date(*time.localtime(moment)[:3])


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def file_of(folder: Path, day: dt.date) -> Path:
    """The file of a day."""
    return folder / f"{day.isoformat()}.jsonl"


def days_in(folder: Path) -> Iterator[dt.date]:
    """The days of which there is a file, oldest first; other files are nobody's business here."""
    for path in sorted(folder.iterdir()):
        if NAME.fullmatch(path.name):
            yield dt.date.fromisoformat(path.stem)


class Requests:
    """Notes each request that changes something or is answered with a no: where, by whom, how it ended, how long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """As Django calls it."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then note."""
        began = time.perf_counter()
        answer = self.get_response(request)
        if request.method not in LOOKS or answer.status_code >= 400:
            parts = {
                "method": request.method,
                "path": path_of(request),
                "status": answer.status_code,
                "ms": round((time.perf_counter() - began) * 1000),
                "person": _person(request),
            }
            logger.info("answered", extra=parts)
        return answer


def _person(request: HttpRequest) -> int | None:
    """The key of who is signed in, without asking the database for it."""
    user = request.__dict__.get("user")
    if isinstance(user, SimpleLazyObject):
        user = request.__dict__.get("_cached_user")
    return getattr(user, "pk", None)

"""What the programs write to their log: one JSON object a line, without what people typed or what rows say."""

import json
import logging
import re
import traceback
from pathlib import Path
from typing import Any

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
        if status := getattr(record, "status_code", None):
            line["status"] = status
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
    if not hasattr(request, "method"):
        return {}
    person = getattr(getattr(request, "_cached_user", None), "pk", None)
    return {"method": request.method} | ({"person": person} if person else {})


def _escaped(sign: re.Match[str]) -> str:
    return f"\\u{ord(sign[0]):04x}"

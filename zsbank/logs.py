"""What the programs write to their log: one JSON object a line, without what people typed or what rows say."""

import json
import logging
import traceback
from pathlib import Path
from typing import Any


class Line(logging.Formatter):
    """Time, level, place and message; of an error its class and where it came through, never its own words.

    Databases quote whole rows in their errors, and forms what somebody typed.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        status = getattr(record, "status_code", None)
        if status:
            line["status"] = status
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["through"] = [
                f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(line, ensure_ascii=False)

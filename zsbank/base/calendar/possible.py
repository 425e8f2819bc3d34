"""The days that a date in a document can bear."""

import datetime as dt

EARLIEST = dt.date(1949, 10, 1)
LATEST = dt.date(2100, 12, 31)

"""pytest plugin, loaded before the settings: tests run in test mode, with a temporary data folder.

Each process of xdist has a folder of its own in it: locks of a machine, such as that of the letters, are files there.
"""

import os
import tempfile
from pathlib import Path

import pytest

from zsbank import folders

os.environ["ZSBANK_MODE"] = "test"
if "PYTEST_XDIST_WORKER" not in os.environ:
    DATA = tempfile.TemporaryDirectory(prefix="zsbank-test-", ignore_cleanup_errors=True)
    os.environ["ZSBANK_DATA"] = DATA.name
else:
    os.environ["ZSBANK_DATA"] = str(Path(os.environ["ZSBANK_DATA"]) / os.environ["PYTEST_XDIST_WORKER"])
folders.prepare()
ON_SERVERS = bool(os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"))
STORES = "PostgreSQL and Redis" if ON_SERVERS else "SQLite and files; tests marked postgres are deselected"


def pytest_report_header() -> str:
    """Name the database and the queue that the tests use."""
    return f"stores: {STORES}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect tests marked `postgres` when the environment has no PostgreSQL and Redis."""
    if ON_SERVERS:
        return
    deselected = [item for item in items if item.get_closest_marker("postgres")]
    config.hook.pytest_deselected(items=deselected)
    items[:] = [item for item in items if item not in deselected]

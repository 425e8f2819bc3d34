"""pytest loads this before the settings: tests run in test mode, on a data folder that is not anybody's."""

import os
import tempfile

import pytest

from zsbank import folders

os.environ["ZSBANK_MODE"] = "test"
if "PYTEST_XDIST_WORKER" not in os.environ:
    DATA = tempfile.TemporaryDirectory(prefix="zsbank-test-", ignore_cleanup_errors=True)
    os.environ["ZSBANK_DATA"] = DATA.name
folders.prepare()
ON_SERVERS = bool(os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"))
STORES = "PostgreSQL and Redis" if ON_SERVERS else "SQLite and files; tests marked postgres are left out"


def pytest_report_header() -> str:
    """Say what the suite stands on."""
    return f"stores: {STORES}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only PostgreSQL and Redis can show when the suite was not given them."""
    if ON_SERVERS:
        return
    left_out = [item for item in items if item.get_closest_marker("postgres")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]

"""pytest loads this before the settings: tests run in test mode, on a data folder that is not anybody's."""

import os
import tempfile

os.environ["ZSBANK_MODE"] = "test"
if "PYTEST_XDIST_WORKER" not in os.environ:
    DATA = tempfile.TemporaryDirectory(prefix="zsbank-test-", ignore_cleanup_errors=True)
    os.environ["ZSBANK_DATA"] = DATA.name

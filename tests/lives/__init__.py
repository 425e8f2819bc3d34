"""Random lives of banks; assertions outside of test modules explain themselves too."""

import pytest

pytest.register_assert_rewrite(
    "tests.lives.machine", "tests.lives.stretches", "tests.lives.lives", "tests.lives.away"
)

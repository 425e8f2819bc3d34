"""What lives of banks have in common."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override


@pytest.fixture
def in_chinese() -> Iterator[None]:
    """The words are compared in Chinese, whatever language an earlier page had."""
    with override("zh-hans"):
        yield

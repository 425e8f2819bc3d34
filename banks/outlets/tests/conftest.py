"""A spreadsheet that was read."""

from typing import TYPE_CHECKING

import pytest

from banks.outlets.actions.imports import read_import
from banks.outlets.models import OutletImport
from banks.outlets.tests.sheets import outlet, xlsx
from banks.register.models import Bank
from banks.tests.factories import OutletFactory
from zsbank.base.accounts.models import User

if TYPE_CHECKING:
    pass


@pytest.fixture
def read(bank: Bank, clerk: User) -> OutletImport:
    """Three rows: one new, one of a stored name, one with an error."""
    OutletFactory.create(bank=bank, name="示例旧支行", windows=1)
    content = xlsx(
        outlet(), outlet(名称="示例旧支行", 社保卡受理窗口数=4), outlet(名称="示例错支行", 镇街="无此镇")
    )
    return read_import(bank=bank, by=clerk, content=content, name="网点.xlsx")

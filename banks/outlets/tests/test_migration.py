"""What is stored survives the change to names that are compared by their meaning."""

from importlib import import_module

import pytest
from django.apps import apps

from banks.outlets.actions.imports import read_import
from banks.outlets.models import Outlet, OutletImport
from banks.outlets.tests.sheets import csv, outlet
from banks.register.models import Bank
from banks.tests.factories import OutletFactory
from zsbank.base.accounts.models import User

pytestmark = pytest.mark.django_db
MIGRATION = import_module("banks.migrations.0002_outlet_names")


def test_two_spellings_of_one_name_both_stay(bank: Bank, other_bank: Bank) -> None:
    for of, name in ((bank, "示例（小榄）支行"), (bank, "示例乙支行"), (other_bank, "示例(小榄)支行")):
        OutletFactory.create(bank=of, name=name)
    Outlet.objects.filter(name="示例乙支行").update(name="示例(小榄)支行")
    MIGRATION.fill_names(apps, None)
    keys = list(Outlet.objects.order_by("pk").values_list("name_key", flat=True))
    assert keys[0] == keys[2] == "示例(小榄)支行"
    assert keys[1].startswith(keys[0])
    assert keys[1] != keys[0]
    assert Outlet.objects.count() == 3


def test_blanks_of_an_import_that_waits_no_longer_erase(bank: Bank, clerk: User) -> None:
    read = read_import(bank=bank, by=clerk, content=csv(outlet()), name="a.csv")
    read.rows[0]["data"] |= {"uscc": "", "services": [], "windows": 0}
    read.save()
    MIGRATION.leave_blanks(apps, None)
    data = OutletImport.objects.get().rows[0]["data"]
    assert "uscc" not in data
    assert "services" not in data
    assert data["windows"] == 0

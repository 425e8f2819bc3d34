"""Time to import 2,000 outlets from a spreadsheet, compared with entering them one by one.

    .venv/bin/python -m bench.outlet_import

Runs on its own database (SQLite in memory, or the server in DATABASE_URL). Prints one figure per line.
"""

import io
import os
import time
from collections.abc import Callable

import django
from openpyxl import Workbook

from zsbank import folders

ROWS = 2000


def workbook() -> bytes:
    """2,000 invented outlets."""
    from banks.outlets.columns import COLUMNS

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(COLUMNS))
    for number in range(ROWS):
        codes = ["91442000MADEM0038X", f"B9001S24420{number:04d}"]
        sheet.append([f"示例第{number}支行", "小榄镇", "示例路1号", *codes, "是", 2, 3, "9:00—17:00", "全部"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Return seconds and result of a call."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def measure() -> None:
    """Measure reading, saving, and entering one by one."""
    from banks.outlets.actions.imports import import_outlets, read_import
    from banks.outlets.actions.outlets import save_outlet
    from banks.outlets.data import OutletData
    from banks.outlets.models import Outlet
    from banks.tests.factories import make_bank, make_member
    from zsbank.base.roles import Role

    bank = make_bank("示例银行甲", "91442000MADEM00116")
    clerk = make_member(bank, "clerk", Role.BANK_CLERK).user
    content = workbook()
    reading, read = timed(lambda: read_import(bank=bank, by=clerk, content=content, name="网点.xlsx"))
    saving, _counts = timed(lambda: import_outlets(read=read, by=clerk, left_out=[]))  # type: ignore[arg-type]
    rows = list(Outlet.objects.values_list("name", flat=True))
    Outlet.objects.all().delete()

    def one_by_one() -> None:
        for name in rows:
            data = OutletData(name=name, town="小榄镇", address="示例路1号", windows=2, trained_staff=3)
            save_outlet(bank=bank, outlet=None, data=data, by=clerk)

    entering, _none = timed(one_by_one)
    print(f"read and check {ROWS} rows: {reading:.2f} s")
    print(f"save them: {saving:.2f} s")
    print(f"enter them one by one: {entering:.2f} s, {entering / (reading + saving):.1f} times the import")


if __name__ == "__main__":
    os.environ.setdefault("ZSBANK_MODE", "test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zsbank.settings")
    folders.prepare()
    django.setup()
    from django.test.runner import DiscoverRunner

    runner = DiscoverRunner(verbosity=0, interactive=False)
    kept = runner.setup_databases()
    try:
        measure()
    finally:
        runner.teardown_databases(kept)

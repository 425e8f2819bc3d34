"""A workbook read and judged at once: what cannot be read, and what contradicts itself or the register."""

from exit.takeover.checks.all_rows import in_order
from exit.takeover.checks.faults import Faulty
from exit.takeover.checks.plan import Plan, plan_of
from exit.takeover.data import Rows
from exit.takeover.import_sheet.reading import read_workbook


def judged_workbook(content: bytes, name: str) -> tuple[Rows, Plan]:
    """Return the rows of a workbook without faults, and what they make of each bank.

    Cells that cannot be read do not keep the rows of other banks from being judged: all faults are named at once.

    Args:
        content: the bytes of the file.
        name: the file name given by the person.

    Raises:
        FileRefused: it is no workbook, is damaged, has active content, or is larger than its limits.
        Faulty: cells, columns, sheets or rows are wrong; each is named.
    """
    try:
        rows = read_workbook(content, name)
    except Faulty as refusal:
        further = plan_of(refusal.rows).faults if refusal.rows is not None else []
        raise Faulty(in_order([*refusal.faults, *further])) from refusal
    plan = plan_of(rows)
    if plan.faults:
        raise Faulty(plan.faults)
    return rows, plan

"""Every lock and every write: each action locks its bank, then its case, then its row; then it writes what was agreed.

The order is recorded on SQLite, too, where a lock is a query like any other; races with a control run on PostgreSQL.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model

from tests.actions.examples import ROOTS, actions, carry_out, examples
from tests.actions.recording import SERIES, recorded
from tests.actions.stage import Staged, on_stage
from zsbank.base.actions.rows import bank_of, case_of
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry

ACTIONS, EXAMPLES = actions(), examples()
BESIDES_IN_ORDER = """
    admission.applications.actions.answers.keep_answer:
        admission.answer
    admission.applications.actions.answers.save_answer:
        admission.answer
    admission.applications.actions.applications.submit_application:
        admission.answer
    admission.applications.actions.applications.withdraw_application:
        admission.answer
    admission.applications.actions.copying.copy_answers:
        admission.answer
    admission.applications.actions.evidence.attach_evidence:
        admission.answer
    admission.applications.actions.supplements.end_supplement:
        admission.answer
    admission.applications.actions.supplements.submit_supplement:
        admission.answer
    admission.decisions.actions.agreements.record_agreement:
        banks.bank
    admission.decisions.actions.decisions.recommend:
        admission.finding admission.remark
    admission.decisions.actions.decisions.send_back:
        admission.recommendation
    admission.decisions.actions.decisions.void_recommendation:
        admission.recommendation
    admission.review.actions.findings.keep_finding:
        admission.finding
    admission.review.actions.findings.record_finding:
        admission.finding
    admission.review.actions.supplements.keep_remark:
        admission.remark
    admission.review.actions.supplements.record_remark:
        admission.remark
    admission.review.actions.supplements.request_supplement:
        admission.finding admission.remark
    banks.members.actions.invitations.accept_with_new_account:
        banks.bank banks.invitation
    banks.outlets.actions.imports.import_outlets:
        banks.outlet
    banks.outlets.actions.takeover.take_over_outlets:
        banks.outlet
    exit.cases.actions.cases.sign_exit:
        banks.bank banks.qualification
    exit.cases.actions.takeover.take_over_exit:
        banks.bank banks.qualification
    exit.takeover.actions.takeovers.confirm_takeover:
        banks.bank banks.bank banks.bank banks.bank
    inspections.assessments.actions.orders.open_orders_after_failing_years:
        banks.bank
    inspections.assessments.actions.orders.withdraw_groundless_order:
        banks.bank
    inspections.assessments.actions.results.record_assessment:
        inspections.assessmentscheme
    inspections.assessments.actions.results.record_assessments:
        inspections.assessmentscheme
    inspections.complaints.actions.imports.import_complaints:
        banks.bank
    inspections.rectification.actions.determinations.confirm_determination:
        banks.bank inspections.rectificationorder banks.bank
    inspections.rectification.actions.determinations.make_determination:
        banks.bank inspections.rectificationorder banks.bank
    inspections.rectification.actions.orders.set_aside:
        banks.bank
    inspections.verification.actions.deciding.accept_rectification:
        banks.bank
    inspections.rectification.actions.takeover.take_over_order:
        banks.bank
    inspections.setting_aside.actions.settings_aside.accept_setting_aside:
        banks.bank inspections.determination banks.bank inspections.rectificationorder banks.bank
    inspections.determinations.actions.proposals.propose_determination:
        banks.bank
    inspections.visits.actions.following.propose_after_inspection:
        banks.bank banks.bank
    inspections.schemes.actions.publish_scheme:
        inspections.assessmentscheme inspections.assessmentscheme
    zsbank.base.accounts.actions.enter_officer:
        accounts.user
"""
"""What actions lock besides bank, case and row, in order."""

BESIDES = dict(re.findall(r"([\w.]+):\n +(.+)", BESIDES_IN_ORDER))

PLACES = """
    admission/applications/actions/answers.py:answer_of
    admission/applications/actions/answers.py:record_all_kept
    admission/applications/actions/answers.py:record_typed
    admission/decisions/actions/decisions.py:_return_to_review
    admission/review/actions/kept.py:_record_typed
    admission/review/actions/kept.py:record_all_kept
    banks/changes/actions/divisions.py:enter_divisions
    banks/changes/actions/register.py:enter_successor
    banks/members/actions/messages.py:notify_of_release
    banks/members/actions/messages.py:tell_of_deactivated
    banks/members/actions/reminders.py:remind
    banks/outlets/actions/imports.py:import_outlets
    banks/outlets/actions/outlets.py:save_outlet
    banks/outlets/actions/takeover.py:take_over_outlets
    banks/register/actions.py:next_case_number
    exit/takeover/actions/takeovers.py:_lock_banks
    inspections/schemes/models.py:of_year
    zsbank/base/accounts/actions.py:_connect
    zsbank/base/accounts/factors.py:_seal_one
    zsbank/base/accounts/recovery_codes.py:_row
    zsbank/base/actions/door.py:_checked
    zsbank/base/actions/rows.py:lock
    zsbank/base/actions/rows.py:lock_in_order
    zsbank/base/actions/rows.py:lock_in_order
    zsbank/base/actions/rows.py:lock_in_order
    zsbank/base/actions/rows.py:lock_in_order
    zsbank/base/files/actions.py:_store_outage
    zsbank/base/files/actions.py:pass_file
    zsbank/base/files/choosing.py:_keep
    zsbank/base/files/choosing.py:forget
    zsbank/base/files/chosen.py:use
    zsbank/base/letters/actions.py:_next_number
    zsbank/base/letters/actions.py:begin_attempt
    zsbank/base/notices/actions.py:begin_attempt
"""
"""Every function that locks rows."""


def agreed_writes() -> dict[str, str]:
    """Return what actions write, from `tests/writes.txt` of each subject; a subject without the file has none."""
    found: dict[str, str] = {}
    for package in {name.partition(".actions")[0] for name in ACTIONS}:
        file = Path(package.replace(".", "/")) / "tests" / "writes.txt"
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        blocks = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
        found |= {
            f"{package}.{name}": said.strip() for name, _line, said in (one.partition("\n") for one in blocks)
        }
    return found


AGREED_WRITES = agreed_writes()


def ordered(name: str, arguments: dict[str, Any]) -> list[str]:
    """Return what the action locks by its declaration: bank, case and row, of each of its rows."""
    one = ACTIONS[name]
    rows = arguments.get(one.on)
    found = []
    for row in [rows] if isinstance(rows, Model) else rows or []:
        case = case_of(row, one.within)
        locked = dict.fromkeys([bank_of(case), case, row])
        found += [each._meta.label_lower for each in locked if isinstance(each, Model)]
    return [label for label in found if label not in SERIES]


@on_stage(ACTIONS)
def test_action_locks_in_order_and_writes_what_was_agreed(
    staged: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, arguments = staged.name, staged.arguments
    first, last = ordered(name, arguments), last_entry()
    with recorded(monkeypatch) as found:
        carry_out(ACTIONS[name], arguments)
    assert found.locked == [*first, *BESIDES.get(name, "").split()]
    assert found.before < 0 or found.before >= len(first), "written before it was locked"
    said = "\n".join([*found.written, *entries_after(last)])
    assert said == AGREED_WRITES.get(name, said)


def last_entry() -> int:
    """Return the key of the newest journal entry."""
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def entries_after(last: int) -> Iterator[str]:
    """Yield what the entries since then hold: transition, and which of reason, other day, and particulars."""
    for entry in Entry.objects.filter(pk__gt=last).order_by("pk"):
        moved = f" {entry.from_state or 'nothing'} → {entry.to_state}" if entry.to_state else ""
        reason = ", reason" if entry.reason else ""
        day = ", other day" if entry.effective_on != clock.today() else ""
        data = f": {' '.join(sorted(entry.data))}" if entry.data else ""
        yield f"entry {entry.verb} of {entry.subject_type or 'nothing'}{moved}{reason}{day}{data}"


def test_every_agreed_action_exists() -> None:
    assert sorted(AGREED_WRITES.keys() - ACTIONS.keys()) == []


def places() -> Iterator[str]:
    """Yield every function that locks rows, with its module."""
    for root in ROOTS:
        for file in sorted(Path(root).glob("**/*.py")):
            if not {"tests", "migrations"} & set(file.parts):
                yield from (f"{file}:{name}" for name in locking(ast.parse(file.read_text(encoding="utf-8"))))


def locking(tree: ast.AST) -> Iterator[str]:
    """Yield the functions of a module that lock rows, once for each lock."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                called = node.func if isinstance(node, ast.Call) else None
                name = getattr(called, "attr", "") or getattr(called, "id", "")
                if name in ("select_for_update", "lock", "lock_in_order"):
                    yield function.name


def test_every_lock_is_where_it_was_agreed() -> None:
    assert sorted(places()) == sorted(PLACES.split())

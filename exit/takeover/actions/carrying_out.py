"""Bringing the rows of a confirmed takeover into the register, by the inner actions of the subjects below."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from banks.members.actions.takeover import invite_taken_over
from banks.outlets.actions.takeover import take_over_outlets
from banks.papers.actions import (
    mark_bank,
    take_over_bank,
    take_over_letter,
    take_over_qualification,
)
from banks.papers.models import PaperLetter
from banks.register.models import Bank, Qualification
from exit.takeover.actions.exits import take_over_exit_of
from exit.takeover.actions.orders import take_over_order_of
from exit.takeover.checks.grouped import day_of
from exit.takeover.data import Paper
from exit.takeover.models import Takeover
from exit.takeover.queries import KIND_OF_PART
from inspections.assessments.actions.results import take_over_result
from zsbank.base.accounts.models import User
from zsbank.base.files.models import StoredFile
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from exit.takeover.checks.bank_plan import BankPlan, HeldPlan
    from exit.takeover.checks.plan import Plan

ScanOf = Mapping[str, StoredFile | None]


class Papers:
    """Enters the letters of a takeover, each with its scan."""

    def __init__(self, takeover: Takeover, scans: ScanOf, by: User) -> None:
        """Keep what every letter needs."""
        self._takeover, self._scans, self._by = takeover, scans, by

    def enter(self, bank: Bank, row: Paper) -> PaperLetter:
        """Enter the letter of a row."""
        return take_over_letter(
            bank=bank,
            kind=KIND_OF_PART[row.part],
            number=row.document_number,
            date=row.issued_on,
            signer=row.signer,
            file=self._scans.get(f"{row.part.value}-{row.number}"),
            takeover_number=self._takeover.case_number,
            by=self._by,
        )


def carry_out(takeover: Takeover, plan: "Plan", scans: ScanOf, by: User) -> None:
    """Enter all rows; banks in the order in which every action locks them, new ones last."""
    papers = Papers(takeover, scans, by)
    known = [one for one in plan.banks if one.existing is not None]
    new = [one for one in plan.banks if one.existing is None]
    for one in (*sorted(known, key=lambda one: one.existing.pk if one.existing else 0), *new):
        _enter_bank(one, takeover, papers, by)


def _enter_bank(one: "BankPlan", takeover: Takeover, papers: Papers, by: User) -> None:
    own = one.of_bank
    bank = mark_bank(bank=one.existing, by=by) if one.existing else take_over_bank(data=own.bank.data, by=by)
    if own.outlets:
        take_over_outlets(bank=bank, rows=[outlet.row for outlet in own.outlets], by=by)
    for place, held in enumerate(one.held):
        later = one.held[place + 1] if place + 1 < len(one.held) else None
        _enter_held(bank, held, later, takeover, papers, by)
        bank = Bank.objects.get(pk=bank.pk)
    for person in own.people:
        invite_taken_over(
            bank=bank,
            name=person.name,
            email=person.email,
            role=Role(person.role),
            invited_by=takeover.entered_by,
            by=by,
        )


def _enter_held(
    bank: Bank, one: "HeldPlan", later: "HeldPlan | None", takeover: Takeover, papers: Papers, by: User
) -> None:
    """Enter a qualification with what came about under it, up to its end."""
    row = one.held.row
    qualification = take_over_qualification(
        bank=bank,
        by=by,
        paper=papers.enter(bank, row),
        effective_from=row.effective_from,
        issuing_from=row.issuing_from,
        review_approval_number=row.review_approval_number,
        review_approval_date=row.review_approval_date,
    )
    _enter_results(qualification, one, takeover, papers, by)
    ordered = {
        order.number: take_over_order_of(
            order,
            qualification,
            papers.enter(qualification.bank, order),
            entered_by=takeover.entered_by,
            by=by,
        )
        for order in sorted(one.held.orders, key=day_of)
    }
    take_over_exit_of(
        one, qualification, lambda row: papers.enter(qualification.bank, row), ordered, later=later, by=by
    )


def _enter_results(
    qualification: Qualification, one: "HeldPlan", takeover: Takeover, papers: Papers, by: User
) -> None:
    for result in sorted(one.held.results, key=lambda row: row.year):
        take_over_result(
            qualification=qualification,
            year=result.year,
            grade=result.grade,
            score=result.score,
            reason=result.reason,
            paper=papers.enter(qualification.bank, result),
            entered_by=takeover.entered_by,
            by=by,
        )

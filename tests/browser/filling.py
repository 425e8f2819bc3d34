"""Filling in a criterion."""

from pathlib import Path

from admission.editions.models import PolicyEdition
from admission.editions.terms import FactKind
from banks.register.models import CardVendor
from tests.browser.person import Person
from zsbank.base.calendar import clock

ANSWERS = {
    "issued_on": "2015-03-01",
    "approval_date": "2019-11-01",
    "signed_by_both_on": "2020-01-02",
    "email": "liaison@bank.example",
    "office_phone": "0760-88880000",
    "small_account_fee": "0",
    "annual_fee": "0",
}


def answer(clerk: Person, path: str, number: int, document: Path) -> None:
    """Open a criterion, fill in its fields, attach a document if required, and save."""
    clerk.open(path)
    clerk.fill(text="我行符合本条要求，证明材料附后。")
    edition = PolicyEdition.objects.valid_on(clock.today())
    assert edition is not None
    criterion = edition.criteria.get(number=number)
    for field in criterion.fact_fields:
        value = ANSWERS.get(
            field.name, str(CardVendor.objects.get().pk) if field.kind == FactKind.VENDOR else "示例"
        )
        clerk.fill(**{f"fact_{field.name}": value})
    if criterion.undertaking_needed:
        clerk.fill(signatory="行长甲", signed_on="2020-01-03")
    if criterion.evidence_needed:
        clerk.attach("file", document)
    if number == 2:
        clerk.page.locator("#saved").filter(has_text="已保存").wait_for()
    if number in (1, 7, 13):
        clerk.picture(f"bank-criterion-{number}")
    clerk.press("保存并核对全文" if number == 24 else "保存并继续")
    assert "内容尚未保存" not in clerk.text()

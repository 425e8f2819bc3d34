"""The desk by keyboard: palette, rows of a list, the way back; nothing grave for axe, nothing too wide."""

from collections.abc import Callable

import pytest

from banks.register.models import Bank
from banks.tests.factories import OutletFactory
from tests.browser.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def focused(person: Person) -> str:
    """Return the text of what has the focus."""
    return str(person.page.evaluate("document.activeElement.textContent")).strip()


def test_palette_finds_and_opens_by_keyboard(
    at_desk: Callable[[str], Person], officers: None, bank: Bank
) -> None:
    officer = at_desk("reviewer").sign_in()
    officer.open("/admin/")
    officer.picture("desk-work-list")
    officer.page.keyboard.press("Control+k")
    officer.page.keyboard.type(bank.name[:4])
    officer.page.locator("#palette a", has_text=bank.name).first.wait_for()
    officer.picture("desk-palette")
    officer.page.keyboard.press("ArrowDown")
    assert focused(officer).startswith(bank.name)
    with officer.page.expect_navigation():
        officer.page.keyboard.press("Enter")
    assert f"/admin/banks/bank/{bank.pk}/" in officer.page.url


def test_rows_are_opened_and_found_again_by_keyboard(
    at_desk: Callable[[str], Person], officers: None, bank: Bank
) -> None:
    for name in ("东区支行", "石岐支行", "小榄支行"):
        OutletFactory.create(bank=bank, name=name)
    officer = at_desk("reviewer").sign_in()
    officer.open("/admin/banks/outlet/")
    officer.picture("desk-list")
    officer.page.keyboard.press("j")
    officer.page.keyboard.press("j")
    row = focused(officer)
    with officer.page.expect_navigation():
        officer.page.keyboard.press("Enter")
    with officer.page.expect_navigation():
        officer.page.locator(".crumbs a").first.click()
    officer.page.wait_for_function("document.activeElement.closest('[data-row]')")
    assert focused(officer) == row
    officer.page.keyboard.press("/")
    assert officer.page.evaluate("'listSearch' in document.activeElement.dataset")

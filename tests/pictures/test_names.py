"""The same page has the same name, whatever its address and number."""

import pytest

from tests.pictures.crawl import Frontier, is_page
from tests.pictures.names import name_of, pattern_of


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "home~1"),
        ("/applications/9/criteria/24/", "applications.N.criteria.N~1"),
        ("/admin/operations/sweeprun/2/change/", "admin.operations.sweeprun.N.change~1"),
        ("/admin/operations/sweeprun/3/change/", "admin.operations.sweeprun.N.change~1"),
        ("/admin/banks/outlet/?town=x&all=", "admin.banks.outlet__all&town~1"),
        (f"/bank/invitation/{'a1' * 20}/", "bank.invitation.TOKEN~1"),
        ("/accounts/2fa/", "accounts.2fa~1"),
    ],
)
def test_name(address: str, name: str) -> None:
    assert name_of(pattern_of(address), 1) == name


@pytest.mark.parametrize(
    "address", ["/accounts/logout/", "/admin/x/?o=", "/admin/x/?o=1", "/a/9/receipt.pdf", "/api/v1/banks/"]
)
def test_no_page(address: str) -> None:
    assert not is_page(address)


def test_first_and_last_address_of_a_pattern_are_opened() -> None:
    frontier = Frontier(["/banks/"], set())
    opened = []
    for address in frontier.levels():
        opened.append(address)
        frontier.opens(address, [f"/banks/{number}/" for number in (3, 10, 2)])
    assert opened == ["/banks/", "/banks/2/", "/banks/10/"]


def test_each_filter_is_opened_once() -> None:
    filters: set[str] = set()
    for expected in (["/banks/", "/banks/?town=1"], ["/banks/"]):
        frontier = Frontier(["/banks/"], filters)
        opened = []
        for address in frontier.levels():
            opened.append(address)
            frontier.opens(address, ["/banks/?town=1&year=2" if "?" in address else "/banks/?town=1"])
        assert opened == expected

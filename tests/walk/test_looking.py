"""Every file that a bank may download can be looked at in a page, and its links lead there."""

import re
from collections.abc import Iterator

import pytest

from tests.walk.addresses import Kind
from tests.walk.test_walk import LEAVES, client_of, fill, walked
from tests.walk.world import World

pytestmark = pytest.mark.django_db
MADE = (".pdf", ".csv", ".xlsx")
"""Endings of addresses whose content is made on request; each has a page with the same content."""
LINK = re.compile(r'href="([^"#]+)"')


def portal(world: World) -> Iterator[str]:
    """Return every portal address with a bank's own objects."""
    for route, access, verb in walked(world):
        if access.kind == Kind.PORTAL and route not in LEAVES:
            yield fill(route, access, world, "own", verb)


def test_every_stored_file_can_be_looked_at(world: World) -> None:
    client, files, links = client_of(world.administrator), set[str](), list[tuple[str, str]]()
    for address in {*portal(world)}:
        answer = client.get(address)
        if answer.streaming:
            answer.getvalue()
        if "Content-Disposition" in answer.headers and not address.endswith(MADE):
            files.add(address)
            look = client.get(f"{address}?look")
            assert look.headers["Content-Type"].startswith("text/html"), f"{address} cannot be looked at"
            page = look.content.decode()
            assert f"{address}?open" in page
            shown = client.get(f"{address}?open")
            shown.getvalue()
            assert shown.headers["Content-Disposition"].startswith("inline"), address
        elif answer.headers["Content-Type"].startswith("text/html"):
            links += [(address, link) for link in LINK.findall(answer.content.decode())]
    assert len(files) >= 5
    wrong = [f"{page}: {link}" for page, link in links if link in files]
    assert not wrong, "links that only download:\n" + "\n".join(wrong)
    assert any(link.partition("?")[0] in files for _page, link in links)

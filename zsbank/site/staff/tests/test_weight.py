"""How much the first page and the first list of the desk load: the page as sent, and every file that it names."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from banks.register.models import Bank
from banks.tests.factories import OutletFactory

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
FILE = re.compile(rf"""(?:src|href)="{settings.STATIC_URL}([^"?#]+)""")
URL = re.compile(r"""url\(["']?([^"')?#]+)""")
HASH = re.compile(r"\.[0-9a-f]{12}(?=\.)")
BOUNDS = {"/admin/": 250_000, "/admin/banks/outlet/": 300_000}
"""Bytes, without compression of the files; the review of the first version found 490 and 429 KB."""


def size_of(name: str) -> int:
    """Return the bytes of a static file and of what a style sheet loads."""
    found = finders.find(HASH.sub("", name)) or Path(settings.STATIC_ROOT) / name
    path = Path(str(found))
    assert path.exists(), name
    own = path.stat().st_size
    if path.suffix != ".css":
        return own
    loaded = {(path.parent / one).resolve() for one in URL.findall(path.read_text()) if ":" not in one}
    return own + sum(one.stat().st_size for one in loaded if one.exists())


@pytest.mark.parametrize("address", sorted(BOUNDS))
def test_first_page_is_light(address: str, client: Client, bank: Bank, people: "People") -> None:
    OutletFactory.create_batch(50, bank=bank)
    client.force_login(people.reviewer)
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    page = client.get(address).content.decode()
    files = {*FILE.findall(page)}
    assert len(files) > 2
    assert not [name for name in files if "chart" in name]
    weight = {name: size_of(name) for name in files} | {"page": len(answer.content)}
    assert sum(weight.values()) <= BOUNDS[address], weight

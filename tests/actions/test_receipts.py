"""Everything that a bank hands in has a receipt: as a page and as PDF, linked from the page of its case."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.actions.examples import actions, examples
from tests.actions.scene import Scene
from tests.actions.test_bank_pages import address_of, read
from zsbank.base.accounts.models import User
from zsbank.base.cases.receipts import Receipt
from zsbank.base.cases.registry import cases
from zsbank.base.files.models import StoredFile
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb
from zsbank.base.submissions import SUBMISSIONS

pytestmark = pytest.mark.django_db
NOTHING_HANDED_IN = {Verb.WITHDRAW_APPLICATION, Verb.WITHDRAW_EXIT_APPLICATION, Verb.WITHDRAW_BANK_CHANGE}
"""Submissions that take something back."""
RECEIPTS: dict[Verb, Receipt] = {one.verb: one for case in cases() for one in case.receipts}


def signed_in(person: User) -> Client:
    """Return the client of a person."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_everything_handed_in_has_a_declared_receipt() -> None:
    assert set(RECEIPTS) == SUBMISSIONS - NOTHING_HANDED_IN
    assert len({one.url for one in RECEIPTS.values()}) == len(RECEIPTS)


@pytest.mark.parametrize("verb", sorted(RECEIPTS))
def test_receipt_lists_number_moment_person_and_hashes(verb: Verb, scene: Scene) -> None:
    name, action = next((name, one) for name, one in actions().items() if one.verb == verb)
    given = examples()[name](scene)
    stored = {*StoredFile.objects.values_list("pk", flat=True)}
    row = action(**given)
    receipt = RECEIPTS[verb]
    if verb == Verb.SUBMIT_SUPPLEMENT:
        row = row.supplement_requests.get()  # the action returns the application
    handed = receipt.of(row)
    assert handed is not None
    listed = {file.pk for _label, file in handed.files}
    assert {*StoredFile.objects.values_list("pk", flat=True)} - stored <= listed
    page = read(handed.case, receipt.page(row))
    said = [handed.number, f"{timezone.localtime(handed.at):%Y-%m-%d %H:%M:%S}", str(given["by"])]
    said += [text for _label, file in handed.files for text in (file.name, file.sha256)]
    said += [text for _label, text in handed.texts]
    assert handed.files or handed.texts or handed.changes
    assert [text for text in said if text not in page] == []
    assert f'href="{receipt.page(row)}"' in read(handed.case, address_of(handed.case)), "not linked"
    last = Entry.objects.latest("pk").pk
    pdf = signed_in(scene.clerk).get(receipt.pdf(row))
    assert pdf.content.startswith(b"%PDF-")
    assert [entry.verb for entry in Entry.objects.filter(pk__gt=last)] == [Verb.DOWNLOAD_RECEIPT]
    for address in (receipt.page(row), receipt.pdf(row)):
        assert signed_in(scene.stranger).get(address).status_code == 404

"""Service of letters outside the portal: days, proof, journal, pages."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.urls import case_page
from zsbank.base.journal.models import Entry
from zsbank.base.letters.actions import record_service
from zsbank.base.letters.models import Letter, Service
from zsbank.base.letters.queries import served_from
from zsbank.base.letters.terms import Manner
from zsbank.base.letters.tests.examples import proof
from zsbank.base.letters.tests.test_letters import signed
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, Refused

if TYPE_CHECKING:
    from banks.register.models import Bank
    from conftest import People

pytestmark = pytest.mark.django_db
ISSUED = dt.date(2026, 1, 5)


@pytest.fixture
def letter(bank: "Bank", people: "People") -> Letter:
    """A letter of 2026-01-05."""
    return signed(bank, people.decider, on=ISSUED)


@pytest.mark.parametrize(
    ("manner", "effective"),
    [
        (Manner.IN_PERSON, dt.date(2026, 1, 8)),
        (Manner.POST, dt.date(2026, 1, 8)),
        (Manner.LEFT, dt.date(2026, 1, 8)),
        (Manner.PUBLIC_NOTICE, dt.date(2026, 2, 7)),
    ],
)
def test_public_notice_counts_thirty_days_later(
    manner: Manner, effective: dt.date, letter: Letter, people: "People"
) -> None:
    record_service(letter=letter, by=people.intake, **proof(manner, dt.date(2026, 1, 8)))
    assert served_from(letter) == effective


def test_first_service_to_count_is_the_day(letter: Letter, people: "People") -> None:
    record_service(letter=letter, by=people.intake, **proof(Manner.PUBLIC_NOTICE, dt.date(2026, 1, 8)))
    record_service(letter=letter, by=people.intake, **proof(Manner.LEFT, dt.date(2026, 1, 20)))
    assert served_from(letter) == dt.date(2026, 1, 20)


@pytest.mark.parametrize("day", [ISSUED - dt.timedelta(days=1), dt.date(2026, 2, 2)])
def test_day_before_the_letter_or_after_today_is_refused(
    day: dt.date, letter: Letter, people: "People"
) -> None:
    with clock.playing(dt.date(2026, 2, 1)), pytest.raises(Refused) as refusal:
        record_service(letter=letter, by=people.intake, **proof(on=day))
    assert refusal.value.code == "day"
    assert not Service.objects.exists()


def test_service_names_a_receiver(letter: Letter, people: "People") -> None:
    with pytest.raises(Incomplete):
        record_service(letter=letter, by=people.intake, **proof() | {"note": " "})


def test_entry_holds_what_the_proof_says(letter: Letter, people: "People") -> None:
    service = record_service(letter=letter, by=people.intake, **proof(on=ISSUED))
    entry = Entry.objects.get(verb=Verb.RECORD_SERVICE)
    assert (entry.subject_type, entry.subject_id, entry.uscc) == ("letters.letter", letter.pk, letter.uscc)
    assert entry.data["facts"][f"letters.service {service.pk}"]["served_on"] == "2026-01-05"
    assert entry.data["sha256"] == service.document.sha256


def signed_in(person: User) -> Client:
    """Return the client of a person."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_service_is_shown_at_the_desk_and_to_the_bank(letter: Letter, people: "People", clerk: User) -> None:
    service = record_service(letter=letter, by=people.intake, **proof(Manner.LEFT, ISSUED))
    page = signed_in(people.inspector).get(case_page(letter)).content.decode()
    assert "留置送达" in page
    proof_of = reverse("admin:letters_letter_file", args=[letter.pk, service.document_id])
    assert proof_of in page
    sent = signed_in(people.inspector).get(proof_of)
    assert sent.getvalue().startswith(b"%PDF")
    assert signed_in(clerk).get(proof_of).status_code != 200
    assert "留置送达" in signed_in(clerk).get("/bank/letters/").content.decode()

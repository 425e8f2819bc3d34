"""Every signature against a bank rests on a hearing that is as the journal says."""

from typing import Any

import pytest

from banks.hearings.actions import answer_statement, state_case
from banks.hearings.models import PriorNotice
from tests.actions.examples import heard
from tests.actions.scene import Scene
from tests.actions.test_offers import adverse_offers
from zsbank.base.accounts.models import User
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.registry import hearings, letter_kinds
from zsbank.base.letters.models import Letter
from zsbank.base.refusals import Refused

pytestmark = pytest.mark.django_db
HEARD = heard()


def answered(key: str, scene: Scene) -> tuple[Any, list[tuple[Offer, User]]]:
    """Return a case in which the bank was heard, and each signature against it with somebody who may sign."""
    case = HEARD[key](scene)
    notice = state_case(notice=PriorNotice.objects.get(), text="网点已恢复。", by=scene.clerk)
    officers = User.objects.filter(is_staff=True)
    other = next(one for one in officers if answer_statement.verdict(one, notice))
    answer_statement(notice=notice, text="经复核不采纳。", by=other)
    case.refresh_from_db()
    signatures = []
    for offer in adverse_offers(case):
        may = [one for one in officers if offer.action.verdict(one, offer.row(case))]
        signatures += [(offer, may[0])] if may else []
    return case, signatures


def sign(offer: Offer, by: User, case: Any) -> None:
    """Carry out the action of an offer."""
    offer.action(**{str(offer.action.on): offer.row(case), "by": by})


def adverse_letters() -> int:
    """Return how many letters against a bank are signed."""
    return Letter.objects.filter(
        kind__in=[code for code, kind in letter_kinds().items() if kind.adverse]
    ).count()


@pytest.mark.parametrize("key", sorted(hearings()))
def test_nothing_is_signed_on_a_statement_that_was_changed(key: str, scene: Scene) -> None:
    case, signatures = answered(key, scene)
    assert signatures
    said = PriorNotice.objects.get().statement
    for offer, by in signatures:
        PriorNotice.objects.update(statement="无异议。")
        with pytest.raises(Refused) as refused:
            sign(offer, by, case)
        assert refused.value.code == "contradicted"
        assert adverse_letters() == 0
        PriorNotice.objects.update(statement=said)
        sign(offer, by, case)
        assert adverse_letters() == 1

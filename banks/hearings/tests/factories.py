"""Prior notices for tests."""

from banks.hearings.actions import give_prior_notice
from banks.hearings.models import PriorNotice
from banks.hearings.terms import PRIOR_NOTICE
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.actions.tests.inside import inside
from zsbank.base.files.models import StoredFile
from zsbank.base.letters.data import LetterData, Paragraph
from zsbank.base.permissions import Verb


def letter_data(bank: Bank) -> LetterData:
    """The content of a prior notice."""
    return LetterData(
        kind=PRIOR_NOTICE.code,
        title="关于拟作出处理的告知函",
        addressee=bank.name,
        uscc=bank.uscc,
        paragraphs=(Paragraph("特此告知。"),),
    )


def given_notice(bank: Bank, by: User, *, days: int = 5) -> PriorNotice:
    """A notice given today for a new case; `days` are working days."""
    case = StoredFile(pk=PriorNotice.objects.count() + 1)
    with inside(Verb.RECOMMEND, by):
        return give_prior_notice(bank=bank, case=case, data=letter_data(bank), days=days, by=by)

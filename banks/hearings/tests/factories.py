"""Prior notices for tests."""

import datetime as dt

from django.db.models import Model

from banks.hearings.actions import give_prior_notice
from banks.hearings.models import PriorNotice
from banks.hearings.terms import PRIOR_NOTICE
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.actions.tests.inside import inside
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import calculate
from zsbank.base.calendar.periods import Unit
from zsbank.base.files.models import StoredFile
from zsbank.base.journal import actions as journal
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


def silent(bank: Bank, case: Model) -> PriorNotice:
    """A notice of three weeks ago on a case, as a row without a letter: the bank stated nothing."""
    told_on = clock.today() - dt.timedelta(days=21)
    period = calculate(told_on, 5, Unit.WORKDAY)
    notice = PriorNotice.objects.create(
        bank=bank,
        case_type=case._meta.label_lower,
        case_id=case.pk,
        told_on=told_on,
        due_date=period.last_day,
        due_period=period.to_json(),
    )
    journal.record(verb=Verb.GIVE_PRIOR_NOTICE, by=None, subject=notice, uscc=bank.uscc)
    return notice

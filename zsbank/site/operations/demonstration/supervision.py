"""Steps of supervision in the demonstration: schemes, assessments, determinations."""

import datetime as dt
from decimal import Decimal

from banks.hearings import actions as hearings
from banks.hearings.rules import notices_on
from banks.register.models import Bank
from inspections.assessments.actions import results
from inspections.determinations.actions.proposals import propose_determination
from inspections.determinations.models import Determination
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.actions.determinations import make_determination
from inspections.schemes import actions as schemes
from inspections.schemes.bands import digest_of
from inspections.schemes.models import AssessmentScheme
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.site.operations.demonstration.documents import paper
from zsbank.site.operations.demonstration.people import Officers

BANDS = [
    {"grade": "优", "from": "90"},
    {"grade": "良", "from": "75"},
    {"grade": "中", "from": "60"},
    {"grade": "不合格", "from": "0"},
]
DAY = dt.timedelta(days=1)
STATEMENT = "两个网点因装修停办，已安排流动服务车并在门口公告，请贵局酌情考虑。"
ANSWER = (
    "经复核，流动服务车未受理补换卡业务，公告未载明可办理的网点，停办的事实成立；装修情况已在认定中考虑。"
)


def scheme(officers: Officers, year: int) -> AssessmentScheme:
    """Return the assessment scheme of a year; drafted and published in its spring."""
    found = AssessmentScheme.objects.of_year(year)
    if found is not None:
        return found
    with clock.playing(dt.date(year, 3, 2)):
        draft = schemes.draft_scheme(year=year, rows=BANDS, by=officers.assessor)
        return schemes.publish_scheme(scheme=draft, seen=digest_of(draft.bands), by=officers.decider)


def assess(bank: Bank, officers: Officers, year: int, score: str, day: dt.date) -> None:
    """Finalise an annual assessment on a day."""
    scheme(officers, year)
    with clock.playing(day):
        assessment = results.record_assessment(
            bank=bank, year=year, score=Decimal(score), reason="年度服务质量考核结果。", by=officers.assessor
        )
        results.finalise_assessment(assessment=assessment, by=officers.assessor2)


def propose(bank: Bank, officers: Officers, day: dt.date, slug: str, facts: str) -> Determination:
    """Propose to determine that a criterion is no longer met."""
    qualification = bank.qualifications.get(cancelled_on=None)
    criteria = qualification.decision.application.edition.criteria.filter(slug=slug)
    with clock.playing(day):
        return propose_determination(
            bank=bank,
            by=officers.inspector,
            kind=DeterminationKind.CRITERIA_NOT_MET,
            facts=facts,
            criteria=list(criteria),
            document=paper("现场检查记录", facts),
            document_name="现场检查记录.pdf",
        )


def determine(
    bank: Bank, person: User, officers: Officers, day: dt.date, slug: str, facts: str
) -> Determination:
    """Let an inspector propose a determination, hear the bank, and let a decider make it on a day.

    Args:
        person: who states the bank's case; a reviewer answers.
    """
    proposed = propose(bank, officers, day - 20 * DAY, slug, facts)
    notice = notices_on(proposed).get()
    with clock.playing(day - 17 * DAY):
        hearings.state_case(notice=notice, text=STATEMENT, by=person)
    with clock.playing(day - 8 * DAY):
        hearings.answer_statement(notice=notice, text=ANSWER, by=officers.reviewer)
    with clock.playing(day):
        return make_determination(determination=proposed, by=officers.decider)

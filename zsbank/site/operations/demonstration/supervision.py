"""Steps of supervision in the demonstration: schemes, assessments, determinations."""

import datetime as dt
from decimal import Decimal

from banks.register.models import Bank
from inspections.assessments.actions import results
from inspections.determinations.actions.proposals import propose_determination
from inspections.determinations.models import Determination
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.actions.determinations import make_determination
from inspections.schemes import actions as schemes
from inspections.schemes.bands import digest_of
from inspections.schemes.models import AssessmentScheme
from zsbank.base.calendar import clock
from zsbank.site.operations.demonstration.documents import paper
from zsbank.site.operations.demonstration.people import Officers

BANDS = [
    {"grade": "优", "from": "90"},
    {"grade": "良", "from": "75"},
    {"grade": "中", "from": "60"},
    {"grade": "不合格", "from": "0"},
]


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


def determine(bank: Bank, officers: Officers, day: dt.date, slug: str, facts: str) -> Determination:
    """Let an inspector propose and a decider make a determination on a day."""
    proposed = propose(bank, officers, day, slug, facts)
    with clock.playing(day):
        return make_determination(determination=proposed, by=officers.decider)

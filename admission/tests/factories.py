"""Editions and applications for tests, led to where a test begins by the verbs themselves."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile

from admission.applications.actions.answers import save_answer
from admission.applications.actions.applications import start_application, submit_application
from admission.applications.actions.evidence import attach_evidence
from admission.applications.models import Application
from admission.applications.states import Outcome
from admission.decisions.actions import agreements
from admission.decisions.actions.decisions import decide, recommend
from admission.decisions.terms import AgreementKind
from admission.editions.facts import FACTS, NEEDS_EVIDENCE, UNDERTAKINGS, FactField
from admission.editions.models import Criterion, PolicyEdition
from admission.editions.terms import CriterionGroup, RequiredBefore
from admission.review.actions.acceptance import accept_application
from admission.review.actions.findings import record_finding
from admission.review.states import FindingResult
from banks.register.models import Bank, Qualification
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.tests.papers import small_pdf

PDF = small_pdf()


def pdf_file() -> ContentFile:  # type: ignore[type-arg]
    """A small file that is a PDF by its first bytes."""
    return ContentFile(PDF)


def make_edition(slug: str = "test", valid_from: dt.date = dt.date(2010, 1, 1)) -> PolicyEdition:
    """An edition with 24 criteria, grouped as the bureau's are."""
    edition = PolicyEdition.objects.create(
        slug=slug, name=f"{slug}版准入机制", valid_from=valid_from, published_at=clock.now()
    )
    Criterion.objects.bulk_create(
        Criterion(
            edition=edition,
            number=number,
            group=_group(number),
            official_text=f"第{number}条条文。",
            title_zh=f"条件{number}",
            title_en=f"Criterion {number}",
            guidance_zh="请说明。",
            guidance_en="Please explain.",
            kinds=["document"],
            required_before=RequiredBefore.ISSUING if number == 8 else RequiredBefore.APPROVAL,
        )
        for number in range(1, 25)
    )
    return edition


def _group(number: int) -> CriterionGroup:
    if number <= 3:
        return CriterionGroup.QUALIFICATION
    return CriterionGroup.BASIC if number <= 16 else CriterionGroup.SERVICE


def sample(field: FactField) -> Any:
    """A value that fits a fact's field."""
    samples: dict[str, Any] = {
        "date": "2020-01-02",
        "number": 4,
        "money": "0.00",
        "bool": True,
        "email": "liaison@bank.example",
        "phone": "0760-88880000",
        "multi": [choice[0] for choice in field.choices],
        "choice": field.choices[0][0] if field.choices else "1",
    }
    return samples.get(field.kind, "示例")


def answer_all(application: Application, by: User) -> None:
    """Answer every criterion completely."""
    for criterion in application.edition.criteria.all():
        if criterion.number in NEEDS_EVIDENCE:
            attach_evidence(
                application=application,
                criterion=criterion,
                by=by,
                content=pdf_file(),
                name=f"{criterion.number}.pdf",
            )
        signed = criterion.number in UNDERTAKINGS
        save_answer(
            application=application,
            criterion=criterion,
            by=by,
            text="符合。",
            facts={field.name: sample(field) for field in FACTS.get(criterion.number, ())},
            signatory="示例负责人" if signed else "",
            signed_on=dt.date(2016, 1, 4) if signed else None,
        )


def submitted(bank: Bank, by: User) -> Application:
    """An application handed in."""
    application = start_application(bank=bank, by=by)
    answer_all(application, by)
    return submit_application(application=application, by=by)


def recommended(bank: Bank, by: User, people: Any, outcome: Outcome = Outcome.APPROVE) -> Application:
    """An application that waits for its decision; a refusal rests on criterion 5."""
    application = accept_application(application=submitted(bank, by), by=people.intake)
    for criterion in application.edition.criteria.all():
        not_met = outcome == Outcome.REFUSE and criterion.number == 5
        record_finding(
            application=application,
            criterion=criterion,
            by=people.reviewer,
            result=FindingResult.NOT_MET if not_met else FindingResult.MET,
            reason="三个网点没有受理窗口。" if not_met else "",
        )
    recommend(application=application, by=people.reviewer, outcome=outcome, reason="材料齐全。")
    application.refresh_from_db()
    return application


def admitted(bank: Bank, by: User, people: Any) -> Qualification:
    """The qualification of a bank that was admitted today."""
    application = recommended(bank, by, people)
    decide(application=application, by=people.decider)
    return agreed(application, people)


def agreed(application: Application, people: Any) -> Qualification:
    """The qualification that takes effect with the cooperation agreement, signed today."""
    agreement = agreements.record_agreement(
        application=application,
        kind=AgreementKind.COOPERATION,
        by=people.reviewer,
        number="合作1号",
        bank_signed_on=clock.today(),
        bureau_signed_on=clock.today(),
        document=pdf_file(),
        document_name="合作协议.pdf",
    )
    assert agreement.decision.qualification is not None
    return agreement.decision.qualification

"""Factories of editions and applications in various states.

Answers, evidence and findings are created in bulk; `test_whole_way.py` checks that the actions leave the same rows.
"""

import datetime as dt
import tomllib
from collections.abc import Collection
from copy import deepcopy
from functools import cache
from typing import Any

from django.core.files.base import ContentFile

from admission.applications.actions.answers import save_answer
from admission.applications.actions.applications import start_application, submit_application
from admission.applications.actions.evidence import attach_evidence
from admission.applications.models import Answer, Application, Evidence
from admission.applications.states import Outcome
from admission.decisions.actions import agreements
from admission.decisions.actions.decisions import decide, recommend
from admission.decisions.terms import AgreementKind
from admission.editions.actions import edition_files
from admission.editions.facts import FactField
from admission.editions.models import Criterion, PolicyEdition
from admission.review.actions.acceptance import accept_application
from admission.review.models import Finding
from admission.review.states import FindingResult
from banks.register.models import Bank, CardVendor, Qualification
from banks.tests.factories import OutletFactory
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.actions import store_content
from zsbank.base.files.formats import FileKind
from zsbank.base.files.tests.papers import small_pdf
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb

PDF = small_pdf()


def pdf_file(number: int = 0) -> ContentFile:  # type: ignore[type-arg]
    """Return a small file that starts like a PDF; `number` (0 to 4) gives another of the same size."""
    return ContentFile(PDF.replace(PDF[:8], b"%%PDF-1.%d" % (3 + number), 1))


@cache
def shipped_criteria() -> list[dict[str, Any]]:
    """Return the criteria of the bureau's edition as they are in its file, read once."""
    [shipped] = edition_files()
    criteria: list[dict[str, Any]] = tomllib.loads(shipped.read_text(encoding="utf-8"))["criteria"]
    return criteria


def make_edition(slug: str = "test", valid_from: dt.date = dt.date(2010, 1, 1)) -> PolicyEdition:
    """Create an edition with the same requirements as the bureau's, in short texts."""
    edition = PolicyEdition.objects.create(
        slug=slug, name=f"{slug}版准入机制", valid_from=valid_from, published_at=clock.now()
    )
    Criterion.objects.bulk_create(
        Criterion(edition=edition, **(said | _in_short(said["number"])))
        for said in deepcopy(shipped_criteria())
    )
    return edition


def _in_short(number: int) -> dict[str, str]:
    return {
        "official_text": f"第{number}条条文。",
        "title_zh": f"条件{number}",
        "title_en": f"Criterion {number}",
        "guidance_zh": "请说明。",
        "guidance_en": "Please explain.",
    }


def sample(field: FactField) -> Any:
    """Return a valid value of a fact."""
    samples: dict[str, Any] = {
        "date": "2015-01-05",
        "number": 4,
        "money": "0.00",
        "bool": True,
        "email": "liaison@bank.example",
        "phone": "0760-88880000",
        "choice": field.choices[0].value if field.choices else "",
        "vendor": "1",
    }
    return samples.get(field.kind, "示例")


def answer_all(application: Application, by: User, *, but: Collection[str] = ()) -> None:
    """Answer every criterion completely with actions, except those with these codes."""
    for criterion in application.edition.criteria.exclude(slug__in=but):
        if criterion.evidence_needed:
            attach_evidence(
                application=application,
                criterion=criterion,
                by=by,
                content=pdf_file(),
                name=f"{criterion.number}.pdf",
            )
        save_answer(application=application, criterion=criterion, by=by, **_said(criterion))


def fill_in(application: Application, by: User) -> None:
    """Answer every criterion completely without actions, leaving the same rows and files."""
    now = clock.now()
    answers = Answer.objects.bulk_create(
        Answer(
            application=application,
            criterion=criterion,
            version=1,
            recorded_version=1,
            saved_at=now,
            saved_by=by,
            **_said(criterion),
        )
        for criterion in application.edition.criteria.all()
    )
    Evidence.objects.bulk_create(
        Evidence(
            answer=answer,
            file=store_content(blocks=[PDF], name=f"{answer.criterion.number}.pdf", kind=FileKind.PDF, by=by),
            added_at=now,
        )
        for answer in answers
        if answer.criterion.evidence_needed
    )


def _said(criterion: Criterion) -> dict[str, Any]:
    """Return the bank's answer to a criterion."""
    signed = criterion.undertaking_needed
    return {
        "text": "符合。",
        "facts": {field.name: sample(field) for field in criterion.fact_fields},
        "signatory": "示例负责人" if signed else "",
        "signed_on": clock.today() if signed else None,
    }


def submitted(bank: Bank, by: User) -> Application:
    """Return a submitted application."""
    application = start_application(bank=bank, by=by)
    fill_in(application, by)
    return submit_application(application=application, by=by)


def accepted(bank: Bank, by: User, people: Any) -> Application:
    """Return an application under review, without findings."""
    return accept_application(application=submitted(bank, by), by=people.intake)


def let_checks_pass(bank: Bank) -> None:
    """Give a bank what the automatic checks of the sample answers ask for: outlets and a tendered card vendor."""
    OutletFactory.create_batch(2, bank=bank)
    today = clock.today()
    CardVendor.objects.get_or_create(
        pk=1,
        defaults={
            "name": "示例卡商",
            "uscc": "91442000MATE00001X",
            "tender_number": "示例2026-1",
            "tender_from": today.replace(month=1, day=1),
            "tender_until": today.replace(month=12, day=31),
        },
    )


MET_ALL_THE_SAME = "已人工核实。"
"""Why a criterion is met though a check of the sample does not pass: it has no outlets and no vendor."""


def find_all(application: Application, by: User, not_met: int | None = None) -> None:
    """Find every criterion met, except one if given, without actions, leaving the same rows and entries."""
    findings = Finding.objects.bulk_create(
        Finding(
            application=application,
            criterion=criterion,
            result=FindingResult.NOT_MET if criterion.number == not_met else FindingResult.MET,
            reason="三个网点没有受理窗口。" if criterion.number == not_met else MET_ALL_THE_SAME,
            by=by,
            at=clock.now(),
        )
        for criterion in application.edition.criteria.all()
    )
    for finding in findings:
        journal.record(
            verb=Verb.RECORD_FINDING,
            by=by,
            subject=application,
            uscc=application.bank.uscc,
            reason=finding.reason,
            data={"criterion": finding.criterion.number, "result": finding.result},
        )


def recommended(bank: Bank, by: User, people: Any, outcome: Outcome = Outcome.APPROVE) -> Application:
    """Return a recommended application; a refusal is based on criterion 5."""
    application = accepted(bank, by, people)
    find_all(application, people.reviewer, 5 if outcome == Outcome.REFUSE else None)
    recommend(application=application, by=people.reviewer, outcome=outcome, reason="材料齐全。")
    application.refresh_from_db()
    return application


def admitted(bank: Bank, by: User, people: Any) -> Qualification:
    """Return the qualification of a bank admitted today."""
    application = recommended(bank, by, people)
    decide(application=application, by=people.decider)
    return agreed(application, people)


def agreed(application: Application, people: Any) -> Qualification:
    """Sign the cooperation agreement today; return the qualification."""
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

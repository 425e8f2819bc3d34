"""Steps of the demonstration's cases, carried out by the same actions as on pages."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from admission.applications.actions import answers, applications
from admission.applications.actions.commitments import attach_commitment
from admission.applications.actions.evidence import attach_evidence
from admission.applications.checks import checks_of
from admission.applications.models import Application
from admission.applications.states import Outcome
from admission.decisions.actions import agreements
from admission.decisions.actions.decisions import decide, recommend
from admission.decisions.terms import AgreementKind
from admission.editions.facts import FactField
from admission.editions.models import Criterion
from admission.review.actions import acceptance, findings
from admission.review.actions.casework import write_note
from admission.review.actions.findings import record_site_visit
from admission.review.actions.opinions import ask_opinion, give_opinion
from admission.review.rules import healthcare_criteria
from admission.review.states import FindingResult, OpinionResult
from banks.changes.actions import changes
from banks.changes.models import BankChange
from banks.outlets.actions import outlets as outlet_actions
from banks.outlets.data import OutletData
from banks.outlets.terms import TOWNS, CardService
from banks.register import actions as register_actions
from banks.register.identifiers import with_check_characters
from banks.register.models import Bank, CardVendor, Qualification
from banks.register.terms import BankCategory
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.roles import Role
from zsbank.site.operations.demonstration.documents import paper
from zsbank.site.operations.demonstration.people import Officers, enter_member

OUTLETS_OPEN = "outlets-open"
HOURS = "周一至周五 9:00—17:00，周六 9:30—16:00"


def register(officers: Officers, name: str, uscc: str, username: str) -> tuple[Bank, User]:
    """Register a fictitious bank with its administrator; licence code and address are its own."""
    number = int(uscc[13:16])
    bank = register_actions.register_bank(
        name=name,
        uscc=uscc,
        category=BankCategory.CITY,
        license_institution_code=f"B9{number:03d}H244200001",
        address=f"中山市东区街道示例路{number}号",
        by=officers.intake,
    )
    administrator = enter_member(
        bank, username, f"经办人{name[-1]}", Role.BANK_ADMINISTRATOR, officers.intake
    )
    return bank, administrator


def request_change(bank: Bank, by: User, reason: str, **values: str) -> BankChange:
    """Request a change of the bank's data, with two documents; it changed a week before."""
    return changes.request_change(
        bank=bank,
        by=by,
        values=values,
        changed_on=clock.today() - dt.timedelta(days=7),
        reason=reason,
        documents=[
            (paper("变更批复", reason), "变更批复.pdf"),
            (paper("营业执照（变更后）", reason), "营业执照.pdf"),
        ],
    )


def rename(officers: Officers, bank: Bank, by: User, name: str) -> Bank:
    """Let a bank change its name."""
    change = request_change(bank, by, "经批准更名，已换发营业执照和金融许可证。", name=name)
    return changes.accept_change(change=change, by=officers.decider).bank


def open_outlets(bank: Bank, by: User, count: int, *, without_window: int = 0) -> None:
    """Open outlets in several towns, each with its own codes; the last few have no window, as cases for the checks."""
    for place in range(count):
        town = TOWNS[place % len(TOWNS)]
        outlet_actions.save_outlet(
            bank=bank,
            outlet=None,
            by=by,
            data=OutletData(
                name=f"{bank.name}{town.removesuffix('街道').removesuffix('镇')}支行",
                town=town,
                address=f"示例路{place + 1}号",
                uscc=with_check_characters(f"91442000MA{bank.uscc[13:16]}{place + 1:03d}"),
                license_institution_code=f"B9001S24420{int(bank.uscc[14:16]):02d}{place + 1:02d}",
                windows=0 if place >= count - without_window else 2,
                trained_staff=3,
                opening_hours=HOURS,
                services=[service.value for service in CardService],
            ),
        )


def fact(field: FactField) -> Any:
    """Return a plausible fictitious fact."""
    by_name: dict[str, Any] = {
        "license_serial_number": "00990001",
        "issuing_organ": "国家金融监督管理总局中山监管分局",
        "department": "个人金融部",
        "specialists": "专员甲、专员乙",
        "approval_number": "示例银发〔2015〕1号",
        "name": "联络人甲",
        "deputy": "联络人乙",
        "contract_number": "SL-2015-001",
        "vendor": str(CardVendor.objects.order_by("pk").values_list("pk", flat=True).first() or ""),
    }
    by_kind: dict[str, Any] = {
        "date": "2015-03-02",
        "number": 4,
        "money": "0.00",
        "bool": True,
        "email": "liaison@bank.example",
        "phone": "0760-88880000",
    }
    return by_name.get(field.name, by_kind.get(field.kind, "示例"))


def _criteria_up_to(application: Application, number: int | None) -> QuerySet[Criterion]:
    criteria = application.edition.criteria.all()
    return criteria if number is None else criteria.filter(number__lte=number)


def sign(application: Application, by: User) -> None:
    """Sign all undertakings with one service commitment, today."""
    attach_commitment(
        application=application,
        by=by,
        content=paper("服务承诺书（已签署、盖章）"),
        name="服务承诺书（签章扫描件）.pdf",
        signatory="示例行长",
        signed_on=clock.today(),
    )


def answer(application: Application, by: User, *, upto: int | None = None, apart: bool = True) -> None:
    """Answer the criteria (up to a number), with evidence where it is needed.

    Args:
        apart: whether each undertaking is signed apart; otherwise they are left to the service commitment.
    """
    for criterion in _criteria_up_to(application, upto):
        if criterion.evidence_needed:
            attach_evidence(
                application=application,
                criterion=criterion,
                by=by,
                content=paper(f"第{criterion.number}条证明材料：{criterion.title_zh}"),
                name=f"{criterion.title_zh}.pdf",
                issued_on=dt.date(2015, 3, 2),
            )
        promised = criterion.undertaking_needed
        signed = promised and apart
        answers.save_answer(
            application=application,
            criterion=criterion,
            by=by,
            text=f"我行符合本条要求，{'已签署承诺书。' if promised else '证明材料附后。'}",
            facts={field.name: fact(field) for field in criterion.fact_fields},
            signatory="示例行长" if signed else "",
            signed_on=dt.date(2015, 3, 2) if signed else None,
        )


def review(application: Application, officers: Officers, *, upto: int | None = None) -> None:
    """Record the finding "met" for the criteria (up to a number)."""
    for criterion in _criteria_up_to(application, upto):
        findings.record_finding(
            application=application,
            criterion=criterion,
            by=officers.reviewer,
            result=FindingResult.MET,
            reason="" if _passes(application, criterion) else "自动核对未通过之处已人工核实，符合本条要求。",
        )


def _passes(application: Application, criterion: Criterion) -> bool:
    """Return whether every automatic check of a criterion passes; otherwise *met* needs a reason."""
    return all(check.passed for check in checks_of(application, criterion))


def look_closer(application: Application, officers: Officers) -> None:
    """Record a site visit and an internal note, and ask the medical insurance side for opinions."""
    record_site_visit(
        application=application,
        by=officers.reviewer,
        visited_on=clock.today(),
        place=f"{application.bank.outlets.first()}",
        led_by=officers.reviewer,
        accompanied_by=officers.inspector,
        report="现场设有两个社保卡业务窗口，公告的营业时间与申报一致，受理、激活、补换卡均可办理。",
        criteria=list(application.edition.criteria.filter(slug=OUTLETS_OPEN)),
        files=[paper("现场核查照片")],
    )
    write_note(
        application=application,
        by=officers.reviewer,
        text="另两个支行没有业务窗口，拟要求补正。",
        criterion=application.edition.criteria.get(slug=OUTLETS_OPEN),
    )
    criteria = list(healthcare_criteria(application.edition))
    opinion = ask_opinion(application=application, by=officers.reviewer, criteria=criteria)[0]
    give_opinion(
        opinion=opinion,
        by=officers.liaison,
        result=OpinionResult.AGREES,
        given_on=clock.today(),
        text="已核对承诺内容，无异议。",
    )


def admit(
    bank: Bank, by: User, officers: Officers, day: dt.date, days_before: Callable[[int], dt.date]
) -> Qualification:
    """Run a complete admission that ends on a day.

    Args:
        days_before: returns the date that many calendar days before the decision.
    """
    with clock.playing(days_before(30)):
        application = applications.start_application(bank=bank, by=by)
        answer(application, by)
        applications.submit_application(application=application, by=by)
    with clock.playing(days_before(26)):
        acceptance.accept_application(application=application, by=officers.intake)
        review(application, officers)
    with clock.playing(days_before(4)):
        recommend(
            application=application,
            by=officers.reviewer,
            outcome=Outcome.APPROVE,
            reason="各项条件均已满足。",
        )
    with clock.playing(day):
        decide(application=application, by=officers.decider)
        agreement = agreements.record_agreement(
            application=application,
            kind=AgreementKind.COOPERATION,
            by=officers.reviewer,
            number=f"HZ-{day.year}-01",
            bank_signed_on=day,
            bureau_signed_on=day,
            document=paper("社会保障卡合作协议"),
            document_name="社会保障卡合作协议.pdf",
        )
    if agreement.decision.qualification is None:
        raise RuntimeError("the demonstration's admission did not admit")
    return agreement.decision.qualification

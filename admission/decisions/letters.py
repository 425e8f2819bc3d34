"""Texts of the decision's letters, in official Chinese."""

from django.utils.translation import gettext_lazy as _

from admission.applications.models import Application
from admission.applications.states import Outcome
from admission.decisions.rules import agreements_needed, review_is_settled, signed_before
from admission.decisions.terms import AGREEMENT_NAMES
from admission.editions.terms import Provides
from admission.review.states import FindingResult
from banks.hearings.letters import right_to_state
from banks.hearings.terms import PRIOR_NOTICE
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import chinese_date
from zsbank.base.letters.data import LetterData, Paragraph
from zsbank.base.letters.kinds import LetterKind
from zsbank.base.letters.remedies import remedies

ADMISSION_APPROVAL = LetterKind("admission_approval", _("Admission approved"), on_standing=True)
ADMISSION_REFUSAL = LetterKind("admission_refusal", _("Admission refused"), adverse=True)


def letter_of(application: Application, outcome: Outcome) -> LetterData:
    """Return the decision's letter as it would be signed now; it never contains internal remarks."""
    return _approval(application) if outcome == Outcome.APPROVE else _refusal(application)


def _opening(application: Application) -> str:
    submitted = chinese_date(clock.local_day(application.submitted_at)) if application.submitted_at else ""
    return (
        f"你行于{submitted}提交的社会保障卡合作银行资格准入申请（办件编号：{application.case_number}）收悉。"
        f"经依照《中山市社保卡合作银行资格准入机制》（{application.edition.name}）审查，现函告如下："
    )


def _effect(application: Application) -> str:
    """Say when the qualification takes effect: with the agreements still to be signed."""
    signed = signed_before(application)
    needed = agreements_needed(application.edition)
    to_sign = [AGREEMENT_NAMES[kind] for kind in needed if kind not in signed]
    if not to_sign:
        return "发卡资格自本函成文之日起生效。"
    return f"发卡资格自双方签订{'和'.join(to_sign)}之日起生效；生效前不得发卡。"


def _before_issuing(application: Application) -> str:
    """Say what is required before issuing, with the numbers of the criteria."""
    asking = application.edition.criterion_providing(Provides.TECHNICAL_REVIEW)
    if asking is None:
        return "资格生效后，你行可以开展发卡工作。"
    if review_is_settled(application):
        return "你行已通过中国人民银行的发卡技术标准符合性审核，资格生效后可以开展发卡工作。"
    return (
        f"根据第{asking.number}条，你行在发行具有金融功能的社会保障卡前，须通过中国人民银行的发卡技术标准符合性审核，"
        "并将审核文件报我局核验；核验前不得发卡。"
    )


def _approval(application: Application) -> LetterData:
    paragraphs = [
        Paragraph(_opening(application)),
        Paragraph("一、同意取得发卡资格", 1),
        Paragraph(f"你行符合资格准入条件，同意你行作为我市社会保障卡合作银行。{_effect(application)}"),
        Paragraph("二、发卡前须完成的事项", 1),
        Paragraph(_before_issuing(application)),
        Paragraph("三、监督与考核", 1),
        Paragraph("你行应当持续符合各项准入条件，履行服务承诺，接受我局组织的服务质量监督和年度考核。"),
        Paragraph("特此函告。"),
    ]
    return LetterData(
        kind=ADMISSION_APPROVAL.code,
        title=f"关于同意{application.bank.name}成为社会保障卡合作银行的函",
        addressee=application.bank.name,
        uscc=application.bank.uscc,
        paragraphs=tuple(paragraphs),
    )


def _not_met(application: Application) -> list[Paragraph]:
    """Return each criterion found not met, with its text and the reason."""
    found = [Paragraph("一、不符合的准入条件和理由", 1)]
    not_met = application.findings.filter(result=FindingResult.NOT_MET).select_related("criterion")
    for place, finding in enumerate(not_met, start=1):
        found.append(Paragraph(f"{place}．第{finding.criterion.number}条：{finding.criterion.official_text}"))
        found.append(Paragraph(f"理由：{finding.reason}"))
    return found


def prior_notice_letter(application: Application) -> LetterData:
    """Return the prior notice of a refusal: intention, reasons, and the bank's right to state its case."""
    days = application.edition.statement_days
    return LetterData(
        kind=PRIOR_NOTICE.code,
        title=f"关于拟不予同意{application.bank.name}社会保障卡合作银行资格准入申请的告知函",
        addressee=application.bank.name,
        uscc=application.bank.uscc,
        paragraphs=(
            Paragraph(_opening(application)),
            *_not_met(application),
            Paragraph("二、拟作出的决定", 1),
            Paragraph("你行不符合上述准入条件，我局拟不予同意你行本次申请。"),
            *right_to_state("三", days),
            Paragraph("特此告知。"),
        ),
    )


def _refusal(application: Application) -> LetterData:
    paragraphs = [Paragraph(_opening(application)), *_not_met(application)]
    paragraphs += [
        Paragraph("二、决定", 1),
        Paragraph("你行不符合上述准入条件，不同意你行本次申请。条件具备后，你行可以重新申请。"),
        *remedies(ADMISSION_REFUSAL, "三"),
        Paragraph("特此函告。"),
    ]
    return LetterData(
        kind=ADMISSION_REFUSAL.code,
        title=f"关于不予同意{application.bank.name}社会保障卡合作银行资格准入申请的函",
        addressee=application.bank.name,
        uscc=application.bank.uscc,
        paragraphs=tuple(paragraphs),
    )

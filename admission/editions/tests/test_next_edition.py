"""An edition with criteria added, dropped and renumbered at the desk works like the one before."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from admission.applications.actions.applications import start_application, submit_application
from admission.applications.models import Application
from admission.applications.queries import task_list
from admission.applications.states import Outcome
from admission.decisions.actions import agreements
from admission.decisions.actions.decisions import decide, recommend
from admission.decisions.models import Decision
from admission.decisions.terms import AgreementKind
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import accept_application
from admission.review.actions.findings import record_finding
from admission.review.states import FindingResult
from admission.tests.factories import answer_all, pdf_file
from admission.tests.filled import filled
from banks.register.models import Bank
from banks.register.states import Standing
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
REVIEW, AGREEMENT, ADDED = "technical-review", "confidentiality", "digital-card"
ADDED_FIELDS = {
    "slug": ADDED,
    "number": "3",
    "group": "qualification",
    "title_zh": "电子社保卡",
    "title_en": "Digital card",
    "official_text": "须支持电子社保卡。",
    "guidance_zh": "请选择方式，并上传材料。",
    "guidance_en": "Choose how, and upload what shows it.",
    "facts-0-label_zh": "实现方式",
    "facts-0-label_en": "How it is done",
    "facts-0-kind": "choice",
    "facts-0-choices": "app | 手机银行 | In the bank's app\nh5 | 网页 | On the web",
    "facts-1-label_zh": "开户数",
    "facts-1-label_en": "Accounts",
    "facts-1-kind": "number",
    "evidence_needed": "on",
    "evidence_zh": "系统截图",
    "evidence_en": "Pictures of the system",
}


class Desk:
    """An officer on the pages of editions."""

    def __init__(self, client: Client, officer: User) -> None:
        """Sign in."""
        self.client = client
        client.force_login(officer)

    def change(self, kind: str, pk: int, verb: str, **given: str) -> str:
        """Open an action page, change fields and submit; return the page if it was refused."""
        address = reverse(f"admin:admission_{kind}_action", args=[pk, verb])
        answer = self.client.post(address, filled(self.client.get(address).content.decode()) | given)
        return "" if answer.status_code == 302 else answer.content.decode()


@pytest.fixture
def following(client: Client, edition: PolicyEdition, people: "People") -> PolicyEdition:
    """The next edition, drafted at the desk by one officer and published for tomorrow by another."""
    desk = Desk(client, people.reviewer)
    begin = reverse("admin:admission_policyedition_list_action", args=["draft_edition"])
    client.post(begin, {"source": edition.pk, "slug": "next", "name": "下一版准入机制"})
    draft = PolicyEdition.objects.get(slug="next")
    dropped = draft.criteria.get(slug="own-connection-costs")
    assert desk.change("policyedition", draft.pk, "drop_criterion", criterion=str(dropped.pk)) == ""
    assert desk.change("policyedition", draft.pk, "add_criterion", **ADDED_FIELDS) == ""
    for slug, number in ((AGREEMENT, "2"), (REVIEW, "20")):
        row = draft.criteria.get(slug=slug)
        assert desk.change("criterion", row.pk, "amend_edition", number=number) == ""
    shown = client.get(reverse("admin:admission_policyedition_compare", args=[draft.pk])).content.decode()
    assert "实现方式 / How it is done" in shown
    assert "own-connection-costs" in shown
    publish = {"valid_from": tomorrow().isoformat()}
    Desk(client, people.decider).change("policyedition", draft.pk, "publish_edition", **publish)
    draft.refresh_from_db()
    assert draft.valid_from == tomorrow()
    return draft


def tomorrow() -> dt.date:
    """The day after today."""
    return clock.today() + dt.timedelta(days=1)


def submitted_incomplete(application: Application, by: User) -> Application:
    """Submit without the agreement and the review, which may follow."""
    answer_all(application, by, but=(REVIEW, AGREEMENT))
    return submit_application(application=application, by=by)


def approved(application: Application, people: "People") -> Decision:
    """Find met what was submitted, and approve."""
    application = accept_application(application=application, by=people.intake)
    for criterion in application.edition.criteria.all():
        follows = criterion.slug in (REVIEW, AGREEMENT)
        record_finding(
            application=application,
            criterion=criterion,
            by=people.reviewer,
            result=FindingResult.SUPPLEMENT if follows else FindingResult.MET,
            reason="可后补。" if follows else "已人工核实。",
        )
    recommend(application=application, by=people.reviewer, outcome=Outcome.APPROVE, reason="材料齐全。")
    return decide(application=application, by=people.decider)


def sign(decision: Decision, kind: AgreementKind, people: "People") -> None:
    """Record an agreement signed today."""
    agreements.record_agreement(
        application=decision.application,
        kind=kind,
        by=people.reviewer,
        number="1号",
        bank_signed_on=clock.today(),
        bureau_signed_on=clock.today(),
        document=pdf_file(),
        document_name="协议.pdf",
    )


def issue(decision: Decision, people: "People") -> bool:
    """Record the central bank's review; return whether the bank may issue then."""
    assert decision.qualification is not None
    assert not decision.qualification.may_issue
    return agreements.allow_issuing(
        qualification=decision.qualification,
        by=people.reviewer,
        approval_number="示例银发1号",
        approval_date=clock.today(),
        document=pdf_file(),
        document_name="审核文件.pdf",
    ).may_issue


def test_criteria_are_renumbered(following: PolicyEdition) -> None:
    numbers = dict(following.criteria.values_list("slug", "number"))
    assert sorted(numbers.values()) == list(range(1, 25))
    assert (numbers[AGREEMENT], numbers[REVIEW], numbers[ADDED]) == (2, 20, 4)
    verbs = set(Entry.objects.filter(subject_id=following.pk).values_list("verb", flat=True))
    assert {"add_criterion", "drop_criterion", "amend_edition", "publish_edition"} <= verbs


def test_bank_is_admitted_under_the_next_edition(
    client: Client,
    bank: Bank,
    clerk: User,
    other_bank: Bank,
    stranger: User,
    edition: PolicyEdition,
    following: PolicyEdition,
    people: "People",
) -> None:
    older = start_application(bank=other_bank, by=stranger)
    with clock.playing(tomorrow()):
        application = start_application(bank=bank, by=clerk)
        assert application.edition == following
        answer_added_criterion(client, application, clerk)
        application = submitted_incomplete(application, clerk)
        older = submitted_incomplete(older, stranger)

        for case, review, agreement in ((application, 20, 2), (older, 8, 14)):
            tasks = {task.criterion.number: task for task in task_list(case).tasks}
            assert tasks[review].criterion.slug == REVIEW
            assert tasks[agreement].criterion.slug == AGREEMENT
            decision = approved(case, people)
            letter = str(decision.letter.data)
            assert f"根据第{review}条，你行在发行" in letter
            assert "自双方签订合作协议和保密协议之日起生效" in letter
            sign(decision, AgreementKind.COOPERATION, people)
            assert Bank.objects.get(pk=case.bank_id).standing == Standing.APPLICANT
            sign(decision, AgreementKind.CONFIDENTIALITY, people)
            assert Bank.objects.get(pk=case.bank_id).standing == Standing.QUALIFIED
            decision.refresh_from_db()
            assert issue(decision, people)
    assert older.edition == edition
    assert not edition.criteria.filter(slug=ADDED).exists()


def answer_added_criterion(client: Client, application: Application, clerk: User) -> None:
    """Answer the new criterion on its page: an option not offered is refused, an offered one accepted."""
    client.force_login(clerk)
    page = reverse("admission:criterion", args=[application.pk, 4])
    shown = client.get(page).content.decode()
    assert "实现方式" in shown
    assert "系统截图" in shown
    sent = filled(shown) | {"text": "已支持。", "stay": "1"}
    assert client.post(page, sent | {"fact_how_it_is_done": "fax"}).status_code == 200
    client.post(page, sent | {"fact_how_it_is_done": "app", "fact_accounts": "很多"})
    assert not application.answers.exists()
    client.post(page, sent | {"fact_how_it_is_done": "app", "fact_accounts": "12"})
    answer = application.answers.get()
    assert answer.facts == {"how_it_is_done": "app", "accounts": 12}
    answer.delete()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"needed_for": "issuing"}, "批准之后只能补录"),
        ({"provides": "technical_review"}, "须有且只有一项"),
        ({"facts-0-label_zh": "甲", "facts-0-label_en": "A", "facts-0-kind": "choice"}, "须有可选项"),
        ({"facts-0-label_zh": "甲", "facts-0-label_en": "A", "facts-0-choices": "x"}, "不是“值"),
        ({"facts-0-label_zh": "甲"}, "第 1 行，英文名称"),
        ({"checks-0-name": "amounts_zero", "checks-0-facts": "fee"}, "没有事实 fee"),
        ({"evidence_needed": "on"}, "请用中英文写明须有何种证明材料"),
        ({"number": "0"}, "1"),
        ({"official_text": " "}, "必填项"),
    ],
)
def test_inconsistent_criterion_is_refused_with_reason(
    client: Client, edition: PolicyEdition, people: "People", given: dict[str, str], said: str
) -> None:
    desk = Desk(client, people.reviewer)
    begin = reverse("admin:admission_policyedition_list_action", args=["draft_edition"])
    client.post(begin, {"source": edition.pk, "slug": "next", "name": "下一版准入机制"})
    row = PolicyEdition.objects.get(slug="next").criteria.get(slug="supervision")
    assert said in desk.change("criterion", row.pk, "amend_edition", **given)
    before = row.facts, row.needed_for, row.official_text
    row.refresh_from_db()
    assert (row.facts, row.needed_for, row.official_text) == before

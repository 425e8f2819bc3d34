"""Arguments with which each action of the decision succeeds."""

from typing import Any

from admission.applications.models import Application
from admission.applications.states import Outcome
from admission.decisions.actions import agreements, decisions
from admission.decisions.terms import AgreementKind
from admission.review.models import Finding
from admission.tests.factories import accepted, find_all, pdf_file, recommended
from banks.register.models import Qualification
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock


def waiting(scene: Scene) -> Application:
    """An application recommended for approval."""
    return recommended(scene.bank, scene.clerk, scene.people)


def a_recommendation(scene: Scene) -> dict[str, Any]:
    """An application with every criterion found met."""
    application = accepted(scene.bank, scene.clerk, scene.people)
    find_all(application, scene.people.reviewer)
    said = {"outcome": Outcome.APPROVE, "reason": "材料齐全。"}
    return {"application": application, "by": scene.people.reviewer, **said}


def a_void_recommendation(scene: Scene) -> dict[str, Any]:
    """A recommendation with a finding changed directly in the database."""
    application = waiting(scene)
    Finding.objects.filter(application=application, criterion__number=5).update(reason="另有发现。")
    return {"application": application, "by": None}


def an_agreement(scene: Scene) -> dict[str, Any]:
    """The cooperation agreement of an approval."""
    application = waiting(scene)
    decisions.decide(application=application, by=scene.people.decider)
    application.refresh_from_db()
    return {
        "application": application,
        "kind": AgreementKind.COOPERATION,
        "by": scene.people.reviewer,
        "number": "合作1号",
        "bank_signed_on": clock.today(),
        "bureau_signed_on": clock.today(),
        "document": pdf_file(),
        "document_name": "合作协议.pdf",
    }


def a_technical_review(scene: Scene) -> dict[str, Any]:
    """A qualification that awaits the central bank's technical review."""
    agreements.record_agreement(**an_agreement(scene))
    Qualification.objects.filter(bank=scene.bank).update(issuing_from=None)
    return {
        "qualification": Qualification.objects.get(bank=scene.bank),
        "by": scene.people.reviewer,
        "approval_number": "示例银发1号",
        "approval_date": clock.today(),
        "document": pdf_file(),
        "document_name": "审核文件.pdf",
    }


EXAMPLES: dict[Action[..., Any], Example] = {
    decisions.recommend: a_recommendation,
    decisions.send_back: lambda scene: {
        "application": waiting(scene),
        "by": scene.people.decider,
        "reason": "请复核第5条。",
    },
    decisions.void_recommendation: a_void_recommendation,
    decisions.decide: lambda scene: {"application": waiting(scene), "by": scene.people.decider},
    agreements.record_agreement: an_agreement,
    agreements.allow_issuing: a_technical_review,
}


def heard(scene: Scene) -> Application:
    """An application recommended for refusal today: the bank has its prior notice."""
    return recommended(scene.bank, scene.clerk, scene.people, Outcome.REFUSE)


HEARD = {"admission.recommendation": heard}

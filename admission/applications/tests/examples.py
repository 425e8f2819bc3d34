"""Arguments with which each action on applications succeeds."""

import datetime as dt
from typing import Any

from admission.applications.actions import (
    answers,
    applications,
    commitments,
    copying,
    dates,
    evidence,
    supplements,
)
from admission.applications.models import Application, Evidence, ServiceCommitment, SupplementRequest
from admission.review.actions.supplements import record_remark, request_supplement
from admission.tests.factories import accepted, fill_in, pdf_file, submitted
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock
from zsbank.base.calendar.tests.factories import made_provisional


def draft(scene: Scene) -> Application:
    """An application just started."""
    return applications.start_application(bank=scene.bank, by=scene.clerk)


def complete(scene: Scene) -> Application:
    """A draft with every criterion answered."""
    application = draft(scene)
    fill_in(application, scene.clerk)
    return application


def attached(scene: Scene) -> Evidence:
    """A document of a draft."""
    rows = Evidence.objects.filter(answer__application=complete(scene))
    return rows.select_related("answer__application").order_by("pk")[0]


def asked(scene: Scene) -> SupplementRequest:
    """A supplement request."""
    application = submitted(scene.bank, scene.clerk)
    record_remark(
        application=application,
        criterion=application.edition.criteria.get(number=1),
        by=scene.people.intake,
        text="缺章程。",
    )
    return request_supplement(application=application, by=scene.people.intake)


def an_answer(scene: Scene) -> dict[str, Any]:
    """The first answer to a criterion."""
    application = draft(scene)
    criterion = application.edition.criteria.get(number=9)
    given = {"text": "符合。", "facts": {}}
    return {"application": application, "criterion": criterion, "by": scene.clerk, **given}


def a_document(scene: Scene) -> dict[str, Any]:
    """A document for a criterion of a draft."""
    application = draft(scene)
    criterion = application.edition.criteria.get(number=2)
    document = {"content": pdf_file(), "name": "许可证.pdf"}
    return {"application": application, "criterion": criterion, "by": scene.clerk, **document}


def a_newer_document(scene: Scene) -> dict[str, Any]:
    """A document that replaces one."""
    return {"evidence": attached(scene), "by": scene.clerk, "content": pdf_file(), "name": "新.pdf"}


def a_removed_document(scene: Scene) -> dict[str, Any]:
    """A document that was removed from a draft."""
    return {"evidence": evidence.remove_evidence(evidence=attached(scene), by=scene.clerk), "by": scene.clerk}


def a_signed_sheet(scene: Scene) -> dict[str, Any]:
    """The scan of a signed service commitment for a draft."""
    signed = {"signatory": "示例负责人", "signed_on": clock.today()}
    scan = {"content": pdf_file(), "name": "服务承诺书.pdf"}
    return {"application": draft(scene), "by": scene.clerk, **scan, **signed}


def signed(scene: Scene) -> ServiceCommitment:
    """The service commitment of a draft."""
    return commitments.attach_commitment(**a_signed_sheet(scene))


def earlier_and_draft(scene: Scene) -> dict[str, Any]:
    """A draft of a bank that withdrew an earlier application."""
    earlier = complete(scene)
    applications.withdraw_application(application=earlier, by=scene.clerk, reason="")
    return {"application": draft(scene), "by": scene.clerk, "numbers": [1]}


def over(scene: Scene) -> dict[str, Any]:
    """A supplement that was due yesterday, a provisional day: an officer ends it."""
    request = asked(scene)
    yesterday = clock.today() - dt.timedelta(days=1)
    period = request.due_period | {"provisional": True}
    SupplementRequest.objects.filter(pk=request.pk).update(due_date=yesterday, due_period=period)
    return {"request": SupplementRequest.objects.get(pk=request.pk), "by": scene.people.intake}


EXAMPLES: dict[Action[..., Any], Example] = {
    applications.start_application: lambda scene: {"bank": scene.bank, "by": scene.clerk},
    applications.submit_application: lambda scene: {"application": complete(scene), "by": scene.clerk},
    applications.withdraw_application: lambda scene: {
        "application": draft(scene),
        "by": scene.clerk,
        "reason": "",
    },
    applications.delete_draft: lambda scene: {"application": draft(scene), "by": scene.clerk},
    applications.record_application_download: lambda scene: {
        "application": draft(scene),
        "by": scene.clerk,
    },
    answers.save_answer: an_answer,
    evidence.attach_evidence: a_document,
    evidence.replace_evidence: a_newer_document,
    answers.keep_answer: an_answer,
    evidence.restore_evidence: a_removed_document,
    evidence.correct_evidence_dates: lambda scene: {
        "evidence": attached(scene),
        "by": scene.clerk,
        "issued_on": dt.date(2020, 1, 2),
        "expires_on": None,
    },
    evidence.remove_evidence: lambda scene: {"evidence": attached(scene), "by": scene.clerk},
    commitments.attach_commitment: a_signed_sheet,
    commitments.correct_commitment: lambda scene: {
        "commitment": signed(scene),
        "by": scene.clerk,
        "signatory": "另一负责人",
        "signed_on": clock.today(),
    },
    commitments.remove_commitment: lambda scene: {"commitment": signed(scene), "by": scene.clerk},
    commitments.restore_commitment: lambda scene: {
        "commitment": commitments.remove_commitment(commitment=signed(scene), by=scene.clerk),
        "by": scene.clerk,
    },
    copying.copy_answers: earlier_and_draft,
    supplements.submit_supplement: lambda scene: {
        "application": asked(scene).application,
        "by": scene.clerk,
    },
    supplements.end_supplement: over,
    dates.recalculate_supplement: lambda scene: {
        "request": made_provisional(asked(scene), "due_date", "due_period"),
        "by": None,
    },
    dates.recalculate_acceptance: lambda scene: {
        "application": made_provisional(submitted(scene.bank, scene.clerk), "accept_by", "accept_period"),
        "by": None,
    },
    dates.recalculate_decision: lambda scene: {
        "application": made_provisional(
            accepted(scene.bank, scene.clerk, scene.people), "decide_by", "decide_period"
        ),
        "by": None,
    },
}

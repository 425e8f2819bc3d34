"""Declaration of decisions, agreements and qualifications: actions, work items and words."""

from collections.abc import Iterator

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from admission.applications.models import Answer, Application
from admission.decisions.actions.agreements import allow_issuing, record_agreement
from admission.decisions.actions.decisions import decide
from admission.decisions.checks import decisions_are_complete
from admission.decisions.desk import ApplicationDesk, QualificationDesk
from admission.decisions.letters import ADMISSION_APPROVAL, ADMISSION_REFUSAL
from admission.decisions.models import Agreement, Decision, Recommendation
from admission.decisions.offers import OFFERS, QUALIFICATION_OFFERS
from admission.decisions.queries import (
    agreements_of,
    awaiting_agreements,
    awaiting_issuing,
    awaits_agreements,
    notice_in,
    to_be_decided_by,
    took_part,
)
from admission.decisions.sweep import STEPS
from admission.review.models import Finding
from banks.register.models import Qualification
from zsbank.base.calendar import clock
from zsbank.base.cases.case import Case
from zsbank.base.cases.hearing import Hearing
from zsbank.base.cases.turns import Text
from zsbank.base.cases.work import Waiting
from zsbank.base.permissions import Verb


def _unsigned(application: Application) -> str:
    """Name the agreements that are still to be signed."""
    names = "、".join(str(kind.label) for kind, signed in agreements_of(application) if signed is None)
    words = _("Still to be signed: %(names)s. No cards may be issued before the qualification takes effect.")
    return str(words % {"names": names})


def _of_application(application: Application) -> Iterator[tuple[Text, Model | None]]:
    """The qualification that it led to, and the questions to the medical insurance side."""
    decision = Decision.objects.filter(application=application).select_related("qualification").first()
    yield _("Issuing qualification"), decision and decision.qualification
    for opinion in application.opinions.select_related("criterion"):
        yield _("Opinion of the medical insurance side"), opinion


def _of_qualification(qualification: Qualification) -> Iterator[tuple[Text, Model | None]]:
    """The application that led to it."""
    decision = Decision.objects.filter(qualification=qualification).select_related("application").first()
    yield _("Application"), decision and decision.application


CASES = (
    Case(
        model=Application,
        letters=(ADMISSION_APPROVAL, ADMISSION_REFUSAL),
        hearing=Hearing(
            Recommendation,
            case_of=lambda recommendation: recommendation.application,
            notice_of=notice_in,
            took_part=took_part,
        ),
        offers=OFFERS,
        related=(_of_application,),
        desk=ApplicationDesk,
        officer=lambda row: row.case_officer,
        waiting=(
            Waiting(
                action=decide,
                step=_("Decide on the recommendation"),
                for_bank=_("decide on the application"),
                rows=to_be_decided_by,
                about=lambda row: str(row.bank),
                due=lambda row: row.decide_by,
                since=lambda row: clock.local_day(row.submitted_at) if row.submitted_at else None,
            ),
            Waiting(
                action=record_agreement,
                step=_("Record the agreements when both sides have signed"),
                for_bank=_("record the agreements that the bureau and your bank sign"),
                why=_unsigned,
                when=awaits_agreements,
                rows=lambda by: awaiting_agreements().exclude(conflicts__officer=by),
                about=lambda row: str(row.bank),
                since=lambda row: row.closed_on,
                on_action_page=True,
            ),
        ),
        entries={
            Verb.RECOMMEND: _("recommended a decision"),
            Verb.SEND_BACK: _("sent the recommendation back"),
            Verb.DECIDE: _("decided the application"),
            Verb.VOID_RECOMMENDATION: _("recorded that the recommendation became void"),
            Verb.RECORD_AGREEMENT: _("recorded the signed agreement"),
        },
        fields={
            Verb.RECOMMEND: Recommendation,
            Verb.DECIDE: Recommendation,
            Verb.RECORD_AGREEMENT: Agreement,
        },
        checks=(decisions_are_complete,),
        steps=STEPS,
    ),
    Case(
        model=Recommendation,
        facts_in_journal={
            Verb.DECIDE: ("application", "outcome", "reason", "basis", "by", "at", "sent_back_at")
        },
    ),
    Case(
        model=Decision,
        facts_in_journal={
            Verb.DECIDE: (
                "application",
                "recommendation",
                "outcome",
                "reason",
                "recommended_by",
                "by",
                "at",
                "letter",
            )
        },
    ),
    Case(model=Answer, facts_in_journal={Verb.DECIDE: ("text", "facts", "signatory", "signed_on")}),
    Case(model=Finding, facts_in_journal={Verb.DECIDE: ("result", "reason", "by")}),
    Case(
        model=Agreement,
        facts_in_journal=dict.fromkeys(
            (Verb.DECIDE, Verb.RECORD_AGREEMENT),
            ("decision", "kind", "number", "bank_signed_on", "bureau_signed_on", "file"),
        ),
    ),
    Case(
        model=Qualification,
        offers=QUALIFICATION_OFFERS,
        related=(_of_qualification,),
        desk=QualificationDesk,
        waiting=(
            Waiting(
                action=allow_issuing,
                step=_("Allow issuing after the technical review"),
                rows=lambda by: awaiting_issuing(),
                name=lambda row: str(row.bank),
                about=lambda row: str(_("The central bank's technical review")),
                since=lambda row: row.effective_from,
                on_action_page=True,
            ),
        ),
    ),
)

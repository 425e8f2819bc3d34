"""Two banks, each with a row of every kind, and a person of every role."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import Group

from admission.applications.models import (
    Application,
    Evidence,
    ServiceCommitment,
    SupplementItem,
    SupplementRequest,
)
from admission.applications.states import SupplementStage
from admission.editions.models import Criterion, PolicyEdition
from admission.tests.factories import admitted, make_edition
from banks.hearings.models import PriorNotice
from banks.members.actions.invitations import invite_member
from banks.members.models import Invitation
from banks.outlets.actions.imports import read_import
from banks.outlets.tests.sheets import csv, outlet
from banks.register.models import Bank, Qualification
from banks.tests.factories import OutletFactory, make_member
from conftest import People, make_banks, make_officer, make_people
from exit.cases.tests.factories import filed
from inspections.assessments.models import Assessment
from inspections.assessments.states import AssessmentState
from inspections.complaints.models import ComplaintReply
from inspections.fees.models import FeePayment
from inspections.rectification.tests.factories import HEARD, ordered, planned, reported
from inspections.verification.tests.factories import confirmed
from inspections.visits.models import InspectionVisit
from inspections.visits.queries import evidence_of
from tests.actions.examples import rows
from tests.actions.scene import Scene
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.models import StoredFile
from zsbank.base.journal.models import Entry
from zsbank.base.letters.models import Letter
from zsbank.base.letters.tasks import make_file
from zsbank.base.roles import STAFF_ROLES, Role

NOBODYS = 999_999


@dataclass(frozen=True)
class World:
    """`own` and `others` map kinds to keys; `staff` has one person per role."""

    own: Mapping[str, int]
    others: Mapping[str, int]
    staff: Mapping[Role, User]
    administrator: User
    clerk: User


def two_banks() -> World:
    """Let two banks go through every process."""
    bank, other = make_banks()
    people = make_people()
    make_edition()
    officers = {role: make_officer(f"the-{role.value}", role) for role in Role if role in STAFF_ROLES}
    own, others = _life(bank, "a", people), _life(other, "b", people)
    admin, clerk = (bank.members.get(role=role).user for role in (Role.BANK_ADMINISTRATOR, Role.BANK_CLERK))
    return World(own, others, officers, admin, clerk)


def with_every_role() -> User:
    """Return a new officer with all roles of the bureau: one person who is shown every form of the desk."""
    officer = make_officer("everyone", Role.INTAKE_OFFICER)
    officer.groups.set(Group.objects.filter(name__in=[role.value for role in STAFF_ROLES]))
    return officer


def _life(bank: Bank, mark: str, people: People) -> dict[str, int]:
    administrator = make_member(bank, f"admin-{mark}", Role.BANK_ADMINISTRATOR).user
    clerk = make_member(bank, f"clerk-{mark}", Role.BANK_CLERK)
    with clock.playing(clock.today() - 2 * HEARD):
        qualification = admitted(bank, clerk.user, people)
    order = ordered(bank, people, on=clock.today())
    progress = planned(order, clerk.user)
    report = reported(order, clerk.user, clock.today())
    confirmed(order, people)
    notice = PriorNotice.objects.create(
        bank=bank,
        case_type="test",
        case_id=bank.pk,
        told_on=clock.today(),
        due_date=clock.today(),
        due_period={},
    )
    letter = Letter.objects.filter(uscc=bank.uscc).latest("pk")
    make_file(letter.pk)
    application = Application.objects.get(bank=bank)
    edition = PolicyEdition.objects.get()
    declared = _declared_rows(bank, administrator, clerk.user, people)
    return declared | {
        "document_pk": StoredFile.objects.get(bank_changes=declared["banks.bankchange"]).pk,
        "paper_pk": StoredFile.objects.get(fee_notice=declared["inspections.feenotice"]).pk,
        "attachment_pk": StoredFile.objects.get(
            complaint_replies__complaint=declared["inspections.complaint"]
        ).pk,
        "complaint answer": ComplaintReply.objects.get(complaint=declared["inspections.complaint"]).pk,
        "fee payment": FeePayment.objects.get(notice=declared["inspections.feenotice"]).pk,
        "evidence_pk": evidence_of(_inspected(declared)).earliest("pk").pk,
        "place": _inspected(declared).outlets.earliest("pk").pk,
        "inspection answer": _inspected(declared).answers.latest("pk").pk,
        "bank": bank.pk,
        "own bank": bank.pk,
        "application": application.pk,
        "evidence": Evidence.objects.filter(answer__application=application).earliest("pk").pk,
        "commitment": _commitment(application).pk,
        "outlet": OutletFactory.create(bank=bank).pk,
        "import": read_import(bank=bank, by=clerk.user, content=csv(outlet()), name="网点.csv").pk,
        "inspections.assessment": _assessed(qualification, declared, people).pk,
        "letter": letter.pk,
        "notice": notice.pk,
        "statement": _stated(bank, clerk.user).pk,
        "report": report.pk,
        "progress": progress.pk,
        "member": clerk.pk,
        "invitation": _invited(bank, administrator).pk,
        "order": order.pk,
        "request_pk": _supplemented(application, clerk.user, people).pk,
        "file_pk": report.files.get().pk,
        "exit": filed(qualification, administrator).pk,
        "qualification": qualification.pk,
        "determination": order.determination_id or NOBODYS,
        "edition": edition.pk,
        "criterion": Criterion.objects.get(edition=edition, number=1).pk,
        "entry": Entry.objects.latest("pk").pk,
        "officer": people.auditor.pk,
        "nothing": NOBODYS,
    }


def _assessed(qualification: Qualification, declared: Mapping[str, int], people: People) -> Assessment:
    """Make a final result, which the bank reads."""
    made: Assessment = Assessment.objects.create(
        bank=qualification.bank,
        qualification=qualification,
        scheme_id=declared["inspections.assessmentscheme"],
        year=2024,
        score="75.00",
        grade="良",
        state=AssessmentState.FINAL,
        recorded_by=people.assessor,
        finalised_by=people.second_assessor,
        final_on=clock.today(),
    )
    return made


def _inspected(declared: dict[str, int]) -> InspectionVisit:
    """Return the inspection of the bank."""
    found: InspectionVisit = InspectionVisit.objects.get(pk=declared["inspections.inspectionvisit"])
    return found


def _stated(bank: Bank, by: User) -> PriorNotice:
    """Make a notice on which the bank has stated its case."""
    today = clock.today()
    days = {"told_on": today, "due_date": today, "due_period": {}}
    said = {"statement": "示例陈述。", "stated_at": clock.now(), "stated_by": by}
    stated: PriorNotice = PriorNotice.objects.create(
        bank=bank, case_type="stated", case_id=bank.pk, **days, **said
    )
    return stated


def _supplemented(application: Application, clerk: User, people: People) -> SupplementRequest:
    """Make a request for a supplement that the bank has submitted."""
    request: SupplementRequest = SupplementRequest.objects.create(
        application=application,
        stage=SupplementStage.ACCEPTANCE,
        asked_at=clock.now(),
        asked_by=people.intake,
        due_date=clock.today(),
        due_period={},
        submitted_at=clock.now(),
        submitted_by=clerk,
        closed_on=clock.today(),
    )
    criterion = application.edition.criteria.get(number=1)
    SupplementItem.objects.create(request=request, criterion=criterion, remark="缺页", changed=True)
    return request


def _declared_rows(bank: Bank, administrator: User, clerk: User, people: People) -> dict[str, int]:
    """Make a row of every kind of case that has an example."""
    edition = PolicyEdition.objects.get()
    scene = Scene(bank, bank, edition, people, clerk, administrator, stranger=clerk)
    return {model._meta.label_lower: make(scene).pk for model, make in rows().items()}


def _commitment(application: Application) -> ServiceCommitment:
    file = Evidence.objects.filter(answer__application=application).earliest("pk").file
    return ServiceCommitment.objects.create(
        application=application, file=file, signatory="示例负责人", signed_on=clock.today()
    )


def _invited(bank: Bank, by: User) -> Invitation:
    email = f"invited-{bank.pk}@bank.example"
    return invite_member(bank=bank, name="新人", email=email, role=Role.BANK_CLERK, by=by)

"""Two banks, each with a row of every kind, and a person of every role."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from admission.applications.models import (
    Application,
    Evidence,
    ServiceCommitment,
    SupplementItem,
    SupplementRequest,
)
from admission.applications.states import SupplementStage
from admission.editions.models import Criterion, PolicyEdition
from admission.tests.factories import admitted
from banks.hearings.models import PriorNotice
from banks.members.actions.invitations import invite_member
from banks.members.models import Invitation
from banks.outlets.actions.imports import read_import
from banks.outlets.tests.sheets import csv, outlet
from banks.register.models import Bank
from banks.tests.factories import OutletFactory, make_member
from exit.cases.tests.factories import filed
from inspections.rectification.tests.factories import ordered, reported
from tests.actions.examples import rows
from tests.actions.scene import Scene
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.letters.models import Letter
from zsbank.base.letters.tasks import make_file
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

NOBODYS = 999_999


@dataclass(frozen=True)
class World:
    """`own` and `others` map kinds to keys; `staff` has one person per role."""

    own: Mapping[str, int]
    others: Mapping[str, int]
    staff: Mapping[Role, User]
    administrator: User
    clerk: User


def made(bank: Bank, other: Bank, people: "People", officers: Mapping[Role, User]) -> World:
    """Let both banks go through every process."""
    own, others = _life(bank, "a", people), _life(other, "b", people)
    admin, clerk = (bank.members.get(role=role).user for role in (Role.BANK_ADMINISTRATOR, Role.BANK_CLERK))
    return World(own, others, officers, admin, clerk)


def _life(bank: Bank, mark: str, people: "People") -> dict[str, int]:
    administrator = make_member(bank, f"admin-{mark}", Role.BANK_ADMINISTRATOR).user
    clerk = make_member(bank, f"clerk-{mark}", Role.BANK_CLERK)
    qualification = admitted(bank, clerk.user, people)
    order = ordered(bank, people, on=clock.today())
    report = reported(order, clerk.user, clock.today())
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
    return _declared_rows(bank, administrator, clerk.user, people) | {
        "bank": bank.pk,
        "own bank": bank.pk,
        "application": application.pk,
        "evidence": Evidence.objects.filter(answer__application=application).earliest("pk").pk,
        "commitment": _commitment(application).pk,
        "outlet": OutletFactory.create(bank=bank).pk,
        "import": read_import(bank=bank, by=clerk.user, content=csv(outlet()), name="网点.csv").pk,
        "letter": letter.pk,
        "notice": notice.pk,
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


def _supplemented(application: Application, clerk: User, people: "People") -> SupplementRequest:
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


def _declared_rows(bank: Bank, administrator: User, clerk: User, people: "People") -> dict[str, int]:
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

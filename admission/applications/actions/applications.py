"""Actions on applications: start, submit, withdraw, download the application."""

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.applications.actions.answers import record_all_kept
from admission.applications.actions.messages import confirm_to_bank
from admission.applications.models import Application, Evidence
from admission.applications.rules import may_start, may_submit
from admission.applications.states import ApplicationState
from admission.editions.models import PolicyEdition
from banks.register import actions as banks
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import calculate
from zsbank.base.calendar.periods import Unit
from zsbank.base.calendar.wording import later_by_day
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused


@action(Verb.START_APPLICATION, on="bank", rule=may_start, makes=True)
def start_application(*, bank: Bank, by: User) -> Application:
    """Start an application under the policy edition that is in force today.

    Raises:
        NotAllowed: `by` does not act for the bank.
        Refused: the bank is barred (exit （四）; the reason names the first day it may apply), qualified already, of a
            category that criterion 1 does not admit, or has an open application; or no edition is in force.
    """
    edition = PolicyEdition.objects.valid_on(clock.today())
    if edition is None:
        raise Refused(_("No policy edition is in force today. Ask the bureau to publish one."))
    return Application.objects.create(
        bank=bank,
        edition=edition,
        case_number=banks.next_case_number("ZR"),
        started_at=clock.now(),
        started_by=by,
    )


@action(Verb.SUBMIT_APPLICATION, on="application", moves=Application.submit, rule=may_submit)
def submit_application(*, application: Application, by: User) -> Application:
    """Submit a complete application; the bureau has the edition's working days to accept it (law.md §2).

    Raises:
        NotAllowed: `by` does not act for the bank.
        WrongState: the application is not a draft.
        Incomplete: something is missing, or the virus scan of a document is pending.
        Refused: the bank may not apply today (exit （四）).
    """
    period = calculate(clock.today(), application.edition.acceptance_days, Unit.WORKDAY)
    record_all_kept(application)
    application.submit()
    application.submitted_at, application.submitted_by = clock.now(), by
    application.accept_by, application.accept_period = period.last_day, period.to_json()
    application.save(update_fields=["state", "submitted_at", "submitted_by", "accept_by", "accept_period"])
    record(data={"accept_by": period.last_day})
    then = format_lazy(
        gettext_lazy(
            "The bureau decides {by_day} whether it accepts the application; without a decision by then it counts as "
            "accepted."
        ),
        by_day=later_by_day(period.last_day),
    )
    confirm_to_bank(application, by, "submitted", gettext_lazy("the application for admission"), then)
    return application


@action(Verb.WITHDRAW_APPLICATION, on="application", moves=Application.withdraw)
def withdraw_application(*, application: Application, by: User, reason: str) -> Application:
    """Withdraw an application, at any time before the decision.

    Args:
        reason: may be empty.

    Raises:
        NotAllowed: `by` does not act for the bank.
        WrongState: the application is decided or withdrawn already.
    """
    record_all_kept(application)
    application.withdraw()
    application.closed_on = clock.today()
    application.save(update_fields=["state", "closed_on"])
    application.supplement_requests.filter(closed_on=None).update(closed_on=clock.today())
    record(reason=reason)
    what = gettext_lazy("the withdrawal of the application for admission")
    then = gettext_lazy("The application is closed and not reviewed further.")
    confirm_to_bank(application, by, "withdrawn", what, then)
    return application


@action(Verb.DELETE_DRAFT, on="application", states=frozenset({ApplicationState.DRAFT}))
def delete_draft(*, application: Application, by: User) -> None:
    """Delete a draft with its answers, for good.

    The journal keeps its case number, which is not given again, and the hashes of its documents; the files stay in
    the store, as those of removed evidence do.

    Raises:
        NotAllowed: `by` does not act for the bank.
        WrongState: it was submitted, withdrawn or deleted already.
    """
    documents = Evidence.objects.filter(answer__application=application).order_by("-pk")
    record(
        data={
            "number": application.case_number,
            "answers": application.answers.count(),
            "files": [one.file.sha256 for one in documents.select_related("file")],
        }
    )
    for document in documents:
        document.delete()
    application.answers.all().delete()
    application.delete()


@action(Verb.DOWNLOAD_APPLICATION, on="application")
def record_application_download(*, application: Application, by: User) -> None:
    """Record that a member of the bank downloads the whole application as PDF, in any state.

    Raises:
        NotAllowed: `by` does not act for the bank.
    """

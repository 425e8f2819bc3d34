"""Every action of the bureau and of the sweep that changes something for a bank tells the bank's people."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from admission.applications.states import Outcome
from admission.decisions.actions.decisions import send_back
from admission.tests.factories import recommended
from banks.members.actions.messages import notify_of_release
from banks.members.models import KeptMessage
from banks.members.queries import people_of, released_untold
from banks.register.models import Bank
from banks.register.states import Standing
from tests.actions.examples import actions, carry_out, examples
from tests.actions.scene import Scene
from tests.actions.stage import Staged, on_stage
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.notices.models import Message
from zsbank.base.permissions import Verb
from zsbank.base.roles import STAFF_ROLES

if TYPE_CHECKING:
    pass

pytestmark = pytest.mark.django_db
ACTIONS = actions()
EXAMPLES = examples()

NOT_SEEN = "the bank does not see it: it is a proposal or a record inside the bureau"
SAID_BY_OUTER = "it runs inside an action that tells the bank"
NO_PEOPLE = "nobody acts for the bank yet"
TAKEN_OVER = "the bank has the letter on paper; its people are invited by it and see everything marked"
OF_FILE = "the action that signs the letter tells the bank; this makes its file"
NEED_NOT: dict[Verb, str] = {
    Verb.ADD_MEMBER: "the person is entered when the register is set up, and gets what reached nobody",
    Verb.ADMIT: SAID_BY_OUTER,
    Verb.ASK_OPINION: NOT_SEEN,
    Verb.ASSIGN_CASES: NOT_SEEN,
    Verb.CONFIRM_INSPECTION: NOT_SEEN,
    Verb.CONFIRM_VERIFICATION: NOT_SEEN,
    Verb.CONFIRM_REGISTRATION: NO_PEOPLE,
    Verb.ENTER_COMPLAINT: NOT_SEEN,
    Verb.READ_COMPLAINTS: NOT_SEEN,
    Verb.NAME_COMPLAINT_COLUMNS: NOT_SEEN,
    Verb.IMPORT_COMPLAINTS: NOT_SEEN,
    Verb.DISCARD_COMPLAINTS: NOT_SEEN,
    Verb.DECLARE_CONFLICT: NOT_SEEN,
    Verb.DECLINE_SETTING_ASIDE: NOT_SEEN,
    Verb.DECLINE_REGISTRATION: NO_PEOPLE,
    Verb.END_RECTIFICATION: SAID_BY_OUTER,
    Verb.ENTER_BANK_CHANGE: NOT_SEEN,
    Verb.ENTER_NEW_USCC: NOT_SEEN,
    Verb.ENTER_SUCCESSION: NOT_SEEN,
    Verb.ENTER_DIVISION: NOT_SEEN,
    Verb.PASS_ON_QUALIFICATION: SAID_BY_OUTER,
    Verb.CARRY_ON_QUALIFICATION: SAID_BY_OUTER,
    Verb.ENTER_PERSON: "the invited person does it; the bank's administrators are told that it was accepted",
    Verb.FAIL_LETTER: OF_FILE,
    Verb.GIVE_OPINION: NOT_SEEN,
    Verb.ISSUE_LETTER: OF_FILE,
    Verb.LEAVE: SAID_BY_OUTER,
    Verb.LOCK_OUT: "the letter and the message of the exit give both days of the bar",
    Verb.PROPOSE_SETTING_ASIDE: NOT_SEEN,
    Verb.PROPOSE_EXIT: "the prior notice tells the bank; on its own wish it awaits only the signature",
    Verb.PUT_UNDER_RECTIFICATION: SAID_BY_OUTER,
    Verb.RECALCULATE_DUE: "the confirmation of the holidays tells banks and officers of every date",
    Verb.RECOMMEND: "the prior notice of a refusal tells the bank; an approval is told when it is decided",
    Verb.RECORD_ASSESSMENT: NOT_SEEN,
    Verb.RECORD_FINDING: NOT_SEEN,
    Verb.RECORD_INSPECTION: NOT_SEEN,
    Verb.RECORD_REMARK: NOT_SEEN,
    Verb.RECORD_SERVICE: "it was served itself; the day is shown with the letter",
    Verb.RECORD_SITE_VISIT: NOT_SEEN,
    Verb.RECORD_TOLD: "it was told another way",
    Verb.REGISTER_BANK: NO_PEOPLE,
    Verb.RELEASE: "the step `notify_of_release` of the sweep tells the bank (test below)",
    Verb.REQUEST_REGISTRATION: NO_PEOPLE,
    Verb.RETRY_LETTER: OF_FILE,
    Verb.SEND_BACK: "the bank knows of a recommendation only by a prior notice; then it is told (test below)",
    Verb.SET_ASIDE_DETERMINATION: SAID_BY_OUTER,
    Verb.SIGN_LETTER: SAID_BY_OUTER,
    Verb.CONFIRM_TAKEOVER: TAKEN_OVER,
    Verb.TAKE_OVER_BANK: TAKEN_OVER,
    Verb.TAKE_OVER_DETERMINATION: TAKEN_OVER,
    Verb.TAKE_OVER_END: TAKEN_OVER,
    Verb.TAKE_OVER_EXIT: TAKEN_OVER,
    Verb.TAKE_OVER_LETTER: TAKEN_OVER,
    Verb.TAKE_OVER_MEMBER: TAKEN_OVER,
    Verb.TAKE_OVER_OPEN_EXIT: TAKEN_OVER,
    Verb.TAKE_OVER_ORDER: TAKEN_OVER,
    Verb.TAKE_OVER_OUTLETS: TAKEN_OVER,
    Verb.TAKE_OVER_PRIOR_NOTICE: TAKEN_OVER,
    Verb.TAKE_OVER_QUALIFICATION: TAKEN_OVER,
    Verb.TAKE_OVER_READMISSION: TAKEN_OVER,
    Verb.TAKE_OVER_RESULT: TAKEN_OVER,
    Verb.END_ORDER: SAID_BY_OUTER,
    Verb.RENAME_ORDER: "the order has no due date and no letter yet; both name the years",
    Verb.SEND_BACK_EXIT: SAID_BY_OUTER,
    Verb.VERIFY_RECTIFICATION: NOT_SEEN,
    Verb.VOID_DETERMINATION: SAID_BY_OUTER,
    Verb.VOID_RECOMMENDATION: "as for sending back",
    Verb.WITHDRAW_SETTING_ASIDE: NOT_SEEN,
    Verb.WITHDRAW_QUESTION: NOT_SEEN,
    Verb.WRITE_NOTE: NOT_SEEN,
}
"""By hand, with reasons: what changes nothing that the bank has to know, or is told to it elsewhere."""


def _by_bureau(one: Action[..., Any]) -> bool:
    """Return whether officers, other actions or the sweep do it."""
    return one.by_clock or one.inner or bool(one.verb.roles & STAFF_ROLES)


BY_BUREAU = sorted(name for name, one in ACTIONS.items() if _by_bureau(one) and not one.by_anybody)


def concerns(scene: Scene, since: int) -> bool:
    """Return whether an entry after one concerns the bank."""
    return Entry.objects.filter(pk__gt=since, uscc__in=scene.bank.codes).exists()


@on_stage(BY_BUREAU)
def test_bank_is_told(staged: Staged) -> None:
    """Check each verb in one of two ways: the bank's people got a message, or it is in the list."""
    one, arguments, scene = staged.action, staged.arguments, staged.scene
    Message.objects.all().delete()
    kept = KeptMessage.objects.count()
    newest = Entry.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    carry_out(one, arguments)
    by = arguments.get("by")
    if (by is not None and not by.is_staff) or not concerns(scene, newest) or one.verb in NEED_NOT:
        return
    told = {row.recipient for row in Message.objects.exclude(recipient=None)}
    assert told >= {*people_of(scene.bank)}, (
        f"{one.verb} changes something for the bank: tell it, or list why not"
    )
    assert KeptMessage.objects.count() == kept


@on_stage(name for name in BY_BUREAU if ACTIONS[name].verb not in NEED_NOT)
def test_what_reaches_nobody_is_kept(staged: Staged) -> None:
    """Check that the same message is kept for a bank for which nobody acts any more."""
    one, arguments, scene = staged.action, staged.arguments, staged.scene
    Message.objects.all().delete()
    newest = Entry.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    by = arguments.get("by")
    if by is not None and not by.is_staff:
        return
    User.objects.filter(pk__in=people_of(scene.bank)).update(is_active=False)
    carry_out(one, arguments)
    if concerns(scene, newest):
        assert KeptMessage.objects.filter(bank=scene.bank).exists()
        assert not Message.objects.filter(uscc__in=scene.bank.codes).exists()


def test_list_names_actions_that_exist() -> None:
    assert {ACTIONS[name].verb for name in BY_BUREAU} >= NEED_NOT.keys()


def test_bank_with_a_prior_notice_is_told_that_the_refusal_is_sent_back(scene: Scene) -> None:
    application = recommended(scene.bank, scene.clerk, scene.people, Outcome.REFUSE)
    Message.objects.all().delete()
    send_back(application=application, by=scene.people.decider, reason="示例")
    told = Message.objects.filter(key__startswith=f"application:{application.pk}:back:")
    assert {row.recipient for row in told} == {scene.clerk, scene.administrator}


def test_bank_is_told_once_that_its_bar_has_ended(scene: Scene) -> None:
    ended = clock.today() - dt.timedelta(days=3)
    Bank.objects.filter(pk=scene.bank.pk).update(standing=Standing.APPLICANT, may_apply_from=ended)
    assert released_untold(clock.today()) == [scene.bank.pk]
    assert notify_of_release(scene.bank.pk)
    assert {row.recipient for row in Message.objects.all()} == {scene.clerk, scene.administrator}
    assert released_untold(clock.today()) == []
    assert not notify_of_release(scene.bank.pk)

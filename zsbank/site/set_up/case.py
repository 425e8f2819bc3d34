"""Declaration of what belongs to no other subject: the bureau's own data, and mail."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zsbank.base.cases.case import Case
from zsbank.base.cases.set_up import SetUp
from zsbank.base.notices.models import Message
from zsbank.base.permissions import Verb
from zsbank.site.set_up.queries import bureau_data, mail

CASES = (
    Case(
        model=Message,
        set_up=(
            SetUp(
                10,
                _("The bureau's own data"),
                bureau_data,
                _("Banks do not read in pages and mails whom to ask, when and where."),
                lambda: reverse("help:bank") + "#ask",
                _("What banks read"),
                seen_with=Verb.SEE_SET_UP,
            ),
            SetUp(
                60,
                _("Mail"),
                mail,
                _("Nobody gets an invitation, a link to set a password, or a reminder."),
                lambda: reverse("set_up:page") + "#mail",
                _("Send a test mail"),
                seen_with=Verb.SEND_TEST_MAIL,
                done_by=(Verb.SEND_TEST_MAIL,),
            ),
        ),
        entries={
            Verb.SEND_TEST_MAIL: _("sent a test mail to himself or herself"),
            Verb.SEE_SET_UP: _("viewed the set-up"),
        },
    ),
)

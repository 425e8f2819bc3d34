"""Exit at the desk: the cases, proposed by one person and signed by another."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from exit import actions
from exit.models import ExitCase
from exit.states import OPEN, ExitState
from zsbank.accounts.permissions import Verb
from zsbank.desk.sheets import Sheet
from zsbank.desk.site import DeskAdmin


class ReasonForm(forms.Form):
    """Why a case is closed without an exit."""

    reason = forms.CharField(label=_("Reasons"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


@admin.register(ExitCase)
class ExitCaseAdmin(DeskAdmin):
    """The exit cases and the verbs on them."""

    list_display = ("case_number", "bank", "ground", "state", "opened_at")
    list_filter = ("state", "ground")
    search_fields = ("case_number", "bank__name", "bank__uscc")
    list_select_related = ("bank",)
    sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.PROPOSE_EXIT,
            _("Propose for signature"),
            frozenset({ExitState.OPENED}),
            (_("The letter is drafted; another person signs it."),),
            lambda by, case, given: actions.propose_exit(case=case, by=by),
        ),
        Sheet(
            Verb.SIGN_EXIT,
            _("Sign the exit"),
            frozenset({ExitState.PROPOSED}),
            (
                _("The qualification is cancelled today and the bank may issue no more cards."),
                _("A numbered letter goes to the bank."),
                _("For five years from tomorrow the bank may not apply."),
            ),
            lambda by, case, given: actions.sign_exit(case=case, by=by),
            grave=True,
        ),
        Sheet(
            Verb.CLOSE_EXIT_CASE,
            _("Close without exit"),
            frozenset(OPEN),
            (_("The case is closed; the bank keeps its qualification."),),
            lambda by, case, given: actions.close_exit_case(case=case, by=by, reason=given["reason"]),
            lambda case: ReasonForm,
            grave=True,
        ),
    )

"""Changes that officers enter on a bank's page at the desk."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from banks.changes.actions.changes import enter_change, enter_new_uscc, enter_succession
from banks.changes.actions.divisions import enter_division
from banks.changes.forms import UsccForm, data_form, division_form, succession_form, values_of
from banks.changes.rules import exists_on
from banks.changes.terms import ChangeKind
from banks.register.models import Bank
from banks.register.rules import qualification_in_force
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.turns import Text
from zsbank.base.files.forms import with_names


def _entered(made: object) -> Text:
    """Say the number of the change, and who has it."""
    return str(_("%(number)s has been entered. Another person decides.") % {"number": made})


FOUR_EYES = _("Another person decides; until then the register stays as it is.")


def _common(given: dict[str, Any]) -> dict[str, Any]:
    """Return what every change has, from the cleaned data of its form."""
    return {
        "changed_on": given["changed_on"],
        "reason": given["reason"],
        "documents": with_names(given["documents"]),
    }


def _notes_of_succession(bank: Bank) -> list[str]:
    if qualification_in_force(bank) is None:
        return []
    return [str(_("The bank holds the qualification; it does not pass to the successor by this entry."))]


OFFERS: tuple[Offer, ...] = (
    Offer(
        enter_change,
        _("Enter a change of data"),
        (
            FOUR_EYES,
            _("Only what differs from the register counts. The former values are kept."),
            _("Standing, orders, bar and duties stay as they are."),
        ),
        form=data_form,
        run=lambda by, bank, given: enter_change(bank=bank, by=by, values=values_of(given), **_common(given)),
        aside=True,
        done=_entered,
    ),
    Offer(
        enter_new_uscc,
        _("Enter a new unified social credit code"),
        (
            FOUR_EYES,
            _("The legal entity stays the same: standing, bar, orders, letters and members stay with it."),
            _(
                "The former code is kept; nobody can register a bank with it without a second person's judgement."
            ),
        ),
        form=lambda bank: UsccForm,
        run=lambda by, bank, given: enter_new_uscc(bank=bank, by=by, uscc=given["uscc"], **_common(given)),
        aside=True,
        done=_entered,
    ),
    Offer(
        enter_succession,
        _("Enter the successor after a merger"),
        (
            FOUR_EYES,
            _("The bank may not apply any more. A reapplication bar that runs passes to the successor."),
            _(
                "Qualification, orders and open cases stay where they are; persons settle each in its own case."
            ),
        ),
        form=succession_form,
        run=lambda by, bank, given: enter_succession(
            bank=bank, by=by, successor=given["successor"], **_common(given)
        ),
        notes=_notes_of_succession,
        aside=True,
        done=_entered,
        when=lambda bank: bank.succeeded_by_id is None,
    ),
    Offer(
        enter_division,
        _("Enter the division of the bank"),
        (
            FOUR_EYES,
            _(
                "A reapplication bar that runs, and duties from before, bind every bank after the division jointly."
            ),
            _("Qualification, open orders and cases go to the one that the document names, or stay."),
            _("The others may apply on their own, unless they are barred."),
        ),
        form=division_form,
        run=lambda by, bank, given: enter_division(
            bank=bank,
            by=by,
            kind=ChangeKind(given["kind"]),
            successors=list(given["successors"]),
            carrier=given["carrier"],
            **_common(given),
        ),
        aside=True,
        done=_entered,
        when=lambda bank: exists_on(bank).allowed,
    ),
)

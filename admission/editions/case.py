"""Declaration of policy editions and criteria: actions, lists and words."""

from django.utils.translation import gettext_lazy as _

from admission.editions.desk import CriterionDesk, PolicyEditionDesk
from admission.editions.models import Criterion, PolicyEdition
from admission.editions.offers import CRITERION_OFFERS, LIST_OFFERS, OFFERS
from admission.editions.states import EditionState
from zsbank.base.calendar import clock
from zsbank.base.cases.case import Case
from zsbank.base.cases.pages import SidebarEntry, SidebarGroup
from zsbank.base.cases.set_up import Proof, SetUp
from zsbank.base.cases.turns import DONE, WAITING, Shown
from zsbank.base.cases.urls import list_page
from zsbank.base.permissions import Verb


def _in_force() -> Proof:
    """Look for the edition in force today."""
    edition = PolicyEdition.objects.valid_on(clock.today())
    if edition is None:
        return Proof.open(_("No edition is in force today."))
    given = {"name": edition.name, "day": edition.valid_from, "n": edition.criteria.count()}
    return Proof.done(_("%(name)s, in force since %(day)s, %(n)s criteria") % given)


CASES = (
    Case(
        model=PolicyEdition,
        states={
            EditionState.DRAFT: Shown(WAITING, staff=EditionState.DRAFT.label),
            EditionState.PUBLISHED: Shown(DONE, staff=EditionState.PUBLISHED.label),
        },
        offers=OFFERS,
        list_offers=LIST_OFFERS,
        desk=PolicyEditionDesk,
        sidebar=SidebarEntry(SidebarGroup.BASIS, _("Policy editions"), place=10),
        set_up=(
            SetUp(
                40,
                _("Policy edition"),
                _in_force,
                _("No bank can start an application."),
                lambda: list_page(PolicyEdition),
                _("Policy editions"),
                done_by=(Verb.DRAFT_EDITION, Verb.PUBLISH_EDITION),
            ),
        ),
        entries={
            Verb.DRAFT_EDITION: _("drafted the policy edition"),
            Verb.AMEND_EDITION: _("changed the draft edition"),
            Verb.ADD_CRITERION: _("added a criterion to the draft"),
            Verb.DROP_CRITERION: _("removed a criterion from the draft"),
            Verb.PUBLISH_EDITION: _("published the policy edition"),
        },
        fields={
            Verb.ADD_CRITERION: Criterion,
            Verb.AMEND_EDITION: Criterion,
            Verb.DROP_CRITERION: Criterion,
        },
    ),
    Case(
        model=Criterion,
        offers=CRITERION_OFFERS,
        desk=CriterionDesk,
    ),
)

"""Actions on policy editions that the desk offers."""

from django.utils.translation import gettext_lazy as _

from admission.editions.actions import (
    add_criterion,
    amend_criterion,
    amend_edition,
    draft_edition,
    drop_criterion,
    publish_edition,
)
from admission.editions.forms import (
    DraftEditionForm,
    PublishForm,
    added_criterion_form,
    criterion_form,
    dropped_criterion_form,
    periods_form,
)
from admission.editions.models import PolicyEdition
from admission.editions.rules import warnings_before_publishing
from zsbank.base.cases.offers import Offer


def _is_draft(edition: PolicyEdition) -> bool:
    return edition.is_draft


LIST_OFFERS: tuple[Offer, ...] = (
    Offer(
        draft_edition,
        _("Draft an edition"),
        (
            _("A draft begins as a copy: periods and criteria. Nothing is in force by it."),
            _("Another person publishes it; from then on nothing in it changes."),
        ),
        form=lambda case: DraftEditionForm,
    ),
)

OFFERS: tuple[Offer, ...] = (
    Offer(
        amend_edition,
        _("Change the periods"),
        (_("The draft says so; the criteria are changed each on its own page."),),
        form=periods_form,
        run=lambda by, case, given: amend_edition(edition=case, by=by, periods=given),
        when=_is_draft,
    ),
    Offer(
        add_criterion,
        _("Add a criterion"),
        (_("The criteria from its number on move up by one."),),
        form=added_criterion_form,
        run=lambda by, case, given: add_criterion(edition=case, by=by, fields=given),
        aside=True,
        when=_is_draft,
    ),
    Offer(
        drop_criterion,
        _("Drop a criterion"),
        (
            _("The draft asks for it no longer; those after it move down by one."),
            _("Published editions and the applications under them keep it."),
        ),
        form=dropped_criterion_form,
        aside=True,
        when=_is_draft,
    ),
    Offer(
        publish_edition,
        _("Publish"),
        (
            _("Applications started from that day on follow this edition; older ones keep theirs."),
            _("Nothing in it can be changed afterwards."),
        ),
        form=lambda case: PublishForm,
        grave=True,
        notes=warnings_before_publishing,
        when=_is_draft,
    ),
)
"""The actions on one edition."""

CRITERION_OFFERS: tuple[Offer, ...] = (
    Offer(
        amend_criterion,
        _("Change the criterion"),
        (_("The draft says so. A published edition is never changed."),),
        form=criterion_form,
        run=lambda by, case, given: amend_criterion(criterion=case, by=by, fields=given),
    ),
)
"""The actions on one criterion."""

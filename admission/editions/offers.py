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
            _(
                "A draft starts as a copy of the periods and criteria of an edition. It has no effect "
                "until it is published."
            ),
            _("Another person publishes it; after that it cannot be changed."),
        ),
        form=lambda case: DraftEditionForm,
    ),
)

OFFERS: tuple[Offer, ...] = (
    Offer(
        amend_edition,
        _("Change the periods"),
        (_("Only the draft changes; each criterion is changed on its own page."),),
        form=periods_form,
        run=lambda by, case, given: amend_edition(edition=case, by=by, periods=given),
        when=_is_draft,
    ),
    Offer(
        add_criterion,
        _("Add a criterion"),
        (_("The criteria from this number on move up by one."),),
        form=added_criterion_form,
        run=lambda by, case, given: add_criterion(edition=case, by=by, fields=given),
        aside=True,
        when=_is_draft,
    ),
    Offer(
        drop_criterion,
        _("Remove a criterion"),
        (
            _("The draft no longer includes it; later criteria move down by one."),
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
            _("Applications started on or after that day follow this edition; earlier ones keep theirs."),
            _("The content cannot be changed after publication."),
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
        (_("Only the draft changes. A published edition cannot be changed."),),
        form=criterion_form,
        run=lambda by, case, given: amend_criterion(criterion=case, by=by, fields=given),
    ),
)
"""The actions on one criterion."""

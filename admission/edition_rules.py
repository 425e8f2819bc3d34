"""What may be done with a policy edition, and why not."""

from django.utils.translation import gettext as _

from admission.models import PolicyEdition
from zsbank.accounts.models import User
from zsbank.refusals import YES, Verdict


def may_amend(edition: PolicyEdition) -> Verdict:
    """Whether an edition can be changed: a draft only."""
    if edition.published_at is not None:
        return Verdict.no(
            "published", _("The edition is published and stays as it is. Draft a new one from it.")
        )
    return YES


def may_publish(user: User, edition: PolicyEdition) -> Verdict:
    """Whether this person may publish an edition: a draft, by somebody else."""
    verdict = may_amend(edition)
    if verdict and edition.drafted_by == user:
        return Verdict.no("four_eyes", _("You drafted this edition; another person publishes it."))
    return verdict

"""What may be done with a policy edition, and why not."""

from django.utils.translation import gettext as _

from admission.editions.models import PolicyEdition
from zsbank.base.accounts.models import User
from zsbank.base.journal.queries import history_of
from zsbank.base.permissions import Verb
from zsbank.base.refusals import YES, Verdict


def may_amend(edition: PolicyEdition) -> Verdict:
    """Whether an edition can be changed: a draft only."""
    if edition.published_at is not None:
        return Verdict.no(
            "published", _("The edition is published and stays as it is. Draft a new one from it.")
        )
    return YES


def may_publish(user: User, edition: PolicyEdition) -> Verdict:
    """Whether this person may publish an edition: a draft in which no word is theirs."""
    verdict = may_amend(edition)
    if verdict and (edition.drafted_by == user or _has_amended(user, edition)):
        return Verdict.no("four_eyes", _("You drafted or changed this edition; another person publishes it."))
    return verdict


def _has_amended(user: User, edition: PolicyEdition) -> bool:
    return history_of(edition).filter(verb=Verb.AMEND_EDITION, actor=user).exists()

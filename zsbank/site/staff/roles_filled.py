"""Whether every role of the bureau has people, and every pair of steps two different ones."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User
from zsbank.base.cases.set_up import Proof
from zsbank.base.journal.words import verb_in_words
from zsbank.base.permissions import FOUR_EYES, Verb
from zsbank.base.roles import STAFF_ROLES, Role

Held = Mapping[Role, frozenset[int]]


def people_for_every_role() -> Proof:
    """Look for roles that nobody holds, and for steps that need two persons where there is only one."""
    held = _held()
    empty = [str(role.label) for role in Role if role in STAFF_ROLES and not held[role]]
    if empty:
        return Proof.open(_("Nobody yet: %(roles)s") % {"roles": "、".join(empty)})
    alone = [verb_in_words(second) for first, second in FOUR_EYES if not _are_two(held, first, second)]
    if alone:
        words = _("Only one person, where another than the first has to act: %(steps)s")
        return Proof.open(words % {"steps": "、".join(alone)})
    everybody = frozenset[int]().union(*held.values())
    if len(held[Role.SECURITY_ADMINISTRATOR]) == 1:
        words = _(
            "%(n)s people; only one security administrator, whose lost second factor nobody could reset"
        )
        return Proof.look(words % {"n": len(everybody)})
    return Proof.done(_("%(n)s people, every role is held") % {"n": len(everybody)})


def _held() -> Held:
    """Return the active people of each role, in one query."""
    rows = User.objects.filter(is_staff=True, is_active=True, groups__name__in=[*STAFF_ROLES])
    pairs = list(rows.values_list("groups__name", "pk"))
    return {role: frozenset(pk for name, pk in pairs if name == role.value) for role in STAFF_ROLES}


def _are_two(held: Held, first: Verb, second: Verb) -> bool:
    """Return whether somebody can take the second step on what somebody else began."""
    begin, decide = _holders(held, first), _holders(held, second)
    return bool(begin) and bool(decide) and len(begin | decide) > 1


def _holders(held: Held, verb: Verb) -> frozenset[int]:
    return frozenset[int]().union(*(held[role] for role in verb.roles & STAFF_ROLES))

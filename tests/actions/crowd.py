"""People who must get no message: they left, were deactivated, lost their role, or belong to another bank."""

import datetime as dt

from django.contrib.auth.models import Group

from banks.members.models import Member
from tests.actions.scene import Scene
from zsbank.base.accounts.models import User
from zsbank.base.roles import STAFF_ROLES, Role


def add_crowd(scene: Scene) -> None:
    """Add people who left or were deactivated to both banks and to the bureau, and some without a role there.

    Their names begin with `gone`. Each role of the bureau has somebody present, too.
    """
    _add_members(scene)
    groups = {role: Group.objects.get_or_create(name=role.value)[0] for role in sorted(STAFF_ROLES)}
    held = {*User.groups.through.objects.values_list("group__name", flat=True)}
    officers = [
        *((_user(f"gone-{role}", is_staff=True, is_active=False), group) for role, group in groups.items()),
        *((_user(f"gone-elsewhere-{role}"), group) for role, group in groups.items()),
        *(
            (_user(role.value, is_staff=True), group)
            for role, group in groups.items()
            if role.value not in held
        ),
    ]
    User.objects.bulk_create(
        [*(user for user, _group in officers), _user("gone-without-role", is_staff=True)]
    )
    User.groups.through.objects.bulk_create(
        User.groups.through(user=user, group=group) for user, group in officers
    )


def _add_members(scene: Scene) -> None:
    rows = []
    for bank in (scene.bank, scene.other_bank):
        for role in (Role.BANK_ADMINISTRATOR, Role.BANK_CLERK):
            left = _user(f"gone-left-{bank.pk}-{role}")
            deactivated = _user(f"gone-from-{bank.pk}-{role}", is_active=False)
            given = {"bank": bank, "role": role, "since": dt.date(2020, 1, 1)}
            rows.append(Member(user=left, left_on=dt.date(2021, 1, 1), **given))
            rows.append(Member(user=deactivated, **given))
    User.objects.bulk_create(row.user for row in rows)
    Member.objects.bulk_create(rows)


def _user(username: str, **flags: bool) -> User:
    return User(username=username, name=f"{username}员", email=f"{username}@example.com", **flags)

"""People of the demonstration, and their sign-ins."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from banks.members.actions import members as banks
from banks.register.models import Bank
from zsbank.base.accounts.actions import enter_person, grant_role
from zsbank.base.accounts.models import User
from zsbank.base.roles import Role

OFFICERS: tuple[tuple[str, str, Role], ...] = (
    ("intake", "受理员甲", Role.INTAKE_OFFICER),
    ("reviewer", "审查员甲", Role.REVIEWER),
    ("decider", "决定人甲", Role.DECIDER),
    ("decider2", "决定人乙", Role.DECIDER),
    ("inspector", "检查员甲", Role.INSPECTOR),
    ("assessor", "考核员甲", Role.ASSESSOR),
    ("assessor2", "考核员乙", Role.ASSESSOR),
    ("liaison", "医保联络员甲", Role.HEALTHCARE_LIAISON),
    ("auditor", "审计员甲", Role.AUDITOR),
    ("system", "系统管理员甲", Role.SYSTEM_ADMINISTRATOR),
    ("security", "安全管理员甲", Role.SECURITY_ADMINISTRATOR),
    ("audit", "审计管理员甲", Role.AUDIT_ADMINISTRATOR),
)


@dataclass(frozen=True)
class Officers:
    """The officers by role."""

    intake: User
    reviewer: User
    decider: User
    inspector: User
    assessor: User
    assessor2: User
    liaison: User


def password() -> str:
    """Return the password of the demonstration: generated once for each data folder."""
    path = Path(settings.DATA_DIR) / "demonstration_password"
    if not path.exists():
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
        ) as file:
            file.write(f"demo-{secrets.token_hex(5)}")
    return path.read_text(encoding="ascii")


def enter_officers() -> Officers:
    """Enter the officers, with one role each."""
    entered = {}
    for number, (username, name, role) in enumerate(OFFICERS, start=1):
        person = enter_person(
            username=username,
            name=name,
            email=f"{username}@hrss.example",
            password=password(),
            by=None,
            office_phone=f"0760-888800{number:02}",
        )
        entered[username] = grant_role(person=person, role=role, by=None)
    return Officers(**{name: entered[name] for name in Officers.__dataclass_fields__})


def enter_member(bank: Bank, username: str, name: str, role: Role, by: User) -> User:
    """Enter a user of a bank."""
    person = enter_person(
        username=username, name=name, email=f"{username}@bank.example", password=password(), by=None
    )
    banks.add_member(bank=bank, user=person, role=role, by=by)
    return person


def sign_ins() -> list[tuple[str, str, str]]:
    """Return sign-in name, person, and role or bank of everybody in the demonstration."""
    officers = [(username, name, str(role.label)) for username, name, role in OFFICERS]
    members = User.objects.filter(memberships__left_on=None, is_staff=False).distinct().order_by("pk")
    of_banks = [(user.username, user.name, _banks(user)) for user in members]
    return officers + of_banks


def _banks(user: User) -> str:
    return "、".join(str(member.bank) for member in user.memberships.filter(left_on=None))

"""Roles at a bank: their names in official Chinese, and what each may do, from the permission table."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zsbank.base.permissions import Verb
from zsbank.base.roles import Role

ROLE_NAMES: dict[Role, str] = {Role.BANK_ADMINISTRATOR: "银行管理员", Role.BANK_CLERK: "银行经办员"}
"""Roles at a bank in official Chinese, for mail and messages."""


@dataclass(frozen=True)
class Duty:
    """Something that people of a bank do, and who may do it."""

    label: str | Promise
    administrator: bool
    clerk: bool


DUTIES: tuple[tuple[str | Promise, frozenset[Verb]], ...] = (
    (
        _("Prepare, submit and withdraw applications for admission"),
        frozenset(
            {
                Verb.START_APPLICATION,
                Verb.DELETE_DRAFT,
                Verb.SAVE_ANSWER,
                Verb.ATTACH_EVIDENCE,
                Verb.REPLACE_EVIDENCE,
                Verb.REMOVE_EVIDENCE,
                Verb.RESTORE_EVIDENCE,
                Verb.CORRECT_EVIDENCE_DATES,
                Verb.ATTACH_COMMITMENT,
                Verb.CORRECT_COMMITMENT,
                Verb.REMOVE_COMMITMENT,
                Verb.RESTORE_COMMITMENT,
                Verb.COPY_ANSWERS,
                Verb.SUBMIT_APPLICATION,
                Verb.SUBMIT_SUPPLEMENT,
                Verb.WITHDRAW_APPLICATION,
                Verb.DOWNLOAD_RECEIPT,
                Verb.DOWNLOAD_APPLICATION,
            }
        ),
    ),
    (
        _("Keep the list of outlets"),
        frozenset(
            {
                Verb.SAVE_OUTLET,
                Verb.IMPORT_OUTLETS,
                Verb.NAME_COLUMNS,
                Verb.EXPORT_OUTLETS,
                Verb.REMOVE_OUTLET,
            }
        ),
    ),
    (
        _("Report changes of the bank's data"),
        frozenset({Verb.REQUEST_BANK_CHANGE, Verb.WITHDRAW_BANK_CHANGE}),
    ),
    (
        _("Submit rectification reports and statements"),
        frozenset({Verb.REPORT_PROGRESS, Verb.REPORT_RECTIFICATION, Verb.STATE_CASE}),
    ),
    (
        _("Answer inspection reports, and state corrections"),
        frozenset({Verb.ANSWER_INSPECTION, Verb.STATE_CORRECTION}),
    ),
    (
        _("State payments of fee notices"),
        frozenset({Verb.STATE_FEE_PAYMENT}),
    ),
    (
        _("Answer complaints"),
        frozenset({Verb.ANSWER_COMPLAINT}),
    ),
    (
        _("Read letters, and the contacts of the bank's own people"),
        frozenset({Verb.DOWNLOAD_LETTER, Verb.SEE_CONTACTS}),
    ),
    (
        _("Invite and remove colleagues, change roles, require a second factor"),
        frozenset(
            {
                Verb.ADD_MEMBER,
                Verb.INVITE_MEMBER,
                Verb.RENEW_INVITATION,
                Verb.WITHDRAW_INVITATION,
                Verb.CHANGE_MEMBER_ROLE,
                Verb.REMOVE_MEMBER,
                Verb.DEMAND_SECOND_FACTOR,
            }
        ),
    ),
    (
        _("Apply for the end of the cooperation"),
        frozenset({Verb.FILE_EXIT_APPLICATION, Verb.WITHDRAW_EXIT_APPLICATION}),
    ),
)
"""What a bank's people do; every verb that a bank's role holds is in exactly one line."""


def duties() -> list[Duty]:
    """Return the duties of members of a bank, and which of the two roles the permission table allows each."""
    return [
        Duty(label, _all_held(verbs, Role.BANK_ADMINISTRATOR), _all_held(verbs, Role.BANK_CLERK))
        for label, verbs in DUTIES
    ]


def _all_held(verbs: frozenset[Verb], role: Role) -> bool:
    return all(role in verb.roles for verb in verbs)

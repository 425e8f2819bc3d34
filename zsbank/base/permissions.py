"""The permission table: the roles that hold each verb. Own bank, four eyes and conflicts are rules of the cases."""

from collections.abc import Collection
from enum import StrEnum
from typing import Self

from zsbank.base.roles import ADMINISTRATORS, STAFF_ROLES, Role

INTAKE, REVIEWER, DECIDER = Role.INTAKE_OFFICER, Role.REVIEWER, Role.DECIDER
INSPECTOR, ASSESSOR, AUDITOR = Role.INSPECTOR, Role.ASSESSOR, Role.AUDITOR
BANK_ADMIN, CLERK = Role.BANK_ADMINISTRATOR, Role.BANK_CLERK
OFFICERS = frozenset({INTAKE, REVIEWER, DECIDER, INSPECTOR, ASSESSOR})
OWN_BANK = frozenset({BANK_ADMIN, CLERK})
NOBODY: frozenset[Role] = frozenset()
"""For verbs that the system records, and verbs that follow from another verb."""


class Verb(StrEnum):
    """Actions, and events that the system records, each with the roles that hold it; the journal stores their names.

    A verb of nobody is recorded by the system, or follows from another verb.
    """

    roles: frozenset[Role]

    def __new__(cls, name: str, roles: Collection[Role]) -> Self:
        """Take the name as the value, and the roles beside it."""
        verb = str.__new__(cls, name)
        verb._value_ = name
        verb.roles = frozenset(roles)
        return verb

    REGISTER_BANK = "register_bank", {INTAKE}
    REGISTER_VENDOR = "register_vendor", {INTAKE}
    ADD_MEMBER = "add_member", {INTAKE, BANK_ADMIN}
    INVITE_MEMBER = "invite_member", {INTAKE, BANK_ADMIN}
    RENEW_INVITATION = "renew_invitation", {INTAKE, BANK_ADMIN}
    WITHDRAW_INVITATION = "withdraw_invitation", {INTAKE, BANK_ADMIN}
    CHANGE_MEMBER_ROLE = "change_member_role", {BANK_ADMIN}
    REMOVE_MEMBER = "remove_member", {INTAKE, BANK_ADMIN}
    DEMAND_SECOND_FACTOR = "demand_second_factor", {BANK_ADMIN}
    SAVE_OUTLET = "save_outlet", OWN_BANK
    IMPORT_OUTLETS = "import_outlets", OWN_BANK
    NAME_COLUMNS = "name_columns", OWN_BANK
    EXPORT_OUTLETS = "export_outlets", OWN_BANK
    REMOVE_OUTLET = "remove_outlet", OWN_BANK
    REQUEST_REGISTRATION = "request_registration", {INTAKE}
    CONFIRM_REGISTRATION = "confirm_registration", {DECIDER}
    DECLINE_REGISTRATION = "decline_registration", {DECIDER}
    REQUEST_BANK_CHANGE = "request_bank_change", OWN_BANK
    WITHDRAW_BANK_CHANGE = "withdraw_bank_change", OWN_BANK
    ENTER_BANK_CHANGE = "enter_bank_change", {INTAKE, INSPECTOR}
    ENTER_NEW_USCC = "enter_new_uscc", {INTAKE, INSPECTOR}
    ENTER_SUCCESSION = "enter_succession", {INTAKE, INSPECTOR}
    ENTER_DIVISION = "enter_division", {INTAKE, INSPECTOR}
    ACCEPT_BANK_CHANGE = "accept_bank_change", {DECIDER}
    DECLINE_BANK_CHANGE = "decline_bank_change", {DECIDER}
    START_APPLICATION = "start_application", OWN_BANK
    SAVE_ANSWER = "save_answer", OWN_BANK
    ATTACH_EVIDENCE = "attach_evidence", OWN_BANK
    REPLACE_EVIDENCE = "replace_evidence", OWN_BANK
    REMOVE_EVIDENCE = "remove_evidence", OWN_BANK
    ATTACH_COMMITMENT = "attach_commitment", OWN_BANK
    CORRECT_COMMITMENT = "correct_commitment", OWN_BANK
    REMOVE_COMMITMENT = "remove_commitment", OWN_BANK
    RESTORE_COMMITMENT = "restore_commitment", OWN_BANK
    RESTORE_EVIDENCE = "restore_evidence", OWN_BANK
    CORRECT_EVIDENCE_DATES = "correct_evidence_dates", OWN_BANK
    COPY_ANSWERS = "copy_answers", OWN_BANK
    SUBMIT_APPLICATION = "submit_application", OWN_BANK
    WITHDRAW_APPLICATION = "withdraw_application", OWN_BANK
    DELETE_DRAFT = "delete_draft", OWN_BANK
    DOWNLOAD_RECEIPT = "download_receipt", OWN_BANK
    DOWNLOAD_APPLICATION = "download_application", OWN_BANK
    DECLARE_CONFLICT = "declare_conflict", {INTAKE, REVIEWER, DECIDER}
    ACCEPT_APPLICATION = "accept_application", {INTAKE}
    RECORD_REMARK = "record_remark", {INTAKE}
    REQUEST_SUPPLEMENT = "request_supplement", {INTAKE, REVIEWER}
    SUBMIT_SUPPLEMENT = "submit_supplement", OWN_BANK
    ASSIGN_CASES = "assign_cases", {INTAKE, REVIEWER, DECIDER}
    WRITE_NOTE = "write_note", OFFICERS
    RECORD_SITE_VISIT = "record_site_visit", {REVIEWER}
    ASK_OPINION = "ask_opinion", {REVIEWER}
    WITHDRAW_QUESTION = "withdraw_question", {REVIEWER}
    GIVE_OPINION = "give_opinion", {Role.HEALTHCARE_LIAISON}
    SEE_OPINIONS = "see_opinions", OFFICERS | {Role.HEALTHCARE_LIAISON}
    EXTEND_TIME_LIMIT = "extend_time_limit", {DECIDER}
    RECORD_FINDING = "record_finding", {REVIEWER}
    RECOMMEND = "recommend", {REVIEWER}
    SEND_BACK = "send_back", {DECIDER}
    DECIDE = "decide", {DECIDER}
    STATE_CASE = "state_case", OWN_BANK
    ANSWER_STATEMENT = "answer_statement", {REVIEWER, INSPECTOR}
    RECORD_AGREEMENT = "record_agreement", {REVIEWER}
    ALLOW_ISSUING = "allow_issuing", {REVIEWER}
    PROPOSE_DETERMINATION = "propose_determination", {INSPECTOR}
    MAKE_DETERMINATION = "make_determination", {DECIDER}
    CONFIRM_DETERMINATION = "confirm_determination", {DECIDER}
    DECLINE_DETERMINATION = "decline_determination", {DECIDER}
    WITHDRAW_DETERMINATION = "withdraw_determination", {INSPECTOR}
    PROPOSE_SETTING_ASIDE = "propose_setting_aside", {INTAKE, INSPECTOR}
    ACCEPT_SETTING_ASIDE = "accept_setting_aside", {DECIDER}
    DECLINE_SETTING_ASIDE = "decline_setting_aside", {DECIDER}
    WITHDRAW_SETTING_ASIDE = "withdraw_setting_aside", {INTAKE, INSPECTOR}
    SET_RECTIFICATION_DEADLINE = "set_rectification_deadline", {INSPECTOR, ASSESSOR}
    REPORT_RECTIFICATION = "report_rectification", OWN_BANK
    REPORT_PROGRESS = "report_progress", OWN_BANK
    VERIFY_RECTIFICATION = "verify_rectification", {INSPECTOR, ASSESSOR}
    CONFIRM_VERIFICATION = "confirm_verification", {INSPECTOR, ASSESSOR}
    ACCEPT_RECTIFICATION = "accept_rectification", {DECIDER}
    REJECT_RECTIFICATION = "reject_rectification", {DECIDER}
    DRAFT_SCHEME = "draft_scheme", {ASSESSOR}
    AMEND_SCHEME = "amend_scheme", {ASSESSOR}
    WITHDRAW_SCHEME = "withdraw_scheme", {ASSESSOR, DECIDER}
    PUBLISH_SCHEME = "publish_scheme", {DECIDER}
    RECORD_ASSESSMENT = "record_assessment", {ASSESSOR}
    FINALISE_ASSESSMENT = "finalise_assessment", {ASSESSOR}
    REVISE_ASSESSMENT = "revise_assessment", {DECIDER}
    ENTER_FEE_NOTICE = "enter_fee_notice", {INSPECTOR}
    WITHDRAW_FEE_NOTICE = "withdraw_fee_notice", {INSPECTOR, DECIDER}
    STATE_FEE_PAYMENT = "state_fee_payment", OWN_BANK
    CONFIRM_FEE_PAYMENT = "confirm_fee_payment", {INSPECTOR}
    SEND_BACK_FEE_PAYMENT = "send_back_fee_payment", {INSPECTOR}
    RECORD_FEE_PAYMENT = "record_fee_payment", {INSPECTOR}
    ENTER_COMPLAINT = "enter_complaint", {INSPECTOR}
    READ_COMPLAINTS = "read_complaints", {INSPECTOR}
    NAME_COMPLAINT_COLUMNS = "name_complaint_columns", {INSPECTOR}
    IMPORT_COMPLAINTS = "import_complaints", {INSPECTOR}
    DISCARD_COMPLAINTS = "discard_complaints", {INSPECTOR}
    FORWARD_COMPLAINT = "forward_complaint", {INSPECTOR}
    ANSWER_COMPLAINT = "answer_complaint", OWN_BANK
    SEND_BACK_COMPLAINT = "send_back_complaint", {INSPECTOR}
    CLOSE_COMPLAINT = "close_complaint", {INSPECTOR}
    REOPEN_COMPLAINT = "reopen_complaint", {INSPECTOR}
    WITHDRAW_COMPLAINT = "withdraw_complaint", {INSPECTOR, DECIDER}
    PLAN_INSPECTION = "plan_inspection", {INSPECTOR}
    CANCEL_INSPECTION = "cancel_inspection", {INSPECTOR}
    RECORD_INSPECTION = "record_inspection", OFFICERS
    SIGN_INSPECTION = "sign_inspection", OFFICERS
    CONFIRM_INSPECTION = "confirm_inspection", OFFICERS
    REPORT_INSPECTION = "report_inspection", {INSPECTOR, DECIDER}
    ANSWER_INSPECTION = "answer_inspection", OWN_BANK
    CLOSE_INSPECTION = "close_inspection", {INSPECTOR, DECIDER}
    DEMAND_CORRECTION = "demand_correction", {INSPECTOR, DECIDER}
    STATE_CORRECTION = "state_correction", OWN_BANK
    CONFIRM_CORRECTION = "confirm_correction", {INSPECTOR}
    PROPOSE_AFTER_INSPECTION = "propose_after_inspection", {INSPECTOR}
    OPEN_EXIT_CASE = "open_exit_case", {INSPECTOR}
    FILE_EXIT_APPLICATION = "file_exit_application", {BANK_ADMIN}
    WITHDRAW_EXIT_APPLICATION = "withdraw_exit_application", {BANK_ADMIN}
    PROPOSE_EXIT = "propose_exit", {INSPECTOR, REVIEWER}
    SIGN_EXIT = "sign_exit", {DECIDER}
    CLOSE_EXIT_CASE = "close_exit_case", {DECIDER}
    DRAFT_EDITION = "draft_edition", {REVIEWER, DECIDER}
    AMEND_EDITION = "amend_edition", {REVIEWER, DECIDER}
    ADD_CRITERION = "add_criterion", {REVIEWER, DECIDER}
    DROP_CRITERION = "drop_criterion", {REVIEWER, DECIDER}
    PUBLISH_EDITION = "publish_edition", {DECIDER}
    ENTER_HOLIDAYS = "enter_holidays", {INTAKE, REVIEWER}
    WITHDRAW_HOLIDAYS = "withdraw_holidays", {INTAKE, REVIEWER}
    CONFIRM_HOLIDAYS = "confirm_holidays", {DECIDER}
    ENTER_TAKEOVER = "enter_takeover", {INTAKE}
    ENTER_TAKEOVER_OF_BANK = "enter_takeover_of_bank", {INTAKE}
    ATTACH_TAKEOVER_SCAN = "attach_takeover_scan", {INTAKE}
    WITHDRAW_TAKEOVER = "withdraw_takeover", {INTAKE}
    CONFIRM_TAKEOVER = "confirm_takeover", {DECIDER}
    RETRY_LETTER = "retry_letter", OFFICERS
    RECORD_SERVICE = "record_service", OFFICERS
    RECORD_TOLD = "record_told", OFFICERS
    SEE_DESK = "see_desk", OFFICERS
    SEE_LETTERS = "see_letters", OFFICERS | {AUDITOR}
    DOWNLOAD_LETTER = "download_letter", OFFICERS | {AUDITOR} | OWN_BANK
    SEE_JOURNAL = "see_journal", OFFICERS | {AUDITOR, Role.AUDIT_ADMINISTRATOR}
    RECEIVE_CHECKPOINT = "receive_checkpoint", {AUDITOR, Role.AUDIT_ADMINISTRATOR}
    SEE_SYSTEM = "see_system", {Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}
    SEE_SET_UP = "see_set_up", ADMINISTRATORS | {DECIDER}
    SEND_TEST_MAIL = "send_test_mail", {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR}
    RECORD_RESTORE = "record_restore", {Role.SYSTEM_ADMINISTRATOR}
    SEE_PEOPLE = "see_people", {Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}
    SEE_SIGN_INS = "see_sign_ins", {AUDITOR, Role.AUDIT_ADMINISTRATOR}
    SEE_CONTACTS = "see_contacts", {INTAKE, REVIEWER, INSPECTOR, Role.SECURITY_ADMINISTRATOR} | OWN_BANK
    EXPORT_JOURNAL = "export_journal", {AUDITOR, Role.AUDIT_ADMINISTRATOR}
    EXPORT_LIST = "export_list", STAFF_ROLES
    ENTER_PERSON = "enter_person", {Role.SECURITY_ADMINISTRATOR}
    GRANT_ROLE = "grant_role", {Role.SECURITY_ADMINISTRATOR}
    REVOKE_ROLE = "revoke_role", {Role.SECURITY_ADMINISTRATOR}
    DISCONNECT_IDENTITY = "disconnect_identity", {Role.SECURITY_ADMINISTRATOR}
    DEACTIVATE_PERSON = "deactivate_person", {Role.SECURITY_ADMINISTRATOR}
    CHANGE_OFFICE_PHONE = "change_office_phone", {Role.SECURITY_ADMINISTRATOR}
    END_SIGN_INS = "end_sign_ins", {Role.SECURITY_ADMINISTRATOR}
    REMOVE_SECOND_FACTOR = "remove_second_factor", {Role.SECURITY_ADMINISTRATOR}
    ACCEPT_INVITATION = "accept_invitation", NOBODY
    END_SUPPLEMENT = "end_supplement", {INTAKE, REVIEWER}
    VOID_RECOMMENDATION = "void_recommendation", NOBODY
    GIVE_PRIOR_NOTICE = "give_prior_notice", NOBODY
    COUNT_FROM_SERVICE = "count_from_service", NOBODY
    ADMIT = "admit", NOBODY
    PUT_UNDER_RECTIFICATION = "put_under_rectification", NOBODY
    END_RECTIFICATION = "end_rectification", NOBODY
    LEAVE = "leave", NOBODY
    PASS_ON_QUALIFICATION = "pass_on_qualification", NOBODY
    CARRY_ON_QUALIFICATION = "carry_on_qualification", NOBODY
    LOCK_OUT = "lock_out", NOBODY
    RELEASE = "release", {INTAKE}
    RECORD_DETERMINATION = "record_determination", NOBODY
    SET_ASIDE_DETERMINATION = "set_aside_determination", NOBODY
    VOID_DETERMINATION = "void_determination", NOBODY
    REPLACE_SCHEME = "replace_scheme", NOBODY
    OPEN_ORDER = "open_order", {ASSESSOR}
    LAPSE = "lapse", {INSPECTOR}
    WITHDRAW_ORDER = "withdraw_order", NOBODY
    SET_ASIDE_ORDER = "set_aside_order", NOBODY
    END_ORDER = "end_order", NOBODY
    RENAME_ORDER = "rename_order", NOBODY
    RECORD_FEE_OVERDUE = "record_fee_overdue", NOBODY
    RECORD_COMPLAINT_OVERDUE = "record_complaint_overdue", NOBODY
    RECORD_CORRECTION_OVERDUE = "record_correction_overdue", NOBODY
    SEND_BACK_EXIT = "send_back_exit", NOBODY
    END_EXIT_GROUND = "end_exit_ground", NOBODY
    RECALCULATE_DUE = "recalculate_due", NOBODY
    TAKE_OVER_BANK = "take_over_bank", NOBODY
    TAKE_OVER_LETTER = "take_over_letter", NOBODY
    TAKE_OVER_QUALIFICATION = "take_over_qualification", NOBODY
    TAKE_OVER_END = "take_over_end", NOBODY
    TAKE_OVER_READMISSION = "take_over_readmission", NOBODY
    TAKE_OVER_OUTLETS = "take_over_outlets", NOBODY
    TAKE_OVER_MEMBER = "take_over_member", NOBODY
    TAKE_OVER_DETERMINATION = "take_over_determination", NOBODY
    TAKE_OVER_ORDER = "take_over_order", NOBODY
    TAKE_OVER_RESULT = "take_over_result", NOBODY
    TAKE_OVER_EXIT = "take_over_exit", NOBODY
    TAKE_OVER_OPEN_EXIT = "take_over_open_exit", NOBODY
    TAKE_OVER_PRIOR_NOTICE = "take_over_prior_notice", NOBODY
    SIGN_LETTER = "sign_letter", NOBODY
    ISSUE_LETTER = "issue_letter", NOBODY
    SKIP_NUMBERS = "skip_numbers", NOBODY
    ACCEPT_LOSS = "accept_loss", NOBODY
    FAIL_LETTER = "fail_letter", NOBODY
    OPEN_FILE = "open_file", NOBODY
    QUARANTINE_FILE = "quarantine_file", NOBODY
    SIGN_IN = "sign_in", NOBODY
    SIGN_OUT = "sign_out", NOBODY
    REFUSE_SIGN_IN = "refuse_sign_in", NOBODY
    CONNECT_IDENTITY = "connect_identity", NOBODY
    CONFIRM_SIGN_IN = "confirm_sign_in", NOBODY
    CHANGE_SIGN_IN = "change_sign_in", NOBODY
    REFUSE = "refuse", NOBODY
    LOAD_DEMONSTRATION = "load_demonstration", NOBODY
    TAKE_BACKUP = "take_backup", NOBODY


FOUR_EYES: tuple[tuple[Verb, Verb], ...] = (
    (Verb.DRAFT_EDITION, Verb.PUBLISH_EDITION),
    (Verb.ENTER_HOLIDAYS, Verb.CONFIRM_HOLIDAYS),
    (Verb.DRAFT_SCHEME, Verb.PUBLISH_SCHEME),
    (Verb.REQUEST_REGISTRATION, Verb.CONFIRM_REGISTRATION),
    (Verb.ENTER_BANK_CHANGE, Verb.ACCEPT_BANK_CHANGE),
    (Verb.RECOMMEND, Verb.DECIDE),
    (Verb.PROPOSE_DETERMINATION, Verb.MAKE_DETERMINATION),
    (Verb.PROPOSE_SETTING_ASIDE, Verb.ACCEPT_SETTING_ASIDE),
    (Verb.RECORD_ASSESSMENT, Verb.FINALISE_ASSESSMENT),
    (Verb.ENTER_FEE_NOTICE, Verb.WITHDRAW_FEE_NOTICE),
    (Verb.ENTER_COMPLAINT, Verb.WITHDRAW_COMPLAINT),
    (Verb.CONFIRM_INSPECTION, Verb.REPORT_INSPECTION),
    (Verb.VERIFY_RECTIFICATION, Verb.ACCEPT_RECTIFICATION),
    (Verb.PROPOSE_EXIT, Verb.SIGN_EXIT),
)
"""Who takes the first does not take the second on the same case, so that two persons are needed for each."""

REAUTH_VERBS: frozenset[Verb] = frozenset(
    {
        Verb.DECIDE,
        Verb.MAKE_DETERMINATION,
        Verb.CONFIRM_DETERMINATION,
        Verb.DECLINE_DETERMINATION,
        Verb.ACCEPT_RECTIFICATION,
        Verb.ACCEPT_SETTING_ASIDE,
        Verb.DECLINE_SETTING_ASIDE,
        Verb.CONFIRM_REGISTRATION,
        Verb.ACCEPT_BANK_CHANGE,
        Verb.SIGN_EXIT,
        Verb.CLOSE_EXIT_CASE,
        Verb.REVISE_ASSESSMENT,
        Verb.PUBLISH_EDITION,
        Verb.PUBLISH_SCHEME,
        Verb.CONFIRM_HOLIDAYS,
        Verb.CONFIRM_TAKEOVER,
        Verb.ENTER_PERSON,
        Verb.GRANT_ROLE,
        Verb.REVOKE_ROLE,
        Verb.DISCONNECT_IDENTITY,
        Verb.DEACTIVATE_PERSON,
        Verb.END_SIGN_INS,
        Verb.REMOVE_SECOND_FACTOR,
        Verb.EXPORT_JOURNAL,
    }
)
"""Decisions, changes of roles and exports require recent re-authentication."""

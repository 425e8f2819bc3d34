"""The permission table: the roles that hold each verb.

Whether a person may act on a particular case (own bank, four eyes, declared conflict) is a rule of the case's
app.
"""

from enum import StrEnum

from zsbank.base.roles import STAFF_ROLES, Role

INTAKE, REVIEWER, DECIDER = Role.INTAKE_OFFICER, Role.REVIEWER, Role.DECIDER
INSPECTOR, ASSESSOR, AUDITOR = Role.INSPECTOR, Role.ASSESSOR, Role.AUDITOR
BANK_ADMIN, CLERK = Role.BANK_ADMINISTRATOR, Role.BANK_CLERK
OFFICERS = frozenset({INTAKE, REVIEWER, DECIDER, INSPECTOR, ASSESSOR})
OWN_BANK = frozenset({BANK_ADMIN, CLERK})
NOBODY: frozenset[Role] = frozenset()
"""For verbs that the system records, and verbs that follow from another verb."""


class Verb(StrEnum):
    """Names of actions and of events that the system records; the journal stores the same names."""

    REGISTER_BANK = "register_bank"
    REGISTER_VENDOR = "register_vendor"
    ADD_MEMBER = "add_member"
    INVITE_MEMBER = "invite_member"
    RENEW_INVITATION = "renew_invitation"
    WITHDRAW_INVITATION = "withdraw_invitation"
    CHANGE_MEMBER_ROLE = "change_member_role"
    REMOVE_MEMBER = "remove_member"
    DEMAND_SECOND_FACTOR = "demand_second_factor"
    SAVE_OUTLET = "save_outlet"
    IMPORT_OUTLETS = "import_outlets"
    NAME_COLUMNS = "name_columns"
    EXPORT_OUTLETS = "export_outlets"
    REMOVE_OUTLET = "remove_outlet"
    START_APPLICATION = "start_application"
    SAVE_ANSWER = "save_answer"
    ATTACH_EVIDENCE = "attach_evidence"
    REPLACE_EVIDENCE = "replace_evidence"
    REMOVE_EVIDENCE = "remove_evidence"
    ATTACH_COMMITMENT = "attach_commitment"
    CORRECT_COMMITMENT = "correct_commitment"
    REMOVE_COMMITMENT = "remove_commitment"
    RESTORE_EVIDENCE = "restore_evidence"
    CORRECT_EVIDENCE_DATES = "correct_evidence_dates"
    COPY_ANSWERS = "copy_answers"
    SUBMIT_APPLICATION = "submit_application"
    WITHDRAW_APPLICATION = "withdraw_application"
    DELETE_DRAFT = "delete_draft"
    DOWNLOAD_RECEIPT = "download_receipt"
    DOWNLOAD_APPLICATION = "download_application"
    DECLARE_CONFLICT = "declare_conflict"
    ACCEPT_APPLICATION = "accept_application"
    RECORD_REMARK = "record_remark"
    REQUEST_SUPPLEMENT = "request_supplement"
    SUBMIT_SUPPLEMENT = "submit_supplement"
    ASSIGN_CASES = "assign_cases"
    WRITE_NOTE = "write_note"
    RECORD_SITE_VISIT = "record_site_visit"
    ASK_OPINION = "ask_opinion"
    WITHDRAW_QUESTION = "withdraw_question"
    GIVE_OPINION = "give_opinion"
    SEE_OPINIONS = "see_opinions"
    EXTEND_TIME_LIMIT = "extend_time_limit"
    RECORD_FINDING = "record_finding"
    RECOMMEND = "recommend"
    SEND_BACK = "send_back"
    DECIDE = "decide"
    STATE_CASE = "state_case"
    ANSWER_STATEMENT = "answer_statement"
    RECORD_AGREEMENT = "record_agreement"
    ALLOW_ISSUING = "allow_issuing"
    RECORD_DETERMINATION = "record_determination"
    SET_RECTIFICATION_DEADLINE = "set_rectification_deadline"
    REPORT_RECTIFICATION = "report_rectification"
    ACCEPT_RECTIFICATION = "accept_rectification"
    REJECT_RECTIFICATION = "reject_rectification"
    RECORD_ASSESSMENT = "record_assessment"
    FINALISE_ASSESSMENT = "finalise_assessment"
    REVISE_ASSESSMENT = "revise_assessment"
    OPEN_EXIT_CASE = "open_exit_case"
    FILE_EXIT_APPLICATION = "file_exit_application"
    WITHDRAW_EXIT_APPLICATION = "withdraw_exit_application"
    PROPOSE_EXIT = "propose_exit"
    SIGN_EXIT = "sign_exit"
    CLOSE_EXIT_CASE = "close_exit_case"
    DRAFT_EDITION = "draft_edition"
    AMEND_EDITION = "amend_edition"
    ADD_CRITERION = "add_criterion"
    DROP_CRITERION = "drop_criterion"
    PUBLISH_EDITION = "publish_edition"
    RETRY_LETTER = "retry_letter"
    SEE_DESK = "see_desk"
    SEE_LETTERS = "see_letters"
    DOWNLOAD_LETTER = "download_letter"
    SEE_JOURNAL = "see_journal"
    RECEIVE_CHECKPOINT = "receive_checkpoint"
    SEE_SYSTEM = "see_system"
    SEE_PEOPLE = "see_people"
    SEE_SIGN_INS = "see_sign_ins"
    SEE_CONTACTS = "see_contacts"
    EXPORT_JOURNAL = "export_journal"
    EXPORT_LIST = "export_list"
    ENTER_PERSON = "enter_person"
    GRANT_ROLE = "grant_role"
    REVOKE_ROLE = "revoke_role"
    DISCONNECT_IDENTITY = "disconnect_identity"
    DEACTIVATE_PERSON = "deactivate_person"
    CHANGE_OFFICE_PHONE = "change_office_phone"
    END_SIGN_INS = "end_sign_ins"
    REMOVE_SECOND_FACTOR = "remove_second_factor"

    # Recorded by the system: no role has them.
    ACCEPT_INVITATION = "accept_invitation"
    END_SUPPLEMENT = "end_supplement"
    VOID_RECOMMENDATION = "void_recommendation"
    GIVE_PRIOR_NOTICE = "give_prior_notice"
    ADMIT = "admit"
    PUT_UNDER_RECTIFICATION = "put_under_rectification"
    END_RECTIFICATION = "end_rectification"
    LEAVE = "leave"
    LOCK_OUT = "lock_out"
    RELEASE = "release"
    OPEN_ORDER = "open_order"
    LAPSE = "lapse"
    WITHDRAW_ORDER = "withdraw_order"
    SET_ASIDE_ORDER = "set_aside_order"
    SIGN_LETTER = "sign_letter"
    ISSUE_LETTER = "issue_letter"
    SKIP_NUMBERS = "skip_numbers"
    FAIL_LETTER = "fail_letter"
    OPEN_FILE = "open_file"
    QUARANTINE_FILE = "quarantine_file"
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    REFUSE_SIGN_IN = "refuse_sign_in"
    CONNECT_IDENTITY = "connect_identity"
    CONFIRM_SIGN_IN = "confirm_sign_in"
    CHANGE_SIGN_IN = "change_sign_in"
    REFUSE = "refuse"
    LOAD_DEMONSTRATION = "load_demonstration"


ROLES_BY_VERB: dict[Verb, frozenset[Role]] = {
    Verb.REGISTER_BANK: frozenset({INTAKE}),
    Verb.REGISTER_VENDOR: frozenset({INTAKE}),
    Verb.ADD_MEMBER: frozenset({INTAKE, BANK_ADMIN}),
    Verb.INVITE_MEMBER: frozenset({INTAKE, BANK_ADMIN}),
    Verb.RENEW_INVITATION: frozenset({INTAKE, BANK_ADMIN}),
    Verb.WITHDRAW_INVITATION: frozenset({INTAKE, BANK_ADMIN}),
    Verb.CHANGE_MEMBER_ROLE: frozenset({BANK_ADMIN}),
    Verb.REMOVE_MEMBER: frozenset({INTAKE, BANK_ADMIN}),
    Verb.DEMAND_SECOND_FACTOR: frozenset({BANK_ADMIN}),
    Verb.SAVE_OUTLET: OWN_BANK,
    Verb.IMPORT_OUTLETS: OWN_BANK,
    Verb.NAME_COLUMNS: OWN_BANK,
    Verb.EXPORT_OUTLETS: OWN_BANK,
    Verb.REMOVE_OUTLET: OWN_BANK,
    Verb.START_APPLICATION: OWN_BANK,
    Verb.SAVE_ANSWER: OWN_BANK,
    Verb.ATTACH_EVIDENCE: OWN_BANK,
    Verb.REPLACE_EVIDENCE: OWN_BANK,
    Verb.REMOVE_EVIDENCE: OWN_BANK,
    Verb.ATTACH_COMMITMENT: OWN_BANK,
    Verb.CORRECT_COMMITMENT: OWN_BANK,
    Verb.REMOVE_COMMITMENT: OWN_BANK,
    Verb.RESTORE_EVIDENCE: OWN_BANK,
    Verb.CORRECT_EVIDENCE_DATES: OWN_BANK,
    Verb.COPY_ANSWERS: OWN_BANK,
    Verb.SUBMIT_APPLICATION: OWN_BANK,
    Verb.WITHDRAW_APPLICATION: OWN_BANK,
    Verb.DELETE_DRAFT: OWN_BANK,
    Verb.DOWNLOAD_RECEIPT: OWN_BANK,
    Verb.DOWNLOAD_APPLICATION: OWN_BANK,
    Verb.DECLARE_CONFLICT: frozenset({INTAKE, REVIEWER, DECIDER}),
    Verb.ACCEPT_APPLICATION: frozenset({INTAKE}),
    Verb.RECORD_REMARK: frozenset({INTAKE}),
    Verb.REQUEST_SUPPLEMENT: frozenset({INTAKE, REVIEWER}),
    Verb.SUBMIT_SUPPLEMENT: OWN_BANK,
    Verb.ASSIGN_CASES: frozenset({INTAKE, REVIEWER, DECIDER}),
    Verb.WRITE_NOTE: OFFICERS,
    Verb.RECORD_SITE_VISIT: frozenset({REVIEWER}),
    Verb.ASK_OPINION: frozenset({REVIEWER}),
    Verb.WITHDRAW_QUESTION: frozenset({REVIEWER}),
    Verb.GIVE_OPINION: frozenset({Role.HEALTHCARE_LIAISON}),
    Verb.SEE_OPINIONS: OFFICERS | {Role.HEALTHCARE_LIAISON},
    Verb.EXTEND_TIME_LIMIT: frozenset({DECIDER}),
    Verb.RECORD_FINDING: frozenset({REVIEWER}),
    Verb.RECOMMEND: frozenset({REVIEWER}),
    Verb.SEND_BACK: frozenset({DECIDER}),
    Verb.DECIDE: frozenset({DECIDER}),
    Verb.STATE_CASE: OWN_BANK,
    Verb.ANSWER_STATEMENT: frozenset({REVIEWER, INSPECTOR}),
    Verb.RECORD_AGREEMENT: frozenset({REVIEWER}),
    Verb.ALLOW_ISSUING: frozenset({REVIEWER}),
    Verb.RECORD_DETERMINATION: frozenset({INSPECTOR}),
    Verb.SET_RECTIFICATION_DEADLINE: frozenset({INSPECTOR, ASSESSOR}),
    Verb.REPORT_RECTIFICATION: OWN_BANK,
    Verb.ACCEPT_RECTIFICATION: frozenset({INSPECTOR}),
    Verb.REJECT_RECTIFICATION: frozenset({INSPECTOR}),
    Verb.RECORD_ASSESSMENT: frozenset({ASSESSOR}),
    Verb.FINALISE_ASSESSMENT: frozenset({ASSESSOR}),
    Verb.REVISE_ASSESSMENT: frozenset({DECIDER}),
    Verb.OPEN_EXIT_CASE: frozenset({INSPECTOR}),
    Verb.FILE_EXIT_APPLICATION: frozenset({BANK_ADMIN}),
    Verb.WITHDRAW_EXIT_APPLICATION: frozenset({BANK_ADMIN}),
    Verb.PROPOSE_EXIT: frozenset({INSPECTOR, REVIEWER}),
    Verb.SIGN_EXIT: frozenset({DECIDER}),
    Verb.CLOSE_EXIT_CASE: frozenset({DECIDER}),
    Verb.DRAFT_EDITION: frozenset({REVIEWER, DECIDER}),
    Verb.AMEND_EDITION: frozenset({REVIEWER, DECIDER}),
    Verb.ADD_CRITERION: frozenset({REVIEWER, DECIDER}),
    Verb.DROP_CRITERION: frozenset({REVIEWER, DECIDER}),
    Verb.PUBLISH_EDITION: frozenset({DECIDER}),
    Verb.RETRY_LETTER: OFFICERS,
    Verb.SEE_DESK: OFFICERS,
    Verb.SEE_LETTERS: OFFICERS | {AUDITOR},
    Verb.DOWNLOAD_LETTER: OFFICERS | {AUDITOR} | OWN_BANK,
    Verb.SEE_JOURNAL: OFFICERS | {AUDITOR, Role.AUDIT_ADMINISTRATOR},
    Verb.RECEIVE_CHECKPOINT: frozenset({AUDITOR, Role.AUDIT_ADMINISTRATOR}),
    Verb.SEE_SYSTEM: frozenset({Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}),
    Verb.SEE_PEOPLE: frozenset({Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}),
    Verb.SEE_SIGN_INS: frozenset({AUDITOR, Role.AUDIT_ADMINISTRATOR}),
    Verb.SEE_CONTACTS: frozenset({INTAKE, REVIEWER, INSPECTOR, Role.SECURITY_ADMINISTRATOR}) | OWN_BANK,
    Verb.EXPORT_JOURNAL: frozenset({AUDITOR, Role.AUDIT_ADMINISTRATOR}),
    Verb.EXPORT_LIST: STAFF_ROLES,
    Verb.ENTER_PERSON: frozenset({Role.SECURITY_ADMINISTRATOR}),
    Verb.GRANT_ROLE: frozenset({Role.SECURITY_ADMINISTRATOR}),
    Verb.REVOKE_ROLE: frozenset({Role.SECURITY_ADMINISTRATOR}),
    Verb.DISCONNECT_IDENTITY: frozenset({Role.SECURITY_ADMINISTRATOR}),
    Verb.DEACTIVATE_PERSON: frozenset({Role.SECURITY_ADMINISTRATOR}),
    Verb.CHANGE_OFFICE_PHONE: frozenset({Role.SECURITY_ADMINISTRATOR}),
    Verb.END_SIGN_INS: frozenset({Role.SECURITY_ADMINISTRATOR}),
    Verb.REMOVE_SECOND_FACTOR: frozenset({Role.SECURITY_ADMINISTRATOR}),
    Verb.ACCEPT_INVITATION: NOBODY,
    Verb.END_SUPPLEMENT: NOBODY,
    Verb.VOID_RECOMMENDATION: NOBODY,
    Verb.GIVE_PRIOR_NOTICE: NOBODY,
    Verb.ADMIT: NOBODY,
    Verb.PUT_UNDER_RECTIFICATION: NOBODY,
    Verb.END_RECTIFICATION: NOBODY,
    Verb.LEAVE: NOBODY,
    Verb.LOCK_OUT: NOBODY,
    Verb.RELEASE: NOBODY,
    Verb.OPEN_ORDER: NOBODY,
    Verb.LAPSE: NOBODY,
    Verb.WITHDRAW_ORDER: NOBODY,
    Verb.SET_ASIDE_ORDER: NOBODY,
    Verb.SIGN_LETTER: NOBODY,
    Verb.ISSUE_LETTER: NOBODY,
    Verb.SKIP_NUMBERS: NOBODY,
    Verb.FAIL_LETTER: NOBODY,
    Verb.OPEN_FILE: NOBODY,
    Verb.QUARANTINE_FILE: NOBODY,
    Verb.SIGN_IN: NOBODY,
    Verb.SIGN_OUT: NOBODY,
    Verb.REFUSE_SIGN_IN: NOBODY,
    Verb.CONNECT_IDENTITY: NOBODY,
    Verb.CONFIRM_SIGN_IN: NOBODY,
    Verb.CHANGE_SIGN_IN: NOBODY,
    Verb.REFUSE: NOBODY,
    Verb.LOAD_DEMONSTRATION: NOBODY,
}

SUBMISSIONS: frozenset[Verb] = frozenset(
    {
        Verb.SUBMIT_APPLICATION,
        Verb.WITHDRAW_APPLICATION,
        Verb.SUBMIT_SUPPLEMENT,
        Verb.REPORT_RECTIFICATION,
        Verb.STATE_CASE,
        Verb.FILE_EXIT_APPLICATION,
        Verb.WITHDRAW_EXIT_APPLICATION,
    }
)
"""With these a bank hands something to the bureau; each is confirmed to all members of the bank."""

REAUTH_VERBS: frozenset[Verb] = frozenset(
    {
        Verb.DECIDE,
        Verb.SIGN_EXIT,
        Verb.CLOSE_EXIT_CASE,
        Verb.REVISE_ASSESSMENT,
        Verb.PUBLISH_EDITION,
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

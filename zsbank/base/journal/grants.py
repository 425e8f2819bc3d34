"""What the application's role may do on PostgreSQL, by table and column.

Tables that hold what was decided, signed or measured are named here with the columns that the program changes later;
their other columns stay as they were inserted, and rows are not deleted unless the table is in `DELETED`. All other
tables, such as sessions and drafts, may be changed freely. `tests/test_grants.py` lists the same by hand.
"""

CHANGED: dict[str, tuple[str, ...]] = {
    "admission_agreement": (),
    "admission_application": (
        "accept_by",
        "accept_period",
        "accepted_on",
        "case_officer_id",
        "closed_on",
        "decide_by",
        "decide_period",
        "state",
        "submitted_at",
        "submitted_by_id",
    ),
    "admission_conflict": (),
    "admission_decision": ("qualification_id",),
    "admission_extension": (),
    "admission_recommendation": ("sent_back_at", "sent_back_reason"),
    "banks_bank": (
        "address",
        "bar_last_day",
        "bar_period",
        "category",
        "former_codes",
        "former_names",
        "license_institution_code",
        "may_apply_from",
        "name",
        "second_factor_required",
        "standing",
        "succeeded_by_id",
        "succeeded_on",
        "taken_over_on",
        "uscc",
    ),
    "banks_division": (),
    "banks_formervalue": (),
    "banks_paperletter": (),
    "banks_priornotice": (
        "answer",
        "answered_at",
        "answered_by_id",
        "bank_id",
        "due_date",
        "due_period",
        "letter_id",
        "stated_at",
        "stated_by_id",
        "statement",
    ),
    "banks_qualification": (
        "bank_id",
        "cancelled_on",
        "issuing_from",
        "review_approval_date",
        "review_approval_number",
        "review_file_id",
    ),
    "exit_exitcase": (
        "bank_id",
        "closed_reason",
        "draft",
        "letter_id",
        "proposed_at",
        "proposed_by_id",
        "signed_at",
        "signed_by_id",
        "state",
    ),
    "exit_ground": ("ended_at", "ended_why", "notice_id"),
    "exit_takeover": ("closed_at", "closed_by_id", "closed_reason", "state"),
    "exit_takeoverscan": (),
    "inspections_assessment": ("bank_id", "final_on", "finalised_by_id", "grade", "score", "state"),
    "inspections_assessmentscheme": (
        "bands",
        "published_at",
        "published_by_id",
        "replaced_at",
        "withdrawn_at",
    ),
    "inspections_complaint": (
        "closed_on",
        "criterion_id",
        "demand",
        "due_date",
        "forwarded_on",
        "founded",
        "outlet_id",
        "overdue_recorded_on",
        "period",
        "result",
        "rounds",
        "state",
        "withdrawal",
        "withdrawn_by_id",
    ),
    "inspections_complaintreply": ("checked_at", "checked_by_id", "remark", "taken"),
    "inspections_determination": (
        "bank_id",
        "closed_reason",
        "confirmed_by_id",
        "decided_by_id",
        "determination_date",
        "letter_id",
        "made_at",
        "state",
    ),
    "inspections_determinationconflict": (),
    "inspections_checklistitem": (
        "facts",
        "recorded_at",
        "recorded_by_id",
        "result",
        "severity",
    ),
    "inspections_inspectionvisit": (
        "absence",
        "accompanied_by_id",
        "accompanied_confirmed_at",
        "accompanied_confirmed_by_id",
        "answer_due",
        "answer_period",
        "cancellation",
        "closed_on",
        "correct_by",
        "correct_period",
        "corrected_by_id",
        "decided_at",
        "decided_by_id",
        "determination_id",
        "led_by_id",
        "led_confirmed_at",
        "led_confirmed_by_id",
        "letter_id",
        "outcome",
        "outcome_reason",
        "overdue_recorded_on",
        "record_id",
        "remark",
        "reported_by_id",
        "signed_at",
        "state",
    ),
    "inspections_personpresent": (),
    "inspections_visitanswer": (),
    "inspections_visitedoutlet": ("outlet_id", "seen_on", "version"),
    "inspections_feenotice": (
        "closed_on",
        "due_date",
        "overdue_recorded_on",
        "paid_on",
        "period",
        "state",
        "withdrawal",
        "withdrawn_by_id",
    ),
    "inspections_feepayment": ("checked_at", "checked_by_id", "confirmed", "reply"),
    "inspections_rectificationorder": (
        "assessed_year",
        "bank_id",
        "closed_on",
        "due_date",
        "first_year",
        "letter_id",
        "period",
        "provisional",
        "raw_due_date",
        "state",
        "verify_by",
        "verify_period",
    ),
    "inspections_verification": ("confirmed_at", "confirmed_by_id"),
    "inspections_rectificationreport": ("accepted", "checked_at", "checked_by_id", "remark"),
    "inspections_settingaside": ("bank_id", "decided_at", "decided_by_id", "decision", "letter_id", "state"),
    "letters_letter": ("attempts", "deaths", "error", "file_id", "next_attempt_at", "state"),
    "letters_numberseries": ("last",),
    "letters_service": (),
}

DELETED = ("admission_application",)
"""Of these tables, those whose rows the program deletes: drafts."""

READ_ONLY = ("auth_permission", "django_content_type", "django_migrations", "django_site")
"""Tables that only migrations write."""


def statements(role: str, database: str, tables: set[str]) -> list[str]:
    """Return the statements, for the owner of the tables to run after every migration.

    Args:
        role, database: quoted names.
        tables: those that exist.
    """
    found = [
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role}",
        f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC, {role}",
        "REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE ALL ON journal_entry, journal_link FROM {role}",
        f"GRANT SELECT, INSERT ON journal_entry TO {role}",
        f"GRANT SELECT ON journal_link TO {role}",
    ]
    read_only = sorted(tables.intersection(READ_ONLY))
    found += [f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {role}" for table in read_only]
    for table, columns in sorted(CHANGED.items()):
        kept = "" if table in DELETED else ", DELETE"
        found.append(f"REVOKE UPDATE{kept} ON {table} FROM {role}")
        if columns:
            found.append(f"GRANT UPDATE ({', '.join(columns)}) ON {table} TO {role}")
    return found

"""Triggers: a decision must match its recommendation in case, outcome and recommender.

With them the constraint that another person decides holds for the real recommender. The application never violates
this; the triggers protect against other access to the tables. Both databases report a violated constraint.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "a decision is the recommendation it rests on"
AS_RECOMMENDED = """EXISTS (
    SELECT 1 FROM admission_recommendation AS recommended
    WHERE recommended.id = NEW.recommendation_id AND recommended.by_id = NEW.recommended_by_id
    AND recommended.application_id = NEW.application_id AND recommended.outcome = NEW.outcome
)"""
DECIDED = "EXISTS (SELECT 1 FROM admission_decision WHERE recommendation_id = OLD.id)"
CHANGED = "OLD.by_id <> NEW.by_id OR OLD.application_id <> NEW.application_id OR OLD.outcome <> NEW.outcome"

POSTGRESQL = f"""
CREATE FUNCTION decision_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'admission_decision' THEN
        IF {AS_RECOMMENDED} THEN RETURN NEW; END IF;
    ELSIF NOT {DECIDED} THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER decision_as_recommended BEFORE INSERT OR UPDATE ON admission_decision FOR EACH ROW
    EXECUTE FUNCTION decision_refuse();
CREATE TRIGGER recommendation_decided BEFORE UPDATE ON admission_recommendation FOR EACH ROW
    WHEN ({CHANGED}) EXECUTE FUNCTION decision_refuse();
"""
SQLITE = (
    *(
        f"""
CREATE TRIGGER decision_as_recommended_{event} BEFORE {event} ON admission_decision
WHEN NOT {AS_RECOMMENDED} BEGIN
    SELECT RAISE(ABORT, '{REFUSAL}');
END
"""
        for event in ("insert", "update")
    ),
    f"""
CREATE TRIGGER recommendation_decided BEFORE UPDATE ON admission_recommendation
WHEN ({CHANGED}) AND {DECIDED} BEGIN
    SELECT RAISE(ABORT, '{REFUSAL}');
END
""",
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers."""
    with connection.cursor() as cursor:
        for statement in (POSTGRESQL,) if connection.vendor == "postgresql" else SQLITE:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers, for a reverse migration or a control test."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION decision_refuse() CASCADE")
            return
        for trigger in (
            "decision_as_recommended_insert",
            "decision_as_recommended_update",
            "recommendation_decided",
        ):
            cursor.execute(f"DROP TRIGGER {trigger}")

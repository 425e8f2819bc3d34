"""Reading settings aside: what waits for a decider, and what set a determination or a letter aside."""

from django.db.models import QuerySet

from inspections.determinations.models import Determination
from inspections.rectification.models import RectificationOrder
from inspections.setting_aside.models import SettingAside
from inspections.setting_aside.states import SettingAsideState
from zsbank.base.accounts.models import User
from zsbank.base.letters.models import Letter


def settings_aside() -> QuerySet[SettingAside]:
    """Return all with related rows, newest first."""
    rows: QuerySet[SettingAside] = SettingAside.objects.select_related(
        "bank", "determination", "letter", "document", "proposed_by", "decided_by"
    )
    return rows


def proposed() -> QuerySet[SettingAside]:
    """Return what waits for a decider, oldest first."""
    return settings_aside().filter(state=SettingAsideState.PROPOSED).order_by("pk")


def accepted() -> QuerySet[SettingAside]:
    """Return those with which a determination was set aside, newest first."""
    return settings_aside().filter(state=SettingAsideState.ACCEPTED)


def to_be_decided_by(person: User) -> QuerySet[SettingAside]:
    """Return the proposals that this person may decide on, oldest first."""
    rows = proposed().exclude(proposed_by=person)
    return rows.exclude(determination__conflicts__officer=person)


def being_judged() -> frozenset[int]:
    """Return the keys of the determinations of which it is not decided yet whether they are set aside."""
    rows = SettingAside.objects.filter(state=SettingAsideState.PROPOSED)
    return frozenset(rows.values_list("determination", flat=True))


def shown_of(determination: Determination) -> QuerySet[SettingAside]:
    """Return what was proposed and decided about a determination, newest first."""
    return settings_aside().filter(determination=determination)


def that_set_aside(letter: Letter) -> SettingAside | None:
    """Return what set aside the determination on which a letter of an order rests; None if nothing did."""
    if letter.case_type != RectificationOrder._meta.label_lower:
        return None
    behind = RectificationOrder.objects.filter(pk=letter.case_id).values("determination")
    return accepted().filter(determination__in=behind).first()

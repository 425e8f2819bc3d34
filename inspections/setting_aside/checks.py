"""Integrity checks: a determination is set aside exactly if an accepted case says so."""

from collections.abc import Iterator

from django.db.models import QuerySet

from inspections.determinations.models import Determination
from inspections.determinations.states import DeterminationState
from inspections.setting_aside.models import SettingAside
from inspections.setting_aside.states import SettingAsideState
from zsbank.base.cases.checks import recorded_once
from zsbank.base.permissions import Verb


def accepted_are_recorded() -> Iterator[str]:
    """Every accepted case has one journal entry."""
    keys = _accepted().order_by("pk").values_list("pk", flat=True)
    yield from recorded_once(SettingAside._meta.label_lower, keys, Verb.ACCEPT_SETTING_ASIDE)


def determinations_agree() -> Iterator[str]:
    """A determination is set aside if, and only if, a case that sets it aside is accepted."""
    rows = Determination.objects.filter(state=DeterminationState.SET_ASIDE)
    without = rows.exclude(settings_aside__in=_accepted()).order_by("pk")
    for pk in without.values_list("pk", flat=True):
        yield f"inspections.determination {pk}: is set aside, no accepted case says so"
    stands = _accepted().exclude(determination__state=DeterminationState.SET_ASIDE).order_by("pk")
    for pk in stands.values_list("pk", flat=True):
        yield f"inspections.settingaside {pk}: is accepted, its determination is not set aside"


def _accepted() -> QuerySet[SettingAside]:
    rows: QuerySet[SettingAside] = SettingAside.objects.filter(state=SettingAsideState.ACCEPTED)
    return rows

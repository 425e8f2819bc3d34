"""Settings aside, by the actions."""

from typing import Any

from django.core.files.base import ContentFile

from inspections.determinations.models import Determination
from inspections.setting_aside.actions.settings_aside import accept_setting_aside, propose_setting_aside
from inspections.setting_aside.models import SettingAside
from inspections.setting_aside.terms import Basis
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.tests.papers import small_pdf


def given(basis: Basis = Basis.JUDGMENT, **other: Any) -> dict[str, Any]:
    """What is entered of a document."""
    return {
        "basis": basis,
        "document_number": "（2026）示例行终7号",
        "document_date": clock.today(),
        "reason": "认定的主要证据不足。",
        "document": ContentFile(small_pdf()),
        "document_name": "判决书.pdf",
    } | other


def proposed(determination: Determination, by: User, **other: Any) -> SettingAside:
    """A proposal to set a determination aside, by default on a judgment."""
    return propose_setting_aside(determination=determination, by=by, **given(**other))


def set_aside(determination: Determination, *, by: User, decided_by: User) -> SettingAside:
    """A determination set aside."""
    return accept_setting_aside(setting_aside=proposed(determination, by), by=decided_by)

"""The parts of a takeover: the sheets of the workbook, and the words in their cells."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from exit.cases.terms import ExitGround
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.states import OrderState
from zsbank.base.roles import Role


class Part(models.TextChoices):
    """The parts, in the order of the sheets."""

    BANKS = "banks", _("Bank")
    QUALIFICATIONS = "qualifications", _("Qualification")
    ORDERS = "orders", _("Rectification")
    RESULTS = "results", _("Assessment")
    EXITS = "exits", _("Exit")
    NOTICES = "notices", _("Prior notice")
    OUTLETS = "outlets", _("Outlet")
    PEOPLE = "people", _("Person")


SHEETS: dict[Part, str] = {
    Part.BANKS: "银行",
    Part.QUALIFICATIONS: "资格",
    Part.ORDERS: "整改",
    Part.RESULTS: "考核",
    Part.EXITS: "退出",
    Part.NOTICES: "事前告知",
    Part.OUTLETS: "网点",
    Part.PEOPLE: "人员",
}
NOT_READ = frozenset({"填写说明", "选项"})
"""Sheets of the template that explain the others."""


class OrderReason(StrEnum):
    """Why an order was made: a kind of determination, or two failing years."""

    CRITERIA_NOT_MET = DeterminationKind.CRITERIA_NOT_MET.value
    SERIOUS_DEFAULT = DeterminationKind.SERIOUS_DEFAULT.value
    SERIOUS_BREACH = DeterminationKind.SERIOUS_BREACH.value
    ASSESSMENT = "assessment"


ORDER_REASONS: dict[str, str] = {
    "不再符合准入条件": OrderReason.CRITERIA_NOT_MET,
    "严重违反合作协议": OrderReason.SERIOUS_DEFAULT,
    "严重违反合作协议且后果严重": OrderReason.SERIOUS_BREACH,
    "连续两年考核不合格": OrderReason.ASSESSMENT,
}
ORDER_STATES: dict[str, str] = {
    "整改中": OrderState.OPEN.value,
    "已报告待验收": OrderState.REPORTED.value,
    "已验收": OrderState.ACCEPTED.value,
    "逾期未完成": OrderState.LAPSED.value,
    "已撤销": OrderState.WITHDRAWN.value,
}
EXIT_GROUNDS: dict[str, str] = {
    "本行申请": ExitGround.VOLUNTARY.value,
    "严重违约后果严重": ExitGround.SERIOUS_BREACH.value,
    "整改逾期未完成": ExitGround.RECTIFICATION_FAILED.value,
    "考核不合格逾期未整改": ExitGround.ASSESSMENT_FAILED.value,
}
UNDER_WAY, IN_EFFECT = "under_way", "in_effect"
EXIT_STATES: dict[str, str] = {"已取消资格": IN_EFFECT, "办理中": UNDER_WAY}
ROLES: dict[str, str] = {"管理员": Role.BANK_ADMINISTRATOR.value, "经办员": Role.BANK_CLERK.value}

NO_NUMBER = "无文号"
NEAR_DAYS = 30
"""Calendar days before a due date from which the preview says how many are left."""
BANK_LIMIT = 200
"""Most banks in one workbook."""

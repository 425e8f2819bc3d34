"""The columns of the sheet of rectification orders."""

from django.utils.translation import gettext_lazy as _

from exit.takeover.columns import readers
from exit.takeover.columns.column import CODE, EMPTY, NOTHING, PAPER, Column, chosen, day, labels_of
from exit.takeover.terms import ORDER_REASONS, ORDER_STATES, OrderReason
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.states import OrderState
from inspections.rectification.terms import OrderGround

ORDERS: tuple[Column, ...] = (
    CODE,
    chosen(
        "整改依据",
        "reason",
        _("Why"),
        _("The determination, or two failing years."),
        ORDER_REASONS,
        labels_of(DeterminationKind) | {OrderReason.ASSESSMENT.value: OrderGround.ASSESSMENT.label},
    ),
    chosen(
        "状态",
        "state",
        _("State"),
        _("As it is on paper today. What has passed is never recorded as lapsed by itself."),
        ORDER_STATES,
        labels_of(OrderState),
    ),
    Column(
        "认定事实",
        "facts",
        _("Facts determined"),
        readers.text(2000),
        _("Needed for a determination; the bank reads them."),
        "示例：两个网点未开办社保卡业务。",
        EMPTY,
        is_sometimes_needed=True,
    ),
    Column(
        "不符合的条款",
        "criteria",
        _("Criteria no longer met"),
        readers.numbers,
        _("Numbers of the criteria, separated by 、; needed where criteria are no longer met."),
        "5、19",
        list,
        is_sometimes_needed=True,
    ),
    day(
        "认定日期",
        "determined_on",
        _("Date of determination"),
        _("The six months run from this day. Needed for a determination."),
        "2026-03-02",
        sometimes=True,
    ),
    Column(
        "第二个不合格年度",
        "assessed_year",
        _("Second failing year"),
        readers.year,
        _("Needed after two failing years; both results are on the sheet 考核."),
        "",
        NOTHING,
        is_sometimes_needed=True,
    ),
    day(
        "整改期限",
        "due_date",
        _("Due date"),
        _(
            "Needed after two failing years: the day that the bureau set. After a determination it is calculated, "
            "and compared if it is given."
        ),
        "",
        sometimes=True,
    ),
    day(
        "报告提交日期",
        "reported_on",
        _("Reported on"),
        _("The day on which the bank submitted its report on paper."),
        "",
        sometimes=True,
    ),
    Column(
        "报告内容",
        "report",
        _("The report in short"),
        readers.text(2000),
        _("What the bank reported, in short."),
        "",
        EMPTY,
    ),
    day(
        "办结日期",
        "closed_on",
        _("Closed on"),
        _("The day of acceptance or withdrawal; blank while it runs."),
        "",
        sometimes=True,
    ),
    *PAPER,
)

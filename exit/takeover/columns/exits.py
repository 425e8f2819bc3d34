"""The columns of the sheets of exits and of prior notices."""

from django.utils.translation import gettext_lazy as _

from exit.cases.terms import ExitGround
from exit.takeover.columns import readers
from exit.takeover.columns.column import CODE, EMPTY, PAPER, Column, chosen, day, labels_of
from exit.takeover.terms import EXIT_GROUNDS, EXIT_STATES, IN_EFFECT, UNDER_WAY

EXITS: tuple[Column, ...] = (
    CODE,
    chosen(
        "退出依据",
        "ground",
        _("Ground of the exit"),
        _("Exit (一) or (二) 1 to 3."),
        EXIT_GROUNDS,
        labels_of(ExitGround),
    ),
    chosen(
        "状态",
        "state",
        _("State"),
        _(
            "办理中 while the bureau has not consented or given notice; each ground under way has a row of its own."
        ),
        EXIT_STATES,
        {IN_EFFECT: _("Qualification cancelled"), UNDER_WAY: _("Under way")},
    ),
    Column(
        "事实或理由",
        "statement",
        _("Facts or statement"),
        readers.text(2000),
        _("The facts of the notice, or the bank's reasons."),
        "示例：本行申请终止合作。",
    ),
    Column(
        "所依据文书文号",
        "source_number",
        _("Number of the order behind it"),
        readers.text(60),
        _("The number of the order or determination on the sheet 整改; needed if several could be meant."),
        "",
        EMPTY,
        is_sometimes_needed=True,
    ),
    day(
        "取消资格日期",
        "cancelled_on",
        _("Cancelled on"),
        _("The five years run from the day after it. Needed if the qualification is cancelled."),
        "2024-03-01",
        sometimes=True,
    ),
    day(
        "禁入期最后一日",
        "bar_last_day",
        _("Last day of the bar on paper"),
        _("It is calculated, and compared if it is given."),
        "",
    ),
    *PAPER,
)

NOTICES: tuple[Column, ...] = (
    CODE,
    day(
        "送达日期",
        "told_on",
        _("Reached the bank on"),
        _("The days for the statement run from the day after it. Blank if it was the date of the letter."),
        "",
    ),
    day(
        "陈述申辩截止日期",
        "due_date",
        _("Last day for the statement on paper"),
        _("As the letter says it; blank to calculate it by the edition."),
        "",
    ),
    day(
        "陈述申辩日期",
        "stated_on",
        _("Stated on"),
        _("The day on which the bank stated its case; blank if it did not."),
        "",
    ),
    Column(
        "陈述申辩内容",
        "statement",
        _("The statement in short"),
        readers.text(2000),
        _("What the bank stated, in short."),
        "",
        EMPTY,
    ),
    day(
        "答复日期",
        "answered_on",
        _("Answered on"),
        _("The day on which the bureau answered the statement; blank if it did not."),
        "",
    ),
    Column(
        "答复内容",
        "answer",
        _("The answer in short"),
        readers.text(2000),
        _("What the bureau answered, in short."),
        "",
        EMPTY,
    ),
    *PAPER,
)

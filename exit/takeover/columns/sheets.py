"""The columns of each sheet; the form at the desk has the same fields, read by the same readers."""

from django.utils.translation import gettext_lazy as _

from banks.register import identifiers
from banks.register.terms import BankCategory
from exit.takeover.columns import readers
from exit.takeover.columns.column import CODE, EMPTY, PAPER, Column, chosen, day, labels_of
from exit.takeover.columns.exits import EXITS, NOTICES
from exit.takeover.columns.orders import ORDERS
from exit.takeover.terms import NO_NUMBER, ROLES, Part
from zsbank.base.roles import Role

CATEGORIES: dict[str, str] = {
    "国有商业银行": BankCategory.STATE_OWNED.value,
    "邮政储蓄银行": BankCategory.POSTAL_SAVINGS.value,
    "股份制商业银行": BankCategory.JOINT_STOCK.value,
    "城市商业银行": BankCategory.CITY.value,
    "农村商业银行": BankCategory.RURAL.value,
    "民营银行": BankCategory.PRIVATE.value,
    "村镇银行": BankCategory.VILLAGE.value,
    "直销银行": BankCategory.DIRECT.value,
    "外资银行": BankCategory.FOREIGN_FUNDED.value,
    "政策性银行": BankCategory.POLICY.value,
    "信用合作社": BankCategory.CREDIT_COOPERATIVE.value,
}
"""Categories by their words in the workbook."""

COLUMNS: dict[Part, tuple[Column, ...]] = {
    Part.BANKS: (
        CODE,
        Column(
            "名称", "name", _("Name"), readers.text(120), _("The name on the business licence."), "示例银行甲"
        ),
        chosen(
            "类别", "category", _("Category"), _("Choose from the list."), CATEGORIES, labels_of(BankCategory)
        ),
        Column(
            "金融许可证机构编码",
            "license_institution_code",
            _("Institution code of the financial licence"),
            readers.code(identifiers.check_licence),
            _("15 characters, as text."),
            "B9001H244200001",
        ),
        Column(
            "住所",
            "address",
            _("Address"),
            readers.text(200),
            _("The address on the business licence."),
            "中山市示例路1号",
        ),
    ),
    Part.QUALIFICATIONS: (
        CODE,
        day(
            "生效日期",
            "effective_from",
            _("In effect from"),
            _("The day from which the qualification has been in effect."),
            "2020-05-06",
            needed=True,
        ),
        day(
            "可发卡起始日期",
            "issuing_from",
            _("May issue from"),
            _("Blank while the central bank's technical review has not been received."),
            "2020-06-01",
        ),
        Column(
            "人民银行批准文号",
            "review_approval_number",
            _("Number of the central bank's approval"),
            readers.text(60),
            _("Needed if cards may be issued."),
            "示例〔2020〕3号",
            EMPTY,
            is_sometimes_needed=True,
        ),
        day(
            "人民银行批准日期",
            "review_approval_date",
            _("Date of the central bank's approval"),
            _("Needed if cards may be issued."),
            "2020-05-20",
            sometimes=True,
        ),
        *PAPER,
    ),
    Part.ORDERS: ORDERS,
    Part.RESULTS: (
        CODE,
        Column(
            "考核年度",
            "year",
            _("Assessed year"),
            readers.year,
            _("The year assessed, not that of publication."),
            "2025",
        ),
        Column(
            "等次",
            "grade",
            _("Grade"),
            readers.text(20),
            _("As on paper; it is kept whatever the scheme of the year says. The failing grade is 不合格."),
            "良",
        ),
        Column(
            "得分",
            "score",
            _("Score"),
            readers.score,
            _("From 0 to 100, with at most two decimals."),
            "82.50",
        ),
        Column(
            "说明",
            "reason",
            _("Reasons of the result"),
            readers.text(2000),
            _("Deductions or reasons, if known."),
            "",
            EMPTY,
        ),
        *PAPER,
    ),
    Part.EXITS: EXITS,
    Part.NOTICES: NOTICES,
    Part.PEOPLE: (
        CODE,
        Column(
            "姓名",
            "name",
            _("Full name"),
            readers.text(60),
            _("A person of the bank; no numbers of identity cards."),
            "示例员",
        ),
        Column(
            "电子邮箱",
            "email",
            _("E-mail"),
            readers.email,
            _("The invitation is sent here when the takeover is confirmed."),
            "name@bank.example",
        ),
        chosen("角色", "role", _("Role"), _("Each bank with people has a 管理员."), ROLES, labels_of(Role)),
    ),
}
"""The columns of all sheets but that of outlets, which are those of their import after the code of the bank."""


def title_of(part: Part, field: str) -> str:
    """Return the title of a field in the workbook; the field itself for one of the outlets' import."""
    return next((column.title for column in COLUMNS.get(part, ()) if column.field == field), field)


def is_without_number(number: str) -> bool:
    """Return whether a letter has no number."""
    return number == NO_NUMBER

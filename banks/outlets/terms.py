"""The card services that an outlet offers, the towns of Zhongshan, and how much may be entered of an outlet."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CardService(models.TextChoices):
    """The services every outlet offers within its announced hours."""

    APPLY = "apply", _("Application")
    COLLECT = "collect", _("Collection")
    ACTIVATE = "activate", _("Activation")
    LOSS = "loss", _("Reporting and lifting loss")
    PASSWORD = "password", _("Password")
    REPLACEMENT = "replacement", _("Replacement")
    CANCELLATION = "cancellation", _("Cancellation")


TOWNS: tuple[str, ...] = (
    "石岐街道",
    "东区街道",
    "西区街道",
    "南区街道",
    "五桂山街道",
    "中山港街道",
    "民众街道",
    "南朗街道",
    "小榄镇",
    "古镇镇",
    "横栏镇",
    "港口镇",
    "沙溪镇",
    "大涌镇",
    "黄圃镇",
    "南头镇",
    "东凤镇",
    "阜沙镇",
    "三角镇",
    "三乡镇",
    "板芙镇",
    "神湾镇",
    "坦洲镇",
)

COLUMN_HELP_IN_ENGLISH: dict[str, str] = {
    "名称": "Full name of the outlet, once at each bank. An import updates an outlet that has the same name.",
    "镇街": "Town: choose it from the list.",
    "地址": "Street and number, without the town.",
    "统一社会信用代码": "The outlet's own unified social credit code of 18 characters; it may be missing for now.",
    "金融许可证机构编码": "The outlet's own institution code of 15 characters, with 4420 at places 8 to 11; it may be "
    "missing for now.",
    "开放办理社保卡业务": "Open for card business: “是” (yes) or “否” (no).",
    "社保卡受理窗口数": "Windows for card business: a whole number, 0 or more.",
    "熟练人员": "Trained staff: a whole number, 0 or more.",
    "公告服务时间": "Announced hours; they may be missing for now.",
    "提供的服务": "Services, separated by “、”; “全部” for all of them.",
    "联系电话": "Published phone number; it may be missing for now.",
}
"""What is written in each column of the spreadsheet, whose titles are Chinese."""

BLANKS_IN_ENGLISH = (
    "A blank cell changes nothing in an outlet that exists; to clear what is stored, write “—” or “清空”."
)

LONGEST: dict[str, int] = {"name": 120, "address": 200, "opening_hours": 120, "phone": 30}
"""Characters of a text at most."""
MOST: dict[str, int] = {"windows": 200, "trained_staff": 2000}
"""The highest number."""
EMPTY_MARKS = frozenset({"—", "——", "-", "--", "－", "/", "无", "暂无", "清空"})
"""What people write where there is nothing; in a spreadsheet it clears what is stored."""

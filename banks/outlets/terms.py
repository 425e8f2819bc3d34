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

LONGEST: dict[str, int] = {"name": 120, "address": 200, "opening_hours": 120, "phone": 30}
"""Characters of a text at most."""
MOST: dict[str, int] = {"windows": 200, "trained_staff": 2000}
"""The highest number."""
EMPTY_MARKS = frozenset({"—", "——", "-", "--", "－", "/", "无", "暂无", "清空"})
"""What people write where there is nothing; in a spreadsheet it clears what is stored."""

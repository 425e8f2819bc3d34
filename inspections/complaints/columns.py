"""The columns of a hotline's list, by the titles that people give them, and the words for kinds of complaint."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from banks.outlets.columns import title_key

UNUSED = ""
"""The meaning of a column that is not used."""

TITLES = {
    "reference": _("Number at the source"),
    "received_on": _("Received on"),
    "bank": _("Bank"),
    "outlet": _("Outlet"),
    "kind": _("Kind of complaint"),
    "facts": _("Facts"),
}
NEEDED = ("reference", "received_on", "bank", "facts")
"""Fields without which no complaint can be entered from a list."""

CALLED = {
    "reference": (
        "工单编号 工单号 工单号码 投诉编号 投诉单号 投诉件编号 来电编号 事项编号 诉求编号 受理编号 "
        "案件编号 热线编号 业务编号 流水号 受理单号 诉求工单号 工单流水号 编号 reference number"
    ),
    "received_on": (
        "受理时间 受理日期 来电时间 来电日期 投诉时间 投诉日期 登记时间 登记日期 接收时间 接收日期 收到日期 诉求时间 "
        "创建时间 派单时间 日期 时间 receivedon date"
    ),
    "bank": "银行 银行名称 被投诉银行 被投诉单位 投诉对象 被投诉对象 涉及银行 涉及单位 责任单位 合作银行 发卡银行 bank",
    "outlet": "网点 网点名称 支行 被投诉网点 涉及网点 涉事网点 营业网点 网点支行 支行名称 outlet",
    "kind": "类别 投诉类别 投诉类型 诉求类型 诉求类别 问题类型 问题类别 业务类别 类型 事项类别 kind",
    "facts": (
        "投诉内容 内容 诉求内容 反映内容 问题描述 主要内容 事由 诉求描述 投诉事项 具体内容 事项内容 工单内容 投诉事由 "
        "情况说明 facts content"
    ),
    UNUSED: "序号 序 行号 项次 no 备注 说明 办理状态 状态 是否回访 满意度",
}
KNOWN = {word: field for field, words in CALLED.items() for word in words.split()}

OF_PEOPLE = (
    "姓名 名字 投诉人 投诉人姓名 来电人 来电人姓名 举报人 反映人 联系人 联系人姓名 市民 市民姓名 诉求人 诉求人姓名 "
    "申请人 当事人 经办人 受理人 接线员 话务员 坐席 电话 联系电话 来电号码 手机 手机号 手机号码 联系方式 主叫号码 "
    "电话号码 身份证 身份证号 身份证号码 证件号 证件号码 社保卡号 社会保障卡号 卡号 银行卡号 账号 地址 住址 家庭住址 "
    "联系地址 性别 年龄 邮箱"
)
"""Titles of columns of which no cell is kept."""

KINDS = {
    "first-contact": "首问 推诿 扯皮 拒办 拒绝办理 不予办理 不给办 服务态度 态度差 态度恶劣",
    "free-change": "换行 换卡行 变更银行 更换银行 变更发卡 更换发卡 跨行 转移 余额",
    "card-fee": "工本费",
    "no-account-fees": "年费 管理费 账户费 小额 乱收费 收费",
    "home-service": "上门",
    "statements": "对账单 流水 明细",
    "medical-services": "医保 医疗 就医",
    "no-tied-selling": "搭售 捆绑 强制购买 理财 保险 推销 开通信用卡",
    "outlets-open": "网点 窗口 排队 营业时间 服务时间 停办",
}
"""Words of hotlines by the code of the criterion; a code that no edition has is not used."""

OTHERS = frozenset({"", "其他", "其它", "其他类", "其他问题", "其他投诉", "other"})


def recognised(titles: Iterable[str]) -> list[str | None]:
    """Return for each title its field, `UNUSED`, or None if it is unknown; each field once, the first time."""
    found: list[str | None] = []
    for title in titles:
        field = KNOWN.get(title_key(title)) if title.strip() else UNUSED
        found.append(UNUSED if field and field in found else field)
    return found


def is_of_people(title: str) -> bool:
    """Return whether a column is about persons, by its title."""
    return title_key(title) in OF_PEOPLE.split()


def missing(columns: Iterable[str]) -> list[str]:
    """Return the titles of the needed fields without a column."""
    given = set(columns)
    return [str(TITLES[field]) for field in NEEDED if field not in given]

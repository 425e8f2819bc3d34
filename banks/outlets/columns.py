"""The columns of a list of outlets: the titles of the template, and the words by which banks' own lists call them."""

import re
from collections.abc import Iterable, Mapping, Sequence

from banks.outlets.names import folded

COLUMNS: dict[str, str] = {
    "名称": "name",
    "镇街": "town",
    "地址": "address",
    "统一社会信用代码": "uscc",
    "金融许可证机构编码": "license_institution_code",
    "开放办理社保卡业务": "open_for_card_business",
    "社保卡受理窗口数": "windows",
    "熟练人员": "trained_staff",
    "公告服务时间": "opening_hours",
    "提供的服务": "services",
    "联系电话": "phone",
}
TITLES: dict[str, str] = {name: title for title, name in COLUMNS.items()}
UNUSED = ""
"""A column that is known not to be one of ours, such as a running number."""
CALLED: dict[str, str] = {
    "name": (
        "名称 网点 支行 机构 网点名称 机构名称 支行名称 网点全称 机构全称 支行全称 网点机构名称 "
        "营业网点 营业网点名称 分支机构 分支机构名称 单位名称 网点支行名称 支行网点名称 outlet name "
        "outletname"
    ),
    "town": (
        "镇街 镇区 街道 乡镇 镇街区 镇街道 所在镇街 所属镇街 所在镇区 所属镇区 所在街道 乡镇街道 "
        "所在乡镇 所在区域 所属区域 区域 属地 镇区街道 town"
    ),
    "address": (
        "地址 网点地址 机构地址 支行地址 营业地址 详细地址 具体地址 办公地址 网点详细地址 营业场所 "
        "经营场所 营业场所地址 经营地址 门牌地址 address"
    ),
    "uscc": (
        "统一社会信用代码 社会信用代码 信用代码 统一信用代码 统一社会信用码 网点统一社会信用代码 "
        "营业执照统一社会信用代码 uscc"
    ),
    "license_institution_code": (
        "金融许可证机构编码 机构编码 许可证机构编码 金融许可证编码 金融机构编码 金融许可证号 "
        "金融许可证号码 金融许可证机构代码 金融许可证代码 许可证编码"
    ),
    "open_for_card_business": (
        "开放办理社保卡业务 是否开放办理社保卡业务 是否办理社保卡业务 是否开办社保卡业务 "
        "开办社保卡业务 办理社保卡业务 社保卡业务 是否开办 是否开放 是否办理社保卡"
    ),
    "windows": (
        "社保卡受理窗口数 社保卡业务窗口数 社保卡窗口数 社保卡窗口 受理窗口数 受理窗口 窗口数 "
        "窗口数量 业务窗口数 窗口 社保卡窗口数量 社保卡受理窗口数量 社保卡受理窗口"
    ),
    "trained_staff": (
        "熟练人员 熟练人员数 熟练人员数量 熟练工作人员 熟练工作人员数 受训人员 受训人员数 培训人员数 "
        "经过培训人员数 经办人员数 工作人员数 人员数 人员数量 业务人员数 熟练办理人员数"
    ),
    "opening_hours": (
        "公告服务时间 对外公告服务时间 服务时间 对外服务时间 营业时间 对外营业时间 公告营业时间 "
        "营业服务时间 工作时间 办公时间 受理时间"
    ),
    "services": (
        "提供的服务 提供服务 服务项目 服务内容 服务范围 服务种类 业务种类 业务范围 受理业务 "
        "受理的业务 办理业务 可办业务 可办理业务 提供的业务 开办业务 社保卡服务 社保卡服务项目 "
        "社保卡业务种类"
    ),
    "phone": (
        "联系电话 电话 电话号码 网点电话 服务电话 咨询电话 办公电话 联系方式 网点联系电话 对外电话 "
        "支行电话 机构电话"
    ),
    UNUSED: "序号 编号 序 行号 项次 no 备注 说明 备注说明",
}
KNOWN: dict[str, str] = {word: name for name, words in CALLED.items() for word in words.split()}
IN_BRACKETS = re.compile(r"\([^()]*\)")
NO_LETTERS = re.compile(r"[\W_]+")


def title_key(title: str) -> str:
    """A title without what stands in brackets, without marks and blanks: 窗口数（个）* is 窗口数."""
    plain = folded(title)
    return NO_LETTERS.sub("", IN_BRACKETS.sub("", plain)) or NO_LETTERS.sub("", plain)


def recognised(titles: Iterable[str], remembered: Mapping[str, str]) -> list[str | None]:
    """For each title the field it means, UNUSED, or None where its meaning is not known.

    Args:
        remembered: what the bank said before, by key of the title; it goes before what the program knows.
    """
    known = {**KNOWN, **remembered}
    return [known.get(title_key(title)) if title.strip() else UNUSED for title in titles]


def fields_of(meanings: Iterable[str | None]) -> list[str]:
    """The fields that a row of titles names, one that comes twice as often as it comes."""
    return [name for name in meanings if name]


def is_header(meanings: Sequence[str | None]) -> bool:
    """Whether a row of titles heads a list of outlets: the name and something else."""
    found = set(fields_of(meanings))
    return "name" in found and len(found) > 1


def is_settled(meanings: Sequence[str | None]) -> bool:
    """Whether nobody has to be asked: no field comes twice, and nothing unknown stands where a field is missing."""
    found = fields_of(meanings)
    missing = set(TITLES) - set(found)
    return is_header(meanings) and len(found) == len(set(found)) and not (missing and None in meanings)

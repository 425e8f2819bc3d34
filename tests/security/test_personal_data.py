"""What is recognised as personal data of a citizen, and what is not."""

import pytest

from zsbank.base.personal_data import Personal, has_no_personal_data, personal_data_in

FOUND = {
    Personal.ID_NUMBER: (
        "证件110101199003077758",
        "证件１１０１０１１９９００３０７７７５８",
        "1101 0119 9003 0777 58",
        "旧证440106900307237",
        "44010619900307001x",
    ),
    Personal.BANK_CARD: ("卡号6222021234567890128", "6222 0212 3456 7890 128"),
    Personal.PHONE: (
        "13800138000",
        "１３８００１３８０００",
        "138 0013 8000",
        "138-0013-8000",
        "+86 13800138000",
        "0760-88881234",
        "（0760）88881234",
        "010-66668888",
        "电话：88881234",
    ),
    Personal.NAME: (
        "投诉人：张三",
        "姓名 欧阳小明",
        "联系人为李小红",
        "张先生来电",
        "李小红女士反映",
        "市民王小明来电",
        "申请人王五，未能办理",
    ),
}
NOT_FOUND = (
    "拨打12345、12333、95588、400-888-8888无人接听",
    "工单DH2025030300017，2026年11月2日10:30受理，20261102",
    "编号2026110213500001",
    "统一社会信用代码91442000MADEM00116，机构编码B9001H244200001",
    "110101199013077758",
    "110101199003077757",
    "投诉人张某反映，张某某再次来电",
    "一位先生与多位女士排队；对于女士优先窗口有意见；该女士",
    "市民 高度不满；市民反映窗口停办；投诉人称无人受理",
    "持卡人的卡被吞，本人是石岐支行客户",
    "中山市石岐街道1号，金额138.00元",
)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in FOUND.items() for text in texts])
def test_personal_data_is_recognised(kind: Personal, text: str) -> None:
    assert [one.kind for one in personal_data_in(text)] == [kind]
    assert not has_no_personal_data(text)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_other_texts_are_left_alone(text: str) -> None:
    assert personal_data_in(text) == []
    assert has_no_personal_data(text)


def test_numbers_that_are_public_are_no_personal_data() -> None:
    text = "网点电话0760-88881234，来电13800138000"
    assert [one.text for one in personal_data_in(text, ["（0760）8888 1234"])] == ["13800138000"]


def test_refusal_names_everything_that_was_found() -> None:
    said = has_no_personal_data("投诉人：张三，13800138000").why_not
    assert "张三" in said
    assert "13800138000" in said

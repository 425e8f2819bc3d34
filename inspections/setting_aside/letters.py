"""The letter with which the bureau sets a determination aside, in official Chinese."""

from collections.abc import Iterator

from inspections.determinations.letters import found_in
from inspections.determinations.models import Determination
from inspections.rectification.models import RectificationOrder
from inspections.setting_aside.models import SettingAside
from inspections.setting_aside.terms import DETERMINATION_SET_ASIDE, OFFICIAL, Basis
from zsbank.base.calendar.wording import chinese_date
from zsbank.base.letters.data import LetterData, Paragraph


def letter_of(setting_aside: SettingAside) -> LetterData:
    """Return the letter: what is set aside, on which document and why, and what that means for the bank."""
    determination = setting_aside.determination
    on = chinese_date(determination.determination_date) if determination.determination_date else ""
    opening = f"我局{on}作出的关于你行{found_in(determination)}的认定"
    return LetterData(
        kind=DETERMINATION_SET_ASIDE.code,
        title=f"关于撤销对{setting_aside.bank.name}所作认定的函",
        addressee=setting_aside.bank.name,
        uscc=setting_aside.bank.uscc,
        paragraphs=(
            Paragraph(f"{opening}，经核实，现处理如下（办件编号：{setting_aside.case_number}）："),
            Paragraph("一、处理结果", 1),
            Paragraph("撤销上述认定。"),
            *_what_follows(determination),
            Paragraph("二、依据和理由", 1),
            Paragraph(f"依据：{_basis(setting_aside)}。"),
            Paragraph(f"理由：{setting_aside.reason}"),
            Paragraph("三、发卡资格", 1),
            Paragraph(_qualification(determination)),
            Paragraph("特此函告。"),
        ),
    )


def _basis(setting_aside: SettingAside) -> str:
    named = OFFICIAL[Basis(setting_aside.basis)]
    return f"{named}（{setting_aside.document_number}，{chinese_date(setting_aside.document_date)}）"


def _what_follows(determination: Determination) -> Iterator[Paragraph]:
    """Yield what becomes of the order that rests on the determination, and that no exit can rest on it."""
    order = (
        RectificationOrder.objects.filter(determination=determination)
        .select_related("letter", "paper")
        .first()
    )
    if order is not None:
        number = f"（{order.letter or order.paper}）" if order.letter or order.paper else ""
        yield Paragraph(
            f"据该认定发出的责令限期整改的函{number}同时撤回，你行无须再就该函所列事项提交整改报告。"
        )
    yield Paragraph("该认定不再作为对你行作出退出处理的依据。")


def _qualification(determination: Determination) -> str:
    if determination.qualification.cancelled_on is not None:
        return f"你行的发卡资格已于{chinese_date(determination.qualification.cancelled_on)}取消，本函不改变该结果。"
    return "你行的发卡资格继续有效，不因该认定受到影响。"

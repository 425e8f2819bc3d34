"""Codes of legal persons: check characters of both standards, worked out by hand."""

import pytest

from banks.register.identifiers import (
    check_licence,
    check_licence_in_zhongshan,
    check_uscc,
    normalise,
    with_check_characters,
)
from zsbank.base.refusals import Verdict

BY_HAND = {
    "91442000MATE000101": "0: the weighted sum of MATE0001 is 539 = 49 · 11, and 11 − 0 is written as 0",
    "91442000MATE0007X1": "X: the sum of MATE0007 is 551 = 50 · 11 + 1, and 11 − 1 = 10 is written as X",
    "91442000MATE000619": "1: the sum of MATE0006 is 549 = 49 · 11 + 10",
    "91442000MATE00029X": "9: the sum of MATE0002 is 541 = 49 · 11 + 2",
}
"""Codes, with their 17th characters: 3·M(22) + 7·A(10) + 9·T(29) + 10·E(14) + 5, 8, 4 and 2 times the digits."""


def codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize("code", BY_HAND)
def test_correct_code_is_accepted(code: str) -> None:
    assert codes(check_uscc(code)) == []
    assert with_check_characters(code[:16]) == code


@pytest.mark.parametrize("code", BY_HAND)
@pytest.mark.parametrize("place", [16, 17])
def test_wrong_check_character_is_named(code: str, place: int) -> None:
    for other in "0123456789X":
        wrong = code[:place] + other + code[place + 1 :]
        if wrong != code:
            assert codes(check_uscc(wrong)) == ["uscc_check"]


def test_wrong_organisation_with_right_last_character_is_named() -> None:
    assert codes(check_uscc("91442000MATE00015G")) == ["uscc_organisation"]


@pytest.mark.parametrize(
    "code",
    [
        "91442000MATE00010",  # one too few
        "91442000MATE0001011",  # one too many
        "91442000MATE00010I",  # a letter that the alphabet leaves out
        "91442000mate000101",
        "91442000MATE0001 1",
        "",
    ],
)
def test_code_of_another_form_is_refused(code: str) -> None:
    assert codes(check_uscc(code)) == ["uscc_form"]


@pytest.mark.parametrize("character", "IOSVZ")
def test_letters_that_look_like_digits_are_refused(character: str) -> None:
    assert codes(check_uscc(f"9144200{character}MATE000101")) == ["uscc_form"]


def test_code_is_normalised_as_typed() -> None:
    assert normalise(" 91442000 mate0001\t01\u3000") == "91442000MATE000101"
    assert normalise("９１４４２０００ＭＡＴＥ０００１０１") == "91442000MATE000101"
    assert normalise("Ｂ0001ｓ244200001") == "B0001S244200001"


@pytest.mark.parametrize(
    "code",
    [
        "B0001S24420000",  # one too few
        "B0001S2442000010",  # a tail
        "B0001S244200001\n",
        "XB0001S244200001",  # a head
        "00001S244200001",  # a digit in position 1
        "B00O1S244200001",  # a letter among the digits
        "B00011244200001",  # a digit in position 6
        "b0001S244200001",
        "",
    ],
)
def test_licence_code_of_another_form_is_refused(code: str) -> None:
    assert codes(check_licence(code)) == ["licence_form"]
    assert codes(check_licence_in_zhongshan(code)) == ["licence_form"]


def test_licence_code_elsewhere_is_no_code_of_an_outlet_here() -> None:
    assert codes(check_licence_in_zhongshan("B0001S244200001")) == []
    assert codes(check_licence("B0001S244010001")) == []
    assert codes(check_licence_in_zhongshan("B0001S244010001")) == ["licence_area"]
    assert codes(check_licence_in_zhongshan("B4420S144190001")) == ["licence_area"]

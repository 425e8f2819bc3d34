"""Comparing two small sets."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.pictures.compare import changed, compare
from tests.pictures.sheet import write_sheet

Put = Callable[..., None]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Puts a page into a set: a white picture with a black square, and its text."""

    def put(folder: str, page: str, text: str = "待办\n", square: int = 0, height: int = 100) -> None:
        at = tmp_path / folder / page
        at.parent.mkdir(parents=True, exist_ok=True)
        at.with_name(f"{at.name}.txt").write_text(text, encoding="utf-8")
        for width in (1440, 390):
            picture = Image.new("RGB", (100, height), "white")
            picture.paste((0, 0, 0), (0, 0, square, square))
            picture.save(at.with_name(f"{at.name}.{width}.png"))

    return put


def test_equal_sets_have_no_difference(tmp_path: Path, put: Put) -> None:
    for folder in ("before", "after"):
        put(folder, "clerk/home~1")
    compared = compare(tmp_path / "before", tmp_path / "after", tmp_path / "out")
    assert compared.same
    assert compared.summary() == "1 same, 0 different, 0 missing, 0 new"


def test_shares_are_sorted_largest_first(tmp_path: Path, put: Put) -> None:
    for page, square in (("clerk/a~1", 10), ("clerk/b~1", 20)):
        put("before", page)
        put("after", page, square=square)
    compared = compare(tmp_path / "before", tmp_path / "after", tmp_path / "out")
    assert [(one.page, one.shares) for one in compared.different] == [
        ("clerk/b~1", {1440: 0.04, 390: 0.04}),
        ("clerk/a~1", {1440: 0.01, 390: 0.01}),
    ]
    with Image.open(tmp_path / "out" / "clerk" / "a~1.390.png") as shown:
        assert shown.convert("RGB").getpixel((5, 5)) == (220, 0, 0)


def test_longer_page_differs(tmp_path: Path, put: Put) -> None:
    put("before", "clerk/a~1")
    put("after", "clerk/a~1", height=200)
    compared = compare(tmp_path / "before", tmp_path / "after", tmp_path / "out")
    assert compared.different[0].share == 0.5


def test_difference_in_text_alone_counts(tmp_path: Path, put: Put) -> None:
    put("before", "clerk/a~1", "待办\n还剩 5 天\n")
    put("after", "clerk/a~1", "待办\n还剩 6 天\n")
    compared = compare(tmp_path / "before", tmp_path / "after", tmp_path / "out")
    assert compared.different[0].share == 0
    assert compared.different[0].text == ("-还剩 5 天", "+还剩 6 天")
    assert compared.lines() == [("-还剩 5 天", 1), ("+还剩 6 天", 1)]


def test_removed_and_added_pages_are_named(tmp_path: Path, put: Put) -> None:
    put("before", "clerk/a~1")
    put("after", "clerk/b~1")
    compared = compare(tmp_path / "before", tmp_path / "after", tmp_path / "out")
    assert (compared.missing, compared.new, compared.same) == (["clerk/a~1"], ["clerk/b~1"], False)


def test_empty_set_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no pictures"):
        compare(tmp_path, tmp_path, tmp_path / "out")


def test_sheet_shows_both_pictures_and_their_difference(tmp_path: Path, put: Put) -> None:
    put("before", "clerk/a~1", "<b>\n")
    put("after", "clerk/a~1", square=10)
    out = tmp_path / "out"
    write_sheet(
        compare(tmp_path / "before", tmp_path / "after", out), tmp_path / "before", tmp_path / "after", out
    )
    sheet = (out / "index.html").read_text(encoding="utf-8")
    for path in ("../before/clerk/a~1.390.png", "../after/clerk/a~1.390.png", "clerk/a~1.390.png"):
        assert f'src="{path}"' in sheet
        assert (out / path).exists()
    assert "-&lt;b&gt;" in sheet


def test_changed_lines_have_no_positions() -> None:
    assert changed(["a", "b"], ["a", "c"]) == ("-b", "+c")
    assert changed([], []) == ()

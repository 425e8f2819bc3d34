"""Style sheets and scripts use nothing newer than Chromium 86 (docs/decisions/0026-oldest-browser.md)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import tinycss2
from django.conf import settings

from bin.styles import SHEETS, built

SCRIPTS = sorted((settings.BASE_DIR / "static" / "js").rglob("*.js"))
NEWER_SELECTORS = {
    r":has\(": 105,
    r":(is|where)\(": 88,
    r":not\([^()]*[,( ]": 88,
    r":(user-valid|user-invalid|open|modal|popover-open|state|dir)\b": 105,
    r":autofill|:picture-in-picture": 110,
    r"::(file-selector-button|details-content|highlight|target-text)": 89,
    r"&": 112,
    r":nth-(last-)?child\([^)]* of ": 111,
}
NEWER_AT_RULES = {
    "layer": 99,
    "container": 105,
    "scope": 118,
    "starting-style": 117,
    "view-transition": 126,
    "counter-style": 91,
}
NEWER_PROPERTIES = {
    r"inset(-.*)?": 87,
    r"(margin|padding|border)-(inline|block)": 87,
    r"aspect-ratio|rotate|scale|translate|accent-color|container.*|content-visibility|scrollbar-.*": 88,
    r"text-wrap.*|text-underline-offset|text-decoration-thickness|field-sizing|interpolate-size|anchor.*": 87,
}
NEWER_VALUES = {
    r"\b(color-mix|oklch|oklab|lab|lch|hwb|light-dark|color|round|rem|mod|sin|cos|pow|sqrt)\(": 101,
    r"\d(dvh|svh|lvh|dvw|svw|lvw|cqw|cqh|lh|rlh|cap|ic)\b": 105,
    r"^(clip|subgrid|revert-layer|auto-phrase)$": 90,
}
NEWER_MEDIA = r"[<>]|prefers-contrast|dynamic-range|scripting|forced-colors"

FINE_WITHOUT = {
    ".rail:popover-open": "the menu of narrow screens, which static/js/desk.js shows where there is no popover",
    ".panel:has(.row)": "on paper: panels with rows break between pages; before Chrome 105 they stay together",
    "accent-color": "the colour of ticks; before Chrome 93 they are blue too",
    "text-underline-offset": "underlines a little lower; before Chrome 87 as the browser draws them",
}
"""What may be newer, because pages work and read as well without it."""

NEWER_IN_SCRIPTS = {
    r"AbortSignal\.(timeout|any)": 103,
    r"\bstructuredClone\b|\bnavigator\.locks\.query|\bscheduler\.|\breportError\(": 98,
    r"\brandomUUID\b|\bnavigator\.userAgentData\b|\bCompressionStream\b": 90,
    r"\.(at|findLast|findLastIndex|toSorted|toReversed|toSpliced|with|replaceSync|hasOwn|groupBy)\(": 92,
    r"\b(Object|Map)\.(hasOwn|groupBy)|\bPromise\.(withResolvers|try)|\bArray\.fromAsync": 93,
    r"\.(checkVisibility|showPopover|hidePopover|togglePopover|setHTML|isWellFormed|moveBefore)\(": 105,
    r"\.inert\b|\.(checkValidity|requestClose)\b.*dialog": 102,
    r"static \{|#\w+ in |^await |^\s+(async )?#\w+\(|\busing \w+ =": 84,
    r":has\(|:is\(|:where\(|:not\([^()]*,|:modal|:popover-open": 88,
    r"/[a-z]*[dv][a-z]*\.(exec|test)|\.cause\b|\bnew Error\([^)]*\{ cause": 93,
}


def newer(text: str, table: dict[str, int]) -> list[str]:
    """Return what a text has of a table, with the version of Chrome that brought it."""
    return [
        f"{found[0].strip()} ({since})"
        for form, since in table.items()
        for found in re.finditer(form, text, re.MULTILINE)
    ]


def lines(nodes: list[object]) -> Iterator[tuple[str, str]]:
    """Yield each selector or at-rule of a style sheet with what it has that is newer than Chromium 86."""
    preludes = [tinycss2.serialize(node.prelude) for node in nodes if hasattr(node, "prelude")]
    for node in nodes:
        if isinstance(node, tinycss2.ast.QualifiedRule):
            prelude = tinycss2.serialize(node.prelude)
            for_old = prelude.replace("::file-selector-", "::-webkit-file-upload-")
            if (
                for_old == prelude or for_old not in preludes
            ):  # else the same rule stands there for old browsers
                yield from ((prelude, one) for one in newer(prelude, NEWER_SELECTORS))
            yield from ((prelude, one) for one in newer_declarations(node.content))
        elif isinstance(node, tinycss2.ast.AtRule):
            yield from at_rule(node)


def at_rule(node: tinycss2.ast.AtRule) -> Iterator[tuple[str, str]]:
    """Yield what an at-rule has; what is newer within a fulfilled `@supports` was asked for."""
    name, prelude = node.lower_at_keyword, tinycss2.serialize(node.prelude)
    if name in NEWER_AT_RULES:
        yield f"@{name} {prelude}", f"@{name} ({NEWER_AT_RULES[name]})"
    if name == "media":
        yield from ((f"@media {prelude}", found) for found in re.findall(NEWER_MEDIA, prelude))
    if name in {"media", "supports", *NEWER_AT_RULES} and node.content:
        yield from lines(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True))


def newer_declarations(content: list[object]) -> Iterator[str]:
    """Yield the properties and values of a rule that are newer than Chromium 86."""
    for one in tinycss2.parse_declaration_list(content, skip_comments=True, skip_whitespace=True):
        if not isinstance(one, tinycss2.ast.Declaration):
            yield "a rule within a rule (112)"
            continue
        value = tinycss2.serialize(one.value).strip()
        if any(re.fullmatch(form, one.lower_name) for form in NEWER_PROPERTIES):
            yield one.lower_name
        yield from newer(value, NEWER_VALUES)


def faults(sheet: str) -> list[str]:
    """Return what a style sheet has that is newer than Chromium 86 and is missed there."""
    nodes = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    return [
        f"{where}: {what}"
        for where, what in lines(nodes)
        if where not in FINE_WITHOUT and not any(what.startswith(fine) for fine in FINE_WITHOUT)
    ]


@pytest.mark.parametrize("name", SHEETS)
def test_style_sheet_has_nothing_newer(name: str) -> None:
    assert faults(built(name)) == []


@pytest.mark.parametrize(
    "sheet",
    [
        "@layer base { a { color: red } }",
        ".a:has(.b) { color: red }",
        ".a:is(.b, .c) { color: red }",
        ".a:not(.b, .c) { color: red }",
        ".a:not(:-webkit-any(.b, .c)) { color: red }",
        ".a { inset: 0 }",
        ".a { aspect-ratio: 1 }",
        ".a { color: color-mix(in srgb, red, blue) }",
        ".a { min-height: 100dvh }",
        ".a { overflow: clip }",
        "@media (width >= 800px) { .a { color: red } }",
        "@media print { .a { .b & { color: red } } }",
    ],
)
def test_newer_style_is_noticed(sheet: str) -> None:
    assert faults(sheet)


def test_what_is_fine_without_is_used() -> None:
    sheets = "".join(built(name) for name in SHEETS)
    assert [one for one in FINE_WITHOUT if one not in sheets] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_script_calls_nothing_newer(script: Path) -> None:
    assert newer(script.read_text(encoding="utf-8"), NEWER_IN_SCRIPTS) == []


@pytest.mark.parametrize(
    "text",
    [
        "AbortSignal.timeout(1)",
        "[1].at(-1)",
        "crypto.randomUUID()",
        "class A { static { } }",
        "element.matches('input:not(.a, .b)')",
        "await fetch('/')",
    ],
)
def test_newer_script_is_noticed(text: str) -> None:
    assert newer(text, NEWER_IN_SCRIPTS)

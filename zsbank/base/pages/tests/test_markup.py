"""Rules for templates and style sheets that formatters and linters do not check."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import tinycss2
from django.conf import settings

TEMPLATES, STATIC = settings.BASE_DIR / "templates", settings.BASE_DIR / "static"
LONGEST, LONGER_ONES, MEDIAN = 110, 0.02, 40
DESK = "desk"
"""The class of every page of the desk, which has several style sheets."""
CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")
WRITTEN = re.compile(r'class="([^"]*)"')
TEMPLATE_TAG = re.compile(r"\{[{%].*?[%}]\}")
FROM_CODE = {
    "done",
    "wait",
    "you",
    "late",
    "met",
    "not_met",
    "supplement",
    "begins",
    "counted",
    "rest",
    "still",
    "grouped",
}
"""Classes whose names come from code: tones, findings, kinds of days, and choices under headings."""


def sources(*folders: Path, ending: str) -> list[tuple[Path, str]]:
    """Return our files with their text."""
    return [
        (path, path.read_text(encoding="utf-8"))
        for one in folders
        for path in sorted(one.rglob(f"*{ending}"))
    ]


@dataclass(frozen=True)
class Rule:
    """A style rule with its at-rule, such as `@media (max-width: 800px)`."""

    file: str
    within: str
    selectors: tuple[str, ...]
    declarations: str


def rules(file: str, nodes: list[object], within: str = "") -> Iterator[Rule]:
    """Yield every rule among the nodes of a style sheet."""
    for node in nodes:
        if isinstance(node, tinycss2.ast.QualifiedRule):
            selectors = re.split(r",(?![^(]*\))", " ".join(tinycss2.serialize(node.prelude).split()))
            declarations = " ".join(tinycss2.serialize(node.content).split())
            yield Rule(file, within, tuple(one.strip() for one in selectors), declarations)
        elif isinstance(node, tinycss2.ast.AtRule) and node.content and node.at_keyword == "media":
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from rules(file, inner, f"@media {tinycss2.serialize(node.prelude).strip()}")


def style_rules() -> Iterator[Rule]:
    """Yield every rule of our style sheets."""
    for path, text in sources(STATIC, ending=".css"):
        sheet = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        yield from rules(str(path.relative_to(STATIC / "css")), sheet)


def used_classes() -> set[str]:
    """Return the classes used in templates, in scripts and from code."""
    names = set(FROM_CODE)
    for _path, text in sources(TEMPLATES, ending=".html"):
        for written in WRITTEN.findall(text):
            names |= set(TEMPLATE_TAG.sub(" ", written).split())
            names |= set(re.findall(r"'([\w-]+)'", written))
    for _path, text in sources(STATIC, ending=".js"):
        names |= set(
            re.findall(r"[\w-]+", " ".join(re.findall(r"(?:className = |toggle\()\"([^\"]*)\"", text)))
        )
    return names


def test_templates_have_short_lines() -> None:
    lengths = [len(line) for _path, text in sources(TEMPLATES, ending=".html") for line in text.splitlines()]
    assert median(lengths) < MEDIAN
    assert sum(length > LONGEST for length in lengths) <= LONGER_ONES * len(lengths)


def test_template_lines_have_few_tags() -> None:
    tags = re.compile(r"<[a-z]")
    crowded = [
        f"{path.relative_to(TEMPLATES)}: {line.strip()[:60]}"
        for path, text in sources(TEMPLATES, ending=".html")
        for line in text.splitlines()
        if len(tags.findall(line)) > 4
    ]
    assert crowded == []


def test_style_rules_are_used() -> None:
    used = used_classes()
    dead = [
        f"{rule.file}: {selector}"
        for rule in style_rules()
        for selector in rule.selectors
        if not set(CLASS.findall(selector)) <= used
    ]
    assert dead == []


def test_class_is_styled_in_one_file() -> None:
    """A selector that begins with a class is in the file of that class, or in a media query."""
    files: dict[str, set[str]] = {}
    for rule in style_rules():
        for selector in rule.selectors:
            first = CLASS.match(selector)
            if first and not rule.within:
                files.setdefault(first[1], set()).add(rule.file)
    assert {name: found for name, found in files.items() if len(found) > 1 and name != DESK} == {}


def test_style_rules_are_unique() -> None:
    in_one_place = Counter((rule.within, rule.selectors) for rule in style_rules())
    anywhere = Counter((rule.selectors, rule.declarations) for rule in style_rules())
    assert [rule for rule, times in (in_one_place + anywhere).items() if times > 1] == []


def test_line_breaks_are_not_used_for_spacing() -> None:
    """`<br>` ends a line of text; spacing belongs in the style sheet."""
    spacing = [
        str(path.relative_to(TEMPLATES))
        for path, text in sources(TEMPLATES, ending=".html")
        if re.search(r"</\w+>\s*<br>|<br>\s*<(?!br)", text)
    ]
    assert spacing == []

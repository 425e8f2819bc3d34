"""Small wrong changes of this program's own kind, as operators of Cosmic Ray.

Cosmic Ray's own operators change comparisons, numbers, conditions and loops. The operators here leave out what actions
call, read rows without a filter or a lock, count in other days, and let more roles act.
"""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

import parso
from cosmic_ray.operators.operator import Argument, Example, Operator
from parso.python.tree import Name, PythonNode
from parso.tree import BaseNode, NodeOrLeaf

Position = tuple[tuple[int, int], tuple[int, int]]


class Replacement(Operator):
    """Replaces the source text of a node; `texts` returns what may stand in its place."""

    def texts(self, node: NodeOrLeaf) -> Sequence[str]:
        """Return the wrong texts for a node; none if it is not of the kind."""
        raise NotImplementedError

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[Position]:
        """Yield the place of the node once for each wrong text."""
        for _text in self.texts(node):
            yield node.start_pos, node.end_pos

    def mutate(self, node: NodeOrLeaf, index: int) -> NodeOrLeaf:
        """Return the wrong node."""
        prefix = node.get_first_leaf().prefix
        changed = parso.parse(prefix + self.texts(node)[index])
        last = changed.children[-1]
        if last.type == "endmarker" and not last.prefix:
            changed.children.pop()
        return changed

    @classmethod
    def arguments(cls) -> Sequence[Argument]:
        """Return no arguments."""
        return ()


class DropCall(Replacement):
    """A call whose result nobody uses is left out: a message, an entry, a save, a check."""

    def texts(self, node: NodeOrLeaf) -> Sequence[str]:
        """Return `pass` for a statement that is a call."""
        alone = node.parent is not None and node.parent.type == "simple_stmt"
        is_call = node.type in ("atom_expr", "power") and node.get_last_leaf().value == ")"
        return ["pass"] if alone and is_call and "logger." not in node.get_code() else []

    @classmethod
    def examples(cls) -> Sequence[Example]:
        """Return an example."""
        return (Example("def f():\n    notify(a)\n", "def f():\n    pass\n"),)


class DropFilter(Replacement):
    """A queryset is read without a filter, an exclusion or a lock."""

    METHODS: ClassVar = ("filter", "exclude", "select_for_update")

    def texts(self, node: NodeOrLeaf) -> Sequence[str]:
        """Return the chain without each of its filters."""
        if node.type not in ("atom_expr", "power"):
            return []
        parts = [child.get_code() for child in node.children]
        parts[0] = parts[0].strip()
        return [
            "".join(parts[:at] + parts[at + 2 :])
            for at, part in enumerate(parts[:-1])
            if part.strip().removeprefix(".") in self.METHODS and parts[at + 1].startswith("(")
        ]

    @classmethod
    def examples(cls) -> Sequence[Example]:
        """Return an example."""
        return (Example("x = rows.filter(a=1).all()", "x = rows.all()"),)


class DropElement(Replacement):
    """A set, list or tuple lacks one of its elements."""

    def texts(self, node: NodeOrLeaf) -> Sequence[str]:
        """Return the literal without each of its elements."""
        if node.type != "atom" or len(node.children) != 3 or not isinstance(node.children[1], PythonNode):
            return []
        opening, inner, closing = node.children
        if (
            inner.type not in ("testlist_comp", "dictorsetmaker")
            or inner.children[1].get_code().strip() != ","
        ):
            return []
        elements = [child.get_code().strip() for child in inner.children[::2]]
        if len(elements) < 2 or "**" in elements[0]:
            return []
        texts = []
        for at in range(len(elements)):
            left = ", ".join(elements[:at] + elements[at + 1 :])
            texts.append(f"{opening.value}{left}{',' * (opening.value == '(')}{closing.value}")
        return texts

    @classmethod
    def examples(cls) -> Sequence[Example]:
        """Return an example."""
        return (Example("x = {a, b}", "x = {b}"), Example("x = {a, b}", "x = {a}", occurrence=1))


class OtherName(Replacement):
    """Another thing of the same kind is taken: calendar days, the day after, the other refusal, everybody."""

    NAMES: ClassVar = {
        "WORKDAY": "DAY",
        "last_day": "first_day_after",
        "first_day_after": "last_day",
        "NotAllowed": "WrongState",
        "by_day": "later_in_words",
        "min": "max",
        "max": "min",
        "any": "all",
        "all": "any",
        "accept_by": "decide_by",
        "decide_by": "accept_by",
        "decided_at": "submitted_at",
        "INTAKE": "AUDITOR",
        "REVIEWER": "INTAKE",
        "DECIDER": "REVIEWER",
        "INSPECTOR": "ASSESSOR",
        "ASSESSOR": "INSPECTOR",
        "OWN_BANK": "OFFICERS",
        "OFFICERS": "STAFF_ROLES",
        "NOBODY": "OWN_BANK",
    }

    def texts(self, node: NodeOrLeaf) -> Sequence[str]:
        """Return the other name, where the name is used."""
        if not isinstance(node, Name) or node.value not in self.NAMES or _is_imported_or_key(node):
            return []
        if node.value in ("any", "all", "min", "max") and _is_attribute(node):
            return []
        return [self.NAMES[node.value]]

    @classmethod
    def examples(cls) -> Sequence[Example]:
        """Return an example."""
        return (Example("x = Unit.WORKDAY", "x = Unit.DAY"),)


class UtcDay(Replacement):
    """The day in UTC is taken for the local day."""

    def texts(self, node: NodeOrLeaf) -> Sequence[str]:
        """Return the UTC day for today's."""
        is_today = node.type in ("atom_expr", "power") and node.get_code().strip() == "clock.today()"
        return ["clock.now().date()"] if is_today else []

    @classmethod
    def examples(cls) -> Sequence[Example]:
        """Return an example."""
        return (Example("x = clock.today()", "x = clock.now().date()"),)


class DropKeyword(Replacement):
    """A particular is left out of a message, an entry or a letter."""

    NAMES: ClassVar = ("due", "number", "data", "reason", "kind", "effective_on", "about", "rule")

    def texts(self, node: NodeOrLeaf) -> Sequence[str]:
        """Return the arguments without each of these keywords."""
        if node.type != "arglist":
            return []
        arguments = [child.get_code().strip() for child in node.children[::2]]
        return [
            ", ".join(arguments[:at] + arguments[at + 1 :])
            for at, argument in enumerate(arguments)
            if argument.partition("=")[0] in self.NAMES and len(arguments) > 1
        ]

    @classmethod
    def examples(cls) -> Sequence[Example]:
        """Return an example."""
        return (Example("f(a, due=b)", "f(a)"),)


class NotIn(Replacement):
    """`in` and `not in` are exchanged."""

    def texts(self, node: NodeOrLeaf) -> Sequence[str]:
        """Return the opposite comparison."""
        if node.type != "comparison" or len(node.children) != 3:
            return []
        left, how, right = (child.get_code().strip() for child in node.children)
        opposite = {"in": "not in", "not in": "in"}.get(" ".join(how.split()))
        return [f"{left} {opposite} {right}"] if opposite else []

    @classmethod
    def examples(cls) -> Sequence[Example]:
        """Return an example."""
        return (Example("x = a in b", "x = a not in b"),)


def _is_imported_or_key(node: Name) -> bool:
    parent: BaseNode | None = node.parent
    if parent is not None and parent.type == "argument" and parent.children[0] is node:
        return True
    while parent is not None:
        if (
            parent.type in ("import_from", "import_name", "parameters", "funcdef")
            and parent.type != "funcdef"
        ):
            return True
        parent = parent.parent
    return node.is_definition()


def _is_attribute(node: Name) -> bool:
    before: Any = node.get_previous_leaf()
    return before is not None and before.value == "."


OPERATORS: tuple[type[Replacement], ...] = (
    DropCall,
    DropFilter,
    DropElement,
    OtherName,
    UtcDay,
    DropKeyword,
    NotIn,
)
"""All operators of this program's own."""

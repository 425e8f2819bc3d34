"""The wrong changes of a module: made by operators, without those that change nothing a program does."""

import ast
import difflib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator

from bench.mutation.operators import OPERATORS

PLACES = (
    "*/**/rules.py",
    "*/**/actions.py",
    "*/**/actions/*.py",
    "zsbank/base/permissions.py",
    "zsbank/base/calendar/*.py",
    "banks/register/identifiers.py",
)
"""The heart of the program: rules, actions, permissions, the calendar and the checks of identifiers."""

CORE = (
    *(
        f"ReplaceComparisonOperator_{one}_{other}"
        for one, other in (
            ("Eq", "NotEq"),
            ("NotEq", "Eq"),
            ("Lt", "LtE"),
            ("LtE", "Lt"),
            ("Gt", "GtE"),
            ("GtE", "Gt"),
            ("Is", "IsNot"),
            ("IsNot", "Is"),
        )
    ),
    "ReplaceBinaryOperator_Add_Sub",
    "ReplaceBinaryOperator_Sub_Add",
    "ReplaceBinaryOperator_BitOr_BitAnd",
    "ReplaceBinaryOperator_BitAnd_BitOr",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue",
    "ReplaceUnaryOperator_Delete_Not",
    "AddNot",
    "NumberReplacer",
    "ZeroIterationForLoop",
)
"""Operators of Cosmic Ray; `==` to `>` and the like change the same thing once more and are left out."""


@dataclass(frozen=True)
class Change:
    """One wrong change: the module, the operator, and the source it makes."""

    module: str
    operator: str
    occurrence: int
    source: str
    diff: str

    @property
    def name(self) -> str:
        """The change as it is stored and listed."""
        return f"{self.module}:{self.operator}:{self.occurrence}"


def modules(root: Path) -> list[Path]:
    """Return the modules to change, in order."""
    found = {path for place in PLACES for path in root.glob(place)}
    left_out = {"tests", "migrations", ".venv", ".build", "node_modules", "bench", "bin"}
    return sorted(path for path in found if not left_out & set(path.relative_to(root).parts))


def changes(root: Path, places: Sequence[Path], number: int, seed: int) -> Iterator[Change]:
    """Yield wrong changes that change what the program does, each once.

    Args:
        number: the size of the random sample; 0 for all changes, in the order of the modules.
        seed: another seed gives another sample.
    """
    planned = [(path, name, at) for path in places for name, count in _counts(path) for at in range(count)]
    if number:
        random.Random(seed).shuffle(planned)  # noqa: S311 nothing secret
    known = {hash(_essence(path.read_text(encoding="utf-8"))) for path in places}
    by_name = dict(operators())
    found = 0
    for path, name, at in planned:
        source = path.read_text(encoding="utf-8")
        changed = mutate_code(source, by_name[name], at) or ""
        essence = _essence(changed)
        if essence is None or hash(essence) in known:
            continue
        known.add(hash(essence))
        yield Change(str(path.relative_to(root)), name, at, changed, _difference(source, changed))
        found += 1
        if found == number:
            return


def operators() -> Iterator[tuple[str, Operator]]:
    """Yield every operator with its name."""
    for name in CORE:
        yield name, get_operator(f"core/{name}")()
    for one in OPERATORS:
        yield one.__name__, one()


def _counts(path: Path) -> list[tuple[str, int]]:
    """Return how often each operator can change a module."""
    nodes = list(ast_nodes(get_ast(path.read_text(encoding="utf-8"))))
    return [
        (name, sum(len(list(operator.mutation_positions(node))) for node in nodes))
        for name, operator in operators()
    ]


def _essence(source: str) -> str | None:
    """Return what a module does: without annotations, documentation and imports for types; None if it is not Python."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Name("any", ast.Load())
        elif isinstance(node, ast.If) and ast.unparse(node.test).removeprefix("not ") == "TYPE_CHECKING":
            node.test, node.body = ast.Constant(value=False), [ast.Pass()]
    return ast.dump(tree)


def _difference(before: str, after: str) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++")))

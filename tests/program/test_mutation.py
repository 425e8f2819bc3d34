"""The operators of the mutation run make what their examples say, and nothing where there is nothing to change."""

import pytest
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from django.conf import settings

from bench.mutation.changes import changes, modules
from bench.mutation.operators import OPERATORS, Replacement

EXAMPLES = [(one, example) for one in OPERATORS for example in one.examples()]


@pytest.mark.parametrize(("operator", "example"), EXAMPLES)
def test_operator_makes_its_example(operator: type[Replacement], example: object) -> None:
    before, after = example.pre_mutation_code, example.post_mutation_code  # type: ignore[attr-defined]
    assert mutate_code(before, operator(), example.occurrence) == after  # type: ignore[attr-defined]


@pytest.mark.parametrize("operator", OPERATORS)
def test_operator_leaves_other_code_alone(operator: type[Replacement]) -> None:
    nodes = ast_nodes(get_ast("import min\n\n\nclass Any:\n    def max(self, last_day):\n        return 1\n"))
    assert [place for node in nodes for place in operator().mutation_positions(node)] == []


def test_sample_is_the_same_for_the_same_seed() -> None:
    places = [path for path in modules(settings.BASE_DIR) if "exit" in path.parts]
    assert len(places) > 2
    first, again, other = ([*changes(settings.BASE_DIR, places, 4, seed)] for seed in (1, 1, 2))
    assert [one.name for one in first] == [one.name for one in again]
    assert [one.name for one in first] != [one.name for one in other]
    for change in first:
        assert change.source != (settings.BASE_DIR / change.module).read_text(encoding="utf-8")
        assert change.diff

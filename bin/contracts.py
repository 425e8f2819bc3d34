"""Import contracts of subjects, generated from the list in each app, so that new subjects are covered."""

import ast
from pathlib import Path
from typing import Any

from importlinter.contracts.layers import LayersContract

ROOT = Path(__file__).parent.parent
APPS = ("banks", "admission", "inspections", "exit")


def subjects_of(app: str) -> tuple[str, ...]:
    """Return the subjects listed in an app's `apps.py`, lowest first.

    Raises:
        LookupError: there is no list.
    """
    for node in ast.walk(ast.parse((ROOT / app / "apps.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "subjects":
            found: tuple[str, ...] = ast.literal_eval(node.value)
            return found
    raise LookupError(f"{app}/apps.py lists no subjects")


class SubjectOrder(LayersContract):  # type: ignore[misc]
    """In an app, subjects may import those listed before them; an unlisted folder is a fault."""

    type_name = "subject order"

    def __init__(self, name: str, session_options: dict[str, Any], contract_options: dict[str, Any]) -> None:
        """Make layers from the app's list."""
        app = contract_options.pop("app")
        layers = ["(urls) | (management)", *reversed(subjects_of(app)), "apps"]
        super().__init__(name, session_options, {**contract_options, "containers": [app], "layers": layers})


class InsideSubjects(LayersContract):  # type: ignore[misc]
    """In every subject, the same file names have the same order of imports."""

    type_name = "inside subjects"

    def __init__(self, name: str, session_options: dict[str, Any], contract_options: dict[str, Any]) -> None:
        """Make containers of all subjects."""
        containers = [f"{app}.{subject}" for app in APPS for subject in subjects_of(app)]
        super().__init__(name, session_options, {**contract_options, "containers": containers})

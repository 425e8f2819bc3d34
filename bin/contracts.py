"""Import contracts of subjects, read from the list in each app, so that a new subject is covered at once."""

import ast
from pathlib import Path
from typing import Any

from importlinter.contracts.layers import LayersContract

ROOT = Path(__file__).parent.parent
APPS = ("banks", "admission", "inspections", "exit")


def subjects_of(app: str) -> tuple[str, ...]:
    """The subjects that an app's `apps.py` lists, the lowest first.

    Raises:
        LookupError: it lists none.
    """
    for node in ast.walk(ast.parse((ROOT / app / "apps.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "subjects":
            found: tuple[str, ...] = ast.literal_eval(node.value)
            return found
    raise LookupError(f"{app}/apps.py lists no subjects")


class SubjectOrder(LayersContract):  # type: ignore[misc]
    """Inside an app the upper subject may import the lower; `app` names it. A folder that is not listed fails."""

    type_name = "subject order"

    def __init__(self, name: str, session_options: dict[str, Any], contract_options: dict[str, Any]) -> None:
        """Make layers of the app's list."""
        app = contract_options.pop("app")
        layers = ["(urls) | (management)", *reversed(subjects_of(app)), "apps"]
        super().__init__(name, session_options, {**contract_options, "containers": [app], "layers": layers})


class InsideSubjects(LayersContract):  # type: ignore[misc]
    """Inside every subject of every app the same files stand in the same order."""

    type_name = "inside subjects"

    def __init__(self, name: str, session_options: dict[str, Any], contract_options: dict[str, Any]) -> None:
        """Make containers of all subjects."""
        containers = [f"{app}.{subject}" for app in APPS for subject in subjects_of(app)]
        super().__init__(name, session_options, {**contract_options, "containers": containers})

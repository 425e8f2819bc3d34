"""Valid arguments for every action on lists."""

from typing import Any

from tests.actions.scene import Example
from zsbank.base.actions.door import Action
from zsbank.base.pages.actions import export_list

EXAMPLES: dict[Action[..., Any], Example] = {
    export_list: lambda scene: {
        "reader": scene.people.inspector,
        "kind": "exit.exitcase",
        "rows": 3,
        "query": "",
        "filters": (),
        "file_format": "csv",
        "by": scene.people.inspector,
    },
}

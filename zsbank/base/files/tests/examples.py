"""Valid arguments for every action on stored files."""

from typing import Any

from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock
from zsbank.base.files import actions
from zsbank.base.files.formats import FileKind
from zsbank.base.files.models import StoredFile
from zsbank.base.files.states import ScanState


def being_checked(scene: Scene) -> StoredFile:
    """A file without a scan result."""
    return StoredFile.objects.create(
        name="材料.pdf",
        stored_name="0" * 32,
        kind=FileKind.PDF,
        size=1,
        sha256="0" * 64,
        at=clock.now(),
        scan=ScanState.BEING_CHECKED,
    )


EXAMPLES: dict[Action[..., Any], Example] = {
    actions.quarantine_file: lambda scene: {"file": being_checked(scene), "signature": "Test", "by": None},
}

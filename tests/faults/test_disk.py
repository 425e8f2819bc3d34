"""A disk that is really full: an upload is refused and leaves nothing; a letter is made later, with its number.

The disk is a small one in memory, which only root may mount; without root, a limit for the size of files is set.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import scenes
from tests.faults.place import Place

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
MEGABYTE = 1024 * 1024


class Disk:
    """The disk with the register's files."""

    def __init__(self, folder: Path) -> None:
        """Mount it, if that is allowed."""
        self.folder, self.filler = folder, folder / "filler"
        folder.mkdir(exist_ok=True)
        words = ["mount", "-t", "tmpfs", "-o", f"size={2 * MEGABYTE}", "tmpfs", str(folder)]
        self.mounted = os.geteuid() == 0 and subprocess.run(words, check=False).returncode == 0

    def fill(self, place: Place) -> None:
        """Leave no room."""
        if not self.mounted:
            place.call(scenes.limit_files, 1)
            return
        with self.filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"0" * 4096)
            except OSError:
                pass

    def free(self, place: Place) -> None:
        """Make room again."""
        if self.mounted:
            self.filler.unlink()
        else:
            place.call(scenes.limit_files, None)

    def take_off(self) -> None:
        """Unmount it."""
        if self.mounted:
            subprocess.run(["umount", str(self.folder)], check=True)


@pytest.fixture
def disk(spoiled: Place) -> Iterator[Disk]:
    """The disk of a register of its own."""
    made = Disk(spoiled.folder / "files")
    yield made
    made.take_off()


def test_upload_to_a_full_disk_is_refused_and_leaves_nothing(spoiled: Place, disk: Disk) -> None:
    assert spoiled.call(scenes.upload) == ""
    disk.fill(spoiled)
    assert spoiled.call(scenes.upload) == "disk"
    disk.free(spoiled)
    assert spoiled.judge() == []
    assert spoiled.call(scenes.upload) == ""
    assert spoiled.judge() == []


def test_letter_that_finds_no_room_is_made_later_with_its_number(spoiled: Place, disk: Disk) -> None:
    application, _path, _session = spoiled.call(scenes.to_decide)
    spoiled.call(scenes.decide, application)
    disk.fill(spoiled)
    number, state, error = spoiled.call(scenes.make_letter, application)
    assert (state, "Errno" in error) == ("failed", True)
    disk.free(spoiled)
    assert spoiled.judge() == []
    assert spoiled.call(scenes.make_letter, application) == (number, "issued", "")
    assert spoiled.judge() == []


def test_control_file_written_in_place_is_found(spoiled: Place, disk: Disk) -> None:
    disk.fill(spoiled)
    assert spoiled.call(scenes.upload_in_place) == "disk"
    disk.free(spoiled)
    assert spoiled.judge()

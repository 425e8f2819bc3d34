"""The register of the fault tests: its programs are started once and shared; controls spoil a register of their own."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.faults import scenes
from tests.faults.place import Place
from tests.faults.servers import Cluster, Redis


@pytest.fixture(scope="package")
def ground() -> Iterator[Path]:
    """A folder that the user `postgres` can reach."""
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="package")
def cluster(django_db_setup: None, django_db_blocker: DjangoDbBlocker, ground: Path) -> Iterator[Cluster]:
    """PostgreSQL with a database `base` that has the tables of this version and nothing done in it yet."""
    (ground / "postgresql").mkdir()
    made = Cluster(ground / "postgresql")
    with django_db_blocker.unblock():
        given = connection.settings_dict
    source = f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT'] or 5432}/{given['NAME']}"
    try:
        made.copy(source, "base")
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="package")
def redis(ground: Path) -> Iterator[Redis]:
    """Redis."""
    made = Redis(ground)
    yield made
    made.kill()


def _place(cluster: Cluster, redis: Redis, name: str, ground: Path) -> Place:
    cluster.sql(f"CREATE DATABASE {name} TEMPLATE base OWNER zsbank")
    (ground / name).mkdir()
    return Place(cluster, redis, name, ground / name)


@pytest.fixture(scope="package")
def running(cluster: Cluster, redis: Redis, ground: Path) -> Iterator[Place]:
    """The register with its web program and its worker; what is done in it stays."""
    place = _place(cluster, redis, "running", ground)
    place.call(scenes.people)
    for name in ("web", "worker"):
        place.start(name)
    yield place
    place.end()


@pytest.fixture
def place(running: Place) -> Iterator[Place]:
    """The register, before and after which nothing is wrong."""
    for name in {"web", "worker"} - running.programs.keys():
        running.start(name)
    assert running.judge() == []
    yield running
    running.wait_until_quiet()
    assert running.judge() == []


@pytest.fixture
def spoiled(cluster: Cluster, redis: Redis, ground: Path) -> Iterator[Place]:
    """A register of its own for a control, without programs: something will be wrong in it."""
    place = _place(cluster, redis, "spoiled", ground)
    place.call(scenes.people)
    yield place
    place.end()
    cluster.sql("DROP DATABASE spoiled WITH (FORCE)")
    shutil.rmtree(ground / "spoiled")

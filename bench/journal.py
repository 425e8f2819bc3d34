"""Speed of appending to the journal with several processes, and of verifying it; each with a control.

    DATABASE_URL=… .venv/bin/python -m bench.journal [--entries 1000000] [--seconds 10]

Runs on PostgreSQL (DATABASE_URL) in a temporary database. Prints one figure per line.
"""

import argparse
import multiprocessing
import os
import resource
import sys
import time

import django

from zsbank import folders

PROCESSES = 4
EVERY = 20_000


def arguments() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="bench.journal")
    parser.add_argument("--entries", type=int, default=1_000_000, help="how long a record to verify")
    parser.add_argument("--seconds", type=float, default=10, help="how long to append")
    return parser.parse_args()


def append(name: str, seconds: float) -> int:
    """Append entries for some seconds, each in its own transaction; return their number."""
    os.environ["DATABASE_URL"] = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"
    folders.prepare()
    django.setup()
    from django.contrib.auth.models import Group
    from django.db import transaction

    from zsbank.base.journal import actions
    from zsbank.base.permissions import Verb

    subject, count, until = Group(pk=1, name="bench"), 0, time.monotonic() + seconds
    while time.monotonic() < until:
        with transaction.atomic(durable=True):
            actions.record(
                verb=Verb.WRITE_NOTE, by=None, subject=subject, reason="示例", data={"number": count}
            )
        count += 1
    return count


def rate(name: str, seconds: float, processes: int) -> float:
    """Return entries per second with this number of processes."""
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        counts = pool.starmap(append, [(name, seconds)] * processes)
    return sum(counts) / seconds


def fill(entries: int) -> None:
    """Append entries in large transactions until there are this many."""
    from django.db import connection, transaction

    from zsbank.base.journal.models import Entry

    sample = Entry.objects.latest("pk")
    for begin in range(Entry.objects.count(), entries, EVERY):
        with transaction.atomic():
            copies = (_copy(sample, number) for number in range(begin, min(begin + EVERY, entries)))
            Entry.objects.bulk_create(copies, batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE journal_entry; ANALYZE journal_link")


def _copy(sample: "Entry", number: int) -> "Entry":  # type: ignore[name-defined]  # noqa: F821 Django first
    from zsbank.base.journal.chain import digest_of
    from zsbank.base.journal.models import Entry

    fields = {field.attname: getattr(sample, field.attname) for field in Entry._meta.concrete_fields}
    entry = Entry(**fields | {"id": None, "data": {"number": number}})
    entry.digest = digest_of(entry.content())
    return entry


def verified() -> tuple[float, float]:
    """Return the seconds to verify the whole chain, and the growth of the process in MB."""
    from zsbank.base.journal import queries

    before, began = _peak(), time.perf_counter()
    wrong = list(queries.faults())
    if wrong:
        sys.exit(f"the chain does not hold: {wrong[:3]}")
    return time.perf_counter() - began, _peak() - before


def read_only() -> float:
    """Return the seconds to read the same rows without verifying them, as control."""
    from zsbank.base.journal import queries

    began = time.perf_counter()
    for _line in queries.chained_lines():
        pass
    return time.perf_counter() - began


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def unchained(name: str, seconds: float) -> float:
    """Control: append without the chain's trigger; the database is unusable afterwards."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_append")
    return rate(name, seconds, PROCESSES)


def main() -> None:
    """Measure and print."""
    asked = arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zsbank.settings")
    if "DATABASE_URL" not in os.environ:
        sys.exit("set DATABASE_URL: several processes append at once on PostgreSQL only; see bin/services")
    folders.prepare()
    django.setup()
    from django.db import connection

    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        chained, alone = rate(name, asked.seconds, PROCESSES), rate(name, asked.seconds, 1)
        fill(asked.entries)
        seconds, grown = verified()
        reading = read_only()
        print(
            f"verified {asked.entries}: {seconds:.1f} s, "
            f"{seconds / reading:.2f} times reading them, {grown:.0f} MB more"
        )
        loose = unchained(name, asked.seconds)
        print(
            f"appended by {PROCESSES} processes on {os.cpu_count()} cores: {chained:.0f} a second, "
            f"{chained / alone:.1f} times one process, {chained / loose:.2f} times appending without the chain"
        )
    finally:
        connection.creation.destroy_test_db(os.environ["DATABASE_URL"].rsplit("/", 1)[1], verbosity=0)


if __name__ == "__main__":
    main()

"""Cost of counting a request with each possible cache, and how many counts are lost.

    [REDIS_URL=redis://…] .venv/bin/python -m bench.request_limits [--requests 500]

Two processes of four threads count concurrently, as in the web program. Prints one line per cache.
"""

import argparse
import multiprocessing
import os
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.cache import BaseCache, CacheHandler
from django.core.management import call_command
from django.db import DatabaseError

PROCESSES, THREADS, TIMES, WARM_UP = 2, 4, 50, 20
BACKENDS = "django.core.cache.backends"


def caches(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the caches to compare; the first is local to a process, as control."""
    compared: dict[str, dict[str, Any]] = {
        "memory of the process": {"BACKEND": f"{BACKENDS}.locmem.LocMemCache"},
        "files": {
            "BACKEND": f"{BACKENDS}.filebased.FileBasedCache",
            "LOCATION": folder / "files",
            "OPTIONS": {"MAX_ENTRIES": 1000},
        },
        "database (SQLite)": {"BACKEND": f"{BACKENDS}.db.DatabaseCache", "LOCATION": "cache"},
        "own SQLite file": {
            "BACKEND": "zsbank.middleware.request_counts.SharedCounts",
            "LOCATION": str(folder / "counts.sqlite3"),
        },
    }
    if url := os.environ.get("REDIS_URL"):
        compared["Redis"] = {
            "BACKEND": f"{BACKENDS}.redis.RedisCache",
            "LOCATION": url,
            "KEY_PREFIX": folder.name,
        }
    return compared


def count(cache: BaseCache, times: int) -> None:
    """Count some requests."""
    for _time in range(times):
        with suppress(ValueError, DatabaseError):
            cache.add("together", 0, timeout=60)
            cache.incr("together")


def in_threads(cache: dict[str, Any]) -> None:
    """Count as one process of the web program; Django gives each thread its own cache object."""
    handler = CacheHandler({"default": cache})
    threads = [
        threading.Thread(target=lambda: count(handler["default"], TIMES)) for _number in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main() -> None:
    """Measure each cache."""
    parser = argparse.ArgumentParser(prog="bench.request_limits")
    parser.add_argument("--requests", type=int, default=500, help="how many requests to time")
    requests = parser.parse_args().requests
    with tempfile.TemporaryDirectory() as folder:
        database = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": f"{folder}/database.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
        compared = caches(Path(folder))
        settings.configure(DATABASES={"default": database}, CACHES={"default": compared["database (SQLite)"]})
        django.setup()
        call_command("createcachetable", verbosity=0)
        for name, cache in compared.items():
            own = CacheHandler({"default": cache})["default"]
            count(own, WARM_UP)
            began = time.perf_counter()
            count(own, requests)
            alone = (time.perf_counter() - began) / requests * 1000
            processes = [
                multiprocessing.Process(target=in_threads, args=(cache,)) for _number in range(PROCESSES)
            ]
            for process in processes:
                process.start()
            for process in processes:
                process.join()
            with suppress(ValueError):
                counted = own.incr("together") - 1 - requests - WARM_UP
                print(f"{name}: {alone:.2f} ms, {counted} of {PROCESSES * THREADS * TIMES} counted together")


if __name__ == "__main__":
    main()

"""Command line of the supervisor."""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from bin.supervisor import commands, place
from bin.supervisor.child import Child
from bin.supervisor.group import Group, say

WORKER_SECONDS = 60.0
ROOT = Path(__file__).resolve().parents[2]


def arguments() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(
        prog="bin/run", description="网页、后台任务与定时器一起运行。Web, worker and beat."
    )
    parser.add_argument("--port", type=int, default=8000, help="网页端口 port of the web pages (8000)")
    parser.add_argument("--data", type=Path, metavar="DIR", help="数据目录 data folder (data/)")
    parser.add_argument("--no-demo", action="store_true", help="首次启动不载入演示数据 no demonstration data")
    parser.add_argument("--check", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--only", choices=(*commands.NAMES, commands.PREPARE), help=argparse.SUPPRESS)
    return parser.parse_args()


def prepare(*, demo: bool) -> str:
    """Migrate the database, load the policy and, on a first start, the demonstration.

    Returns:
        The demonstration's sign-in names, or in a real register the next step of its set-up.

    Raises:
        Taken: the preparation failed.
    """
    words = commands.command(commands.PREPARE, host="", port=0, data=ROOT)
    if demo:
        words.append("--demo")
    done = subprocess.run(words, cwd=ROOT, check=False, stdout=subprocess.PIPE, text=True)  # noqa: S603 ours
    if done.returncode:
        raise place.Taken("数据库准备失败，详见上文", "the database could not be prepared, see above")
    return done.stdout.rstrip()


class Greeting:
    """Prints address, sign-in names or next step once the web program answers and the worker has carried out a task."""

    def __init__(self, host: str, port: int, data: Path, told: str) -> None:
        """`told` is printed unchanged."""
        self.host, self.port, self.data, self.told = host, port, data, told
        self.printed = self.warned = False
        self.began = time.time()

    def tell_when_up(self) -> None:
        """Print the greeting once both answer; called at each look of the group."""
        if self.printed or not place.answers(self.host, self.port):
            return
        if not place.worker_answered(self.data, self.began):
            self._warn()
            return
        self.printed = True
        say("已就绪", f"ready: http://{self.host}:{self.port}/")
        if self.told:
            print(self.told, file=sys.stderr, flush=True)  # noqa: T201 this is its terminal
        say("按 Ctrl-C 停止", "Ctrl-C stops everything")

    def _warn(self) -> None:
        """Say once that the worker keeps one waiting."""
        if not self.warned and time.time() > self.began + WORKER_SECONDS:
            self.warned = True
            say(
                "网页已可打开，后台任务尚无回应",
                "the web answers, the worker does not yet; see above",
            )


def run(host: str, port: int, data: Path, *, demo: bool) -> int:
    """Serve the register until stopped; return the exit code."""
    place.require_free_port(host, port)
    os.environ.setdefault("ZSBANK_ADDRESS", f"http://{host}:{port}")
    with place.lock_folder(data):
        say("准备数据库和演示数据" if demo else "准备数据库", "preparing the database")
        told = prepare(demo=demo)
        say("启动网页、后台任务与定时器", "starting web, worker and beat")
        children = [Child(n, commands.command(n, host=host, port=port, data=data)) for n in commands.NAMES]
        return Group(children).serve(each_look=Greeting(host, port, data, told).tell_when_up)


def main() -> int:
    """Run the chosen command."""
    asked = arguments()
    host = os.environ.get("ZSBANK_HOST", "127.0.0.1")
    data = Path(asked.data or os.environ.get("ZSBANK_DATA") or ROOT / "data").resolve()
    os.environ["ZSBANK_DATA"] = str(data)
    os.environ["PYTHONUNBUFFERED"] = "1"
    os.chdir(ROOT)
    try:
        if asked.check:
            place.require_free_port(host, asked.port)
            place.lock_folder(data).close()
            return 0
        if asked.only:
            commands.become(asked.only, host=host, port=asked.port, data=data)
        return run(host, asked.port, data, demo=not asked.no_demo)
    except place.Taken as reason:
        print(f"\n✗ {reason}", file=sys.stderr)  # noqa: T201 this is its terminal
        return 1


if __name__ == "__main__":
    sys.exit(main())

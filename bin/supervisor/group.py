"""The group: starts, watches and stops its programs."""

import signal
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType

from bin.supervisor.child import Child

LOOK_SECONDS = 0.1
GRACE_SECONDS = 15.0


def say(chinese: str, english: str) -> None:
    """Print one line to the terminal, in Chinese and English."""
    print(f"· {chinese}  {english}", file=sys.stderr, flush=True)  # noqa: T201 this is its terminal


class Group:
    """Programs that start and stop together."""

    def __init__(self, children: Sequence[Child]) -> None:
        """`children` are started in this order."""
        self.children = children
        self.asked_to_stop = 0

    def ask_to_stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Handle Ctrl-C, a closed terminal or `kill`: stop all; the second time at once."""
        del number, frame
        self.asked_to_stop += 1

    def serve(self, *, each_look: Callable[[], None]) -> int:
        """Run until asked to stop; `each_look` is called ten times a second.

        Returns:
            Exit code: 0 when asked to stop, 1 when a program died too often.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.ask_to_stop)
        try:
            return self._watch(each_look)
        finally:
            self._stop()

    def _watch(self, each_look: Callable[[], None]) -> int:
        while not self.asked_to_stop:
            for child in self.children:
                child.pass_on()
                if not child.running and not self._restart(child):
                    return 1
            each_look()
            time.sleep(LOOK_SECONDS)
        return 0

    def _restart(self, child: Child) -> bool:
        if child.process is not None:
            code = child.clean_up()
            if child.keeps_dying:
                say(
                    f"{child.name} 反复中止（{code}），全部停止",
                    f"{child.name} keeps dying (exit {code}): stopping everything",
                )
                if child.last_lines:
                    say(f"{child.name} 最后的输出：", f"{child.name} said last:")
                    for line in child.last_lines:
                        print(f"    {line}", file=sys.stderr, flush=True)  # noqa: T201 this is its terminal
                return False
            say(
                f"{child.name} 已中止（{code}），重新启动",
                f"{child.name} died (exit {code}), restarting it",
            )
        if time.monotonic() >= child.start_at:
            child.start()
        return True

    def _stop(self) -> None:
        """Ask every program to stop; after the grace period, or if asked again, kill all."""
        say("正在停止……", "stopping…")
        for child in self.children:
            child.signal(signal.SIGTERM)
        asked, deadline = self.asked_to_stop, time.monotonic() + GRACE_SECONDS
        while any(child.running for child in self.children):
            if time.monotonic() > deadline or self.asked_to_stop > max(asked, 1):
                break
            for child in self.children:
                child.pass_on()
            time.sleep(LOOK_SECONDS)
        for child in self.children:
            if child.running:
                say(f"{child.name} 未按时停下，强行结束", f"{child.name} did not stop in time, ending it")
            child.signal(signal.SIGKILL)
            child.pass_on()
            if child.process is not None:
                child.process.wait()
        say("已停止", "stopped")

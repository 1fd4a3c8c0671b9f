"""What the commands share at the shell: their options, their errors, where they write."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NoReturn


class UsageError(ValueError):
    """A command line that can't be followed; the sentence says why."""


class _Help(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or "用法：")


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese and whose errors are `UsageError`; arguments go to `options`."""

    def __init__(self, command: str, usage: str, description: str, epilog: str = "") -> None:
        super().__init__(
            prog=f"luodi {command}",
            usage=usage,
            description=description,
            epilog=epilog,
            formatter_class=_Help,
            add_help=False,
        )
        self.options = self.add_argument_group("参数")
        self.options.add_argument("-h", "--help", action="help", help="显示这份说明")

    def read(self, argv: Sequence[str]) -> argparse.Namespace:
        """The arguments, files and options in any order."""
        arguments, unknown = self.parse_known_intermixed_args(argv)
        if unknown:
            raise UsageError(f"没有“{unknown[0]}”这个选项")
        return arguments

    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


def guarded(command: str, usage: str, body: Callable[[], int]) -> int:
    """The exit code of `body`, or a sentence on standard error and a code of its own for what a shell may bring."""
    try:
        return body()
    except UsageError as error:
        print(f"luodi {command}：{error}\n用法：{usage}　详见 luodi {command} --help", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of the pipe has gone (`| head`): nothing is left to say, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(
            f"luodi {command}：无法写入 {error.filename or '标准输出'}（{error.strerror}）", file=sys.stderr
        )
        return 1
    except KeyboardInterrupt:
        print(f"luodi {command}：已中断", file=sys.stderr)
        return 130


def screen(output: Path | None) -> tuple[int, bool]:
    """The width of the terminal that the output goes to (0 when it goes elsewhere), and whether it takes colour."""
    if output is not None or not sys.stdout.isatty():
        return 0, False
    return os.get_terminal_size(sys.stdout.fileno()).columns, "NO_COLOR" not in os.environ


@contextmanager
def opened(path: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that takes its name only when it is complete."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    with draft.open("wb") as out:
        try:
            yield out
        except BaseException:
            draft.unlink()
            raise
    draft.replace(path)

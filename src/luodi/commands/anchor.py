"""`luodi anchor`: write the day's audit anchor to its file and print the line, to be kept where nobody can change it."""

from __future__ import annotations

import sys


def main(argv: list[str]) -> int:
    from luodi.commands.boot import set_up

    if argv:
        print("用法：luodi anchor", file=sys.stderr)
        return 2
    set_up()
    from django.utils import timezone

    from luodi.kernel import anchors

    print(anchors.drop_anchor(None, timezone.localdate()).line)
    return 0

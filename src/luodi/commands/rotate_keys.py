"""`luodi rotate-keys`: make a new key and seal all personal data with it; run again after a fault, it goes on."""

from __future__ import annotations

import sys


def main(argv: list[str]) -> int:
    from luodi.commands.boot import set_up

    if argv:
        print("用法：luodi rotate-keys", file=sys.stderr)
        return 2
    set_up()
    from luodi.kernel import audit, rotation, secrets

    try:
        waiting = rotation.under_older_keys()
        if not waiting and not _keys_are_given():
            secrets.new_key()
        done = rotation.rotate()
    except (secrets.BadKeys, secrets.Undecryptable) as error:
        print(f"luodi rotate-keys：{error}", file=sys.stderr)
        return 1
    name = secrets.keyring().current.name
    audit.record(None, "secrets.rotate", None, {"key": name, "values": done})
    print(
        f"已用密钥“{name}”重新加密 {done} 项{'（接着上次）' if waiting else ''}。旧密钥仍留着，旧备份要用它打开。"
    )
    return 0


def _keys_are_given() -> bool:
    from django.conf import settings

    return bool(settings.LUODI_KEYS)

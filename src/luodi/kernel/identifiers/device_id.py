"""Video device codes, GB/T 28181-2022: 8 centre (a division first), 2 industry, 3 type, 1 network, 6 sequence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from luodi.kernel.divisions import Division
from luodi.kernel.identifiers.base import Fault, Identifier
from luodi.kernel.identifiers.places import bad_province, division_ever

TYPES = {
    "111": "硬盘录像机",
    "118": "网络录像机",
    "131": "摄像机",
    "132": "网络摄像机",
    "200": "中心信令控制服务器",
    "215": "业务分组",
    "216": "虚拟组织",
}


@dataclass(frozen=True, slots=True)
class DeviceId(Identifier):
    title: ClassVar[str] = "视频设备编码"
    lengths: ClassVar[tuple[int, ...]] = (20,)
    shown: ClassVar[tuple[int, int]] = (13, 0)

    @property
    def centre(self) -> str:
        return self.text[:8]

    @property
    def division(self) -> Division | None:
        return division_ever(self.text[:6])

    @property
    def type_code(self) -> str:
        return self.text[10:13]

    @property
    def type_name(self) -> str | None:
        """None for a type outside the short table here."""
        return TYPES.get(self.type_code)

    @classmethod
    def _faults(cls, text: str) -> Iterator[Fault]:
        return bad_province(text[:6], 1)

"""A kind of project for the tests of the shape: county roads 县道改造, as a transport office would declare them."""

from __future__ import annotations

from luodi.shapes.projects.kind import ProjectKind

ROADS = ProjectKind(code="roads", title="县道项目", lead="发展和改革委员会", prefix="XD")

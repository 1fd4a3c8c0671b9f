"""The only writers of projects, one file a subject."""

from luodi.shapes.projects.actions.keeping import charge, keep_milestone, keep_paper, keep_project, reach
from luodi.shapes.projects.actions.life import advance, enter_statistics, start
from luodi.shapes.projects.actions.plan import ask_change, decide_change, set_plan
from luodi.shapes.projects.actions.problems import explain_start, promise, raise_problem, solve
from luodi.shapes.projects.actions.reporting import keep_report, report

__all__ = [
    "advance",
    "ask_change",
    "charge",
    "decide_change",
    "enter_statistics",
    "explain_start",
    "keep_milestone",
    "keep_paper",
    "keep_project",
    "keep_report",
    "promise",
    "raise_problem",
    "reach",
    "report",
    "set_plan",
    "solve",
    "start",
]

"""Tables of projects, one file a subject."""

from luodi.shapes.projects.models.changes import PlanChange, Problem, StartDelay
from luodi.shapes.projects.models.project import Charge, Paper, Project, Start, Step
from luodi.shapes.projects.models.work import Milestone, MonthReport, YearPlan

__all__ = [
    "Charge",
    "Milestone",
    "MonthReport",
    "Paper",
    "PlanChange",
    "Problem",
    "Project",
    "Start",
    "StartDelay",
    "Step",
    "YearPlan",
]

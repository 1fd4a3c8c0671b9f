"""Addresses of projects, every kind alike."""

from django.urls import path

from luodi.shapes.projects import pages, writes

app_name = "projects"

urlpatterns = [
    path("projects/", pages.mine, name="mine"),
    path("projects/<int:pk>/", pages.project, name="project"),
    path("projects/<int:pk>/money", pages.money, name="money"),
    path("projects/<int:pk>/problems", pages.problems, name="problems"),
    path("projects/<int:pk>/to/<slug:to>", writes.advance, name="advance"),
    path("projects/<int:pk>/charge", writes.charge, name="charge"),
    path("projects/<int:pk>/enter", writes.enter, name="enter"),
    path("projects/<int:pk>/plan", writes.plan, name="plan"),
    path("projects/<int:pk>/change", writes.change, name="change"),
    path("projects/<int:pk>/raise", writes.raise_problem, name="raise"),
    path("projects/<int:pk>/delay", writes.delay, name="delay"),
    path("projects/<int:pk>/report", writes.report, name="report"),
    path("projects/<int:pk>/start", writes.start, name="start"),
    path("projects/changes/<int:pk>/decide", writes.decide, name="decide"),
    path("projects/problems/<int:pk>/promise", writes.promise, name="promise"),
    path("projects/problems/<int:pk>/solve", writes.solve, name="solve"),
    path("projects/milestones/<int:pk>/reach", writes.reach, name="reach"),
]

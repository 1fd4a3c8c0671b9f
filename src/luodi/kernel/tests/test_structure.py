"""The house keeps its own rules: a program says so, not a page of good intentions."""

from django.db import models

from luodi.kernel.structure import NEEDED, faults_of_folders, faults_of_foreign_keys


def scenario(root, name, *, without=(), extra=()):
    folder = root / name
    (folder / "tests").mkdir(parents=True)
    for each in {*NEEDED, *extra} - {"tests", *without}:
        (folder / each).write_text("", encoding="utf-8")
    if "tests" in without:
        (folder / "tests").rmdir()


def test_a_whole_folder_has_no_fault(tmp_path):
    scenario(tmp_path, "parking", extra=("rules.py", "README.md"))
    assert list(faults_of_folders(tmp_path)) == []


def test_a_missing_name_and_a_strange_one_are_faults(tmp_path):
    scenario(tmp_path, "parking", without=("measures.py",), extra=("helpers.py",))
    said = [fault.msg for fault in faults_of_folders(tmp_path)]
    assert said == [
        "scenario parking lacks measures.py",
        "scenario parking has helpers.py, which is none of its names",
    ]


def test_a_foreign_key_between_scenarios_is_a_fault():
    class Lot(models.Model):
        class Meta:
            app_label = "parking"

    class Charger(models.Model):
        lot = models.ForeignKey(Lot, on_delete=models.CASCADE)

        class Meta:
            app_label = "charging"

    Lot.__module__, Charger.__module__ = "luodi.scenarios.parking.models", "luodi.scenarios.charging.models"
    (fault,) = faults_of_foreign_keys([Lot, Charger])
    assert "points from scenario charging to scenario parking" in fault.msg


def test_a_foreign_key_to_the_kernel_is_none():
    class Berth(models.Model):
        division = models.ForeignKey("kernel.Division", on_delete=models.CASCADE)

        class Meta:
            app_label = "parking"

    Berth.__module__ = "luodi.scenarios.parking.models"
    assert list(faults_of_foreign_keys([Berth])) == []

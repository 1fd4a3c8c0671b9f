"""Enterprises are known once, by a code whose check digits are right."""

import pytest
from django.core.exceptions import PermissionDenied

from luodi.kernel.action import Refused
from luodi.shapes.registers.actions import keep_enterprise
from luodi.shapes.registers.demo import HOW_MANY, load
from luodi.shapes.registers.models import Enterprise

REAL_FORM = "91350100M000100Y43"  # the example of GB 32100-2015


def test_the_registrar_enters_an_enterprise(city):
    made = keep_enterprise(city["shichang"], Enterprise(), {"uscc": REAL_FORM, "name": "云川试点有限公司"})
    assert made.is_active and made.facts["employees"] is None


def test_a_wrong_check_digit_is_refused_with_the_reason(city):
    with pytest.raises(Refused, match="校验"):
        keep_enterprise(
            city["shichang"], Enterprise(), {"uscc": REAL_FORM[:-1] + "4", "name": "云川试点有限公司"}
        )


def test_another_bureau_does_not_enter_enterprises(city):
    with pytest.raises(PermissionDenied):
        keep_enterprise(city["fagai"], Enterprise(), {"uscc": REAL_FORM, "name": "云川试点有限公司"})


def test_the_demonstration_is_loaded_once_and_every_code_is_right(city):
    load()
    load()
    assert Enterprise.objects.count() == HOW_MANY
    for enterprise in Enterprise.objects.all():
        enterprise.full_clean()

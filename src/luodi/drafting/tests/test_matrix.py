"""Who drafts and checks: the staff; templates are kept by the supervision office."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.matrix import check, staff

from luodi.drafting.docx import standard_template

MATRIX = {
    "drafts/": ("get", {}, staff(200)),
    "drafts/check": ("post", {"text": "新增停车位6840个。"}, staff(200)),
    "drafts/documents/<int:pk>/check": ("get", {}, staff(200)),
    "drafts/templates/<slug:form>": ("post", {"file": "template"}, staff(403, ducha=302)),
    "drafts/<int:pk>/<slug:form>/": ("get", {}, staff(200)),
    "drafts/<int:pk>/<slug:form>.<str:kind>": ("get", {}, staff(200)),
}


@pytest.mark.parametrize("route", MATRIX)
def test_each_role_gets_its_answer(client, city, plan, route):
    method, sent, answers = MATRIX[route]
    address = "/" + route.replace("<int:pk>", str(plan.pk)).replace("<slug:form>", "review").replace(
        "<str:kind>", "docx"
    )
    for login, answer in answers.items():
        files = {"file": SimpleUploadedFile("t.docx", standard_template())} if "file" in sent else {}
        check(client, city, address, (method, {**sent, **files}, {login: answer}))


def test_what_does_not_exist_answers_404(client, city, plan):
    client.force_login(city["ducha"])
    for address in (
        "/drafts/999/review/",
        f"/drafts/{plan.pk}/poem/",
        "/drafts/documents/999/check",
        "/drafts/templates/poem",
    ):
        assert client.get(address).status_code == 404, address

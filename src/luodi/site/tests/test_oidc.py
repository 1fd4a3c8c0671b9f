"""Signing in through a real provider of OpenID Connect, a process of its own on loopback."""

import json
import socket
import subprocess
import sys
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client

from luodi.kernel.accounts.passwords import account_of
from luodi.kernel.models import AuditEntry, Person

PEOPLE = {"s-100": "fagai", "s-200": "xitong", "s-300": "stranger", "s-400": "fagai"}


@pytest.fixture(scope="module")
def provider():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    claims = [json.dumps({"sub": sub, "preferred_username": login}) for sub, login in PEOPLE.items()]
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *(f"--user-claims={claim}" for claim in claims)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    issuer = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            try:
                requests.get(f"{issuer}/.well-known/openid-configuration", timeout=1)
                break
            except requests.ConnectionError:
                assert process.poll() is None, "the provider did not start"
                time.sleep(0.2)
        yield issuer
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def city_with_service(city, provider, settings):
    settings.LUODI_OIDC_ISSUER, settings.LUODI_OIDC_SECRET = provider, "secret"
    return city


def sign_in(client, subject: str):
    """The browser's road: to the provider, its form, and back with a code."""
    away = client.get("/login/oidc?next=/tasks/").url
    assert {"code_challenge", "nonce", "state"} <= set(parse_qs(urlsplit(away).query))
    back = requests.post(away, data={"sub": subject}, allow_redirects=False, timeout=5).headers["Location"]
    return client.get(urlsplit(back)._replace(scheme="", netloc="").geturl())


def is_in(client) -> bool:
    return client.get("/nothing-here").status_code == 200


def test_the_button_is_there_only_where_a_service_is_set(client, city, settings):
    assert "统一身份认证" not in client.get("/login").content.decode()
    assert client.get("/login/oidc").status_code == 404
    settings.LUODI_OIDC_ISSUER = "http://127.0.0.1:1"
    assert "统一身份认证" in client.get("/login").content.decode()


def test_a_registered_person_enters_and_is_linked_by_the_services_own_mark(client, city_with_service):
    assert sign_in(client, "s-100").url == "/tasks/"
    assert is_in(client)
    assert account_of(city_with_service["fagai"]).subject == "s-100"
    assert AuditEntry.objects.filter(action="accounts.link", by="fagai").count() == 1
    assert AuditEntry.objects.get(action="accounts.sign_in").detail == {"by": "oidc"}


def test_a_stranger_gets_neither_an_account_nor_rights(client, city_with_service):
    before = Person.objects.count()
    answer = sign_in(client, "s-300")
    assert answer.url == "/login" and not is_in(client)
    assert "没有在落地登记" in client.get("/login").content.decode()
    assert Person.objects.count() == before


def test_the_same_login_with_another_mark_is_somebody_else(client, city_with_service):
    sign_in(client, "s-100")
    client.post("/logout")
    sign_in(client, "s-400")
    assert not is_in(client)
    assert "另一个账号绑定" in client.get("/login").content.decode()


def test_an_administrator_needs_the_second_factor_here_too(client, city_with_service):
    assert sign_in(client, "s-200").url == "/login/enrol"
    assert not is_in(client)


def test_an_answer_that_was_not_asked_for_is_refused(client, city_with_service):
    away = client.get("/login/oidc").url
    back = requests.post(away, data={"sub": "s-100"}, allow_redirects=False, timeout=5).headers["Location"]
    stranger = Client()  # a link with somebody else's code, sent to a victim
    stranger.get(urlsplit(back)._replace(scheme="", netloc="").geturl())
    assert not is_in(stranger)
    client.get(f"/login/oidc/back?code=forged&state={parse_qs(urlsplit(away).query)['state'][0]}")
    assert not is_in(client)


def test_a_service_that_is_away_leaves_the_password(client, city, settings):
    settings.LUODI_OIDC_ISSUER = "http://127.0.0.1:9"
    assert client.get("/login/oidc").url == "/login"
    assert "暂时连不上" in client.get("/login").content.decode()

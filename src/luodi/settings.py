"""The one settings file. Everything comes from LUODI_* variables; without them a laptop just works.

LUODI_HOME          folder of the database, files and secrets         (default: var/ beside the checkout)
LUODI_DATABASE      postgresql://user:password@host/name              (default: SQLite in LUODI_HOME)
LUODI_SECRET        key that signs sessions                           (default: made once, kept in LUODI_HOME)
LUODI_HOSTS         comma-separated host names that may be asked for  (default: localhost only)
LUODI_DEMO          1 marks every page as synthetic demo data         (default: set by `luodi run`)
LUODI_UPLOAD_MB     largest document that may be delivered            (default: 50)
LUODI_KEYS          keys of personal data, `name algorithm base64`,...   (default: made once, kept in LUODI_HOME/keys)
LUODI_ANCHORS       file that the daily audit anchors are added to        (default: anchors.txt in LUODI_HOME)
LUODI_IDLE_MINUTES  minutes without a click that end a session        (default: 30)
LUODI_PASSWORD_DAYS days after which a password has to be changed     (default: 90)
LUODI_LOCK_AFTER    failures that lock an account for 15 minutes      (default: 5)
LUODI_LOCK_ADDRESS_AFTER  the same for an address; raise it where an office shares one  (default: 5)
LUODI_PROXIES       comma-separated addresses of own reverse proxies  (default: none)
LUODI_OIDC_ISSUER   address of the city's sign-in service (OIDC), with LUODI_OIDC_CLIENT, LUODI_OIDC_SECRET;
                    LUODI_OIDC_CLAIM names the claim that holds the login, LUODI_OIDC_NAME the button
LUODI_SITE          address by which people open Luodi, https://...; links in mails begin with it   (default: none, no mail)
LUODI_MAIL_HOST     SMTP server of the daily reminders, with LUODI_MAIL_PORT (25), LUODI_MAIL_USER, LUODI_MAIL_PASSWORD,
                    LUODI_MAIL_TLS (starttls or ssl), LUODI_MAIL_FROM     (default: none, no mail is sent)
LUODI_ENGINE        where indicators are counted: database, columns, spark   (default: database)
LUODI_SPARK         address of a Spark master                         (default: local mode)
LUODI_DEBUG         1 shows error pages to developers                 (default: 0)
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from luodi.kernel.scenario import packages

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent.parent

LUODI_HOME = Path(os.environ.get("LUODI_HOME", ROOT / "var")).resolve()
LUODI_HOME.mkdir(parents=True, exist_ok=True)
LUODI_DEMO = os.environ.get("LUODI_DEMO") == "1"
LUODI_KEYS = os.environ.get("LUODI_KEYS", "")
LUODI_ANCHORS = os.environ.get("LUODI_ANCHORS", "")
LUODI_IDLE_MINUTES = int(os.environ.get("LUODI_IDLE_MINUTES", "30"))
LUODI_PASSWORD_DAYS = int(os.environ.get("LUODI_PASSWORD_DAYS", "90"))
LUODI_LOCK_AFTER = int(os.environ.get("LUODI_LOCK_AFTER", "5"))
LUODI_LOCK_ADDRESS_AFTER = int(os.environ.get("LUODI_LOCK_ADDRESS_AFTER", "5"))
LUODI_PROXIES = [address for address in os.environ.get("LUODI_PROXIES", "").split(",") if address]
LUODI_OIDC_ISSUER = os.environ.get("LUODI_OIDC_ISSUER", "").rstrip("/")
LUODI_OIDC_CLIENT = os.environ.get("LUODI_OIDC_CLIENT", "luodi")
LUODI_OIDC_SECRET = os.environ.get("LUODI_OIDC_SECRET", "")
LUODI_OIDC_CLAIM = os.environ.get("LUODI_OIDC_CLAIM", "preferred_username")
LUODI_OIDC_NAME = os.environ.get("LUODI_OIDC_NAME", "统一身份认证")
LUODI_SITE = os.environ.get("LUODI_SITE", "").rstrip("/")
LUODI_MAIL_HOST = os.environ.get("LUODI_MAIL_HOST", "")
LUODI_UPLOAD_BYTES = int(os.environ.get("LUODI_UPLOAD_MB", "50")) * 1024 * 1024


def _secret() -> str:
    """A key made once and readable by its owner only."""
    place = LUODI_HOME / "secret"
    if not place.exists():
        place.touch(mode=0o600)
        place.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return place.read_text(encoding="ascii")


def _database() -> dict[str, object]:
    url = os.environ.get("LUODI_DATABASE")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": LUODI_HOME / "luodi.sqlite3",
            # IMMEDIATE: a transaction that reads and then writes waits its turn instead of failing.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
            # A file, so that the threads of a live server under test share it.
            "TEST": {"NAME": LUODI_HOME / "test.sqlite3"},
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
    }


SECRET_KEY = os.environ.get("LUODI_SECRET") or _secret()
DEBUG = os.environ.get("LUODI_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("LUODI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "luodi.kernel",
    "luodi.workbench",
    "luodi.commitments",
    "luodi.measures",
    "luodi.assessment",
    "luodi.shapes.registers",
    "luodi.shapes.cases",
    "luodi.shapes.projects",
    "luodi.dispatch",
    "luodi.drafting",
    *packages(),
    "luodi.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "luodi.site.middleware.Sessions",
    "luodi.site.middleware.speak_chinese_first",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "luodi.site.middleware.audit_request",
    "luodi.site.denied.note_denied_deeds",
    "luodi.site.middleware.end_idle_sessions",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "luodi.site.middleware.answer_refusals",
]

ROOT_URLCONF = "luodi.site.urls"
WSGI_APPLICATION = "luodi.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "luodi.site.context.surroundings",
            ],
        },
    }
]

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "kernel.Person"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "luodi.kernel.accounts.passwords.SeveralKinds"},
    {"NAME": "luodi.kernel.accounts.passwords.NotTheName"},
    {"NAME": "luodi.kernel.accounts.passwords.NotUsedLately"},
]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if LUODI_MAIL_HOST else 'dummy'}.EmailBackend"
EMAIL_HOST = LUODI_MAIL_HOST
EMAIL_PORT = int(os.environ.get("LUODI_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("LUODI_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LUODI_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("LUODI_MAIL_TLS") == "starttls"
EMAIL_USE_SSL = os.environ.get("LUODI_MAIL_TLS") == "ssl"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("LUODI_MAIL_FROM") or EMAIL_HOST_USER or "luodi@localhost"

STATIC_URL = "static/"
STATICFILES_DIRS = [("vendor", ROOT / "node_modules")] if (ROOT / "node_modules").is_dir() else []
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

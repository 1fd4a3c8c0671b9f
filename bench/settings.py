"""The product's settings, with Django's admin beside it as a peer to measure against."""

from luodi.settings import *  # noqa: F403
from luodi.settings import INSTALLED_APPS as OURS

INSTALLED_APPS = [*OURS, "django.contrib.admin"]
ROOT_URLCONF = "bench.urls"
ALLOWED_HOSTS = ["testserver"]

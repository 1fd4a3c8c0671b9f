"""People, and the posts they hold for a time. A role is never a property of a person, only of a post."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from luodi.kernel.models.places import InForce, Unit


class PersonManager(BaseUserManager["Person"]):
    def create_person(self, login: str, name: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(login=login, name=name, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Someone who signs in. Without a current post a person may see public pages only."""

    login = models.CharField("登录名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    is_active = models.BooleanField("启用", default=True)
    sessions_ended = models.PositiveIntegerField(default=0, help_text="raised by one, it ends every session")

    objects = PersonManager()

    USERNAME_FIELD = "login"

    class Meta:
        ordering = ["login"]
        verbose_name = "人员"

    def __str__(self) -> str:
        return self.name

    @cached_property
    def current_posts(self) -> list[Posting]:
        """The posts held today, with their units: one query a request."""
        return list(self.posts.on(date.today()).select_related("unit__division"))

    def holds(self, *roles: str) -> bool:
        return any(post.role in roles for post in self.current_posts)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A session lives while the password and `sessions_ended` stay as they were when it began."""
        salt = "luodi.kernel.models.Person.session"
        return salted_hmac(
            salt, f"{self.password}:{self.sessions_ended}", secret=secret, algorithm="sha256"
        ).hexdigest()

    @property
    def is_administrator(self) -> bool:
        return self.holds(*ADMINISTRATORS)

    @property
    def unit_ids(self) -> set[int]:
        return {post.unit_id for post in self.current_posts}


class Role(models.TextChoices):
    """What a post lets its holder do; read by the predicates of `kernel.permission`."""

    SUPERVISION = "supervision", _("督查")
    LEADER = "leader", _("市领导")
    LIAISON = "liaison", _("联络员")
    OPERATOR = "operator", _("业务经办")
    STATISTICIAN = "statistician", _("统计")
    AUDITOR = "auditor", _("审计")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDIT_ADMIN = "audit_admin", _("审计管理员")


ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
"""三员: nobody holds two of them at a time, nor one of them with any other role."""


class Posting(models.Model):
    """A post 岗位 held by a person in a unit for a time, perhaps in place of somebody away (`on_behalf_of`)."""

    person = models.ForeignKey(Person, verbose_name="人员", on_delete=models.CASCADE, related_name="posts")
    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="posts")
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    title = models.CharField("职务", max_length=60, blank=True)
    valid_from = models.DateField("任职", null=True, blank=True)
    valid_until = models.DateField("离任", null=True, blank=True)
    on_behalf_of = models.ForeignKey(
        "self", verbose_name="代理", null=True, blank=True, on_delete=models.CASCADE, related_name="stand_ins"
    )

    objects = InForce.as_manager()

    class Meta:
        ordering = ["unit__order", "id"]
        verbose_name = "岗位"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit", "role"],
                condition=Q(valid_until=None),
                name="one_open_post_per_role",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.title or self.get_role_display()}"

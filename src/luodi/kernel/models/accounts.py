"""How a person signs in, and the proposals by which rights are given."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from luodi.kernel.models.approval import SecondPerson
from luodi.kernel.models.encrypted import BlindIndexField, EncryptedTextField
from luodi.kernel.models.people import Person, Posting, Role
from luodi.kernel.models.places import Unit


class Account(models.Model):
    """What signing in asks of a person beside the password: its age, the second factor, the city's sign-in service."""

    person = models.OneToOneField(
        Person, verbose_name="人员", on_delete=models.CASCADE, related_name="account"
    )
    phone = EncryptedTextField("手机", blank=True)
    phone_index = BlindIndexField(of="phone")
    password_changed_at = models.DateTimeField("密码修改", null=True)
    must_change_password = models.BooleanField("须改密码", default=False)
    totp_secret = EncryptedTextField("动态口令密钥", blank=True)
    totp_step = models.BigIntegerField("用过的最后一个口令", default=0)
    recovery_codes = models.JSONField("恢复码", default=list, help_text="hashes of those not used yet")
    issuer = models.CharField("统一认证", max_length=200, blank=True)
    subject = models.CharField("统一认证标识", max_length=200, blank=True)

    class Meta:
        verbose_name = "账号"
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], condition=~Q(subject=""), name="one_person_per_subject"
            )
        ]

    def __str__(self) -> str:
        return self.person.login

    @property
    def has_second_factor(self) -> bool:
        return bool(self.totp_secret)


class OldPassword(models.Model):
    """The hash of a password that was used, so that it is not used again soon."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="old_passwords")
    hash = models.CharField(max_length=128)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = "用过的密码"

    def __str__(self) -> str:
        return f"{self.person} {self.at}"


class SignInAttempt(models.Model):
    """One try at the door. `who` is a keyed digest of the login that was typed: people type passwords there."""

    who = models.CharField(max_length=64)
    address = models.CharField("来源地址", max_length=45)
    at = models.DateTimeField("时间")
    succeeded = models.BooleanField("成功", default=False)

    class Meta:
        verbose_name = "登录尝试"
        indexes = [
            # the last tries of an account, of an address
            models.Index(fields=["who", "-id"], name="attempts_of_an_account"),
            models.Index(fields=["address", "-id"], name="attempts_from_an_address"),
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.at}"


class PostProposal(SecondPerson):
    """A post to be given 任职申请: proposed by the system administrator, let in by the security administrator."""

    person = models.ForeignKey(
        Person, verbose_name="人员", on_delete=models.CASCADE, related_name="proposals"
    )
    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    title = models.CharField("职务", max_length=60, blank=True)
    valid_from = models.DateField("任职")
    valid_until = models.DateField("离任", null=True, blank=True)
    on_behalf_of = models.ForeignKey(
        Posting, verbose_name="代理", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta(SecondPerson.Meta):
        abstract = False
        ordering = ["-id"]
        verbose_name = "任职申请"
        constraints = [
            *SecondPerson.Meta.constraints,
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("person")), name="nobody_approves_own_post"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.unit} {self.get_role_display()}"

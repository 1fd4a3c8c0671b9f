"""Files that people bring, kept once under their own hash."""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """A file as it was delivered; the bytes lie in LUODI_HOME/files under the hash."""

    sha256 = models.CharField("指纹", max_length=64, unique=True)
    name = models.CharField("文件名", max_length=200)
    size = models.PositiveBigIntegerField("字节数")
    at = models.DateTimeField("收到", auto_now_add=True)
    by = models.ForeignKey("kernel.Person", verbose_name="上传人", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "文件"

    def __str__(self) -> str:
        return self.name

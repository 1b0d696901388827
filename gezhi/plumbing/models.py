"""Tables of the plumbing: register versions."""

from __future__ import annotations

from django.db import models


class RegisterVersion(models.Model):
    """The version number of a register that processes hold in memory."""

    name = models.CharField(max_length=64, primary_key=True)
    number = models.BigIntegerField()

    class Meta:
        db_table = "plumbing_register_version"

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

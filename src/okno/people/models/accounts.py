"""The accounts with which people sign in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes accounts; an e-mail address is kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        user = self.model(email=email.strip().lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account to sign in with: of an agent or, later, of a contact. It holds no rights by itself."""

    email = models.EmailField(_("E-mail"), max_length=254, unique=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=5, blank=True, default="")
    theme = models.CharField(max_length=10, blank=True, default="")
    time_zone = models.CharField(max_length=50, blank=True, default="")
    date_joined = models.DateTimeField(db_default=Now())
    session_round = models.PositiveIntegerField(db_default=0, help_text="sessions of an earlier round have ended")

    list_columns = ArrayField(
        models.CharField(max_length=60),
        default=list,
        db_default=[],
        blank=True,
        help_text="F77; none: the usual ones",
    )

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    is_staff = False

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower")]

    def __str__(self) -> str:
        return self.email

    def get_session_auth_hash(self) -> str:
        """What a session must carry to be good: it ends with the password and with the round of sessions."""
        return f"{super().get_session_auth_hash()}.{self.session_round}"

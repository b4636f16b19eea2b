"""What can happen to a person's way in. The data of each kind is named here and nowhere else."""

from __future__ import annotations

from okno.core.events import kind

SIGNED_IN = kind("user.signed_in", "An employee signed in. data: address (of the network)")
PASSWORD_CHANGED = kind("user.password_changed", "An employee chose another password")
FACTOR_ADDED = kind("user.factor_added", "An employee has another second factor. data: factor")
FACTOR_REMOVED = kind("user.factor_removed", "An employee has a second factor less. data: factor")
FACTOR_RENEWED = kind("user.factor_renewed", "An employee has new recovery codes. data: factor")
SIGN_IN_FAILED = kind(
    "user.sign_in_failed", "Somebody tried an employee's account and failed. data: email, address"
)

"""What can happen to a person's way in. The data of each kind is named here and nowhere else."""

from __future__ import annotations

from okno.core.events import kind

SIGNED_IN = kind("user.signed_in", "An employee signed in. data: address (of the network)")
SIGN_IN_FAILED = kind(
    "user.sign_in_failed", "Somebody tried an employee's account and failed. data: email, address"
)

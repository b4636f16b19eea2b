"""Policies of the views that dependencies bring; our own views carry theirs."""

from __future__ import annotations

from okno.core.http.policy import FOREIGN, Policy

ANYBODY = [
    "account_login", "account_logout", "account_signup", "account_inactive", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done",
    "account_confirm_email", "account_email_verification_sent", "account_confirm_login_code",
    "account_request_login_code", "mfa_authenticate", "mfa_login_webauthn", "mfa_signup_webauthn", "mfa_trust",
]  # fmt: skip
SIGNED_IN = [
    "account_change_password", "account_set_password", "account_email", "account_reauthenticate",
    "mfa_index", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
    "mfa_generate_recovery_codes", "mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn",
    "mfa_add_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn", "mfa_authenticate_webauthn",
]  # fmt: skip


def declare() -> None:
    """Tells the policy middleware what the sign-in library's views are for."""
    FOREIGN.update(dict.fromkeys(ANYBODY, Policy("anybody")))
    FOREIGN.update(dict.fromkeys(SIGNED_IN, Policy("signed_in")))

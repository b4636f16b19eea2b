"""The URLs of the account face: what a signed-in person sets for himself."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from okno.account import absence, by_letter, closed, photos, preferences, safety, tokens

app_name = "account"

urlpatterns: list[URLPattern | URLResolver] = [
    path("profile/", preferences.profile, name="profile"),
    path("absence/", absence.own, name="absence"),
    path("absence/<int:pk>/", absence.of, name="absence-of"),
    path("photo/", photos.own, name="photo"),
    path("photo/<int:pk>/", photos.of, name="photo-of"),
    path("photos/<str:token>/", photos.small, name="picture"),
    path("photos/<str:token>/large/", photos.large, name="picture-large"),
    path("language/", preferences.language, name="language"),
    path("sign-out-others/", safety.sign_out_others, name="sign-out-others"),
    path("email/", closed.closed, name="closed-email"),
    path("login/code/confirm/", closed.closed, name="closed-code"),
    re_path(r"^confirm-email/(?:(?P<key>[-:\w]+)/)?$", closed.closed, name="closed-confirm"),
    path("link/", by_letter.ask, name="link-ask"),
    path("link/follow/", by_letter.follow, name="link-follow"),
    path("link/<str:secret>/", by_letter.link, name="link"),
    path("invitation/", by_letter.accept, name="invitation-accept"),
    path("invitation/<str:secret>/", by_letter.invitation, name="invitation"),
    path("signup/", by_letter.register, name="register"),
    path("registration/", by_letter.finish, name="registration-finish"),
    path("registration/<str:secret>/", by_letter.registration, name="registration"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", tokens.revoke, name="token-revoke"),
]

"""Every URL: each face brings its own."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from okno.account import demo
from okno.config import policies
from okno.core import styleguide
from okno.core.http import brand
from okno.core.http.policy import anybody
from okno.portal.help.feeds import robots

urlpatterns = [
    path("", include("okno.desk.urls")),
    path("manage/", include("okno.manage.urls")),
    path("portal/", include("okno.portal.urls")),
    path("help/", include("okno.portal.help.urls")),
    path("robots.txt", robots, name="robots"),
    path("answer/", include("okno.portal.answer.urls")),
    path("account/", include("okno.account.urls")),
    path("account/", include("allauth.urls")),
    path("api/", include("okno.api.urls")),
    path("form/", include("okno.channels.web_form.urls")),
    path("brand/<str:version>/colours.css", brand.colours, name="brand_colours"),
    path("brand/<str:token>/picture", brand.picture, name="brand_picture"),
    path(f"{demo.PATH[1:]}<str:token>/", demo.sign_in, name="demo_sign_in"),
]
if settings.DEBUG:
    urlpatterns += [
        path("styleguide/", anybody(styleguide.page), name="styleguide"),
        path("styleguide/suggestions", anybody(styleguide.suggestions), name="styleguide_suggestions"),
        path("styleguide/order", anybody(styleguide.order), name="styleguide_order"),
        path("styleguide/<slug:name>", anybody(styleguide.page), name="styleguide_page"),
    ]
handler404 = "okno.core.http.errors.not_found"
handler403 = "okno.core.http.errors.forbidden"
handler500 = "okno.core.http.errors.server_error"

policies.declare()

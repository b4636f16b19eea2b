"""The product with one more page: a form with a condition, and the teams as rules in their order."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from okno.config.urls import handler403, handler404, handler500
from okno.config.urls import urlpatterns as of_product
from okno.core import styleguide
from okno.core.http.ordering import answer_order
from okno.core.http.policy import AgentRequest, agents_with, anybody
from okno.core.ordered import reorder
from okno.manage.conditions.field import ConditionField
from okno.people.models import Team
from okno.tickets.conditions import describe

__all__ = ["handler403", "handler404", "handler500"]

PAGE = """
{% extends "base/manage.jinja" %}
{% from "components/conditions.jinja" import condition_field %}
{% from "components/field.jinja" import field, form_errors %}
{% from "components/ordered.jinja" import ordered %}
{% block heading %}Try{% endblock %}
{% block settings %}
<form class="card-box grid gap-5 p-6 max-md:p-4" method="post" novalidate>{{ csrf_input }}
  {{ form_errors(form) }}{{ field(form.name) }}{{ condition_field(form.condition) }}
  <button class="btn btn-primary">Save</button>
</form>
<p id="said">{{ said }}</p>
<section class="card-box overflow-hidden" aria-label="Teams">
  {% call(team) ordered(teams, "/manage/try/order/", "Teams", csrf_input) %}<b>{{ team.name }}</b>{% endcall %}
</section>
{% endblock %}
"""


class TryForm(forms.Form):
    """A rule in little."""

    name = forms.CharField(label="Name")
    condition = ConditionField(label="When")


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("settings.manage")
def page(request: AgentRequest) -> HttpResponse:
    form = TryForm(request.POST if request.method == "POST" else None)
    said = describe(form.cleaned_data["condition"]) if form.is_valid() else ""
    context = {"form": form, "said": said, "teams": Team.objects.all()}
    drawn = engines["jinja2"].from_string(PAGE).render(context, request)
    return HttpResponse(drawn, status=422 if form.errors else 200)


@require_POST
@agents_with("settings.manage")
def order(request: AgentRequest) -> HttpResponse:
    return answer_order(request, lambda wanted, seen: reorder(Team.objects.all(), wanted, seen), "try")


urlpatterns = [
    path("manage/try/", page, name="try"),
    path("manage/try/order/", order, name="try-order"),
    path("styleguide/order", anybody(styleguide.order)),
    path("styleguide/<slug:name>", anybody(styleguide.page)),
    *of_product,
]

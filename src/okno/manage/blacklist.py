"""The blacklist: its rules, and whether a letter would be refused (F239)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from okno.channels.email.models import BlacklistRule
from okno.channels.email.operations.blacklist import (
    RuleFacts,
    change_rule,
    create_rule,
    delete_rule,
    refusing_rules,
)
from okno.core.faults import Invalid, NotVisible
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.pages import done


class RuleForm(forms.Form):
    """One rule."""

    kind = forms.ChoiceField(label=gettext_lazy("Filter by"), choices=BlacklistRule.Kind.choices)
    pattern = forms.CharField(
        label=gettext_lazy("Pattern"),
        max_length=320,
        help_text=gettext_lazy("An address, *@domain, or a piece of the text."),
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)


class TestForm(forms.Form):
    """A letter that somebody asks about."""

    address = forms.CharField(label=gettext_lazy("Sender's address"), required=False, max_length=320)
    text = forms.CharField(
        label=gettext_lazy("Subject or text"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("mail.manage")
def listing(request: AgentRequest) -> HttpResponseBase:
    """The rules, and a form that adds one."""
    form = RuleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            rule = create_rule(request.actor, RuleFacts(**form.cleaned_data))
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            return done(request, _("Added: %(pattern)s") % {"pattern": rule.pattern}, "manage:blacklist")
    return _page(request, form=form)


@require_POST
@agents_with("mail.manage")
def edit(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Takes the form that stands in the rule's row; with mistakes the row stays open."""
    rule = _load(pk)
    form = _row_form(rule, request.POST)
    if form.is_valid():
        try:
            change_rule(request.actor, rule, RuleFacts(**form.cleaned_data, is_active=rule.is_active))
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            return done(request, _("Saved."), "manage:blacklist")
    return _page(request, open_form=(pk, form))


@require_POST
@agents_with("mail.manage")
def switch(request: AgentRequest, pk: int) -> HttpResponseBase:
    """On or off."""
    rule = _load(pk)
    active = request.POST.get("active") == "1"
    change_rule(request.actor, rule, RuleFacts(rule.kind, rule.pattern, rule.note, active))
    return done(request, _("The rule works again.") if active else _("The rule is off."), "manage:blacklist")


@require_POST
@agents_with("mail.manage")
def delete(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Gone."""
    delete_rule(request.actor, _load(pk))
    return done(request, _("The rule is deleted."), "manage:blacklist")


@require_POST
@agents_with("mail.manage")
def test(request: AgentRequest) -> HttpResponseBase:
    """Which rules would refuse such a letter."""
    asked = TestForm(request.POST)
    rules = refusing_rules(asked.data.get("address", ""), asked.data.get("text", "")) if asked.is_valid() else []
    return render(request, "manage/blacklist/verdict.jinja", {"rules": rules})


def _page(
    request: AgentRequest, *, form: RuleForm | None = None, open_form: tuple[int, RuleForm] | None = None
) -> HttpResponseBase:
    rows = []
    for rule in BlacklistRule.objects.order_by("kind", "pattern"):
        is_open = open_form is not None and open_form[0] == rule.pk
        rows.append(
            {"rule": rule, "open": is_open, "form": open_form[1] if open_form and is_open else _row_form(rule)}
        )
    form = form or RuleForm()
    context = {"rows": rows, "form": form, "test_form": TestForm(auto_id="id_test_%s")}
    wrong = bool(form.errors) or open_form is not None
    return render(request, "manage/blacklist/list.jinja", context, status=422 if wrong else 200)


def _row_form(rule: BlacklistRule, data: Any = None) -> RuleForm:
    initial = {"kind": rule.kind, "pattern": rule.pattern, "note": rule.note}
    return RuleForm(data, initial=initial, auto_id=f"id_{rule.pk}_%s")


def _load(pk: int) -> BlacklistRule:
    rule = BlacklistRule.objects.filter(pk=pk).first()
    if rule is None:
        raise NotVisible(_("There is no such rule."))
    return rule

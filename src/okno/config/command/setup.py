"""``okno setup``: the first administrator, so that somebody can sign in."""

from __future__ import annotations

import sys

import click

from okno.config.command.refusal import Refusal


@click.command()
@click.option(
    "--email", envvar="OKNO_SETUP_EMAIL", help="The administrator's e-mail address. [env: OKNO_SETUP_EMAIL]"
)
@click.option("--name", envvar="OKNO_SETUP_NAME", help="The administrator's name. [env: OKNO_SETUP_NAME]")
@click.option("--password", envvar="OKNO_SETUP_PASSWORD", help="Better asked for, or by OKNO_SETUP_PASSWORD.")
@click.option("--company", envvar="OKNO_SETUP_COMPANY", help="The name of your company. [env: OKNO_SETUP_COMPANY]")
@click.option(
    "--mailbox", envvar="OKNO_SETUP_MAILBOX", help="The first address for requests. [env: OKNO_SETUP_MAILBOX]"
)
@click.option("--another", is_flag=True, help="Make one more administrator, for example when all are locked out.")
def setup(
    *,
    email: str | None,
    name: str | None,
    password: str | None,
    company: str | None,
    mailbox: str | None,
    another: bool,
) -> None:
    """Make the first administrator; asks for what is not given."""
    from okno.config.command.installation import ready

    with ready(migrated=False):
        from okno.config.command.schema import bring_up_to_date

        bring_up_to_date()
        from okno.people.models import Agent

        exists = Agent.objects.filter(role__code="administrator", is_active=True).exists()
        if exists and not another:
            raise Refusal("There is an administrator already.", "Use --another to make one more.")
        email = _given("E-mail of the administrator", email)
        name = _given("Name of the administrator", name)
        if not exists:
            company = _given("Name of your company", company)
        password = password or _asked_password()
        first = _make(email, name, password, company, mailbox)
    click.echo(f"{name} can sign in with {email}" + (f" and the password {first}" if not password else "") + ".")
    click.echo("Start Okno with `okno serve`.")


def _given(question: str, value: str | None) -> str:
    if value:
        return value
    if not sys.stdin.isatty():
        raise Refusal(f"{question}: nobody is there to ask.", "Give it as an option; see `okno setup --help`.")
    answer: str = click.prompt(question)
    return answer


def _asked_password() -> str:
    """What was typed; nothing means that one is made by chance and told."""
    if not sys.stdin.isatty():
        return ""
    question = "Password (empty: one is made for you)"
    answer: str = click.prompt(question, default="", show_default=False, hide_input=True, confirmation_prompt=True)
    return answer


def _make(email: str, name: str, password: str, company: str | None, mailbox: str | None) -> str:
    """All of it or nothing, and the password; a mistake is told with its field."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from okno.channels.email.operations.mailboxes import create_mailbox
    from okno.core import settings_store
    from okno.core.actor import SYSTEM
    from okno.core.declarations import COMPANY_NAME
    from okno.core.faults import Invalid
    from okno.people.models import Role
    from okno.people.operations.agents import AgentFacts, create_agent

    try:
        with transaction.atomic():
            facts = AgentFacts(name=name, address=email, role=Role.objects.get(code="administrator"))
            agent, made = create_agent(SYSTEM, facts)
            if password:
                validate_password(password, agent.user)
                agent.user.set_password(password)
                agent.user.save(update_fields=["password"])
            if company:
                settings_store.change(SYSTEM, {COMPANY_NAME.key: company})
            if mailbox:
                create_mailbox(SYSTEM, {"name": company or mailbox, "address": mailbox})
    except Invalid as mistake:
        field, messages = next(iter(mistake.fields.items()))
        raise Refusal(f"{field}: {' '.join(messages)}", "Nothing was made. Run it again.") from mistake
    except ValidationError as mistake:
        raise Refusal(f"password: {' '.join(mistake.messages)}", "Nothing was made. Run it again.") from mistake
    return password or made

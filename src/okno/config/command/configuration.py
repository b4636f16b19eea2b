"""``okno config export`` and ``okno config import``: the whole configuration as one file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, BinaryIO

import click

if TYPE_CHECKING:
    from okno.core.configuration import Plan, SectionPlan


@click.group()
def config() -> None:
    """Save the configuration as one file, or lay such a file over it."""


@config.command(name="export")
@click.argument("file", type=click.File("wb", atomic=True))
def export_file(file: BinaryIO) -> None:
    """Write the configuration to FILE (`-` for the screen). Passwords are not in it."""
    from okno.config.command.installation import ready

    with ready():
        from okno.core.actor import SYSTEM
        from okno.core.configuration import export, note_export

        note_export(SYSTEM)
        content = export(SYSTEM)
    file.write(content)


@config.command(name="import")
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", is_flag=True, help="Only say what would be changed.")
@click.option(
    "--switch-off-absent", is_flag=True, help="Switch off what the file does not have. Nothing is deleted."
)
@click.option("--leave-out-people", is_flag=True, help="Leave out members and watchers whose address nobody has.")
def import_file(file: BinaryIO, *, dry_run: bool, switch_off_absent: bool, leave_out_people: bool) -> None:
    """Lay the configuration of FILE over what is here, all of it or nothing."""
    from okno.config.command.installation import ready

    content = file.read()
    with ready():
        from okno.config.command.refusal import Refusal
        from okno.core.actor import SYSTEM
        from okno.core.configuration import Options, apply, read, rehearse
        from okno.core.faults import Invalid

        options = Options(switch_off_absent, leave_out_people)
        try:
            document = read(content)
            plan = rehearse(SYSTEM, document, options)
            if not dry_run and not plan.problems:
                plan = apply(SYSTEM, document, options)
        except Invalid as invalid:
            raise Refusal("\n".join(invalid.fields["file"]), "Nothing was changed. Mend the file.") from invalid
        tell(plan)
        if plan.problems:
            raise Refusal("The file cannot be taken as it is.", "Nothing was changed. What is wrong is said above.")
    counts = plan.counts
    word = "would be" if dry_run else "are"
    click.echo(f"{counts['added']} rows {word} new, {counts['changed']} changed, {counts['same']} left alone.")
    sys.exit(0)


def tell(plan: Plan) -> None:
    """The plan on the screen, part by part."""
    for section in plan.sections:
        if not section.is_empty or section.problems or section.notes:
            click.echo(section.key)
            _tell_section(section)


def _tell_section(section: SectionPlan) -> None:
    for sign, changes in (("+", section.added), ("~", section.changed)):
        for change in changes:
            click.echo(f"  {sign} {change.name}")
            for line in change.lines if sign == "~" else ():
                name = ".".join(part for part in (line.field, line.part) if part)
                click.echo(f"      {name}: {line.before[:200]} -> {line.after[:200]}")
    if section.is_reordered:
        click.echo("  ~ the order becomes that of the file")
    for note in section.notes:
        click.echo(f"  i {note}")
    for problem in section.problems:
        place = " ".join(part for part in (problem.name, problem.field) if part)
        click.echo(f"  ! {place}: {problem.message}", err=True)

"""``coopcal new``: starts of sites, organisations, events and feeds."""

import click

from coopcal.cli import Commands
from coopcal.cli.failure import INTERRUPTED
from coopcal.cli.language import echo
from coopcal.cli.new import event, feed, organisation, site
from coopcal.model.message import msg


class Starts(Commands):
    """Asks; whoever leaves in the middle of the questions leaves everything as it was."""

    def invoke(self, context: click.Context) -> object:
        """Run a command; Ctrl-C and the end of input at a question write nothing."""
        try:
            return super().invoke(context)
        except (click.Abort, KeyboardInterrupt) as error:
            click.echo(err=True)
            echo(msg("Nothing was written."), err=True)
            context.exit(2 if isinstance(error.__context__, EOFError) else INTERRUPTED)


@click.group(cls=Starts)
def command() -> None:
    """Start a site, an organisation, an event or a feed.

    At a terminal what is not said by options is asked for. In a script nothing is: what is missing is named.

    Exit code 0: written; 1: refused because of problems, nothing was written; 2: could not run.
    """


command.add_command(site.command, "site")
command.add_command(organisation.command, "organisation")
command.add_command(event.command, "event")
command.add_command(feed.command, "feed")

"""Options that every ``coopcal new`` has."""

import click

yes_option = click.option(
    "--yes", "-y", is_flag=True, help="Ask nothing: take what is proposed, and name what is missing."
)

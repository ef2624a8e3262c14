"""How a site is served, and the application that does so: of ``coopcal serve``, and of any WSGI server."""

from dataclasses import dataclass, replace
from pathlib import Path

import click

from coopcal.authoring.sandbox.process import Checker
from coopcal.cli.language import spoken
from coopcal.cli.noting import NOTHING, Noter, Noting, noter, options
from coopcal.cli.settings import secret, setting
from coopcal.cli.settings_file import take
from coopcal.cli.state_folder import wanted_file
from coopcal.model.message import msg
from coopcal.site.reader import LiveSite
from coopcal.web import Front, check, counted, create_app, hooks, now, watch


@dataclass(frozen=True, slots=True)
class Serving:
    """What is noted of requests, who may ask for a rebuild, and how many proxies stand in front."""

    noting: Noting = NOTHING
    hook_secret: str | None = None
    proxies: int = 0

    @staticmethod
    def told(context: click.Context, noting: Noting, proxies: int) -> "Serving":
        """Return how a site is to be served, and make the folder for what is kept."""
        hook_secret, state = secret(context, "hook_secret"), noting.state
        if hook_secret and state is None:
            raise click.UsageError(
                spoken(msg("COOPCAL_HOOK_SECRET needs a folder for what calls leave: set COOPCAL_STATE, too"))
            )
        if state is not None:
            state.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Serving(noting, hook_secret, proxies)


ALONE = Serving()
"""A server with no proxy in front, that keeps nothing."""


def application(live: LiveSite, serving: Serving, watch_state: Path | None = None) -> tuple[Front, Noter]:
    """Return the application that serves a site, made ready, and what notes its answers.

    It takes calls of forges where there is a secret, and follows sources whose state is written into a file.
    """
    notes = noter(serving.noting, serving.proxies)
    extras = [check.pages(Checker(live, now)), counted.pages(notes.keeper, serving.noting.token)]
    if watch_state is not None:
        extras.append(watch.pages(watch_state))
    if serving.hook_secret and serving.noting.state:
        extras.append(hooks.pages(serving.hook_secret, wanted_file(serving.noting.state)))
    app = create_app(live, extras=extras)
    app.warm()
    return app, notes


def of_surroundings() -> tuple[Path | None, Serving]:
    """Return where the site is and how it is served, as the environment says it, and the file that it names.

    For servers that have no options of ours. They have several processes, perhaps: without a folder that all of them count
    in, no numbers of one are given out for those of all.
    """

    @click.command()
    @setting("config", is_eager=True, expose_value=False, callback=take)
    @setting("out")
    @setting("proxies")
    @options
    def told(out: Path | None, proxies: int, noting: Noting) -> tuple[Path | None, Serving]:
        shared = noting if noting.state else replace(noting, token="")
        return out, Serving.told(click.get_current_context(), shared, proxies)

    surroundings: tuple[Path | None, Serving] = told.main([], "coopcal", standalone_mode=False)
    return surroundings

"""The application for any WSGI server: ``gunicorn wsgi:app``, ``granian --interface wsgi wsgi:app``.

COOPCAL_SITE names the folder of the compiled site; it is ``_site`` beside this file otherwise. COOPCAL_STATE names a folder in
which all processes count how feeds are fetched, COOPCAL_METRICS_TOKEN what opens ``/metrics``; COOPCAL_LOG is ``text`` or
``json``, for a log of requests.
"""

import os
from pathlib import Path

from coopcal.authoring.sandbox.process import Checker
from coopcal.cli.noting import noter, of_environment
from coopcal.site.reader import LiveSite
from coopcal.web import check, counted, create_app, noted, now

live = LiveSite(Path(os.environ.get("COOPCAL_SITE") or Path(__file__).parent / "_site"), beside=True)
noting = of_environment(os.environ)
notes = noter(noting)
extras = [check.pages(Checker(live, now)), counted.pages(notes.keeper, noting.token)]
front = create_app(live, extras=extras)
front.warm()
app = noted.Noted(front, notes.note_environ) if noting.is_wanted else front

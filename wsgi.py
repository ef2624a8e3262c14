"""The application for any WSGI server: ``gunicorn wsgi:app``, ``granian --interface wsgi wsgi:app``.

COOPCAL_SITE names the folder of the compiled site; it is ``_site`` beside this file otherwise.
"""

import os
from pathlib import Path

from coopcal.authoring.sandbox.process import Checker
from coopcal.site.reader import LiveSite
from coopcal.web import check, create_app, now

live = LiveSite(Path(os.environ.get("COOPCAL_SITE") or Path(__file__).parent / "_site"), beside=True)
app = create_app(live, extras=[check.pages(Checker(live, now))])
app.warm()

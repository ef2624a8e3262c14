"""The application for any WSGI server: ``gunicorn wsgi:app``, ``granian --interface wsgi wsgi:app``.

COOPCAL_SITE names the folder of the compiled site; it is ``_site`` beside this file otherwise. All else that ``coopcal serve``
is told of how it serves is told by the environment, too, or by the file that COOPCAL_CONFIG names.
"""

from pathlib import Path

from coopcal.cli.serving import application, of_surroundings
from coopcal.publish.store.followed import FollowedSite
from coopcal.site.reader import FRESH
from coopcal.web.noted import Noted
from coopcal.web.proxies import Proxies

out, serving = of_surroundings()
front, notes = application(FollowedSite(out or Path(__file__).parent / "_site", FRESH, beside=True), serving)
app = Proxies(Noted(front, notes.note_environ) if serving.noting.is_wanted else front, serving.proxies)

"""Time zones: of the pinned database, of local times, of countries, and as people call them.

What every reader of a site needs stands here; what only sources need is imported from its module.
"""

from coopcal.zones.database import names, zone
from coopcal.zones.local import first_moment, localise

__all__ = ["first_moment", "localise", "names", "zone"]

"""A compiled site, served: feeds from ready header lists, all else by Flask."""

from coopcal.web.app import Front, create_app, now
from coopcal.web.delivery import Application

__all__ = ["Application", "Front", "create_app", "now"]

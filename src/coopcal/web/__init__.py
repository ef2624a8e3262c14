"""A compiled site, served: feeds from ready header lists, all else by Flask."""

from coopcal.web.app import create_app, now, warm
from coopcal.web.feeds import Application

__all__ = ["Application", "create_app", "now", "warm"]

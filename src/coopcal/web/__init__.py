"""A compiled site, served: feeds from ready header lists, all else by Flask."""

from coopcal.web.app import create_app, warm
from coopcal.web.feeds import Application

__all__ = ["Application", "create_app", "warm"]

"""The routes of what is embedded."""

from flask import Blueprint

blueprint = Blueprint("embed", __name__)

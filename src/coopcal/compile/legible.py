"""Colours that are legible: what is written, as it can be read on light pages and on dark ones (WCAG 2.2, 1.4.3).

The hue of a colour stays; where it is not legible, its lightness moves as far as it must (OKLCH).
"""

import hashlib
import math
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from coopcal.site.details import Shade, Shades

AIM = 4.5
"""The contrast that words have with what they stand on."""

LIGHT, DARK = ("#f4f2ec", "#ffffff"), ("#101412", "#242c29")
"""The darkest and the lightest ground that words stand on, on light pages and on dark ones."""

SOFT = 0.1
"""How much of a colour is in a soft ground of it."""

USUAL = (
    "#9a4f2c", "#8a6414", "#5f7420", "#2f7a4b", "#16776f", "#1f6f8f",
    "#3a66a6", "#5b5aa8", "#7b4f9d", "#964580", "#a34361", "#6a6257",
)  # fmt: skip
"""Colours of organisations that name none: alike in lightness, and each of another hue."""

TOE = 0.04045
"""The value of a channel below which it is light in proportion (IEC 61966-2-1)."""

HALF = 0.501
"""How far an amount of light may be from the middle, so that screens show it."""

WHITE, NEARLY_BLACK, BLACK = "#ffffff", "#111614", "#000000"


class Polar(NamedTuple):
    """A colour in OKLCH: lightness (0 to 1), chroma, and hue (radians)."""

    lightness: float
    chroma: float
    hue: float


def usual_colour(identifier: str) -> str:
    """Return the colour of what names none: always the same for an id."""
    return USUAL[hashlib.sha256(identifier.encode()).digest()[0] % len(USUAL)]


@lru_cache(maxsize=4096)
def shades(colour: str) -> Shades:
    """Return a colour (``#rrggbb``) as it is legible on light pages and on dark ones."""
    return Shades(
        light=_shade(colour, LIGHT, LIGHT[1], 0.0),
        dark=_shade(colour, DARK, DARK[1], 1.0),
        fill=colour,
        ink=_ink(colour),
    )


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2): 1 of the same, 21 of black and white."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _shade(colour: str, grounds: tuple[str, ...], ground: str, end: float) -> Shade:
    """Return the nearest to a colour that is legible on all grounds, and on a soft one of itself."""

    def is_legible(text: str) -> bool:
        return all(contrast(text, behind) >= AIM for behind in (*grounds, _mixed(text, ground)))

    text = _nearest(colour, end, is_legible)
    return Shade(text, _ink(text), _mixed(text, ground))


def _nearest(colour: str, end: float, is_legible: Callable[[str], bool]) -> str:
    """Return a colour whose lightness has moved towards an ``end`` as little as it must."""
    if is_legible(colour):
        return colour
    polar = _polar(colour)
    near, far, found = polar.lightness, end, WHITE if end else BLACK
    for _ in range(8):
        middle = (near + far) / 2
        tried = _inside(polar._replace(lightness=middle))
        if is_legible(tried):
            far, found = middle, tried
        else:
            near = middle
    return found


def _ink(colour: str) -> str:
    """Return what is legible on a colour: of white and black at least one always is."""
    return next((ink for ink in (WHITE, NEARLY_BLACK) if contrast(ink, colour) >= AIM), BLACK)


def _mixed(colour: str, ground: str) -> str:
    channels = zip(_channels(colour), _channels(ground), strict=True)
    return _written(SOFT * own + (1 - SOFT) * behind for own, behind in channels)


def _channels(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def _written(channels: Iterable[float]) -> str:
    return "#" + "".join(f"{min(255, max(0, round(channel * 255))):02x}" for channel in channels)


def _luminance(colour: str) -> float:
    red, green, blue = map(_linear, _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= TOE else ((channel + 0.055) / 1.055) ** 2.4


def _shown(light: float) -> float:
    return light * 12.92 if light <= TOE / 12.92 else 1.055 * light ** (1 / 2.4) - 0.055


def _polar(colour: str) -> Polar:
    """Return a colour in OKLCH (Björn Ottosson, 2020)."""
    red, green, blue = map(_linear, _channels(colour))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return Polar(lightness, math.hypot(a, b), math.atan2(b, a))


def _inside(polar: Polar) -> str:
    """Return a colour that screens can show, with as much of its chroma as there is at that lightness."""
    most = polar.chroma
    lights = _lights(polar)
    if not _can_be_shown(lights):
        least = 0.0
        for _ in range(7):
            middle = (most + least) / 2
            if _can_be_shown(_lights(polar._replace(chroma=middle))):
                least = middle
            else:
                most = middle
        lights = _lights(polar._replace(chroma=least))
    return _written(map(_shown, lights))


def _can_be_shown(lights: Iterable[float]) -> bool:
    return all(abs(light - 0.5) <= HALF for light in lights)


def _lights(polar: Polar) -> tuple[float, float, float]:
    """Return red, green and blue as amounts of light; what no screen can show lies outside 0 to 1."""
    lightness, a, b = polar.lightness, polar.chroma * math.cos(polar.hue), polar.chroma * math.sin(polar.hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )

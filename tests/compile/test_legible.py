"""Colours on pages: what is written keeps its hue, and is legible wherever words stand, on light ground and on dark."""

import colorsys
import re
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import coopcal.web
from coopcal.compile.legible import AIM, DARK, LIGHT, USUAL, contrast, shades, usual_colour
from coopcal.site.details import Shade, Shades

STEPS = (0x00, 0x01, 0x33, 0x66, 0x7F, 0x80, 0x99, 0xCC, 0xFE, 0xFF)
GRID = [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in product(STEPS, repeat=3)]
"""The corners of all colours, those beside them, and what lies between."""

TOKENS = (Path(coopcal.web.__file__).parent / "static/css/00-tokens.css").read_text(encoding="utf-8")
GROUNDS, WORDS = ("page", "surface", "raised", "sunken"), ("ink", "quiet")


def told(number: int) -> dict[str, str]:
    """Return the colours that the pages give names to: those of light pages (0), or of dark ones (1)."""
    part = re.split(r"@media \(prefers-color-scheme: dark\)|@media print", TOKENS)[number]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", part))


def hold(colour: str) -> None:
    """Hold that a colour is legible everywhere."""
    made = shades(colour)
    for shade, grounds in ((made.light, LIGHT), (made.dark, DARK)):
        assert min(contrast(shade.text, ground) for ground in (*grounds, shade.soft, shade.ink)) >= AIM
    assert contrast(made.fill, made.ink) >= AIM
    assert made.fill == colour


def test_contrast_is_that_of_the_guidelines() -> None:
    """By their own examples: black and white, and the lightest grey that may stand on white."""
    assert round(contrast("#000000", "#ffffff"), 6) == 21
    assert contrast("#777777", "#ffffff") < AIM <= contrast("#767676", "#ffffff")
    assert contrast("#abcdef", "#abcdef") == 1


@pytest.mark.parametrize("red", STEPS)
def test_every_colour_of_a_grid_is_legible(red: int) -> None:
    for colour in (each for each in GRID if int(each[1:3], 16) == red):
        hold(colour)


@given(st.integers(0, 0xFFFFFF))
def test_any_colour_is_legible(number: int) -> None:
    hold(f"#{number:06x}")


def hue(colour: str) -> float:
    return colorsys.rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))[0]


def saturation(colour: str) -> float:
    return colorsys.rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))[2]


@pytest.mark.parametrize("colour", ["#aa3311", "#ffd000", "#00a3e0", "#1b5e20", "#7a1fa2", "#e91e63"])
def test_the_hue_of_a_colour_stays(colour: str) -> None:
    for shade in (shades(colour).light, shades(colour).dark):
        apart = abs(hue(shade.text) - hue(colour))
        assert min(apart, 1 - apart) < 0.06
        assert saturation(shade.text) > 0.25


def test_a_colour_that_is_legible_stays_as_it_is() -> None:
    """On light pages a dark one, on dark pages a light one."""
    assert shades("#14594a").light.text == "#14594a"
    assert shades("#7fd1b9").dark.text == "#7fd1b9"
    assert shades("#000000").light == Shade("#000000", "#ffffff", "#e6e6e6")


def test_grey_stays_grey() -> None:
    for text in (shades("#ffffff").light.text, shades("#808080").dark.text, shades("#000000").dark.text):
        assert text[1:3] == text[3:5] == text[5:7]


def test_those_without_a_colour_have_one_of_a_few_always_the_same() -> None:
    """Each of them is chosen by some."""
    ids = [f"cooperative-{number}" for number in range(400)]
    chosen = [usual_colour(one) for one in ids]

    assert chosen == [usual_colour(one) for one in ids]
    assert set(chosen) == set(USUAL)
    assert (usual_colour("bakery"), usual_colour("mill")) == ("#7b4f9d", "#9a4f2c")


@pytest.mark.parametrize(("number", "bounds"), [(0, LIGHT), (1, DARK)])
def test_the_grounds_of_pages_lie_between_those_that_colours_are_made_for(
    number: int, bounds: tuple[str, str]
) -> None:
    """What stands on none darker and none lighter is legible on all between them."""
    known = told(0) | told(number)
    darkest, lightest = (contrast(bound, "#000000") for bound in bounds)

    assert {name: known[name] for name in GROUNDS if not darkest <= contrast(known[name], "#000000") <= lightest} == {}  # fmt: skip


@pytest.mark.parametrize("colour", [*USUAL, "#000000", "#ffffff", "#ff0000", "#ffff00", "#0000ff"])
def test_words_of_pages_are_legible_on_soft_grounds(colour: str) -> None:
    """Whatever the colour of which these have a little."""
    made: Shades = shades(colour)
    for number, shade in ((0, made.light), (1, made.dark)):
        known = told(0) | told(number)
        assert min(contrast(known[word], shade.soft) for word in WORDS) >= AIM

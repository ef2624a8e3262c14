"""CSS colour names: what RFC 7986's COLOR takes."""

NAMES = {
    "black": (0, 0, 0), "dimgray": (105, 105, 105), "gray": (128, 128, 128), "silver": (192, 192, 192),
    "white": (255, 255, 255), "maroon": (128, 0, 0), "darkred": (139, 0, 0), "firebrick": (178, 34, 34),
    "crimson": (220, 20, 60), "red": (255, 0, 0), "tomato": (255, 99, 71), "orangered": (255, 69, 0),
    "darkorange": (255, 140, 0), "orange": (255, 165, 0), "gold": (255, 215, 0), "goldenrod": (218, 165, 32),
    "darkgoldenrod": (184, 134, 11), "khaki": (240, 230, 140), "yellow": (255, 255, 0), "olive": (128, 128, 0),
    "olivedrab": (107, 142, 35), "yellowgreen": (154, 205, 50), "lime": (0, 255, 0), "limegreen": (50, 205, 50),
    "green": (0, 128, 0), "darkgreen": (0, 100, 0), "forestgreen": (34, 139, 34), "seagreen": (46, 139, 87),
    "teal": (0, 128, 128), "darkcyan": (0, 139, 139), "turquoise": (64, 224, 208), "aqua": (0, 255, 255),
    "skyblue": (135, 206, 235), "deepskyblue": (0, 191, 255), "dodgerblue": (30, 144, 255),
    "steelblue": (70, 130, 180), "royalblue": (65, 105, 225), "blue": (0, 0, 255), "mediumblue": (0, 0, 205),
    "navy": (0, 0, 128), "midnightblue": (25, 25, 112), "slateblue": (106, 90, 205), "indigo": (75, 0, 130),
    "rebeccapurple": (102, 51, 153), "purple": (128, 0, 128), "darkmagenta": (139, 0, 139),
    "mediumorchid": (186, 85, 211), "orchid": (218, 112, 214), "violet": (238, 130, 238),
    "fuchsia": (255, 0, 255), "deeppink": (255, 20, 147), "hotpink": (255, 105, 180), "pink": (255, 192, 203),
    "salmon": (250, 128, 114), "coral": (255, 127, 80), "chocolate": (210, 105, 30), "sienna": (160, 82, 45),
    "saddlebrown": (139, 69, 19), "brown": (165, 42, 42), "tan": (210, 180, 140), "beige": (245, 245, 220),
}  # fmt: skip
"""Widely known CSS colour names and their red, green and blue (0 to 255)."""


def nearest_name(colour: str) -> str:
    """Return the CSS name that is nearest to ``#rrggbb``."""
    channels = tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return min(NAMES, key=lambda name: sum((a - b) ** 2 for a, b in zip(channels, NAMES[name], strict=True)))

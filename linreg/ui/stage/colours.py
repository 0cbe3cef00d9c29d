"""The five colours with a meaning, the same on every picture, for a light and a dark page.

Each has a contrast of at least 3 to 1 with its page, and is never the only carrier of meaning:
every part also has its own marker, dash or label.
"""

from typing import Final, Literal

COLOURS: Final[dict[Literal["light", "dark"], dict[str, str]]] = {
    "light": {
        "data": "#475569",
        "model": "#0b62c4",
        "path": "#b45309",
        "gradient": "#be185d",
        "optimum": "#047857",
    },
    "dark": {
        "data": "#a9b8cf",
        "model": "#5fb0ff",
        "path": "#f6a832",
        "gradient": "#ff7ac0",
        "optimum": "#3ddc97",
    },
}

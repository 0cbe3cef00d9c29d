"""The layout of a page with a stage: its pictures and controls, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, cast

from linreg.ui.stage.payload_types import (
    BoxName,
    ControlName,
    LayoutSpec,
    PanelName,
    PictureSpec,
)


@dataclass(frozen=True)
class Picture:
    """One picture.

    Attributes
    ----------
    panel : PanelName
        Its kind.
    id : str
        Its own name on the page; the kind if it is the only one of its kind.
    title : str
        Replaces the kind's own title.
    variant : int or None
        Which of the payload's variants it shows; None shows the experiment.
    options : tuple of (name, value)
        Keys of `PictureSpec` that its kind knows.
    """

    panel: PanelName
    id: str = ""
    title: str = ""
    variant: int | None = None
    options: tuple[tuple[str, Any], ...] = ()

    @cached_property
    def spec(self) -> PictureSpec:
        """The picture as the browser reads it."""
        options = cast(PictureSpec, dict(self.options))
        spec: PictureSpec = {**options, "panel": self.panel, "id": self.id or self.panel}
        if self.title:
            spec["title"] = self.title
        if self.variant is not None:
            spec["variant"] = self.variant
        return spec


@dataclass(frozen=True)
class Layout:
    """The pictures and controls of a page.

    Attributes
    ----------
    name : str
        A word for style sheets and tests.
    label : str
        What a screen reader calls it.
    pictures : tuple of Picture
    top, side : tuple of ControlName
        Controls above and beside the pictures; the loop is above all others.
    still : bool
        Whether the page stays at the start of the run: θ is then the θ that the hand sets.
    best : bool
        Whether the best fit is seen at first.
    show : {"fitted", "model"}
        What the data panel shows of several features where nobody chose: observed against fitted,
        or the model itself over a feature or, with two, as a plane.
    box : BoxName or None
        The box of the loop that the page is about.
    place : str
        Where the page is in the lesson, such as “3 of 8”.
    """

    name: str
    label: str
    pictures: tuple[Picture, ...]
    top: tuple[ControlName, ...] = ()
    side: tuple[ControlName, ...] = ()
    still: bool = False
    best: bool = True
    show: Literal["fitted", "model"] = "fitted"
    box: BoxName | None = None
    place: str = ""

    @cached_property
    def spec(self) -> LayoutSpec:
        """The layout as the browser reads it."""
        return {
            "name": self.name,
            "label": self.label,
            "pictures": [picture.spec for picture in self.pictures],
            "top": ["loop", *self.top],
            "side": list(self.side),
            "still": self.still,
            "best": self.best,
            "show": self.show,
            "box": self.box,
            "place": self.place,
        }


THE_STAGE = Layout(
    name="stage",
    label="Training stage",
    pictures=(
        Picture("data"),
        Picture("loss"),
        Picture("theta-plane", id="plane"),
        Picture("bowl"),
    ),
    top=("transport", "learning-rate"),
    side=("status", "numbers", "start"),
)

"""The pages of the lesson, in order, and the folder of all pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PAGES_FOLDER = Path(__file__).parents[3] / "pages"
FIRST_PAGE = "stage"  # its name in pages/


@dataclass(frozen=True)
class Lesson:
    """One page.

    Attributes
    ----------
    name : str
        The name of its file in pages/, its address, and the prefix of its questions' keys.
    title : str
    """

    name: str
    title: str


LESSONS = (
    Lesson("model", "Model"),
    Lesson("loss", "Loss"),
    Lesson("gradient", "Gradient"),
    Lesson("update", "Update"),
    Lesson("rate", "Learning rate"),
    Lesson("stop", "Stop"),
    Lesson("minimum", "Minimum"),
    Lesson("flow", "The same flow, larger"),
)
LESSON_BY_NAME = {lesson.name: lesson for lesson in LESSONS}


def place(name: str) -> str:
    """Return where a page is in the lesson, such as “3 of 8”."""
    return f"{LESSONS.index(LESSON_BY_NAME[name]) + 1} of {len(LESSONS)}"


def neighbours(name: str) -> tuple[Lesson | None, Lesson | None]:
    """Return the pages before and after this one."""
    at = LESSONS.index(LESSON_BY_NAME[name])
    before = LESSONS[at - 1] if at > 0 else None
    after = LESSONS[at + 1] if at + 1 < len(LESSONS) else None
    return before, after

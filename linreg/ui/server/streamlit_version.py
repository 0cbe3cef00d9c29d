"""The check of the installed Streamlit at start, made before anything imports Streamlit.

linreg.ui.streamlit_internals imports private names, which another version may lack: its error would
come before any sentence. The version is read from the package's metadata instead.
"""

import re
from importlib import metadata
from logging import getLogger
from pathlib import Path

OTHER_VERSION = (
    "Streamlit %s is installed, but linreg is written and tested for %s: "
    "run pip install -r requirements.txt."
)


def warn_unless_pinned(requirements: Path) -> None:
    """Log one sentence if the installed Streamlit is not the one that these requirements pin."""
    pin = re.search(r"^streamlit==(\S+)", requirements.read_text("utf-8"), re.MULTILINE)
    if pin is None:
        raise ValueError(f"{requirements.name} pins no version of streamlit")
    if (installed := metadata.version("streamlit")) != pin[1]:
        getLogger(__name__).warning(OTHER_VERSION, installed, pin[1])

"""Another Streamlit than the pinned one is named in one sentence, whatever it lacks."""

import logging
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from linreg.ui.server.streamlit_version import warn_unless_pinned

ROOT = Path(__file__).parents[3]

# Start the app with another version, which lacks a module that linreg imports.
OTHER_STREAMLIT = """
import sys
from importlib import metadata

version = metadata.version
metadata.version = lambda name: "1.2.3" if name == "streamlit" else version(name)
sys.modules["{missing}"] = None

import app
"""


def sentence(installed, pinned):
    return (
        f"Streamlit {installed} is installed, but linreg is written and tested for {pinned}: "
        "run pip install -r requirements.txt."
    )


def test_another_version_than_the_pinned_one_is_named_in_one_sentence(tmp_path, caplog):
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("numpy==2\nstreamlit==1.2.3   # the app\n")
    with caplog.at_level(logging.WARNING):
        warn_unless_pinned(requirements)
    (record,) = caplog.records
    assert record.getMessage() == sentence(metadata.version("streamlit"), "1.2.3")
    assert record.exc_info is None


def test_the_installed_version_is_the_pinned_one(caplog):
    warn_unless_pinned(ROOT / "requirements.txt")
    assert caplog.records == []


def test_requirements_without_a_pin_are_refused(tmp_path):
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("streamlit\n")
    with pytest.raises(ValueError, match="pins no version"):
        warn_unless_pinned(requirements)


@pytest.mark.slow
@pytest.mark.parametrize(
    "missing", ["streamlit.runtime.state.safe_session_state", "streamlit.typing", "streamlit"]
)
def test_the_sentence_comes_before_the_error_of_a_private_name_that_is_gone(missing):
    code = OTHER_STREAMLIT.format(missing=missing)
    started = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    first, *rest = started.stderr.splitlines()
    assert first == sentence("1.2.3", metadata.version("streamlit"))
    assert started.returncode == 1
    assert rest[-1].startswith("ModuleNotFoundError")

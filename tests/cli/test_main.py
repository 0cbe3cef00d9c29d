"""The command line as a shell sees it: exit codes, streams, signals, files."""

import gzip
import json
import os
import resource
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


def finished(process):
    out, errors = process.communicate(timeout=120)
    return process.returncode, out, errors


def test_json_is_all_there_is_on_standard_output(problem, start):
    code, out, errors = finished(start("fit", problem, "--leave-out", "north", "--json"))
    assert code == 0
    assert json.loads(out)["n"] == 1000
    assert errors == "2,000 rows of “north” were left out, as asked.\n"


def test_wrong_usage_ends_with_2(problem, start):
    code, out, errors = finished(
        start("train", problem, "--rate", "1", "--steps", "3", "--start=1")
    )
    assert (code, out) == (2, "")
    assert "--start takes 3 numbers ((intercept), a, b, c), not 1" in errors
    assert "Traceback" not in errors


def test_a_full_disk_is_told_and_leaves_no_half_file(problem, start, tmp_path):
    def limit():  # like a disk that is full after so many bytes
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    place = tmp_path / "p.json"
    code, _, errors = finished(start("summarise", problem, "-o", place, preexec_fn=limit))
    assert code == 1
    assert "could not be written (File too large); no file was left behind" in errors
    assert errors.count("\n") == 1
    assert os.listdir(tmp_path) == []


def test_an_output_that_is_full_is_told(problem, start):
    with open("/dev/full", "w") as full:
        process = start("fit", problem, stdout=full)
        assert process.communicate()[1] == (
            "The output could not be written (No space left on device).\n"
        )
    assert process.returncode == 1


def test_an_output_that_is_closed_ends_it_quietly(problem, start):
    read, write = os.pipe()
    os.close(read)
    process = start("fit", problem, stdout=write)
    os.close(write)
    assert process.communicate()[1] == ""
    assert process.returncode == 141


@pytest.fixture(scope="session")
def endless(tmp_path_factory):
    """Return, for each engine, files so large that nobody waits for their end."""
    folder = tmp_path_factory.mktemp("endless")
    head, rows = gzip.compress(b"a,y\n"), gzip.compress(b"1,2\n3,5\n" * 500_000)
    (folder / "rows.csv.gz").write_bytes(head + rows * 10_000)  # 40 GB when it is unpacked
    (folder / "rows.csv").write_bytes(b"a,y\n" + b"1,2\n3,5\n" * 20_000)
    for k in range(1000):
        os.symlink(folder / "rows.csv", folder / f"{k}.part")
    return {"pandas": folder / "rows.csv.gz", "dask": folder / "*.part"}


@pytest.mark.parametrize("engine", ["pandas", "dask"])
def test_ctrl_c_while_reading_ends_with_130_and_no_half_file(endless, start, tmp_path, engine):
    terminal, stderr = os.openpty()
    place = tmp_path / "p.json"
    process = start(
        *("summarise", endless[engine], "--target", "y", "-o", place, "--engine", engine),
        stderr=stderr,
        start_new_session=True,
    )
    os.close(stderr)
    output = wait_for(terminal, b"%")  # the bar: it is reading
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    output += rest_of(terminal)
    assert process.wait(timeout=60) == 130
    assert process.communicate()[0] == ""
    assert output.decode().endswith("Interrupted; nothing was written.\r\n")
    assert "Traceback" not in output.decode()
    assert os.listdir(tmp_path) == []


def wait_for(terminal, sign):
    """Read from a terminal until the sign comes."""
    output = b""
    while sign not in output:
        output += os.read(terminal, 1000)
    return output


def rest_of(terminal):
    """Read from a terminal until nobody writes to it any more."""
    output = b""
    try:
        while block := os.read(terminal, 1000):
            output += block
    except OSError:  # what Linux says at the end of a terminal
        pass
    return output


def test_ctrl_c_while_the_program_starts_ends_with_130():
    code = """
        import runpy
        import linreg.cli.main

        def main():
            raise KeyboardInterrupt

        linreg.cli.main.main = main
        runpy.run_module("linreg", run_name="__main__")
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "")


def closed(number):
    return lambda: os.close(number)


def test_a_standard_output_that_is_closed_is_told(problem, start, tmp_path):
    place = tmp_path / "p.json"
    process = start("summarise", problem, "-o", place, stdout=None, preexec_fn=closed(1))
    assert process.communicate(timeout=120)[1] == (
        "Standard output is closed; send it to a file or to /dev/null.\n"
    )
    assert process.returncode == 1
    assert not place.exists()


@pytest.mark.parametrize("is_closed", [True, False])
def test_notes_that_nobody_takes_are_not_among_the_numbers(problem, start, is_closed):
    with open("/dev/full", "w") as full:
        options = {"preexec_fn": closed(2)} if is_closed else {"stderr": full}
        process = start("fit", problem, "--leave-out", "north", "--json", **options)
        out = process.communicate(timeout=120)[0]
    assert process.returncode == 0
    assert json.loads(out)["n"] == 1000


@pytest.mark.parametrize(
    ("arguments", "escaped"),
    [
        (["--rate", "1", "--steps", "9"], r"1.036e\u22125"),
        (["--help"], r"Take the steps \u03b8"),
    ],
)
def test_what_an_output_can_not_show_is_escaped(problem, start, arguments, escaped):
    ascii_only = os.environ | {"PYTHONIOENCODING": "ascii"}
    code, out, errors = finished(start("train", problem, *arguments, env=ascii_only))
    assert (code, errors) == (0, "")
    assert escaped in out

import signal

import pytest

from linreg.data.files.formats.delimited.encoding import Utf8Stream
from linreg.data.files.formats.delimited.reader import TextReader
from linreg.data.files.storage.source import Source


def test_ctrl_c_when_pandas_asks_for_more_is_no_damaged_file(monkeypatch):
    text = b"a,y\n" + b"1,2\n" * 1_000_000
    reader = TextReader.of(Source.of(text))
    read, calls = Utf8Stream.read, []

    def interrupted(self, size=1 << 20):
        calls.append(size)
        if len(calls) == 6:
            signal.raise_signal(signal.SIGINT)
        return read(self, size)

    monkeypatch.setattr(Utf8Stream, "read", interrupted)
    # Where tests run side by side, their processes are told to ignore Ctrl-C.
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            list(reader.chunks())
    finally:
        signal.signal(signal.SIGINT, former)

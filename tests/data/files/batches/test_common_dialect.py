"""Files of one table agree on the decimal mark, and each says how it is read."""

import gzip

import numpy as np
import pytest

from linreg.data.files.batches.common_dialect import Preview
from linreg.data.files.scan import scan


def values(paths, engine="auto"):
    scanned = scan(paths, engine=engine)
    rows = np.concatenate([np.column_stack(batch.columns) for batch in scanned])
    return rows, scanned.notes


def written(folder, texts):
    paths = []
    for k, text in enumerate(texts):
        paths.append(folder / f"{k}.tsv")
        paths[-1].write_bytes(text if isinstance(text, bytes) else text.encode())
    return paths


CLEAR, OPEN, POINT = "x\ty\n1,5\t2\n2,25\t3\n", "x\ty\n1,234\t2\n2,555\t3\n", "x\ty\n1.5\t2\n"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_a_file_that_leaves_the_decimal_mark_open_takes_that_of_the_others(tmp_path, order, engine):
    paths = written(tmp_path, [CLEAR, OPEN])
    rows, notes = values([paths[k] for k in order], engine)
    np.testing.assert_array_equal(np.sort(rows[:, 0]), [1.234, 1.5, 2.25, 2.555])
    assert notes == ("Read with tabs between columns, decimal comma.",)


def test_points_with_three_digits_are_thousands_where_the_others_have_commas(tmp_path):
    rows, _ = values(written(tmp_path, [CLEAR, "x\ty\n1.234\t2\n"]))
    np.testing.assert_array_equal(rows[:, 0], [1.5, 2.25, 1234])


def test_the_mark_is_kept_when_the_encoding_turns_out_another(tmp_path):
    late = b"x\tt\ty\n" + b"1,234\ta\t2\n" * 30_000 + b"1,125\t\xe9\t4\n"
    scanned = scan(written(tmp_path, [CLEAR.replace("\t", "\tt\t"), late]), ["x", "y"])
    rows = np.concatenate([np.column_stack(batch.columns) for batch in scanned])
    assert (rows[2, 0], rows[-1, 0]) == (1.234, 1.125)


def test_packed_files_agree_as_well(tmp_path):
    packed = written(tmp_path, [CLEAR, gzip.compress(OPEN.encode())])
    np.testing.assert_array_equal(values(packed)[0][2:, 0], [1.234, 2.555])


def test_files_that_differ_are_distinct_texts(tmp_path):
    paths = written(tmp_path, [CLEAR, POINT, POINT, OPEN])
    rows, notes = values(paths)
    np.testing.assert_array_equal(rows[:, 0], [1.5, 2.25, 1.5, 1.5, 1234, 2555])
    assert notes[0] == "Read with tabs between columns, decimal comma."
    assert notes[1] == f"In “{paths[1]}” and 2 other files: Read with tabs between columns."
    assert notes[2].startswith(f"In “{paths[3]}”: “1,234” was read as 1234")
    assert notes[3] == f"In “{paths[3]}”: Thousands separators were removed in “x”."
    assert len(notes) == 4


def test_one_file_decides_for_itself(tmp_path):
    rows, notes = values(written(tmp_path, [OPEN]))
    np.testing.assert_array_equal(rows[:, 0], [1234, 2555])
    assert any("“1,234” was read as 1234" in note for note in notes)


def test_further_notes_are_there_once():
    preview = Preview(None, ".", ("a",)).noting(["b", "a", "b"])
    assert preview == Preview(None, ".", ("a", "b"))

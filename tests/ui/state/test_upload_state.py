"""The upload of a tab as a state machine: each transition, from each phase."""

from dataclasses import replace

import pytest

from linreg.ui.state.upload_state import Phase, Upload, UploadedTable

TABLE, NEWER = (UploadedTable(object(), version) for version in ("1", "2"))
READING = object()
PHASES = {
    Phase.IDLE: Upload(),
    Phase.READING: Upload(reading=READING, file_id="a"),
    Phase.READY: Upload(TABLE, file_id="a"),
    Phase.REFUSED: Upload(refusal="No rows.", file_id="a"),
}
BESIDE_A_TABLE = [Upload(TABLE, reading=READING), Upload(TABLE, refusal="Empty.")]
ALL = pytest.mark.parametrize("before", [*PHASES.values(), *BESIDE_A_TABLE])


@pytest.mark.parametrize("phase", Phase)
def test_an_upload_is_in_one_phase(phase):
    assert PHASES[phase].phase is phase


def test_what_is_being_read_is_not_refused():
    with pytest.raises(ValueError, match="being read"):
        Upload(reading=READING, refusal="No rows.")


@ALL
def test_a_new_file_ends_what_the_former_one_began_and_leaves_the_table(before):
    after = before.offer("b")
    assert after == Upload(before.held, file_id="b")
    assert after.phase is (Phase.READY if before.held else Phase.IDLE)


@ALL
def test_the_same_file_at_the_next_run_changes_nothing(before):
    assert before.offer(before.file_id) is before


def test_a_file_taken_off_the_list_takes_its_refusal_along():
    assert PHASES[Phase.REFUSED].offer(None) == Upload()


def test_the_refusal_of_a_released_file_stays_at_every_run():
    refused = Upload().offer("a").read(READING).release().refuse("No rows.")
    for _ in range(3):
        refused = refused.offer(None)
        assert (refused.phase, refused.refusal) == (Phase.REFUSED, "No rows.")


def test_a_released_file_is_read_on():
    reading = Upload().offer("a").read(READING).release().offer(None)
    assert (reading.phase, reading.reading) == (Phase.READING, READING)


def test_a_file_taken_off_the_list_is_read_on():
    assert PHASES[Phase.READING].offer(None).reading is READING


@ALL
def test_reading_leaves_the_table_until_it_ends(before):
    after = before.read(READING)
    assert after.phase is Phase.READING
    assert after.held is before.held
    assert after.accept(NEWER).held is NEWER
    assert after.refuse("Empty.").held is before.held


@ALL
def test_a_table_that_is_accepted_is_ready(before):
    after = before.accept(NEWER)
    assert (after.phase, after.held, after.reading, after.refusal) == (Phase.READY, NEWER, None, "")
    assert after.file_id == before.file_id


@ALL
def test_a_refusal_ends_reading(before):
    after = before.refuse("Empty.")
    assert (after.phase, after.reading, after.refusal) == (Phase.REFUSED, None, "Empty.")
    assert after.held is before.held


@ALL
def test_an_empty_uploader_has_nothing_to_read(before):
    after = before.release().empty_uploader()
    assert after == Upload(before.held, refusal=before.refusal, uploader_number=1)


@ALL
def test_no_other_transition_empties_the_uploader(before):
    number = before.empty_uploader().uploader_number
    begun = replace(before, uploader_number=number)
    after = [begun.offer("b"), begun.offer(None), begun.read(READING), begun.release()]
    after += [begun.accept(NEWER), begun.refuse("Empty."), begun.dismiss()]
    assert [each.uploader_number for each in after] == [number] * 7


@ALL
def test_going_on_to_other_data_dismisses_a_refusal(before):
    after = before.dismiss()
    assert after.phase is not Phase.REFUSED
    assert (after.held, after.reading) == (before.held, before.reading)

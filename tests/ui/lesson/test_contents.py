"""The pages of the lesson, in order, and the folder of all pages."""

from linreg.ui.lesson.contents import LESSON_BY_NAME, LESSONS, PAGES_FOLDER, neighbours


def test_every_lesson_has_its_page():
    assert len(LESSONS) == len(LESSON_BY_NAME) > 5
    for lesson in LESSONS:
        assert (PAGES_FOLDER / f"{lesson.name}.py").is_file()


def test_the_way_through_the_lesson_visits_each_page_once():
    assert neighbours(LESSONS[0].name)[0] is None
    path, lesson = [LESSONS[0]], neighbours(LESSONS[0].name)[1]
    while lesson:
        before, after = neighbours(lesson.name)
        assert before is path[-1]
        path.append(lesson)
        lesson = after
    assert tuple(path) == LESSONS

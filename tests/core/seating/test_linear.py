"""Small programs, worked by hand."""

from burgertop.core.seating.linear import Program


def test_a_whole_number_is_chosen_where_it_is_asked_for() -> None:
    answers = []
    for is_whole in (False, True):
        program = Program()
        row = program.add_row(3, 3)
        program.add_column(1, 0, 5, [(row, 2)], is_whole=is_whole)
        program.add_column(9, 0, 5, [(row, 1)])
        found = program.solved()
        answers.append(None if found is None else found.tolist())

    assert answers == [[1.5, 0.0], [1.0, 1.0]]


def test_a_program_without_an_answer_has_none() -> None:
    program = Program()
    row = program.add_row(3, 3)
    program.add_column(1, 0, 1, [(row, 1)])

    assert program.solved() is None


def test_a_column_joins_a_row_later() -> None:
    program = Program()
    first = program.add_row(2, 2)
    column = program.add_column(1, 0, 9, [(first, 1)])
    second = program.add_row(5, 9)
    other = program.add_column(1, 0, 9, [])
    program.join(column, second, 1)
    program.join(other, second, 1)

    found = program.solved()

    assert found is not None
    assert found.tolist() == [2.0, 3.0]

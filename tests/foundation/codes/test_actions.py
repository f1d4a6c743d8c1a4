"""Making, replacing and entering codes; guessing does not pay."""

import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.foundation.ballotbox.databases import side_by_side

from burgertop.foundation.codes.actions import enter, make, make_many, replace, revoke
from burgertop.foundation.codes.alphabet import ALPHABET, canonical, draw
from burgertop.foundation.codes.models import Attempts, Code, Space
from burgertop.foundation.codes.queries import has_code
from burgertop.foundation.wording import HouseError

NETWORK = "a" * 64


def refusal(process_id: uuid.UUID, typed: str, now: datetime, network: str = NETWORK, purpose: str = "seat") -> str:
    """The code of the error that a typed code gives, or "taken"."""
    try:
        enter(process_id, purpose, typed, network=network, now=now)
    except HouseError as error:
        return error.code
    return "taken"


def test_a_code_opens_its_row_however_it_is_typed(process_id: uuid.UUID, now: datetime) -> None:
    subject = uuid.uuid4()
    code = make(process_id, "seat", subject)

    entered = [
        enter(process_id, "seat", typed, network=NETWORK, now=now).subject
        for typed in (code, code.lower(), code.replace(" ", "-"), canonical(code), f"  {code}.\n")
    ]

    assert entered == [subject] * 5


def test_the_code_itself_is_stored_nowhere(process_id: uuid.UUID) -> None:
    code = canonical(make(process_id, "seat", uuid.uuid4()))

    stored = repr(list(Code.objects.values()) + list(Space.objects.values()))

    assert code not in stored


def test_a_row_has_one_code(process_id: uuid.UUID) -> None:
    subject = uuid.uuid4()
    make(process_id, "seat", subject)

    with pytest.raises(HouseError) as refused:
        make(process_id, "seat", subject)

    assert (refused.value.code, Code.objects.count()) == ("codes.made_already", 1)


def test_many_codes_are_all_or_none(process_id: uuid.UUID) -> None:
    taken = uuid.uuid4()
    make(process_id, "seat", taken)

    with pytest.raises(HouseError) as refused:
        make_many(process_id, "seat", [uuid.uuid4(), taken])

    assert (refused.value.code, Code.objects.count()) == ("codes.made_already", 1)


@pytest.mark.slow
def test_ten_thousand_codes_are_made_in_a_few_seconds(process_id: uuid.UUID) -> None:
    subjects = [uuid.uuid4() for _ in range(10_000)]
    begun = time.perf_counter()

    codes = make_many(process_id, "seat", subjects)

    assert (len(set(codes.values())), Code.objects.count()) == (10_000, 10_000)
    assert time.perf_counter() - begun < 20


def test_a_replaced_code_says_so_and_the_new_one_works(process_id: uuid.UUID, now: datetime) -> None:
    subject = uuid.uuid4()
    old = make(process_id, "seat", subject)

    new = replace(process_id, "seat", subject)

    assert [refusal(process_id, code, now) for code in (old, new)] == ["codes.replaced", "taken"]


def test_a_revoked_code_says_so(process_id: uuid.UUID, now: datetime) -> None:
    subject = uuid.uuid4()
    code = make(process_id, "seat", subject)

    for _ in range(2):
        revoke(process_id, "seat", subject)

    assert (refusal(process_id, code, now), has_code(process_id, "seat", subject)) == ("codes.revoked", False)


def test_codes_of_one_purpose_or_process_do_not_open_another(process_id: uuid.UUID, now: datetime) -> None:
    code = make(process_id, "seat", uuid.uuid4())
    make(process_id, "idea", uuid.uuid4())

    answers = [refusal(process_id, code, now, purpose="idea"), refusal(uuid.uuid4(), code, now)]

    assert answers == ["codes.unknown", "codes.unknown"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "codes.empty"),
        (" .- ", "codes.empty"),
        ("K7M4 PX9R", "codes.mistyped"),
        ("0OIL U111 11", "codes.mistyped"),
        ("<b>hello</b>", "codes.mistyped"),
        ("\N{PILE OF POO}" * 10, "codes.mistyped"),
        ("A" * 100_000, "codes.mistyped"),
    ],
)
def test_what_is_no_code_is_told_apart_and_not_counted(
    process_id: uuid.UUID, now: datetime, typed: str, code: str
) -> None:
    make(process_id, "seat", uuid.uuid4())

    assert (refusal(process_id, typed, now), Attempts.objects.count()) == (code, 0)


def test_the_error_names_the_characters_no_code_has(process_id: uuid.UUID, now: datetime) -> None:
    with pytest.raises(HouseError) as refused:
        enter(process_id, "seat", "K0M4 PXOR W2", network=NETWORK, now=now)

    assert refused.value.params == {"given": 10, "needed": 10, "strange": ("0", "O")}


def test_a_wrong_code_is_counted_for_the_space_and_the_network(process_id: uuid.UUID, now: datetime) -> None:
    make(process_id, "seat", uuid.uuid4())

    answers = [refusal(process_id, draw(), now) for _ in range(3)]

    assert answers == ["codes.unknown"] * 3
    assert set(Attempts.objects.values_list("network", "wrong")) == {("", 3), (NETWORK, 3)}


def test_after_twenty_wrong_codes_a_network_waits_even_with_a_right_one(process_id: uuid.UUID, now: datetime) -> None:
    code = make(process_id, "seat", uuid.uuid4())
    for _ in range(20):
        refusal(process_id, draw(), now)

    with pytest.raises(HouseError) as refused:
        enter(process_id, "seat", code, network=NETWORK, now=now)

    assert (refused.value.code, refused.value.params) == ("codes.too_many_attempts", {"minutes": 8})
    assert refusal(process_id, code, now, network="b" * 64) == "taken"
    assert refusal(process_id, code, now + timedelta(minutes=8)) == "taken"


def test_a_space_takes_two_hundred_wrong_codes_a_window(process_id: uuid.UUID, now: datetime) -> None:
    code = make(process_id, "seat", uuid.uuid4())
    for number in range(200):
        refusal(process_id, draw(), now, network=f"{number:064}")

    assert refusal(process_id, code, now, network="fresh") == "codes.too_many_attempts"
    assert refusal(process_id, code, now + timedelta(minutes=10), network="fresh") == "taken"


def test_a_large_space_takes_as_many_wrong_codes_as_it_has_codes(process_id: uuid.UUID, now: datetime) -> None:
    codes = make_many(process_id, "seat", [uuid.uuid4() for _ in range(250)])
    space = Space.objects.get()
    window = now - timedelta(minutes=2)
    wrong = Attempts.objects.create(space=space, network="", window=window, wrong=249)
    code = next(iter(codes.values()))

    before = refusal(process_id, code, now)
    wrong.wrong = 250
    wrong.save()

    assert (before, refusal(process_id, code, now)) == ("taken", "codes.too_many_attempts")


def test_a_care_home_with_many_slips_of_the_pen_is_not_locked_out(process_id: uuid.UUID, now: datetime) -> None:
    codes = [canonical(code) for code in make_many(process_id, "seat", [uuid.uuid4() for _ in range(80)]).values()]
    slips = [
        code[:place] + next(sign for sign in ALPHABET if sign != code[place]) + code[place + 1 :]
        for code in codes
        for place in (0, 4, 9)
    ]
    swapped = [code[:3] + code[4] + code[3] + code[5:] for code in codes if code[3] != code[4]]

    wrong = {refusal(process_id, typed, now) for typed in [*slips, *swapped]}
    taken = [refusal(process_id, code, now) for code in codes]

    assert (wrong, set(taken), len(taken)) == ({"codes.mistyped"}, {"taken"}, 80)


@pytest.mark.django_db(transaction=True)
def test_entering_inside_a_transaction_is_refused_because_the_count_could_be_undone(
    make_process: Callable[[], uuid.UUID], now: datetime
) -> None:
    process_id = make_process()

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        enter(process_id, "seat", draw(), network=NETWORK, now=now)


def test_a_right_and_a_wrong_code_ask_the_same_of_the_database_up_to_the_count(
    process_id: uuid.UUID, now: datetime
) -> None:
    code = make(process_id, "seat", uuid.uuid4())

    shapes = []
    for typed in (code, draw()):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            refusal(process_id, typed, now)
        shapes.append([query["sql"].split("WHERE")[0] for query in queries if query["sql"].startswith("SELECT")][:3])

    assert shapes[0] == shapes[1]


def test_a_burst_of_guesses_does_not_slip_past_the_limit(
    file_database: Path | None, make_process: Callable[[], uuid.UUID], now: datetime
) -> None:
    process_id = make_process()
    make(process_id, "seat", uuid.uuid4())

    answers = side_by_side([lambda: refusal(process_id, draw(), now)] * 40)

    assert sorted(map(str, answers)) == ["codes.too_many_attempts"] * 20 + ["codes.unknown"] * 20
    assert set(Attempts.objects.values_list("network", "wrong")) == {("", 20), (NETWORK, 20)}

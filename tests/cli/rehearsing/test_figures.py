"""When a figure is good, missed, or says more of the measuring than of the server."""

import asyncio
import time

import pytest

from burgertop.cli.rehearsing.figures import Figure, LagMeter
from burgertop.cli.rehearsing.report import as_json, as_text, exit_code_of


@pytest.mark.parametrize(
    ("figure", "is_met", "is_void"),
    [
        (Figure("card", 400, "ms", most=500, wanted=3, came=3), True, False),
        (Figure("card", 600, "ms", most=500, wanted=3, came=3), False, False),
        (Figure("card", 600, "ms", most=500, wanted=3, came=3, lag=300), False, True),
        (Figure("card", 400, "ms", most=500, wanted=3, came=3, lag=300), True, False),
        (Figure("card", 400, "ms", most=500, wanted=3, came=2, lag=300), False, False),
        (Figure("page", 0.02, "of the floor", least=0.012), True, False),
        (Figure("page", 0.01, "of the floor", least=0.012), False, False),
    ],
)
def test_a_figure_is_met_missed_or_void(figure: Figure, is_met: bool, is_void: bool) -> None:
    assert (figure.is_met, figure.is_void) == (is_met, is_void)


def test_the_exit_code_says_whether_to_believe_it() -> None:
    good, bad = Figure("a", 1, "ms", most=2), Figure("b", 3, "ms", most=2)
    void = Figure("c", 3, "ms", most=2, lag=2)

    assert [exit_code_of(figures) for figures in ([good], [good, bad], [good, bad, void])] == [0, 1, 3]


def test_what_was_lost_is_said() -> None:
    said = as_text([Figure("a message", 20, "ms", p50=9, most=50, wanted=1000, came=998)], tables=2, viewers=1000)

    assert "NO    a message: 20 ms (half of them within 9), at most 50 wanted; 998 of 1,000 came" in said
    assert '"is_met": false' in as_json([Figure("a", 20, "ms", most=9)], tables=2, viewers=1)


def test_a_loop_that_is_held_up_says_so() -> None:
    async def run() -> float:
        meter = LagMeter()
        meter.start()
        await asyncio.sleep(0.02)
        for _ in range(5):
            time.sleep(0.05)  # holds the loop up
            await asyncio.sleep(0)
        await asyncio.sleep(0.02)
        return meter.stop()

    assert asyncio.run(run()) > 30

"""A bar on a terminal, quiet lines elsewhere."""

import io

from burgertop.cli.sortition.progress import progress_on


class _Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_elsewhere_each_kind_of_work_is_one_quiet_line() -> None:
    out = io.StringIO()
    tell = progress_on(out)

    for share, work in [(0.0, "chances"), (0.1, "chances"), (0.3, "panels"), (0.9, "panels"), (0.95, "distribution")]:
        tell(share, work)

    assert out.getvalue() == "settling everybody's chance ...\ndealing panels ...\nweighing panels ...\n"


def test_on_a_terminal_one_line_fills_up_and_is_wiped_at_the_end() -> None:
    out = _Terminal()
    tell = progress_on(out)

    tell(0.5, "panels")
    tell(0.5, "panels")
    half = out.getvalue()
    tell(1.0, "panels")

    assert half.count("\r") == 1
    assert "[###############...............]  50 %  dealing panels" in half
    assert out.getvalue().split("\r")[-2].strip() == ""

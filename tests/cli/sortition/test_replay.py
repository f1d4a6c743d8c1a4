"""``burgertop replay``: the same digests from the same files."""

from tests.cli.sortition.conftest import Case, Sealed


def test_the_same_files_give_the_same_digests(case: Case) -> None:
    (case.home / "never").write_text("p7\n", encoding="utf-8")
    case.draw("--panels", "70", "--rule", "nash", "--never", str(case.home / "never"))

    code, said, _ = case.call("replay", case.out, *case.files())

    assert code == 0
    assert [line.split()[:2] for line in said.splitlines()[:4]] == [
        ["same", "lottery.json"],
        ["same", "panels.csv"],
        ["same", "chances.csv"],
        ["same", "commitment.txt"],
    ]


def test_a_lottery_that_was_changed_is_another_one(case: Case, seal: Sealed) -> None:
    case.draw()
    lottery = case.out / "lottery.json"
    lottery.write_bytes(lottery.read_bytes().replace(b'"gap":', b'"gap":1'))
    seal(case.out)

    code, said, _ = case.call("replay", case.out, *case.files())

    assert code == 1
    assert "OTHER lottery.json" in said
    assert "2 of 4 files differ." in said


def test_other_quotas_make_another_lottery(case: Case) -> None:
    case.draw()
    case.quotas.write_text(case.quotas.read_text("utf-8").replace("young,1,3", "young,1,2"), encoding="utf-8")

    assert case.call("replay", case.out, *case.files())[0] == 1

"""``burgertop verify`` on the file of a package: what holds, what does not, what it cannot show."""

import json
from pathlib import Path

import pytest
from tests.cli.sortition.conftest import Case
from tests.core.sortition.package_cases import MAKERS, PACKING, TAMPERED, Change, Package, own, public, read

from burgertop.core.sortition.package import public_package


def written(folder: Path, package: Package, name: str = "package.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    return path


def lines(said: str, mark: str) -> list[str]:
    return [line[6:] for line in said.splitlines() if line.startswith(mark.ljust(6))]


@pytest.mark.parametrize(
    ("kind", "good", "opened"),
    [
        ("public", "Panel 26 follows from the commitment and the public chance.", "Whether the commitment fits"),
        ("own", "Your row is one of the 48 rows that the root promises.", "Whether everybody got this commitment"),
        ("audit", "Each level of the certificate follows from its prices.", "Whether all who said yes are in the pool"),
    ],
)
def test_a_package_holds_and_says_what_it_cannot_show(case: Case, kind: str, good: str, opened: str) -> None:
    code, said, _ = case.call("verify", written(case.home, MAKERS[kind]()))

    assert (code, lines(said, "WRONG")) == (0, [])
    assert good in lines(said, "ok")
    assert any(line.startswith(opened) for line in lines(said, "open"))


@pytest.mark.parametrize(("kind", "change", "check"), TAMPERED.values(), ids=TAMPERED)
def test_a_package_that_was_tampered_with_is_refused(case: Case, kind: str, change: Change, check: str) -> None:
    package = MAKERS[kind]()
    change(package)

    code, said, _ = case.call("verify", written(case.home, package))

    assert code == 1
    assert lines(said, "WRONG")
    assert check not in said  # a sentence, not the code


def test_with_the_public_package_the_root_is_the_one_that_everybody_got(case: Case) -> None:
    mine = written(case.home, own())
    before, after = (
        written(case.home, read(public_package(PACKING)), "before.json"),
        written(case.home, public(), "p.json"),
    )
    other = written(case.home, public() | {"root": "00" * 32}, "other.json")

    for name, code in ((before, 0), (after, 0), (other, 1)):
        ended, said, _ = case.call("verify", mine, "--public", name)

        assert ended == code
        assert not any(line.startswith("Whether everybody got") for line in lines(said, "open"))


def test_what_is_no_package_is_refused(case: Case) -> None:
    code, said, _ = case.call("verify", written(case.home, own() | {"kind": "a letter"}))

    assert (code, lines(said, "WRONG")) == (
        1,
        ["package.json can be read. This is not a package of a lottery (a letter)."],
    )
    assert case.call("verify", case.pool)[0] == 2


def test_words_that_do_not_belong_to_a_package_are_refused(case: Case) -> None:
    mine = written(case.home, own())

    assert case.call("verify", mine, *case.files())[0] == 2
    assert case.call("verify", case.home, "--public", mine)[0] == 2
    assert case.call("verify", mine, "--public", mine)[0] == 2

"""A small case for the terminal: twelve people, four seats, two features."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from burgertop.cli.main import main

POOL = """id,name,gender,age
p1,Ann,woman,young
p2,Bea,woman,young
p3,Cis,woman,old
p4,Dora,woman,old
p5,Els,woman,old
p6,Fay,woman,young
p7,Gus,man,young
p8,Hal,man,old
p9,Ivo,man,old
p10,Jan,man,old
p11,Karl,man,young
p12,Leo,man,old
"""
QUOTAS = """category,feature,min,max
gender,woman,2,2
gender,man,2,2
age,young,1,3
age,old,1,3
"""


@dataclass
class Case:
    """A pool and quotas in a folder, and the commands on them."""

    home: Path
    capsys: pytest.CaptureFixture[str]
    pool: Path = field(init=False)
    quotas: Path = field(init=False)
    out: Path = field(init=False)

    def __post_init__(self) -> None:
        self.pool, self.quotas, self.out = self.home / "pool.csv", self.home / "quotas.csv", self.home / "lottery"
        self.pool.write_text(POOL, encoding="utf-8")
        self.quotas.write_text(QUOTAS, encoding="utf-8")

    def files(self) -> list[str]:
        return ["--pool", str(self.pool), "--quotas", str(self.quotas)]

    def draw(self, *more: str, seats: int = 4) -> tuple[int, str, str]:
        return self.call("draw", *self.files(), "--seats", str(seats), "--id", "id", "--out", str(self.out), *more)

    def call(self, *words: str) -> tuple[int, str, str]:
        """Run a command; return its exit code, what it said, and what it complained of."""
        self.capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as ended:
            code = int(str(ended.code))
        said = self.capsys.readouterr()
        return code, said.out, said.err


@pytest.fixture
def case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Case:
    return Case(tmp_path, capsys)


Sealed = Callable[[Path], None]


@pytest.fixture
def seal() -> Sealed:
    """Do what a clever forger would: make the digests of the manifest and the commitment fit the changed files."""
    import json
    from hashlib import sha256

    def sealed(folder: Path) -> None:
        lottery = (folder / "lottery.json").read_bytes()
        (folder / "commitment.txt").write_text(sha256(lottery).hexdigest() + "\n", encoding="ascii")
        manifest = json.loads((folder / "manifest.json").read_bytes())
        for name in manifest["files"]:
            content = (folder / name).read_bytes()
            manifest["files"][name] = {"bytes": len(content), "sha256": sha256(content).hexdigest()}
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    return sealed

"""Links and code blocks of every document hold; no document and no file names what only this machine has."""

import doctest
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.docs.pages import DOCS, ROOT, Block, anchors_of, blocks_of, documents, links_of

from burgertop.cli.main import COMMANDS

WELL_KNOWN = re.compile(
    r"^(?:apt-get|awk|burgertop|cat|cd|chmod|cp|cut|diff|export|git|grep|head|import|journalctl|mkdir|mv|openssl|pg_dump|"
    r"pip|psql|python3?|rm|sha256sum|sort|source|sudo|systemctl|tar|test|unzip|useradd|with)$"
)
OF_THE_LAUNCHER = {"test"}
# Hosts from which packages come, by the words such addresses have; a lock that names one works on one network only.
HOSTS = re.compile(rb"://[^/\s\"']*(?:registry|mirror|packages)[^/\s\"']*|://[^\s\"']+/simple\b")
HOMES = re.compile(rb"/(?:home|Users|root|work|tmp/bt)/[A-Za-z0-9_.-]+")
BINARY = {".woff2", ".png", ".ico", ".mo", ".xlsx", ".pdf", ".gz", ".zip"}


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_inside_the_project_leads_somewhere(path: Path) -> None:
    broken = [
        f"{path.relative_to(ROOT)}:{line}: {link}" for line, link in links_of(path) if not _leads_somewhere(path, link)
    ]

    assert broken == [], "\n".join(broken)


def _leads_somewhere(path: Path, link: str) -> bool:
    if re.match(r"^(?:https?:|mailto:)", link):
        return True
    name, _, anchor = link.partition("#")
    target = (path.parent / name).resolve() if name else path
    if not target.exists() or not target.is_relative_to(ROOT):
        return False
    return not anchor or (target.suffix == ".md" and anchor in anchors_of(target))


def test_every_page_can_be_reached_from_the_first_one() -> None:
    reached, waiting = set[Path](), [ROOT / "README.md", DOCS / "index.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        waiting += [(page.parent / link.partition("#")[0]).resolve() for _, link in links_of(page)]

    assert [path.relative_to(ROOT).as_posix() for path in DOCS.rglob("*.md") if path not in reached] == []


def _blocks(kind: str) -> list[Block]:
    return [block for path in documents() for block in blocks_of(path) if block.kind == kind]


@pytest.mark.parametrize("block", _blocks("python run"), ids=lambda block: block.place)
def test_every_example_in_python_runs(block: Block) -> None:
    example = doctest.DocTestParser().get_doctest(block.code, {}, block.place, str(block.path), block.line)
    said: list[str] = []

    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(example, out=said.append)

    assert result.attempted > 0
    assert result.failed == 0, "".join(said)


@pytest.mark.parametrize("block", _blocks("sh"), ids=lambda block: block.place)
def test_every_example_for_the_terminal_uses_commands_that_exist(block: Block) -> None:
    names = {command.name for command in COMMANDS if not command.is_inner}
    ours = re.findall(r"(?:^|[\s/])burgertop +([a-z][\w-]*)(?=\s|$)", _without_here_documents(block.code))
    launched = set(re.findall(r"\./burgertop +([a-z][\w-]*)", block.code))
    # The launcher passes other words on; ``useradd ... burgertop`` ends its line with the name.
    unknown = [word for word in ours if word not in names and not (word in OF_THE_LAUNCHER and word in launched)]

    assert unknown == [], block.place


def _without_here_documents(code: str) -> str:
    return re.sub(r"<<'?(\w+)'?\n.*?^\1$", "", code, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", _blocks("sh"), ids=lambda block: block.place)
def test_every_example_for_the_terminal_begins_each_line_with_a_known_program(block: Block) -> None:
    code = _without_here_documents(block.code).replace("\\\n", " ")
    lines = [line.strip() for line in code.splitlines() if line.strip() and not line.strip().startswith("#")]
    first = [re.sub(r"^(?:[A-Z_]+=\S*\s+)*", "", line).split()[0] for line in lines]

    strange = [word for word in first if not WELL_KNOWN.match(word.rsplit("/", 1)[-1])]

    assert strange == [], block.place


def _tracked() -> list[Path]:
    """The files that git knows or would take; without git, the documents and sources."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        asked = [git, "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(asked, capture_output=True, check=True).stdout.decode().split("\0")
        return [path for name in listed if name and (path := ROOT / name).is_file()]
    return [*documents(), *ROOT.glob("*.lock"), *(path for path in (ROOT / "src").rglob("*") if path.is_file())]


def test_no_file_names_a_host_of_packages_or_a_folder_of_one_machine() -> None:
    here = Path(__file__).resolve()
    found = [
        f"{path.relative_to(ROOT)}: {hit.group().decode()}"
        for path in _tracked()
        if path.suffix not in BINARY and path != here
        for pattern in (HOSTS, HOMES)
        if (hit := pattern.search(path.read_bytes()))
    ]

    assert found == [], "\n".join(found)

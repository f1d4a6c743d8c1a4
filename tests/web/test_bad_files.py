"""Whatever file is handed in, in whatever form that takes one: a clear answer in Dutch, and nothing stored."""

import io
import zipfile
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker
from tests.web.forms_walk import FoundForm, Walk, count_rows, find_forms
from tests.web.small_process import make_small_process

from burgertop.foundation.files.tables import write_xlsx

pytestmark = [
    pytest.mark.slow,
    pytest.mark.same_on_both,
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::UserWarning:openpyxl"),
]

GOOD = write_xlsx(["id", "text"], [["1", "Een bank"]])


def bomb() -> bytes:
    """A workbook that unpacks to four hundred megabytes of noughts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(40):
                part.write(bytes(10 * 2**20))
    return out.getvalue()


FILES = {
    "empty": b"",
    "only spaces": b"  \n \n",
    "headings only": b"id,text\n",
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(500),
    "bytes": bytes(range(256)) * 30,
    "half a workbook": GOOD[: len(GOOD) // 2],
    "broken workbook": GOOD[:400] + bytes(60) + GOOD[460:],
    "script": b"id,text,<script>alert(1)</script>\n1,<script>alert(1)</script>,x\n",
    "other columns": b"color,shape\nred,round\n",
    "doubled headings": b"text,TEXT\na,b\n",
    "doubled ids": b"id,text,language,name,sex\n1,een idee,nl,Mia,F\n1,nog een,nl,Jan,M\n",
    "open quote": b'id,text\n1,"half\n2,x\n',
    "ragged": b"id,text\n1,a,b,c\n",
    "nought": b"id,text\n" + b"1,een idee\n" * 900 + b"2,a\0b\n",
    "long cells": b"feature,value,min,max,text\n"
    + b"f" * 5000
    + b","
    + b"v" * 5000
    + b",1,99999999,"
    + b"x" * 9000
    + b"\n",
    "wrong numbers": b"feature,value,min,max\nsex,F,-1,x\nsex,M,9,1\n",
    "utf-16": "id;text;language\n1;Een idée;nl\n".encode("utf-16"),
    "latin": "id;text;language\n1;Een idée;nl\n".encode("latin-1"),
    "wide": b",".join(b"c%d" % number for number in range(10_000)) + b"\n",
}


@pytest.fixture(scope="module")
def small_house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Walk]:
    """The forms of a small process that take a file."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("nl"):
        yield find_forms(make_small_process(), who=("organiser",))
        transaction.set_rollback(True)


def hand_in(walk: Walk, form: FoundForm, content: bytes, ending: str) -> str:
    """Hand a file in at every place for one; return what is wrong with the answer."""
    fields: dict[str, object] = {
        name: values[0] for name, values in form.filled().items() if form.kinds[name] != "file"
    }
    files = {name: SimpleUploadedFile(f"pool.{ending}", content) for name, kind in form.kinds.items() if kind == "file"}
    before = count_rows()
    answer = walk.clients[form.actor].post(form.address, {**fields, **files}, follow=True)
    text = answer.content.decode()
    faults = {
        f"status {answer.status_code}": answer.status_code >= 500,
        "not in Dutch": '<html lang="nl"' not in text,
        "unescaped": "<script>alert(1)" in text,
        "something was stored": count_rows() != before and "seating" not in form.address,
    }
    return ", ".join(fault for fault, is_so in faults.items() if is_so)


def test_no_file_breaks_a_page(small_house: Walk) -> None:
    takers = [form for form in small_house.forms if "file" in form.kinds.values()]
    files = {**FILES, "bomb": bomb()}
    wrong = {}
    with translation.override("nl"):
        for form in takers:
            for name, content in files.items():
                for ending in ("csv", "xlsx"):
                    before = transaction.savepoint()
                    if found := hand_in(small_house, form, content, ending):
                        wrong[form.address, name, ending] = found
                    transaction.savepoint_rollback(before)

    assert len(takers) > 3
    assert wrong == {}

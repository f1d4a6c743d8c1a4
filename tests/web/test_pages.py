"""What the server hands over becomes a WSGI request, and its answer goes back whole."""

import asyncio
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tests.web.requests import FakeHeaders, FakeRequest, FakeScope

from burgertop.web.pages import IN_MEMORY_BYTES, Environment, OpenFile, Pages, environment_of

FORM = [("host", "testserver"), ("content-type", "text/plain")]


def answered(
    scope: FakeScope, request: FakeRequest, tell: Callable[[Environment], Iterable[bytes]] | None = None
) -> tuple[FakeRequest, list[Environment]]:
    """Answer a request by an application that gives back what ``tell`` says."""
    seen: list[Environment] = []

    def application(environment: Environment, start_response: Callable[..., object]) -> Iterable[bytes]:
        seen.append({**environment, "read": environment["wsgi.input"].read()})
        start_response("200 OK", [("Content-Type", "text/plain"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
        return tell(environment) if tell is not None else [b"hello"]

    asyncio.run(Pages(application, threads=1, most_bytes=1_000_000)(scope, request))
    return request, seen


def test_a_page_goes_back_in_one_piece_with_its_headers() -> None:
    request, seen = answered(FakeScope("/é/", "q=1"), FakeRequest())

    assert (request.status, request.text) == (200, "hello")
    assert request.headers == [("content-type", "text/plain"), ("set-cookie", "a=1"), ("set-cookie", "b=2")]
    assert seen[0]["PATH_INFO"].encode("latin-1").decode() == "/é/"
    assert (seen[0]["QUERY_STRING"], seen[0]["REMOTE_ADDR"], seen[0]["read"]) == ("q=1", "127.0.0.1", b"")


def test_a_form_is_read_to_its_end() -> None:
    scope = FakeScope("/", method="POST", headers=FakeHeaders([*FORM, ("content-length", "6")]))

    _, seen = answered(scope, FakeRequest([b"abc", b"def"]))

    assert (seen[0]["read"], seen[0]["CONTENT_LENGTH"], seen[0]["CONTENT_TYPE"]) == (b"abcdef", "6", "text/plain")


def test_half_a_form_never_reaches_a_page() -> None:
    scope = FakeScope("/", method="POST", headers=FakeHeaders([*FORM, ("content-length", "6")]))

    request, seen = answered(scope, FakeRequest([b"abc"]))

    assert (request.status, seen) == (400, [])


def test_a_giant_is_not_read_but_the_page_may_say_so() -> None:
    scope = FakeScope("/", method="POST", headers=FakeHeaders([*FORM, ("content-length", "1000001")]))

    request, seen = answered(scope, FakeRequest([b"x"]))

    assert (request.is_read, seen[0]["read"], seen[0]["CONTENT_LENGTH"]) == (False, b"", "1000001")


def test_a_long_answer_comes_in_pieces_and_is_closed() -> None:
    class Pieces(list[bytes]):
        is_closed = False

        def close(self) -> None:
            self.is_closed = True

    pieces = Pieces([b"a", b"b", b"c"])

    request, _ = answered(FakeScope("/"), FakeRequest(), lambda _: pieces)

    assert (request.text, pieces.is_closed) == ("abc", True)


def test_a_long_file_is_sent_by_the_server_and_a_short_one_by_us(tmp_path: Path) -> None:
    for size in (10, IN_MEMORY_BYTES + 1):
        (tmp_path / f"{size}").write_bytes(b"x" * size)

    def wrapped(path: Path) -> Callable[[Environment], Iterable[bytes]]:
        return lambda environment: environment["wsgi.file_wrapper"](path.open("rb"))

    short, _ = answered(FakeScope("/"), FakeRequest(), wrapped(tmp_path / "10"))
    long, _ = answered(FakeScope("/"), FakeRequest(), wrapped(tmp_path / f"{IN_MEMORY_BYTES + 1}"))

    assert (short.text, short.file) == ("x" * 10, "")
    assert long.file == str(tmp_path / f"{IN_MEMORY_BYTES + 1}")
    assert OpenFile(io.BytesIO(b"x" * (IN_MEMORY_BYTES + 1))).whole_path() == ""


def test_an_application_that_breaks_is_an_answer_all_the_same() -> None:
    def broken(_environment: Environment) -> Iterable[bytes]:
        raise RuntimeError

    request, _ = answered(FakeScope("/"), FakeRequest(), broken)

    assert request.status == 500


def test_nobody_passes_for_the_web_server_before_us() -> None:
    """A dash and an underscore would be the same name in a WSGI environment."""
    headers = FakeHeaders([("host", "a"), ("x_forwarded_proto", "https"), ("x-forwarded-for", "1.2.3.4")])

    environment: dict[str, Any] = environment_of(FakeScope("/", headers=headers, client="[::1]:9", server="[::]:443"))

    assert "HTTP_X_FORWARDED_PROTO" not in environment
    assert environment["HTTP_X_FORWARDED_FOR"] == "1.2.3.4"
    assert (environment["REMOTE_ADDR"], environment["SERVER_NAME"], environment["SERVER_PORT"]) == ("::1", "::", "443")


def test_over_http_2_the_authority_is_the_host() -> None:
    environment = environment_of(FakeScope("/", headers=FakeHeaders([]), authority="zaal.example.org"))

    assert environment["HTTP_HOST"] == "zaal.example.org"

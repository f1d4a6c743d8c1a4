"""Citizens who write to a real server at once, and remember what the server said it had taken."""

import http.client
import random
import re
import threading
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from urllib.parse import urlencode

__all__ = ["Citizen", "Places", "Written", "write_until"]

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
GONE = (urllib.error.URLError, http.client.HTTPException, OSError)
SECONDS = 20
MOST_FORMS = 500  # of one citizen before a kill


@dataclass(frozen=True, slots=True)
class Places:
    """Where to write: addresses of the practice summit."""

    send: str
    rate: tuple[str, ...]
    vote: str
    door: str
    write: str


@dataclass(slots=True)
class Written:
    """One form that was sent; ``is_taken`` when the server said so before it was killed."""

    kind: str
    address: str
    fields: Mapping[str, str]
    is_taken: bool = False


@dataclass(slots=True)
class Citizen:
    """One browser. It keeps its cookies when the server is killed."""

    server: str
    places: Places
    rng: random.Random
    written: list[Written] = field(default_factory=list)
    jar: CookieJar = field(default_factory=CookieJar)
    token: str = ""

    def post(self, address: str, fields: Mapping[str, str]) -> int:
        """Send a form as a browser does; returns the status at the end of the way."""
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        if not self.token:
            with opener.open(f"{self.server}{self.places.vote}", timeout=SECONDS) as page:
                self.token = TOKEN.findall(page.read().decode())[0]
        body = urlencode({**fields, "csrfmiddlewaretoken": self.token}).encode()
        try:
            with opener.open(f"{self.server}{address}", body, timeout=SECONDS) as answer:
                answer.read()
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def send(self, one: Written) -> None:
        """Send a form, again when need be, and remember whether it was taken."""
        status = self.post(one.address, one.fields)
        assert status == 200, f"{one.kind} was answered with {status}"
        one.is_taken = True

    def send_again(self, one: Written) -> None:
        """Send a form once more; an older paper never replaces a newer one, and says so."""
        newest = [other for other in self.written if other.kind == "vote"][-1:]
        if one.kind == "vote" and one not in newest:
            assert self.post(one.address, one.fields) in {200, 422}  # 200: the newer one was cut off, this one stands
        else:
            self.send(one)

    def write_one(self, kind: str) -> None:
        """Write something new."""
        once = str(uuid.UUID(int=self.rng.getrandbits(128), version=4))
        forms: dict[str, Callable[[], Written]] = {
            "idea": lambda: Written(
                kind,
                self.places.send,
                {"text": f"Een bank {once} in het park", "language": "nl", "once": once, "send": "1"},
            ),
            "rating": lambda: Written(kind, self.rng.choice(self.places.rate), {"rating": "agree"}),
            "vote": lambda: Written(
                kind,
                self.places.vote,
                {"choice": str(self.rng.randint(1, 8)), "once": once, "step": "send"},
            ),
            "card": lambda: Written(
                kind,
                self.places.write,
                {"text": f"Kaart {once}", "language": "nl", "card": once, "once": once, "revision": "0", "do": "keep"},
            ),
        }
        one = forms[kind]()
        self.written.append(one)
        self.send(one)

    def bind(self) -> None:
        """Become the device of the table."""
        assert self.post(self.places.door, {}) == 200


def write_until(citizens: list[Citizen], kinds: Mapping[int, tuple[str, ...]], *, enough: Callable[[], None]) -> None:
    """Let everybody write until the server is gone; ``enough`` is called after each form that was taken."""

    def keep_writing(number: int, citizen: Citizen) -> None:
        try:
            for _ in range(MOST_FORMS):
                citizen.write_one(citizen.rng.choice(kinds[number]))
                enough()
        except GONE:
            return

    threads = [threading.Thread(target=keep_writing, args=pair) for pair in enumerate(citizens)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

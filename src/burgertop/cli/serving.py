"""``burgertop serve``: one address, web processes and one worker, looked after until it is stopped."""

import argparse
import errno
import os
import ssl
import sys
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPSConnection

from django.conf import settings

from burgertop.cli.halls import Hall, hall_from
from burgertop.cli.house import Problem, held
from burgertop.cli.listening import Doors
from burgertop.cli.setting_up import set_up
from burgertop.cli.supervising import Child, Supervisor
from burgertop.web.knobs import read_knobs

__all__ = ["add_arguments", "run", "serve"]

PATIENCE_SECONDS = 8.0
WORKER_WAITS_SECONDS = 3.0  # the first page comes first
HELD = (
    "a server is running on {home} already (process {{process}}). "
    "Stop it first, or choose another folder with BURGERTOP_HOME."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The address, when it is another than the knobs say."""
    parser.add_argument("--bind", help="the address to listen on (BURGERTOP_BIND, 127.0.0.1; in a hall 0.0.0.0)")
    parser.add_argument("--port", type=int, help="the port to listen on (BURGERTOP_PORT, 8000; in a hall 443)")
    parser.add_argument("--hall", action="store_true", help="speak TLS and HTTP/2 with a certificate of your own")
    parser.add_argument("--certificate", help="its chain of certificates, PEM (BURGERTOP_CERTIFICATE)")
    parser.add_argument("--key", help="its key, PEM, without a passphrase (BURGERTOP_CERTIFICATE_KEY)")


def run(chosen: argparse.Namespace) -> int:
    """Serve until SIGTERM or Ctrl+C."""
    knobs = read_knobs()
    if not chosen.hall:
        return serve(chosen.bind or knobs.bind, chosen.port or knobs.port)
    hall = hall_from(
        knobs,
        bind=chosen.bind or "",
        port=chosen.port or 0,
        certificate=chosen.certificate or knobs.certificate,
        key=chosen.key or knobs.certificate_key,
        now=datetime.now(UTC),
    )
    os.environ.update(hall.environment(knobs.hosts))
    return serve(hall.bind, hall.port, hall=hall)


def serve(
    bind: str,
    port: int,
    *,
    is_set_up: bool = False,
    opening_page: str = "/",
    hall: Hall | None = None,
    helpers: Sequence[str] = (),
) -> int:
    """Set up, start all processes (and ``helpers``, inner commands), announce the address, look after them."""
    with (
        held(settings.HOME / "server.lock", problem=HELD.format(home=settings.HOME)) as left_by,
        _doors(bind, port, patience_seconds=PATIENCE_SECONDS if left_by else 0) as doors,
    ):
        if not is_set_up:
            set_up()
        os.environ.update(BURGERTOP_BIND=bind, BURGERTOP_PORT=str(port))
        if hall is None:
            os.environ.update(BURGERTOP_CERTIFICATE="", BURGERTOP_CERTIFICATE_KEY="")
        me = [sys.executable, "-m", "burgertop.cli.main"]
        later = time.monotonic() + WORKER_WAITS_SECONDS
        webs = [
            Child(
                "web", (), start_again_at=later if number else 0, when_failing=partial(_try_another_door, doors, number)
            )
            for number in range(read_knobs().processes)
        ]
        for number, child in enumerate(webs):
            _hand_door(doors, number, child)
        others = [Child(name, [*me, name], start_again_at=later) for name in ("worker", *helpers)]
        supervisor = Supervisor([*webs, *others])
        supervisor.run(when_ready=lambda: _announce(bind, port, opening_page, hall))
    print("Stopped.", file=sys.stderr)
    return 0


def _hand_door(doors: Doors, number: int, child: Child) -> None:
    """Tell a web process by which door it lets people in."""
    child.files = [doors.file(number)]
    child.words = [sys.executable, "-m", "burgertop.cli.main", "web", "--door", str(doors.file(number))]


def _try_another_door(doors: Doors, number: int, child: Child) -> None:
    """A web process that keeps ending lets nobody wait before it."""
    doors.shut(number)
    _hand_door(doors, number, child)


def _doors(bind: str, port: int, *, patience_seconds: float) -> Doors:
    """Take the port; after a kill, wait until the old web processes have seen it.

    Raises:
        Problem: the port is taken, or only the system may use it.
    """
    until = time.monotonic() + patience_seconds
    while True:
        try:
            return Doors(bind, port, read_knobs().processes)
        except OverflowError:
            reason = "a port is a number from 1 to 65535"
        except OSError as error:
            if error.errno == errno.EACCES:
                raise Problem(
                    f"cannot listen on {bind}, port {port}: only the system may use ports below 1024. Choose a larger "
                    f"one (--port {port + 8000}), or allow it: AmbientCapabilities=CAP_NET_BIND_SERVICE in the "
                    "service's unit."
                ) from error
            reason = os.strerror(error.errno).lower() if error.errno and error.errno > 0 else str(error)
        if time.monotonic() >= until:
            raise Problem(
                f"cannot listen on {bind}, port {port}: {reason}. "
                f"Stop the other program, or choose another port: --port {port + 1} (or BURGERTOP_PORT)."
            )
        time.sleep(0.2)


def _announce(bind: str, port: int, opening_page: str, hall: Hall | None) -> bool:
    """Print the address once it answers; in a hall, what else it needs."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)  # noqa: S104  # compared, not bound
    if _answers(host, port, is_hall=hall is not None):
        shown = f"[{host}]" if ":" in host else host
        address = hall.address if hall is not None else f"http://{shown}:{port}"
        remarks = [f"  {one}" for one in hall.remarks(datetime.now(UTC))] if hall is not None else []
        said = [f"Burgertop {settings.VERSION} is ready: {address}{opening_page}", *remarks, "Stop it with Ctrl+C."]
        with suppress(OSError):  # nobody reads it any more: the house goes on
            print("\n".join(said), flush=True)
        return True
    return False


def _answers(host: str, port: int, *, is_hall: bool) -> bool:
    """Whether a page comes."""
    if is_hall:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE  # ourselves, under a name that may lead nowhere yet
        line: HTTPConnection = HTTPSConnection(host, port, timeout=1, context=tls)
    else:
        line = HTTPConnection(host, port, timeout=1)
    with closing(line), suppress(OSError, HTTPException):
        line.request("GET", "/healthy")
        return line.getresponse().status > 0
    return False

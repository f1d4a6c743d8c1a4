"""``burgertop serve``: one address, one web process, one worker, looked after until it is stopped."""

import argparse
import errno
import os
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime

from django.conf import settings

from burgertop.cli.halls import Hall, hall_from
from burgertop.cli.house import Problem, held
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
    """Set up, start both processes (and ``helpers``, inner commands), announce the address, look after them."""
    with held(settings.HOME / "server.lock", problem=HELD.format(home=settings.HOME)) as left_by:
        _need_port(bind, port, patience_seconds=PATIENCE_SECONDS if left_by else 0)
        if not is_set_up:
            set_up()
        os.environ.update(BURGERTOP_BIND=bind, BURGERTOP_PORT=str(port))
        if hall is None:
            os.environ.update(BURGERTOP_CERTIFICATE="", BURGERTOP_CERTIFICATE_KEY="")
        me = [sys.executable, "-m", "burgertop.cli.main"]
        later = time.monotonic() + WORKER_WAITS_SECONDS
        others = [Child(name, [*me, name], start_again_at=later) for name in ("worker", *helpers)]
        supervisor = Supervisor([Child("web", [*me, "web"]), *others])
        supervisor.run(when_ready=lambda: _announce(bind, port, opening_page, hall))
    print("Stopped.", file=sys.stderr)
    return 0


def _need_port(bind: str, port: int, *, patience_seconds: float) -> None:
    """Refuse a port that is taken; after a kill, wait until the old web process has seen it."""
    until = time.monotonic() + patience_seconds
    while (reason := _why_taken(bind, port)) and time.monotonic() < until:
        time.sleep(0.2)
    if reason == os.strerror(errno.EACCES).lower():
        raise Problem(
            f"cannot listen on {bind}, port {port}: only the system may use ports below 1024. Choose a larger one "
            f"(--port {port + 8000}), or allow it: AmbientCapabilities=CAP_NET_BIND_SERVICE in the service's unit."
        )
    if reason:
        raise Problem(
            f"cannot listen on {bind}, port {port}: {reason}. "
            f"Stop the other program, or choose another port: --port {port + 1} (or BURGERTOP_PORT)."
        )


def _why_taken(bind: str, port: int) -> str:
    """Return why the port cannot be listened on, or nothing."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(bind, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(address)
            door.listen(1)
    except OSError as error:
        return os.strerror(error.errno).lower() if error.errno and error.errno > 0 else str(error)
    except OverflowError:
        return "a port is a number from 1 to 65535"
    return ""


def _announce(bind: str, port: int, opening_page: str, hall: Hall | None) -> bool:
    """Print the address once it answers; in a hall, what else it needs."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)  # noqa: S104  # compared, not bound
    with suppress(OSError), socket.create_connection((host, port), timeout=1):
        shown = f"[{host}]" if ":" in host else host
        address = hall.address if hall is not None else f"http://{shown}:{port}"
        print(f"Burgertop {settings.VERSION} is ready: {address}{opening_page}", flush=True)
        for remark in hall.remarks(datetime.now(UTC)) if hall is not None else []:
            print(f"  {remark}", flush=True)
        print("Stop it with Ctrl+C.", flush=True)
        return True
    return False

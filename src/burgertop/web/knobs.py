"""The knobs of a server: every ``BURGERTOP_*`` of the environment, read once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

__all__ = ["Knobs", "database_of", "read_knobs"]

TRUE_WORDS = {"1", "true", "yes", "on"}


@dataclass(frozen=True, slots=True)
class Knobs:
    """What an operator may set; each is described in docs/run/settings.md."""

    home: Path
    database_url: str
    secret_key: str
    hosts: tuple[str, ...]
    public_url: str
    bind: str
    port: int
    threads: int
    processes: int
    streams: int
    is_demo: bool
    is_debug: bool
    is_behind_proxy: bool
    mail_url: str
    mail_from: str
    time_zone: str
    log_level: str
    sms_command: str
    certificate: str
    certificate_key: str


def read_knobs(environment: Mapping[str, str] | None = None) -> Knobs:
    """Read every knob from the environment, with the defaults of a small server."""
    env = os.environ if environment is None else environment

    def text(name: str, default: str = "") -> str:
        return env.get(f"BURGERTOP_{name}", default).strip() or default

    def switch(name: str) -> bool:
        return text(name, "0").lower() in TRUE_WORDS

    def number(name: str, default: int) -> int:
        given = text(name, str(default))
        if not given.isdigit():
            raise ImproperlyConfigured(f"BURGERTOP_{name} must be a whole number, not {given!r}.")
        return int(given)

    return Knobs(
        home=Path(text("HOME", "var")).expanduser().resolve(),
        database_url=text("DATABASE_URL"),
        secret_key=text("SECRET_KEY"),
        hosts=tuple(host.strip() for host in text("HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host.strip()),
        public_url=text("PUBLIC_URL", "http://localhost:8000").rstrip("/"),
        bind=text("BIND", "127.0.0.1"),
        port=number("PORT", 8000),
        threads=number("THREADS", 3),
        processes=max(1, number("PROCESSES", min(2, os.cpu_count() or 1))),
        streams=number("STREAMS", 6000),
        is_demo=switch("DEMO"),
        is_debug=switch("DEBUG"),
        is_behind_proxy=switch("BEHIND_PROXY"),
        mail_url=text("MAIL_URL"),
        mail_from=text("MAIL_FROM", "burgertop@localhost"),
        time_zone=text("TIME_ZONE", "Europe/Brussels"),
        log_level=text("LOG_LEVEL", "INFO").upper(),
        sms_command=text("SMS_COMMAND"),
        certificate=text("CERTIFICATE"),
        certificate_key=text("CERTIFICATE_KEY"),
    )


def database_of(knobs: Knobs) -> dict[str, object]:
    """Django's database settings: SQLite in the home folder, PostgreSQL when a URL is set."""
    if not knobs.database_url:
        return {
            "ENGINE": "burgertop.foundation.sqlite",
            "NAME": knobs.home / "burgertop.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
                ),
            },
        }
    parts = urlsplit(knobs.database_url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("BURGERTOP_DATABASE_URL must begin with postgresql://")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.pop("host", "") or parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": knobs.threads + 16, "timeout": 30}, **query},
    }

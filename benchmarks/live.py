"""How many pages a second, and how fast a message reaches a thousand open streams.

Start a server (``./burgertop demo``), then, with the same ``BURGERTOP_HOME``:

    python benchmarks/live.py --address http://127.0.0.1:8000 --page /en/ --streams 1000

The client runs on the same machine and shares its processors: the figures are a floor.
"""

import argparse
import asyncio
import json
import os
import statistics
import time
import uuid
from urllib.parse import urlsplit

import django

CONNECTIONS = 32
TOPIC = "benchmark.live"


async def ask_pages(host: str, port: int, page: str, seconds: float) -> tuple[int, list[float]]:
    """Ask for a page over kept connections; return how many answers came, and how long each took."""
    until = time.perf_counter() + seconds
    took: list[float] = []

    async def one_browser() -> None:
        reader, writer = await asyncio.open_connection(host, port)
        while time.perf_counter() < until:
            asked_at = time.perf_counter()
            writer.write(f"GET {page} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            await read_answer(reader)
            took.append(time.perf_counter() - asked_at)
        writer.close()

    await asyncio.gather(*(one_browser() for _ in range(CONNECTIONS)))
    return len(took), took


async def read_answer(reader: asyncio.StreamReader) -> None:
    """Read one answer with a length or in chunks."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if not head.startswith((b"http/1.1 2", b"http/1.1 3")):
        raise SystemExit(f"The server answered {head[:60]!r}")
    if b"content-length:" in head:
        await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
        return
    while size := int(await reader.readuntil(b"\r\n"), 16):
        await reader.readexactly(size + 2)
    await reader.readexactly(2)


async def listen(host: str, port: int, address: str, ready: asyncio.Semaphore, heard: list[float], last: int) -> None:
    """Keep one stream open and note how late each message came, until the last one."""
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    is_ready = False
    async for line in reader:
        if line.startswith(b"event: ready") and not is_ready:
            is_ready = True
            ready.release()
        if line.startswith(b'data: {"topic"'):
            body = json.loads(line[6:])["body"]
            heard.append(time.time() - body["sent"])
            if body["turn"] == last:
                break
    writer.close()


async def fan_out(host: str, port: int, streams: int, messages: int) -> tuple[float, list[float], float]:
    """Open the streams, publish, wait; return seconds to connect, lateness of each message, seconds to publish one."""
    from burgertop.foundation.live.actions import publish  # Django must be open
    from burgertop.foundation.live.queries import address_of  # Django must be open

    ready, heard = asyncio.Semaphore(0), list[float]()
    began_at = time.perf_counter()
    address = address_of(TOPIC)
    listeners = [asyncio.create_task(listen(host, port, address, ready, heard, messages - 1)) for _ in range(streams)]
    for _ in range(streams):
        await ready.acquire()
    connected = time.perf_counter() - began_at
    publishing = 0.0
    for turn in range(messages):
        asked_at = time.perf_counter()
        body = {"turn": turn, "sent": time.time(), "filling": "x" * 150}
        await asyncio.to_thread(publish, TOPIC, body, process_id=uuid.UUID(int=0))
        publishing += time.perf_counter() - asked_at
        await asyncio.sleep(0.5)
    await asyncio.wait_for(asyncio.gather(*listeners), 60)
    return connected, heard, publishing / messages


def hundredth(values: list[float], nth: int) -> float:
    """Return the nth percentile in milliseconds."""
    return statistics.quantiles(values, n=100)[nth - 1] * 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    parser.add_argument("--page", default="/en/")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--streams", type=int, default=1000)
    parser.add_argument("--messages", type=int, default=8)
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "burgertop.web.settings")
    django.setup()
    where = urlsplit(chosen.address)
    host, port = where.hostname or "127.0.0.1", where.port or 80
    if chosen.seconds:
        count, took = asyncio.run(ask_pages(host, port, chosen.page, chosen.seconds))
        print(f"{chosen.page}: {count / chosen.seconds:,.0f} a second, p50 {hundredth(took, 50):.1f} ms, ", end="")
        print(f"p99 {hundredth(took, 99):.1f} ms")
    if chosen.streams:
        connected, heard, publishing = asyncio.run(fan_out(host, port, chosen.streams, chosen.messages))
        print(f"{chosen.streams} streams opened in {connected:.2f} s; {len(heard)} of ", end="")
        print(f"{chosen.streams * chosen.messages} messages came, late by p50 {hundredth(heard, 50):.0f} ms, ", end="")
        print(f"p99 {hundredth(heard, 99):.0f} ms; publishing one took {publishing * 1000:.1f} ms")


if __name__ == "__main__":
    main()

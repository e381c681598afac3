"""How long a desk takes to collect from 200 feeds with 20 new items each, nothing read, on this machine.

    python -m bench.collect [--feeds 200] [--items 20]

The feeds lie on hosts of their own (127.1.n.m), so that the limits a host has by default hold as they do on the web.
The servers run in a process of their own. All papers and events are invented.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from bench.news_sites import serve
from legation.collecting.lock import locked
from legation.collecting.rounds import ALLOW_PRIVATE, Round
from legation.desk.folder import Desk, make_desk
from legation.sources import Source


def main() -> None:
    """Prints what was collected, and the seconds of a first round and of a second, in which nothing is new."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--items", type=int, default=20)
    wanted = parser.parse_args()
    os.environ[ALLOW_PRIVATE] = "1"
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(wanted.feeds, wanted.items, theirs), daemon=True)
    server.start()
    try:
        measure(ours)
    finally:
        ours.send("stop")
        server.join(10)


def measure(server: Connection) -> None:
    """Two rounds of a new desk over the feeds that the server tells of."""
    sources = [Source(url, url) for url in server.recv()]
    with tempfile.TemporaryDirectory() as folder:
        make_desk(folder)
        with Desk(Path(folder)) as desk, locked(desk.path):
            for name in ("first", "second"):
                began, busy = time.perf_counter(), time.process_time()
                summary = Round(desk, force=True, read=False).run(sources)
                taken, cpu = time.perf_counter() - began, time.process_time() - busy
                counts = (
                    f"{summary.arrivals['new']} articles new, {summary.items.total()} items, {dict(summary.visits)}"
                )
                print(f"{name} round: {taken:.1f} s ({cpu:.1f} s of this process), {counts}")


if __name__ == "__main__":
    main()

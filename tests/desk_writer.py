"""A process that writes to a store, for tests of what happens when it is killed or stopped.

python desk_writer.py write|full|killed URL ARTICLES SEED-OR-KILLS
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sys
import time

from desks import report_on, version
from factories import MODEL

from legation.errors import StoreError
from legation.store import Store
from legation.store.records import Version

TOGETHER = 4
"""Articles of one transaction."""


def article(number: int) -> Version:
    """One of the articles, the same each time."""
    return version(f"Valdoria accused Kestria in matter {number}. Morland praised Valdoria.", f"key-{number}")


def tell(line: str) -> None:
    """Says a line at once."""
    os.write(1, f"{line}\n".encode())


def write(url: str, count: int) -> None:
    """Imports all articles, some at a time, and reads what is pending; says what is done once it is."""
    with Store.open(url) as store:
        # It begins a little before the end of what is there, as a feed lists again what was got.
        numbers = list(range(max(0, store.counts()["articles"] - TOGETHER), count))
        while numbers:
            some, numbers = numbers[:TOGETHER], numbers[TOGETHER:]
            store.add_versions([article(number) for number in some])
            tell(f"articles {some[-1] + 1}")
            read(store)
        read(store)


def read(store: Store) -> None:
    """Reads what is pending."""
    while pending := store.pending_texts(MODEL.sha256, TOGETHER):
        store.add_reports([(one.version, report_on(one.text.body)) for one in pending])
        tell(f"read {pending[-1].version}")


def killed(url: str, count: int, kills: int) -> None:
    """Lets children write and kills them, each at a random moment, later where the last one came to nothing; says how
    many articles are kept and read by then."""
    rng, reach, before = random.Random(kills), 0.1, 0
    for _ in range(kills):
        child = os.fork()
        if child == 0:
            # A child that ends before it is killed would prove nothing: it begins anew, as after a new feed.
            while True:
                write(url, count)
        time.sleep(rng.uniform(0, reach))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        done = kept(url)
        reach = reach * 0.7 if done > before or done == 2 * count else min(reach * 1.2, 2.0)
        before = done
        tell(f"killed {done}")
    write(url, count)


def kept(url: str) -> int:
    """How many articles are kept, and how many of them read."""
    with Store.open(url) as store:
        counts = store.counts()
        return counts["articles"] + counts["read"]


def main() -> int:
    """Does what the command line says; exit code 1 where the store says that it cannot go on."""
    what, url, count, number = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    if what == "full":
        resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, 700_000))
    try:
        if what == "killed":
            killed(url, count, number)
        else:
            write(url, count)
    except StoreError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Many sessions that come, change the rate and leave: the server's memory must stay flat.

`python -m bench.soak` (`make soak`). The first half of the sessions fills what Python and
Streamlit keep for good; after it, the second half may add 5 % at most.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
from pathlib import Path

from bench.servers import Server, app
from bench.sessions import change_rate, session

OPEN_SESSIONS, CHANGES = 20, 20
MAX_GROWTH = 1.05
# Streamlit holds the last 128 closed sessions in case their tabs reconnect: after each half they
# are there alike. What is left to wait for are sockets that close and threads that end.
SETTLE_SECONDS = 15.0


async def visits(server: Server, count: int) -> None:
    """Let `count` sessions open the page, change the rate 20 times and leave."""
    gate = asyncio.Semaphore(OPEN_SESSIONS)

    async def visit() -> None:
        async with gate, session(server) as tab:
            for _ in range(CHANGES):
                await change_rate(tab, 1e-5 * 100 ** random.random())

    await asyncio.gather(*(visit() for _ in range(count)))


def resident(pid: int) -> float:
    """Return the resident memory of a process in MB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise RuntimeError(f"process {pid} says nothing about its memory")


def main() -> int:
    """Run the soak and return 0 if memory stayed flat."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=1000, help="both halves together")
    half = max(1, parser.parse_args().sessions // 2)
    with app() as server:
        memory = [asyncio.run(after(server, half)) for _ in range(2)]
    growth = memory[1] / memory[0]
    kept = growth <= MAX_GROWTH
    print(f"server memory after the first {half:,} sessions:  {memory[0]:.1f} MB")
    print(f"server memory after the second {half:,} sessions: {memory[1]:.1f} MB")
    print(f"ratio {growth:.3f}, reach ≤ {MAX_GROWTH}: {'met' if kept else 'NOT met'}")
    return 0 if kept else 1


async def after(server: Server, count: int) -> float:
    """Return the server's memory once `count` more sessions have come and gone."""
    await visits(server, count)
    await asyncio.sleep(SETTLE_SECONDS)
    return resident(server.pid)


if __name__ == "__main__":
    sys.exit(main())

"""Fifty sessions that change the rate at once, against as many that move a slider."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from statistics import median
from time import perf_counter

from bench.servers import SLIDER, Server, app, trivial
from bench.sessions import Session, change_rate, move_slider, session
from bench.table import Row

SESSIONS = 50

Change = Callable[[Session, float], Awaitable[None]]


def load(*, quick: bool) -> list[Row]:
    """Measure how many changes a second the server answers."""
    rounds, changes = (2, 5) if quick else (5, 12)
    plain, stage = [], []
    with trivial(SLIDER) as slider, app() as ours:
        for _ in range(rounds):
            plain.append(asyncio.run(_per_second(slider, _slide, changes)))
            stage.append(asyncio.run(_per_second(ours, _rate, changes)))
    base, measured = median(plain), median(stage)
    return [
        Row(
            f"server: {SESSIONS} sessions changing the rate over real websockets, "
            "changes per second, against a page with one slider and one text",
            f"{base:.0f}/s",
            f"{measured:.0f}/s",
            measured / base,
            0.4,
        )
    ]


async def _per_second(server: Server, change: Change, changes: int) -> float:
    """Open all sessions, then let all of them change as fast as they are answered."""
    async with AsyncExitStack() as stack:
        tabs = [await stack.enter_async_context(session(server)) for _ in range(SESSIONS)]

        async def many(tab: Session) -> None:
            for _ in range(changes):
                await change(tab, random.random())

        start = perf_counter()
        await asyncio.gather(*map(many, tabs))
        return SESSIONS * changes / (perf_counter() - start)


async def _slide(tab: Session, share: float) -> None:
    await move_slider(tab, round(200 * share) / 200)


async def _rate(tab: Session, share: float) -> None:
    await change_rate(tab, 1e-5 * 100**share)  # up to about the limit of the default data

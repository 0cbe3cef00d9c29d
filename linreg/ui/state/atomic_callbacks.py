"""What changes the experiment is carried out whole.

Streamlit 1.67 may end a run at every use of `st.session_state` when something newer comes from the
browser (its issue 10578), in a callback as well, which it then never calls again: of two clicks in
close succession the first would be lost, or done by half. A picture may be given up halfway for a
newer one; a change of what is pictured may not.

With this goes `fastReruns = false` in .streamlit/config.toml: what is newer then waits in the same
queue, where Streamlit keeps the clicks, instead of starting a second run beside the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.safe_session_state import SafeSessionState

P = ParamSpec("P")
R = TypeVar("R")


@contextmanager
def _undivided(state: SafeSessionState) -> Iterator[None]:
    """Let nothing newer end what uses the state meanwhile."""
    ends = state._yield_callback
    object.__setattr__(state, "_yield_callback", lambda: None)  # its own would set a state value
    try:
        yield
    finally:
        object.__setattr__(state, "_yield_callback", ends)


def whole(change: Callable[P, R]) -> Callable[P, R]:
    """Make a function of a page, which changes the state of its tab, run to its end."""

    @wraps(change)
    def carried_out(*args: P.args, **kwargs: P.kwargs) -> R:
        context = get_script_run_ctx()
        if context is None:  # no page asks
            return change(*args, **kwargs)
        with _undivided(context.session_state):
            return change(*args, **kwargs)

    return carried_out


def keep_callbacks_whole() -> None:
    """Make every callback of this server run to its end, and no click be lost on the way to it."""
    call = SafeSessionState.on_script_will_rerun

    @wraps(call)
    def call_all(self: SafeSessionState, *args: Any, **kwargs: Any) -> None:
        with _undivided(self):
            call(self, *args, **kwargs)

    SafeSessionState.on_script_will_rerun = call_all  # type: ignore[method-assign]

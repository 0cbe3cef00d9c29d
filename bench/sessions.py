"""Browser sessions without a browser: Streamlit's own protocol over real websockets."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from bench.servers import Server

# How streamlit.components.v2 names the widget that carries a component's triggers.
TRIGGER = "$$STREAMLIT_INTERNAL_KEY_{id}__events"

Widgets = dict[str, WidgetState]


class Session:
    """One open tab: the widgets on its page, and the answer to its last change."""

    def __init__(self, socket: websockets.ClientConnection, query: str) -> None:
        self._socket = socket
        self._query = query
        self._page = ""
        self.widgets: Widgets = {}
        self.elements: dict[str, tuple[Element, str]] = {}

    async def open(self) -> None:
        """Ask for the page and read it to its end."""
        await self._run(BackMsg())

    async def change(self, widget: WidgetState, fragment: str = "") -> dict[str, Element]:
        """Send one widget's new value with all others; return the elements that were sent back."""
        message = BackMsg()
        states = {**self.widgets, widget.id: widget}
        message.rerun_script.widget_states.widgets.extend(states.values())
        message.rerun_script.fragment_id = fragment
        if not widget.HasField("json_trigger_value"):
            self.widgets[widget.id] = widget
        return await self._run(message)

    async def _run(self, message: BackMsg) -> dict[str, Element]:
        message.rerun_script.query_string = self._query
        message.rerun_script.page_script_hash = self._page
        await self._socket.send(message.SerializeToString())
        drawn: dict[str, Element] = {}
        while True:
            answer = ForwardMsg.FromString(await self._socket.recv())
            match answer.WhichOneof("type"):
                case "script_finished":
                    return drawn
                case "new_session" if not self._page:
                    self._page = answer.new_session.page_script_hash
                case "navigation":
                    self._page = answer.navigation.page_script_hash
                case "delta" if answer.delta.WhichOneof("type") == "new_element":
                    self._take(answer.delta.new_element, answer.delta.fragment_id, drawn)

    def _take(self, element: Element, fragment: str, drawn: dict[str, Element]) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise RuntimeError(f"the server answered with an error: {element.exception.message}")
        drawn[kind] = element
        self.elements[kind] = element, fragment
        state = _default(element)
        if state is not None and state.id not in self.widgets:
            self.widgets[state.id] = state


def _default(element: Element) -> WidgetState | None:
    """Return the state that a browser reports for an untouched widget."""
    match element.WhichOneof("type"):
        case "slider":
            slider = element.slider
            state = WidgetState(id=slider.id)
            state.double_array_value.data.extend(
                slider.value if slider.set_value else slider.default
            )
        case "button_group":
            group = element.button_group
            state = WidgetState(id=group.id)
            default = [group.options[index].content for index in group.default]
            state.string_array_value.data.extend(group.raw_values if group.set_value else default)
        case "selectbox":
            box = element.selectbox
            value = box.raw_value if box.set_value else box.options[box.default]
            state = WidgetState(id=box.id, string_value=value)
        case "number_input":
            number = element.number_input
            value = number.value if number.set_value else number.default
            state = WidgetState(id=number.id)
            if number.data_type == number.INT:
                state.int_value = int(value)
            else:
                state.double_value = value
        case "checkbox":
            check = element.checkbox
            value = check.value if check.set_value else check.default
            state = WidgetState(id=check.id, bool_value=value)
        case _:
            return None
    return state


@asynccontextmanager
async def session(server: Server, query: str = "") -> AsyncIterator[Session]:
    """Open a tab and close it again."""
    async with websockets.connect(
        server.socket, subprotocols=["streamlit"], max_size=None, open_timeout=60
    ) as socket:
        tab = Session(socket, query)
        await tab.open()
        yield tab


async def change_rate(tab: Session, rate: float) -> None:
    """Choose a rate on the stage and make sure that a new run came back."""
    component, fragment = tab.elements["bidi_component"]
    before = _payload(component)
    choice = json.dumps([{"event": "choice", "value": {"rate": rate}}])
    trigger = WidgetState(
        id=TRIGGER.format(id=component.bidi_component.id), json_trigger_value=choice
    )
    drawn = await tab.change(trigger, fragment)
    if "bidi_component" not in drawn:
        raise RuntimeError("the server sent no stage in answer to a rate")
    after = _payload(drawn["bidi_component"])
    if after["run"]["rate"] != rate or after["revision"] == before["revision"]:
        raise RuntimeError(f"asked for the rate {rate!r}, got {after['run']['rate']!r}")


async def move_slider(tab: Session, value: float) -> None:
    """Move the only slider of the trivial page and make sure that its text followed."""
    slider, _ = tab.elements["slider"]
    state = WidgetState(id=slider.slider.id)
    state.double_array_value.data.append(value)
    drawn = await tab.change(state)
    if repr(value) not in drawn["text"].text.body:
        raise RuntimeError(f"moved the slider to {value!r}, got {drawn['text'].text.body!r}")


def _payload(element: Element) -> dict[str, Any]:
    return json.loads(element.bidi_component.json)

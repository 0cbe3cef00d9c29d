import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Payload } from "#frontend/math/payload.js";
import { render } from "#frontend/stage.js";
import { installDocument } from "./helpers/dom.js";
import { fixture } from "./helpers/fixtures.js";
import { close } from "./helpers/state.js";

/** @import { LayoutSpec } from "#frontend/payload.d.ts" */

installDocument();
const experiments = fixture("experiments");
const { sent } = experiments[""];

/** @type {((now: number) => void)[]} */
let frames;
/** @type {string[]} */
let addresses;
/** @type {any[]} what Python is told */
let choices;
/** @type {any} */
let library;
let background = "#ffffff";
let now = 0;
/** @type {() => void} */
let resized = () => {};
/** @type {HTMLElement[]} */
let terms = [];
/** @type {(() => void)[]} of the stages of one test */
const leaving = [];

beforeEach(() => {
  for (const leave of leaving.splice(0)) leave();
  mock.restoreAll();
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  mock.method(performance, "now", () => now);
  [frames, addresses, choices, terms, background, now] = [[], [], [], [], "#ffffff", 5000];
  library = {
    react: mock.fn(async (/** @type {HTMLElement} */ plot) => plot.classList.add("js-plotly-plot")),
    restyle: mock.fn(async () => {}),
    purge: mock.fn(),
    Plots: { resize: mock.fn() },
  };
  Object.assign(globalThis, {
    window: globalThis,
    Plotly: library,
    innerWidth: 1200,
    requestAnimationFrame: (/** @type {() => void} */ frame) => frames.push(frame),
    getComputedStyle: (/** @type {HTMLElement} */ { style }) => ({
      getPropertyValue: (/** @type {string} */ name) => (name === "--st-background-color" ? background : ""),
      color: style.color === "#0e1117" ? "rgb(14, 17, 23)" : "rgb(255, 255, 255)",
    }),
    location: { pathname: "/", search: "", hash: "" },
    history: { replaceState: (/** @type {any} */ _, /** @type {any} */ __, address = "") => addresses.push(address) },
    MutationObserver: class {
      observe() {}
      disconnect() {}
    },
    ResizeObserver: class {
      /** @param {() => void} callback */
      constructor(callback) {
        resized = callback;
      }
      observe() {}
      disconnect() {}
    },
  });
  const [head, body] = ["head", "body"].map((name) => document.createElement(name));
  Object.assign(document, { head, body, querySelectorAll: () => terms });
});

/** @type {LayoutSpec} */
const layout = {
  name: "stage",
  label: "Training stage",
  pictures: [
    { panel: "loss", id: "loss" },
    { panel: "theta-plane", id: "plane" },
  ],
  top: ["transport", "learning-rate"],
  side: ["status", "start"],
  still: false,
  best: true,
  show: "fitted",
  box: null,
  place: "",
};

/**
 * A message of Python.
 * @param {Partial<LayoutSpec>} [page]
 * @param {Record<string, unknown>} [more]
 */
const message = (page, more) =>
  /** @type {any} */ ({ ...sent, layout: { ...layout, ...page }, plotly: "/p.js", ...more });

/** A host as Streamlit gives one. */
function hosted() {
  const parentElement = document.createElement("div");
  const place = document.createElement("div");
  place.className = "lr-root";
  parentElement.append(place);
  const setTriggerValue = (/** @type {string} */ name, /** @type {unknown} */ choice) => choices.push([name, choice]);
  const answer = (/** @type {any} */ data) => {
    const leave = render({ parentElement, data, setTriggerValue });
    leaving.push(leave);
    return leave;
  };
  const root = () => /** @type {any} */ (place.firstElementChild);
  const part = (/** @type {string} */ selector) => root().querySelector(selector);
  return { answer, root, part };
}

/** Lets the promises that are resolved go on. */
const going = () => new Promise((done) => setImmediate(done));

/** Shows the frames that were asked for. */
async function frame() {
  now += 1000 / 60;
  for (const show of frames.splice(0)) show(now);
  await going();
  mock.timers.tick(0);
  await going();
}

/** A stage whose pictures stand, axes and all. */
async function settled(data = message()) {
  const stage = hosted();
  const leave = stage.answer(data);
  for (let n = 0; n < 4; n++) await frame();
  assert.equal(stage.root().dataset.settled, data.revision);
  return { ...stage, leave };
}

/**
 * @param {any} target
 * @param {string} type
 */
const happen = (target, type) => target.dispatchEvent(new Event(type));

test("controls and pictures stand in the order of the page, named for a screen reader", () => {
  const { answer, root } = hosted();
  answer(message());
  const [transport, rate, panels, side, ...more] = root().children;
  assert.deepEqual([transport.className, rate.className, more], ["lr-transport", "lr-rate", []]);
  assert.deepEqual(
    panels.children.map((/** @type {any} */ { dataset }) => dataset.panel),
    ["loss", "plane"],
  );
  assert.deepEqual(
    side.children.map((/** @type {any} */ { className }) => className),
    ["lr-status", "lr-start"],
  );
  assert.equal(root().getAttribute("aria-label"), "Training stage");
  assert.ok(root().classList.contains("lr-on-stage"));
});

test("the symbols in words are those of the reader's notation", () => {
  const { answer, root } = hosted();
  answer(message({}, { symbols: { ...sent.symbols, rate: "α" } }));
  const places = root().querySelectorAll(".lr-eta");
  assert.ok(places.length > 1);
  for (const { textContent } of places) assert.equal(textContent, "α");
});

test("the first pictures do not wait for the library; their axes follow", async () => {
  const { answer, root, part } = hosted();
  answer(message());
  assert.ok(!root().classList.contains("lr-waiting"));
  assert.ok(part("[data-panel=loss] .lr-moving path").getAttribute("d"));
  assert.deepEqual([root().dataset.revision, root().dataset.settled], [sent.revision, undefined]);
  assert.equal(library.react.mock.callCount(), 0);
  for (let n = 0; n < 4; n++) await frame();
  assert.equal(library.react.mock.callCount(), 2);
  assert.equal(root().dataset.settled, sent.revision);
});

test("where the library does not come a sentence says so", async () => {
  Object.assign(globalThis, { Plotly: undefined });
  const { answer, part } = hosted();
  answer(message());
  await going();
  assert.equal(document.head.children.length, 0, "it is asked for once the pictures are painted");
  await frame();
  const [script] = /** @type {any} */ (document.head.children);
  assert.equal(script.src, "/p.js");
  script.onerror();
  await going();
  assert.equal(part(".lr-error").getAttribute("role"), "alert");
  assert.match(part(".lr-error").textContent, /could not be loaded/);
});

/** A library that fails from now on. */
function broken() {
  for (const name of ["react", "restyle"]) {
    library[name].mock.mockImplementation(async () => {
      throw new Error("The drawing failed.");
    });
  }
}

const notesOf = (/** @type {any} */ root) =>
  [...root.querySelectorAll(".lr-error")].map((/** @type {any} */ { textContent }) => textContent);

const drawings = () => library.react.mock.callCount() + library.restyle.mock.callCount();

test("where a picture in space fails a sentence says so, once, and it is tried again", async () => {
  const { part, root } = await settled(message({ pictures: [{ panel: "bowl", id: "bowl" }] }));
  for (let n = 0; n < 4; n++) await frame();
  broken();
  for (const _step of [1, 2]) {
    const before = drawings();
    happen(part(".lr-next"), "click");
    for (let n = 0; n < 4; n++) await frame();
    assert.equal(drawings(), before + 1);
    assert.deepEqual(notesOf(root()), ["The drawing failed."]);
  }
});

for (const closes of [false, true])
  test(`axes that fail ${closes ? "on a stage that is closed are no matter" : "become a sentence"}`, async () => {
    const { part, root, leave } = await settled();
    const [stage, box, before] = [root(), part(".lr-log"), drawings()];
    broken();
    box.checked = true;
    box.onchange();
    if (closes) leave();
    await going();
    assert.ok(drawings() > before);
    assert.deepEqual(notesOf(stage), closes ? [] : ["The drawing failed."]);
  });

test("a step is shown at the next frame, and one frame shows all that happened before it", async () => {
  const { part } = await settled();
  await frame();
  for (let n = 0; n < 3; n++) happen(part(".lr-next"), "click");
  assert.equal(frames.length, 1);
  assert.doesNotMatch(part(".lr-status").textContent, /^Step 3 of/);
  await frame();
  assert.match(part(".lr-status").textContent, /^Step 3 of/);
  assert.equal(frames.length, 0, "and then all is still");
});

test("a rate is drawn while a hand holds it, and Python is asked once, when it lets go", async () => {
  const { part } = await settled();
  const curve = () => part("[data-panel=loss] .lr-moving path").getAttribute("d");
  const dot = () => part("[data-panel=plane] .lr-moving").lastElementChild.firstElementChild.getAttribute("d");
  const range = part(".lr-rate-range");
  happen(part(".lr-next"), "click");
  await frame();
  const before = [dot(), curve()];
  range.value = String(Math.log10(sent.run.rate / 2));
  happen(range, "input");
  await frame();
  assert.notEqual(dot(), before[0], "after one step of half the rate θ is elsewhere");
  assert.notEqual(curve(), before[1]);
  close([Number(part(".lr-rate-number").value)], [sent.run.rate / 2], { relative: 1e-3 });
  assert.deepEqual(choices, []);
  happen(range, "change");
  assert.deepEqual(choices, [["choice", { rate: Number((sent.run.rate / 2).toPrecision(4)) }]]);
});

test("a start goes to Python with all its parameters, a random one by its seed", async () => {
  const { part } = await settled();
  const [first] = part(".lr-start-boxes").querySelectorAll("input");
  first.value = "7.5";
  happen(first, "change");
  const { theta } = new Payload(message()).exact.at(0);
  const [[name, { start }]] = choices;
  assert.equal(name, "choice");
  close(start, [7.5, theta[1]], { absolute: 1e-6 });
  happen(part(".lr-random"), "click");
  assert.deepEqual(choices[1], ["choice", { random: 1 }]);
});

test("while a run is played each frame asks for the next, until the end", async () => {
  const { part } = await settled();
  const { last } = new Payload(message()).exact;
  happen(part(".lr-play"), "click");
  assert.equal(part(".lr-play").textContent, "Play", "nothing is written before the frame");
  await frame();
  assert.equal(part(".lr-play").textContent, "Pause");
  let shown = 0;
  for (let n = 0; n < 5000 && frames.length; n++) {
    await frame();
    shown += 1;
  }
  assert.ok(shown > 10, String(shown));
  assert.equal(part(".lr-play").textContent, "Play");
  const { converged_at } = sent.run;
  assert.match(part("output").textContent, new RegExp(`^step ${converged_at ?? last} of`));
});

test("while a run is played a screen reader hears a sentence a second", async () => {
  const { part } = await settled();
  const heard = new Set();
  happen(part(".lr-play"), "click");
  for (let n = 0; n < 150; n++) {
    await frame();
    heard.add(part(".lr-status").textContent);
  }
  assert.ok(heard.size >= 2 && heard.size <= 4, [...heard].join("\n"));
});

test("the address follows once all is still for a quarter of a second", async () => {
  const { part } = await settled(message({}, { link: "rate=0.5", key: "of the address" }));
  happen(part(".lr-next"), "click");
  happen(part(".lr-log"), "change"); // the box is as it was: nothing changes
  await frame();
  mock.timers.tick(249);
  assert.deepEqual(addresses, []);
  mock.timers.tick(1);
  assert.deepEqual(addresses, ["/?rate=0.5&step=1"]);
});

test("an answer of the same page keeps the element and the step; another page gets a stage of its own", async () => {
  const { answer, root, part } = await settled();
  const first = root();
  happen(part(".lr-next"), "click");
  answer(message({}, { revision: "second" }));
  await frame();
  assert.equal(root(), first);
  assert.match(part("output").textContent, /^step 1 of/);
  assert.equal(root().dataset.settled, "second");
  answer(message({ name: "flow" }));
  assert.notEqual(root(), first);
  assert.equal(library.purge.mock.callCount(), 2, "and the library lets go of the pictures before");
});

test("a stage that is left shows and writes nothing more", async () => {
  const { part, leave } = await settled();
  happen(part(".lr-next"), "click");
  leave();
  await frame();
  mock.timers.tick(1000);
  assert.match(part(".lr-status").textContent, /^Step 0 of/);
  assert.deepEqual(addresses, []);
  assert.equal(library.purge.mock.callCount(), 2);
  document.dispatchEvent(Object.assign(new Event("keydown"), { key: "ArrowRight" }));
  assert.equal(frames.length, 0, "nor does it hear keys");
});

test("on a dark page the pictures have the colours for it, also when it becomes dark", async () => {
  const { root, part } = await settled();
  const { light, dark } = sent.colours;
  assert.equal(root().style["--model"], light.model);
  background = "#0e1117";
  resized();
  await frame();
  assert.equal(root().style["--model"], dark.model);
  const strokes = part("[data-panel=plane] .lr-moving").querySelectorAll("path");
  assert.ok(strokes.some((/** @type {any} */ path) => path.getAttribute("fill") === dark.model));
  assert.ok(!strokes.some((/** @type {any} */ path) => path.getAttribute("fill") === light.model));
});

test("a term of a formula lights the parts of its role", async () => {
  const term = document.createElement("span");
  term.style.color = sent.colours.light.path;
  terms = [term];
  const { root } = await settled();
  happen(term, "pointerenter");
  const parts = root().querySelectorAll("[data-role]");
  const roles = (/** @type {boolean} */ faded) =>
    new Set(
      parts
        .filter((/** @type {any} */ { classList }) => classList.contains("lr-faded") === faded)
        .map((/** @type {any} */ { dataset }) => dataset.role),
    );
  assert.deepEqual([...roles(false)], ["path"]);
  assert.ok(roles(true).size > 2);
  happen(term, "pointerleave");
  assert.equal(roles(true).size, 0);
});

test("a picture of a variant shows that one", async () => {
  const variant = experiments["?data=drawn"];
  const pictures = /** @type {const} */ ([
    { panel: "distance", id: "own" },
    { panel: "distance", id: "other", variant: 0 },
  ]);
  const { part } = await settled(message({ pictures: [...pictures] }, { variants: [variant.sent] }));
  for (const [id, { best, steps }] of Object.entries({ own: experiments[""], other: variant })) {
    const [whole] = part(`[data-panel=${id}] .lr-plot`).picture;
    const [{ theta }] = steps;
    close([whole.y[0]], [Math.hypot(theta[0] - best[0], theta[1] - best[1])], { relative: 1e-6, about: id });
  }
});

test("the tries on some rows are there again on the next page about them", async () => {
  const page = /** @type {const} */ ({ still: true, side: ["tries", "start"] });
  const data = message(/** @type {any} */ (page), { key: "of the tries" });
  const { part, leave } = await settled(data);
  const [first] = part(".lr-start-boxes").querySelectorAll("input");
  first.value = "7.5";
  happen(first, "change");
  await frame();
  assert.match(part(".lr-tries span").textContent, /^1 try after the start/);
  leave();
  const next = await settled(message(/** @type {any} */ ({ ...page, name: "next" }), { key: "of the tries" }));
  assert.match(next.part(".lr-tries span").textContent, /^1 try after the start/);
  const other = await settled(message(/** @type {any} */ (page), { key: "of other rows" }));
  assert.match(other.part(".lr-tries span").textContent, /^none yet/);
});

test("rows that a hand adds go to Python, and one answer is awaited at a time", async () => {
  const { sent } = experiments["?data=drawn"];
  const data = message({ pictures: [{ panel: "data", id: "data" }] }, { ...sent, key: "of the rows" });
  const { part } = await settled(data);
  const plot = part(".lr-plot");
  Object.assign(plot, {
    getBoundingClientRect: () => ({ left: 0, top: 0 }),
    setPointerCapture: () => {},
    hasPointerCapture: () => true,
  });
  const { frame: area } = plot;
  for (const [x, y] of [
    [-4, 9],
    [4, -9],
  ])
    for (const type of ["pointerdown", "pointerup"]) {
      const [clientX, clientY] = [area.margin.l + area.toX(x), area.margin.t + area.toY(y)];
      const where = { button: 0, pointerId: 1, pointerType: "mouse", shiftKey: false, clientX, clientY };
      plot.dispatchEvent(Object.assign(new Event(type), where));
    }
  assert.equal(choices.length, 1, "the second waits for the answer to the first");
  const [[, { points }]] = choices;
  const { y } = experiments["?data=drawn"];
  assert.equal(points.length, y.length + 1);
  close(points.at(-1), [-4, 9], { relative: 1e-3 });
});

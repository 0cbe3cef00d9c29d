// The address of the page: Python names the experiment in it, a reader what is looked at.

/**
 * What a stage needs to restore a view, the key of its data, and its query.
 * @typedef {{
 *   key: string, step: number, log: boolean, pair: number[], dataView: string, speed: number, query: URLSearchParams,
 * }} RememberedView
 */

/**
 * What a reader chose to look at outlives a visit to another page.
 * @type {RememberedView | null}
 */
let remembered = null;

/** @param {RememberedView} view */
export function remember(view) {
  remembered = view;
}

/**
 * What was looked at of the data with this key, if anything.
 * @param {string} key
 */
export const lookedAt = (key) => (remembered?.key === key ? remembered : null);

/**
 * Writes the link of an experiment and a view over it into the address, without an entry in the history. What says how
 * the app is embedded stays, and what the page itself asks to keep.
 * @param {{ link: string, view: string | URLSearchParams, steps: number, keep?: string[] }} address
 */
export function write({ link, view, steps, keep = [] }) {
  /** @param {[string, string]} parameter */
  const own = ([name]) => name.startsWith("embed") || keep.includes(name);
  const kept = [...new URLSearchParams(location.search)].filter(own);
  const query = new URLSearchParams([...kept, ...new URLSearchParams(link)]);
  for (const [name, value] of new URLSearchParams(view)) query.set(name, value);
  if (Number(query.get("step")) > steps) query.set("step", String(steps)); // fewer are taken now
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  const address = location.pathname + (text ? `?${text}` : "") + location.hash;
  if (address !== location.pathname + location.search + location.hash) history.replaceState(history.state, "", address);
}

/** @type {WeakSet<HTMLElement>} */
const arrived = new WeakSet();

/**
 * Keeps the address in step on pages without a stage; called again with every answer. The first time it sends the event
 * `press`, as a press on the page would: where Streamlit's sidebar covers the page, it shuts.
 * @param {{
 *   parentElement: HTMLElement,
 *   data: { link: string, key: string, view: string, steps: number, keep?: string[], press: string },
 * }} component
 */
export function render({ parentElement, data }) {
  if (!arrived.has(parentElement)) {
    arrived.add(parentElement);
    parentElement.dispatchEvent(new MouseEvent(data.press, { bubbles: true }));
  }
  write({ ...data, view: lookedAt(data.key)?.query ?? data.view });
}

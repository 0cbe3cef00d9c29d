// The address is the experiment: Python names what is trained, a reader what is looked at.

/** What a reader chose to look at outlives a visit to another page. */
let remembered = null;

/** Remembers a view: what a stage needs to restore it, the key of its data, and its query. */
export function remember(view) {
  remembered = view;
}

/** Returns what was looked at of the data with this key, if anything. */
export const lookedAt = (key) => (remembered?.key === key ? remembered : null);

/**
 * Writes a link and a view over it into the address, without an entry in the history. What says how the app is embedded
 * stays, and what the page itself asks to keep.
 */
export function write({ link, view, steps, keep = [] }) {
  const own = ([name]) => name.startsWith("embed") || keep.includes(name);
  const kept = [...new URLSearchParams(location.search)].filter(own);
  const query = new URLSearchParams([...kept, ...new URLSearchParams(link)]);
  for (const [name, value] of new URLSearchParams(view)) query.set(name, value);
  if (Number(query.get("step")) > steps) query.set("step", steps); // fewer are taken now
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  const address = location.pathname + (text ? `?${text}` : "") + location.hash;
  if (address !== location.pathname + location.search + location.hash) history.replaceState(history.state, "", address);
}

const arrived = new WeakSet();

/** Keeps the address of a page without a stage; called again with every answer. */
export function render({ parentElement, data }) {
  if (!arrived.has(parentElement)) {
    arrived.add(parentElement);
    // As a press beside it does: where the sidebar covers the page Streamlit shuts it.
    parentElement.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
  }
  write({ ...data, view: lookedAt(data.key)?.query ?? data.view });
}

// Key presses that belong to the stage while the focus is elsewhere on the page.

const ROLES = ["slider", "combobox", "listbox", "radiogroup", "tablist"].map((role) => `[role=${role}]`);
const WITH_KEYS = ["input", "select", "textarea", "[contenteditable]", ...ROLES].join();

/**
 * The element that a key press is meant for, or null where a browser or another control has taken it.
 * @param {KeyboardEvent} event
 */
export function targetOf(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  const [target] = event.composedPath();
  return target instanceof Element ? target : document.documentElement;
}

/**
 * Whether an element has keys of its own: letters to type, arrows that move it.
 * @param {Element} target
 */
export const hasKeys = (target) => target.closest(WITH_KEYS) !== null;

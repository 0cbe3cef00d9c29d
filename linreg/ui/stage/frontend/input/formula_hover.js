// The terms of the page's formulas: they take the colours that the pictures have in this theme, and one under the
// pointer lights its part. Python writes a term in the light theme's colour of its role (linreg/ui/lesson/formula.py).

/** @import { Colours } from "../types.js" */

const TERM = '.katex-html [style*="color"]';

export class FormulaHover {
  /**
   * @param {Record<"light" | "dark", Colours>} palettes
   * @param {HTMLElement} stage - what changes inside it is no formula
   * @param {(role: string | null) => void} light - takes the role under the pointer
   */
  constructor(palettes, stage, light) {
    /** @type {Colours | null} */
    this.colours = null;
    this.roles = new Map(Object.entries(palettes.light).map(([role, colour]) => [channels(colour), role]));
    this.light = light;
    this.observer = new MutationObserver((changes) => {
      if (changes.some(({ target }) => !stage.contains(target))) this.#find();
    });
    this.observer.observe(document.body, { childList: true, subtree: true });
  }

  /**
   * Gives the terms the colours of the theme.
   * @param {Colours} colours
   */
  set(colours) {
    this.colours = colours;
    this.#find();
  }

  #find() {
    const { colours } = this;
    if (!colours) return;
    for (const term of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(TERM))) {
      const role = term.dataset.role ?? this.roles.get(channels(term.style.color));
      if (!role) continue;
      if (!term.dataset.role) {
        term.dataset.role = role;
        term.addEventListener("pointerenter", () => this.light(role));
        term.addEventListener("pointerleave", () => this.light(null));
      }
      if (term.dataset.colour === colours[role]) continue;
      term.dataset.colour = term.style.color = colours[role];
    }
  }

  close() {
    this.observer.disconnect();
  }
}

/**
 * A colour as "r,g,b".
 * @param {string} colour - #rrggbb or rgb()
 */
function channels(colour) {
  const hex = /^#(..)(..)(..)/.exec(colour);
  return hex
    ? hex
        .slice(1, 4)
        .map((part) => parseInt(part, 16))
        .join()
    : (colour.match(/\d+/g) ?? []).slice(0, 3).join();
}

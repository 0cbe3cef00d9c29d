// A document with as much as controls and panels need to be built and read in Node: elements, selectors, events. It has
// no layout: every element is as wide and high as `size` says.

export const size = { width: 600, height: 300 };

/** @typedef {FakeElement | string} FakeNode */

class FakeElement extends EventTarget {
  /** @type {FakeNode[]} */
  childNodes = [];
  /** @type {FakeElement | null} */
  parentElement = null;
  /** @type {Record<string, string>} */
  attributes = {};
  hidden = false;
  disabled = false;
  title = "";
  value = "";
  scrollTop = 0;

  /** @param {string} localName */
  constructor(localName) {
    super();
    this.localName = localName;
    const { attributes } = this;
    const kebab = (/** @type {string | symbol} */ name) =>
      `data-${String(name).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    this.dataset = /** @type {Record<string, string>} */ (
      new Proxy(
        {},
        {
          get: (_, name) => attributes[kebab(name)],
          set: (_, name, value) => {
            attributes[kebab(name)] = String(value);
            return true;
          },
        },
      )
    );
    /** @type {Record<string, any>} */
    this.style = {
      setProperty: (/** @type {string} */ name, /** @type {string} */ value) => {
        this.style[name] = value;
      },
      getPropertyValue: (/** @type {string} */ name) => this.style[name] ?? "",
    };
    this.classList = {
      contains: (/** @type {string} */ name) => this.#classes().includes(name),
      add: (/** @type {string} */ name) => this.classList.toggle(name, true),
      remove: (/** @type {string} */ name) => this.classList.toggle(name, false),
      toggle: (/** @type {string} */ name, on = !this.classList.contains(name)) => {
        const others = this.#classes().filter((each) => each !== name);
        attributes.class = [...others, ...(on ? [name] : [])].join(" ");
        return on;
      },
    };
  }

  #classes() {
    return (this.attributes.class ?? "").split(/\s+/).filter(Boolean);
  }

  get clientWidth() {
    return size.width;
  }
  get clientHeight() {
    return size.height;
  }
  get offsetWidth() {
    return size.width;
  }
  get offsetHeight() {
    return size.height;
  }
  get offsetTop() {
    return 0;
  }
  get className() {
    return this.attributes.class ?? "";
  }
  set className(names) {
    this.attributes.class = names;
  }

  /** @param {string} name */
  getAttribute(name) {
    return this.attributes[name] ?? null;
  }
  /**
   * @param {string} name
   * @param {unknown} value
   */
  setAttribute(name, value) {
    this.attributes[name] = String(value);
    if (name === "hidden" || name === "disabled") this[name] = true;
    if (name === "title" || name === "value") this[name] = String(value);
  }
  /** @param {string} name */
  removeAttribute(name) {
    delete this.attributes[name];
  }

  /** @returns {FakeElement[]} */
  get children() {
    return /** @type {FakeElement[]} */ (this.childNodes.filter((node) => node instanceof FakeElement));
  }
  /** @returns {FakeElement | null} */
  get firstElementChild() {
    return this.children[0] ?? null;
  }
  /** @returns {FakeElement | null} */
  get lastElementChild() {
    return this.children.at(-1) ?? null;
  }
  /** @returns {string} */
  get textContent() {
    return this.childNodes.map((node) => (typeof node === "string" ? node : node.textContent)).join("");
  }
  set textContent(text) {
    this.replaceChildren(text);
  }
  set innerHTML(/** @type {string} */ markup) {
    this.replaceChildren(...parse(markup));
  }
  /** What a template holds. */
  get content() {
    return this;
  }

  remove() {
    const { parentElement } = this;
    if (parentElement) parentElement.childNodes = parentElement.childNodes.filter((node) => node !== this);
    this.parentElement = null;
  }
  /**
   * @param {number} at
   * @param {FakeNode[]} nodes
   */
  #insert(at, nodes) {
    for (const node of nodes)
      if (node instanceof FakeElement) {
        node.remove();
        node.parentElement = this;
      }
    this.childNodes.splice(at, 0, ...nodes);
  }
  /** @param {FakeNode[]} nodes */
  append(...nodes) {
    this.#insert(this.childNodes.length, nodes);
  }
  /** @param {FakeNode[]} nodes */
  prepend(...nodes) {
    this.#insert(0, nodes);
  }
  /** @param {FakeNode[]} nodes */
  replaceChildren(...nodes) {
    for (const child of this.children) child.parentElement = null;
    this.childNodes = [];
    this.append(...nodes);
  }
  /**
   * @param {FakeElement} node
   * @param {FakeElement | null} before
   */
  insertBefore(node, before) {
    const at = before ? this.childNodes.indexOf(before) : this.childNodes.length;
    this.#insert(at, [node]);
  }
  /** @param {FakeNode[]} nodes */
  after(...nodes) {
    const parent = this.parentElement;
    if (parent) parent.#insert(parent.childNodes.indexOf(this) + 1, nodes);
  }

  /** @returns {Iterable<FakeElement>} */
  *descendants() {
    for (const child of this.children) {
      yield child;
      yield* child.descendants();
    }
  }
  /** @param {string} selector */
  querySelectorAll(selector) {
    return [...this.descendants()].filter((element) => element.matches(selector));
  }
  /** @param {string} selector */
  querySelector(selector) {
    return this.querySelectorAll(selector)[0] ?? null;
  }
  /** @param {string} selector */
  matches(selector) {
    return selector.split(",").some((each) => matchesPath(this, each.trim().split(/\s+/)));
  }
  /**
   * @param {string} selector
   * @returns {FakeElement | null}
   */
  closest(selector) {
    return this.matches(selector) ? this : (this.parentElement?.closest(selector) ?? null);
  }
  /** @param {FakeElement} other */
  contains(other) {
    return other === this || [...this.descendants()].includes(other);
  }
  focus() {}
}

/**
 * @param {FakeElement} element
 * @param {string[]} path - compound selectors, with ">" between some
 * @returns {boolean}
 */
function matchesPath(element, path) {
  if (!matchesOne(element, path[path.length - 1])) return false;
  if (path.length === 1) return true;
  const isChild = path.at(-2) === ">",
    rest = path.slice(0, isChild ? -2 : -1);
  for (let up = element.parentElement; up; up = up.parentElement) {
    if (matchesPath(up, rest)) return true;
    if (isChild) return false;
  }
  return false;
}

/**
 * @param {FakeElement} element
 * @param {string} selector - a tag, classes and attributes
 */
function matchesOne(element, selector) {
  const parts = selector.match(/^[a-z0-9]+|\.[\w-]+|\[[^\]]+\]|:hover/gi) ?? [];
  if (parts.join("") !== selector) throw new Error(`no such selector here: ${selector}`);
  return parts.every((part) => {
    if (part === ":hover") return false;
    if (part.startsWith(".")) return element.classList.contains(part.slice(1));
    if (!part.startsWith("[")) return element.localName === part;
    const [name, value] = part.slice(1, -1).split("=");
    const has = element.getAttribute(name);
    return value === undefined ? has !== null : has === value.replace(/^"|"$/g, "");
  });
}

const VOID = ["input", "path", "line", "circle", "rect"];

/**
 * Reads the markup that this project writes itself.
 * @param {string} markup
 * @returns {FakeNode[]}
 */
function parse(markup) {
  const root = new FakeElement("root");
  let at = root;
  for (const [, close, open, attributes, text] of markup.matchAll(
    /<\/([\w-]+)\s*>|<([\w-]+)((?:\s+[\w-]+(?:=(?:"[^"]*"|[\w-]+))?)*)\s*\/?>|([^<]+)/g,
  )) {
    if (text !== undefined) at.append(text);
    else if (close) at = at.parentElement ?? root;
    else {
      const element = new FakeElement(open);
      for (const [, name, quoted, bare = ""] of attributes.matchAll(/([\w-]+)(?:=(?:"([^"]*)"|([\w-]+)))?/g))
        element.setAttribute(name, quoted ?? bare);
      at.append(element);
      if (!VOID.includes(open)) at = element;
    }
  }
  return root.childNodes.slice();
}

/** Puts the document in place. */
export function installDocument() {
  const create = (/** @type {string} */ name) => new FakeElement(name);
  const documentElement = create("html");
  Object.assign(globalThis, {
    document: Object.assign(new EventTarget(), {
      createElement: create,
      createElementNS: (/** @type {string} */ _, /** @type {string} */ name) => create(name),
      documentElement,
      activeElement: null,
    }),
    Element: FakeElement,
    HTMLElement: FakeElement,
    Option: class extends FakeElement {
      /**
       * @param {string} text
       * @param {string} value
       */
      constructor(text, value) {
        super("option");
        this.textContent = text;
        this.value = value;
      }
    },
    ResizeObserver: class {
      observe() {}
      disconnect() {}
    },
    matchMedia: () => ({ matches: false }),
  });
}

/**
 * A stage that writes down what it is asked for.
 * @param {any} state
 * @returns {any}
 */
export const stageOf = (state) => ({
  root: document.createElement("section"),
  state,
  pictures: [],
  closed: false,
  stateOf: () => state,
  updates: [],
  sent: [],
  update(/** @type {any} */ change) {
    this.updates.push(change);
  },
  send(/** @type {any} */ choice) {
    this.sent.push(choice);
  },
  errors: [],
  fail(/** @type {any} */ error) {
    this.errors.push(error);
  },
});

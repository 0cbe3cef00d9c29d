// Numbers and names as text. linreg.text.numbers writes the same numbers in Python; the Node tests compare the two.
// Names come from files: they are text and never markup.

/**
 * A number to `digits` significant digits, with a true minus sign, thousands separators and no trailing noise.
 * @param {number | null | undefined} value
 */
export function number(value, digits = 6) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  let text;
  if (size >= 1e9 || size < 1e-4)
    text = value
      .toExponential(digits - 1)
      .replace(/\.?0+e/, "e")
      .replace("e+", "e");
  else {
    text = String(Number(value.toPrecision(digits)));
    const [whole, rest] = text.split(".");
    text = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",") + (rest ? `.${rest}` : "");
  }
  return text.replace(/-/g, "−");
}

/** A change by a smaller share of a number is not seen in it: it is below half a unit of the last digit written. */
export const MIN_SEEN_CHANGE = 5e-7;

/**
 * A number as a factor: a negative one in brackets.
 * @param {number} value
 * @param {number} [digits]
 */
export const factor = (value, digits) => (value < 0 ? `(${number(value, digits)})` : number(value, digits));

/**
 * A sum as far as its parts, shown to `digits`, determine it: what cancels takes digits with it.
 * @param {number} value
 * @param {number[]} parts
 * @param {number} digits
 */
export function sum(value, parts, digits) {
  const places = digits - 2 - Math.floor(Math.log10(Math.max(...parts.map(Math.abs))));
  return number(places >= 0 && places <= 100 ? Number(value.toFixed(places)) : value, digits - 1);
}

/**
 * A whole number: 1,240, or 1.24e15 where nobody reads digits any more.
 * @param {number} whole
 */
export const count = (whole) => (whole < 1e9 ? String(whole).replace(/\B(?=(\d{3})+(?!\d))/g, ",") : number(whole, 3));

/**
 * So many things: 1 step, 20 steps.
 * @param {number} whole
 * @param {string} noun
 */
export const counted = (whole, noun) => `${count(whole)} ${noun}${whole === 1 ? "" : "s"}`;

/**
 * A number in front of its unit, if that is known.
 * @param {string} text
 * @param {string} unit
 */
export const inUnit = (text, unit) => (unit ? `${text} ${unit}` : text);

/**
 * A name with its unit behind it, if that is known.
 * @param {string} name
 * @param {string} unit
 */
export const withUnit = (name, unit) => (unit ? `${name} (${unit})` : name);

/**
 * What something is measured in: "in $", but "per $".
 * @param {string} what
 * @param {string} unit
 */
export const measured = (what, unit) => `${what} ${unit.startsWith("per ") ? "" : "in "}${unit}`;

/** @param {number} share */
export const percent = (share) => (Number.isFinite(share) ? `${number(100 * share, 3)}\u00a0%` : "–");

/**
 * Text that Plotly will not read as markup.
 * @param {string} text
 */
export const plain = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/**
 * Text that Plotly will not read as markup in a title in space. There tags are read but entities are not: a space of no
 * width keeps a tag from being one.
 * @param {string} text
 */
export const untagged = (text) => text.replaceAll("<", "<\u200b");

/**
 * What is multiplied by again and again, to `digits` digits or to as many as tell it from 1 and −1.
 * @param {number} value
 * @param {number} [digits]
 */
export function multiplier(value, digits = 3) {
  const apart = Math.abs(Math.abs(value) - 1);
  return number(value, apart > 0 && apart < 1 ? Math.max(digits, 1 + Math.ceil(-Math.log10(apart))) : digits);
}

/**
 * Two numbers to `digits` significant digits, or to as many as tell them from each other: at most 17, which tell every
 * float from any other.
 * @param {number} a
 * @param {number} b
 * @param {number} digits
 * @returns {[string, string]}
 */
export function distinctTexts(a, b, digits) {
  const texts = /** @type {[string, string]} */ ([number(a, digits), number(b, digits)]);
  return a === b || texts[0] !== texts[1] || digits >= 17 ? texts : distinctTexts(a, b, digits + 1);
}

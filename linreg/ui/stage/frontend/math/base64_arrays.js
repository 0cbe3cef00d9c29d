// Columns of numbers out of base64 of little-endian bytes: exact, and a third of the size of decimals.

/** @import { Float64s, Int32s } from "../payload.js" */

/** @param {string} text */
function bytes(text) {
  const raw = atob(text);
  const out = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
  return out.buffer;
}

/** @param {Float64s} text */
export const doubles = (text) => new Float64Array(bytes(text));
/** @param {Int32s} text */
export const integers = (text) => new Int32Array(bytes(text));

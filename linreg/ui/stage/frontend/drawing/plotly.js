// Plotly.js as the installed plotly package ships it, loaded once per page.

/** @import { Plotly } from "../types.js" */

/** @type {Promise<Plotly> | undefined} */
let loading;

/**
 * Loads Plotly once.
 * @param {string} address
 * @returns {Promise<Plotly>}
 */
export function plotly(address) {
  if (window.Plotly) return Promise.resolve(window.Plotly);
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => {
      loading = undefined;
      resolve(/** @type {Plotly} */ (window.Plotly));
    };
    script.onerror = () => {
      loading = undefined;
      script.remove();
      reject(new Error("The drawing library could not be loaded. Reload the page."));
    };
    document.head.append(script);
  });
  return loading;
}

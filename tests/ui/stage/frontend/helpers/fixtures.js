// What the Python core answers, as fixtures.py wrote it.

import { readFileSync } from "node:fs";

const FOLDER = process.env.LINREG_FIXTURES ?? new URL("./fixtures", import.meta.url).pathname;

/**
 * Reads one fixture.
 * @param {string} name
 * @returns {any}
 */
export const fixture = (name) => JSON.parse(readFileSync(`${FOLDER}/${name}.json`, "utf8"));

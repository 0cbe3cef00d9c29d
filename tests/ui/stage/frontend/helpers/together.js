// All files of tests in one process: starting Node for each of them takes three times as long.

import { before, describe, mock } from "node:test";

/** @type {Record<string, any>} */
const page = globalThis;

const ofNode = new Set(Object.getOwnPropertyNames(page));

/** What was put on the page, and what Node has there that can be replaced. */
const values = () =>
  Object.fromEntries(
    Object.entries(Object.getOwnPropertyDescriptors(page)).filter(
      ([, { enumerable, writable }]) => enumerable && writable,
    ),
  );

for (const file of process.argv.slice(2))
  describe(file, async () => {
    await import(file);
    const left = values();
    before(() => {
      // A file's tests find the page as the file left it, whatever other tests made of it.
      mock.timers.reset();
      for (const name of Object.keys(values())) if (!(name in left || ofNode.has(name))) delete page[name];
      Object.defineProperties(page, left);
    });
  });

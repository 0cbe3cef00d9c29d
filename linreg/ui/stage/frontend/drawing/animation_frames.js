// Promises of the next display frame, and of what was changed being on the screen.

/** @returns {Promise<number>} */
export const nextFrame = () => new Promise((done) => requestAnimationFrame(done));

/** Resolves when what was changed before is on the screen. @returns {Promise<void>} */
export const painted = () => nextFrame().then(() => new Promise((done) => setTimeout(done, 0)));

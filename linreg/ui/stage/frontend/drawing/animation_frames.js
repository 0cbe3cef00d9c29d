// Waiting for the display.

export const nextFrame = () => new Promise((done) => requestAnimationFrame(done));

/** Resolves when what was changed before is on the screen. */
export const painted = () => nextFrame().then(() => new Promise((done) => setTimeout(done, 0)));

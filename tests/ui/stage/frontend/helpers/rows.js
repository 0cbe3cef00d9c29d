// What the rows themselves say, by the definition of the loss.

/**
 * @param {number[][]} X - with the column of the intercept, if there is one
 * @param {number[]} y
 * @param {ArrayLike<number>} theta
 */
export const residualsOf = (X, y, theta) =>
  y.map((value, i) => value - X[i].reduce((sum, x, k) => sum + x * theta[k], 0));

/**
 * @param {number[][]} X
 * @param {number[]} y
 * @param {ArrayLike<number>} theta
 * @param {number} scale - of the loss against TSSE
 */
export const lossOf = (X, y, theta, scale) =>
  scale * residualsOf(X, y, theta).reduce((sum, residual) => sum + residual ** 2, 0);

/**
 * θ with other values of some parameters.
 * @param {ArrayLike<number>} theta
 * @param {number[]} parameters
 * @param {ArrayLike<number>} values
 */
export function moved(theta, parameters, values) {
  const there = Array.from(theta);
  for (const [k, j] of parameters.entries()) there[j] = values[k];
  return there;
}

/**
 * What Python sends of one feature, with its first rows only: as if no more of them were drawn.
 * @param {any} sent
 * @param {number} few
 */
export function withFewRows(sent, few) {
  const cut = (/** @type {string} */ text, /** @type {number} */ bytes) =>
    Buffer.from(text, "base64")
      .subarray(0, few * bytes)
      .toString("base64");
  return { ...sent, X: cut(sent.X, 8), y: cut(sent.y, 8), rows: cut(sent.rows, 4) };
}

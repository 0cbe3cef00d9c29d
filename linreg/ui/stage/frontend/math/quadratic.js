// The loss as a function of θ, in the spectral form that Python sends once per data set:
// loss(θ) = scale·(rho2 + |b|²) with b = w − s∘(Vᵀθ), the residual along each direction of the bowl.
// Gradient descent multiplies each entry of b by 1 − 2·η·scale·s² a step, so any step of any run has a closed
// form.
// linreg.model.spectrum.Spectrum is the same in Python; the Node tests hold the two together.

/** @import { Numbers, Point, Slice } from "../types.js" */

/**
 * (1 − x)^t for t ≥ 0, exact also where x is tiny or t is huge.
 * @param {number} x
 * @param {number} t
 */
function shrink(x, t) {
  if (t === 0) return 1;
  if (x === 1) return 0;
  if (x < 1) return Math.exp(t * Math.log1p(-x));
  return Math.exp(t * Math.log(x - 1)) * (t % 2 === 1 ? -1 : 1);
}

/**
 * 1 − (1 − x)^t without cancellation for tiny x.
 * @param {number} x
 * @param {number} t
 */
function covered(x, t) {
  return x < 1 ? -Math.expm1(t * Math.log1p(-x)) : 1 - shrink(x, t);
}

export class Quadratic {
  /**
   * @param {{
   *   V: Float64Array, s: Float64Array, w: Float64Array, rho2: number, scale: number,
   *   best: Float64Array, bestLoss: number,
   * }} spectrum - as the formula at the top has it, V row after row; and the minimum
   */
  constructor({ V, s, w, rho2, scale, best, bestLoss }) {
    this.V = V;
    this.s = s;
    this.w = w;
    this.rho2 = rho2;
    this.scale = scale;
    this.best = best;
    this.bestLoss = bestLoss;
    this.p = s.length;
  }

  /**
   * Curvature of the loss along direction i: an eigenvalue of its Hessian.
   * @param {number} i
   */
  eigenvalue(i) {
    return 2 * this.scale * this.s[i] * this.s[i];
  }

  /**
   * b = w − s∘(Vᵀθ).
   * @param {Numbers} theta
   */
  residual(theta) {
    const { V, s, w, p } = this;
    const b = new Float64Array(p);
    for (let i = 0; i < p; i++) {
      let along = 0;
      for (let j = 0; j < p; j++) along += V[j * p + i] * theta[j];
      b[i] = w[i] - s[i] * along;
    }
    return b;
  }

  /** @param {Float64Array} b */
  lossOf(b) {
    let sum = this.rho2;
    for (let i = 0; i < this.p; i++) sum += b[i] * b[i];
    return this.scale * sum;
  }

  /** @param {Float64Array} b */
  gradientOf(b) {
    const { V, s, p, scale } = this;
    const g = new Float64Array(p);
    for (let j = 0; j < p; j++) {
      let sum = 0;
      for (let i = 0; i < p; i++) sum += V[j * p + i] * s[i] * b[i];
      g[j] = -2 * scale * sum;
    }
    return g;
  }

  /** @param {Numbers} theta */
  loss(theta) {
    return this.lossOf(this.residual(theta));
  }

  /** @param {Numbers} theta */
  gradient(theta) {
    return this.gradientOf(this.residual(theta));
  }

  /**
   * θ, loss and gradient t steps of gradient descent after theta.
   * @param {Numbers} theta
   * @param {number} rate
   * @param {number} t
   */
  after(theta, rate, t) {
    return this.walk(theta, rate)(t);
  }

  /**
   * The run from a start as a function of the step.
   * @param {Numbers} start
   * @param {number} rate
   * @returns {(t: number) => Point}
   */
  walk(start, rate) {
    const { V, s, p } = this;
    const b0 = this.residual(start);
    const x = Float64Array.from(s, (_, i) => rate * this.eigenvalue(i));
    return (t) => {
      const theta = Float64Array.from(start);
      const b = new Float64Array(p);
      for (let i = 0; i < p; i++) {
        b[i] = shrink(x[i], t) * b0[i];
        const moved = s[i] > 0 ? (covered(x[i], t) / s[i]) * b0[i] : 0;
        for (let j = 0; j < p; j++) theta[j] += V[j * p + i] * moved;
      }
      return { theta, loss: this.lossOf(b), gradient: this.gradientOf(b) };
    };
  }

  /**
   * Half-widths of the box that holds every run from a start with a rate that converges: Σ |V_ji|·|c_i| with
   * c = Vᵀ(start − best).
   * @param {Numbers} start
   */
  reach(start) {
    const { V, p, best } = this;
    const half = new Float64Array(p);
    for (let i = 0; i < p; i++) {
      let c = 0;
      for (let j = 0; j < p; j++) c += V[j * p + i] * (start[j] - best[j]);
      for (let j = 0; j < p; j++) half[j] += Math.abs(V[j * p + i] * c);
    }
    return half;
  }

  /**
   * Entry (j, k) of half the Hessian.
   * @param {number} j
   * @param {number} k
   */
  curvature(j, k) {
    const { V, s, p, scale } = this;
    let sum = 0;
    for (let i = 0; i < p; i++) sum += V[j * p + i] * V[k * p + i] * s[i] * s[i];
    return scale * sum;
  }

  /**
   * The loss over parameter j, the others held as in theta: low + curvature·(θj − at)².
   * @param {Numbers} theta
   * @param {number} j
   */
  along(theta, j) {
    const b = this.residual(theta),
      curvature = this.curvature(j, j);
    const step = curvature > 0 ? -this.gradientOf(b)[j] / (2 * curvature) : 0;
    return {
      at: theta[j] + step,
      low: Math.max(this.scale * this.rho2, this.lossOf(b) - curvature * step * step),
      curvature,
    };
  }

  /**
   * The bowl over two parameters j and k, the others held as in theta: its lowest point, the loss there, and the two
   * principal half-axes of the ellipse at one unit of loss above it.
   * @param {Numbers} theta
   * @param {number} j
   * @param {number} k
   * @returns {Slice}
   */
  slice(theta, j, k) {
    if (this.p === 2) theta = this.best; // there are no others: far out, rounding would move the bowl
    const a = this.curvature(j, j),
      b = this.curvature(j, k),
      d = this.curvature(k, k);
    const g = this.gradient(theta);
    const mean = (a + d) / 2,
      gap = Math.hypot((a - d) / 2, b);
    const large = mean + gap,
      small = Math.max(0, large > 0 ? (a * d - b * b) / large : 0);
    const angle = 0.5 * Math.atan2(2 * b, a - d);
    const cos = Math.cos(angle),
      sin = Math.sin(angle);
    /** @type {Slice["axes"]} */
    const [u, v] = [
      [cos, sin],
      [-sin, cos],
    ];
    const tiny = large * 1e-15;
    /**
     * @param {number[]} axis
     * @param {number} value
     */
    const step = (axis, value) => (value > tiny ? -(axis[0] * g[j] + axis[1] * g[k]) / (2 * value) : 0);
    const alongU = step(u, large),
      alongV = step(v, small);
    /** @type {Slice["centre"]} */
    const centre = [theta[j] + u[0] * alongU + v[0] * alongV, theta[k] + u[1] * alongU + v[1] * alongV];
    const low = Math.max(this.scale * this.rho2, this.loss(theta) - large * alongU * alongU - small * alongV * alongV);
    /** @param {number} value */
    const half = (value) => (value > tiny ? 1 / Math.sqrt(value) : Infinity);
    return { centre, low, axes: [u, v], halves: [half(large), half(small)] };
  }
}

/**
 * Points of the ellipse of a slice at a loss, or none where the slice never gets that low.
 * @param {Slice} slice
 * @param {number} loss
 * @param {number} cap - bounds an endless half-axis
 * @returns {{ x: number[], y: number[] }}
 */
export function ellipse(slice, loss, cap, points = 73) {
  const rise = loss - slice.low;
  if (!(rise > 0)) return { x: [], y: [] };
  const [u, v] = slice.axes;
  const [r1, r2] = slice.halves.map((half) => Math.min(cap, half * Math.sqrt(rise)));
  /** @type {number[][]} */
  const [x, y] = [[], []];
  for (let m = 0; m < points; m++) {
    const phi = (2 * Math.PI * m) / (points - 1);
    const c = r1 * Math.cos(phi),
      s = r2 * Math.sin(phi);
    x.push(slice.centre[0] + u[0] * c + v[0] * s);
    y.push(slice.centre[1] + u[1] * c + v[1] * s);
  }
  return { x, y };
}

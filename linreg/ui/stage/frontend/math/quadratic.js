// The loss as a function of θ, in the spectral form that Python sends once per data set:
// loss(θ) = scale·(rho2 + |b|²) with b = w − s∘(Vᵀθ), the residual along each direction of the bowl.
// Gradient descent multiplies each entry of b by 1 − 2·η·scale·s² a step, so any step of any run has a closed form.
// linreg.model.least_squares.Spectrum is the same in Python; the Node tests hold the two together.

/** (1 − x)^t for t ≥ 0, exact also where x is tiny or t is huge. */
function shrink(x, t) {
  if (t === 0) return 1;
  if (x === 1) return 0;
  if (x < 1) return Math.exp(t * Math.log1p(-x));
  return Math.exp(t * Math.log(x - 1)) * (t % 2 === 1 ? -1 : 1);
}

/** 1 − (1 − x)^t without cancellation for tiny x. */
function covered(x, t) {
  return x < 1 ? -Math.expm1(t * Math.log1p(-x)) : 1 - shrink(x, t);
}

export class Bowl {
  constructor({ V, s, w, rho2, scale, best, bestLoss }) {
    Object.assign(this, { V, s, w, rho2, scale, best, bestLoss, p: s.length });
  }

  /** Curvature of the loss along direction i: an eigenvalue of its Hessian. */
  eigenvalue(i) {
    return 2 * this.scale * this.s[i] * this.s[i];
  }

  /** b = w − s∘(Vᵀθ). */
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

  lossOf(b) {
    let sum = this.rho2;
    for (let i = 0; i < this.p; i++) sum += b[i] * b[i];
    return this.scale * sum;
  }

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

  loss(theta) {
    return this.lossOf(this.residual(theta));
  }

  gradient(theta) {
    return this.gradientOf(this.residual(theta));
  }

  /** θ, loss and gradient t steps of gradient descent after theta. */
  after(theta, rate, t) {
    return this.walk(theta, rate)(t);
  }

  /** The run from start as a function of the step. */
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

  /** Half-widths of the box that holds every run from start with a rate that converges: Σ |V_ji|·|c_i|, c = Vᵀ(start − best). */
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

  /** Entry (j, k) of half the Hessian. */
  curvature(j, k) {
    const { V, s, p, scale } = this;
    let sum = 0;
    for (let i = 0; i < p; i++) sum += V[j * p + i] * V[k * p + i] * s[i] * s[i];
    return scale * sum;
  }

  /** The loss over parameter j, the others held as in theta: low + curvature·(θj − at)². */
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
    const u = [Math.cos(angle), Math.sin(angle)],
      v = [-u[1], u[0]];
    const tiny = large * 1e-15;
    const step = (axis, value) => (value > tiny ? -(axis[0] * g[j] + axis[1] * g[k]) / (2 * value) : 0);
    const alongU = step(u, large),
      alongV = step(v, small);
    const centre = [theta[j] + u[0] * alongU + v[0] * alongV, theta[k] + u[1] * alongU + v[1] * alongV];
    const low = Math.max(this.scale * this.rho2, this.loss(theta) - large * alongU * alongU - small * alongV * alongV);
    const half = (value) => (value > tiny ? 1 / Math.sqrt(value) : Infinity);
    return { centre, low, axes: [u, v], halves: [half(large), half(small)] };
  }
}

/** Points of the ellipse of a slice at a loss, or none where the slice never gets that low. `cap` bounds an endless half-axis. */
export function ellipse(slice, loss, cap, points = 73) {
  const rise = loss - slice.low;
  if (!(rise > 0)) return { x: [], y: [] };
  const [u, v] = slice.axes;
  const [r1, r2] = slice.halves.map((half) => Math.min(cap, half * Math.sqrt(rise)));
  const x = [],
    y = [];
  for (let m = 0; m < points; m++) {
    const phi = (2 * Math.PI * m) / (points - 1);
    const c = r1 * Math.cos(phi),
      s = r2 * Math.sin(phi);
    x.push(slice.centre[0] + u[0] * c + v[0] * s);
    y.push(slice.centre[1] + u[1] * c + v[1] * s);
  }
  return { x, y };
}

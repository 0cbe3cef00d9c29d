"""The limits of the learning rate, and a forecast of a run before its first step.

Along an axis of the bowl with eigenvalue λ the error is multiplied by 1 − ηλ a step.  That one
number decides: from 0 to 1 the approach is smooth, from −1 to 0 it zig-zags, at −1 it bounces for
ever and beyond it grows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, inf, log, log10
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from linreg.model.least_squares import LeastSquares, Loss, loss_scale
from linreg.model.moments import Floats
from linreg.model.spectrum import Spectrum
from linreg.training.arguments import positive_rate, start_point, whole_steps
from linreg.training.messages import forecast_sentence

Zone = Literal["smooth", "zig-zag", "bounces", "diverges", "at the minimum"]

# A rate this close to a limit, relatively, is meant to be the limit: typed or dragged numbers and
# the eigenvalues themselves carry a few roundings.
RATE_TOLERANCE = 1e-12

ROUNDING, TINY = float(np.finfo(float).eps), float(np.finfo(float).tiny)

# Where a search for a step gives up; a float holds no more steps than this.
MAX_SEARCHED_STEPS = 2**1000


@dataclass(frozen=True, eq=False)
class RateLimits:
    """The learning rates at which the behaviour changes, in units of the chosen loss.

    Attributes
    ----------
    smooth, limit, fastest : float
        1/λmax, 2/λmax and 2/(λmin + λmax); inf if every eigenvalue is 0.
    condition : float
        λmax/λmin: how much longer the bowl is than wide, squared.
    eigenvalues : ndarray of shape (p,)
        Of the Hessian, descending; exactly 0 along directions the data do not determine.  λmin is
        the smallest of the others.
    """

    smooth: float
    limit: float
    fastest: float
    condition: float
    eigenvalues: Floats

    @property
    def suggested(self) -> float:
        """0.8/λmax rounded down to two digits: smooth on any data, and not slow."""
        rate = 0.8 * self.smooth
        if not 0 < rate < inf:
            return 1.0  # no gradient anywhere: any rate does nothing
        unit = 10.0 ** (floor(log10(rate)) - 1)
        return float(f"{floor(rate / unit) * unit:.2g}")

    @property
    def zigzag(self) -> float:
        """The rate in the middle of those that zig-zag but converge."""
        return (self.smooth + self.limit) / 2

    @property
    def room(self) -> float:
        """How far from `zigzag` a rate may lie and still zig-zag and converge."""
        return (self.limit - self.smooth) / 2 * (1 - 1e-9)


@dataclass(frozen=True)
class Forecast:
    """A forecast of gradient descent: how it goes, and when it converges or overflows.

    Attributes
    ----------
    zone : str
        "smooth", "zig-zag", "bounces", "diverges" or "at the minimum".
    growth : float
        What the error is multiplied by a step, in the end: |1 − ηλ| of the slowest axis that the
        start excites, or of the worst one if the rate is above the limit or nothing moves.
    converges_at : int or None
        First step that fulfils the convergence criterion of `LeastSquares.tolerance`.
    overflows_at : int or None
        First step whose loss no longer fits a float.
    steps : int or None
        Steps of the run, where they are known: the sentence says what only happens after them.
    narrow : bool
        Whether the bowl is so narrow that its fastest rate cannot be told from the limit.
    """

    zone: Zone
    growth: float
    converges_at: int | None
    overflows_at: int | None
    steps: int | None = None
    narrow: bool = False

    @property
    def sentence(self) -> str:
        """The forecast in plain words."""
        return forecast_sentence(self)


def rate_limits(problem: LeastSquares, loss: Loss = "tsse") -> RateLimits:
    """Return the limits of the learning rate for this problem and loss."""
    s = problem.spectrum.s
    eigenvalues = 2 * loss_scale(loss, problem.n) * np.square(s)
    counted = s[s > 0]
    if not len(counted):
        return RateLimits(inf, inf, inf, 1.0, eigenvalues)
    top, low = eigenvalues[0], eigenvalues[len(counted) - 1]
    with np.errstate(over="ignore", divide="ignore"):
        # Of s, not of λ: where a number is tiny its square is 0, or has lost its digits.
        condition = float(np.square(counted[0] / counted[-1]))
        smooth, limit, fastest = (1 / top).item(), (2 / top).item(), (2 / (low + top)).item()
    return RateLimits(smooth, limit, fastest, condition, eigenvalues)


def forecast(
    problem: LeastSquares,
    *,
    rate: float,
    start: ArrayLike | None = None,
    loss: Loss = "tsse",
    steps: int | None = None,
) -> Forecast:
    """Forecast what gradient descent with this rate and start will do.

    Parameters
    ----------
    problem : LeastSquares
    rate : float
        Learning rate η > 0 in units of `loss`.
    start : array of shape (p,), optional
        θ before the first step; zeros by default.
    loss : {"tsse", "mse", "half-mse"}
    steps : int, optional
        How many steps the run takes: the sentence says what only happens after them.

    Raises
    ------
    ValueError
        For a rate, start or loss that makes no sense.
    """
    rate, theta = positive_rate(rate), start_point(problem, start)
    if steps is not None:
        steps = whole_steps(steps)
    return outlook(problem, theta, rate, loss, steps)


def outlook(
    problem: LeastSquares, start: Floats, rate: float, loss: Loss, steps: int | None
) -> Forecast:
    """Forecast a run whose rate and start, shape (p,), have been checked."""
    spectrum, rate = problem.spectrum, rate * loss_scale(loss, problem.n)
    tolerance = problem.tolerance_root
    b = np.where(spectrum.s > 0, spectrum.error(start), 0.0)
    # An axis matters if its error alone could keep the run from converging.
    excited = np.abs(b) * np.sqrt(len(b)) > tolerance
    pull = spectrum.pull(rate)
    pull[np.abs(pull - 2) <= 2 * RATE_TOLERANCE] = 2
    growing = (b != 0) & (pull > 2)
    converges_at = convergence_step(spectrum, start, rate, tolerance)
    overflows_at = overflow_step(b[growing], pull[growing])
    decisive = pull[growing] if growing.any() else pull[excited]
    zone = "at the minimum" if converges_at == 0 else zone_of(float(decisive.max()))
    if zone == "bounces":
        converges_at = None
    if zone == "at the minimum":
        decisive = pull[spectrum.s > 0]  # nothing moves, but rounding may push along any axis
    growth = float(np.abs(1 - decisive).max(initial=0))
    slopes = spectrum.s[spectrum.s > 0]
    narrow = bool(len(slopes)) and bool((slopes[-1] / slopes[0]) ** 2 <= RATE_TOLERANCE)
    return Forecast(zone, growth, converges_at, overflows_at, steps, narrow)


def best_rate(
    problem: LeastSquares, *, steps: int, start: ArrayLike | None = None, loss: Loss = "tsse"
) -> float:
    """Return the learning rate with the least loss after so many steps.

    The excess Σ b²(1 − ηλ)^2t is convex in η, so bisection between 1/λmax and 2/λmax finds where it
    no longer falls.  A narrow bowl wants other rates than the fastest one in the end, 2/(λmin +
    λmax): there the error along the steepest axis hardly shrinks in a number of steps below κ.

    Parameters
    ----------
    problem : LeastSquares
    steps : int
        Number of steps t; a run of none counts as one step.
    start : array of shape (p,), optional
        θ before the first step; zeros by default.
    loss : {"tsse", "mse", "half-mse"}
        The rate is in its units; 1 if no rate moves anything.

    Raises
    ------
    ValueError
        For a number of steps, start or loss that makes no sense.
    """
    theta, scale = start_point(problem, start), loss_scale(loss, problem.n)
    slopes, power = problem.spectrum.s > 0, 2 * max(whole_steps(steps), 1) - 1
    s = problem.spectrum.s[slopes]
    if not len(s):
        return 1.0
    size = np.abs(problem.spectrum.error(theta)[slopes])
    # Rounding puts a little error along every axis, and a rate too large lets it grow.
    weight = 2 * np.log(np.hypot(size, ROUNDING * max(size.max(), TINY)) * s)
    low, high = 1.0, 2.0  # in units of 1/λmax
    while low < (middle := (low + high) / 2) < high:
        factor = 1 - middle * np.square(s / s[0])
        with np.errstate(divide="ignore"):
            part = weight + power * np.log(np.abs(factor))
        falls = float((np.sign(factor) * np.exp(part - part.max())).sum())
        low, high = (middle, high) if falls > 0 else (low, middle)
    with np.errstate(over="ignore"):
        return float(low / (2 * scale * np.square(s[0])))


def zone_of(pull: float) -> Zone:
    """Name what happens along an axis with ηλ = `pull`."""
    if pull <= 1 + RATE_TOLERANCE:
        return "smooth"
    if pull < 2 * (1 - RATE_TOLERANCE):
        return "zig-zag"
    return "bounces" if pull <= 2 * (1 + RATE_TOLERANCE) else "diverges"


def convergence_step(
    spectrum: Spectrum, start: Floats, rate: float, tolerance: float
) -> int | None:
    """Return the first step t with √(TSSE(θ_t) − TSSE(θ*)) <= tolerance, None if there is none.

    The excess is a sum of exponentials of t: it falls, perhaps rises again, never falls twice.
    So "is close enough, or no longer falls" is false up to one step and true from it on.
    """
    slopes = spectrum.factors(rate)[0]
    b = np.where(spectrum.s > 0, spectrum.error(start), 0.0)
    with np.errstate(over="ignore"):
        b /= tolerance or 1.0  # in these units squares of tiny errors do not vanish
    enough = float(tolerance > 0)
    done = b == 0

    def excess(t: int) -> Floats:
        # At t = 0 even an axis that the first step finishes, whose slope is −inf, is untouched.
        return np.where(done, 0.0, np.square(b * (np.exp(slopes * t) if t else 1.0)))

    def settled(t: int) -> bool:
        left = excess(t)
        if left.sum() <= enough:
            return True
        return not np.where(left > 0, left * slopes, 0.0).sum() < 0

    with np.errstate(all="ignore"):
        step = first(settled)
        return step if excess(step).sum() <= enough else None


def overflow_step(b: Floats, pull: Floats) -> int | None:
    """Return the first step at which (|1 − ηλ|^t · b)² exceeds every float along some axis.

    Parameters
    ----------
    b, pull : ndarray of shape (k,)
        Error at the start and ηλ > 2 along each growing axis.
    """
    if not len(b):
        return None
    room = log(np.finfo(float).max) / 2 - np.log(np.abs(b))
    return max(1, ceil(float((room / np.log(pull - 1)).min())))


def first(holds: Callable[[int], bool]) -> int:
    """Return the smallest t up to MAX_SEARCHED_STEPS from which on `holds` is true.

    By bisection: once it is true, it stays so.
    """
    low, high = -1, 1
    while high < MAX_SEARCHED_STEPS and not holds(high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high

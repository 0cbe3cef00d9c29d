"""Linear regression trained by gradient descent, exact to the last digit.

The one convention, used by every module, page and formula of this project:

============================  ====================================================  ==============
symbol                        meaning                                               shape
============================  ====================================================  ==============
X, y                          inputs and outputs                                    (n, M), (n,)
θ = (θ0, θ1 … θM)             intercept and weights                                 (M+1,)
ỹ = θ0 + X·(θ1 … θM)          the linear model                                      (n,)
TSSE = Σ (y − ỹ)²             total sum of square error, the default loss           scalar
MSE = TSSE/n, ½MSE = TSSE/2n  the same bowl on another scale                        scalar
∇TSSE = −2 Σ (y − ỹ)·(1, x)   gradient, a sum of one arrow per row                  (M+1,)
H = 2 [1 X]ᵀ[1 X]             Hessian of TSSE, constant                             (M+1, M+1)
η                             learning rate; θ ← θ − η∇                             scalar
============================  ====================================================  ==============

A rate is smooth up to 1/λmax(H), zig-zags but converges up to 2/λmax(H) and diverges above;
2/(λmin + λmax) is the fastest.  A loss scaled by c wants the rate scaled by 1/c for the same path.
Without intercept θ0 and the column of ones are left out and p = M instead of M+1.

Data flows one way: rows → `Moments` → `LeastSquares` → `Run` → picture.  `linreg.model.row_by_row`
states the same steps row by row: the definition to read, and the twin of the fast route in tests.
docs/numerics.md derives the fast route and says what is tested against what.

The wings; imports run upwards in this list only:

    errors, text     `DataError`, a sentence for the user; numbers, lists, symbols, units as text
    model, training  loss, gradient and minimiser as functions of θ; runs, and what a rate will do
    data, teaching   rows from files and generators; the numbers behind questions and comparisons
    experiment       all choices as one frozen value; its URL; its exports
    cli, ui          `python -m linreg`; the app
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linreg.model.least_squares import LeastSquares
    from linreg.model.moments import Moments
    from linreg.training.gradient_descent import Run, train
    from linreg.training.learning_rate import Forecast, RateLimits, forecast, rate_limits

__all__ = [
    "Forecast",
    "LeastSquares",
    "Moments",
    "RateLimits",
    "Run",
    "forecast",
    "rate_limits",
    "train",
]

_HOME = {
    "Forecast": "training.learning_rate",
    "LeastSquares": "model.least_squares",
    "Moments": "model.moments",
    "RateLimits": "training.learning_rate",
    "Run": "training.gradient_descent",
    "forecast": "training.learning_rate",
    "rate_limits": "training.learning_rate",
    "train": "training.gradient_descent",
}


def __getattr__(name: str) -> object:
    """Import a name when it is first used: the command line answers before NumPy is loaded."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"linreg.{_HOME[name]}"), name)
    return value

"""The linear model: rows -> `Moments` -> `LeastSquares`, with loss and gradient at any θ."""

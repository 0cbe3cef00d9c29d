"""The linear model: rows -> `Moments` -> `LeastSquares`, with loss and gradient at any θ.

moments, least_squares                        sums of the rows; the loss as a function of θ
min_norm, identifiability                     the rank rule; notes on what the rows do not determine
spectrum, scaling                             t steps in closed form; standardised features
row_by_row, normal_equations, exact_rational  the definition to read; two more ways to the minimum
"""

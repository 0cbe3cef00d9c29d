"""The numbers behind questions and comparisons of the lesson.

exercises, step_guess                  questions by hand; guesses of a step
per_row_gradients, finite_differences  arrows of the rows; a check of the gradient
operation_counts, solver_digits, flow  costs; right digits; the six boxes of training
"""

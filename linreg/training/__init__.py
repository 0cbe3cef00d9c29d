"""Gradient descent: `train` takes the steps, `forecast` says beforehand where they lead.

gradient_descent, start      `train` and `Run`; a start at random
learning_rate, messages      limits and `forecast`; sentences on runs and rates
rate_sweep, stopping         many rates at once; rules that stop a run
eigen_directions, arguments  the error direction by direction; checks of arguments
"""

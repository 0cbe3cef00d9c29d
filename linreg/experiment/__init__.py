"""All choices of an experiment as one frozen value; its URL; its exports.

experiment, url    the choices; as an address and back
resolve, exports/  problem, rate, start and run, each computed once; programs and problem files
column_units       units of θ, loss, gradient and rate, as text
"""

"""Numbers, lists, symbols, units and names as text.

numbers, lists, markdown  numbers, lists of names, and a user's own texts
symbols, units            the letters on screen; units of θ, loss, gradient and rate
"""

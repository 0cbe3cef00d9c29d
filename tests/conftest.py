"""Settings of every test: examples of Hypothesis, and one BLAS thread."""

import os

from hypothesis import HealthCheck, settings
from threadpoolctl import threadpool_limits

import linreg.model.moments  # noqa: F401

# A test never times: a busy machine is no failure. In CI the examples are the same every time.
settings.register_profile(
    "linreg",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("linreg")

# As in the app; what is imported above has loaded BLAS, which cannot be limited earlier.
threadpool_limits(limits=1, user_api="blas")

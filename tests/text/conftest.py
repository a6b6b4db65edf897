"""Hypothesis settles on the same examples in every run; MEDSOSBOT_FUZZ=1 (`make fuzz`) asks for many new ones."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

CALM = [
    HealthCheck.too_slow,
    HealthCheck.function_scoped_fixture,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
]
settings.register_profile("ci", derandomize=True, max_examples=60, deadline=None, suppress_health_check=CALM)
settings.register_profile("fuzz", max_examples=800, deadline=None, suppress_health_check=CALM)
settings.load_profile("fuzz" if os.environ.get("MEDSOSBOT_FUZZ") else "ci")

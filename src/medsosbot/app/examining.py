"""What `doctor` is handed."""

from __future__ import annotations

from medsosbot.app.build import database_file, missing_secrets
from medsosbot.clock import Clock
from medsosbot.options import Settings
from medsosbot.setup import doctor
from medsosbot.setup.doctor import Finding, Patient


def examine(settings: Settings, clock: Clock, *, tick_only: bool = False) -> list[Finding]:
    """Every check, or the last tick alone."""
    patient = Patient(settings, database_file(settings), missing_secrets(settings), clock)
    return [doctor.tick(patient)] if tick_only else doctor.examine(patient)

"""medsosbot publishes a newsroom's releases, on time and exactly once."""

__version__ = "0.1.0"

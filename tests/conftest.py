"""What holds for every test: no foreign settings in the environment, no network beyond loopback, one event loop."""

from __future__ import annotations

import os
import signal
import socket
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.servers.fixtures import stand_in, telegram, x

__all__ = ["stand_in", "telegram", "x"]
# The same examples in every run; MEDSOSBOT_FUZZ=1 (`make fuzz`) asks for many new ones. A slow machine is no fault of
# the code.
CALM = [
    HealthCheck.too_slow,
    HealthCheck.function_scoped_fixture,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
]
settings.register_profile("suite", derandomize=True, max_examples=60, deadline=None, suppress_health_check=CALM)
settings.register_profile("fuzz", max_examples=800, deadline=None, suppress_health_check=CALM)
settings.load_profile("fuzz" if os.environ.get("MEDSOSBOT_FUZZ") else "suite")

# Whoever starts the suite in the background may have it ignore Ctrl-C, and every child would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture
def anyio_backend() -> str:
    """Async tests run on asyncio, as the service does."""
    return "asyncio"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, proxies and secrets of whoever runs the suite must not reach it."""
    for name in list(os.environ):
        if name.startswith("MEDSOSBOT_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for the network fails."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def allowed(host: Any) -> bool:
        return host is None or str(host).startswith(LOOPBACK)

    def guard(address: Any) -> None:
        if isinstance(address, tuple) and not allowed(address[0]):
            raise AssertionError(f"a test reached for the network: {address}")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        guard(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        guard(address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not allowed(host.decode() if isinstance(host, bytes) else host):
            raise socket.gaierror(socket.EAI_NONAME, "a test looked up a foreign name")
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)

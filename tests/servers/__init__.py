"""Stand-ins for Telegram's Bot API and X's API v2: processes of their own on loopback, with a log of their own.

`python -m tests.servers` starts both for playing; tests use `tests.servers.client` (or the fixtures beside it).
"""

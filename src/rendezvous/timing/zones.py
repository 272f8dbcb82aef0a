"""Time zones by name."""

from __future__ import annotations

from zoneinfo import ZoneInfo


def zone_named(name: str) -> ZoneInfo | None:
    """The IANA zone of that exact name, or None, whatever the name holds.

    `ZoneInfo` raises four kinds of errors for a bad name: a folder of zones ("Europe") is an OSError, an
    absolute path or a NUL a ValueError, an unknown name a KeyError.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None

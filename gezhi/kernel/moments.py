"""时长: how many seconds a minute, an hour and a day have, and how far the wall clock is ahead of UTC."""

from __future__ import annotations

from typing import Final

MINUTE_S: Final = 60
HOUR_S: Final = 3_600
DAY_S: Final = 86_400
CHINA_OFFSET_S: Final = 8 * HOUR_S
"""China has one time zone and no summer time."""

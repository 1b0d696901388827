from __future__ import annotations

from uuid import UUID

import pytest

from gezhi.plumbing.limits.bodies import body_limit, latest_arrival_s


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/api/v1/cases", 100),
        ("/api/v1/media", 5000 + 65_536),
        ("/api/v1/media/", 100),
        (f"/api/v1/documents/versions/{UUID(int=7)}/file", 5000 + 65_536),
        (f"/api/v1/documents/versions/{UUID(int=7)}/file/more", 100),
    ],
)
def test_only_where_files_come_in_may_a_body_be_large(path: str, limit: int) -> None:
    assert body_limit(path, words=100, files=5000) == limit


@pytest.mark.parametrize(
    ("received", "seconds"), [(0, 20.0), (1, 20.000_244_140_625), (4096, 21.0), (4096 * 600, 620.0)]
)
def test_what_has_come_earns_time_for_what_is_still_on_its_way(received: int, seconds: float) -> None:
    assert latest_arrival_s(received) == seconds

"""举证照片: the pictures of a case with what makes a mark of them, read with the case so that a list needs no statement
more.
"""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.picture_marks import UsedPicture

USED_PICTURES = """
    (SELECT json_agg(json_build_array(used.seq, extract(epoch FROM entry.happened_at)::bigint,
            extract(epoch FROM p.taken_at)::bigint, p.taken_lon, p.taken_lat, p.edited_with, EXISTS (
                SELECT FROM (
                    SELECT earlier AS sha256 FROM plumbing_same_picture pair WHERE pair.sha256 = used.sha256
                    UNION ALL SELECT pair.sha256 FROM plumbing_same_picture pair WHERE earlier = used.sha256
                ) same CROSS JOIN LATERAL (
                    SELECT same.sha256
                    UNION ALL SELECT drawn.sha256 FROM plumbing_picture drawn WHERE drawn.shown_as = same.sha256
                ) shown JOIN cases_picture_use other ON other.sha256 = shown.sha256 WHERE other.case_id <> c.id
            )))::text
    FROM cases_picture_use used JOIN plumbing_picture p USING (sha256)
    JOIN cases_log_entry entry ON entry.case_id = used.case_id AND entry.seq = used.seq
    WHERE used.case_id = c.id)
"""
"""A column over cases_case `c`: its pictures as text."""


def used_pictures_of(text: str | None) -> tuple[UsedPicture, ...]:
    return msgspec.json.decode(text, type=tuple[UsedPicture, ...]) if text else ()

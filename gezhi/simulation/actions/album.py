"""Pictures (演示照片): a small pool is drawn and stored once; each use is a picture of its own that shares a drawing."""

from __future__ import annotations

from hashlib import sha256

from gezhi.plumbing.clock import Clock
from gezhi.plumbing.media import keep_pictures, register_same, store_picture
from gezhi.simulation.queries import read_mark
from gezhi.simulation.rules.luck import Luck
from gezhi.simulation.rules.scene_subjects import SUBJECTS
from gezhi.simulation.rules.street_scene import draw_scene, trailer

VARIANTS = 3


Pool = dict[tuple[str, int, bool], bytes]


def draw_pool(clock: Clock) -> Pool:
    """Draw and store every picture of the pool; done twice it changes nothing."""
    mark = read_mark()
    pool = {
        (subject, variant, solved): draw_scene(subject, variant, solved=solved, mark=mark)
        for subject in SUBJECTS
        for variant in range(VARIANTS)
        for solved in (False, True)
    }
    keep_pictures([store_picture(picture, actor_id=None, clock=clock, seek=False).sha256 for picture in pool.values()])
    return pool


class Album:
    """Gives out new pictures by subject; `flush` enters those given since."""

    def __init__(self, pool: Pool, luck: Luck, seed: int, clock: Clock) -> None:
        self._luck = luck
        self._seed = seed
        self._clock = clock
        self._begun = {key: sha256(picture) for key, picture in pool.items()}
        self._originals = {key: digest.hexdigest() for key, digest in self._begun.items()}
        self._given: dict[str, str] = {}
        self._count: dict[int, int] = {}

    def take(self, subject: str, case: int, *, solved: bool) -> str:
        """The hash of a new picture of this case: always the same street, with the problem or without it."""
        variant = int(self._luck.chance(case, "street scene") * VARIANTS)
        key = subject, variant, solved
        number = self._count[case] = self._count.get(case, 0) + 1
        fresh = self._begun[key].copy()
        fresh.update(trailer(f"{self._seed}/{case}/{number}"))
        sha = fresh.hexdigest()
        self._given[sha] = self._originals[key]
        return sha

    def flush(self) -> None:
        register_same(self._given, clock=self._clock)
        self._given = {}

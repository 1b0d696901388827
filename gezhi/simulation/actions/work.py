"""The simulated days (模拟运行): everybody works, slice by slice of time, through the real actions in batches."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec

from gezhi.calendars.rules.office_days import midnight_of
from gezhi.cases.actions import Outcome, perform
from gezhi.cases.rules.commands import Submission
from gezhi.cases.rules.stages import OPEN, Status
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.problems import Problem
from gezhi.plumbing.clock import Clock
from gezhi.simulation.actions.album import Album, Pool
from gezhi.simulation.actions.registers import ACTS, Registers
from gezhi.simulation.actions.roads import Road, World, make_road
from gezhi.simulation.actions.scripts import Scripts
from gezhi.simulation.actions.staff import Staff
from gezhi.simulation.rules.journey import next_move
from gezhi.simulation.rules.pace import Moment, Move

SLICE_S = 86_400
JOINS = frozenset({"merge", "add_report"})
SPOKEN_ONCE = frozenset({
    "note", "find_missed", "report_major", "change_major", "propose_strike_off", "answer_supervision",
    "escalate_supervision",
})  # fmt: skip

Told = Callable[[int], None]


class Worker:
    """Works the problems of some groups of units from the first report to the end of the period."""

    def __init__(self, world: World, happenings: Sequence[int], pool: Pool, clock: Clock) -> None:
        self.world, self.clock = world, clock
        self.roads = {happening: make_road(world, happening) for happening in happenings}
        self.queue: list[tuple[int, int]] = [(world.moment_of(happening), happening) for happening in happenings]
        heapq.heapify(self.queue)
        self.moves: dict[int, Move] = {}
        self.unbegun = set(happenings)
        self.album = Album(pool, world.luck, world.seed, clock)
        staff = Staff(world.luck, world.moment_of(0), world.city.policy.platforms)
        self.scripts = Scripts(world, staff, self.album)
        self.registers = Registers(world, staff)
        self.problems: Counter[str] = Counter()
        self.entries = 0

    def work(self, until: int, *, told: Told) -> None:
        """Until a moment; whatever is due later stays open. Slices are days, whoever shares the work, because what a
        unit was granted and given by then is counted in each.
        """
        first = midnight_of(self.world.period.first)
        while self.queue and self.queue[0][0] < until:
            end = min(until, first + ((self.queue[0][0] - first) // SLICE_S + 1) * SLICE_S)
            while due := self._due_before(end):
                told(sum(happening not in self.moves for _, happening in due))
                self._round(due)

    def _due_before(self, end: int) -> list[tuple[int, int]]:
        """The next step of every case that is due, in order of time; what must wait for another case waits a round."""
        due: list[tuple[int, int]] = []
        waiting: list[tuple[int, int]] = []
        while self.queue and self.queue[0][0] < end:
            at, happening = heapq.heappop(self.queue)
            (waiting if self._waits(happening, at) else due).append((at, happening))
        for one in waiting:
            heapq.heappush(self.queue, one)
        return due

    def _waits(self, happening: int, at: int) -> bool:
        """A report joins a case only when that case has come to the same moment, or its log would run backwards."""
        twin = self.roads[happening].traveller.twin
        move = self.moves.get(happening)
        if twin is None or (move is not None and move.word != "merge"):
            return False
        ahead = self.moves.get(twin)
        return twin in self.unbegun or (ahead is not None and ahead.at < at)

    def _round(self, due: Iterable[tuple[int, int]]) -> None:
        """One step of every case that is due; the next step of a case belongs to the next round."""
        roads: list[Road] = []
        batch: list[Submission] = []
        kept: list[tuple[Road, Submission]] = []
        for at, happening in due:
            self.unbegun.discard(happening)
            road = self.roads[happening]
            submission = self._submission(road, at)
            if submission is not None and road.word in ACTS:
                kept.append((road, submission))
            elif submission is not None:
                roads.append(road)
                batch.append(submission)
        self.album.flush()
        outcomes = perform(batch, clock=self.clock)
        for road, submission, outcome in zip(roads, batch, outcomes, strict=True):
            self._take(road, submission, outcome)
        for road, submission in kept:
            self._keep(road, submission)

    def _submission(self, road: Road, at: int) -> Submission | None:
        move = road.move = self.moves.pop(road.happening, None)
        twin = self._open_twin(road, at)
        if move is not None and move.word == "merge" and twin is None:
            self._plan(road)
            return None
        if move is not None:
            return self.scripts.next(road, move, twin)
        share = self.world.scene.habits.shares["add_report"]
        if twin is not None and self.world.luck.happens(road.happening, "add_report", share):
            return self.scripts.added(road, twin, at)
        return self.scripts.first(road)

    def _open_twin(self, road: Road, at: int) -> Road | None:
        """The case that this one repeats, if it is open at that moment and has not been worked beyond it."""
        twin = self.roads.get(road.traveller.twin) if road.traveller.twin is not None else None
        if twin is None or twin.state is None or twin.moved_at > at:
            return None
        return twin if twin.state.status in OPEN else None

    def _take(self, road: Road, submission: Submission, outcome: Outcome) -> None:
        """Where the case stands now, and what comes next.

        A merge comes too late when the other case has ended in the same round; any other refusal is counted.
        """
        if outcome.problem is not None and submission.command.word == "merge" and road.traveller.twin is not None:
            road.traveller = msgspec.structs.replace(road.traveller, twin=None)
            self._plan(road)
            return
        if outcome.problem is not None:
            self.problems[f"{submission.command.word}: {outcome.problem.code}"] += 1
            return
        self.entries += 1
        if submission.command.word in JOINS and road.traveller.twin is not None:
            joined = self.roads[road.traveller.twin]
            joined.moved_at = max(joined.moved_at, submission.recorded or 0)
        if outcome.state is None or outcome.case_id != road.case_id:
            return
        self._moved(road, outcome.state, submission.recorded or 0)

    def _keep(self, road: Road, submission: Submission) -> None:
        """An act on a register, with its entry in the log of the case."""
        try:
            state, at = self.registers.act(road, submission)
        except Problem as problem:
            self.problems[f"{road.word}: {problem.code}"] += 1
            return
        self.entries += state.seq - road.case.seq
        self._moved(road, state, at)

    def _moved(self, road: Road, state: CaseState, at: int) -> None:
        road.state, road.moved_at = state, at
        if road.move is not None and road.move.word in SPOKEN_ONCE:
            road.said |= {f"{road.move.word}{road.move.how}"}
        self._plan(road)

    def _plan(self, road: Road) -> None:
        move = self._next(road)
        if move is not None:
            self.moves[road.happening] = move
            heapq.heappush(self.queue, (move.at, road.happening))

    def _next(self, road: Road) -> Move | None:
        state = road.case
        moment = Moment(
            state=state,
            now=road.moved_at,
            owned=state.status is not Status.REGISTERED or self.scripts.suggested(road, road.moved_at) is not None,
            twin_open=self._open_twin(road, road.moved_at) is not None,
            crews=self.scripts.has_crews(road),
            said=road.said,
        )
        return next_move(road.traveller, moment, self.world.scene)

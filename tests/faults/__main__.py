"""`make faults`: the long form of the attacks, alone on a machine. An error where anything is lost or late."""

from __future__ import annotations

import signal
import sys
import time

import click

from tests.faults.attack import GOOD_WITHIN_S, end_backends, kill_at_random, stand_still, tell_times
from tests.faults.load import Load, count
from tests.faults.town import Town
from tests.plumbing.processes import eventually, remove_home

PEOPLE = 4


def say(words: str) -> None:
    click.echo(f"{time.strftime('%H:%M:%S')} {words}")
    sys.stdout.flush()


@click.command()
@click.option("--kills", default=1000, show_default=True)
@click.option("--rounds", default=100, show_default=True, help="In which all backends are ended at once.")
@click.option("--still", default=30.0, show_default=True, help="Seconds for which the database is stopped.")
@click.option("--seed", default=1, show_default=True)
@click.option("--pause", default=0.2, show_default=True, help="Of each person after each step, in seconds.")
@click.option("--minutes", default=600.0, show_default=True, help="No more kills after so many.")
def main(kills: int, rounds: int, still: float, seed: int, pause: float, minutes: float) -> None:
    town = Town()
    try:
        with Load(town, PEOPLE, pause) as load:
            healed = end_backends(town, rounds, pause_s=1.0, told=say) if rounds else []
            answers = stand_still(town, still) if still else []
            well_again = eventually(town.is_ready, 60)
            took = kill_at_random(town, kills, seed=seed, told=say, minutes=minutes)
        eventually(lambda: count(town, load.acknowledged).waiting == 0, 120)
        counted = count(town, load.acknowledged)
    finally:
        town.end(signal.SIGTERM)
        eventually(lambda: not town.remains())
    late = sum(seconds >= GOOD_WITHIN_S for seconds in healed)
    slow = [answer for answer in answers if answer[2] >= GOOD_WITHIN_S]
    say(f"acknowledged: {counted.reports} reports, {counted.notes} notes")
    say(f"lost {len(counted.lost)}, doubled {len(counted.doubled)}, orphans {counted.orphans}")
    say(f"waiting {counted.waiting}, differences {len(counted.differences)}")
    tell_times({**took, "all backends": healed, "watching a standing database": [one[2] for one in answers]}, say)
    say(f"rounds not healed within {GOOD_WITHIN_S:.0f} s: {late}; watchers not answered in time: {len(slow)}")
    if not counted.is_good() or late or slow or not well_again:
        say(f"look at it: {town.home}")
        sys.exit(1)
    remove_home(town.home)


if __name__ == "__main__":
    main()

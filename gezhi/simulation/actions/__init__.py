"""What builds a simulated city and lets its people work."""

from gezhi.simulation.actions.afterwards import finish_city
from gezhi.simulation.actions.create_city import CityToBuild, check_free, check_period, create_city
from gezhi.simulation.actions.simulate import Worked, simulate, tidy_tables
from gezhi.simulation.actions.wipe import wipe_demo

__all__ = [
    "CityToBuild",
    "Worked",
    "check_free",
    "check_period",
    "create_city",
    "finish_city",
    "simulate",
    "tidy_tables",
    "wipe_demo",
]

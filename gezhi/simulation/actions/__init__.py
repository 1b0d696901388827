"""What builds a simulated city and lets its people work."""

from gezhi.simulation.actions.afterwards import finish_city
from gezhi.simulation.actions.create_city import Order, check_free, create_city
from gezhi.simulation.actions.simulate import Worked, simulate, tidy_tables
from gezhi.simulation.actions.wipe import wipe_demo

__all__ = ["Order", "Worked", "check_free", "create_city", "finish_city", "simulate", "tidy_tables", "wipe_demo"]

"""Published plans as tables: files into cells with addresses, and what people write in them into values.

`read_plan` reads a file; `read_deadline` and `read_bodies` read what stands in a cell. Nothing is guessed:
what can be read in two ways is `Unsure`, and a person is asked.
"""

from travaux.formats.plans.bodies import Bodies, read_bodies
from travaux.formats.plans.cells import Cell, Line, PlanFile, Sheet
from travaux.formats.plans.deadlines import read_deadline
from travaux.formats.plans.intake import read_plan
from travaux.formats.plans.timed import Timed, Unsure, Ways

__all__ = [
    "Bodies",
    "Cell",
    "Line",
    "PlanFile",
    "Sheet",
    "Timed",
    "Unsure",
    "Ways",
    "read_bodies",
    "read_deadline",
    "read_plan",
]

"""What changes buying centres."""

from kamerton.domain.buying_centre.actions.cells import CellFields as CellFields
from kamerton.domain.buying_centre.actions.cells import erase_cell as erase_cell
from kamerton.domain.buying_centre.actions.cells import write_cell as write_cell
from kamerton.domain.buying_centre.actions.centres import CentreFields as CentreFields
from kamerton.domain.buying_centre.actions.centres import CentreThere as CentreThere
from kamerton.domain.buying_centre.actions.centres import Step as Step
from kamerton.domain.buying_centre.actions.centres import adopt_method as adopt_method
from kamerton.domain.buying_centre.actions.centres import change_centre as change_centre
from kamerton.domain.buying_centre.actions.centres import open_centre as open_centre
from kamerton.domain.buying_centre.actions.lines import draw_line as draw_line
from kamerton.domain.buying_centre.actions.lines import erase_line as erase_line
from kamerton.domain.buying_centre.actions.members import Known as Known
from kamerton.domain.buying_centre.actions.members import MemberFields as MemberFields
from kamerton.domain.buying_centre.actions.members import add_member as add_member
from kamerton.domain.buying_centre.actions.members import change_member as change_member
from kamerton.domain.buying_centre.actions.members import mark_left as mark_left
from kamerton.domain.buying_centre.actions.members import mark_returned as mark_returned
from kamerton.domain.buying_centre.actions.members import place_members as place_members
from kamerton.domain.buying_centre.actions.rules import AlreadyMember as AlreadyMember
from kamerton.domain.buying_centre.actions.rules import DoesNotFit as DoesNotFit
from kamerton.domain.buying_centre.actions.rules import HasLeft as HasLeft
from kamerton.domain.buying_centre.actions.rules import NotOfCentre as NotOfCentre
from kamerton.domain.buying_centre.actions.rules import ReportsLoop as ReportsLoop
from kamerton.domain.buying_centre.actions.rules import ToolOff as ToolOff

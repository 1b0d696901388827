"""申请与审批的习惯: who asks for what when, what is decided on it, and what is withdrawn or overtaken by the work."""

from __future__ import annotations

from gezhi.cases.rules.applications import Application, ApplicationKind
from gezhi.cases.rules.applications.extension import most_of
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.clocks.lateness import is_past_due
from gezhi.cases.rules.difficulty import RETURNED_TOO_OFTEN
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.moments import DAY_S
from gezhi.kernel.permissions import Role
from gezhi.simulation.rules.pace import Moment, Move, Scene, Traveller, happens, pace, share_of_limit

BEHIND = 0.6  # of the limit: who is not done by then thinks of asking for more time
EAGER = 3
MOST_EXTENSIONS = 2
OVERTAKEN = frozenset({ApplicationKind.EXTENSION, ApplicationKind.SUSPENSION})


def is_sent_wrong(traveller: Traveller, scene: Scene) -> bool:
    """Whether the unit's wish to send it back is right: it was given to the wrong one."""
    return happens(traveller, scene, "ask_send_back") and happens(traveller, scene, "grant_send_back")


def is_settled_by_meeting(state: CaseState) -> bool:
    """多次回退: two units have sent it back; the joint meeting is to name the owner."""
    return state.marks.get("send_back_granted", 0) >= RETURNED_TOO_OFTEN


def _asked(state: CaseState, kind: ApplicationKind) -> list[Application]:
    return [one for one in state.applications if one.kind is kind]


def decided(traveller: Traveller, moment: Moment, scene: Scene) -> Move | None:
    """The next decision on what is pending; some is withdrawn before, some overtaken by the work."""
    application = moment.state.pending
    if application is None:
        return None
    at = pace(traveller, moment, scene, ClockKind.APPROVAL, "decide")
    extra = f" {application.no}"
    if not application.opinions and application.role == Role.HANDLER:
        if happens(traveller, scene, "withdraw", extra=extra):
            return Move("withdraw_application", moment.part_of_the_way(at, 0.4), application.kind)
        if (
            application.kind in OVERTAKEN
            and moment.state.status is Status.HANDLING
            and _hands_over_alone(moment.state)
            and happens(traveller, scene, "overtaken", extra=extra)
        ):
            return Move("hand_over", moment.part_of_the_way(at, 0.6))
    return Move("decide_application", at, "grant" if _grants(traveller, application, scene, at) else "refuse")


def _hands_over_alone(state: CaseState) -> bool:
    return sum(part.handed_over is None for part in state.open_assignments) == 1


def _grants(traveller: Traveller, application: Application, scene: Scene, at: int) -> bool:
    """Whether this step grants. An application that is to fail fails at one of its steps; so does one whose suspension
    would have ended already.
    """
    if application.until is not None and application.until <= at:
        return False
    again = application.kind is ApplicationKind.SEND_BACK and application.no > 1
    word = "grant_send_back_again" if again else f"grant_{application.kind.value}"
    extra = "" if application.kind is ApplicationKind.SEND_BACK and not again else f" {application.no}"
    if happens(traveller, scene, word, extra=extra):
        return True
    failing = int(scene.luck.chance(traveller.index, f"refused at{extra}") * len(application.steps))
    return len(application.opinions) < failing


def send_back(traveller: Traveller, moment: Moment, scene: Scene, at: int) -> Move | None:
    """申请回退 before receipt; a case that came back once may come back from the next unit, too."""
    state, applications = moment.state, _asked(moment.state, ApplicationKind.SEND_BACK)
    if not applications and not state.applications and happens(traveller, scene, "ask_send_back"):
        return Move("ask_send_back", at)
    returned = state.marks.get("send_back_granted", 0)
    if len(applications) == returned == 1 and happens(traveller, scene, "ask_send_back_again"):
        return Move("ask_send_back", at, "again")
    return None


def ask(traveller: Traveller, moment: Moment, scene: Scene, done_at: int) -> Move | None:
    """What a unit at work asks for: more time, a pause, or that the case be voided."""
    return (
        _extension(traveller, moment, scene, done_at)
        or _suspension(traveller, moment, scene, done_at)
        or _void(traveller, moment, scene, done_at)
    )


def _extension(traveller: Traveller, moment: Moment, scene: Scene, done_at: int) -> Move | None:
    """申请延期: by those who fall behind, before the deadline; once more by few, as far as the matrix allows."""
    state, row, applications = (
        moment.state,
        scene.matrix[ApplicationKind.EXTENSION],
        _asked(moment.state, ApplicationKind.EXTENSION),
    )
    clock = state.clock(ClockKind.HANDLING)
    granted = sum(one.new_due is not None for one in applications)
    if clock is None or is_past_due(state, moment.now) or not _takes_days(state) or most_of(row, state) < 1:
        return None
    if applications and (len(applications) != granted or granted >= (row.most_granted or MOST_EXTENSIONS)):
        return None
    word = "ask_extension" if not applications else "ask_extension_again"
    share = scene.habits.shares[word] * (EAGER if _is_eager(state, scene) else 1)
    meant = scene.luck.happens(traveller.index, word, share)
    at = share_of_limit(moment, scene, ClockKind.HANDLING, BEHIND + 0.3 * scene.luck.chance(traveller.index, word))
    return Move("ask_extension", at) if meant and at < min(done_at, clock.due) else None


def _takes_days(state: CaseState) -> bool:
    return state.subject.unit in ("work_day", "urgent_day")


def _is_eager(state: CaseState, scene: Scene) -> bool:
    """Whether the unit is one of the few that ask for more time far more often than others."""
    unit = state.leading.unit if state.leading is not None else 0
    return scene.luck.happens(unit, "eager", scene.habits.shares["eager"])


def _suspension(traveller: Traveller, moment: Moment, scene: Scene, done_at: int) -> Move | None:
    """申请缓办: where season or other works stand in the way; of work that takes days, before its deadline."""
    state, at = moment.state, moment.part_of_the_way(done_at, 0.2)
    clock = state.clock(ClockKind.HANDLING)
    if clock is None or is_past_due(state, moment.now) or at >= clock.due:
        return None
    meant = (
        _takes_days(state)
        and not _asked(state, ApplicationKind.SUSPENSION)
        and happens(traveller, scene, "ask_suspension")
    )
    return Move("ask_suspension", at) if meant else None


def _void(traveller: Traveller, moment: Moment, scene: Scene, done_at: int) -> Move | None:
    """申请作废: by the unit, or by a seat that the matrix names."""
    row, state = scene.matrix[ApplicationKind.VOID], moment.state
    if state.major or state.applications or not happens(traveller, scene, "ask_void"):
        return None
    seats = [role for role in row.askers if role is not Role.HANDLER]
    by_seat = bool(seats) and (Role.HANDLER not in row.askers or scene.luck.happens(traveller.index, "by seat", 0.5))
    return Move("ask_void", moment.part_of_the_way(done_at, 0.3), seats[0] if by_seat else "")


def appeal(traveller: Traveller, moment: Moment, scene: Scene) -> Move | None:
    """申诉: by a unit whose case was closed as late."""
    state = moment.state
    late = state.closing_kind == "late" and not _asked(state, ApplicationKind.APPEAL)
    if not late or not happens(traveller, scene, "appeal"):
        return None
    return Move("appeal", moment.now + round((0.3 + 2.5 * scene.luck.chance(traveller.index, "appeal after")) * DAY_S))

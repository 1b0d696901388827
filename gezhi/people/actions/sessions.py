"""Sweeping what sign-in leaves behind (会话清理). Records of sign-ins outlast the six months that 等保 2.0 asks for."""

from __future__ import annotations

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session

from gezhi.kernel.moments import DAY_S
from gezhi.people.models import SignInFailure, UserSession
from gezhi.people.queries import as_datetime

ATTEMPTS_KEPT_S = DAY_S
RECORDS_KEPT_S = 400 * DAY_S


def sweep_sessions(*, now: int) -> int:
    """Wipe sessions that are over, failed attempts of yesterday and very old records of sign-ins."""
    records_before = as_datetime(now - RECORDS_KEPT_S)
    SignInFailure.objects.filter(at__lt=as_datetime(now - ATTEMPTS_KEPT_S)).delete()
    AccessAttempt.objects.filter(attempt_time__lt=as_datetime(now - ATTEMPTS_KEPT_S)).delete()
    AccessLog.objects.filter(attempt_time__lt=records_before).delete()
    AccessFailureLog.objects.filter(attempt_time__lt=records_before).delete()
    wiped, _ = Session.objects.filter(expire_date__lt=as_datetime(now)).delete()
    UserSession.objects.exclude(key__in=Session.objects.values("session_key")).delete()
    return wiped


def end_sessions(user_id: int, *, but: str = "") -> None:
    """Every session of a user ends, but that of this key."""
    rows = UserSession.objects.filter(user_id=user_id).exclude(key=but)
    Session.objects.filter(session_key__in=rows.values("key")).delete()
    rows.delete()

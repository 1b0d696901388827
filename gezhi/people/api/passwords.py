"""Where a password is looked at: at sign-in, and again when it is to be changed. Both count failures alike."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate
from django.core import signing
from django.http import HttpRequest, HttpResponse

from gezhi.people.actions import Place, note_failure
from gezhi.people.queries import find_failures, held_directory, signed_in_from
from gezhi.people.rules.sign_in_limits import Known, check_failures, place_of
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.ids import system_ids
from gezhi.plumbing.limits.hashing import hashing_slot

DEVICE_COOKIE = "gezhi_device"
DEVICE_AGE_S = 400 * 86_400
MOST_USERS = 20
SALT = "people.device"


def place_of_request(request: HttpRequest, username: str) -> Place:
    """The device is named only for users who have signed in on it; nobody can write its cookie but the server."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    device, users = _device_of(request)
    known = held_directory().user_ids.get(username) in users
    return Place(
        address=address,
        network=place_of(address),
        device=device if known else "",
        agent=request.headers.get("User-Agent", ""),
    )


def checked_password(request: HttpRequest, username: str, password: str) -> Any:  # a User, whom doors do not name
    """The user whose password this is; None is a failure that now counts. Problems where no password is looked at."""
    place = place_of_request(request, username)
    _check(username, place)
    with hashing_slot(place.address):
        user = authenticate(request, username=username, password=password)
    if user is None:
        note_failure(username, place, clock=system_clock)
        _check(username, place)
    return user


def _check(username: str, place: Place) -> None:
    now = system_clock()
    known = Known.NOTHING
    if place.device:
        known = Known.DEVICE
    elif signed_in_from(username, place.address, now=now):
        known = Known.ADDRESS
    check_failures(find_failures(username, place.network, place.device, now=now), known=known, now=now)


def remember_device(request: HttpRequest, response: HttpResponse, user_id: int) -> None:
    """From now on this device is known for this user."""
    device, users = _device_of(request)
    kept = [*(one for one in users if one != user_id), user_id][-MOST_USERS:]
    response.set_cookie(
        DEVICE_COOKIE,
        signing.dumps([device or system_ids().hex, kept], salt=SALT),
        max_age=DEVICE_AGE_S,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
        path="/api/v1/session",
    )


def _device_of(request: HttpRequest) -> tuple[str, list[int]]:
    try:
        device, users = signing.loads(request.COOKIES.get(DEVICE_COOKIE, ""), salt=SALT, max_age=DEVICE_AGE_S)
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return str(device), list(users)

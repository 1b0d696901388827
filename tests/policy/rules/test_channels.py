"""Channels are rows of data: what is shipped, what a city may put in force, and by which one somebody reports."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gezhi.policy.rules.channels import (
    CHANNELS,
    GROUP_NAMES,
    BadChannels,
    Channel,
    ChannelGroup,
    UnknownChannel,
    channel_for,
    check_channels,
    overlaid,
)
from tests.cases.world import ACCEPTOR, collector

SHIPPED = """
collector       collector -
hotline         public    verify complaint sender
video           machine   -
vehicle         collector -
web             public    verify complaint sender
wechat          public    verify complaint sender
app             public    verify complaint sender
media           other     verify sender
leader          leader    sender
transfer-110    public    verify sender
transfer-12345  public    verify complaint sender
volunteer       public    verify sender
supervision     other     -
"""
WATCH = Channel(code="lake-watch", zh="湖畔守望", en="Lakeside watch", group=ChannelGroup.PUBLIC)


def test_the_shipped_channels_and_what_follows_from_each() -> None:
    by_hand = {line.split()[0]: line.split()[1:] for line in SHIPPED.strip().splitlines()}
    flags = ("verify", "complaint", "sender")
    assert {
        one.code: [one.group.value, *([name for name in flags if getattr(one, name)] or ["-"])] for one in CHANNELS
    } == by_hand
    check_channels(CHANNELS)


def test_every_group_has_its_name() -> None:
    assert GROUP_NAMES == {
        ChannelGroup.COLLECTOR: ("采集上报", "Collection"),
        ChannelGroup.PUBLIC: ("公众举报", "Public"),
        ChannelGroup.MACHINE: ("智能发现", "Machine"),
        ChannelGroup.LEADER: ("领导交办", "Leader"),
        ChannelGroup.OTHER: ("其他来源", "Other"),
    }
    assert set(GROUP_NAMES) == set(ChannelGroup)


@pytest.mark.parametrize(
    ("asked", "actor", "code"),
    [
        ("hotline", ACCEPTOR, "hotline"),
        ("collector", ACCEPTOR, "collector"),
        ("hotline", collector(11), "collector"),
        ("", collector(11), "collector"),
    ],
)
def test_by_which_channel_somebody_reports(asked: str, actor: Any, code: str) -> None:
    assert channel_for(CHANNELS, actor, asked).code == code


@pytest.mark.parametrize("asked", ["", "Hotline", "lake-watch"])
def test_a_channel_that_is_not_in_force_is_refused(asked: str) -> None:
    with pytest.raises(UnknownChannel) as refused:
        channel_for(CHANNELS, ACCEPTOR, asked)
    assert (refused.value.field, refused.value.details) == ("channel", {"channel": asked})
    assert channel_for((*CHANNELS, WATCH), ACCEPTOR, "lake-watch") == WATCH


@pytest.mark.parametrize(
    "channels",
    [
        CHANNELS[1:],
        (*CHANNELS, CHANNELS[1]),
        *((*CHANNELS, msgspec.structs.replace(WATCH, code=code)) for code in ("", "Lake", "lake watch", "湖", "-lake")),
        (*CHANNELS, msgspec.structs.replace(WATCH, zh=" ")),
        (*CHANNELS, msgspec.structs.replace(WATCH, en="")),
    ],
)
def test_channels_that_nobody_could_report_by_are_not_put_in_force(channels: tuple[Channel, ...]) -> None:
    with pytest.raises(BadChannels) as refused:
        check_channels(channels)
    assert refused.value.field == "channels"


def test_a_channel_of_which_no_more_is_said_may_have_a_sender_and_is_neither_verified_nor_a_complaint() -> None:
    assert (WATCH.verify, WATCH.complaint, WATCH.sender) == (False, False, True)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**msgspec.to_builtins(WATCH), "colour": "red"}, Channel)


def test_a_citys_own_channel_takes_the_place_of_the_shipped_one_or_comes_behind() -> None:
    named = msgspec.structs.replace(CHANNELS[1], zh="12345 热线")
    assert overlaid(CHANNELS, (named, WATCH)) == (CHANNELS[0], named, *CHANNELS[2:], WATCH)
    assert overlaid(CHANNELS, CHANNELS) == CHANNELS

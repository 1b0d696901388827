"""上报渠道: by which ways problems come in. Rows of data, part of the local policy and of its versions: a city adds or
ends a channel by putting a version in force, without code.

What follows from a channel (its group, whether a report is a complaint) is written into the report in the log, so
that a later version changes nothing of what was reported before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec

from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import is_blank

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
BY_COLLECTOR = "collector"
"""What a collector reports comes by this channel, whatever is asked for: every city has it."""


class ChannelGroup(StrEnum):
    """渠道大类: who found the problem; figures are told apart by it."""

    COLLECTOR = "collector"
    PUBLIC = "public"
    MACHINE = "machine"
    LEADER = "leader"
    OTHER = "other"


GROUP_NAMES: dict[ChannelGroup, tuple[str, str]] = {
    ChannelGroup.COLLECTOR: ("采集上报", "Collection"),
    ChannelGroup.PUBLIC: ("公众举报", "Public"),
    ChannelGroup.MACHINE: ("智能发现", "Machine"),
    ChannelGroup.LEADER: ("领导交办", "Leader"),
    ChannelGroup.OTHER: ("其他来源", "Other"),
}


class Channel(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """渠道. `verify`: a report without a picture is looked at on the spot before it is accepted. `complaint`: citizens
    complain by it, so it comes first in lists and does not end without an answer. `sender`: somebody outside may stand
    behind it, who is asked for name and number.
    """

    code: str
    zh: str
    en: str
    group: ChannelGroup
    verify: bool = False
    complaint: bool = False
    sender: bool = True


def _public(code: str, zh: str, en: str, *, complaint: bool = True) -> Channel:
    return Channel(code=code, zh=zh, en=en, group=ChannelGroup.PUBLIC, verify=True, complaint=complaint)


def _staff(code: str, zh: str, en: str, group: ChannelGroup) -> Channel:
    return Channel(code=code, zh=zh, en=en, group=group, sender=False)


CHANNELS: tuple[Channel, ...] = (
    _staff(BY_COLLECTOR, "采集员上报", "Collector", ChannelGroup.COLLECTOR),
    _public("hotline", "12319 热线", "Hotline 12319"),
    _staff("video", "视频监控", "Video surveillance", ChannelGroup.MACHINE),
    _staff("vehicle", "信息采集车", "Collecting vehicle", ChannelGroup.COLLECTOR),
    _public("web", "网络投诉", "Web complaint"),
    _public("wechat", "微信", "WeChat"),
    _public("app", "市民 APP", "Citizen app"),
    Channel(code="media", zh="媒体曝光", en="Media exposure", group=ChannelGroup.OTHER, verify=True),
    Channel(code="leader", zh="领导批示", en="Leader's instruction", group=ChannelGroup.LEADER),
    _public("transfer-110", "110 转接", "Transfer from 110", complaint=False),
    _public("transfer-12345", "12345 转办", "Transfer from 12345"),
    _public("volunteer", "志愿者", "Volunteer", complaint=False),
    _staff("supervision", "督查检查", "Supervision", ChannelGroup.OTHER),
)


class UnknownChannel(Problem):
    code = "policy.channels.unknown-channel"
    status = 422
    title = "没有名为“{channel}”的上报渠道，或该渠道已停用，请重新选择。"
    title_en = "There is no channel “{channel}” in force; choose again."


class BadChannels(Problem):
    code = "policy.channels.bad-channels"
    status = 422
    title = "上报渠道无效：须有采集员上报（collector）；代码不重复，由小写字母、数字和连字符组成；中英文名称均须填写。"
    title_en = (
        "The channels are not valid: “collector” must be one, codes are unique (a-z, 0-9, -), names in both languages."
    )


def channel_for(channels: Iterable[Channel], actor: Actor, chosen: str) -> Channel:
    """The channel in force by which somebody reports; a collector always reports as a collector."""
    code = BY_COLLECTOR if actor.role is Role.COLLECTOR else chosen
    channel = next((one for one in channels if one.code == code), None)
    if channel is None:
        raise UnknownChannel(field="channel", channel=chosen)
    return channel


def check_channels(channels: Sequence[Channel]) -> None:
    codes = [channel.code for channel in channels]
    named = all(CODE.fullmatch(one.code) and not is_blank(one.zh) and not is_blank(one.en) for one in channels)
    if not named or BY_COLLECTOR not in codes or len(set(codes)) < len(codes):
        raise BadChannels(field="channels")


def overlaid(channels: Iterable[Channel], own: Iterable[Channel]) -> tuple[Channel, ...]:
    """These channels with a city's own: one of the same code takes its place, others come behind."""
    return tuple({channel.code: channel for channel in (*channels, *own)}.values())

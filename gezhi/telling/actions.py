"""告知: staff hear in the app, reporters by text. Told twice, nobody hears twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

import msgspec
from django.db import transaction

from gezhi.calendars.queries import list_warnings
from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.actions.perform import perform_one
from gezhi.cases.queries.case_page import get_told_entry, list_entries, list_reports, visible_case
from gezhi.cases.queries.registers import held_registers
from gezhi.cases.rules import commands
from gezhi.cases.rules.commands import Sender, Submission
from gezhi.cases.rules.entries import Entry
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.senders.secrecy import shown_to
from gezhi.cases.rules.stages import FINISHED
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.masking import Masking, Secret
from gezhi.kernel.permissions import SYSTEM, Actor, Role
from gezhi.notices.actions import mark_called, notify, queue_messages, redirect_messages, withdraw_messages
from gezhi.notices.queries import list_texts_about
from gezhi.notices.rules.news import About, NewMessage, NewNotice, Words
from gezhi.notices.rules.sending import UNSAID, State
from gezhi.people.queries import held_directory
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.ids import Ids, system_ids, system_salt
from gezhi.policy.rules.channels import BY_COLLECTOR
from gezhi.telling.queries import (
    Readers,
    ToldSender,
    find_numbers,
    find_senders,
    get_report,
    iterate_told,
    list_touched,
    names_in,
)
from gezhi.telling.rules.contacts import Contact, NobodyToCall, check_changed, told_again
from gezhi.telling.rules.missing_year import missing_year
from gezhi.telling.rules.plain_words import ENDS, Reply, replies_to
from gezhi.telling.rules.spoken import Names
from gezhi.telling.rules.staff_news import news_of, text_of_news

CASE = "case"
AT_ONCE = 500
READ_AFTER_S = 8 * 3_600  # a shift
SENT_AFTER_S = 600

Happened = tuple[Entry, CaseState]
Senders = Mapping[str, ToldSender]
NOBODY = SYSTEM
"""Without any permission: a notice is written once for all who read it."""


class Past(msgspec.Struct, frozen=True):
    """Before which moments a notice was read and a text was sent; nothing is past for what happens now."""

    read: int = 0
    sent: int = 0


class Told(msgspec.Struct, frozen=True):
    """How much was newly told."""

    notices: int = 0
    messages: int = 0


def tell_entries(case_id: UUID, *seqs: int, ids: Ids) -> Told:
    """Tell of these entries of one case. An outcome that a reopened case has no longer is told to nobody."""
    found = [happened for seq in seqs if (happened := get_told_entry(case_id, seq)) is not None]
    if any(entry.step.kind is EntryKind.REOPENED for entry, _ in found):
        withdraw_messages(case_id, ENDS)
    return _tell(found, Readers(held_registers()), ids=ids, past=Past())


def tell_since(moment: int, *, clock: Clock, ids: Ids) -> Told:
    """Tell of all that was recorded since a moment, batch by batch in constant statements.

    What is old is history: notices of earlier shifts come read, texts but for the last minutes sent.
    """
    touched, past = list_touched(moment), Past(clock() - READ_AFTER_S, clock() - SENT_AFTER_S)
    readers, told = Readers(held_registers()), Told()
    for start in range(0, len(touched), AT_ONCE):
        with transaction.atomic():
            batch = list(iterate_told(touched[start : start + AT_ONCE], since=moment))
            more = _tell(batch, readers, ids=ids, past=past)
        told = Told(told.notices + more.notices, told.messages + more.messages)
    return told


def _tell(happened: list[Happened], readers: Readers, *, ids: Ids, past: Past) -> Told:
    merged = (entry.step.merged_into for entry, _ in happened)
    names = names_in(readers.registers, find_numbers(into for into in merged if into is not None))
    senders = find_senders(
        report.id
        for _, state in happened
        for report in state.reports
        if report.reachable or report.channel != BY_COLLECTOR
    )
    notices = [
        one
        for entry, state in happened
        for one in _notices(entry, state, names, hidden=_hidden(senders, state), readers=readers, past=past)
    ]
    replies = [(reply, entry, state) for entry, state in happened for reply in replies_to(entry, state, names)]
    return Told(notify(notices), queue_messages(_messages(replies, senders, ids=ids, past=past)))


def _hidden(senders: Senders, state: CaseState, *, but: str = "") -> Masking:
    """What nobody who reads notices is told of the senders. `but`: a report whose sender is written to."""
    return Masking(
        Secret(one.name, one.phone, one.words, shown_to(NOBODY, state.status, keep_secret=one.secret))
        for report in state.reports
        if report.id != but and (one := senders.get(report.id)) is not None
    )


def _about(entry: Entry, state: CaseState) -> About:
    return About(kind=CASE, id=UUID(entry.case), no=state.no, area=state.place.area)


def _notices(
    entry: Entry, state: CaseState, names: Names, *, hidden: Masking, readers: Readers, past: Past
) -> Iterable[NewNotice]:
    """One notice for each reader of an entry; who belongs to several audiences reads the first headline."""
    had = set[int]()
    for news in news_of(entry, state):
        fresh = tuple(user for user in readers.of(news.audiences, entry, state) if user not in had)
        had.update(fresh)
        if fresh:
            yield NewNotice(
                key=f"{entry.case}:{entry.seq}",
                readers=fresh,
                kind=entry.step.kind,
                about=_about(entry, state),
                title=news.title,
                text=text_of_news(entry, state, names, hidden),
                at=entry.recorded,
                read_at=entry.recorded if entry.recorded < past.read else None,
                stands_for_all=news.stands_for_all,
            )


def _messages(
    replies: list[tuple[Reply, Entry, CaseState]], senders: Senders, *, ids: Ids, past: Past
) -> Iterable[NewMessage]:
    """A sender reads nothing of the other senders; of who they are themselves, staff read nothing. Who sent several
    reports reads of a step once.
    """
    had = set[tuple[str, int, str]]()
    for reply, entry, state in replies:
        sender = senders.get(reply.report)
        if sender is None or not sender.reachable or (sender.by_call and entry.step.kind not in ENDS):
            continue
        if (entry.case, entry.seq, sender.phone) not in had:
            had.add((entry.case, entry.seq, sender.phone))
            yield NewMessage(
                id=ids(),
                key=reply.key,
                recipient=UUID(reply.report),
                kind=entry.step.kind,
                about=_about(entry, state),
                phone=sender.phone,
                secret=sender.secret,
                text=_said(reply.words, _hidden(senders, state, but=reply.report)),
                shown=_said(reply.words, _hidden(senders, state)),
                at=entry.recorded,
                sent_at=entry.recorded if entry.recorded < past.sent else None,
                by_call=sender.by_call,
            )


def _said(words: Words, hidden: Masking) -> Words:
    return Words(hidden.said(words.zh), hidden.said(words.en))


@transaction.atomic
def correct_contact(
    case_id: UUID, report_id: UUID, contact: Contact, reason: str, *, command_id: UUID, actor: Actor, clock: Clock
) -> None:
    """更正联系方式: both stay on record; what has not reached the sender goes to the new number, and the outcome once more
    if it went elsewhere.
    """
    report = get_report(report_id)
    before = Contact(report.name, report.phone, report.wants_answer, report.by_call)
    sender = Sender(
        salt=system_salt(),
        description=report.description,
        sender_no=report.sender_no,
        keep_secret=report.keep_secret,
        **msgspec.structs.asdict(contact),
    )
    told = [one for one in list_texts_about(CASE, case_id) if one.recipient == report_id and one.kind in ENDS]
    again = told_again(before, sender, called=any(one.state is State.CALLED for one in told))
    command = commands.CorrectContact(
        report_id=str(report_id), reason=reason, reachable=sender.reachable, by_call=sender.called, again=again
    )
    done = perform_one(
        Submission(case_id=case_id, command_id=command_id, command=command, actor=actor, sender=sender), clock=clock
    )
    if done.replayed or done.state is None:
        return
    check_changed(before, contact)
    number = sender.phone if sender.reachable else ""
    redirect_messages(report_id, number, by_call=sender.called, ends=ENDS, secret=sender.keep_secret, clock=clock)
    if again and not any(one.state in UNSAID for one in told):
        _tell_end_again(case_id, str(report_id), done.state, clock=clock)


def _tell_end_again(case_id: UUID, report_id: str, state: CaseState, *, clock: Clock) -> None:
    """The outcome of a case that has ended, for one sender who has not heard of it."""
    ends = [entry for entry in list_entries(case_id) if entry.step.kind in ENDS]
    if state.status not in FINISHED or not ends:
        return
    entry, names = msgspec.structs.replace(ends[-1], recorded=clock()), names_in(held_registers(), {})
    replies = [
        (msgspec.structs.replace(one, key=f"{one.key}:{state.seq}"), entry, state)
        for one in replies_to(entry, state, names)
        if one.report == report_id
    ]
    senders = find_senders(one.id for one in state.reports)
    queue_messages(_messages(replies, senders, ids=system_ids, past=Past()))


@transaction.atomic
def tell_by_call(
    case_id: UUID, report_id: UUID, text: str, *, happened: int | None, command_id: UUID, actor: Actor, clock: Clock
) -> None:
    """电话告知: one call is for all reports of the person."""
    called = get_report(report_id)
    if not (called.phone and called.wants_answer):
        raise NobodyToCall
    reports = list_reports([one.id for one in visible_case(case_id, actor).state.reports])
    own = [one.id for one in reports if one.phone == called.phone]
    command = commands.TellByCall(report_ids=tuple(str(one) for one in own), text=text)
    perform_one(
        Submission(case_id=case_id, command_id=command_id, command=command, actor=actor, happened=happened),
        clock=clock,
    )
    mark_called(case_id, own, clock=clock)


def tell_of_missing_year(*, clock: Clock) -> int:
    """年度安排提醒: once a month every administrator reads that a year's holidays are to be entered, until they are."""
    now = clock()
    today = day_of(now)
    warnings = list_warnings(today)
    if not warnings:
        return 0
    through = min(warning.published_through for warning in warnings)
    readers = {holder.user.id for holder in held_directory().find_holders(Role.ADMINISTRATOR, on=today)}
    news = missing_year(through, today=today, readers=tuple(sorted(readers)), at=now)
    return notify([news])

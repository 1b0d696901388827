"""文字: what simulated people write, drawn from a preset's sentences and filled with place, class and unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from gezhi.simulation.rules.luck import Luck

VOICES = {
    "collector": "collector", "hotline": "hotline", "media": "media", "leader": "leader", "transfer-110": "transfer",
    "transfer-12345": "transfer", "video": "machine", "vehicle": "machine",
}  # fmt: skip
LAST_NUMBER = 9
NO_PREFIX = "154"
FIRST_DOOR, LAST_DOOR = 2, 188


class Texts(msgspec.Struct, frozen=True):
    """`presets/texts.toml`. `fitting`: reasons for some subjects, with the subjects that they fit."""

    reports: dict[str, list[str]]
    fitting: list[dict[str, list[str]]]
    voices: dict[str, list[str]]
    places: dict[str, list[str]]
    reasons: dict[str, list[str]]
    reason_codes: dict[str, str]
    answers: dict[str, list[str]]
    callers: dict[str, list[str]]


class Words(msgspec.Struct, frozen=True):
    """The texts with the luck that picks among them; `subjects` says what each case is about."""

    texts: Texts
    luck: Luck
    subjects: Sequence[str] = ()

    def reason(self, case: int, kind: str) -> str:
        subject = self.subjects[case] if case < len(self.subjects) else ""
        fitting = [one[kind] for one in self.texts.fitting if subject in one["subjects"] and kind in one]
        return self.luck.pick(case, f"reason {kind}", (*fitting, self.texts.reasons[kind])[0])

    def reasoned(self, case: int, kind: str) -> dict[str, str]:
        """A reason with the code of the city's list that it belongs to."""
        reason = self.reason(case, kind)
        return {"reason": reason, "reason_code": self.texts.reason_codes[reason]}

    def number(self, case: int, word: str, below: int) -> int:
        """A whole number from 0 up to, but not including, another."""
        return int(self.luck.chance(case, word) * max(1, below))

    def answer(self, case: int, kind: str, **details: str) -> str:
        return self.luck.pick(case, f"answer {kind}", self.texts.answers[kind]).format_map(details)

    def place(self, case: int, own: str | None, around: Sequence[str], *, community: str) -> str:
        """By the road of the street office, or one around it, its crossing or a door number, as people say it."""
        known = [*around, *self.texts.places["fallback_streets"]]
        street = own or self.luck.pick(case, "street", around or known)
        others = [name for name in known if name != street]
        number = FIRST_DOOR + int(self.luck.chance(case, "door") * (LAST_DOOR - FIRST_DOOR))
        return self.luck.pick(case, "pattern", self.texts.places["patterns"]).format(
            street=street,
            cross=self.luck.pick(case, "cross", others),
            side=self.luck.pick(case, "side", self.texts.places["sides"]),
            no=number,
            community=community,
        )

    def caller(self, case: int) -> tuple[str, str]:
        """Name and telephone of somebody who calls; no telephone number begins like this one."""
        surname, title = (self.luck.pick(case, word, self.texts.callers[word]) for word in ("surnames", "titles"))
        return surname + title, f"{NO_PREFIX}{int(self.luck.chance(case, 'telephone') * 10**8):08}"

    def description(self, case: int, theme: str, channel: str, details: Mapping[str, str]) -> str:
        """What is wrong, in the voice of the channel."""
        kind = theme if theme in self.texts.reports else "cover" if theme.endswith("-cover") else "other"
        number = str(2 + int(self.luck.chance(case, "number") * (LAST_NUMBER - 2)))
        text = self.luck.pick(case, "sentence", self.texts.reports[kind]).format_map({**details, "n": number})
        return self.luck.pick(case, "voice", self.texts.voices[VOICES.get(channel, "citizen")]).format(text=text)

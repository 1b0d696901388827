"""演示照片的内容: what is wrong in a drawn street, and the same place put right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from gezhi.simulation.rules.scene_pen import BLUE, BROWN, DARK_GREEN, GREEN, GREY, INK, RED, WHITE, YELLOW, Pen


class Subject(Protocol):
    """Draws one kind of problem, or its place without it."""

    def __call__(self, pen: Pen, *, solved: bool) -> None: ...


def _litter(pen: Pen, *, solved: bool) -> None:
    pen.box(196, 168, 34, 46, DARK_GREEN)
    pen.box(236, 168, 34, 46, BLUE)
    pen.box(192, 162, 82, 7, INK)
    if solved:
        return
    for _ in range(9):
        x = pen.at(150, 320)
        pen.oval(x, pen.at(196, 214), pen.at(20, 36), pen.at(16, 24), pen.pick((72, 76, 84), (232, 232, 226)))
    for _ in range(14):
        pen.box(pen.at(130, 350), pen.at(214, 232), pen.at(4, 10), pen.at(3, 6), pen.pick(YELLOW, RED))


def _road(pen: Pen, *, solved: bool) -> None:
    x, y = pen.at(140, 200), 262
    edge = [(x, y + 18), (x + 34, y), (x + 96, y + 4), (x + 140, y + 22), (x + 104, y + 44), (x + 30, y + 42)]
    pen.shape(edge, (96, 100, 107) if solved else (74, 70, 66))
    if solved:
        pen.line([*edge, edge[0]], (86, 90, 97), 2)
        return
    pen.shape([(x + 26, y + 20), (x + 60, y + 10), (x + 112, y + 22), (x + 70, y + 36)], (56, 52, 48))
    for crack in range(4):
        start = (x + 20 + crack * 34, y + 40)
        bend = (start[0] + pen.at(-18, 18), start[1] + 18)
        pen.line([start, bend, (start[0] + pen.at(-26, 26), start[1] + 34)], (74, 70, 66))


def _cover(pen: Pen, *, solved: bool) -> None:
    x, y = pen.at(180, 230), 258
    pen.oval(x - 6, y - 3, 92, 46, (98, 102, 108))
    if solved:
        pen.oval(x, y, 80, 40, (84, 88, 94))
        for bar in range(5):
            pen.line([(x + 14 + bar * 13, y + 8), (x + 14 + bar * 13, y + 32)], (104, 108, 114), 3)
        return
    pen.oval(x, y, 80, 40, (34, 34, 36))
    pen.oval(x + 44, y - 16, 78, 36, (92, 96, 102))
    pen.shape([(x + 30, y + 34), (x + 38, y - 22), (x + 50, y + 34)], RED)
    pen.line([(x + 34, y + 6), (x + 45, y + 6)], WHITE, 4)


def _vendor(pen: Pen, *, solved: bool) -> None:
    pen.box(60, 140, 150, 60, (226, 214, 190))
    pen.box(60, 128, 150, 16, RED)
    if solved:
        return
    x = pen.at(190, 240)
    pen.shape([(x - 14, 158), (x + 104, 158), (x + 90, 134), (x, 134)], YELLOW)
    pen.line([(x + 6, 158), (x + 6, 212)], INK, 3)
    pen.line([(x + 86, 158), (x + 86, 212)], INK, 3)
    pen.box(x - 6, 184, 104, 26, BROWN)
    for fruit in range(8):
        pen.oval(x + fruit * 12, 174, 12, 12, RED if fruit % 2 else YELLOW)
    pen.ring(x - 2, 206, 20, INK)
    pen.ring(x + 74, 206, 20, INK)
    pen.oval(x + 120, 148, 15, 15, (220, 186, 160))
    pen.box(x + 118, 163, 19, 36, BLUE)


def _billboard(pen: Pen, *, solved: bool) -> None:
    pen.box(110, 96, 5, 118, GREY)
    pen.box(365, 96, 5, 118, GREY)
    if solved:
        return
    sag = pen.at(8, 22)
    pen.shape([(115, 116), (240, 116 + sag), (365, 112), (365, 150), (240, 152 + sag), (115, 154)], RED)
    for word in range(6):
        pen.box(140 + word * 36, 128 + sag * (1 - abs(word - 2.5) / 3), 20, 12, WHITE)
    pen.box(250, 176, 30, 40, YELLOW)
    pen.box(255, 182, 20, 5, INK)
    pen.box(255, 192, 20, 5, INK)


def _tree(pen: Pen, *, solved: bool) -> None:
    for at, fallen in ((90, False), (250, not solved), (400, False)):
        x = at + pen.at(-12, 12)
        pen.box(x - 20, 204, 40, 12, (150, 138, 116))
        if fallen:
            pen.line([(x, 208), (x + 10, 176)], BROWN, 8)
            pen.line([(x + 10, 184), (x + 108, 208)], BROWN, 7)
            for leaf in range(5):
                pen.oval(x + 56 + leaf * 15, 184 + pen.at(0, 20), 30, 20, (150, 144, 92))
            continue
        pen.box(x - 4, 150, 8, 58, BROWN)
        pen.oval(x - 36, 92, 72, 72, GREEN)
        pen.oval(x - 22, 78, 50, 50, DARK_GREEN)


def _lamp(pen: Pen, *, solved: bool) -> None:
    x = pen.at(200, 260)
    pen.box(x, 60, 6, 156, GREY)
    pen.line([(x + 3, 64), (x + 70, 52)], GREY, 4)
    pen.shape([(x + 60, 48), (x + 96, 46), (x + 94, 58), (x + 62, 58)], INK)
    if solved:
        pen.shape([(x + 64, 58), (x + 92, 58), (x + 130, 214), (x + 20, 214)], (244, 228, 176))
        pen.box(x, 60, 6, 156, GREY)
        return
    pen.line([(x + 20, 60), (x + 30, 110), (x + 62, 150), (x + 74, 208)], INK, 2)
    pen.line([(x + 40, 57), (x + 54, 120), (x + 110, 168)], INK, 2)


def _bike(pen: Pen, *, solved: bool) -> None:
    for at in range(7):
        x = 90 + at * 44 + (0 if solved else pen.at(-26, 26))
        y = 182 if solved else pen.at(180, 208)
        colour = (YELLOW, BLUE, GREEN)[at % 3]
        pen.ring(x, y + 10, 24, INK)
        pen.ring(x + 30, y + 10, 24, INK)
        pen.line([(x + 12, y + 22), (x + 20, y + 2), (x + 42, y + 22), (x + 12, y + 22)], colour, 3)
        pen.line([(x + 42, y + 22), (x + 38, y - 4), (x + 46, y - 6)], colour, 3)
    if solved:
        pen.line([(80, 222), (420, 222)], WHITE, 3)


def _wall(pen: Pen, *, solved: bool) -> None:
    pen.box(60, 92, 360, 122, (224, 218, 206))
    for row in range(92, 214, 20):
        pen.line([(60, row), (420, row)], (208, 202, 190), 1)
    if solved:
        return
    for _ in range(16):
        x, y = pen.at(80, 380), pen.at(102, 180)
        pen.box(x, y, 24, 17, pen.pick(WHITE, YELLOW, (236, 180, 170)))
        pen.line([(x + 4, y + 5), (x + 20, y + 5)], INK, 1)
        pen.line([(x + 4, y + 10), (x + 16, y + 10)], INK, 1)


def _site(pen: Pen, *, solved: bool) -> None:
    for panel in range(6):
        leaning = not solved and panel in (2, 3)
        x, lean = 70 + panel * 58, 26 if leaning else 0
        colour = BLUE if panel % 2 else (106, 148, 194)
        pen.shape([(x, 130), (x + 54, 130), (x + 54 + lean, 214), (x + lean, 214)], colour)
    pen.line([(420, 40), (420, 130)], YELLOW, 6)
    pen.line([(330, 52), (450, 52)], YELLOW, 5)
    if solved:
        pen.shape([(150, 132), (210, 104), (280, 132)], GREEN)
        return
    pen.shape([(140, 216), (220, 166), (310, 216)], (176, 148, 112))
    for _ in range(22):
        pen.oval(pen.at(130, 380), pen.at(110, 190), pen.at(10, 26), pen.at(6, 14), (214, 202, 182))


def _water(pen: Pen, *, solved: bool) -> None:
    x = pen.at(90, 140)
    pen.box(x + 120, 238, 60, 10, (60, 62, 66))
    for bar in range(7):
        pen.line([(x + 124 + bar * 9, 239), (x + 124 + bar * 9, 247)], GREY, 2)
    if solved:
        return
    pen.oval(x, 242, 290, 84, (126, 156, 176))
    pen.oval(x + 40, 256, 200, 50, (146, 176, 194))
    for ripple in range(3):
        pen.line([(x + 70 + ripple * 46, 280), (x + 100 + ripple * 46, 277)], WHITE, 2)


def _sign(pen: Pen, *, solved: bool) -> None:
    if solved:
        for post in range(9):
            pen.box(70 + post * 42, 176, 6, 40, WHITE)
        pen.box(70, 184, 342, 6, WHITE)
        pen.box(70, 202, 342, 6, WHITE)
        return
    for post in (0, 1, 6, 7, 8):
        pen.box(70 + post * 42, 176, 6, 40, WHITE)
    pen.box(70, 184, 48, 6, WHITE)
    pen.box(322, 184, 90, 6, WHITE)
    pen.line([(124, 190), (176, 226), (262, 214)], WHITE, 6)
    pen.line([(150, 226), (244, 232)], WHITE, 6)
    pen.shape([(286, 216), (298, 184), (310, 216)], RED)


SUBJECTS: Mapping[str, Subject] = {
    "litter": _litter, "road": _road, "cover": _cover, "vendor": _vendor, "billboard": _billboard, "tree": _tree,
    "lamp": _lamp, "bike": _bike, "wall": _wall, "site": _site, "water": _water, "sign": _sign,
}  # fmt: skip

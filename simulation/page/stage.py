"""The stage drawn in Python: one world at one moment, in the look of the page (`static/stage.js`).

A person glows while a tie of theirs burns; ties that go on are thin bundles; strong are only ties to which something happens.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from simulation.page.scenes import BEGINS, BREAKS, ENDS, SPARKS, Scene, Scenes
from simulation.seats import Seats

FINE = 2  # times as fine as shown, so that edges are smooth
NIGHT, ISLAND, SHORE, LABEL = "#0a0e18", "#141c2f", "#242d45", "#9aa8c9"
MENTEE, MENTOR, ALONE, NORM, CROSS, FATE = "#7d95c9", "#7388b8", "#5a6a92", "#ffffff", "#ff6478", "#5fe0d0"
STROKES = {BEGINS: ("#d5e3ff", 1.3, 0), SPARKS: ("#ffcf70", 1.7, 0), ENDS: ("#93a5cf", 1.2, 3), BREAKS: ("#ff6478", 1.5, 2)}
COLD, WARM, EMBER, GOLD, LIGHT = (112, 134, 192), (216, 160, 88), (205, 134, 58), (255, 221, 146), (255, 190, 96)
SHADES = 8  # of ties that go on, from cold to warm
CORNERS = (0, 3, 4, 5, 6)  # of the shape for the first group of people, the second…
PULL, LOOSE = 0.6, 0.14  # how far a bundle leans towards the middle of the stage, and a line keeps to its own side
CHANGE = 0.4  # of a month: last month's events fade until then, this month's grow after it
CROSS_MONTHS = 2  # in which the cross of one who left fades
POINTS = np.linspace(0.0, 1.0, 17)
LARGEST = 16  # of labels, in pixels


class Layers(NamedTuple):
    """What a whole month looks like: the ground with the ties that go on, the light of fires, and the people."""

    scene: Scene
    ground: Image.Image
    light: Image.Image  # a mask
    people: Image.Image
    cover: Image.Image  # the mask of the people


class Stage:
    """One world on a square of so many pixels; `ring` holds the months between which a person's fate differs."""

    def __init__(self, scenes: Scenes, seats: Seats, side: int, font: str, ring: tuple[np.ndarray, ...] | None = None):
        self.scenes, self.seats, self.side, self.ring = scenes, seats, side, ring
        self.size = max(1.5, min(5.0, seats.apart * side * 0.335))
        r = scenes.recording
        self.people, self.mentors = seats.mentees * side, seats.posts[r["k_post"]] * side
        self.curves = curves(seats, r["t_p"], r["k_post"][r["t_k"]]) * side
        self.group, self.exit = r["p_group0"], r["p_exit"]
        self.ground = self._ground(font)
        self.month_at = lru_cache(2)(self._month)

    def frame(self, month: int, part: float) -> Image.Image:
        """Draw the moment when a part of a month is over, the whole of it at 1."""
        now = self.month_at(month)
        before = self.month_at(month - 1) if month and part < 1.0 else now
        image = Image.blend(before.ground, now.ground, part)
        past = month > 0 and part < CHANGE
        shown = 1.0 - part / CHANGE if past else 1.0
        grown = 1.0 if past else (part - CHANGE) / (1.0 - CHANGE)
        strong, cover = self._strong((before if past else now).scene, shown, grown)
        image.paste(strong, mask=cover)
        image.paste(LIGHT, mask=Image.blend(before.light, now.light, part))
        image.paste(Image.blend(before.people, now.people, part), mask=Image.blend(before.cover, now.cover, part))
        return image

    def _month(self, month: int) -> Layers:
        scene = self.scenes.at(month)
        steady = ~np.isin(scene.ties, scene.happens)
        shade = np.minimum((scene.heat * SHADES).astype(int), SHADES - 1)
        ground = self.ground.copy()
        for k in range(SHADES):
            warm, mask = k / (SHADES - 1), self._blank("L")
            draw, wide = ImageDraw.Draw(mask), max(1, round(FINE * self.size * (0.16 + 0.08 * warm)))
            for tie in scene.ties[steady & (shade == k)]:
                draw.line((FINE * self.curves[tie]).ravel().tolist(), fill=round(255 * (0.13 + 0.12 * warm)), width=wide)
            ground.paste(_mixed(COLD, WARM, warm), mask=mask.reduce(FINE))
        return Layers(scene, ground, self._light(scene), *self._people(scene, month))

    def _people(self, scene: Scene, month: int) -> tuple[Image.Image, Image.Image]:
        """The people of a month, and the mask of where they are."""
        image, cover = self._blank("RGB"), self._blank("L")
        pens = ImageDraw.Draw(image), ImageDraw.Draw(cover)
        for row in np.flatnonzero(scene.mentor_here):
            x, y = FINE * self.mentors[row]
            half = FINE * self.size * 0.95
            box = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
            self._fill(pens, box, scene.mentor_holds[row], scene.mentor_warmth[row], MENTOR, False)
        taken = {tuple(place) for place in self.people[scene.here].tolist()}
        for row in np.flatnonzero(scene.here | scene.gone):
            x, y = FINE * self.people[row]
            if scene.here[row]:
                shape = _shape(x, y, FINE * self.size, self.group[row])
                self._fill(pens, shape, scene.holds[row], scene.warmth[row], MENTEE, scene.normal[row])
            elif tuple(self.people[row].tolist()) in taken:
                continue
            elif month - self.exit[row] < CROSS_MONTHS:
                self._cross(pens, x, y, 1.0 - (month - self.exit[row]) / CROSS_MONTHS)
            if self.ring is not None and self.ring[0][row] <= month < self.ring[1][row]:
                self._ring(pens, x, y, bool(scene.here[row]))
        return image.reduce(FINE), cover.reduce(FINE)

    def _fill(self, pens: tuple, shape: list, holds: bool, warmth: float, usual: str, normal: bool) -> None:
        """A person: filled with a tie, gold while one burns, hollow without; with a white rim where moving on is normal."""
        wide = max(1, round(FINE * max(0.8, self.size * 0.26)))
        inside = _mixed(EMBER, GOLD, warmth) if warmth > 0.0 else usual
        for pen, colour in zip(pens, (inside, 255), strict=True):
            if holds:
                pen.polygon(shape, fill=colour)
        rim = NORM if normal else None if holds else ALONE
        for pen, colour in zip(pens, (rim, 255), strict=True):
            if rim:
                pen.line([*shape, shape[0], shape[1]], fill=colour, width=wide, joint="curve")

    def _cross(self, pens: tuple, x: float, y: float, shown: float) -> None:
        """Somebody left, this month or the month before."""
        far, wide = FINE * self.size * 0.95, max(2, round(FINE * self.size * 0.36))
        for pen, colour in zip(pens, (CROSS, round(255 * shown)), strict=True):
            pen.line((x - far, y - far, x + far, y + far), fill=colour, width=wide)
            pen.line((x - far, y + far, x + far, y - far), fill=colour, width=wide)

    def _ring(self, pens: tuple, x: float, y: float, here: bool) -> None:
        """Who left in one world and not in the other: whole where the person is still here, broken where not."""
        far, wide = FINE * self.size * 1.95, max(2, round(FINE * self.size * 0.32))
        box = (x - far, y - far, x + far, y + far)
        for pen, colour in zip(pens, (FATE, 255), strict=True):
            for start in (0,) if here else range(0, 360, 45):
                pen.arc(box, start, start + (360 if here else 25), fill=colour, width=wide)

    def _strong(self, scene: Scene, shown: float, grown: float) -> tuple[Image.Image, Image.Image]:
        """The ties to which something happens, as strongly and as far as they are shown, and the mask of where they are."""
        image, mask = self._blank("RGB"), self._blank("L")
        pens = ImageDraw.Draw(image), ImageDraw.Draw(mask)
        for tie, what in zip(scene.happens[::-1].tolist(), scene.what[::-1].tolist(), strict=True):
            colour, width, dash = STROKES[what]
            alpha, reach = (shown, grown) if what == BEGINS else (shown * grown, 1.0)
            points = FINE * self.curves[tie][: max(2, round(reach * len(POINTS)))]
            wide = max(1, round(FINE * width * max(0.6, min(1.0, self.size / 4))))
            for pen, ink in zip(pens, (colour, round(230 * alpha)), strict=True):
                for part in _dashes(points, dash * FINE):
                    pen.line(part, fill=ink, width=wide, joint="curve")
            if what == SPARKS:
                for x, y in points[[0, -1]].tolist():
                    far = FINE * self.size * (1.2 + 0.7 * alpha)
                    for pen, ink in zip(pens, (colour, round(110 * alpha)), strict=True):
                        pen.ellipse((x - far, y - far, x + far, y + far), fill=ink)
        return image.reduce(FINE), mask.reduce(FINE)

    def _light(self, scene: Scene) -> Image.Image:
        """The light of fires, as a mask."""
        light = np.zeros((self.side, self.side), "f4")
        for places, warmth in ((self.people, scene.warmth), (self.mentors, scene.mentor_warmth)):
            for row in np.flatnonzero(warmth > 0.0):
                reach = self.size * (1.4 + 1.5 * warmth[row]) + 1.0
                x, y = places[row]
                left, top = max(int(x - reach), 0), max(int(y - reach), 0)
                patch = light[top : int(y + reach) + 2, left : int(x + reach) + 2]
                v, u = np.ogrid[top : top + patch.shape[0], left : left + patch.shape[1]]
                far = np.hypot(u + 0.5 - x, v + 0.5 - y) / reach
                patch += (0.12 + 0.5 * warmth[row]) * np.clip(1.0 - far, 0.0, 1.0) ** 1.6 * 0.75
        return Image.fromarray((255 * np.clip(light, 0.0, 0.8)).astype("u1"))

    def _ground(self, font: str) -> Image.Image:
        """What never changes: the dark, the islands and their names."""
        image = Image.new("RGB", (self.side * FINE, self.side * FINE), NIGHT)
        draw, scale = ImageDraw.Draw(image), FINE * self.side
        for island in self.seats.islands:
            x, y, far = scale * island.x, scale * island.y, scale * island.radius
            draw.ellipse((x - far, y - far, x + far, y + far), fill=ISLAND, outline=SHORE, width=FINE)
        image = image.reduce(FINE)
        draw = ImageDraw.Draw(image)
        letters = ImageFont.truetype(font, max(7, min(LARGEST, round(self.seats.em * self.side))))
        for island in self.seats.islands:
            place = (self.side * island.label_x, self.side * island.label_y)
            draw.multiline_text(place, island.label, fill=LABEL, font=letters, anchor="mm", align="center", spacing=2)
        return image

    def _blank(self, mode: str) -> Image.Image:
        return Image.new(mode, (self.side * FINE, self.side * FINE))


def curves(seats: Seats, mentees: np.ndarray, posts: np.ndarray) -> np.ndarray:
    """The curve of each tie in the unit square: straight on an island, and between islands through the middle of the stage."""
    centres = np.array([(island.x, island.y) for island in seats.islands]).reshape(-1, 2)
    reach = np.array([island.radius for island in seats.islands])
    own, other = (
        np.argmin(np.hypot(*(places[:, None] - centres[None]).transpose(2, 0, 1)) / reach, axis=1)[rows]
        for places, rows in ((seats.mentees, mentees), (seats.posts, posts))
    )
    start, end, middle = seats.mentees[mentees], seats.posts[posts], centres.mean(axis=0)
    same = (own == other)[:, None]
    inner = [centres[one] + (middle - centres[one]) * PULL for one in (own, other)]
    one = np.where(same, start + (end - start) / 3, inner[0] + (start - inner[0]) * LOOSE)
    two = np.where(same, start + (end - start) * 2 / 3, inner[1] + (end - inner[1]) * LOOSE)
    t = POINTS[None, :, None]
    first, second = (1 - t) ** 3 * start[:, None] + 3 * t * (1 - t) ** 2 * one[:, None], 3 * t**2 * (1 - t) * two[:, None]
    return first + second + t**3 * end[:, None]


def _shape(x: float, y: float, far: float, group: int) -> list[tuple[float, float]]:
    """The outline of a mentee: a circle, or for a later group of the first attribute a triangle, a diamond…"""
    corners = CORNERS[max(0, int(group)) % len(CORNERS)]
    far, down = far * {0: 1.0, 3: 1.35}.get(corners, 1.2), far * 0.18 if corners == 3 else 0.0
    angles = -np.pi / 2 + 2 * np.pi * np.arange(corners or 14) / (corners or 14)
    return list(zip((x + far * np.cos(angles)).tolist(), (y + down + far * np.sin(angles)).tolist(), strict=True))


def _dashes(points: np.ndarray, dash: float) -> list[list[float]]:
    """A line as one piece, or in dashes of a length."""
    if not dash:
        return [points.ravel().tolist()]
    way = np.append(0.0, np.cumsum(np.hypot(*np.diff(points, axis=0).T)))
    starts = np.arange(0.0, way[-1], 2 * dash)
    ends = np.minimum(starts + dash, way[-1])
    x, y = (np.interp(np.stack([starts, ends]), way, points[:, axis]) for axis in (0, 1))
    return np.stack([x[0], y[0], x[1], y[1]], axis=1).tolist()


def _mixed(one: tuple[int, ...], other: tuple[int, ...], part: float) -> tuple[int, ...]:
    return tuple(round(a + (b - a) * part) for a, b in zip(one, other, strict=True))

"""A film of one run or of two side by side, from their recordings: a GIF, or an MP4 where ffmpeg is at hand."""

import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np
from matplotlib import font_manager
from PIL import Image, ImageDraw, ImageFont

from simulation.page.scenes import Scenes, fates
from simulation.page.stage import FATE, LABEL, NIGHT, Stage
from simulation.seats import Seats

try:
    import imageio_ffmpeg
except ImportError:  # it brings ffmpeg where the machine has none
    imageio_ffmpeg = None

MARK = "made by mentorship animate"  # in the file, by which it is known when it is made again
PER_MONTH = {".gif": 2, ".mp4": 6}  # frames
END = 2.0  # seconds for which the last month stays
COLOURS = 96  # of a GIF
SAMPLES = 6  # frames from which its colours are taken
TEXT, QUIET, GOLD = "#dfe6f7", LABEL, "#ffcf70"
LEGEND = (
    ("square", "#7388b8", "mentor"), ("disc", "#7d95c9", "mentee"), ("hollow", "#5a6a92", "holds no tie"),
    ("disc", GOLD, "a tie has caught fire"), ("rim", "#7d95c9", "moving on is normal"), ("cross", "#ff6478", "left"),
    ("line", "#d5e3ff", "a tie begins"), ("line", GOLD, "catches fire"), ("dashes", "#93a5cf", "ends"),
    ("dashes", "#ff6478", "ends badly"),
)  # fmt: skip
RINGED = (("ring", FATE, "has left in the other world"), ("arcs", FATE, "is there in the other world"))


class World(NamedTuple):
    """One of the worlds of a film: what is seen, and under which title."""

    scenes: Scenes
    title: str


class Film:
    """The frames of a film; `caption` names the world, the seed and what else is the same in both."""

    def __init__(self, worlds: Sequence[World], seats: Seats, caption: str, side: int):
        self.worlds, self.caption, self.side = worlds, caption, side
        self.months = min(world.scenes.months for world in worlds)
        path = font_manager.findfont("DejaVu Sans")
        bold = font_manager.findfont(font_manager.FontProperties(family="DejaVu Sans", weight="bold"))
        small = max(10, round(side / 40))
        self.small, self.large = ImageFont.truetype(path, small), ImageFont.truetype(bold, round(1.25 * small))
        ring = fates(*(world.scenes.recording for world in worlds)) if len(worlds) == 2 else None
        self.stages = [Stage(world.scenes, seats, side, path, ring) for world in worlds]
        self.gap, self.line = small, round(1.5 * small)
        self.legend = [*LEGEND, *(RINGED if ring is not None else ())]
        width = side * len(worlds) + self.gap * (len(worlds) + 1)
        self.rows = self._rows(width)
        height = 2 * self.line + side + self.line * (2 + len(self.rows)) + self.gap
        self.size = width + width % 2, height + height % 2  # as films must have it

    def frame(self, month: int, part: float) -> Image.Image:
        """Draw the moment when a part of a month is over."""
        image = Image.new("RGB", self.size, NIGHT)
        draw = ImageDraw.Draw(image)
        for place, (world, stage) in enumerate(zip(self.worlds, self.stages, strict=True)):
            left = self.gap + place * (self.side + self.gap)
            title = _shortened(world.title, self.large, self.side)
            draw.text((left + self.side / 2, self.line), title, fill=TEXT, font=self.large, anchor="mm")
            image.paste(stage.frame(month, part), (left, 2 * self.line))
        self._foot(draw, month, part)
        return image

    def frames(self, per_month: int) -> Iterator[Image.Image]:
        """All frames in order: the first month whole, then each month as it passes."""
        for month in range(self.months):
            for step in range(1, per_month + 1):
                yield self.frame(month, step / per_month)

    def _foot(self, draw: ImageDraw.ImageDraw, month: int, part: float) -> None:
        """The month and how far the film is; the caption; and what the marks say."""
        wide, top = self.size[0] - 2 * self.gap, 2 * self.line + self.side + self.gap // 2
        draw.line((self.gap, top, self.gap + wide, top), fill="#26304a", width=3)
        draw.line((self.gap, top, self.gap + wide * (month + part) / self.months, top), fill=GOLD, width=3)
        middle = top + self.line * 0.8
        said = f"month {month + 1} of {self.months}"
        draw.text((self.size[0] - self.gap, middle), said, fill=TEXT, font=self.small, anchor="rm")
        room = wide - draw.textlength(said, font=self.small) - self.gap
        draw.text((self.gap, middle), _shortened(self.caption, self.small, room), fill=QUIET, font=self.small, anchor="lm")
        for number, row in enumerate(self.rows):
            x, y = float(self.gap), middle + self.line * (number + 1)
            for kind, colour, text in row:
                _sample(draw, kind, colour, x + 0.4 * self.gap, y, 0.32 * self.gap)
                draw.text((x + self.gap, y), text, fill=QUIET, font=self.small, anchor="lm")
                x += self._wide(text)

    def _rows(self, width: int) -> list[list[tuple[str, str, str]]]:
        """The legend in as many lines as it needs."""
        rows, left = [[]], width - 2 * self.gap
        for mark in self.legend:
            if self._wide(mark[2]) > left and rows[-1]:
                rows.append([])
                left = width - 2 * self.gap
            rows[-1].append(mark)
            left -= self._wide(mark[2])
        return rows

    def _wide(self, text: str) -> float:
        return self.small.getlength(text) + 2.2 * self.gap


def ffmpeg() -> str | None:
    """Where ffmpeg is: on the path, or as a package brings it; None where there is none."""
    if found := shutil.which("ffmpeg"):
        return found
    return imageio_ffmpeg.get_ffmpeg_exe() if imageio_ffmpeg else None


def write_film(path: Path, kind: str, film: Film, speed: float, progress: Callable[[int, int], object]) -> None:
    """Write a film as a `.gif` or `.mp4`, at so many months a second; `progress` is told of every frame."""
    per_month = PER_MONTH[kind]
    total = per_month * film.months

    def told() -> Iterator[Image.Image]:
        for done, image in enumerate(film.frames(per_month), 1):
            progress(done, total)
            yield image

    if kind == ".gif":
        _write_gif(path, told(), film, 1000.0 / (speed * per_month))
    else:
        _write_mp4(path, told(), film, speed * per_month)


def _write_gif(path: Path, frames: Iterator[Image.Image], film: Film, milliseconds: float) -> None:
    """One set of few colours for all frames, and no dots between them, so that what does not change takes no room."""
    samples = [film.frame(month, 1.0) for month in np.linspace(0, film.months - 1, SAMPLES).astype(int).tolist()]
    sheet = Image.new("RGB", (film.size[0], film.size[1] * len(samples)))
    for place, sample in enumerate(samples):
        sheet.paste(sample, (0, place * film.size[1]))
    colours = sheet.quantize(COLOURS, method=Image.Quantize.MEDIANCUT)
    drawn = (frame.quantize(palette=colours, dither=Image.Dither.NONE) for frame in frames)
    first, total = next(drawn), PER_MONTH[".gif"] * film.months
    lasting = [round(milliseconds)] * (total - 1) + [round(milliseconds + 1000 * END)]
    first.save(
        path, format="GIF", save_all=True, append_images=drawn, duration=lasting, loop=0, comment=MARK.encode(), optimize=False
    )


def _write_mp4(path: Path, frames: Iterator[Image.Image], film: Film, rate: float) -> None:
    """A film that every browser and slide program plays (H.264, 4:2:0)."""
    wide, high = film.size
    command = [
        ffmpeg(), "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{wide}x{high}", "-r", f"{rate:g}",
        "-i", "-", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "20", "-movflags", "+faststart",
        "-metadata", f"comment={MARK}", "-f", "mp4", str(path),
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        last = b""
        with suppress(BrokenPipeError):  # where it has ended, it says why
            for frame in frames:
                last = frame.tobytes()
                process.stdin.write(last)
            for _ in range(round(END * rate)):
                process.stdin.write(last)
            process.stdin.close()
        said = process.stderr.read().decode(errors="replace").strip()
    if process.returncode:
        raise OSError(process.returncode, said.splitlines()[-1] if said else "ffmpeg gave no reason")


def _shortened(text: str, font: ImageFont.FreeTypeFont, room: float) -> str:
    """A text that fits, with dots where it was cut."""
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(text + "…") > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _sample(draw: ImageDraw.ImageDraw, kind: str, colour: str, x: float, y: float, far: float) -> None:
    """A mark of the legend."""
    box = (x - far, y - far, x + far, y + far)
    if kind == "square":
        draw.rectangle(box, fill=colour)
    elif kind == "cross":
        draw.line(box, fill=colour, width=2)
        draw.line((x - far, y + far, x + far, y - far), fill=colour, width=2)
    elif kind in ("hollow", "ring"):
        draw.ellipse(box, outline=colour, width=2)
    elif kind == "arcs":
        for start in range(0, 360, 90):
            draw.arc(box, start, start + 50, fill=colour, width=2)
    elif kind == "line":
        draw.line((x - far, y, x + far, y), fill=colour, width=2)
    elif kind == "dashes":
        for left in (x - far, x + far / 4):
            draw.line((left, y, left + 0.75 * far, y), fill=colour, width=2)
    else:
        draw.ellipse(box, fill=colour, outline="#ffffff" if kind == "rim" else None, width=2)

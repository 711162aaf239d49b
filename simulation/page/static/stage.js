// The stage: one recording drawn on a canvas at one moment. Seats never move; only what happens now is drawn strongly.
import { MOST_STRONG, Scenes, monthAt, scenesOf } from "./scenes.js";
import { INK, STROKES, drawLight, traceCross } from "./marks.js";
import { addCurve, curvesOf, pointOn, roomBeside } from "./lines.js";
import { nameOf, personAt, seatNumbers } from "./finding.js";
import { FONT, groundOf } from "./ground.js";
import { paintGround, paintPeople } from "./monthly.js";

const CHANGE = 0.4; // of a month: last month's events fade until then, this month's grow after it
const CROWD = 0.02; // of the stage: the squares of all marks' sizes together are no more, so that a crowd stays dark
const OPAQUE = { alpha: false }; // the ground covers all
const SHARPEST = 2; // device pixels a CSS pixel, at most: finer costs time and cannot be seen

export class Stage {
  constructor(canvas, seats, words) {
    Object.assign(this, { canvas, seats, words, scenes: null, ring: null, until: null });
    Object.assign(this, { labels: [], names: [], strong: [], width: 0, height: 0, layers: new Map() });
    this.seatOf = seatNumbers(seats.p);
    this.places = new Set(this.seatOf).size + seats.k.length / 2;
    this.between = document.createElement("canvas");
  }

  /** Show a recording; `ring` and `until` are of `fatesOf`: the months between which a person's fate differs. */
  show(recording, { ring = null, until = null } = {}) {
    this.scenes = recording instanceof Scenes ? recording : scenesOf(recording, this.words.outgrown);
    Object.assign(this, { ring, until });
    this.curves = curvesOf(this.scenes.recording, this.seats);
    if (this.width) this.scale();
  }

  /** Fit the canvas to a size in CSS pixels; draws nothing. */
  resize(width, height, ratio = Math.min(SHARPEST, globalThis.devicePixelRatio || 1)) {
    if (width === this.width && height === this.height && ratio === this.ratio) return;
    Object.assign(this, { width, height, ratio });
    for (const one of [this.canvas, this.between]) {
      one.width = Math.round(width * ratio);
      one.height = Math.round(height * ratio);
    }
    this.side = Math.min(width, height);
    this.left = (width - this.side) / 2;
    this.top = (height - this.side) / 2;
    const most = this.side * Math.sqrt(CROWD / this.places);
    this.size = Math.max(1.4, Math.min(5, most, this.seats.apart * this.side * 0.335));
    Object.assign(this, groundOf(this));
    if (this.scenes) this.scale();
  }

  scale() {
    this.lines = this.curves.map((value, k) => value * this.side + (k % 2 ? this.top : this.left));
    this.layers.clear();
  }

  /** The place of a person on the canvas, in CSS pixels. */
  place({ kind, row }) {
    const places = kind === "mentor" ? this.seats.k : this.seats.p;
    const seat = kind === "mentor" ? this.scenes.recording.k_post[row] : row;
    return [places[2 * seat] * this.side + this.left, places[2 * seat + 1] * this.side + this.top];
  }

  /** The two layers of a whole month; the two months used last are kept. */
  layersOf(month) {
    let layers = this.layers.get(month);
    if (!layers) {
      const spare = this.layers.size > 2 ? this.layers.keys().next().value : null;
      layers = spare === null ? [0, 1].map(() => document.createElement("canvas")) : this.layers.get(spare);
      this.layers.delete(spare);
      for (const one of layers) {
        if (one.width !== this.canvas.width) one.width = this.canvas.width;
        if (one.height !== this.canvas.height) one.height = this.canvas.height;
      }
      paintGround(layers[0].getContext("2d"), this, month);
      paintPeople(layers[1].getContext("2d"), this, month);
    }
    this.layers.delete(month);
    this.layers.set(month, layers);
    return layers;
  }

  /** Draw the moment t, in months; returns the month, its counts, and how many ties are drawn strongly. */
  draw(t, { selected = null } = {}) {
    const month = monthAt(t, this.scenes.months), part = month ? Math.max(0, Math.min(1, 1 - (month - t))) : 1;
    const before = part < 1 ? this.layersOf(month - 1) : null, now = this.layersOf(month);
    const g = this.canvas.getContext("2d", OPAQUE);
    g.setTransform(1, 0, 0, 1, 0, 0);
    g.drawImage((before || now)[0], 0, 0);
    if (before) {
      g.globalAlpha = part;
      g.drawImage(now[0], 0, 0);
      g.globalAlpha = 1;
    }
    g.scale(this.ratio, this.ratio);
    this.choose(month, part, selected);
    if (selected) this.dim(g);
    this.drawStrong(g);
    this.drawSparks(g);
    g.setTransform(1, 0, 0, 1, 0, 0);
    g.drawImage(before ? this.blend(before[1], now[1], part) : now[1], 0, 0);
    g.scale(this.ratio, this.ratio);
    this.names = [];
    if (selected) this.drawPicked(g, month, selected);
    return { month, strong: this.strong.length, ...this.scenes.counts[month] };
  }

  /** People between two months: what stays is as bright as ever, what changes fades over. */
  blend(before, now, part) {
    const g = this.between.getContext("2d");
    g.globalCompositeOperation = "copy";
    g.globalAlpha = 1 - part;
    g.drawImage(before, 0, 0);
    g.globalCompositeOperation = "lighter";
    g.globalAlpha = part;
    g.drawImage(now, 0, 0);
    return this.between;
  }

  /** Choose the strong ties: those of the person picked, then what happens now; never more than MOST_STRONG. */
  choose(month, part, selected) {
    const own = selected ? this.scenes.tiesOf(selected, month).slice(0, MOST_STRONG) : [];
    const kind = (tie) => (this.scenes.burns(tie, month) ? "burning" : "picked");
    this.strong = own.map((tie) => ({ tie, what: kind(tie), shown: 1, grown: 1 }));
    const past = part < CHANGE, at = past ? month - 1 : month, starts = this.scenes.recording.t_start;
    const shown = past ? 1 - part / CHANGE : 1, grown = past ? 1 : (part - CHANGE) / (1 - CHANGE);
    for (const { tie, what } of this.scenes.events[at]) {
      if (this.strong.length >= MOST_STRONG) break;
      if (own.includes(tie)) continue;
      const grows = starts[tie] === at && what !== "end" && what !== "bad";
      const alpha = (grows ? shown : shown * grown) * (selected ? 0.35 : 0.9);
      this.strong.push({ tie, what, shown: alpha, grown: grows ? grown : 1 });
    }
  }

  dim(g) {
    g.fillStyle = INK.night;
    g.globalAlpha = 0.45;
    g.fillRect(0, 0, this.width, this.height);
    g.globalAlpha = 1;
  }

  drawStrong(g) {
    g.lineCap = "round";
    for (const { tie, what, shown, grown } of this.strong) {
      const [colour, width, dashes] = STROKES[what];
      g.globalAlpha = shown;
      g.strokeStyle = colour;
      g.lineWidth = width * Math.max(0.6, Math.min(1, this.size / 4));
      g.setLineDash(dashes);
      g.beginPath();
      addCurve(g, this.lines, 8 * tie, grown);
      g.stroke();
      if (what !== "bad") continue;
      const [x, y] = pointOn(this.lines, 8 * tie, 0.5);
      g.setLineDash([]);
      g.beginPath();
      traceCross(g, x, y, this.size * 0.7);
      g.stroke();
    }
    g.setLineDash([]);
    g.globalAlpha = 1;
  }

  drawSparks(g) {
    g.globalCompositeOperation = "lighter";
    for (const { tie, what, shown } of this.strong) {
      if (what !== "spark") continue;
      for (const end of [0, 6]) {
        const r = this.size * (2 + 3.2 * shown), at = 8 * tie + end;
        g.globalAlpha = shown;
        drawLight(g, this.lines[at], this.lines[at + 1], r, this.ratio);
      }
    }
    g.globalAlpha = 1;
    g.globalCompositeOperation = "source-over";
  }

  /** The person picked and the people they hold ties with, with a ring and by name. */
  drawPicked(g, month, selected) {
    const others = this.scenes.tiesOf(selected, month).map((tie) => this.otherEnd(tie, selected.kind));
    const points = Math.max(10, Math.min(13, this.side * 0.021)), taken = [...this.labels];
    g.font = `600 ${points}px ${FONT}`;
    g.textAlign = "left";
    g.textBaseline = "middle";
    [selected, ...others].forEach((person, k) => {
      const [x, y] = this.place(person), text = nameOf(person, this.scenes.recording);
      g.strokeStyle = INK.picked;
      g.lineWidth = k ? 1 : 2;
      g.beginPath();
      g.arc(x, y, this.size * (k ? 1.7 : 2.7), 0, 2 * Math.PI);
      g.stroke();
      const w = g.measureText(text).width + 8, h = points + 6;
      const room = roomBeside(x, y, w, h, this.size * 3.1, taken, this.width, this.height);
      if (!room) return;
      taken.push(room);
      this.names.push({ text, ...room });
      g.fillStyle = INK.plate;
      g.beginPath();
      g.roundRect(room.x, room.y, w, h, 4);
      g.fill();
      g.fillStyle = INK.name;
      g.fillText(text, room.x + 4, room.y + h / 2 + 0.5);
    });
  }

  otherEnd(tie, kind) {
    const { t_p: mentees, t_k: mentors } = this.scenes.recording;
    return kind === "mentor" ? { kind: "mentee", row: mentees[tie] } : { kind: "mentor", row: mentors[tie] };
  }

  /** The person who sits at a point of the canvas (CSS pixels) at the moment t; null where nobody is near. */
  pick(x, y, t) {
    return personAt(this, x, y, monthAt(t, this.scenes.months));
  }
}

// The marks of the stage: one shape and one colour for each thing that can be seen, and the legend that names them.

import { MOST_STRONG } from "./scenes.js";

export const INK = {
  night: "#0a0e18", heart: "#182238", island: "#111829", shore: "rgba(160,180,230,0.10)", label: "#9aa8c9",
  name: "#f4f6fc", plate: "rgba(10,14,24,0.85)",
  mentee: "#7d95c9", mentor: "#7388b8", alone: "#5a6a92", gold: "#ffcf70", ember: "#e8963c",
  begin: "#d5e3ff", end: "#93a5cf", bad: "#ff6478", norm: "#ffffff", fate: "#5fe0d0", picked: "#ffffff",
}; // prettier-ignore
const CORNERS = [0, 3, 4, 5, 6]; // of the shape for the first group of people, the second…

/** Draw the outline of a person: a circle, or for a later group of the first attribute a triangle, a diamond… */
export function tracePerson(g, x, y, r, group) {
  const corners = CORNERS[Math.max(0, group) % CORNERS.length];
  if (corners === 0) {
    g.moveTo(x + r, y);
    g.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  const far = r * (corners === 3 ? 1.35 : 1.2), down = corners === 3 ? r * 0.18 : 0;
  for (let c = 0; c < corners; c++) {
    const angle = -Math.PI / 2 + (2 * Math.PI * c) / corners;
    g[c ? "lineTo" : "moveTo"](x + far * Math.cos(angle), y + down + far * Math.sin(angle));
  }
  g.closePath();
}

/** Draw the outline of a mentor: a square. */
export function traceMentor(g, x, y, r) {
  g.rect(x - r * 0.95, y - r * 0.95, r * 1.9, r * 1.9);
}

/** Draw a cross: of one who left, or of a tie that ended badly. */
export function traceCross(g, x, y, r) {
  g.moveTo(x - r, y - r);
  g.lineTo(x + r, y + r);
  g.moveTo(x - r, y + r);
  g.lineTo(x + r, y - r);
}

const LIGHTS = new Map(); // by their width in device pixels

/** Lay a soft light over a place: of one size in device pixels each, as shrinking pictures takes most of a frame. */
export function drawLight(g, x, y, r, ratio = 1) {
  const wide = Math.max(2, Math.round(2 * r * ratio)), side = wide / ratio;
  if (!LIGHTS.has(wide)) LIGHTS.set(wide, lightOf(wide));
  const whole = (value) => Math.round((value - side / 2) * ratio) / ratio;
  g.drawImage(LIGHTS.get(wide), whole(x), whole(y), side, side);
}

function lightOf(wide) {
  const light = document.createElement("canvas"), half = wide / 2;
  light.width = light.height = wide;
  const g = light.getContext("2d"), fade = g.createRadialGradient(half, half, 0, half, half, half);
  fade.addColorStop(0, "rgba(255,206,112,0.75)");
  fade.addColorStop(0.22, "rgba(244,150,60,0.34)");
  fade.addColorStop(0.55, "rgba(220,100,30,0.10)");
  fade.addColorStop(1, "rgba(200,80,20,0)");
  g.fillStyle = fade;
  g.fillRect(0, 0, wide, wide);
  return light;
}

/** How a strong tie is drawn: colour, width, dashes. */
export const STROKES = {
  begin: [INK.begin, 1.3, []],
  spark: [INK.gold, 1.7, []],
  end: [INK.end, 1.2, [6, 4]],
  bad: [INK.bad, 1.5, [1.5, 3.5]],
  picked: [INK.picked, 1.5, []],
  burning: [INK.gold, 1.9, []],
};

const strokeSample = (what) => (g) => {
  const [colour, width, dashes] = STROKES[what];
  g.strokeStyle = colour;
  g.lineWidth = width;
  g.setLineDash(dashes);
  g.beginPath();
  g.moveTo(2, 11);
  g.lineTo(34, 11);
  g.stroke();
  g.setLineDash([]);
  if (what === "bad") crossSample(g, 18, 11, 3.2);
};
const crossSample = (g, x, y, r) => {
  g.strokeStyle = INK.bad;
  g.lineWidth = 1.6;
  g.beginPath();
  traceCross(g, x, y, r);
  g.stroke();
};
const shapeSample = (trace, fill, stroke, extra) => (g) => {
  if (extra) extra(g);
  g.beginPath();
  trace(g);
  g.fillStyle = fill || "transparent";
  g.fill();
  g.strokeStyle = stroke || "transparent";
  g.lineWidth = 1.3;
  g.stroke();
};
const ringSample = (dashes) => (g) => {
  g.strokeStyle = INK.fate;
  g.lineWidth = 1.6;
  g.setLineDash(dashes);
  g.beginPath();
  g.arc(18, 11, 9, 0, 2 * Math.PI);
  g.stroke();
  g.setLineDash([]);
};

/** Every mark and what it says, for a world of these words; `twins`: two worlds are shown. */
function marksOf(words, twins) {
  const [first] = words.identities || [];
  const person = (group) => (g) => tracePerson(g, 18, 11, 5, group);
  const groups = first ? first.groups : [""];
  const ringed = shapeSample(person(0), INK.mentee, null, ringSample([]));
  return [
    ...groups.map((name, group) => [shapeSample(person(group), INK.mentee), name ? `mentee: ${name}` : "mentee"]),
    [shapeSample((g) => traceMentor(g, 18, 11, 5), INK.mentor), "mentor"],
    [shapeSample(person(0), null, INK.alone), "hollow: holds no tie"],
    [
      shapeSample(person(0), INK.gold, null, (g) => drawLight(g, 18, 11, 16, 2)),
      "gold: a tie of theirs has caught fire and lasts; brighter when both are more engaged",
    ],
    [shapeSample(person(0), INK.mentee, INK.norm), "white rim: moving on is normal to this person"],
    [(g) => crossSample(g, 18, 11, 4.5), "left the program this month; fainter: the month before"],
    ...(twins
      ? [
          [ringed, "ring: still here; in the other world already gone"],
          [ringSample([3.2, 3.2]), "broken ring: left here; in the other world still there"],
        ]
      : []),
    [strokeSample("begin"), "a tie begins this month"],
    [strokeSample("spark"), "a tie catches fire this month"],
    [strokeSample("end"), "a tie ends this month"],
    [strokeSample("bad"), "a tie ends badly this month"],
    [
      (g) => {
        g.strokeStyle = "rgba(140,165,225,0.5)";
        g.lineWidth = 0.8;
        g.beginPath();
        for (let k = 0; k < 3; k++) {
          g.moveTo(2, 8 + 3 * k);
          g.bezierCurveTo(14, 11, 22, 11, 34, 8 + 3 * k);
        }
        g.stroke();
      },
      `thin lines: ties that go on, and what no longer fits among the ${MOST_STRONG} strong lines of a month`,
    ],
  ];
}

/** The legend, as elements of the page: the same marks as on the stage, each with its words. */
export function legendOf(words, twins) {
  const list = document.createElement("ul");
  list.className = "player-marks";
  for (const [draw, says] of marksOf(words, twins)) {
    const item = document.createElement("li"), canvas = document.createElement("canvas");
    const text = document.createElement("span");
    canvas.width = 72;
    canvas.height = 44;
    canvas.setAttribute("aria-hidden", "true");
    const g = canvas.getContext("2d");
    g.scale(2, 2);
    draw(g);
    text.textContent = says;
    item.append(canvas, text);
    list.append(item);
  }
  return list;
}

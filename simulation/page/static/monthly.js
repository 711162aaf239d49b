// What a whole month looks like, in two layers: the ground with the ties that go on, and above it the people.
import { BURNS, GONE, HERE, HOLDS, LEFT, NORMAL } from "./scenes.js";
import { INK, drawLight, traceCross, traceMentor, tracePerson } from "./marks.js";
import { addCurve } from "./lines.js";
import { paintLabels } from "./ground.js";

const SHADES = 8; // of steady ties and of gold, from cold to warm
const CROSS_MONTHS = 2; // in which the cross of one who left fades
const GOLDS = Array.from({ length: SHADES }, (_, k) => mixture([205, 134, 58], [255, 221, 146], k / (SHADES - 1)));
const STEADY = Array.from({ length: SHADES }, (_, k) => {
  const warm = k / (SHADES - 1);
  return mixture([112, 134, 192], [216, 160, 88], warm, 0.13 + 0.12 * warm);
});

function mixture(from, to, part, alpha = 1) {
  return `rgba(${from.map((value, k) => Math.round(value + (to[k] - value) * part))},${alpha})`;
}

/** Paint the ground and the ties that go on: thin bundles, warmer where both sides are engaged. */
export function paintGround(g, stage, month) {
  const { tie, heat } = stage.scenes.ties[month];
  g.setTransform(1, 0, 0, 1, 0, 0);
  g.drawImage(stage.ground, 0, 0);
  g.scale(stage.ratio, stage.ratio);
  const strong = new Set(stage.scenes.events[month].map((event) => event.tie));
  const shades = STEADY.map(() => []);
  for (let j = 0; j < tie.length; j++) {
    if (!strong.has(tie[j])) shades[Math.floor((heat[j] / 256) * SHADES)].push(tie[j]);
  }
  shades.forEach((ties, shade) => {
    g.strokeStyle = STEADY[shade];
    g.lineWidth = Math.max(0.5, stage.size * (0.13 + (0.07 * shade) / SHADES));
    g.beginPath();
    for (const i of ties) addCurve(g, stage.lines, 8 * i, 1);
    g.stroke();
  });
}

/** Paint the people of a month on an empty layer: the light of fires, mentors, mentees, and the names of islands. */
export function paintPeople(g, stage, month) {
  const { scenes } = stage;
  g.setTransform(1, 0, 0, 1, 0, 0);
  g.clearRect(0, 0, g.canvas.width, g.canvas.height);
  g.scale(stage.ratio, stage.ratio);
  g.globalCompositeOperation = "lighter";
  paintLight(g, stage, "mentor", scenes.mentorWarmth.subarray(month * scenes.mentors, (month + 1) * scenes.mentors));
  paintLight(g, stage, "mentee", scenes.menteeWarmth.subarray(month * scenes.mentees, (month + 1) * scenes.mentees));
  g.globalCompositeOperation = "source-over";
  for (let row = 0; row < scenes.mentors; row++) {
    const flags = scenes.mentorAt(month, row);
    if (!(flags & HERE)) continue;
    g.beginPath();
    traceMentor(g, ...stage.place({ kind: "mentor", row }), stage.size);
    fill(g, stage, flags, INK.mentor, scenes.mentorWarmth[month * scenes.mentors + row]);
  }
  paintMentees(g, stage, month);
  paintLabels(g, stage.labels);
  g.globalAlpha = 1;
}

function paintLight(g, stage, kind, warmth) {
  for (let row = 0; row < warmth.length; row++) {
    if (!warmth[row]) continue;
    const fire = warmth[row] / 255, [x, y] = stage.place({ kind, row }), r = stage.size * (1.4 + 1.5 * fire);
    g.globalAlpha = 0.12 + 0.5 * fire;
    drawLight(g, x, y, r, stage.ratio);
  }
  g.globalAlpha = 1;
}

function fill(g, stage, flags, usual, warmth) {
  g.lineWidth = Math.max(0.8, stage.size * 0.26);
  if (flags & HOLDS) {
    g.fillStyle = flags & BURNS ? GOLDS[Math.floor((warmth / 256) * SHADES)] : usual;
    g.fill();
  } else {
    g.strokeStyle = INK.alone;
    g.stroke();
  }
  if (!(flags & NORMAL)) return;
  g.strokeStyle = INK.norm;
  g.stroke();
}

function paintMentees(g, stage, month) {
  const { scenes, size, ring, until } = stage, r = scenes.recording, taken = new Set();
  for (let row = 0; row < scenes.mentees; row++) if (scenes.menteeAt(month, row) & HERE) taken.add(stage.seatOf[row]);
  for (let row = 0; row < scenes.mentees; row++) {
    const flags = scenes.menteeAt(month, row), left = flags & GONE && r.p_how[row] === LEFT;
    if (!(flags & HERE) && (!left || taken.has(stage.seatOf[row]))) continue;
    const [x, y] = stage.place({ kind: "mentee", row });
    g.beginPath();
    if (flags & HERE) {
      tracePerson(g, x, y, size, r.p_group0 ? r.p_group0[row] : 0);
      fill(g, stage, flags, INK.mentee, scenes.menteeWarmth[month * scenes.mentees + row]);
    } else if (month - r.p_exit[row] < CROSS_MONTHS) {
      g.globalAlpha = 1 - (month - r.p_exit[row]) / CROSS_MONTHS;
      g.strokeStyle = INK.bad;
      g.lineWidth = Math.max(1, size * 0.36);
      traceCross(g, x, y, size * 0.95);
      g.stroke();
      g.globalAlpha = 1;
    }
    if (ring && ring[row] >= 0 && ring[row] <= month && !(until[row] >= 0 && until[row] <= month)) {
      paintRing(g, x, y, size, flags & HERE);
    }
  }
}

function paintRing(g, x, y, size, here) {
  g.strokeStyle = INK.fate;
  g.lineWidth = Math.max(1, size * 0.32);
  g.setLineDash(here ? [] : [size * 0.7, size * 0.7]);
  g.beginPath();
  g.arc(x, y, size * 1.95, 0, 2 * Math.PI);
  g.stroke();
  g.setLineDash([]);
}

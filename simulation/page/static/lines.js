// Where the lines of ties run, and where names find room: geometry alone, nothing is drawn here.

const PULL = 0.6; // how far a bundle leans from its island's centre towards the middle of the stage
const LOOSE = 0.14; // how far a line of a bundle keeps to its own side

/** The island of each seat: the one whose centre is nearest in terms of its own radius. */
function islandsOf(places, islands) {
  const found = new Int16Array(places.length / 2);
  for (let i = 0; i < found.length; i++) {
    let best = Infinity;
    islands.forEach((island, d) => {
      const far = Math.hypot(places[2 * i] - island.x, places[2 * i + 1] - island.y) / island.r;
      if (far < best) [best, found[i]] = [far, d];
    });
  }
  return found;
}

/** The curve of every tie in the unit square, eight numbers each: mentee, two control points, mentor. */
export function curvesOf(recording, seats) {
  const { t_p: mentees, t_k: mentors, k_post: posts } = recording, islands = seats.islands;
  const ofMentee = islandsOf(seats.p, islands), ofPost = islandsOf(seats.k, islands);
  const curves = new Float32Array(8 * mentees.length);
  const middle = [0, 1].map((axis) => islands.reduce((sum, one) => sum + (axis ? one.y : one.x), 0) / islands.length);
  for (let i = 0; i < mentees.length; i++) {
    const p = mentees[i], k = posts[mentors[i]], a = islands[ofMentee[p]], b = islands[ofPost[k]];
    const same = ofMentee[p] === ofPost[k];
    for (let axis = 0; axis < 2; axis++) {
      const from = seats.p[2 * p + axis], to = seats.k[2 * k + axis];
      const lean = (island, own) => {
        const centre = axis ? island.y : island.x, inner = centre + (middle[axis] - centre) * PULL;
        return inner + (own - inner) * LOOSE;
      };
      curves[8 * i + axis] = from;
      curves[8 * i + 2 + axis] = same ? from + (to - from) / 3 : lean(a, from);
      curves[8 * i + 4 + axis] = same ? from + (2 * (to - from)) / 3 : lean(b, to);
      curves[8 * i + 6 + axis] = to;
    }
  }
  return curves;
}

/** Add the first part of a curve to a path, from the mentee on: all of it when `part` is 1. */
export function addCurve(g, c, at, part) {
  if (part >= 1) {
    g.moveTo(c[at], c[at + 1]);
    g.bezierCurveTo(c[at + 2], c[at + 3], c[at + 4], c[at + 5], c[at + 6], c[at + 7]);
    return;
  }
  const mix = (p, q) => p + (q - p) * part;
  const point = (axis) => {
    const [p0, p1, p2, p3] = [0, 2, 4, 6].map((k) => c[at + k + axis]);
    const a = mix(p0, p1), b = mix(p1, p2), d = mix(p2, p3), e = mix(a, b), f = mix(b, d);
    return [p0, a, e, mix(e, f)];
  };
  const x = point(0), y = point(1);
  g.moveTo(x[0], y[0]);
  g.bezierCurveTo(x[1], y[1], x[2], y[2], x[3], y[3]);
}

/** The point of a curve at a part of its way. */
export function pointOn(c, at, part) {
  const w = [(1 - part) ** 3, 3 * part * (1 - part) ** 2, 3 * part ** 2 * (1 - part), part ** 3];
  return [0, 1].map((axis) => w.reduce((sum, weight, k) => sum + weight * c[at + 2 * k + axis], 0));
}

const boxesTouch = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** A box of a size beside a point, inside the canvas, that touches none of the boxes taken; null without room. */
export function roomBeside(x, y, w, h, away, taken, width, height) {
  for (const far of [away, away * 2.2, away * 3.6]) {
    for (const [u, v] of [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]]) {
      const box = { x: x + u * far - (u < 0 ? w : u ? 0 : w / 2), y: y + v * far - h / 2 + (v * h) / 2, w, h };
      const inside = box.x >= 2 && box.y >= 2 && box.x + w <= width - 2 && box.y + h <= height - 2;
      if (inside && !taken.some((other) => boxesTouch(box, other))) return box;
    }
  }
  return null;
}

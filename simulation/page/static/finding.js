// Finding a person on the stage: under a pointer, in a direction from another, or by name.
import { GONE, HERE, LEFT } from "./scenes.js";

const GENERATION = 4000000, GRADUATE = 1000000000; // of mentors' ids: simulation/columns.py
const NEAR = 16; // pixels around a click in which a person is found

/** A number for every seat; people who sit in one place at different times have the same. */
export function seatNumbers(places) {
  const known = new Map(), numbers = new Int32Array(places.length / 2);
  for (let i = 0; i < numbers.length; i++) {
    const place = `${places[2 * i]},${places[2 * i + 1]}`;
    if (!known.has(place)) known.set(place, known.size);
    numbers[i] = known.get(place);
  }
  return numbers;
}

/** What a person is called: "Person 213", "Mentor 11", "Mentor 11-2" for the second in that post, "Mentor P213" for a graduate. */
export function nameOf({ kind, row }, recording) {
  if (kind === "mentee") return `Person ${row}`;
  const id = recording.k_id[row], turn = Math.floor(id / GENERATION);
  if (id >= GRADUATE) return `Mentor P${id - GRADUATE}`;
  return `Mentor ${recording.k_post[row]}${turn > 0 ? `-${turn + 1}` : ""}`;
}

/** Everybody who can be picked in a month: who is there, and who left a seat that is still empty. */
function peopleOf(scenes, seatOf, month) {
  const people = [], empty = new Map(), r = scenes.recording;
  for (let row = 0; row < scenes.mentors; row++) {
    if (scenes.mentorAt(month, row) & HERE) people.push({ kind: "mentor", row });
  }
  for (let row = 0; row < scenes.mentees; row++) {
    const flags = scenes.menteeAt(month, row), last = empty.get(seatOf[row]);
    if (flags & HERE) empty.set(seatOf[row], { kind: "mentee", row, here: true });
    else if (flags & GONE && r.p_how[row] === LEFT && !last?.here && !(r.p_exit[last?.row] > r.p_exit[row])) {
      empty.set(seatOf[row], { kind: "mentee", row, here: false });
    }
  }
  return [...people, ...[...empty.values()].map(({ kind, row }) => ({ kind, row }))];
}

/** The person nearest to a point of the canvas, within reach; null without one. */
export function personAt(stage, x, y, month) {
  let best = null, least = Math.max(NEAR, stage.size * 2);
  for (const person of peopleOf(stage.scenes, stage.seatOf, month)) {
    const [px, py] = stage.place(person), far = Math.hypot(px - x, py - y);
    if (far < least) [best, least] = [person, far];
  }
  return best;
}

/** The nearest person in a direction (dx, dy) from one, or from the middle of the canvas without one. */
export function personBeside(stage, from, dx, dy, month) {
  const [x, y] = from ? stage.place(from) : [stage.width / 2, stage.height / 2];
  let best = null, least = Infinity;
  for (const person of peopleOf(stage.scenes, stage.seatOf, month)) {
    const [px, py] = stage.place(person), ahead = (px - x) * dx + (py - y) * dy;
    const aside = Math.abs((px - x) * dy - (py - y) * dx);
    if (from && (ahead <= 0.5 || aside > 2 * ahead)) continue;
    const far = from ? ahead + 2 * aside : Math.hypot(px - x, py - y);
    if (far < least) [best, least] = [person, far];
  }
  return best;
}

/** The person whom a text names ("213", "person 213", "Mentor 11"), if they can be picked in the month; else null. */
export function personNamed(stage, text, month) {
  const plain = (words) => words.toLowerCase().replace(/mentee|person|[.\s]/g, "");
  const wanted = plain(text).replace("dr", "mentor");
  const people = peopleOf(stage.scenes, stage.seatOf, month);
  return (wanted && people.find((one) => plain(nameOf(one, stage.scenes.recording)) === wanted)) || null;
}

/** The same person in another world: mentees by row, mentors by their id; null where that world never has them. */
export function sameIn(person, from, to) {
  if (!person || person.kind === "mentee" || from === to) return person;
  const row = to.recording.k_id.indexOf(from.recording.k_id[person.row]);
  return row < 0 ? null : { kind: "mentor", row };
}

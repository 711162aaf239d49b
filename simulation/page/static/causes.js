/** Causes by but-for runs: set one thing as it is in the other world, live the month again, and see whether it still happens. */

import { Branch } from "./branch.js";
import { bookmarkOf, eventsOf, liveAMonth, lookAt, oddsOfLeaving, turnTo } from "./lives.js";
import { thingsBetween } from "./things.js";

const MOST_LINKS = 6;
const MOST_PAIRED = 5; // likeliest things of which pairs are tried where no thing does it alone
const HALFWAY = 0.5; // of a difference in numbers has to go for a thing to count as its cause
const WHOLE = ["others", "staff", "person", "program"]; // tried only where nothing nearer does it
const ON_EVERYBODY = ["tip", "means", "reach", "others", "staff", "program"];
/** Which things are told first where several would each have changed an event. */
const TOLD_FIRST = {
  leaves: ["self", "tie", "ties", "tip", "means", "mentor"],
  vain: ["tip", "tie", "known", "custom", "means", "mentor", "ties", "self"],
  begins: ["known", "tip", "tie", "custom", "means", "mentor", "ties", "self"],
  normal: ["tip", "seen", "self", "means"],
  hears: ["colleague", "known"],
};
const USUALLY_FIRST = ["tie", "tip", "mentor", "means", "reach", "known", "self", "custom", "ties", "seen"];
const PARTED_ALREADY = ["graduates"]; // happens to all who stay: it differs only where the other life is over
const NO_CAUSE_SOUGHT = ["arrives"];

const rankOf = (thing, kind) => {
  const order = TOLD_FIRST[kind] ?? USUALLY_FIRST;
  const place = order.indexOf(thing.key[0]);
  if (WHOLE.includes(thing.key[0])) return 200 + WHOLE.indexOf(thing.key[0]);
  return place < 0 ? 100 : place;
};

/** What a thing is worth in both worlds, as they stand. */
const valuesOf = (thing, here, there) => [here, there].map((model) => ({
  number: thing.number ? thing.number(model) : null, text: thing.show ? thing.show(model) : null,
}));

/** A month of one world, at its start, to be lived again as often as one likes, each time with other things set. */
class Again {
  constructor(lives, world, month, person) {
    Object.assign(this, { person, month, there: lives.at(1 - world, month), here: lives.at(world, month) });
    this.start = bookmarkOf(this.here);
  }

  /** Live the month with these things as there; null where one cannot be set, else what `look` sees after it. */
  with(things, look) {
    turnTo(this.here, this.start);
    const branch = new Branch(this.here, this.there, this.person);
    for (const thing of things) if (thing.put(branch) === false) return null;
    const before = lookAt(this.here, this.person);
    liveAMonth(this.here);
    return look(before);
  }

  /** The ids of the events of the month, with these things as there; null where one cannot be set. */
  events(things) {
    return this.with(things, (before) =>
      eventsOf(this.here, before, lookAt(this.here, this.person), this.person).map(({ id }) => id));
  }

  /** The things that differ at the start of the month. */
  things(mentors, heard = false) {
    turnTo(this.here, this.start);
    return thingsBetween(this.here, this.there, this.person, mentors, heard);
  }
}

/**
 * Those of `things` which, alone, bring `changed` about, what is told first first; where none does, a pair of the likeliest,
 * or the likeliest set together one after the other until it changes; where that fails, what stands for many things at once.
 */
const foundBy = (things, rank, changed) => {
  const sorted = [...things].sort((a, b) => rank(a) - rank(b));
  const near = sorted.filter(({ key }) => !WHOLE.includes(key[0]));
  const singles = near.filter((thing) => changed([thing]));
  if (singles.length > 0) return { singles, together: null };
  const likeliest = near.slice(0, MOST_PAIRED);
  for (const [place, one] of likeliest.entries()) {
    for (const other of likeliest.slice(place + 1)) if (changed([one, other])) return { singles, together: [one, other] };
  }
  for (let count = 3; count <= likeliest.length; count++) {
    if (changed(likeliest.slice(0, count))) return { singles, together: likeliest.slice(0, count) };
  }
  return { singles: sorted.filter((thing) => !near.includes(thing) && changed([thing])), together: null };
};

const toldOf = (again, thing) => {
  turnTo(again.here, again.start);
  return { thing, key: thing.key, both: thing.both ?? null, values: valuesOf(thing, again.here, again.there) };
};

/**
 * The cause of an event of one world, which the other had not: `{gone, cause, also, several, tried, odds}`. `cause` and `also`
 * are things which alone would have changed it; `several` are things that did it together where none did it alone.
 */
export const causeOf = (lives, world, event, person) => {
  const kind = event.key[0];
  if (NO_CAUSE_SOUGHT.includes(kind)) return null;
  const again = new Again(lives, world, event.month, person);
  if (PARTED_ALREADY.includes(kind) || again.there.get("mentees", person, "active") > 1) {
    return { gone: true, cause: null, also: [], several: [], tried: [], odds: null };
  }
  const changed = (things) => {
    const events = again.events(things);
    return events !== null && !events.includes(event.id);
  };
  const mentors = typeof event.key[1] === "number" && kind !== "normal" ? [event.key[1]] : [];
  const things = again.things(mentors, kind === "hears");
  let rank = (thing) => rankOf(thing, kind);
  if (kind === "leaves") {
    const chances = new Map(things.map((thing) => [thing, WHOLE.includes(thing.key[0]) ? 1 : chanceWith(again, thing)]));
    rank = (thing) => chances.get(thing);
  }
  const { singles, together } = foundBy(things, rank, changed);
  const [told, several] = [singles, together ?? []].map((list) => list.map((thing) => toldOf(again, thing)));
  return {
    gone: false, cause: told[0] ?? null, also: told.slice(1), several,
    tried: things.filter(({ key }) => !WHOLE.includes(key[0])).map(({ key }) => key),
    odds: kind === "leaves" ? oddsOfBoth(lives, world, event.month, person) : null,
  };
};

const chanceWith = (again, thing) => again.with([thing], () => oddsOfLeaving(again.here, again.person))?.chance ?? 1;

/** The chances of leaving in a month here and there, and the one luck. */
export const oddsOfBoth = (lives, world, month, person) => {
  const [here, there] = [world, 1 - world].map((place) => oddsOfLeaving(lives.at(place, month + 1), person));
  return here && there ? { here: here.chance, there: there.chance, luck: here.luck } : null;
};

/** The month at whose start a thing began to differ, and has differed since, up to `month`. */
const beganToDiffer = (lives, thing, month) => {
  const [one, other] = [0, 1].map((world) => lives.walk(world, month, (model) => thing.sign(model)));
  let first = month;
  while (first > 0 && one[first - 1] !== other[first - 1]) first--;
  return first;
};

/** Why a thing began to differ in the month before `first`: what made it as there, or at least half of the way. */
const causeOfThing = (lives, world, thing, first, person) => {
  const after = [world, 1 - world].map((place) => lives.at(place, first));
  const [signThere, numbers] = [thing.sign(after[1]), after.map((model) => (thing.number ? thing.number(model) : NaN))];
  const values = valuesOf(thing, ...after);
  const again = new Again(lives, world, first - 1, person);
  const near = (model) => {
    if (thing.sign(model) === signThere) return true;
    const left = Math.abs((thing.number ? thing.number(model) : NaN) - numbers[1]);
    return left <= HALFWAY * Math.abs(numbers[0] - numbers[1]) && numbers[0] !== numbers[1];
  };
  const changed = (things) => again.with(things, () => near(again.here)) === true;
  const mentors = ["tie", "mentor"].includes(thing.key[0]) ? [thing.key[1]] : [];
  const kind = thing.key[0] === "tie" ? "begins" : thing.key[0];
  const ofAnother = thing.key[0] === "colleague"; // whose own lives are another story: only what bears on everybody is told
  const things = again.things(mentors).filter(({ key }) => !ofAnother || ON_EVERYBODY.includes(key[0]));
  const { singles, together } = foundBy(things, (one) => rankOf(one, kind), changed);
  const several = (together ?? []).map((one) => toldOf(again, one));
  const cause = singles.length > 0 ? toldOf(again, singles[0]) : null;
  return { month: first - 1, thing, key: thing.key, both: thing.both ?? null, values, cause, several };
};

const isLever = ({ key }) => ["tip", "program"].includes(key[0]);

/**
 * Back from the cause of an event to a lever: a link for each thing, with the month in which it began to differ and why.
 * `end` is `lever`, `start` (it differed from the first month on), `several` (no thing alone) or `long` (more than six links).
 */
export const chainOf = (lives, world, event, person, found = causeOf(lives, world, event, person)) => {
  const links = [];
  let thing = (found?.cause ?? found?.several[0])?.thing ?? null;
  let month = event.month;
  while (thing) {
    if (isLever(thing)) return { links, end: "lever", lever: thing.key, alone: leverAlone(lives, world, event, person, thing) };
    const first = beganToDiffer(lives, thing, month);
    if (first <= lives.first) return { links, end: "start", lever: null, alone: null };
    if (links.length === MOST_LINKS) return { links, end: "long", lever: null, alone: null };
    const link = causeOfThing(lives, world, thing, first, person);
    links.push(link);
    thing = (link.cause ?? link.several[0])?.thing ?? null;
    month = link.month;
  }
  return { links, end: "several", lever: null, alone: null };
};

/** Whether a lever alone, as there from the policy's start on, would have kept the event from happening. */
const leverAlone = (lives, world, event, person, thing) => {
  const start = Number(lives.at(world, 0).plan[2]);
  if (start > event.month) return null;
  const again = new Again(lives, world, start, person);
  turnTo(again.here, again.start);
  if (thing.put(new Branch(again.here, again.there, person)) === false) return null;
  let happened = false;
  while (again.here.month <= event.month) {
    const before = lookAt(again.here, person);
    liveAMonth(again.here);
    if (again.here.month === event.month + 1) {
      happened = eventsOf(again.here, before, lookAt(again.here, person), person).some(({ id }) => id === event.id);
    }
  }
  return !happened;
};

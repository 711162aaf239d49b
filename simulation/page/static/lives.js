/** Two worlds with the same people and the same luck: what befell one person month by month, and any month once more. */

const MONTHS_APART = 6; // between two bookmarks: few enough to go back quickly, many enough for a phone's memory
const BOOKMARKED = [
  "mentees", "ties", "records", "mentors", "posts", "units", "sites", "institution", "months", "counts", "levers", "group_counts",
  "plan", "without",
];
const SELF_FACTS = ["active", "cohort", "unit", "normal", "belonging", "burnout", "output", "clarity", "exit_to"];
const TIE_FACTS = [
  "number", "domain", "via", "phase", "since", "start", "spark", "silent", "mentee_engagement", "mentor_engagement", "satisfaction",
];
const QUIET_MONTHS = 3; // without contact: from then on the tie counts as no current mentor
const PHASE_OF_COLLEAGUES = 3;
const ENDED_BY_EXIT_OF_MENTEE = [4, 5]; // reasons: the mentee left, or graduated
const BETWEEN_GENERATIONS = 4_000_000;
const FIRST_GRADUATE = 1_000_000_000;

/** Write down the state of a model, without what only a traced run keeps. */
export const bookmarkOf = (model) => ({
  month: model.month,
  plan: [...model.plan],
  parts: BOOKMARKED.map((name) => {
    const { at, rows, size } = model.places[name];
    return [name, model.bytes.slice(at, at + rows * size)];
  }),
});

/** Bring a model to a state that was written down. */
export const turnTo = (model, { month, plan, parts }) => {
  for (const [name, bytes] of parts) {
    const { at, rows, size } = model.places[name];
    model.bytes.set(bytes, at);
    model.bytes.fill(0, at + bytes.length, at + rows * size);
  }
  model.month = month;
  model.plan = [...plan];
};

/** Live one more month; of what a traced run keeps, only this month is kept. */
export const liveAMonth = (model) => {
  for (const { traced, used } of Object.values(model.places)) if (traced && used) model.set("counts", 0, used, 0);
  model.advance(model.month + 1);
};

/** Both worlds from their beginnings, under two policies and one seed. */
export class Lives {
  constructor(models, policies, seed) {
    this.models = models;
    this.first = models[0].description.firstMonth;
    this.marks = models.map((model, world) => {
      model.begin(policies[world], seed, true);
      return [bookmarkOf(model)];
    });
  }

  /** The model of a world, 0 or 1, at the start of a month. */
  at(world, month) {
    const model = this.models[world];
    const marks = this.marks[world];
    turnTo(model, marks[Math.min(Math.floor(month / MONTHS_APART), marks.length - 1)]);
    while (model.month < month) this.step(world);
    return model;
  }

  step(world) {
    const model = this.models[world];
    liveAMonth(model);
    const place = model.month / MONTHS_APART;
    if (place === this.marks[world].length) this.marks[world].push(bookmarkOf(model));
  }

  /** What `look` sees in a world at the start of each month up to `last`, in the order of months. */
  walk(world, last, look) {
    const model = this.at(world, 0);
    const seen = [look(model)];
    while (model.month < last) {
      this.step(world);
      seen.push(look(model));
    }
    return seen;
  }

  /** A person's events of every month of a world: a list for each month, from the first of the study. */
  history(world, person) {
    let before = null;
    const months = this.models[world].description.months;
    return this.walk(world, months, (model) => {
      const after = lookAt(model, person);
      const events = before === null ? [] : eventsOf(model, before, after, person);
      before = after;
      return events;
    }).slice(1);
  }
}

/** The id of the mentor in a row. */
export const idOf = (model, row) => model.get("mentors", row, "mentor");

/** A mentor's name: the post, and which holder of it; or who they were before they became a mentor. */
export const mentorName = (id) => {
  if (id >= FIRST_GRADUATE) return `Mentor P${id - FIRST_GRADUATE}`;
  const holder = Math.floor(id / BETWEEN_GENERATIONS) + 1;
  return `Mentor ${id % BETWEEN_GENERATIONS}${holder > 1 ? `-${holder}` : ""}`;
};

/** One person at the start of a month: the person, the live ties by the mentor's id, and the mentors heard of. */
export const lookAt = (model, person) => {
  const { slots } = model.description;
  const seen = Object.fromEntries(SELF_FACTS.map((field) => [field, model.get("mentees", person, field)]));
  seen.records = model.get("counts", 0, "records");
  seen.ties = new Map();
  for (let row = person * slots; row < (person + 1) * slots; row++) {
    const mentor = model.get("ties", row, "mentor");
    if (mentor < 0) continue;
    const tie = Object.fromEntries(TIE_FACTS.map((field) => [field, model.get("ties", row, field)]));
    seen.ties.set(idOf(model, mentor), { ...tie, row, quality: Math.sqrt(tie.mentee_engagement * tie.mentor_engagement) });
  }
  seen.known = new Map();
  for (let k = 0; k < model.places.mentees.fields.known[2]; k++) {
    const mentor = model.get("mentees", person, "known", k);
    if (mentor < 0) continue;
    seen.known.set(idOf(model, mentor), ["known_standing", "known_weight"].map((field) => model.get("mentees", person, field, k)));
  }
  return seen;
};

/** Asks of the month that a person has just lived, and the offer that was taken, in their order. */
const asksOf = (model, person) => {
  const found = [];
  for (let row = 0; row < model.rows("asks"); row++) {
    if (model.get("asks", row, "mentee") !== person) continue;
    const ask = Object.fromEntries(["domain", "approached", "shown", "yes"].map((field) => [field, model.get("asks", row, field)]));
    if (!ask.approached || ask.yes) found.push({ ...ask, id: idOf(model, model.get("asks", row, "mentor")) });
  }
  return found;
};

/** Ends of a person's ties in the month just lived: of those held before, and of those begun in it. */
const endsOf = (model, before, begun, month) => {
  const numbers = [...[...before.ties.values()].map((tie) => tie.number), ...begun];
  return numbers.flatMap((number) => {
    const [end, by, reason, well] = ["end", "ended_by", "reason", "ended_well"].map((field) => model.get("records", number, field));
    if (end !== month || ENDED_BY_EXIT_OF_MENTEE.includes(reason)) return [];
    return [{ key: ["ends", idOf(model, model.get("records", number, "mentor")), by, reason, well] }];
  });
};

/** What happened to a person in the month just lived: `{key, month, …}`; the same key is the same event. */
export const eventsOf = (model, before, after, person) => {
  const month = model.month - 1;
  const events = [];
  if (before.active === 0 && after.active > 0) events.push({ key: ["arrives"] });
  for (const id of after.known.keys()) if (!before.known.has(id)) events.push({ key: ["hears", id] });
  const asks = asksOf(model, person);
  if (asks.length > 0 && !asks.some(({ yes }) => yes)) {
    events.push({ key: ["vain"], asked: asks.map(({ id }) => id), domain: asks[0].domain, shown: asks.some(({ shown }) => shown) });
  }
  const begun = [];
  for (let number = before.records; number < after.records; number++) {
    if (model.get("records", number, "mentee") !== person || model.get("records", number, "start") !== month) continue;
    begun.push(number);
    const id = idOf(model, model.get("records", number, "mentor"));
    const [domain, via] = ["domain", "via"].map((field) => model.get("records", number, field));
    const ask = asks.find((one) => one.id === id && one.yes);
    events.push({ key: ["begins", id, domain, via], shown: ask?.shown === 1, asked: ask?.approached === 0 });
  }
  for (const [id, tie] of after.ties) {
    if (tie.spark === month) events.push({ key: ["sparks", id] });
    if (tie.silent === QUIET_MONTHS && tie.phase < PHASE_OF_COLLEAGUES) events.push({ key: ["quiet", id] });
    if (tie.phase === PHASE_OF_COLLEAGUES && tie.since === month) events.push({ key: ["colleague", id] });
  }
  events.push(...endsOf(model, before, begun, month));
  if (before.active === 1 && after.active === 1 && before.normal !== after.normal) events.push({ key: ["normal", after.normal] });
  if (before.active === 1 && after.active === 2) events.push({ key: ["leaves"], to: after.exit_to });
  if (before.active === 1 && after.active === 3) events.push({ key: ["graduates"] });
  return events.map((event) => ({ ...event, month, id: event.key.join(" ") }));
};

/** The chance that a person had of leaving in the month just lived, and the luck; null where they were not there. */
export const oddsOfLeaving = (model, person) => {
  if (!model.exports.odds_of_leaving) return null;
  const { base } = model.description;
  model.call("odds_of_leaving", ...model.state(), model.places.setting.at, BigInt(model.month - 1), BigInt(person));
  return { chance: model.view.getFloat64(base, true), luck: model.view.getFloat64(base + 8, true) };
};

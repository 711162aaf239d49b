/** What can differ between two worlds at the start of a month, each to be set in one world as it is in the other. */

import { bytesOfRow, copyField, copyRow, rowOfMentor } from "./branch.js";
import { lookAt, mentorName } from "./lives.js";

const SECTIONS_OF_LEVERS = ["prioritize", "diversify", "match", "empower", "move_on", "evaluate", "offer"];
const OWN_THINGS = { // of the person: the fields
  belonging: ["belonging"], burnout: ["burnout"], output: ["output"],
  skill: ["skill", "need"], clarity: ["clarity"], normal: ["normal"],
};
const MENTOR_THINGS = { load: "load", skill: "skill", burnout: "burnout", there: "active" };

const textOfField = (model, table, row, field) => {
  const length = model.places[table].fields[field][2];
  return Array.from({ length }, (_, k) => model.get(table, row, field, k)).join(" ");
};
/** A thing of the person. */
const ownThing = (name, person) => ({
  key: ["self", name],
  sign: (model) => OWN_THINGS[name].map((field) => textOfField(model, "mentees", person, field)).join(" "),
  number: OWN_THINGS[name].length === 1 ? (model) => model.get("mentees", person, OWN_THINGS[name][0]) : null,
  put: ({ here, there }) => OWN_THINGS[name].forEach((field) => copyField(there, here, "mentees", person, field)),
});

const knownThing = (person) => ({
  key: ["known"],
  sign: (model) => JSON.stringify([...lookAt(model, person).known].sort(([a], [b]) => a - b)),
  show: (model) => [...lookAt(model, person).known.keys()].sort((a, b) => a - b).map(mentorName).join(", ") || "nobody",
  put: (branch) => branch.hear(person),
});

/** The tie with one mentor: whether there is one, or how it stands. */
const tieThing = (id, person, both) => ({
  key: ["tie", id],
  both,
  sign: (model) => {
    const tie = lookAt(model, person).ties.get(id);
    if (!both || !tie) return tie ? "there" : "none";
    return [...["mentee_engagement", "mentor_engagement", "investment", "satisfaction", "mentor_satisfaction", "perceived"],
      ...["phase", "since", "streak", "spark", "silent", "domain", "via", "start", "nth"]]
      .map((field) => model.get("ties", tie.row, field)).join(" ");
  },
  number: both ? (model) => lookAt(model, person).ties.get(id)?.quality ?? NaN : null,
  show: (model) => (lookAt(model, person).ties.has(id) ? "held" : "none"),
  put: (branch) => {
    const { here, there } = branch;
    const mine = lookAt(here, person).ties.get(id);
    const theirs = lookAt(there, person).ties.get(id);
    if (!theirs) return branch.drop(mine.row);
    if (mine) {
      const kept = ["mentor", "number"].map((field) => [field, here.get("ties", mine.row, field)]);
      branch.bear(mine.row, -1);
      copyRow(there, here, "ties", theirs.row, mine.row);
      for (const [field, value] of kept) here.set("ties", mine.row, field, value);
      return branch.bear(mine.row, 1);
    }
    const { slots } = here.description;
    for (let row = person * slots; row < (person + 1) * slots; row++) {
      if (here.get("ties", row, "mentor") < 0) return branch.take(theirs.row, row, person);
    }
    return false;
  },
});

const tiesThing = (person) => ({
  key: ["ties"],
  sign: (model) => [...lookAt(model, person).ties]
    .map(([id, tie]) => `${id} ${tie.start} ${tie.quality} ${tie.phase}`).sort().join("|"),
  put: (branch) => {
    branch.takeAll(person);
    copyField(branch.there, branch.here, "mentees", person, "ties");
  },
});

/** All of a person that differs, at once. */
const personThing = (person) => ({
  key: ["person"],
  sign: (model) => [...Object.keys(OWN_THINGS).map((name) => ownThing(name, person).sign(model)),
    tiesThing(person).sign(model)].join("|"),
  put: (branch) => {
    copyRow(branch.there, branch.here, "mentees", person);
    branch.hear(person);
    branch.takeAll(person);
  },
});

/** A thing of one mentor; `load` is how many ties weigh on them, `there` whether they are there at all. */
const mentorThing = (name, id) => ({
  key: ["mentor", id, name],
  sign: (model) => {
    const row = rowOfMentor(model, id);
    if (row === undefined) return name === "there" ? "0" : "none";
    return textOfField(model, "mentors", row, MENTOR_THINGS[name]);
  },
  number: name === "there" ? null : (model) => {
    const row = rowOfMentor(model, id);
    return row === undefined ? NaN : model.get("mentors", row, MENTOR_THINGS[name]);
  },
  put: (branch) => {
    const { here, there } = branch;
    const theirs = branch.others.get(id);
    if (name !== "there") {
      if (theirs === undefined || !branch.rows.has(id)) return false;
      return copyField(there, here, "mentors", theirs, MENTOR_THINGS[name], branch.rows.get(id));
    }
    const row = theirs === undefined ? branch.rows.get(id) : branch.rowOf(theirs);
    const now = theirs === undefined ? 0 : there.get("mentors", theirs, "active");
    const post = here.get("mentors", row, "post");
    const holder = here.get("posts", post, "occupant");
    if (now) {
      if (holder >= 0) here.set("mentors", holder, "active", 0);
      here.set("posts", post, "occupant", row);
    } else if (holder === row) here.set("posts", post, "occupant", -1);
    return here.set("mentors", row, "active", now);
  },
});

const customThing = (person) => {
  const fields = ["counted", "mentored"];
  const unitOf = (model) => model.get("mentees", person, "unit");
  return {
    key: ["custom"],
    sign: (model) => [
      ...fields.map((field) => model.get("units", unitOf(model), field)), model.get("mentees", person, "mentored"),
    ].join(" "),
    number: (model) => model.get("units", unitOf(model), "mentored"),
    put: ({ here, there }) => {
      for (const field of fields) copyField(there, here, "units", unitOf(here), field);
      copyField(there, here, "mentees", person, "mentored");
    },
  };
};

/** The bytes of one section of levers that hold in a month: of the table where they come from. */
const tableInForce = (model) => {
  const [, , start, end] = model.plan.map(Number);
  return model.month === start ? "plan" : model.month === end ? "without" : "levers";
};
const fieldsIn = (model, section) => Object.keys(model.places.levers.fields).filter((field) => field.startsWith(`${section}.`));
const putSection = ({ here, there }, section) => {
  const from = tableInForce(there);
  for (const field of fieldsIn(there, section)) {
    const [offset, type, length] = there.places.levers.fields[field];
    const end = offset + Number(type[1]) * length;
    const bytes = bytesOfRow(there, from, 0).subarray(offset, end);
    for (const table of new Set(["levers", "plan", tableInForce(here)]))
      bytesOfRow(here, table, 0).subarray(offset, end).set(bytes);
  }
};
const tipThing = (section) => ({
  key: ["tip", section],
  sign: (model) => fieldsIn(model, section).map((field) => textOfField(model, tableInForce(model), 0, field)).join(" "),
  put: (branch) => putSection(branch, section),
});

const putMeans = ({ here, there }) => {
  for (const field of ["support", "funding"]) copyField(there, here, "institution", 0, field);
  if (BigInt(here.month) === here.plan[2]) here.plan[4] = there.plan[4];
};
const meansThing = {
  key: ["means"],
  sign: (model) => [
    ...["support", "funding"].map((field) => model.get("institution", 0, field)),
    ...(BigInt(model.month) === model.plan[2] ? [model.plan[4]] : []), // in the first month: whether the policy brings means
  ].join(" "),
  number: (model) => model.get("institution", 0, "funding"),
  put: putMeans,
};
const programThing = {
  key: ["program"],
  sign: (model) => [...SECTIONS_OF_LEVERS.map((section) => tipThing(section).sign(model)), meansThing.sign(model)].join("|"),
  put: (branch) => {
    for (const section of SECTIONS_OF_LEVERS) putSection(branch, section);
    putMeans(branch);
  },
};

const lastMonth = (model) => Math.max(model.month - 1, 0);
const reachThing = {
  key: ["reach"],
  sign: (model) => [
    model.get("counts", 0, "live"), ...["mentees", "mentored_share"].map((field) => model.get("months", lastMonth(model), field)),
  ].join(" "),
  put: ({ here, there }) => {
    copyField(there, here, "counts", 0, "live");
    for (const field of ["mentees", "mentored_share"]) copyField(there, here, "months", lastMonth(here), field);
  },
};

const sumOf = (model, field) => model.column("mentees", field).reduce((sum, value) => sum + value, 0);
const everyoneElse = (model, person, call) => {
  for (let mentee = 0; mentee < model.description.people; mentee++) if (mentee !== person) call(mentee);
};
const seenThing = (person) => ({
  key: ["seen"],
  sign: (model) => `${sumOf(model, "moved_on") - model.get("mentees", person, "moved_on")}`,
  put: ({ here, there }) => everyoneElse(here, person, (mentee) => copyField(there, here, "mentees", mentee, "moved_on")),
});
const othersThing = (person) => ({
  key: ["others"],
  sign: (model) => [
    ...["belonging", "output", "burnout"].map((field) => sumOf(model, field) - model.get("mentees", person, field)),
    model.get("counts", 0, "live") - lookAt(model, person).ties.size,
  ].join(" "),
  put: (branch) => {
    const { here, there } = branch;
    everyoneElse(here, person, (mentee) => {
      copyRow(there, here, "mentees", mentee);
      branch.hear(mentee);
      branch.takeAll(mentee);
    });
    for (let unit = 0; unit < here.rows("units"); unit++) {
      for (const field of ["counted", "mentored"]) copyField(there, here, "units", unit, field);
    }
  },
});
/** The life of one colleague, from whom a mentor may have been heard of. */
const colleagueThing = (mentee) => ({
  key: ["colleague", mentee],
  sign: (model) => `${model.get("mentees", mentee, "active")} ${tiesThing(mentee).sign(model)}`,
  put: (branch) => {
    copyRow(branch.there, branch.here, "mentees", mentee);
    branch.hear(mentee);
    branch.takeAll(mentee);
  },
});

/** The colleagues of a person, in their unit, who know a mentor as their own. */
const whoKnow = (model, person, mentor) => {
  const row = rowOfMentor(model, mentor);
  const { slots, people } = model.description;
  const unit = model.get("mentees", person, "unit");
  const found = [];
  for (let slot = 0; slot < people * slots; slot++) {
    const mentee = Math.floor(slot / slots);
    if (model.get("ties", slot, "mentor") === row && mentee !== person && model.get("mentees", mentee, "unit") === unit)
      found.push(mentee);
  }
  return found;
};

const staffThing = {
  key: ["staff"],
  sign: (model) => [model.rows("mentors"), ...model.column("mentors", "active"), ...model.column("mentors", "burnout")].join(" "),
  put: (branch) => {
    const { here, there } = branch;
    for (const [id, row] of branch.rows) if (!branch.others.has(id)) here.set("mentors", row, "active", 0);
    for (const row of branch.others.values()) {
      const to = branch.rowOf(row);
      const load = here.get("mentors", to, "load");
      copyRow(there, here, "mentors", row, to);
      here.set("mentors", to, "row", to);
      here.set("mentors", to, "load", load);
    }
    for (let post = 0; post < here.rows("posts"); post++) {
      copyRow(there, here, "posts", post);
      here.set("posts", post, "occupant", branch.rowOf(there.get("posts", post, "occupant")));
    }
  },
};

/** Everything that differs between two worlds at the start of a month and may matter to a person, the nearest first. */
export const thingsBetween = (here, there, person, mentors = [], heard = false) => {
  const [mine, theirs] = [here, there].map((model) => lookAt(model, person));
  const held = new Set([...mine.ties.keys(), ...theirs.ties.keys()]);
  const near = new Set([...mentors, ...held, ...mine.known.keys(), ...theirs.known.keys()]);
  const all = [
    ...Object.keys(OWN_THINGS).map((name) => ownThing(name, person)),
    knownThing(person),
    ...[...held].map((id) => tieThing(id, person, mine.ties.has(id) && theirs.ties.has(id))),
    tiesThing(person),
    ...[...near].flatMap((id) => Object.keys(MENTOR_THINGS).map((name) => mentorThing(name, id))),
    customThing(person),
    ...(heard ? whoKnow(here, person, mentors[0]).map(colleagueThing) : []),
    ...SECTIONS_OF_LEVERS.map(tipThing),
    meansThing, reachThing, seenThing(person), othersThing(person), staffThing, personThing(person), programThing,
  ];
  return all.filter((thing) => thing.sign(here) !== thing.sign(there));
};

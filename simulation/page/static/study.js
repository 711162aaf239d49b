/** A study that starts after a burn-in, as its outcomes see it (simulation/burn_in.py): what was over before is left out. */

/** Keep the rows of a table that had not come to their end before a month; gives the new place of each row. */
const keepLasting = (model, table, end, first) => {
  const { at, size } = model.places[table];
  const place = new Int32Array(model.rows(table));
  let kept = 0;
  for (let row = 0; row < place.length; row++) {
    place[row] = kept;
    const ended = model.get(table, row, end);
    if (ended >= 0 && ended < first) continue;
    model.bytes.copyWithin(at + kept * size, at + row * size, at + (row + 1) * size);
    kept++;
  }
  model.set("counts", 0, model.places[table].used, kept);
  return place;
};

/** Change the tables that outcomes are counted from into those of the study alone; nobody lives on in this state. */
export const seeStudy = (model, first) => {
  const moved = (table, row, field) => model.set(table, row, field, model.get(table, row, field) - first);
  const told = (table, row, field) => {
    const month = model.get(table, row, field);
    model.set(table, row, field, month < 0 ? -1 : Math.max(month - first, 0));
  };
  const people = model.rows("mentees");
  for (let row = 0; row < people; row++) {
    const exit = model.get("mentees", row, "exit_month");
    if (exit >= 0 && exit < first) model.set("mentees", row, "active", 0);
    moved("mentees", row, "cohort");
    told("mentees", row, "exit_month");
    for (const field of ["ties", "sparks"]) model.set("mentees", row, field, 0);
    for (const field of ["first_tie", "first_spark"]) model.set("mentees", row, field, -1);
  }
  const mentorAt = keepLasting(model, "mentors", "exit_month", first);
  for (let row = 0; row < model.rows("mentors"); row++) {
    moved("mentors", row, "joined");
    told("mentors", row, "exit_month");
  }
  keepLasting(model, "records", "end", first);
  const add = (mentee, count, since, month) => {
    model.set("mentees", mentee, count, model.get("mentees", mentee, count) + 1);
    const before = model.get("mentees", mentee, since);
    model.set("mentees", mentee, since, before < 0 ? Math.max(month, 0) : Math.min(before, Math.max(month, 0)));
  };
  for (let row = 0; row < model.rows("records"); row++) {
    model.set("records", row, "mentor", mentorAt[model.get("records", row, "mentor")]);
    for (const field of ["start", "since"]) moved("records", row, field);
    for (const field of ["end", "spark"]) told("records", row, field);
    const mentee = model.get("records", row, "mentee");
    const spark = model.get("records", row, "spark");
    add(mentee, "ties", "first_tie", model.get("records", row, "start"));
    if (spark >= 0) add(mentee, "sparks", "first_spark", spark);
  }
  const months = model.places.months;
  model.places.months = { ...months, at: months.at + first * months.size, rows: months.rows - first };
};

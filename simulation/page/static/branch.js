/** One world about to get one thing of another: rows are copied between two models, and mentors are known by id. */

import { idOf } from "./lives.js";

const PHASE_WITHOUT_LOAD = 3; // colleagues

/** The bytes of one row of a table. */
export const bytesOfRow = (model, table, row) => {
  const { at, size } = model.places[table];
  return model.bytes.subarray(at + row * size, at + (row + 1) * size);
};
/** Copy one row, or one field of it, from a model to another. */
export const copyRow = (from, to, table, row, toRow = row) => bytesOfRow(to, table, toRow).set(bytesOfRow(from, table, row));
export const copyField = (from, to, table, row, field, toRow = row) => {
  const [offset, type, length] = from.places[table].fields[field];
  const end = offset + Number(type[1]) * length;
  bytesOfRow(to, table, toRow).subarray(offset, end).set(bytesOfRow(from, table, row).subarray(offset, end));
};
const rosterOf = (model) => new Map(Array.from({ length: model.rows("mentors") }, (_, row) => [idOf(model, row), row]));
/** The row of a mentor by id; undefined where the world never had them. */
export const rowOfMentor = (model, id) => {
  const { at, size, fields: { mentor: [offset] } } = model.places.mentors;
  const wanted = BigInt(id);
  for (let row = 0; row < model.rows("mentors"); row++)
    if (model.view.getBigInt64(at + row * size + offset, true) === wanted) return row;
  return undefined;
};
const add = (model, table, row, field, more) => model.set(table, row, field, model.get(table, row, field) + more);

/** One world, `here`, about to get one thing of the other; mentors are known by id, as rows differ between worlds. */
export class Branch {
  constructor(here, there, person) {
    Object.assign(this, { here, there, person, rows: rosterOf(here), others: rosterOf(there) });
  }

  /** The row here of a mentor in a row there, who gets a row where there is none. */
  rowOf(row) {
    if (row < 0) return -1;
    const id = idOf(this.there, row);
    if (!this.rows.has(id)) {
      const next = this.here.rows("mentors");
      if (next >= this.here.places.mentors.rows) this.here.makeRoom();
      this.here.set("counts", 0, "mentors", next + 1);
      copyRow(this.there, this.here, "mentors", row, next);
      for (const [field, value] of [["row", next], ["load", 0], ["active", 0]]) this.here.set("mentors", next, field, value);
      this.rows.set(id, next);
    }
    return this.rows.get(id);
  }

  /** A mentor's load moves with a tie that comes or goes, unless the two are colleagues. */
  bear(row, by) {
    const { here } = this;
    if (here.get("ties", row, "phase") !== PHASE_WITHOUT_LOAD) add(here, "mentors", here.get("ties", row, "mentor"), "load", by);
  }

  /** Empty one slot of a mentee. */
  drop(row) {
    if (this.here.get("ties", row, "mentor") < 0) return;
    this.bear(row, -1);
    this.here.set("ties", row, "mentor", -1);
  }

  /** Fill an empty slot of a mentee with a tie as it is there; it writes into a record of its own. */
  take(rowThere, row, mentee) {
    const { here, there } = this;
    const mentor = this.rowOf(there.get("ties", rowThere, "mentor"));
    const number = here.rows("records");
    if (number >= here.places.records.rows) here.makeRoom();
    here.set("counts", 0, "records", number + 1);
    copyRow(there, here, "ties", rowThere, row);
    here.set("ties", row, "mentor", mentor);
    here.set("ties", row, "number", number);
    const written = { mentee, mentor, start: here.get("ties", row, "start"), end: -1, domain: here.get("ties", row, "domain") };
    for (const [field, value] of Object.entries(written)) here.set("records", number, field, value);
    this.bear(row, 1);
  }

  /** All ties of a mentee as they are there. */
  takeAll(mentee) {
    const { slots } = this.here.description;
    for (let row = mentee * slots; row < (mentee + 1) * slots; row++) this.drop(row);
    for (let row = mentee * slots; row < (mentee + 1) * slots; row++) {
      if (this.there.get("ties", row, "mentor") >= 0) this.take(row, row, mentee);
    }
  }

  /** What a mentee has heard of mentors, as there. */
  hear(mentee) {
    for (const field of ["known_standing", "known_weight"]) copyField(this.there, this.here, "mentees", mentee, field);
    const count = this.here.places.mentees.fields.known[2];
    for (let k = 0; k < count; k++) {
      this.here.set("mentees", mentee, "known", this.rowOf(this.there.get("mentees", mentee, "known", k)), k);
    }
  }
}

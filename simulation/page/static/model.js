/** The compiled month in a page: runs of the real model, their state read and written, their outcomes counted. */

import { gatherInto } from "./gather.js";
import { bringsMeans, leversOf } from "./levers.js";
import { ARRAYS, READ, WRITE, bytesIn } from "./numbers.js";
import { seeStudy } from "./study.js";

const DONE = 0;
const ROOM = 1;
const PAGE = 65536;
const HEAD = 48; // bytes before an array that a step makes: its count of users, and where it lies
const PATIENCE = 30; // times that room is made for one month

const up = (at) => Math.ceil(at / 64) * 64;

/** A world that runs: one at a time, from its beginning, or from a state that was saved. */
export class Model {
  /** Load the module and the block of a world. */
  static async load(moduleBytes, description, blockBytes) {
    if (typeof WebAssembly === "undefined") throw new Error("This browser cannot run the model: it has no WebAssembly.");
    const model = new Model();
    const env = {
      NRT_MemInfo_alloc_aligned: (size) => model.made(Number(size)),
      NRT_MemInfo_new_varsize_dtor: (size) => model.made(Number(size)),
      NRT_MemInfo_call_dtor: () => model.unmade(),
    };
    let instance;
    try {
      ({ instance } = await WebAssembly.instantiate(moduleBytes, { env }));
    } catch (error) {
      throw new Error(`This browser cannot run the model: ${error.message}`);
    }
    model.exports = instance.exports;
    if (model.exports.__heap_base.value > description.base) throw new Error("The model and the world do not fit.");
    model.description = description;
    model.block = blockBytes;
    model.month = 0;
    model.places = {};
    model.reach(description.base + description.end);
    return model;
  }

  /** Start anew: a policy {values, startMonth, endMonth}, a seed; a traced run keeps every month of everybody. */
  begin(policy, seed, traced = true) {
    const { base, end, tables, firstMonth } = this.description;
    this.bytes.fill(0, base, base + end);
    this.bytes.set(this.block, base);
    this.places = {};
    this.end = base;
    for (const [name, table] of Object.entries(tables)) {
      const rows = table.traced && !traced ? 0 : table.rows;
      this.places[name] = { ...table, rows, at: base + table.at };
      if (table.row) this.repeat(name, bytesIn(table.row));
      this.end = Math.max(this.end, up(base + table.at + rows * table.size));
    }
    this.top = this.end;
    this.alive = 0;
    this.month = 0;
    const levers = leversOf(this.description, policy);
    const { at, size } = this.places.without;
    const brings = bringsMeans(this.description, levers, this.bytes.subarray(at, at + size));
    this.bytes.set(levers, this.places.plan.at);
    this.plan = [
      this.places.plan.at, at, BigInt(firstMonth + policy.startMonth), BigInt(firstMonth + policy.endMonth),
      Number(brings), BigInt(firstMonth),
    ];
    this.call("fill", ...this.passed("streams"), BigInt(seed));
    this.call("take_turns", ...this.passed("units"), ...this.passed("streams"));
  }

  /** Run the months up to before `to`; what is counted at the moment of the study is counted on the way. */
  advance(to) {
    const { months, moment } = this.description;
    const last = Math.min(to, months);
    while (this.month < last) {
      this.live(this.month <= moment ? Math.min(last, moment + 1) : last);
      if (this.month === moment + 1) {
        const sums = [...this.passed("moment_people"), ...this.passed("moment_overall")];
        this.call("take_moment", ...this.state(), this.places.setting.at, BigInt(moment), ...sums);
      }
    }
  }

  /** Run a policy from the beginning to the end; the records of live ties are up to date. */
  run(policy, seed, traced = true) {
    this.begin(policy, seed, traced);
    this.advance(this.description.months);
    this.finishRecords();
  }

  /** Bring the records of live ties up to date, which have their sparks only then. */
  finishRecords() {
    this.call("finish_records", ...this.state(), BigInt(this.month - 1));
  }

  /** Every outcome so far: of everybody, of each group, and the heads of each group; NaN where it does not apply. */
  outcomes() {
    const { firstMonth, outcomes } = this.description;
    const months = this.month - firstMonth;
    if (months <= 0) throw new Error("No month of the study has passed.");
    const saved = this.save();
    this.finishRecords();
    if (firstMonth > 0) seeStudy(this, firstMonth);
    const rows = outcomes.groups.length;
    const at = up(this.end);
    const wide = 8 * rows * months;
    this.reach(at + 2 * wide);
    this.bytes.fill(0, at, at + 2 * wide);
    this.top = up(at + 2 * wide);
    const atRisk = this.array(at, 8, [rows, months]);
    const left = this.array(at + wide, 8, [rows, months]);
    const sums = [...this.passed("moment_people"), ...this.passed("moment_overall")];
    this.call("take", ...this.state(), this.places.setting.at, BigInt(months), ...atRisk, ...left, ...sums);
    const means = (table, count) => {
      const all = new Float64Array(this.bytes.slice(this.places[table].at, this.places[table].at + 16 * count).buffer);
      return all.subarray(0, count).map((sum, k) => (all[count + k] > 0 ? sum / all[count + k] : NaN));
    };
    const width = outcomes.personal.length;
    const people = means("moment_people", rows * width);
    const overall = means("moment_overall", this.places.moment_overall.size / 8);
    const personal = Object.fromEntries(
      outcomes.personal.map((name, k) => [name, Float64Array.from({ length: rows }, (_, row) => people[row * width + k])]),
    );
    const heads = Float64Array.from({ length: rows }, (_, row) => this.view.getFloat64(at + 8 * row * months, true));
    const whole = Object.entries(outcomes.overall).map(([name, k]) => [name, overall[k]]);
    const spent = overall.slice(overall.length - 1 - outcomes.items.length, overall.length - 1);
    this.restore(saved);
    return { overall: Object.fromEntries(whole), personal, heads, spent, meanHeads: overall[overall.length - 1] };
  }

  /** The rows in use of a table. */
  rows(table) {
    const place = this.places[table];
    return place.used && place.rows ? this.get("counts", 0, place.used) : place.rows;
  }

  /** One field of the first rows of a table, by default of those in use: a copy; whole numbers of 64 bits as floats. */
  column(table, field, k = 0, rows = this.rows(table)) {
    const { at, size, fields } = this.places[table];
    const [offset, type] = this.fieldOf(table, field, fields);
    const width = Number(type[1]);
    const from = at + offset + k * width;
    const found = new ARRAYS[type](rows);
    if (type === "i8") {
      for (let row = 0, i = from; row < rows; row++, i += size) found[row] = Number(this.view.getBigInt64(i, true));
    } else if (from % width === 0 && size % width === 0) {
      gatherInto(found, this.bytes.buffer, from, size);
    } else {
      for (let row = 0, i = from; row < rows; row++, i += size) found[row] = this.view[READ[type]](i, true);
    }
    return found;
  }

  /** One number of the state; a whole number of 64 bits without a sign is a BigInt. */
  get(table, row, field, k = 0) {
    const [at, type] = this.spot(table, row, field, k);
    const value = this.view[READ[type]](at, true);
    return type === "i8" ? Number(value) : value;
  }

  /** Write one number of the state. */
  set(table, row, field, value, k = 0) {
    const [at, type] = this.spot(table, row, field, k);
    this.view[WRITE[type]](at, type === "i8" || type === "u8" ? BigInt(value) : value, true);
  }

  /** The whole state, for `restore`. */
  save() {
    const { month, end, plan } = this;
    return { month, end, plan, places: { ...this.places }, bytes: this.bytes.slice(this.description.base, end) };
  }

  /** Go back, or forward, to a state that was saved of this model or of another one of the same world. */
  restore(saved) {
    this.reach(saved.end);
    this.bytes.set(saved.bytes, this.description.base);
    Object.assign(this, { month: saved.month, end: saved.end, plan: saved.plan, places: { ...saved.places } });
    this.top = this.end;
    this.alive = 0;
  }

  // What follows is between the module and this class.

  spot(table, row, field, k) {
    const { at, size, rows, fields } = this.places[table];
    const [offset, type, length] = this.fieldOf(table, field, fields);
    if (!(row >= 0 && row < rows && k >= 0 && k < length)) throw new Error(`${table}.${field} has no place ${row}, ${k}.`);
    return [at + row * size + offset + k * Number(type[1]), type];
  }

  fieldOf(table, field, fields) {
    if (!fields[field]) throw new Error(`The table ${table} has no field ${field}.`);
    return fields[field];
  }

  /** Fill a table with one row, over and over, and number the rows where they hold their numbers. */
  repeat(name, row) {
    const { at, rows, size, numbered, fields } = this.places[name];
    const end = at + rows * size;
    if (rows) this.bytes.set(row, at);
    for (let done = size; at + done < end; done *= 2) this.bytes.copyWithin(at + done, at, Math.min(at + done, end - done));
    if (numbered) for (let k = 0, i = at + fields.row[0]; k < rows; k++, i += size) this.view.setBigInt64(i, BigInt(k), true);
  }

  /** Have so many bytes of memory. */
  reach(end) {
    const { memory } = this.exports;
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) {
      try {
        memory.grow(Math.ceil(missing / PAGE));
      } catch {
        throw new Error("This device has too little memory for this world.");
      }
    }
    if (this.bytes?.buffer !== memory.buffer) {
      this.bytes = new Uint8Array(memory.buffer);
      this.view = new DataView(memory.buffer);
    }
  }

  /** Room for an array that a step makes; numba's own head before it says where it lies. */
  made(size) {
    const at = this.top;
    this.top = up(at + 64 + size);
    this.alive++;
    this.reach(this.top);
    this.bytes.fill(0, at, at + HEAD);
    this.view.setBigInt64(at, 1n, true);
    this.view.setUint32(at + 24, at + 64, true);
    this.view.setBigInt64(at + 32, BigInt(size), true);
    return at;
  }

  /** An array is used no more; when none is left, their room is free again. */
  unmade() {
    this.alive--;
    if (this.alive === 0) this.top = this.floor ?? this.end;
  }

  /** Live months until one, making room where a table is full. */
  live(stop) {
    const { base } = this.description;
    let tries = 0;
    while (this.month < stop) {
      const month = this.month;
      this.call("advance", ...this.state(), this.places.setting.at, ...this.plan, BigInt(month), BigInt(stop), 0);
      this.month = Number(this.view.getBigInt64(base, true));
      const waits = Number(this.view.getBigInt64(base + 8, true));
      if (waits === DONE) return;
      if (waits !== ROOM) throw new Error("The model waits for an assignment that no page can make.");
      tries = this.month === month ? tries + 1 : 0;
      if (tries > PATIENCE) throw new Error("The model asks for room without an end.");
      this.makeRoom();
    }
  }

  /** Move the tables that fill up behind all others, with twice the room. */
  makeRoom() {
    for (const [name, place] of Object.entries(this.places)) {
      if (!place.used || place.rows === 0) continue;
      const at = this.end;
      const room = 2 * place.rows * place.size;
      this.reach(up(at + room));
      this.bytes.fill(0, at, at + room);
      this.bytes.copyWithin(at, place.at, place.at + place.rows * place.size);
      this.places[name] = { ...place, at, rows: 2 * place.rows };
      this.end = up(at + room);
    }
    this.top = this.end;
  }

  /** The arguments that one table is in compiled code: a record is where it lies, an array also its shape. */
  passed(table) {
    const { at, rows, size, shape } = this.places[table];
    return shape ? this.array(at, size, [rows / shape.slice(1).reduce((a, b) => a * b, 1), ...shape.slice(1)]) : [at];
  }

  array(at, size, shape) {
    const count = shape.reduce((a, b) => a * b, 1);
    const strides = shape.map((_, k) => size * shape.slice(k + 1).reduce((a, b) => a * b, 1));
    return [0, 0, BigInt(count), BigInt(size), at, ...shape.map(BigInt), ...strides.map(BigInt)];
  }

  state() {
    return this.description.state.flatMap((table) => this.passed(table));
  }

  /** Call a function of the module: it answers at the start of the block. */
  call(name, ...given) {
    const { base } = this.description;
    this.floor = this.top;
    const failed = this.exports[name](base, base + 32, ...given);
    if (failed) throw new Error("The model stopped: this is a fault of the program.");
    this.reach(0);
  }
}

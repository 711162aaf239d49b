/** A run as columns, read from the page's own model: the same bytes that Python writes (simulation/page/recording.py). */

const COLUMN_ARRAYS = {
  i1: Int8Array, u1: Uint8Array, i2: Int16Array, i4: Int32Array, f4: Float32Array, f8: Float64Array,
};
// What says that a row was over before the study, or that it is of a month before it.
const ENDS = { mentors: "exit_month", records: "end" };
const MONTHLY = ["trace", "mentee_months", "mentor_months", "views", "moves"];

/** The rows of a table that a study sees, and the new number of each row. */
const seenRows = (model, table, first) => {
  const count = model.rows(table);
  const numbers = new Int32Array(count);
  const rows = [];
  const ends = ENDS[table] ? model.column(table, ENDS[table]) : null;
  const months = MONTHLY.includes(table) ? model.column(table, "month") : null;
  for (let row = 0; row < count; row++) {
    numbers[row] = rows.length;
    const over = ends ? ends[row] >= 0 && ends[row] < first : months ? months[row] < first : table === "months" && row < first;
    if (!over) rows.push(row);
  }
  return { rows, numbers };
};

/** A share as one byte. */
const asByte = (share) => Math.min(Math.max(Math.floor(255 * share), 0), 255);

/** Record what a traced run of the model has lived through; `recorded` is the list of columns (RECORDED). */
export const recordingOf = (model, recorded) => {
  model.finishRecords();
  const first = model.month < model.description.firstMonth ? 0 : model.description.firstMonth;
  const seen = {};
  const rowsOf = (table) => (seen[table] ??= seenRows(model, table, first));
  const exits = model.column("mentees", "exit_month");
  const told = {
    month: (x) => x - first,
    event: (x) => (x < 0 ? -1 : Math.max(x - first, 0)),
    mentor: (x) => rowsOf("mentors").numbers[x],
    tie: (x) => rowsOf("records").numbers[x],
    how: (x, row) => (exits[row] >= 0 && exits[row] < first ? 0 : x),
    share: asByte,
  };
  const found = {};
  for (const column of recorded) {
    const { rows } = rowsOf(column.table);
    const values = model.column(column.table, column.field, column.place);
    if (first === 0 && rows.length === values.length && column.table !== "months") {
      found[column.name] = column.told === "share" ? Uint8Array.from(values, asByte) : new COLUMN_ARRAYS[column.type](values);
      continue;
    }
    const tell = told[column.told] ?? ((x) => x);
    const filled = new COLUMN_ARRAYS[column.type](column.table === "months" ? model.month - first : rows.length);
    for (let k = 0; k < filled.length; k++) filled[k] = tell(values[rows[k]], rows[k]);
    found[column.name] = filled;
  }
  return { ...found, months: model.month - first };
};

/** The SHA-256 of a recording in hexadecimal: over name, type, length and bytes of each column, as Python's `digest`. */
export const digestOf = async (recording, recorded) => {
  const parts = [];
  for (const { name, type } of recorded) {
    const values = recording[name];
    parts.push(new TextEncoder().encode(`${name}\0${type}\0${values.length}\0`));
    parts.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  const hash = globalThis.crypto?.subtle ? new Uint8Array(await crypto.subtle.digest("SHA-256", all)) : sha256(all);
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
};

/** The SHA-256 of bytes, for a page that the browser does not trust with its own (FIPS 180-4). */
export const sha256 = (bytes) => {
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime)) primes.push(n);
  const fraction = (x) => Math.floor((x - Math.floor(x)) * 2 ** 32) | 0;
  const rounds = primes.map((prime) => fraction(Math.cbrt(prime)));
  const sums = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 128;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, 8n * BigInt(bytes.length));
  const turned = (x, by) => (x >>> by) | (x << (32 - by));
  const words = new Int32Array(64);
  for (let block = 0; block < padded.length; block += 64) {
    for (let k = 0; k < 64; k++) {
      if (k < 16) {
        words[k] = view.getInt32(block + 4 * k);
        continue;
      }
      const [far, near] = [words[k - 15], words[k - 2]];
      const low = turned(far, 7) ^ turned(far, 18) ^ (far >>> 3);
      const high = turned(near, 17) ^ turned(near, 19) ^ (near >>> 10);
      words[k] = words[k - 16] + low + words[k - 7] + high;
    }
    let [a, b, c, d, e, f, g, h] = sums;
    for (let k = 0; k < 64; k++) {
      const one = h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + rounds[k] + words[k];
      const two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((x, k) => (sums[k] += x));
  }
  const found = new DataView(new ArrayBuffer(32));
  sums.forEach((x, k) => found.setInt32(4 * k, x));
  return new Uint8Array(found.buffer);
};

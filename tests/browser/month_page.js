/** Runs the cases of a test in a browser, and posts what it found. */

import { bringsMeans, leversOf } from "./levers.js";
import { Model } from "./model.js";

const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const bytesOf = async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer());

/** The SHA-256 of the rows in use of every table of the state. */
const hashesOf = async (model) => {
  const found = {};
  for (const table of model.description.state) {
    const { at, size } = model.places[table];
    found[table] = hex(await crypto.subtle.digest("SHA-256", model.bytes.slice(at, at + model.rows(table) * size)));
  }
  return found;
};

/** Live a case in the way that it asks for: at once, month by month, or with a way back to a month that was saved. */
const lived = (model, one) => {
  model.begin(one.policy, BigInt(one.seed), one.traced);
  const { months } = model.description;
  if (one.way === "steps") for (let month = 1; month <= months; month++) model.advance(month);
  if (one.way === "back") {
    model.advance(Math.floor(months / 2));
    const saved = model.save();
    model.advance(months);
    model.outcomes();
    model.begin(one.policy, BigInt(one.seed) + 1n, !one.traced);
    model.advance(months);
    model.restore(saved);
  }
  model.advance(months);
};

const answers = async (job) => {
  const wasm = await bytesOf("month.wasm");
  const found = [];
  for (const image of job) {
    const description = image.description;
    const model = await Model.load(wasm, description, await bytesOf(image.block));
    for (const one of image.cases) {
      const start = performance.now();
      lived(model, one);
      const took = performance.now() - start;
      const tables = await hashesOf(model);
      const { overall, personal, heads, spent } = model.outcomes();
      const people = Object.fromEntries(Object.entries(personal).map(([name, values]) => [name, [...values]]));
      found.push({ tables, overall, personal: people, heads: [...heads], spent: [...spent], took });
    }
    for (const policy of image.levers) {
      const levers = leversOf(description, policy);
      const { at } = description.tables.without;
      const without = (await bytesOf(image.block)).subarray(at, at + levers.length);
      found.push({ levers: hex(levers), brings: bringsMeans(description, levers, without) });
    }
  }
  return found;
};

const job = await (await fetch("job.json")).json();
let said;
try {
  said = { found: await answers(job) };
} catch (error) {
  said = { error: `${error}\n${error.stack}` };
}
await fetch("answers", { method: "POST", body: JSON.stringify(said) });
document.title = "done";

/** The same two policies under many lucks: pairs of runs in a worker, and what they say together. */

import { Model } from "./model.js";

export const ENOUGH_FOR_A_BAND = 20;
export const MOST_LUCKS = 200;
const BATCH = 5;
const PAUSE_BEFORE_LUCKS = 300; // milliseconds without a change, so that a lever on the move starts nothing
const AFTER_THE_LAST = 2n ** 63n;

/** In a worker: run the pairs that are asked for, five at a time, until others are asked for. */
export function serveLucks(scope) {
  let loading = null,
    wanted = -1;
  scope.onmessage = async ({ data: message }) => {
    try {
      if (message.module) loading = Model.load(message.module, message.description, message.block);
      else wanted = message.generation;
      const model = await loading; // a question may come before the model is there
      let done = 0;
      const go = () => {
        if (message.generation !== wanted) return;
        const differences = [];
        for (let k = 0; k < BATCH && done < message.pairs; k++, done++) {
          const seed = (message.seed + 1n + BigInt(done)) % AFTER_THE_LAST;
          const [one, other] = [message.a, message.b].map((policy) => outcomesUnder(model, policy, seed));
          differences.push(differenceOf(one, other, message.asked));
        }
        scope.postMessage({ generation: message.generation, differences });
        if (done < message.pairs) setTimeout(go, 0);
      };
      if (message.pairs) go();
    } catch (error) {
      scope.postMessage({ failed: String(error.message ?? error) });
    }
  };
}

function outcomesUnder(model, policy, seed) {
  model.run(policy, seed, false);
  return model.outcomes();
}

/** Other minus one, for each outcome asked for: `{name, row}`, of a group's row or, without a row, of the whole program. */
function differenceOf(one, other, asked) {
  const value = (outcomes, { name, row }) => (row === null ? outcomes.overall[name] : outcomes.personal[name][row]);
  return asked.map((what) => value(other, what) - value(one, what));
}

/** The mean of paired differences and its 95 % interval by Student's t; `t` has the quantile for each number of pairs. */
export function estimateOf(values, t) {
  const known = values.filter(Number.isFinite);
  const n = known.length;
  const mean = known.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2) return { mean, low: NaN, high: NaN, n };
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const half = t[n] * Math.sqrt(squares / (n - 1) / n);
  return { mean, low: mean - half, high: mean + half, n };
}

/**
 * What an interval says: better, worse, the same, or not decided yet, which `done` makes final;
 * `better` is 1 where more is better, -1 where less is.
 */
export function verdictOf({ low, high, n }, margin, better, done) {
  if (!(n >= ENOUGH_FOR_A_BAND) || !Number.isFinite(low)) return "not decided yet";
  if (low > -margin && high < margin) return "practically the same";
  if (low > 0 || high < 0)
    return better === 0 ? (low > 0 ? "higher" : "lower") : low > 0 === better > 0 ? "better" : "worse";
  return done ? "cannot tell" : "not decided yet";
}

/** The page's side: asks the worker anew after a change, and keeps the differences of each pair. */
export class Lucks {
  constructor(source, module, block, description, asked) {
    this.asked = asked;
    this.generation = 0;
    this.differences = [];
    this.onchange = () => {};
    this.onfail = () => {};
    this.waiting = null;
    try {
      const address = URL.createObjectURL(
        new Blob([`"use strict";\n${source}\nserveLucks(self);\n`], { type: "text/javascript" }),
      );
      this.worker = new Worker(address);
      URL.revokeObjectURL(address);
    } catch (error) {
      this.worker = null;
      this.problem = String(error.message ?? error);
      return;
    }
    this.worker.onmessage = ({ data }) => this.heard(data);
    this.worker.onerror = (event) => this.onfail(event.message || "the browser stopped them");
    this.worker.postMessage({ module, block, description });
  }

  heard(message) {
    if (message.failed) this.onfail(message.failed);
    if (message.generation !== this.generation || !message.differences) return;
    this.problem = null;
    this.differences.push(...message.differences);
    this.onchange();
  }

  /** Begin again under two policies, after a pause; calls within the pause count as one. */
  restart(a, b, seed) {
    this.generation += 1;
    this.differences = [];
    clearTimeout(this.waiting);
    if (!this.worker) return;
    const generation = this.generation;
    this.waiting = setTimeout(() => {
      this.worker.postMessage({ generation, a, b, seed, pairs: MOST_LUCKS, asked: this.asked });
    }, PAUSE_BEFORE_LUCKS);
  }

  /** Stop what runs, as while a story or a lesson needs the processor. */
  stop() {
    clearTimeout(this.waiting);
    this.generation += 1;
    this.worker?.postMessage({ generation: this.generation, a: null, b: null, seed: 0n, pairs: 0, asked: [] });
  }

  /** How many pairs have run. */
  get pairs() {
    return this.differences.length;
  }

  /** The differences of one outcome asked for, by its place. */
  of(place) {
    return this.differences.map((one) => one[place]);
  }
}

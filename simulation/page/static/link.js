/** What a page shows, written as a link, and read from one: every value is checked, and what is wrong is said. */

import { sameValue } from "./levers.js";

const LINK_VERSION = "1";
const LONGEST_LINK = 8000;
const BIGGEST_SEED = 2n ** 63n - 1n;
const WORLDS = ["a", "b"];

/** A value of a lever as it stands in a link. */
function valueInLink(lever, value) {
  if (lever.kind === "yes") return value ? "yes" : "no";
  return Array.isArray(value) ? value.join(",") : String(value);
}

/** The link's part behind the `#`: who, which luck, which month, and each lever that is not as the file brings it. */
export function linkOf(state, data) {
  const said = new URLSearchParams();
  said.set("v", LINK_VERSION);
  for (const [name, value] of [
    ["world", data.names.world],
    ["one", data.names.a],
    ["other", data.names.b],
  ])
    said.set(name, value);
  said.set("seed", String(state.seed));
  if (state.month) said.set("month", String(state.month));
  if (state.person !== null) said.set("person", String(state.person));
  if (state.lesson) said.set("lesson", state.lesson);
  WORLDS.forEach((world, place) => {
    const shipped = data.description.policies[place].values;
    for (const lever of data.description.levers) {
      const value = state[world][lever.name];
      if (!sameValue(value, shipped[lever.name])) said.set(`${world}.${lever.name}`, valueInLink(lever, value));
    }
  });
  return said.toString();
}

/** The state in a link, over `usual`, and a sentence for each part that could not be used. */
export function readLink(hash, data, usual) {
  const state = { ...usual, a: { ...usual.a }, b: { ...usual.b } };
  const problems = [];
  const text = hash.replace(/^#/, "");
  if (!text) return { state, problems };
  if (text.length > LONGEST_LINK)
    return { state, problems: ["The link is too long to be one of this page, so it was not used."] };
  const said = [...new URLSearchParams(text)];
  const given = Object.fromEntries(said);
  if (given.v !== LINK_VERSION) {
    return { state, problems: ["The link is not one of this page's, or of another version, so it was not used."] };
  }
  const names = data.names;
  if (given.world !== names.world || given.one !== names.a || given.other !== names.b) {
    return {
      state,
      problems: [`The link belongs to another file, not to ${names.world} with ${names.a} and ${names.b}.`],
    };
  }
  for (const [name, value] of said) {
    if (["v", "world", "one", "other"].includes(name)) continue;
    const problem = readPart(state, name, value, data);
    if (problem) problems.push(problem);
  }
  return {
    state,
    problems: problems.length > 4 ? [...problems.slice(0, 4), "More of the link could not be used."] : problems,
  };
}

/** Put one part of a link into the state; the sentence that says what is wrong with it, or null. */
function readPart(state, name, value, { description, lessons }) {
  const shown = `“${cut(value)}”`;
  if (name === "seed") {
    const seed = wholeIn(value, 0n, BIGGEST_SEED);
    if (seed === null) return `The link's seed ${shown} is no whole number from 0 to ${BIGGEST_SEED}.`;
    state.seed = seed;
    return null;
  }
  const bounds = { month: description.months - description.firstMonth - 1, person: description.people - 1 };
  if (Object.hasOwn(bounds, name)) {
    const number = wholeIn(value, 0n, BigInt(bounds[name]));
    if (number === null) return `The link's ${name} ${shown} is no whole number from 0 to ${bounds[name]}.`;
    state[name] = Number(number);
    return null;
  }
  if (name === "lesson") {
    if (!lessons.some((told) => told.name === value)) return `The link names the lesson ${shown}, which this page does not have.`;
    state.lesson = value;
    return null;
  }
  const [world, lever] = [name.slice(0, 1), description.levers.find((one) => one.name === name.slice(2))];
  if (!WORLDS.includes(world) || name[1] !== "." || !lever)
    return `The link names “${cut(name)}”, which this page does not know.`;
  const read = readValue(lever, value);
  if (read === undefined) return `The link's value ${shown} is not allowed for “${lever.title}”.`;
  state[world][lever.name] = read;
  return null;
}

/** The value of a lever from its text; undefined where it is not allowed. */
function readValue(lever, text) {
  if (lever.kind === "yes") return { yes: true, no: false }[text];
  if (lever.kind === "number" || lever.kind === "whole") {
    if (!/^-?\d{1,12}(\.\d{1,17})?(e-?\d{1,3})?$/.test(text)) return undefined;
    const value = Number(text);
    const fits = value >= lever.low && value <= lever.high && (lever.kind === "number" || Number.isInteger(value));
    return fits ? value : undefined;
  }
  const known = (lever.choices ?? []).map(([value]) => value);
  if (lever.kind === "names" || lever.kind === "measures") {
    const named = text === "" ? [] : text.split(",");
    const fits = named.every((name) => known.includes(name)) && new Set(named).size === named.length;
    return fits ? named : undefined;
  }
  if (lever.kind === "ids") return undefined;
  return known.includes(text) || (text === "" && lever.kind !== "choice") ? text : undefined;
}

/** A whole number written in digits, within bounds, as a BigInt; else null. */
function wholeIn(text, low, high) {
  if (!/^\d{1,19}$/.test(text)) return null;
  const value = BigInt(text);
  return value >= low && value <= high ? value : null;
}

const cut = (text) => (text.length > 40 ? `${text.slice(0, 37)}…` : text).replace(/\p{C}/gu, "�");

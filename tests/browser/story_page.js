/** What a test asks a page for: sentences of many persons with their causes, as plain data. */

import { Model } from "./model.js";
import { Lives } from "./lives.js";
import { liveOtherwise } from "./other_lucks.js";
import { showStory } from "./story.js";
import { stayOf, taleOf, wayBackOf, whyOf } from "./tale.js";

const load = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer());
const keysOf = (list) => list.map(({ key }) => key);

async function begun(count) {
  const description = await (await fetch("description.json")).json();
  const [wasm, block] = await Promise.all([load("month.wasm"), load("block")]);
  return Promise.all(Array.from({ length: count }, () => Model.load(wasm, description, block)));
}

/** Those whose fate differs come first, since they alone tell of leaving. */
function inOrder(models, policies, seed) {
  const active = models.map((model, world) => {
    model.run(policies[world], seed, false);
    return model.column("mentees", "active");
  });
  const people = Array.from(active[0].keys());
  const parted = people.filter((person) => active[0][person] !== active[1][person]);
  return [...parted, ...people.filter((person) => !parted.includes(person))];
}

/** Sentences with causes, at most `each` of a kind and `most` in all; each with its way back where it is a leaving. */
globalThis.told = async (seed, each, most) => {
  const models = await begun(2);
  const { policies, words } = models[0].description;
  const people = inOrder(models, policies, seed);
  const lives = new Lives(models, policies, seed);
  const found = [];
  const kinds = {};
  for (const person of people) {
    if (found.length >= most) break;
    const tale = taleOf(lives, person, words);
    for (const sentence of tale.sentences.flat()) {
      if (!sentence.differs || (kinds[sentence.kind] ?? 0) >= each || found.length >= most) continue;
      const why = whyOf(lives, sentence, person);
      if (why.found === null || why.found.gone) continue;
      kinds[sentence.kind] = (kinds[sentence.kind] ?? 0) + 1;
      const { cause, also, several, tried, odds } = why.found;
      const way = sentence.kind === "leaves" ? wayBackOf(lives, tale, sentence, why.found) : null;
      found.push({
        person, world: sentence.world, month: sentence.event.month, kind: sentence.kind, id: sentence.event.id, text: sentence.text, said: why.said,
        told: keysOf([...(cause ? [cause] : []), ...also]), several: keysOf(several), tried, odds,
        stays: sentence.kind === "leaves" ? stayOf(lives, tale, sentence.world)?.text ?? null : null,
        way: way && { texts: [...way.links.flatMap(({ text, besides }) => [text, besides]), way.end], links: way.chain.links.map(({ month, key, cause, several }) => ({ month, key, set: keysOf(cause ? [cause] : several) })), lever: way.chain.lever, alone: way.chain.alone, end: way.chain.end },
      });
    }
  }
  return found;
};

/** What a person is like and what became of them, under the luck of the seed and under another one. */
globalThis.otherwise = async (seed, luck, person) => {
  const [model] = await begun(1);
  const [policy] = model.description.policies;
  const like = () => ["ability", "openness", "initiative", "hours", "group"].map((field) => model.get("mentees", person, field));
  model.run(policy, seed, false);
  const usual = { like: like(), burnout: Array.from(model.column("mentees", "burnout")), hours: model.get("mentors", 0, "hours") };
  liveOtherwise(model, policy, seed, BigInt(luck));
  const other = { like: like(), burnout: Array.from(model.column("mentees", "burnout")), hours: model.get("mentors", 0, "hours") };
  liveOtherwise(model, policy, seed, BigInt(seed));
  return { usual, other, same: { like: like(), burnout: Array.from(model.column("mentees", "burnout")), hours: model.get("mentors", 0, "hours") } };
};
globalThis.ready = true;

/** Show the story of a person in a page that is only as much of the whole one as a story needs. */
globalThis.shown = async (seed, person, titles) => {
  document.body.replaceChildren(Object.assign(document.createElement("section"), { id: "story" }));
  const [{ description }] = await begun(1);
  const set = [];
  globalThis.asked = set;
  const page = { description, policies: description.policies, titles, state: { seed: BigInt(seed), person }, set: (changes) => set.push(changes), spare: begun };
  globalThis.page = page;
  await showStory(page, person);
};

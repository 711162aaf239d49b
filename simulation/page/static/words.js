/** The plain sentences of a story: what happened, why, and how it came to that. */

import { mentorName } from "./lives.js";

const TIP_NAMES = {
  prioritize: "tip 1, making mentorship a priority", diversify: "tip 2, a diverse pool of mentors",
  match: "tip 3, matching by identity", empower: "tip 4, empowering mentees", move_on: "tip 5, making moving on normal",
  evaluate: "tip 6, evaluating the program", offer: "the offer of the program",
};
const PAIRED_BY_PROGRAM = [1, 2, 3, 4, 5]; // ways in which the program brings a pair together
const SAID = { // an event that is no act of anybody's
  arrives: () => "Arrived.",
  graduates: () => "Finished the program.",
  sparks: (id) => `The tie with ${mentorName(id)} caught fire.`,
  quiet: (id) => `Had not met ${mentorName(id)} for three months.`,
  colleague: (id) => `The tie with ${mentorName(id)} had done its work; they stayed in touch as colleagues.`,
  hears: (id) => `Heard of ${mentorName(id)} from a colleague.`,
  normal: (now) => (now ? "Moving on from a mentor became normal to them."
    : "Moving on from a mentor stopped being normal to them."),
};
const NOT_SO = { // what would have been otherwise, without the cause
  leaves: () => "they would have stayed",
  sparks: () => "the tie would not have caught fire then",
  begins: (id) => `${mentorName(id)} would not have become their mentor then`,
  hears: (id) => `they would not have heard of ${mentorName(id)} then`,
  normal: (now) => (now ? "it would not have become normal to them then" : "it would have stayed normal to them"),
  ends: () => "the tie would not have ended like this",
  quiet: () => "it would have been otherwise",
  vain: () => "they would not have asked in vain then",
};

/** Numbers with as few decimals, from two on, as tell them apart. */
const toldApart = (numbers) => {
  for (let places = 2; places <= 6; places++) {
    const texts = numbers.map((number) => number.toFixed(places));
    if (new Set(texts).size === texts.length) return texts;
  }
  return numbers.map(() => "about the same");
};
const listed = (names) => (names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}` : names[0]);
const upper = (text) => text[0].toUpperCase() + text.slice(1);

const endSaid = (id, by, reason, well) => {
  const name = mentorName(id);
  const how = well ? "It ended well." : "It ended badly.";
  if (reason === 3) return `${name} left the place, and the tie ended.`;
  if (reason === 2) return `${name} had to stop, for reasons outside the tie. ${how}`;
  if (reason === 1) return `The tie with ${name} had done its work. ${how}`;
  if (by === 1) return `${name} moved on from this tie. ${how}`;
  return `${by === 2 ? `They and ${name} both moved on.` : `Moved on from ${name}.`} ${how}`;
};

/** What happened, in one or two plain sentences. */
export const sentenceOf = (event, words) => {
  const [kind, id, ...more] = event.key;
  const field = (domain) => `${words.domains[domain].replaceAll("_", " ")} questions`;
  const directory = event.shown ? ", whom the directory showed" : "";
  if (kind === "vain") return `Asked ${listed(event.asked.map(mentorName))} for help with ${field(event.domain)}, in vain.`;
  if (kind === "begins") {
    if (PAIRED_BY_PROGRAM.includes(more[1])) return `The program paired them with ${mentorName(id)} for ${field(more[0])}.`;
    if (event.asked) return `Asked ${mentorName(id)}${directory}. ${mentorName(id)} became their mentor for ${field(more[0])}.`;
    return `${mentorName(id)} offered help, and became their mentor for ${field(more[0])}.`;
  }
  if (kind === "ends") return endSaid(id, ...more);
  if (kind === "leaves") return event.to === 0 ? "Left for another place." : "Left the field.";
  return SAID[kind](id);
};

/** The luck of one month against the chances in both worlds. */
export const oddsSaid = ({ here, there, luck }) => {
  const [a, b, drawn] = toldApart([100 * here, 100 * there, 100 * luck]);
  const between = luck >= Math.min(here, there) && luck < Math.max(here, there);
  return `Their chance of leaving this month was ${a} % here and ${b} % there. ` +
    `Their luck was ${drawn} %${between ? ", which lies between" : ""}.`;
};

/** The month in which the other life ended, told of the one who stayed. */
export const staySaid = (odds) => {
  if (!odds) return "Stayed.";
  const [here, luck] = toldApart([100 * odds.here, 100 * odds.luck]);
  return `Stayed: their luck of ${luck} % lay above their chance of leaving, ${here} %.`;
};

/** "Had …, as there": one thing set as in the other world; `values` are here and there. */
const hadSaid = ({ key: [kind, id, name], values, both }) => {
  const numbers = values.map(({ number }) => number);
  const known = numbers.every((number) => Number.isFinite(number));
  const [here, there] = known ? (numbers.every(Number.isInteger) ? numbers.map(String) : toldApart(numbers)) : ["", ""];
  const apart = known ? ` (${there} and not ${here})` : "";
  const who = typeof id === "number" ? mentorName(id) : "";
  switch (kind) {
    case "self":
      return {
        belonging: `Had they belonged as they did there${apart}`, burnout: `Had they been as worn out as there${apart}`,
        output: `Had their work come as far as there${apart}`, skill: "Had they learned what they had learned there",
        clarity: `Had they been as clear about their needs as there${apart}`,
        normal: numbers[1] ? "Had moving on been normal to them, as there" : "Had moving on not been normal to them, as there",
      }[id];
    case "known": return `Had they known of the same mentors as there (${values[1].text})`;
    case "tie":
      if (both) return `Had the tie with ${who} stood as it did there${known ? ` (quality${apart.replace(" (", " ")}` : ""}`;
      return `Had ${who} ${values[1].text === "held" ? "" : "not "}been their mentor, as there`;
    case "ties": return "Had all their ties been as there";
    case "mentor":
      return {
        load: `Had ${who} had ${there} mentees, as there, and not ${here}`,
        skill: `Had ${who} been as good a mentor as there${apart}`,
        burnout: `Had ${who} been as worn out as there${apart}`, there: `Had ${who} been there or away, as in the other world`,
      }[name];
    case "colleague": return `Had Person ${id}, a colleague, lived as they did there`;
    case "custom": return `Had as many colleagues had a mentor as there${apart}`;
    case "tip": return `Had ${TIP_NAMES[id]}, been as there`;
    case "means": return `Had the program had the means it had there${known ? ` (funding${apart.replace(" (", " ")}` : ""}`;
    case "reach": return "Had staff had as many to look after as there";
    case "seen": return "Had others been seen to move on as they were there";
    case "others": return "Had all other mentees lived as they did there";
    case "person": return "Had they lived through all that they had there";
    case "staff": return "Had the mentors been as they were there";
    default: return "Had the whole program been as there";
  }
};

/** Why an event happened here and not there. */
export const causeSaid = (event, found) => {
  if (found === null) return "";
  if (found.gone) return "There they were gone by then.";
  const so = (NOT_SO[event.key[0]] ?? (() => "this would not have happened"))(event.key[1]);
  if (found.cause) return `${hadSaid(found.cause)}, ${so}.`;
  if (found.several.length > 0) return `Several things did this together: ${listed(found.several.map(nameOfThing))}.`;
  return "Many things did this together; none did it alone.";
};

/** What would each have changed it too, in one sentence; empty without any. */
export const alsoSaid = (also) => {
  if (also.length === 0) return "";
  return also.length === 1 ? "One other thing would have changed it too."
    : `${also.length} other things would each have changed it too.`;
};

const NAMES_OF_THINGS = {
  belonging: "how they belonged", burnout: "how worn out they were", output: "how far their work had come",
  skill: "what they had learned",
  clarity: "how clear they were about their needs", normal: "whether moving on was normal to them",
  known: "which mentors they had heard of",
  ties: "their ties", custom: "how many colleagues had a mentor", means: "the means of the program",
  reach: "whom staff had to look after",
  seen: "how others were seen to move on", others: "the lives of other mentees",
  person: "all that they had lived through", staff: "the mentors of the place",
};

/** What a thing is called in the middle of a sentence. */
const nameOfThing = ({ key: [kind, id, name], both }) => {
  if (kind === "self") return NAMES_OF_THINGS[id];
  if (kind === "tie") return both ? `the tie with ${mentorName(id)}` : `whether ${mentorName(id)} was their mentor`;
  if (kind === "mentor") {
    const who = mentorName(id);
    return { load: `how many mentees ${who} had`, skill: `how good a mentor ${who} was`,
      burnout: `how worn out ${who} was`, there: `whether ${who} was there` }[name];
  }
  if (kind === "tip") return TIP_NAMES[id];
  if (kind === "colleague") return `the life of Person ${id}, a colleague`;
  return NAMES_OF_THINGS[kind] ?? "the whole program";
};

/** One step back along the chain. */
export const linkSaid = (link) => {
  const lead = `${upper(nameOfThing(link))} first differed.`;
  if (link.cause) return `${lead} ${hadSaid(link.cause)}, it would have been as there, or nearly.`;
  if (link.several.length > 0) return `${lead} Several things did this together: ${listed(link.several.map(nameOfThing))}.`;
  return `${lead} Many things did this together.`;
};

/** How a chain ends. */
export const chainEndSaid = (chain) => {
  if (chain.end === "lever") {
    const name = chain.lever[0] === "tip" ? TIP_NAMES[chain.lever[1]] : nameOfThing({ key: chain.lever });
    const alone = {
      true: "Set as there from the start, it alone would have changed what happened.",
      false: "Yet set as there from the start, it alone would not have changed what happened.",
    }[chain.alone] ?? "";
    return `Here the two programs differ: ${name}. ${alone}`.trim();
  }
  if (chain.end === "start") return "This differed from the first month on, by the program.";
  if (chain.end === "long") return "The chain goes on; six steps are told.";
  return chain.links.length > 0 ? "Here no single thing leads further back." : "";
};

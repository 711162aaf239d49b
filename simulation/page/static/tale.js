/** A person's two lives as sentences, beside each other, each of which can be asked for its cause. */

import { causeOf, chainOf, oddsOfBoth } from "./causes.js";
import { alsoSaid, causeSaid, chainEndSaid, linkSaid, oddsSaid, sentenceOf, staySaid } from "./words.js";

const FATES = ["leaves", "graduates"];

/** How a life ends in a world: `{kind, month}`, or null for one who is there at the end. */
const fateIn = (history) =>
  history.flat().map(({ key: [kind], month }) => ({ kind, month })).find(({ kind }) => FATES.includes(kind)) ?? null;

/** The sentences of one world, each with whether the other world had the same in that month. */
const sentencesOf = (lives, histories, world, words) => histories[world].flatMap((events, month) => {
  const there = new Set(histories[1 - world][month].map(({ id }) => id));
  return events.map((event) => ({
    world, month: month - lives.first, kind: event.key[0], text: sentenceOf(event, words), differs: !there.has(event.id), event,
  }));
});

/** Both lives of a person: `{sentences: [of one world, of the other], fates, differs}`. */
export const taleOf = (lives, person, words) => {
  const histories = [0, 1].map((world) => lives.history(world, person));
  const sentences = [0, 1].map((world) => sentencesOf(lives, histories, world, words));
  const fates = [0, 1].map((world) => fateIn(histories[world]));
  return { person, sentences, fates, differs: sentences.flat().some((one) => one.differs) };
};

/** Why something happened here and not there: sentences, and the things behind them for who wants to check. */
export const whyOf = (lives, sentence, person) => {
  const { event, world } = sentence;
  const found = causeOf(lives, world, event, person);
  if (found === null) return { found, said: ["This was so in this world alone."] };
  const also = alsoSaid(found.also);
  return { found, said: [...(found.odds ? [oddsSaid(found.odds)] : []), causeSaid(event, found), ...(also ? [also] : [])] };
};

const OF_THE_PERSON = ["self", "known", "tie", "ties", "person"];

/** What else differed for the person in a month, a sentence for each world: it is told, not claimed as a cause. */
const besides = (tale, world, month, key) => {
  if (!OF_THE_PERSON.includes(key[0])) return "";
  const texts = [["Here", world], ["There", 1 - world]].map(([name, place]) => {
    const one = tale.sentences[place].find((sentence) => sentence.month === month && sentence.differs);
    return one ? `${name} that month: ${one.text}` : "";
  });
  return texts.filter(Boolean).join(" ");
};

/** The way back from a cause to the first difference, as sentences with their months. */
export const wayBackOf = (lives, tale, sentence, found) => {
  const chain = chainOf(lives, sentence.world, sentence.event, tale.person, found);
  const links = chain.links.map((link) => {
    const month = link.month - lives.first;
    return { month, text: linkSaid(link), besides: besides(tale, sentence.world, month, link.key) };
  });
  return { chain, links, end: chainEndSaid(chain) };
};

/** What the other world says of the month in which one left here: the same chances from the other side. */
export const stayOf = (lives, tale, world) => {
  const fate = tale.fates[world];
  const there = tale.fates[1 - world];
  if (fate?.kind !== "leaves" || (there !== null && there.month <= fate.month)) return null;
  const odds = oddsOfBoth(lives, 1 - world, fate.month, tale.person);
  return { world: 1 - world, month: fate.month - lives.first, kind: "stays", text: staySaid(odds), differs: true, event: null };
};

/** How both lives went, in a sentence for each world. */
export const fatesSaid = (tale, titles, months, first) => tale.fates.map((fate, world) => {
  const how = fate === null ? `they were still there after ${months} months` :
    `they ${fate.kind === "leaves" ? "left" : "finished the program"} in month ${fate.month - first + 1}`;
  return `Under “${titles[world]}” ${how}.`;
});

/** In how many other lucks this person would have gained. */
export const lucksSaid = ({ lucks, stayed, gained, lost }, titles) => [
  `In ${lucks} other lucks they stayed in ${stayed[0]} under “${titles[0]}” and in ${stayed[1]} under “${titles[1]}”.`,
  `They stayed under “${titles[1]}” alone in ${gained}, and under “${titles[0]}” alone in ${lost}; ` +
    "in the others their staying did not depend on the program.",
];

/** The story of a person who was picked: two lives side by side, why they parted, and what other lucks would have brought. */

import { byId, element } from "./element.js";
import { Lives } from "./lives.js";
import { otherLucks } from "./other_lucks.js";
import { fatesSaid, lucksSaid, stayOf, taleOf, wayBackOf, whyOf } from "./tale.js";

const OTHER_LUCKS = 40;
const ABOUT_OTHER_LUCKS = "The people stay who they are: needs, traits, mentors' gifts. What each month brings them is drawn anew.";
const MODELS_OF_A_STORY = 3; // two that live months again, and one for other lucks

/** What a story keeps of a page from one person to the next. */
const keptForStories = new WeakMap();

/** Let the page draw before the next piece of work. */
const breath = () => new Promise((resume) => { setTimeout(resume, 0); });

/** Models of the story's own, so that months lived again never touch those of the page. */
const keptOf = (page) => {
  if (!keptForStories.has(page)) {
    const models = page.spare(MODELS_OF_A_STORY);
    models.catch(() => keptForStories.delete(page));  // the next story tries again
    keptForStories.set(page, { models, key: "", turn: 0 });
  }
  return keptForStories.get(page);
};

const livesOf = (page, kept, models) => {
  const key = JSON.stringify([page.policies, String(page.state.seed)]);
  if (kept.key !== key) {
    kept.lives = new Lives(models.slice(0, 2), page.policies, page.state.seed);
    kept.key = key;
  }
  return kept.lives;
};

/** Tell the story of a person in the page's section for it; another person, or another run, ends it. */
export async function showStory(page, person) {
  const kept = keptOf(page);
  const turn = ++kept.turn;
  const over = () => kept.turn !== turn || page.state.person !== person;
  const place = byId("story");
  place.replaceChildren(element("h2", { text: `Person ${person}` }),
    element("p", { text: "Living both lives again …", role: "status" }));
  try {
    const models = await kept.models;
    await breath();
    if (over()) return;
    const lives = livesOf(page, kept, models);
    const tale = taleOf(lives, person, page.description.words);
    place.replaceChildren(element("h2", { text: `Person ${person}` }), ...opening(page, lives, tale));
    await breath();
    if (over()) return;
    if (tale.differs) place.append(...parted(page, lives, tale), tableOf(page, lives, tale));
    else place.append(tableOf(page, lives, tale));
    await tellOtherLucks(page, models[2], person, over);
  } catch (error) {
    if (!over()) place.append(element("p", { text: `The story could not be told: ${error.message ?? error}` }));
  }
}

/** The first lines: how both lives went, and room for what other lucks say. */
function opening(page, lives, tale) {
  const { months, firstMonth } = page.description;
  const fates = fatesSaid(tale, page.titles, months - firstMonth, firstMonth);
  const same = tale.differs ? [] : [element("p", { text: "Nothing differs: this person lived the same life in both worlds." })];
  return [
    ...fates.map((text) => element("p", { class: "story-fate", text })),
    ...same,
    element("div", { id: "story-lucks", class: "story-lucks" }, element("p", { text: "Trying other lucks …" })),
  ];
}

/** Where the two lives ended apart: the cause and the way back are told at once. */
function parted(page, lives, tale) {
  return [0, 1].flatMap((world) => {
    const last = tale.sentences[world].find(({ kind, differs }) => kind === "leaves" && differs);
    if (!last) return [];
    const { found, said } = whyOf(lives, last, tale.person);
    if (found.gone) return [];
    return [element("div", { class: "story-parted" },
      element("h3", { text: `Why they left under “${page.titles[world]}”, in month ${last.month + 1}` }),
      ...explained(page, lives, tale, last, found, said))];
  });
}

/** The sentences of a cause, and a button that goes back along the chain. */
function explained(page, lives, tale, sentence, found, said) {
  const chain = element("ol", { class: "story-chain" });
  const back = element("button", { type: "button", class: "story-back", text: "Back to the first difference", onclick: () => {
    back.remove();
    const way = wayBackOf(lives, tale, sentence, found);
    chain.replaceChildren(
      ...way.links.map(({ month, text, besides: more }) => element("li", {}, monthButton(page, month), ` ${text} `, more)),
      element("li", { text: way.end || "No single thing leads further back." }));
  } });
  const leads = found && !found.gone && (found.cause || found.several.length > 0);
  return [...said.map((text) => element("p", { text })), ...(leads ? [back, chain] : [])];
}

const monthButton = (page, month) => element("button", {
  type: "button", class: "story-month", text: `Month ${month + 1}`, onclick: () => page.set({ month }),
});

/** Both lives, a row a month in which something happened. */
function tableOf(page, lives, tale) {
  const stays = [0, 1].map((world) => stayOf(lives, tale, world)).filter(Boolean);
  const all = [...tale.sentences.flat(), ...stays];
  const months = [...new Set(all.map(({ month }) => month))].sort((a, b) => a - b);
  const head = element("tr", {}, element("th", { scope: "col", text: "Month" }),
    ...page.titles.map((title) => element("th", { scope: "col", text: title })));
  const rows = months.map((month) => {
    const here = all.filter((one) => one.month === month);
    const differs = here.some((one) => one.differs);
    return element("tr", { class: differs ? "story-differs" : null },
      element("th", { scope: "row" }, monthButton(page, month),
        differs ? element("span", { class: "story-mark", text: " differs" }) : null),
      ...[0, 1].map((world) => element("td", {},
        here.filter((one) => one.world === world).map((one) => saidIn(page, lives, tale, one)))));
  });
  return element("table", { class: "story-lives" },
    element("caption", { text: "Both lives, month by month. Ask why wherever they differ." }),
    element("thead", {}, head), element("tbody", {}, rows));
}

/** One sentence: it moves the clock to its month, and where the lives differ it can be asked why. */
function saidIn(page, lives, tale, sentence) {
  const { month, text, differs, event } = sentence;
  const said = element("button", { type: "button", class: "story-said", text, onclick: () => page.set({ month }) });
  const answer = element("div", { class: "story-answer", "aria-live": "polite" });
  const why = element("button", { type: "button", class: "story-why", text: "Why?", "aria-label": `Why? ${text}`, onclick: () => {
    why.remove();
    const { found, said: told } = whyOf(lives, sentence, tale.person);
    answer.replaceChildren(...explained(page, lives, tale, sentence, found, told));
  } });
  return element("div", { class: "story-sentence" }, said, differs && event ? [" ", why] : null, answer);
}

/** Run other lucks of the same people in the background, and say how often this person gains. */
async function tellOtherLucks(page, model, person, over) {
  const place = byId("story-lucks");
  const { policies, titles } = page;
  const show = (count) => {
    if (over()) return;
    const [first, then] = lucksSaid(count, titles);
    place.replaceChildren(element("p", { text: first }), element("p", { text: then }),
      element("p", { class: "story-note", text: ABOUT_OTHER_LUCKS }));
  };
  await otherLucks(model, policies, page.state.seed, person, OTHER_LUCKS, show, over);
}

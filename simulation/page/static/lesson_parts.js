/** The parts of a lesson that are asked and told: the bet, who is chosen, and the number with its name. */

import { countedIn, element } from "./element.js";
import { curveToDraw } from "./lesson_charts.js";

const sentenceCase = (text) => `${text[0].toUpperCase()}${text.slice(1)}`;

/** What can be bet on, one of which is taken; `given` is called when one is. */
export function betsOf({ asks, bets }, given) {
  const mark = (k) => element("input", { type: "radio", name: "bet", value: k, onchange: given });
  const choice = (text, k) => element("label", {}, mark(k), element("span", { text }));
  return element("fieldset", { class: "bets" }, element("legend", {}, element("strong", { text: asks })), bets.map(choice));
}

/** The way back to be drawn, beside the way up. */
export function wayToDraw(places, up) {
  const said = (at) => `${Math.round(100 * at)} %`;
  return curveToDraw("The way up, and the way back as you draw it", places, up, {
    name: "role models; people to whom moving on is normal", said,
    asked: (at) => `To how many is moving on normal on the way back, at ${said(at)} role models?`,
  });
}

/** A list of those who can lose a relationship, and the button that ends it. */
export function choiceOf(rows, chosen) {
  const option = (row) => element("option", { value: row, text: `Person ${row}` });
  const list = element("select", { "aria-label": "Somebody who has a mentor" }, rows.map(option));
  const end = element("button", { type: "button", text: "End their relationship", onclick: () => chosen(Number(list.value)) });
  const said = "Now choose whose relationship ends: click somebody who has a mentor, or take somebody from the list.";
  return { list, parts: [element("p", { text: said }), list, " ", end] };
}

/** The number with its name: live and in full, with the mechanism and without it. */
export function numberOf(told, on, off) {
  const cell = (text) => element("td", { text });
  const row = (head, ...cells) => element("tr", {}, element("th", { text: head, scope: "row" }), cells.map(cell));
  const small = (text) => element("p", { class: "small", text });
  const heads = ["with the cause", "without it"].map((text) => element("th", { text, scope: "col" }));
  const top = element("thead", {}, element("tr", {}, element("td"), heads));
  const live = `here, ${countedIn(told.programs, "program", "programs")}`;
  const full = told.full && [
    small(`The full experiment, ${told.full.seeds} programs with the cause and as many without: ${told.full.label}.`),
    element("table", {}, element("tbody", {}, row("with the cause", told.full.said), row("without it", told.full.off))),
  ];
  return [
    element("h3", { text: "The number" }), element("p", { text: `${sentenceCase(told.measures)}.` }),
    element("table", {}, top, element("tbody", {}, row(live, on.said, off.said))), small(told.smaller), ...(full ?? []),
    element("p", { class: "small" }, "Run it yourself: ", element("code", { text: `mentorship phenomenon ${told.name}` })),
    element("h3", { text: "To take home" }), element("p", { class: "home", text: told.home }),
  ];
}

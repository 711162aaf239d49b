/** The month as a table of both worlds, and the table of all months as a file. */

import { element, shownNumber } from "./element.js";

// What is told of a month, from the counts that the model itself keeps: name, words, how many decimals, what it is times.
const TOLD_MONTHLY = [
  ["mentees", "Mentees there", 0, 1],
  ["mentors", "Mentors there", 0, 1],
  ["mentored_share", "Mentees with a mentor, %", 1, 100],
  ["live_ties", "Ties that live", 0, 1],
  ["new_ties", "Ties that began", 0, 1],
  ["new_sparks", "Ties that caught fire", 0, 1],
  ["closures", "Ties that ended", 0, 1],
  ["left", "Mentees who left", 0, 1],
  ["graduated", "Mentees who graduated", 0, 1],
  ["norm_share", "Mentees to whom moving on is normal, %", 1, 100],
  ["belonging", "Belonging, of 100", 1, 100],
  ["burnout", "Burnout of mentees, of 100", 1, 100],
  ["mentor_burnout", "Burnout of mentors, of 100", 1, 100],
  ["mentor_load", "Mentees a mentor carries", 2, 1],
  ["mentors_left", "Mentors who left", 0, 1],
];

/** The counts of every month of the study in a world that has run, and how many have left so far. */
export function seriesOf(model, description) {
  const found = {};
  for (const [name] of TOLD_MONTHLY) {
    found[name] = Array.from(model.column("months", name)).slice(description.firstMonth);
  }
  let sum = 0;
  found.leftSoFar = found.left.map((left) => (sum += left));
  return found;
}

export class MonthTable {
  constructor(page, root) {
    this.page = page;
    this.cells = TOLD_MONTHLY.map(() => [element("td"), element("td")]);
    this.caption = element("caption");
    this.heads = [element("th", { scope: "col" }), element("th", { scope: "col" })];
    const rows = TOLD_MONTHLY.map(([, words], k) =>
      element("tr", {}, element("th", { scope: "row", text: words }), ...this.cells[k]),
    );
    const head = element("tr", {}, element("th", { scope: "col", text: "This month" }), ...this.heads);
    root.replaceChildren(
      element("table", { id: "month-table" }, this.caption, element("thead", {}, head), element("tbody", {}, rows)),
    );
    for (const event of ["run", "month"]) page.on(event, () => this.show());
  }

  show() {
    const { page } = this;
    if (!page.series) return;
    this.caption.textContent = `Month ${page.state.month + 1} of ${page.months}, seed ${page.state.seed}`;
    this.heads.forEach((head, world) => {
      head.textContent = `${["Left", "Right"][world]}: ${page.titles[world]}`;
    });
    TOLD_MONTHLY.forEach(([name, , decimals, times], k) =>
      this.cells[k].forEach((cell, world) => {
        cell.textContent = shownNumber(times * page.series[world][name][page.state.month], decimals);
      }),
    );
  }
}

/** All months of both worlds, from 0, as comma-separated text; a quote stands before what a spreadsheet takes for a formula. */
export function monthsAsText(page) {
  const quoted = (text) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const lines = [["program", "seed", "month", ...TOLD_MONTHLY.map(([name]) => name)].join(",")];
  page.series.forEach((series, world) => {
    for (let month = 0; month < page.months; month++) {
      lines.push(
        [
          quoted(page.titles[world]),
          page.state.seed,
          month,
          ...TOLD_MONTHLY.map(([name]) => (Number.isFinite(series[name][month]) ? series[name][month] : "")),
        ].join(","),
      );
    }
  });
  return `${lines.join("\r\n")}\r\n`;
}

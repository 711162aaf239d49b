/** What the two programs differ in: in this pair, over many lucks, and by group. */

import { bandChart, intervalChart, lineChart } from "./charts.js";
import { countedIn, element, shownChange, shownNumber } from "./element.js";
import { ENOUGH_FOR_A_BAND, MOST_LUCKS, estimateOf, verdictOf } from "./lucks.js";

const LEFT_CODE = 2;

/** How many leave in one world alone, up to and with each month: saved by the other program, and lost under it. */
function fatesByMonth(one, other, months) {
  const saved = new Int32Array(months),
    lost = new Int32Array(months);
  const gone = (recording, row) => (recording.p_how[row] === LEFT_CODE ? recording.p_exit[row] : Infinity);
  for (let row = 0; row < one.p_exit.length; row++) {
    const left = gone(one, row),
      also = gone(other, row);
    for (let month = Math.min(left, also); month < months && month < Math.max(left, also); month++) {
      if (left < also) saved[month]++;
      else lost[month]++;
    }
  }
  return { saved, lost };
}

export class Panels {
  constructor(page, roots) {
    this.page = page;
    this.roots = roots;
    this.drawn = 0;
    page.on("run", () => this.showPair());
    page.on("month", () => this.showMonth());
    page.on("lucks", () => this.showLucks());
  }

  /** This pair: who stays in one world alone, two lines over the months, and the outcomes of the whole study. */
  showPair() {
    const { page } = this;
    const { months } = page;
    this.fates = fatesByMonth(...page.recordings, months);
    const series = page.series.map((one) => ({
      left: one.leftSoFar,
      mentored: one.mentored_share.map((share) => 100 * share),
    }));
    const lines = [
      ["left", "Have gone so far", "", 0],
      ["mentored", "Have a mentor now", " %", 0],
    ].map(([name, title, unit, decimals]) => {
      const [one, other] = series.map((entry) => entry[name]);
      const ends = [one, other].map((values, world) =>
        `${shownNumber(values.at(-1), decimals)}${unit} under ${page.titles[world]}`);
      const { drawing, seek } = lineChart(`${title}, by month; at the end ${ends.join(", ")}`, one, other);
      const now = element("span", { class: "numbers" });
      return {
        node: element("div", {}, element("p", { class: "small" }, `${title} `, now), drawing),
        seek,
        now,
        one,
        other,
        unit,
        decimals,
      };
    });
    this.lines = lines;
    this.sofar = element("p", { class: "sofar" });
    const rows = page.data.asked
      .filter(({ name }) => name === "retention" || name === "access")
      .filter(({ row }) => !row)
      .map((asked) => {
        const [one, other] = page.outcomes.map(
          (outcomes) =>
            asked.scale * (asked.row === null ? outcomes.overall[asked.name] : outcomes.personal[asked.name][0]),
        );
        return element(
          "tr",
          {},
          element("th", { scope: "row", text: asked.title }),
          ...[
            shownNumber(one, asked.decimals),
            shownNumber(other, asked.decimals),
            shownChange(other - one, asked.decimals),
          ].map((text) => element("td", { text })),
        );
      });
    const head = element(
      "tr",
      {},
      element("th", { scope: "col", text: "Whole study, %" }),
      ...["left", "right", "difference"].map((text) => element("th", { scope: "col", text })),
    );
    this.roots.pair.replaceChildren(
      this.sofar,
      element(
        "div",
        { class: "two" },
        lines.map(({ node }) => node),
      ),
      element("table", {}, element("thead", {}, head), element("tbody", {}, rows)),
    );
    this.showMonth();
  }

  showMonth() {
    if (!this.lines) return;
    const month = this.page.state.month;
    for (const { seek, now, one, other, unit, decimals } of this.lines) {
      seek(month);
      now.replaceChildren(
        "left ",
        element("span", { class: "key one", text: `${shownNumber(one[month], decimals)}${unit}` }),
        ", right ",
        element("span", { class: "key other", text: `${shownNumber(other[month], decimals)}${unit}` }),
      );
    }
    const [saved, lost] = [this.fates.saved[month], this.fates.lost[month]];
    this.sofar.replaceChildren(
      element("b", { text: String(saved) }),
      " have gone under the left program alone, ",
      element("b", { text: String(lost) }),
      " under the right one alone.",
    );
  }

  /** Over many lucks: one chart of the band, a row for each outcome, and the groups. */
  showLucks() {
    const { page } = this;
    const { lucks, data } = page;
    const { pairs: n } = lucks;
    const enough = n >= ENOUGH_FOR_A_BAND;
    const done = n >= MOST_LUCKS;
    const headline = data.asked.filter(({ group }) => !group);
    const estimates = headline.map((_, place) => estimateOf(lucks.of(place), data.t));
    this.chosen ??= 0;
    const asked = headline[this.chosen];
    const rows = headline.map((one, place) => {
      const estimate = estimates[place];
      const text = enough ? withInterval(estimate, one) : "–";
      const verdict = enough ? verdictOf(estimateOf(lucks.of(place), data.tAll), one.margin, one.better, done) : "";
      const choose = element("button", {
        type: "button",
        class: "choose",
        "aria-pressed": place === this.chosen ? "true" : "false",
        text: one.title,
        onclick: () => this.choose(place),
      });
      return element(
        "tr",
        {},
        element("th", { scope: "row" }, choose, element("div", { class: "unit", text: one.unit })),
        element("td", { text }),
        element("td", { class: verdict.split(" ")[0], text: verdict }),
      );
    });
    const head = element(
      "thead",
      {},
      element(
        "tr",
        {},
        ...["Right minus left", "95 % interval", done ? "verdict" : "so far"].map((text) => element("th", { scope: "col", text })),
      ),
    );
    const chart = bandChart(
      `${asked.title}: mean difference, right minus left, with its 95 % interval as lucks are added`,
      enough ? runningOf(lucks.of(this.chosen), data.t) : [],
      asked.margin,
      MOST_LUCKS,
    );
    const focus =
      document.activeElement?.classList.contains("choose") && this.roots.lucks.contains(document.activeElement);
    this.roots.lucks.replaceChildren(
      element("p", { text: lucks.problem ? `The lucks cannot run here: ${lucks.problem}.` : progressSaid(n) }),
      chart,
      element("p", { class: "small", text: `${asked.title}, right minus left, in ${asked.unit}. ${marginSaid(asked)}` }),
      element("table", {}, head, element("tbody", {}, rows)),
    );
    if (focus) this.roots.lucks.querySelectorAll(".choose")[this.chosen].focus();
    this.showGroups(enough, done, n);
  }

  showGroups(enough, done, n) {
    const { lucks, data } = this.page;
    const places = data.asked.map((asked, place) => ({ asked, place })).filter(({ asked }) => asked.group);
    if (places.length === 0) {
      this.roots.groups.replaceChildren(element("p", { text: "This world tells no groups apart." }));
      return;
    }
    const found = places.map(({ asked, place }) => ({ asked, estimate: estimateOf(lucks.of(place), data.t) }));
    const reach = Math.max(
      0.02,
      ...found.flatMap(({ estimate: { low, high } }) => [Math.abs(low), Math.abs(high)]).filter(Number.isFinite),
    );
    const rows = found.map(({ asked, estimate }) => {
      const text = enough ? withInterval(estimate, asked) : "–";
      return element(
        "tr",
        {},
        element("th", { scope: "row", text: asked.group }),
        element("td", { class: "drawn" }, intervalChart(`${asked.group}: ${text}`, enough ? estimate : {}, reach)),
        element("td", { text }),
      );
    });
    this.roots.groups.replaceChildren(
      element("p", {
        text: `Retention, right minus left, percentage points, ${countedIn(n, "luck", "lucks")}` +
          `${done || !enough ? "" : " so far"}. Small groups move most. Each interval is by itself: do not rank groups by them.`,
      }),
      element("table", {}, element("tbody", {}, rows)),
    );
  }

  choose(place) {
    this.chosen = place;
    this.showLucks();
  }
}

/** A mean with its interval, in the unit in which it is shown. */
function withInterval({ mean, low, high }, { scale, decimals }) {
  const [middle, from, to] = [mean, low, high].map((value) => shownChange(scale * value, decimals));
  return `${middle} (${from} to ${to})`;
}

const marginSaid = ({ scale, margin, decimals }) => `Dotted: what matters (±${shownNumber(scale * margin, decimals)}).`;

/** How far the lucks are. */
function progressSaid(n) {
  if (n >= MOST_LUCKS) return `${MOST_LUCKS} lucks: the same two programs with other people and other luck.`;
  if (n < ENOUGH_FOR_A_BAND) return `${n} of ${MOST_LUCKS} lucks; a band from ${ENOUGH_FOR_A_BAND} on.`;
  return `${n} of ${MOST_LUCKS} lucks so far. The band narrows; what it says is final at ${MOST_LUCKS}.`;
}

/** The estimate after the first 2, 3, … values; values that are missing are passed over. */
function runningOf(values, t) {
  let n = 0,
    mean = 0,
    squares = 0;
  const found = [];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    n += 1;
    const before = value - mean;
    mean += before / n;
    squares += before * (value - mean);
    const half = n > 1 ? t[n] * Math.sqrt(squares / (n - 1) / n) : NaN;
    found.push({ n, mean, low: mean - half, high: mean + half });
  }
  return found;
}

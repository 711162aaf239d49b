/** The pictures of a lesson: how values spread, lines with their names, and a curve to be drawn. */

import { drawnElement, element, shownNumber } from "./element.js";

const LESSON_WIDE = 316;
const LESSON_HIGH = 170;
const MARGINS = { left: 40, right: 14, top: 8, bottom: 30 };
const FLOOR = LESSON_HIGH - MARGINS.bottom;
const ENDS_AT = LESSON_WIDE - MARGINS.right;
const LESSON_TINTS = { on: "other", off: "one", bet: "bet" };
const BINS = 20;
const GRID = 20; // parts of the height that a drawn curve keeps to

const chartText = (x, y, anchor, text, kind) => drawnElement("text", { x, y, "text-anchor": anchor, text, class: kind });

function lessonFrame(label, x, y, ...children) {
  const box = { viewBox: `0 0 ${LESSON_WIDE} ${LESSON_HIGH}`, role: "img", "aria-label": label, class: "lesson-chart" };
  const rule = (value) => ({ x1: MARGINS.left, x2: ENDS_AT, y1: y.at(value), y2: y.at(value), class: "grid" });
  return drawnElement("svg", box,
    ...x.ticks.map((value) => chartText(x.at(value), LESSON_HIGH - 16, "middle", x.said(value))),
    ...y.ticks.map((value) => chartText(MARGINS.left - 4, y.at(value) + 4, "end", y.said(value))),
    ...y.ticks.map((value) => drawnElement("line", rule(value))),
    chartText((MARGINS.left + ENDS_AT) / 2, LESSON_HIGH - 3, "middle", x.name, "axis-name"),
    ...children);
}

/** An axis: where a value lies, its ticks, and how they are said. */
const axisOf = (low, high, ticks, said, from, to, name) =>
  ({ at: (value) => from + ((value - low) / (high - low || 1)) * (to - from), ticks, said, name });
const alongAxis = (low, high, ticks, said, name) => axisOf(low, high, ticks, said, MARGINS.left, ENDS_AT, name);
const upAxis = (low, high, ticks, said) => axisOf(low, high, ticks, said, FLOOR, MARGINS.top);

const inPercent = (value) => `${shownNumber(100 * value, 0)} %`;
const tinted = (kind, dashed, thin) => `curve ${LESSON_TINTS[kind]}${dashed ? " dashed" : ""}${thin ? " thin" : ""}`;

/** Ticks at round values between two ends. */
function roundTicks(low, high, most = 4) {
  const rough = (high - low) / most || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((one) => one >= rough * (1 - 1e-9));
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) found.push(k * step);
  return found;
}

/** The share of values from 0 to 1 in each of twenty parts. */
function binned(values) {
  const found = new Array(BINS).fill(0);
  for (const value of values) found[Math.min(BINS - 1, Math.max(0, Math.floor(value * BINS)))] += 1 / values.length;
  return found;
}

/** How values from 0 to 1 spread: bars for one set of them, and an outline for another. */
export function spreadChart(label, name, bars, outline = null) {
  const [shares, others] = [binned(bars.values), outline ? binned(outline.values) : null];
  const top = Math.max(0.1, ...shares, ...(others ?? []));
  const x = alongAxis(0, 1, [0, 0.5, 1], String, name);
  const y = upAxis(0, top * 1.08, roundTicks(0, top, 3), inPercent);
  const wide = x.at(1 / BINS) - x.at(0) - 1;
  const bar = (share, k) => drawnElement("rect", {
    x: x.at(k / BINS) + 0.5, width: wide, y: y.at(share), height: y.at(0) - y.at(share), class: `bar ${LESSON_TINTS[bars.kind]}`,
  });
  const step = (share, k) => `${k ? "L" : "M"}${x.at(k / BINS)} ${y.at(share)}L${x.at((k + 1) / BINS)} ${y.at(share)}`;
  const outlined = others && drawnElement("path", { d: others.map(step).join(""), class: tinted(outline.kind) });
  return lessonFrame(label, x, y, ...shares.map(bar), outlined);
}

/**
 * Lines over months, shares or years: `lines` are {values, kind, dashed, thin}, each value with its place in `xs`;
 * `shade` is a span of x, `band` is a low and a high line with the room between them, `flags` are places on x.
 */
export function linesChart(label, xs, lines, how = {}) {
  const { name, said = String, share = true, shade = null, band = null, flags = [], low = null, high = null, decimals = 0 } = how;
  const all = [...lines.flatMap(({ values }) => values), ...(band ?? []).flat()].filter(Number.isFinite);
  const [least, most] = [low ?? Math.min(0, ...all), high ?? Math.max(1e-9, ...all)];
  const x = alongAxis(xs[0], xs.at(-1), roundTicks(xs[0], xs.at(-1), 5), said, name);
  const inUnit = share ? inPercent : (value) => shownNumber(value, decimals);
  const y = upAxis(least, most + 0.06 * (most - least), roundTicks(least, most, 4), inUnit);
  const spot = (value, k) => `${x.at(xs[k]).toFixed(1)} ${y.at(value).toFixed(1)}`;
  const path = (values) => {
    const spots = values.map((value, k) => (Number.isFinite(value) ? spot(value, k) : null));
    return spots.map((one, k) => (one ? `${k && spots[k - 1] ? "L" : "M"}${one}` : "")).join("");
  };
  const lean = () => {
    const from = x.at(shade[0]);
    const size = { width: x.at(shade[1]) - from, height: FLOOR - MARGINS.top };
    return drawnElement("rect", { x: from, y: MARGINS.top, ...size, class: "shade" });
  };
  const filled = () => {
    const back = band[1].map(spot).toReversed();
    return drawnElement("path", { d: `M${[...band[0].map(spot), ...back].join("L")}Z`, class: "shade" });
  };
  const flag = (at) => drawnElement("path", { d: `M${x.at(at)} ${FLOOR}V${FLOOR - 14}l8 4l-8 4`, class: "flag" });
  return lessonFrame(label, x, y,
    shade ? lean() : null, band ? filled() : null, ...flags.map(flag),
    ...lines.map(({ values, kind, dashed, thin }) => drawnElement("path", { d: path(values), class: tinted(kind, dashed, thin) })));
}

/** The names of what is drawn, with their marks; a `band` is a patch. */
export function keyOf(...entries) {
  const mark = (kind, dashed) => (kind === "band"
    ? drawnElement("rect", { x: 1, y: 0, width: 22, height: 10, class: "shade" })
    : drawnElement("path", { d: "M1 5H23", class: tinted(kind, dashed) }));
  const drawing = (kind, dashed) => drawnElement("svg", { viewBox: "0 0 24 10", "aria-hidden": "true" }, mark(kind, dashed));
  const entry = ([kind, text, dashed]) => element("li", {}, drawing(kind, dashed), text);
  return element("ul", { class: "lesson-key" }, entries.map(entry));
}

/** A curve that somebody draws, by pointer or by one slider a place; `known` is drawn already. Gives the element and its values. */
export function curveToDraw(label, xs, known, { name, said, asked }) {
  const values = xs.map(() => null);
  const box = element("div", { class: "draw" });
  const picture = element("div", { class: "draw-here" });
  const sliders = xs.map((at, k) => element("input", {
    type: "range", min: 0, max: 100, step: 100 / GRID, value: 50, "aria-label": asked(at), "aria-valuetext": "not drawn yet",
    oninput: ({ target }) => put(k, Number(target.value) / 100),
  }));
  const show = () => {
    const drawn = { values: values.map((value) => value ?? NaN), kind: "bet" };
    const lines = [{ values: known, kind: "on", dashed: true }, drawn];
    picture.replaceChildren(linesChart(label, xs, lines, { name, said, low: 0, high: 1 }));
  };
  const put = (k, share) => {
    values[k] = share;
    sliders[k].value = String(Math.round(100 * share));
    sliders[k].setAttribute("aria-valuetext", inPercent(share));
    show();
    box.dispatchEvent(new Event("drawn"));
  };
  let last = null;
  const drawnAt = ({ clientX, clientY }) => {
    const { left, top, width, height } = picture.getBoundingClientRect();
    const along = (((clientX - left) / width) * LESSON_WIDE - MARGINS.left) / (ENDS_AT - MARGINS.left);
    const up = (FLOOR - ((clientY - top) / height) * LESSON_HIGH) / (FLOOR - MARGINS.top);
    const k = Math.min(xs.length - 1, Math.max(0, Math.round(along * (xs.length - 1))));
    const share = Math.min(1, Math.max(0, Math.round(GRID * up * 1.06) / GRID));
    const from = last ?? { k, share };
    const steps = Math.abs(k - from.k);
    for (let s = 1; s <= steps; s++) {
      const there = from.share + ((share - from.share) * s) / steps; // a fast pointer leaves out places
      put(from.k + Math.sign(k - from.k) * s, Math.round(GRID * there) / GRID);
    }
    if (steps === 0) put(k, share);
    last = { k, share };
  };
  picture.addEventListener("pointerdown", (event) => {
    picture.setPointerCapture?.(event.pointerId);
    last = null;
    drawnAt(event);
  });
  picture.addEventListener("pointermove", (event) => { if (event.buttons) drawnAt(event); });
  box.append(picture, element("div", { class: "draw-sliders" }, sliders));
  show();
  return { box, values, whole: () => values.every((value) => value !== null) };
}

/** The pictures of a lesson: how values spread, lines with their names, and a curve to be drawn. */

import { drawnElement, element, shownNumber } from "./element.js";

const LESSON_WIDE = 316;
const LESSON_HIGH = 170;
const MARGINS = { left: 34, right: 8, top: 8, bottom: 30 };
const LESSON_TINTS = { on: "other", off: "one", bet: "bet", plain: "plain" };

const lessonFrame = (label, x, y, ...children) => drawnElement("svg", { viewBox: `0 0 ${LESSON_WIDE} ${LESSON_HIGH}`, role: "img", "aria-label": label, class: "lesson-chart" },
  ...x.ticks.map((value) => drawnElement("text", { x: x.at(value), y: LESSON_HIGH - 16, "text-anchor": "middle", text: x.said(value) })),
  ...y.ticks.map((value) => drawnElement("text", { x: MARGINS.left - 4, y: y.at(value) + 4, "text-anchor": "end", text: y.said(value) })),
  ...y.ticks.map((value) => drawnElement("line", { x1: MARGINS.left, x2: LESSON_WIDE - MARGINS.right, y1: y.at(value), y2: y.at(value), class: "grid" })),
  drawnElement("text", { x: (MARGINS.left + LESSON_WIDE - MARGINS.right) / 2, y: LESSON_HIGH - 3, "text-anchor": "middle", class: "axis-name", text: x.name }),
  ...children);

/** An axis: where a value lies, its ticks, and how they are said. */
const axisOf = (low, high, ticks, said, from, to, name) => ({ at: (value) => from + ((value - low) / (high - low || 1)) * (to - from), ticks, said, name });
const alongAxis = (low, high, ticks, said, name) => axisOf(low, high, ticks, said, MARGINS.left, LESSON_WIDE - MARGINS.right, name);
const upAxis = (low, high, ticks, said) => axisOf(low, high, ticks, said, LESSON_HIGH - MARGINS.bottom, MARGINS.top);

const inPercent = (value) => `${shownNumber(100 * value, 0)} %`;

/** Ticks at round values between two ends. */
export function roundTicks(low, high, most = 4) {
  const rough = (high - low) / most || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((one) => one >= rough);
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9; k++) found.push(k * step);
  return found;
}

/** How values from 0 to 1 spread: bars for one set of them, and an outline for another. */
export function spreadChart(label, name, bars, outline = null) {
  const BINS = 20;
  const counted = (values) => {
    const found = new Array(BINS).fill(0);
    for (const value of values) found[Math.min(BINS - 1, Math.max(0, Math.floor(value * BINS)))] += 1 / values.length;
    return found;
  };
  const [shares, others] = [counted(bars.values), outline ? counted(outline.values) : null];
  const top = Math.max(0.1, ...shares, ...(others ?? []));
  const x = alongAxis(0, 1, [0, 0.5, 1], String, name);
  const y = upAxis(0, top * 1.08, roundTicks(0, top, 3), inPercent);
  const outlined = others?.map((share, k) => `${k ? "L" : "M"}${x.at(k / BINS)} ${y.at(share)}L${x.at((k + 1) / BINS)} ${y.at(share)}`).join("");
  return lessonFrame(label, x, y,
    ...shares.map((share, k) => drawnElement("rect", { x: x.at(k / BINS) + 0.5, width: x.at(1 / BINS) - x.at(0) - 1, y: y.at(share), height: y.at(0) - y.at(share), class: `bar ${LESSON_TINTS[bars.kind]}` })),
    outlined ? drawnElement("path", { d: outlined, class: `curve ${LESSON_TINTS[outline.kind]}` }) : null);
}

/**
 * Lines over months, shares or years: `lines` are {values, kind, name, dashed}, each value with its place in `xs`;
 * `shade` is a span of x, `flags` are places on x.
 */
export function linesChart(label, xs, lines, { name, said = String, share = true, shade = null, flags = [], low = null, high = null, decimals = 0 } = {}) {
  const all = lines.flatMap(({ values }) => values).filter(Number.isFinite);
  const [least, most] = [low ?? Math.min(0, ...all), high ?? Math.max(1e-9, ...all)];
  const x = alongAxis(xs[0], xs.at(-1), roundTicks(xs[0], xs.at(-1), 5), said, name);
  const y = upAxis(least, most + 0.06 * (most - least), roundTicks(least, most, 4), share ? inPercent : (value) => shownNumber(value, decimals));
  const path = (values) => values.map((value, k) => [x.at(xs[k]), y.at(value)]).filter(([, at]) => Number.isFinite(at)).map(([x_, at], k) => `${k ? "L" : "M"}${x_.toFixed(1)} ${at.toFixed(1)}`).join("");
  return lessonFrame(label, x, y,
    shade ? drawnElement("rect", { x: x.at(shade[0]), width: x.at(shade[1]) - x.at(shade[0]), y: MARGINS.top, height: LESSON_HIGH - MARGINS.bottom - MARGINS.top, class: "shade" }) : null,
    ...flags.map((at) => drawnElement("path", { d: `M${x.at(at)} ${LESSON_HIGH - MARGINS.bottom}V${LESSON_HIGH - MARGINS.bottom - 14}l8 4l-8 4`, class: "flag" })),
    ...lines.map(({ values, kind, dashed }) => drawnElement("path", { d: path(values), class: `curve ${LESSON_TINTS[kind]}${dashed ? " dashed" : ""}` })));
}

/** The names of what is drawn, with their marks. */
export const keyOf = (...entries) => element("ul", { class: "lesson-key" }, entries.map(([kind, text, dashed]) => element("li", {},
  drawnElement("svg", { viewBox: "0 0 24 10", "aria-hidden": "true" }, drawnElement("path", { d: "M1 5H23", class: `curve ${LESSON_TINTS[kind]}${dashed ? " dashed" : ""}` })), text)));

/** A curve that somebody draws, by pointer or by one slider a place; `known` is drawn already. Gives the element and its values. */
export function curveToDraw(label, xs, known, { name, said, asked }) {
  const values = xs.map(() => null);
  const box = element("div", { class: "draw" });
  const picture = element("div", { class: "draw-here" });
  const sliders = xs.map((at, k) => element("input", { type: "range", min: 0, max: 100, step: 5, value: 50, "aria-label": asked(at), "aria-valuetext": "not drawn yet",
    oninput: ({ target }) => put(k, Number(target.value) / 100) }));
  const show = () => {
    const drawing = linesChart(label, xs, [{ values: known, kind: "on" }, { values: values.map((value) => value ?? NaN), kind: "bet", dashed: true }], { name, said, low: 0, high: 1 });
    picture.replaceChildren(drawing);
  };
  const put = (k, share) => {
    values[k] = share;
    sliders[k].value = String(Math.round(100 * share));
    sliders[k].setAttribute("aria-valuetext", inPercent(share));
    show();
    box.dispatchEvent(new Event("drawn"));
  };
  const drawnAt = ({ clientX, clientY }) => {
    const { left, top, width, height } = picture.getBoundingClientRect();
    const x_ = ((clientX - left) / width) * LESSON_WIDE;
    const k = Math.round(((x_ - MARGINS.left) / (LESSON_WIDE - MARGINS.left - MARGINS.right)) * (xs.length - 1));
    const up = (LESSON_HIGH - MARGINS.bottom - ((clientY - top) / height) * LESSON_HIGH) / (LESSON_HIGH - MARGINS.bottom - MARGINS.top);
    if (k >= 0 && k < xs.length) put(k, Math.min(1, Math.max(0, Math.round(20 * up) / 20)));
  };
  picture.addEventListener("pointerdown", (event) => { picture.setPointerCapture?.(event.pointerId); drawnAt(event); });
  picture.addEventListener("pointermove", (event) => { if (event.buttons) drawnAt(event); });
  box.append(picture, element("div", { class: "draw-sliders" }, sliders));
  show();
  return { box, values, whole: () => values.every((value) => value !== null), rest: () => { box.inert = true; } };
}

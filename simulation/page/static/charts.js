/** Small drawings in lines: two worlds over the months, a band over pairs, an interval on a line. */

import { drawnElement } from "./element.js";

const CHART_WIDE = 300,
  CHART_HIGH = 84;

/** A path through points; missing values are left out. */
const pathOf = (points) =>
  points
    .filter(([, y]) => Number.isFinite(y))
    .map(([x, y], k) => `${k ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join("");

/** A scale from values to places. */
const scaled = (low, high, from, to) => (value) => from + ((value - low) / (high - low || 1)) * (to - from);

function chart(label, wide, high, ...children) {
  return drawnElement(
    "svg",
    {
      viewBox: `0 0 ${wide} ${high}`,
      role: "img",
      "aria-label": label,
      class: "chart",
      preserveAspectRatio: "none",
    },
    ...children,
  );
}

/** Two worlds over the months, the first dashed, and a line at the month that is shown; returns it and a way to move that line. */
export function lineChart(label, one, other) {
  const top = Math.max(1e-9, ...one, ...other) * 1.08;
  const x = scaled(0, one.length - 1, 2, CHART_WIDE - 2);
  const y = scaled(0, top, CHART_HIGH - 2, 2);
  const line = (values, kind) =>
    drawnElement("path", { d: pathOf([...values].map((value, k) => [x(k), y(value)])), class: `line ${kind}` });
  const now = drawnElement("line", { y1: 0, y2: CHART_HIGH, class: "now" });
  const drawing = chart(
    label,
    CHART_WIDE,
    CHART_HIGH,
    drawnElement("line", { x1: 0, x2: CHART_WIDE, y1: y(0), y2: y(0), class: "axis" }),
    line(one, "one"),
    line(other, "other"),
    now,
  );
  const seek = (month) => {
    now.setAttribute("x1", x(month));
    now.setAttribute("x2", x(month));
  };
  return { drawing, seek };
}

/** The running mean with its interval after 2, 3, … pairs, the margins that matter, and zero. */
export function bandChart(label, running, margin, most) {
  const known = running.filter(({ low }) => Number.isFinite(low)).slice(3);
  const reach = Math.max(2.2 * margin, 1e-9, ...known.map(({ low, high }) => Math.max(Math.abs(low), Math.abs(high))));
  const x = scaled(2, most, 2, CHART_WIDE - 2);
  const y = scaled(-reach * 1.05, reach * 1.05, CHART_HIGH - 1, 1);
  const level = (value, kind) =>
    drawnElement("line", { x1: 0, x2: CHART_WIDE, y1: y(value), y2: y(value), class: kind });
  const up = known.map(({ n, high }) => [x(n), y(high)]);
  const down = known.map(({ n, low }) => [x(n), y(low)]).reverse();
  return chart(
    label,
    CHART_WIDE,
    CHART_HIGH,
    known.length ? drawnElement("path", { d: `${pathOf([...up, ...down])}Z`, class: "band" }) : null,
    level(0, "axis"),
    level(margin, "margin"),
    level(-margin, "margin"),
    drawnElement("path", { d: pathOf(known.map(({ n, mean }) => [x(n), y(mean)])), class: "line other" }),
  );
}

/** One mean with its interval on a line from -reach to reach. */
export function intervalChart(label, { mean, low, high }, reach) {
  const x = scaled(-reach, reach, 2, CHART_WIDE - 2);
  const known = Number.isFinite(low);
  return chart(
    label,
    CHART_WIDE,
    16,
    drawnElement("line", { x1: x(0), x2: x(0), y1: 0, y2: 16, class: "axis" }),
    known ? drawnElement("line", { x1: x(low), x2: x(high), y1: 8, y2: 8, class: "span" }) : null,
    known ? drawnElement("rect", { x: x(mean) - 3, y: 3, width: 6, height: 10, class: "mean" }) : null,
  );
}

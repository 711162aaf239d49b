// What never changes on the stage: the dark, the islands and their names.
import { INK } from "./marks.js";

export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

const LEADING = 1.2, LARGEST = 16; // of labels: lines apart in letters' heights; CSS pixels

/** Seats as Python gives them (`seats_json`), with places as arrays of numbers. */
export function seatsFrom(packed) {
  const numbers = (text) => new Float32Array(Uint8Array.from(atob(text), (one) => one.charCodeAt(0)).buffer);
  return { ...packed, p: numbers(packed.p), k: numbers(packed.k) };
}

/** The ground of a stage of this size, and the boxes of its labels in CSS pixels. */
export function groundOf({ canvas, ratio, width, height, side, left, top, seats }) {
  const ground = document.createElement("canvas"), labels = [];
  ground.width = canvas.width;
  ground.height = canvas.height;
  const g = ground.getContext("2d"), points = Math.min(LARGEST, seats.em * side);
  g.scale(ratio, ratio);
  g.fillStyle = INK.night;
  g.fillRect(0, 0, width, height);
  g.font = `600 ${points}px ${FONT}`;
  g.textAlign = "center";
  g.textBaseline = "middle";
  for (const island of seats.islands) {
    const x = island.x * side + left, y = island.y * side + top, r = island.r * side;
    const light = g.createRadialGradient(x, y, r * 0.2, x, y, r);
    light.addColorStop(0, INK.heart);
    light.addColorStop(1, INK.island);
    g.fillStyle = light;
    g.beginPath();
    g.arc(x, y, r, 0, 2 * Math.PI);
    g.fill();
    g.strokeStyle = INK.shore;
    g.lineWidth = 1;
    g.stroke();
    const lines = island.label.split("\n"), w = Math.max(...lines.map((line) => g.measureText(line).width));
    const h = points * LEADING * lines.length, y0 = island.ly * side + top - h / 2;
    const middle = Math.max(w / 2 + 3, Math.min(width - w / 2 - 3, island.lx * side + left));
    labels.push({ text: lines.join(" "), lines, points, middle, x: middle - w / 2, y: y0, w, h });
  }
  return { ground, labels };
}

/** Paint the names of islands, each with a dark rim, so that a line behind a name does not cross it. */
export function paintLabels(g, labels) {
  g.textAlign = "center";
  g.textBaseline = "middle";
  g.lineJoin = "round";
  g.strokeStyle = INK.night;
  g.fillStyle = INK.label;
  for (const { lines, points, middle, y } of labels) {
    g.font = `600 ${points}px ${FONT}`;
    g.lineWidth = points * 0.4;
    for (const [k, line] of lines.entries()) g.strokeText(line, middle, y + points * LEADING * (k + 0.5));
    for (const [k, line] of lines.entries()) g.fillText(line, middle, y + points * LEADING * (k + 0.5));
  }
}

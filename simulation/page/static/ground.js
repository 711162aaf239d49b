// What never changes on the stage: the dark, the islands and their names, painted once for each size.
import { INK } from "./marks.js";

export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/** The ground of a stage of this size, and the boxes of its labels in CSS pixels. */
export function groundOf({ canvas, ratio, width, height, side, left, top, seats }) {
  const ground = document.createElement("canvas"), labels = [];
  ground.width = canvas.width;
  ground.height = canvas.height;
  const g = ground.getContext("2d"), points = Math.max(10, Math.min(15, side * 0.0225));
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
    const w = g.measureText(island.label).width, ly = island.ly * side + top;
    const lx = Math.max(w / 2 + 3, Math.min(width - w / 2 - 3, island.lx * side + left));
    labels.push({ text: island.label, x: lx - w / 2, y: ly - points * 0.6, w, h: points * 1.2 });
    g.fillStyle = INK.label;
    g.fillText(island.label, lx, ly);
  }
  return { ground, labels };
}

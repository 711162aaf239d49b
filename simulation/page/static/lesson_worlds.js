/** The worlds of the lessons, unpacked from the file: what each image changes of the one before it, and the seats of each. */

import { bytesIn } from "./numbers.js";

/** What is laid over an earlier value: mappings part by part, unless they come whole; anything else whole. */
function laidOver(before, after) {
  const mapping = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  if (mapping(after) && after.whole) return after.whole;
  if (!mapping(before) || !mapping(after)) return after;
  const found = { ...before };
  for (const [key, value] of Object.entries(after)) found[key] = laidOver(before[key], value);
  return found;
}

/** The images of all lessons, each with its block. */
export async function unpackedWorlds(page) {
  const [text, blocks] = await Promise.all([page.unpack("lesson-worlds"), page.unpack("lesson-blocks")]);
  let before = {};
  return JSON.parse(new TextDecoder().decode(text)).images.map((change) => {
    before = laidOver(before, change);
    return { ...before, block: blocks.slice(before.at, before.at + before.size) };
  });
}

const shortsOf = (text) => new Uint16Array(bytesIn(text).buffer);

/** Seats as the stage takes them, from places told once. */
export function lessonSeats({ places, of, posts, ...rest }) {
  const [there, mine] = [shortsOf(places), shortsOf(of)];
  const part = (value) => value / 65535;
  const place = (_, k) => part(there[2 * mine[k >> 1] + (k & 1)]);
  return { ...rest, p: Float32Array.from({ length: 2 * mine.length }, place), k: Float32Array.from(shortsOf(posts), part) };
}

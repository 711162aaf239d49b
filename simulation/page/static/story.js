/** A person's story: filled in by the story of two lives. */

import { byId, element } from "./element.js";

/** Tell the story of a person who was picked. */
export function showStory(page, person) {
  byId("story").replaceChildren(element("h2", { text: `Person ${person}` }));
}

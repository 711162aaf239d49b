/** The same people under other lucks: who comes stays as it is, and what befalls them is drawn anew. */

/** Purposes of draws that make people, pairs and places what they are (`draws.Purpose`): these keep their luck. */
const FOR_LIFE = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17, 35, 36, 37, 38, 39, 40, 41, 42, 44, 45, 51, 55, 57, 61, 62, 76, 77, 80,
];
const GONE_EARLY = 2;
const STEP_OF_SEEDS = 1_000_003n;

/** Run a world to its end with the people of one seed and the luck of another. */
export const liveOtherwise = (model, policy, seed, luck) => {
  model.begin(policy, seed, false);
  const { at, size, shape } = model.places.streams;
  const wide = shape[shape.length - 1] * size;
  const people = model.bytes.slice(at, at + wide);
  model.call("fill", ...model.passed("streams"), luck);
  for (const purpose of FOR_LIFE) {
    const place = purpose * size;
    model.bytes.set(people.subarray(place, place + size), model.places.streams.at + place);
  }
  model.advance(model.description.months);
};

/** How often a person stays in each world, gains and loses, over so many lucks; `told` hears of the count so far. */
export const otherLucks = async (model, policies, seed, person, lucks, told, stopped = () => false) => {
  const count = { lucks: 0, stayed: [0, 0], gained: 0, lost: 0 };
  for (let n = 1n; n <= BigInt(lucks); n++) {
    const left = [];
    for (const policy of policies) {
      if (stopped()) return count;
      liveOtherwise(model, policy, seed, (BigInt(seed) + n * STEP_OF_SEEDS) % 2n ** 63n);
      left.push(model.get("mentees", person, "active") === GONE_EARLY);
      await new Promise((resume) => { setTimeout(resume, 0); });
    }
    count.lucks++;
    left.forEach((gone, world) => { if (!gone) count.stayed[world]++; });
    if (left[0] && !left[1]) count.gained++;
    if (!left[0] && left[1]) count.lost++;
    told(count);
  }
  return count;
};

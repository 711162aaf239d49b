/** What is particular to each lesson: what stands on the stage, what runs live, and which bet came true. */

import { shownChange, shownNumber } from "./element.js";
import { burnoutOf, dispersionOf, endingsOf, firstDifferences, lateQuality, mentoredOf, otherLives, qualitiesOf, qualityIn, rampedOn, sarleOf } from "./experiments.js";
import { keyOf, linesChart, spreadChart } from "./lesson_charts.js";
import { estimateOf } from "./lucks.js";
import { recordingOf } from "./recording.js";

const ONE_HUMP = 0.5, EVEN = 0.61;  // of Sarle's b: below the first one hump, up to the second an even spread (5/9)
const A_FEW = 0.05;  // of all others
const COIN_FLIPS = [0.35, 1.99];  // where 95 of 100 variance ratios of twelve programs lie that differ by coin flips alone
const averagedRows = (rows) => rows[0].map((_, k) => rows.reduce((sum, row) => sum + row[k], 0) / rows.length);
const inChunks = (values, chunks) => Array.from({ length: chunks }, (_, k) => averagedRows(values.slice((k * values.length) / chunks, ((k + 1) * values.length) / chunks).map((value) => [value]))[0]);
const sideOfZero = ({ low, high }) => (low > 0 ? 2 : high < 0 ? 0 : 1);
const inPointsWithEnds = ({ mean, low, high }, decimals = 1) => `${shownChange(100 * mean, decimals)} (${shownChange(100 * low, decimals)} to ${shownChange(100 * high, decimals)})`;

/** Record a run of an arm. */
const recordedOn = (road, on, arm, seed) => {
  const { model, policy } = road.arm(on, arm);
  model.run(policy, seed, true);
  return recordingOf(model, road.page.data.recorded);
};

export const LESSON_KINDS = {
  emergence: {
    stage(road, on) {
      const { model } = road.arm(on, 0);
      const recording = recordedOn(road, on, 0, road.seed);
      road.pairs = qualitiesOf(model, road.facts.met, road.told.months);
      return { recordings: [recording], titles: [road.told.titles[on ? 0 : 1]] };
    },
    follow(road, month) {
      const values = qualityIn(road.pairs, month);
      return values.length ? spreadChart(`How the quality of ${values.length} pairs spreads in this month`, "quality of a pair in this month (0 cold, 1 on fire)", { values, kind: road.on ? "on" : "off" }) : null;
    },
    async live(road, on) {
      const later = [];
      await road.programs(async (seed) => {
        const { model, policy } = road.arm(on, 0);
        model.run(policy, seed, true);
        later.push(...lateQuality(qualitiesOf(model, road.facts.met, road.told.months), road.facts.quarter));
      });
      const value = sarleOf(later);
      return { later, value, said: shownNumber(value, 2), which: value < ONE_HUMP ? 0 : value < EVEN ? 1 : 2 };
    },
    draw: (road, { on, off }) => [
      spreadChart("How the quality of pairs spreads after a year", "quality of a pair after a year (0 cold, 1 on fire)", { values: on.later, kind: "on" }, off ? { values: off.later, kind: "off" } : null),
      keyOf(["on", "each answers the other"], ...(off ? [["off", "each ignores the other"]] : [])),
    ],
  },

  sensitivity: {
    chooses: true,
    stage(road, on) {
      road.whole = recordedOn(road, on, 0, road.seed);
      if (road.loser === null) return { recordings: [road.whole], titles: [road.told.titles[0]], start: road.facts.lost };
      const { model, policy } = road.arm(on, 0);
      model.begin(policy, road.seed, true);
      model.advance(road.facts.lost + 1);
      const { slots } = model.description;
      const slotOf = (row) => Array.from({ length: slots }, (_, slot) => slot).find((slot) => model.get("ties", row * slots + slot, "mentor") >= 0);
      const held = (row) => slotOf(row) !== undefined;
      const row = held(road.loser) ? road.loser : Array.from({ length: model.rows("mentees") }, (_, k) => k).find(held);
      const place = row * slots + slotOf(row);
      const mentor = model.get("mentors", model.get("ties", place, "mentor"), "mentor");
      model.call("lose_tie", ...model.state(), BigInt(road.facts.lost), BigInt(row), BigInt(slotOf(row)));
      model.advance(model.description.months);
      const short = recordingOf(model, road.page.data.recorded);
      const lives = [road.whole, short].map((recording) => otherLives(recording, row));
      const others = new Set([...lives[0].keys(), ...lives[1].keys()].filter((who) => who !== `p${row}` && who !== `k${mentor}`));
      const touched = firstDifferences(...lives);
      road.touched = { months: [...others].filter((who) => touched.has(who)).map((who) => touched.get(who)), others: others.size };
      const ring = new Int16Array(road.whole.p_unit.length).fill(-1);
      for (const [who, month] of touched) if (who[0] === "p" && who !== `p${row}`) ring[Number(who.slice(1))] = month;
      return { recordings: [road.whole, short], titles: road.told.titles, start: road.facts.lost, ring, selected: row };
    },
    async live(road) {
      const { months, others } = road.touched;
      const curve = Array.from({ length: road.told.months }, (_, month) => months.filter((first) => first <= month).length / others);
      const value = curve.at(-1);
      return { curve, value, said: `${shownNumber(100 * value, 1)} % (${months.length} of ${others})`, which: value === 0 ? 0 : value < A_FEW ? 1 : 2 };
    },
    draw: (road, { on, off }) => [
      linesChart("Other people whose life differs, by month", Array.from(on.curve.keys()), [{ values: on.curve, kind: "on" }, ...(off ? [{ values: off.curve, kind: "off", dashed: true }] : [])], { name: "months; share of others whose life differs", high: Math.max(0.05, ...on.curve) }),
      keyOf(["on", "people share, talk and look around"], ...(off ? [["off", "nothing carries a difference", true]] : [])),
    ],
  },

  path_dependence: {
    stage: (road, on) => ({ recordings: [0n, 1n].map((more) => recordedOn(road, on, 0, road.seed + more)), titles: road.told.titles, ring: null }),
    async live(road, on) {
      const courses = [];
      await road.programs(async (seed) => {
        const { model, policy } = road.arm(on, 0);
        model.run(policy, seed, false);
        courses.push(endingsOf(model, road.facts, road.told.months));
      });
      const value = dispersionOf(courses.map((course) => course.at(-1)));
      return { courses, value, said: shownNumber(value, 2), which: value < COIN_FLIPS[0] ? 0 : value <= COIN_FLIPS[1] ? 1 : 2 };
    },
    draw: (road, { on, off, shown }) => {
      const { courses } = shown === "off" ? off : on;
      const months = courses[0].map((_, k) => road.facts.window + k * road.facts.every);
      return [
        linesChart("Share of people whose last ending went well, a line a program", months, courses.map((course) => ({ values: course.map(([well, people]) => well / people), kind: shown })), { name: "months; people whose last ending went well", high: 1 }),
        keyOf([shown, shown === "on" ? "programs in which people hear and look around" : "programs in which they do not"]),
      ];
    },
  },

  tipping: {
    draws: true,
    stage(road, on) {
      const { model, policy } = road.arm(on, 0);
      const ways = rampedOn(model, policy, road.seed, road.facts, true);
      road.ways = { ...road.ways, [on ? "on" : "off"]: Object.fromEntries(Object.entries(ways).map(([way, share]) => [way, inChunks(share, 12)])) };
      return { recordings: [recordingOf(model, road.page.data.recorded)], titles: [road.told.titles[on ? 0 : 1]], start: road.facts.settling };
    },
    places: (road) => Array.from({ length: 12 }, (_, k) => (road.facts.top * (k + 0.5)) / 12),
    async live(road, on) {
      const ways = road.ways[on ? "on" : "off"];
      const value = averagedRows(ways.down.map((share, k) => [share - ways.up[k]]))[0];
      return { ways, value, said: `${shownChange(100 * value, 1)} points`, which: null };
    },
    missed: (road, { ways }) => road.bet.reduce((sum, share, k) => sum + Math.abs(share - ways.down[k]), 0) / road.bet.length,
    draw: (road, { on, off, shown }) => {
      const { ways } = shown === "off" ? off : on;
      const lines = [{ values: ways.up, kind: shown, dashed: true }, { values: ways.down, kind: shown }];
      const bet = shown === "on" && road.bet ? [{ values: road.bet, kind: "bet" }] : [];
      return [
        linesChart("People to whom moving on is normal, by the share of role models", road.kind.places(road), [...lines, ...bet], { name: "role models; people to whom moving on is normal", said: (value) => `${shownNumber(100 * value, 0)} %`, low: 0, high: 1 }),
        keyOf([shown, "on the way up", true], [shown, "on the way back"], ...(bet.length ? [["bet", "what you drew"]] : [])),
      ];
    },
  },

  feedback: {
    stage: (road, on) => ({ recordings: [0, 1].map((arm) => recordedOn(road, on, arm, road.seed)), titles: road.told.titles }),
    async live(road, on) {
      const [courses, values] = [[[], []], []];
      await road.programs(async (seed) => {
        const both = [0, 1].map((arm) => burnoutOf(road.arm(on, arm).model, road.arm(on, arm).policy, seed, road.facts));
        both.forEach((course, arm) => courses[arm].push(course));
        values.push(averagedRows(both[1].map((burnout, year) => [burnout - both[0][year]]))[0]);
      });
      const found = estimateOf(values, road.page.data.t);
      return { courses: courses.map(averagedRows), value: found.mean, said: inPointsWithEnds(found), which: sideOfZero(found) };
    },
    draw: (road, { on, off, shown }) => {
      const { courses } = shown === "off" ? off : on;
      return [
        linesChart("Burnout of women who mentor, by year", Array.from(courses[0].keys()), [{ values: courses[0].map((x) => 100 * x), kind: "off", dashed: true }, { values: courses[1].map((x) => 100 * x), kind: "on" }], { name: "years; mean burnout of women who mentor (of 100)", share: false }),
        keyOf(["off", "nobody is matched", true], ["on", "everybody is matched by gender"]),
      ];
    },
  },

  adaptation: {
    stage(road, on) {
      const recordings = [0, 1].map((arm) => recordedOn(road, on, arm, road.seed));
      road.flags = [...recordings[1].c_m];
      return { recordings, titles: road.told.titles };
    },
    async live(road, on) {
      const { at, counted } = road.facts;
      const [lost, values] = [[[], []], []];
      await road.programs(async (seed) => {
        const [alone, prompt, calm, calmPrompt] = [0, 1, 2, 3].map((arm) => mentoredOf(road.arm(on, arm).model, road.arm(on, arm).policy, seed));
        const losses = [alone.map((share, k) => share - calm[k]), prompt.map((share, k) => share - calmPrompt[k])];
        losses.forEach((loss, k) => lost[k].push(loss));
        const gained = losses[1].map((loss, k) => loss - losses[0][k]).slice(at, at + counted);
        values.push(gained.reduce((sum, share) => sum + share, 0) / counted);
      });
      const found = estimateOf(values, road.page.data.t);
      return { lost: lost.map(averagedRows), flags: road.flags, value: found.mean, said: inPointsWithEnds(found), which: sideOfZero(found) };
    },
    draw: (road, { on, off, shown }) => {
      const { lost, flags } = shown === "off" ? off : on;
      const { at, counted } = road.facts;
      return [
        linesChart("Mentees with a mentor, against a world without the lean years", Array.from(lost[0].keys()), [{ values: lost[0].map((x) => 100 * x), kind: "off", dashed: true }, { values: lost[1].map((x) => 100 * x), kind: "on" }], { name: "months; mentored, against no lean years (points)", share: false, shade: [at, at + counted], flags }),
        keyOf(["off", "does not look", true], ["on", shown === "on" ? "looks, and moves its levers (flags: in the program on the stage)" : "looks, and changes nothing"]),
      ];
    },
  },
};

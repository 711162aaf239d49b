/** What is particular to each lesson: what stands on the stage, what runs live, and which bet came true. */

import { shownChange, shownNumber } from "./element.js";
import { burnoutOf, dispersionOf, endingsOf, firstDifferences, lateQuality, meanOf, mentoredOf } from "./experiments.js";
import { otherLives, qualitiesOf, qualityIn, rampedOn, sarleOf } from "./experiments.js";
import { keyOf, linesChart, spreadChart } from "./lesson_charts.js";
import { estimateOf } from "./lucks.js";
import { recordingOf } from "./recording.js";

const ONE_HUMP = 0.5; // of Sarle's b: below it one hump
const EVEN = 0.61; // up to it about an even spread, which has 5/9
const A_FEW = 0.05; // of all others
const COIN_FLIPS = [0.35, 1.99]; // where 95 of 100 variance ratios of twelve programs lie that differ by coin flips alone
const CHUNKS = 12; // values of a way of the ramp
const averagedRows = (rows) => rows[0].map((_, k) => rows.reduce((sum, row) => sum + row[k], 0) / rows.length);
const inChunks = (values, chunks) => Array.from({ length: chunks }, (_, k) =>
  meanOf(values.slice((k * values.length) / chunks, ((k + 1) * values.length) / chunks)));
const sideOfZero = ({ low, high }) => (low > 0 ? 2 : high < 0 ? 0 : 1);
const inPointsWithEnds = ({ mean, low, high }, decimals = 1) => {
  const [value, from, to] = [mean, low, high].map((end) => shownChange(100 * end, decimals));
  return `${value} (${from} to ${to})`;
};
const shortWays = ({ up, down }) => ({ up: inChunks(up, CHUNKS), down: inChunks(down, CHUNKS) });
const hundredfold = (values) => values.map((value) => 100 * value);

/** Record a run of an arm. */
const recordedOn = (road, on, arm, seed) => {
  const { model, policy } = road.arm(on, arm);
  model.run(policy, seed, true);
  return recordingOf(model, road.page.data.recorded);
};

/** End one tie of the person chosen, in the month of the experiment: the recording, the mentee, and the mentor's id. */
function partedOn(road, on) {
  const { model, policy } = road.arm(on, 0);
  model.begin(policy, road.seed, true);
  model.advance(road.facts.lost + 1);
  const { slots } = model.description;
  const everySlot = Array.from({ length: slots }, (_, slot) => slot);
  const slotOf = (row) => everySlot.find((slot) => model.get("ties", row * slots + slot, "mentor") >= 0);
  const held = (row) => slotOf(row) !== undefined;
  const row = held(road.loser) ? road.loser : Array.from({ length: model.rows("mentees") }, (_, k) => k).find(held);
  const mentor = model.get("mentors", model.get("ties", row * slots + slotOf(row), "mentor"), "mentor");
  model.call("lose_tie", ...model.state(), BigInt(road.facts.lost), BigInt(row), BigInt(slotOf(row)));
  model.advance(model.description.months);
  model.finishRecords();
  return { short: recordingOf(model, road.page.data.recorded), row, mentor };
}

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
      const label = `How the quality of ${values.length} pairs spreads in this month`;
      const name = "quality of a pair in this month (0 cold, 1 on fire)";
      return values.length ? spreadChart(label, name, { values, kind: road.on ? "on" : "off" }) : null;
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
    draw(road, { on, off }) {
      const outline = off ? { values: off.later, kind: "off" } : null;
      const name = "quality of a pair after a year (0 cold, 1 on fire)";
      return [
        spreadChart("How the quality of pairs spreads after a year", name, { values: on.later, kind: "on" }, outline),
        keyOf(["on", "each answers the other"], ...(off ? [["off", "each ignores the other"]] : [])),
      ];
    },
  },

  sensitivity: {
    chooses: true,
    stage(road, on) {
      const whole = recordedOn(road, on, 0, road.seed);
      if (road.loser === null) {
        road.whole = whole;
        return { recordings: [whole], titles: [road.told.titles[0]], start: road.facts.lost };
      }
      const { short, row, mentor } = partedOn(road, on);
      const instead = `Person ${road.loser} has no relationship in this world at that time, so Person ${row} loses one.`;
      road.note = row === road.loser ? null : instead;
      const lives = [whole, short].map((recording) => otherLives(recording, row));
      const others = new Set(lives.flatMap((one) => [...one.keys()]).filter((who) => who !== `p${row}` && who !== `k${mentor}`));
      const touched = firstDifferences(...lives);
      road.touched = { months: [...others].filter((who) => touched.has(who)).map((who) => touched.get(who)), others: others.size };
      const ring = new Int16Array(whole.p_unit.length).fill(-1);
      for (const [who, month] of touched) if (who[0] === "p" && who !== `p${row}`) ring[Number(who.slice(1))] = month;
      return { recordings: [whole, short], titles: road.told.titles, start: road.facts.lost, ring, selected: row };
    },
    async live(road) {
      const { months, others } = road.touched;
      const reached = (month) => months.filter((first) => first <= month).length / others;
      const curve = Array.from({ length: road.told.months }, (_, month) => reached(month));
      const value = curve.at(-1);
      const said = `${shownNumber(100 * value, 1)} % (${months.length} of ${others})`;
      return { curve, value, said, which: value === 0 ? 0 : value < A_FEW ? 1 : 2 };
    },
    draw(road, { on, off }) {
      const lines = [{ values: on.curve, kind: "on" }, ...(off ? [{ values: off.curve, kind: "off", dashed: true }] : [])];
      const how = { name: "months; share of others whose life differs", high: Math.max(0.05, ...on.curve) };
      return [
        linesChart("Other people whose life differs, by month", Array.from(on.curve.keys()), lines, how),
        keyOf(["on", "people share, talk and look around"], ...(off ? [["off", "nothing carries a difference", true]] : [])),
      ];
    },
  },

  path_dependence: {
    stage: (road, on) => ({
      recordings: [0n, 1n].map((more) => recordedOn(road, on, 0, road.seed + more)), titles: road.told.titles, ring: null,
    }),
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
    draw(road, { on, off, shown }) {
      const { courses } = shown === "off" ? off : on;
      const years = courses[0].map((_, k) => (road.facts.window + k * road.facts.every) / 12);
      const spread = years.map((_, k) => {
        const [well, people] = [0, 1].map((place) => meanOf(courses.map((course) => course[k][place])));
        return [well / people, 1.96 * Math.sqrt(((well / people) * (1 - well / people)) / people)];
      });
      const band = [-1, 1].map((side) => spread.map(([mean, half]) => mean + side * half));
      const lines = courses.map((course) => ({ values: course.map(([well, people]) => well / people), kind: shown }));
      return [
        linesChart("Share of people whose last ending went well, a line a program", years, lines,
          { name: "years; people whose last ending went well", high: 1, band }),
        keyOf([shown, shown === "on" ? "a program in which people hear and look around" : "a program in which they do not"],
          ["band", "where coin flips keep 95 of 100 programs"]),
      ];
    },
  },

  tipping: {
    draws: true,
    stage(road, on) {
      const { model, policy } = road.arm(on, 0);
      road.ways = { ...road.ways, [on ? "on" : "off"]: shortWays(rampedOn(model, policy, road.seed, road.facts, true)) };
      const recordings = [recordingOf(model, road.page.data.recorded)];
      return { recordings, titles: [road.told.titles[on ? 0 : 1]], start: road.facts.settling };
    },
    places: (road) => Array.from({ length: CHUNKS }, (_, k) => (road.facts.top * (k + 0.5)) / CHUNKS),
    async live(road, on) {
      const ways = road.ways[on ? "on" : "off"];
      const all = [];
      await road.programs(async (seed) => {
        const { model, policy } = road.arm(on, 0);
        all.push(seed === road.seed ? ways : shortWays(rampedOn(model, policy, seed, road.facts, false)));
      });
      const values = all.map(({ up, down }) => meanOf(down.map((share, k) => share - up[k])));
      const found = estimateOf(values, road.page.data.t);
      return { ways, others: all.slice(1), values, value: found.mean, said: inPointsWithEnds(found), which: null };
    },
    cameOut(road, { ways, others }) {
      const all = [ways, ...others];
      const stays = all.filter(({ up, down }) => down[0] - up[0] > road.facts.back).length;
      const far = meanOf(road.bet.map((share, k) => Math.abs(share - ways.down[k])));
      return [
        `Your curve is ${Math.round(100 * far)} points away from what happened, on average.`,
        `In ${stays} of ${all.length} programs the norm does not go back: at the end of the way back it is normal to a share `
          + "more than ten points above where the way up began.",
      ];
    },
    draw(road, { on, off, shown }) {
      const { ways, others } = shown === "off" ? off : on;
      const bet = shown === "on" && road.bet ? [{ values: road.bet, kind: "bet" }] : [];
      const thin = others.flatMap(({ up, down }) => [
        { values: up, kind: shown, dashed: true, thin: true }, { values: down, kind: shown, thin: true },
      ]);
      const lines = [...thin, { values: ways.up, kind: shown, dashed: true }, { values: ways.down, kind: shown }, ...bet];
      const said = (value) => `${shownNumber(100 * value, 0)} %`;
      return [
        linesChart("People to whom moving on is normal, by the share of role models", road.kind.places(road), lines,
          { name: "role models; people to whom moving on is normal", said, low: 0, high: 1 }),
        keyOf([shown, "on the way up", true], [shown, "on the way back (thin: other programs)"],
          ...(bet.length ? [["bet", "what you drew"]] : [])),
      ];
    },
  },

  feedback: {
    stage: (road, on) => ({ recordings: [0, 1].map((arm) => recordedOn(road, on, arm, road.seed)), titles: road.told.titles }),
    async live(road, on) {
      const [courses, values] = [[[], []], []];
      await road.programs(async (seed) => {
        const both = [0, 1].map((arm) => road.arm(on, arm)).map(({ model, policy }) => burnoutOf(model, policy, seed, road.facts));
        both.forEach((course, arm) => courses[arm].push(course));
        values.push(meanOf(both[1].map((burnout, year) => burnout - both[0][year])));
      });
      const found = estimateOf(values, road.page.data.t);
      const shown = { courses: courses.map(averagedRows) };
      return { ...shown, values, value: found.mean, said: inPointsWithEnds(found), which: sideOfZero(found) };
    },
    draw(road, { on, off, shown }) {
      const [unmatched, matched] = (shown === "off" ? off : on).courses.map(hundredfold);
      const lines = [{ values: unmatched, kind: "off", dashed: true }, { values: matched, kind: "on" }];
      return [
        linesChart("Burnout of women who mentor, by year", Array.from(unmatched.keys()), lines,
          { name: "years; mean burnout of women who mentor (of 100)", share: false }),
        keyOf(["off", "nobody is matched", true], ["on", "everybody is matched by gender"]),
      ];
    },
  },

  adaptation: {
    stage(road, on) {
      const recordings = [0, 1].map((arm) => recordedOn(road, on, arm, road.seed));
      road.flags = { ...road.flags, [on ? "on" : "off"]: [...new Set(recordings[1].c_m)] };
      return { recordings, titles: road.told.titles };
    },
    async live(road, on) {
      const { at, counted } = road.facts;
      const [lost, values] = [[[], []], []];
      await road.programs(async (seed) => {
        const four = [0, 1, 2, 3].map((arm) => road.arm(on, arm)).map(({ model, policy }) => mentoredOf(model, policy, seed));
        const losses = [0, 1].map((k) => four[k].map((share, month) => share - four[k + 2][month]));
        losses.forEach((loss, k) => lost[k].push(loss));
        values.push(meanOf(losses[1].map((loss, k) => loss - losses[0][k]).slice(at, at + counted)));
      });
      const found = estimateOf(values, road.page.data.t);
      const shown = { lost: lost.map(averagedRows), flags: road.flags[on ? "on" : "off"] };
      return { ...shown, values, value: found.mean, said: inPointsWithEnds(found), which: sideOfZero(found) };
    },
    draw(road, { on, off, shown }) {
      const { lost, flags } = shown === "off" ? off : on;
      const { at, counted } = road.facts;
      const lines = [{ values: hundredfold(lost[0]), kind: "off", dashed: true }, { values: hundredfold(lost[1]), kind: "on" }];
      const looks = shown === "on" ? "looks, and moves its levers (flags: as on the stage)" : "looks, and changes nothing";
      return [
        linesChart("Mentees with a mentor, against a world without the lean years", Array.from(lost[0].keys()), lines,
          { name: "months; mentored, against no lean years (points)", share: false, shade: [at, at + counted], flags }),
        keyOf(["off", "does not look", true], ["on", looks], ["band", "the lean years"]),
      ];
    },
  },
};

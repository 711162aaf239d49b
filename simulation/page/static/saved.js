/** What a person can take away: the command that runs the same, a picture, the months, the state of the page. */

import { monthsAsText } from "./months.js";
import { sameValue } from "./levers.js";
import { linkOf } from "./link.js";

const SAFE_WORD = /^[A-Za-z0-9@%+=:,./_-]+$/;

/** A word as a shell takes it. */
const quotedWord = (word) => (SAFE_WORD.test(word) ? word : `'${word.replaceAll("'", "'\"'\"'")}'`);

/** The command that makes the same recording of one of the two programs. */
export function commandOf(page, world) {
  const { data, state } = page;
  const shipped = data.description.policies[world].values;
  const values = state["ab"[world]];
  const words = ["mentorship", "run", data.names.world, data.names["ab"[world]], "--seed", String(state.seed)];
  if (data.monthsGiven) words.push("--months", String(page.months));
  for (const { name } of data.description.levers) {
    if (!sameValue(values[name], shipped[name])) words.push("--set", `policy.${name}=${JSON.stringify(values[name])}`);
  }
  return [...words, "--digest"].map(quotedWord).join(" ");
}

/** Give a file to the person. */
function saveBlob(blob, name) {
  const address = URL.createObjectURL(blob);
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

const stemOf = (page) => `${page.data.names.world}-seed-${page.state.seed}`.replace(/[^A-Za-z0-9_-]+/g, "_");

/** The table of all months, for a spreadsheet. */
export const saveMonths = (page) =>
  saveBlob(new Blob([monthsAsText(page)], { type: "text/csv" }), `${stemOf(page)}-months.csv`);

/** The page as data: what was set, what came out, and how to run it again. */
export function saveState(page) {
  const { data, state } = page;
  const programs = [0, 1].map((world) => ({
    title: page.titles[world],
    levers: state["ab"[world]],
    command: commandOf(page, world),
    recording: page.digests?.[world] ?? null,
    outcomes: plainOutcomes(page.outcomes[world]),
  }));
  const lucks = {
    pairs: page.lucks.pairs,
    asked: page.data.asked.map(({ name, group }) => ({ outcome: name, group: group ?? null })),
    differences: page.lucks.differences,
  };
  const all = {
    made_by: data.madeBy,
    world: data.names.world,
    months: page.months,
    seed: String(state.seed),
    month: state.month,
    person: state.person,
    link: `#${linkOf(state, data)}`,
    programs,
    lucks,
  };
  saveBlob(new Blob([`${JSON.stringify(all, null, 2)}\n`], { type: "application/json" }), `${stemOf(page)}.json`);
}

const plainOutcomes = ({ overall, personal }) => ({
  overall,
  personal: Object.fromEntries(Object.entries(personal).map(([name, values]) => [name, Array.from(values)])),
});

/** The stages as they stand, with what they show, as a picture. */
export function savePicture(page) {
  const canvases = page.player.canvases.filter((canvas) => canvas.width && canvas.height);
  const gap = 16,
    line = 22,
    head = 4 * line;
  const high = Math.max(...canvases.map((canvas) => canvas.height));
  const picture = document.createElement("canvas");
  picture.width = canvases.reduce((sum, canvas) => sum + canvas.width + gap, gap);
  picture.height = head + high + 2 * line;
  const ink = picture.getContext("2d");
  ink.fillStyle = "#0e1320";
  ink.fillRect(0, 0, picture.width, picture.height);
  ink.fillStyle = "#dfe6f5";
  const write = (text, x, y, font) => {
    ink.font = `${font} system-ui, sans-serif`;
    ink.fillText(text, x, y);
  };
  write(
    `${page.data.description.world.title}: the same people, the same luck, two programs`,
    gap,
    line * 1.2,
    "600 18px",
  );
  write(`Seed ${page.state.seed}, month ${page.state.month + 1} of ${page.months}`, gap, line * 2.2, "15px");
  let x = gap;
  canvases.forEach((canvas, world) => {
    write(page.titles[world] ?? "", x, line * 3.5, "600 15px");
    ink.drawImage(canvas, x, head);
    x += canvas.width + gap;
  });
  ink.fillStyle = "#aeb9d4";
  const digests = (page.digests ?? []).map((digest) => digest.slice(0, 16)).join(" and ");
  write(`${page.data.madeBy}${digests ? `; recordings ${digests}` : ""}`, gap, picture.height - line * 0.6, "13px");
  return new Promise((done) =>
    picture.toBlob((blob) => {
      saveBlob(blob, `${stemOf(page)}-month-${page.state.month + 1}.png`);
      done();
    }, "image/png"),
  );
}

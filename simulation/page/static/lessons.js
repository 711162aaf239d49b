/** The lessons: first a bet, then the play, then the switch that makes it vanish, then the number with its name. */

import { byId, element } from "./element.js";
import { LESSON_KINDS } from "./lesson_kinds.js";
import { curveToDraw } from "./lesson_charts.js";
import { Player } from "./play.js";

const FAST = 12;  // months a second, for lessons longer than five years
const LONG = 60;  // months

/** The names of the lessons that this file holds. */
export const listLessons = (page) => page.data.lessons.map(({ name }) => name);

/** Show what lessons there are. */
export function showLessons(page) {
  byId("lessons").replaceChildren(
    element("p", { text: "Six lessons of some minutes each. First you place a bet; then the model plays." }),
    element("ol", { class: "lesson-list" }, page.data.lessons.map((told) => element("li", {},
      element("button", { type: "button", text: told.title, onclick: () => startLesson(page, told.name) })))));
}

/** Begin a lesson. */
export async function startLesson(page, name) {
  page.road?.leave();
  page.lucks.stop();
  page.player.pause();
  page.set({ lesson: name });
  page.side("lessons");
  const wait = element("p", { role: "status", text: "The worlds of this lesson are being laid out …" });
  byId("lessons").replaceChildren(wait);
  try {
    page.lessonWorlds ??= await unpackedWorlds(page);
    const road = new Road(page, page.data.lessons.find((told) => told.name === name));
    page.road = road;
    await road.begin();
  } catch (error) {
    wait.textContent = `The lesson could not start: ${error.message ?? error}`;
    byId("lessons").replaceChildren(wait);
    throw error;
  }
}

/** What is laid over an earlier value: mappings part by part, anything else whole. */
const laidOver = (before, after) => {
  const mapping = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  if (!mapping(before) || !mapping(after)) return after;
  return Object.fromEntries([...new Set([...Object.keys(before), ...Object.keys(after)])].map((key) => [key, key in after ? laidOver(before[key], after[key]) : before[key]]));
};

/** The images of all lessons, each with its block. */
async function unpackedWorlds(page) {
  const [text, blocks] = await Promise.all([page.unpack("lesson-worlds"), page.unpack("lesson-blocks")]);
  let before = {};
  return JSON.parse(new TextDecoder().decode(text)).images.map((change) => {
    before = laidOver(before, change);
    return { ...before, block: blocks.slice(before.at, before.at + before.size) };
  });
}

const shortsOf = (text) => new Uint16Array(Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer);

/** Seats as the stage takes them, from places told once. */
function seatsOf({ places, of, posts, ...rest }) {
  const [there, mine] = [shortsOf(places), shortsOf(of)];
  const part = (value) => value / 65535;
  return { ...rest, p: Float32Array.from({ length: 2 * mine.length }, (_, k) => part(there[2 * mine[k >> 1] + (k & 1)])), k: Float32Array.from(shortsOf(posts), part) };
}

/** The way through one lesson. What it answers is made when it is answered, and not before. */
class Road {
  constructor(page, told) {
    Object.assign(this, { page, told, facts: told.facts, kind: LESSON_KINDS[told.name], seed: page.state.seed });
    Object.assign(this, { on: true, bet: null, loser: null, found: { on: null, off: null }, models: new Map(), at: 0 });
  }

  async begin() {
    document.body.classList.add("in-lesson");
    const back = element("button", { type: "button", class: "quiet", text: "← All lessons", onclick: () => { this.leave(); showLessons(this.page); } });
    this.box = element("div", { class: "road" });
    byId("lessons").replaceChildren(back, element("h2", { text: this.told.title, tabindex: "-1" }), this.box);
    this.add(element("p", { text: this.told.sees }));
    await this.load();
    this.show();
    byId("lesson-stage").inert = true;
    this.ask();
    byId("lessons").querySelector("h2").focus();
  }

  /** Give the page back to its own two worlds. */
  leave() {
    this.left = true;
    document.body.classList.remove("in-lesson");
    this.player?.destroy();
    byId("lesson-stage").replaceChildren();
    this.page.road = null;
    this.page.set({ lesson: null });
    this.page.player.resize();
  }

  add(...parts) {
    const step = element("section", { class: "step" }, ...parts);
    this.box.append(step);
    return step;
  }

  /** Load the models of all arms. */
  async load() {
    for (const [place] of Object.values(this.told.arms).flat()) {
      const { description, block } = this.page.lessonWorlds[place];
      if (!this.models.has(place)) this.models.set(place, await this.page.load(description, block));
    }
  }

  /** An arm of the experiment: its model and its policy. */
  arm(on, k) {
    const [place, policy] = this.told.arms[on ? "on" : "off"][k];
    return { model: this.models.get(place), policy: this.page.lessonWorlds[place].description.policies[policy] };
  }

  /** Run something once for each program, and let the page breathe in between. */
  async programs(run) {
    for (let k = 0; k < this.told.programs && !this.left; k++) {
      await run(this.seed + BigInt(k));
      if (this.progress) this.progress.textContent = `${k + 1} of ${this.told.programs} programs have run …`;
      await new Promise((go) => setTimeout(go, 0));
    }
  }

  /** Put a run on the stage, at its first month. */
  show() {
    const { recordings, titles, start = 0, ring, selected } = this.kind.stage(this, this.on);
    const [place] = this.told.arms[this.on ? "on" : "off"][0];
    const { seats, description } = this.page.lessonWorlds[place];
    if (this.player && this.place !== place) this.player.destroy();
    if (!this.player || this.place !== place) {
      this.player = new Player(byId("lesson-stage"), seatsOf(seats), description.words, { reduced: this.page.player.reduced, transport: true });
      this.player.onmonth = (month) => this.heard(month);
      this.player.onpick = (picked) => { if (this.choosing && picked?.kind === "mentee") this.choosing(picked.row); };
    }
    this.place = place;
    this.player.set(recordings, titles);
    if (ring !== undefined) this.player.mark(ring);
    if (selected !== undefined) this.player.selected = { kind: "mentee", row: selected };
    if (this.told.months > LONG) this.player.speed = FAST;
    this.player.seek(start);
    this.first = start;
  }

  heard(month) {
    const drawing = this.following?.isConnected ? this.kind.follow?.(this, month) : null;
    if (drawing) this.following.replaceChildren(drawing);
    if (month >= this.player.months - 1) this.ended?.();
  }

  ask() {
    const place = element("button", { type: "button", text: "Place the bet", disabled: true, onclick: () => this.betIs() });
    if (this.kind.draws) {
      const { ways } = this;
      const to = this.kind.places(this);
      this.curve = curveToDraw("The way up, and the way back as you draw it", to, ways.on.up, { name: "role models; people to whom moving on is normal", said: (at) => `${Math.round(100 * at)} %`, asked: (at) => `To how many is moving on normal on the way back, at ${Math.round(100 * at)} % role models?` });
      this.curve.box.addEventListener("drawn", () => { place.disabled = !this.curve.whole(); });
      this.asked = this.add(element("p", {}, element("strong", { text: this.told.asks })), this.curve.box, element("p", { class: "small", text: "Draw with a finger or the mouse, from right to left; or set the sliders below." }), place);
    } else {
      const choice = (text, k) => element("label", {}, element("input", { type: "radio", name: "bet", value: k, onchange: () => { place.disabled = false; } }), ` ${text}`);
      this.asked = this.add(element("fieldset", { class: "bets" }, element("legend", {}, element("strong", { text: this.told.asks })), this.told.bets.map(choice)), place);
    }
    this.placing = place;
  }

  betIs() {
    this.bet = this.kind.draws ? [...this.curve.values] : Number(this.asked.querySelector("input:checked").value);
    this.asked.inert = true;
    this.placing.remove();
    if (this.kind.chooses) this.choose();
    else this.play();
  }

  /** Whose relationship ends: somebody on the stage, or from a list. */
  choose() {
    byId("lesson-stage").inert = false;
    document.body.classList.add("lesson-choosing");
    const { t_p, t_start, t_end } = this.whole;
    const held = new Set([...t_p].filter((_, k) => t_start[k] <= this.facts.lost && !(t_end[k] >= 0 && t_end[k] <= this.facts.lost)));
    const list = element("select", { "aria-label": "Somebody who has a mentor" }, [...held].sort((a, b) => a - b).map((row) => element("option", { value: row, text: `Person ${row}` })));
    const step = this.add(element("p", { text: "Now choose whose relationship ends: click somebody who has a mentor, or take somebody from the list." }), list,
      element("button", { type: "button", text: "End their relationship", onclick: () => this.choosing(Number(list.value)) }));
    this.choosing = (row) => {
      if (!held.has(row)) return;
      this.choosing = null;
      document.body.classList.remove("lesson-choosing");
      this.loser = row;
      step.replaceChildren(element("p", { text: `Person ${row} loses a mentor in month 2. Nobody else is touched.` }));
      this.show();
      this.play();
    };
  }

  play() {
    byId("lesson-stage").inert = false;
    this.following = element("div");
    const skip = element("button", { type: "button", class: "quiet", text: "To the end", onclick: () => this.player.seek(this.player.months - 1) });
    const start = element("button", { type: "button", text: "Play", onclick: () => this.player.play() });
    this.ended = () => { this.ended = null; start.remove(); skip.remove(); this.answer(); };
    this.add(element("p", { text: this.told.watch }), start, skip, this.following);
    start.focus();
  }

  /** Run the live experiment with the mechanism on or off, once; nothing when the lesson was left meanwhile. */
  async run(on) {
    const key = on ? "on" : "off";
    if (!this.found[key]) {
      this.progress = this.add(element("p", { role: "status", text: "The programs run …" })).firstChild;
      const found = await this.kind.live(this, on);
      this.progress.parentElement.remove();
      this.progress = null;
      if (!this.left) this.found[key] = found;
    }
    return this.found[key];
  }

  async answer() {
    const found = await this.run(true);
    if (this.left) return;
    this.picture = element("div", {}, this.kind.draw(this, { ...this.found, shown: "on" }));
    const said = this.kind.draws
      ? [`Your curve misses what happened by ${Math.round(100 * this.kind.missed(this, found))} points on average.`]
      : [`You bet: ${this.told.bets[this.bet]}`, `Here it came out: ${this.told.bets[found.which]}`];
    this.add(element("h3", { text: "Your bet, and what happened" }), said.map((text) => element("p", { text })), this.picture);
    this.offerSwitch();
  }

  offerSwitch() {
    const box = element("input", { type: "checkbox", role: "switch", id: "mechanism", checked: true, onchange: () => this.turn(box) });
    this.add(element("h3", { text: "Take the cause away" }), element("label", { for: "mechanism", class: "mechanism" }, box, ` On: ${this.told.mechanism}`));
  }

  async turn(box) {
    box.disabled = true;
    this.on = box.checked;
    this.ended = null;
    this.show();
    await this.run(this.on);
    if (this.left) return;
    this.picture.replaceChildren(...this.kind.draw(this, { ...this.found, shown: this.on ? "on" : "off" }));
    if (!this.last) {
      this.add(element("p", { text: this.told.without }), this.picture);
      this.last = this.number();
    }
    box.disabled = false;
    this.player.play();
  }

  /** The number with its name: live and in full, with the mechanism and without it. */
  number() {
    const { told, found: { on, off } } = this;
    const line = (...cells) => element("tr", {}, cells.map((text, k) => element(k ? "td" : "th", k ? { text } : { text, scope: "row" })));
    const programs = told.programs === 1 ? "here, one program" : `here, ${told.programs} programs`;
    const head = element("tr", {}, ["", "with it", "without it"].map((text) => element("th", { text, scope: "col" })));
    const full = told.full ? [element("p", { class: "small", text: `The full experiment. ${told.full.label}, ${told.full.seeds} programs each:` }), element("table", {}, element("tbody", {}, line("with it", told.full.said), line("without it", told.full.off)))] : [];
    const command = `mentorship phenomenon ${told.name}`;
    return this.add(element("h3", { text: "The number" }), element("p", { text: `${told.measures[0].toUpperCase()}${told.measures.slice(1)}.` }),
      element("table", {}, element("thead", {}, head), element("tbody", {}, line(programs, on.said, off.said))), element("p", { class: "small", text: told.smaller }), ...full,
      element("p", { class: "small" }, "Run it yourself: ", element("code", { text: command })),
      element("h3", { text: "To take home" }), element("p", { class: "home", text: told.home }),
      element("button", { type: "button", text: "Next lesson", onclick: () => this.next() }));
  }

  next() {
    const names = listLessons(this.page);
    startLesson(this.page, names[(names.indexOf(this.told.name) + 1) % names.length]);
  }
}

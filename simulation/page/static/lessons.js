/** The lessons: first a bet, then the play, then the switch that makes it vanish, then the number with its name. */

import { byId, element } from "./element.js";
import { holdersIn } from "./experiments.js";
import { LESSON_KINDS } from "./lesson_kinds.js";
import { betsOf, choiceOf, numberOf, wayToDraw } from "./lesson_parts.js";
import { lessonSeats, unpackedWorlds } from "./lesson_worlds.js";
import { Player } from "./play.js";

const FAST = 12; // months a second, for lessons longer than five years
const LONG = 60; // months
const aMoment = () => new Promise((go) => setTimeout(go, 0));
const aPicture = () => new Promise((go) => setTimeout(go, 40));

/** The names of the lessons that this file holds. */
export const listLessons = (page) => page.data.lessons.map(({ name }) => name);

/** Show what lessons there are. */
export function showLessons(page) {
  const begin = ({ name, title }) => element("button", { type: "button", text: title, onclick: () => startLesson(page, name) });
  byId("lessons").replaceChildren(
    element("p", { text: "Six lessons of some minutes each. First you place a bet; then the model plays." }),
    element("ol", { class: "lesson-list" }, page.data.lessons.map((told) => element("li", {}, begin(told)))));
}

/** Begin a lesson. */
export async function startLesson(page, name) {
  page.road?.leave();
  page.lucks.stop();
  page.player.pause();
  page.side("lessons");
  const road = new Road(page, page.data.lessons.find((told) => told.name === name));
  page.road = road;
  page.set({ lesson: name });
  const wait = element("p", { role: "status", text: "The world of this lesson is being laid out …" });
  byId("lessons").replaceChildren(wait);
  try {
    await aPicture();
    page.lessonWorlds ??= await unpackedWorlds(page);
    await road.begin();
  } catch (error) {
    if (!road.left) {
      road.leave();
      showLessons(page);
      byId("lessons").prepend(element("p", { role: "alert", text: `The lesson could not start: ${error.message ?? error}` }));
    }
    throw error;
  }
}

/** The way through one lesson. What it answers is made when it is answered, and not before. */
class Road {
  constructor(page, told) {
    Object.assign(this, { page, told, facts: told.facts, kind: LESSON_KINDS[told.name], seed: page.state.seed });
    Object.assign(this, { on: true, bet: null, loser: null, found: { on: null, off: null }, models: new Map() });
  }

  async begin() {
    await this.load();
    if (this.left) return;
    document.body.classList.add("in-lesson");
    this.headed(this.page.lessonWorlds[this.told.arms.on[0][0]].description.world.title);
    this.show();
    byId("lesson-stage").inert = true;
    const back = element("button", { type: "button", class: "quiet", text: "← All lessons", onclick: () => this.leave() });
    const head = element("h2", { text: this.told.title, tabindex: "-1" });
    this.box = element("div", { class: "road" });
    byId("lessons").replaceChildren(back, head, this.box);
    this.add(element("p", { text: this.told.sees }));
    this.ask();
    head.focus();
  }

  /** Give the page back to its own two worlds. */
  leave() {
    if (this.left) return;
    this.left = true;
    document.body.classList.remove("in-lesson", "lesson-choosing");
    this.headed(this.page.description.world.title);
    this.player?.destroy();
    byId("lesson-stage").replaceChildren();
    this.page.road = null;
    this.page.set({ lesson: null });
    this.page.player.resize();
    this.page.lucks.restart(...this.page.policies, this.page.state.seed);
    showLessons(this.page);
  }

  /** The head of the page names the world that is on the stage. */
  headed(title) {
    document.querySelector("h1").textContent = title;
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
      await aMoment();
    }
  }

  /** Put a run on the stage, at its first month. */
  show() {
    const { recordings, titles, start = 0, ring, selected } = this.kind.stage(this, this.on);
    const [place] = this.told.arms[this.on ? "on" : "off"][0];
    if (this.place !== place) this.furnish(place);
    this.player.set(recordings, titles);
    if (ring !== undefined) this.player.mark(ring);
    if (selected !== undefined) this.player.selected = { kind: "mentee", row: selected };
    if (this.told.months > LONG) this.player.speed = FAST;
    this.player.seek(start);
  }

  furnish(place) {
    const { seats, description } = this.page.lessonWorlds[place];
    const { reduced } = this.page.player;
    this.player?.destroy();
    this.player = new Player(byId("lesson-stage"), lessonSeats(seats), description.words, { reduced, transport: true });
    this.player.onmonth = (month) => this.heard(month);
    this.player.onpick = (picked) => { if (picked?.kind === "mentee") this.choosing?.(picked.row); };
    this.place = place;
  }

  heard(month) {
    const drawing = this.following?.isConnected ? this.kind.follow?.(this, month) : null;
    if (drawing) this.following.replaceChildren(drawing);
    if (month >= this.player.months - 1) this.ended?.();
  }

  /** Ask for the bet; what is bet is final. */
  ask() {
    const place = element("button", { type: "button", text: "Place the bet", disabled: true, onclick: () => this.betIs() });
    if (this.kind.draws) {
      this.curve = wayToDraw(this.kind.places(this), this.ways.on.up);
      this.curve.box.addEventListener("drawn", () => { place.disabled = !this.curve.whole(); });
      const how = "Draw with a finger or the mouse, from right to left; or set the sliders below the picture.";
      const question = element("p", {}, element("strong", { text: this.told.asks }));
      this.asked = this.add(question, this.curve.box, element("p", { class: "small", text: how }), place);
    } else this.asked = this.add(betsOf(this.told, () => { place.disabled = false; }), place);
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
    const held = holdersIn(this.whole, this.facts.lost);
    const { list, parts } = choiceOf([...held].sort((a, b) => a - b), (row) => this.choosing?.(row));
    const step = this.add(...parts);
    list.focus();
    this.choosing = (row) => {
      if (!held.has(row)) return;
      this.choosing = null;
      document.body.classList.remove("lesson-choosing");
      this.loser = row;
      const month = this.facts.lost + 1;
      step.replaceChildren(element("p", { text: `Person ${row} loses a mentor in month ${month}. Nothing else is changed.` }));
      this.show();
      this.play();
    };
  }

  play() {
    byId("lesson-stage").inert = false;
    this.following = element("div");
    const toEnd = () => this.player.seek(this.player.months - 1);
    const skip = element("button", { type: "button", class: "quiet", text: "To the end", onclick: toEnd });
    const start = element("button", { type: "button", text: "Play", onclick: () => this.watchIt() });
    this.ended = () => {
      this.ended = null;
      start.remove();
      skip.remove();
      byId("side").classList.add("open");
      this.answer();
    };
    this.add(element("p", { text: this.told.watch }), start, skip, this.following);
    start.focus();
  }

  /** Play; on a phone the sheet makes room for the stage until it is over. */
  watchIt() {
    byId("side").classList.remove("open");
    this.player.play();
  }

  /** Run the live experiment with the mechanism on or off, once; nothing when the lesson was left meanwhile. */
  async run(on) {
    const key = on ? "on" : "off";
    if (!this.found[key]) {
      this.progress = this.add(element("p", { role: "status", text: "The programs run …" })).firstChild;
      await aPicture();
      if (this.left) return null;
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
    const said = this.kind.cameOut?.(this, found)
      ?? [`You bet: ${this.told.bets[this.bet]}`, `Here it came out: ${this.told.bets[found.which]}`];
    const head = element("h3", { text: "Your bet, and what happened", tabindex: "-1" });
    this.add(head, said.map((text) => element("p", { text })), this.picture);
    this.offerSwitch();
    head.focus();
  }

  offerSwitch() {
    const turned = () => this.turn(box);
    const box = element("input", { type: "checkbox", role: "switch", id: "mechanism", checked: true, onchange: turned });
    const said = element("span", { text: `On: ${this.told.mechanism}` });
    const label = element("label", { for: "mechanism", class: "mechanism" }, box, said);
    this.add(element("h3", { text: "Take the cause away" }), label);
  }

  /** Run it without the cause, or with it again; a turn that comes while another is run is not taken. */
  async turn(box) {
    if (this.turning) {
      box.checked = this.on;
      return;
    }
    this.turning = true;
    this.on = box.checked;
    this.player.pause();
    await aPicture();
    if (this.left) return;
    this.show();
    await this.run(this.on);
    if (this.left) return;
    this.picture.replaceChildren(...this.kind.draw(this, { ...this.found, shown: this.on ? "on" : "off" }));
    if (!this.last) {
      const note = this.note ? element("p", { text: this.note }) : null;
      this.add(...[element("p", { text: this.told.without }), note, this.picture].filter(Boolean));
      const { on, off } = this.found;
      const more = element("button", { type: "button", text: "Next lesson", onclick: () => this.next() });
      this.last = this.add(...numberOf(this.told, on, off), more);
    }
    this.turning = false;
    this.player.play();
  }

  next() {
    const names = listLessons(this.page);
    startLesson(this.page, names[(names.indexOf(this.told.name) + 1) % names.length]);
  }
}

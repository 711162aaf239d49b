// The player: the clock of one or two stages in step, by pointer, finger or keyboard, seen or heard.
import { GONE, HERE, LEFT, fatesOf, monthAt, scenesOf } from "./scenes.js";
import { legendOf } from "./marks.js";
import { Stage } from "./stage.js";
import { nameOf, personBeside, personNamed, sameIn } from "./finding.js";
import { finderOf, transportOf } from "./transport.js";

const NARROW = 600; // CSS pixels: below them one world is shown at a time, with a wipe
const CALM = 900; // milliseconds a month when motion is reduced
const HELP =
  "Space plays and pauses, the arrow keys step, Home and End go to the ends. " +
  "Shift and an arrow key walk from person to person; Escape lets go.";
const WALK = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** One or two recordings that play in step. Times are in months: a whole time shows that month complete. */
export class Player {
  #selected = null; // {kind, row} in the first world
  #speed = 4;
  #frame = 0;
  #timer = 0;

  constructor(element, seats, words, { reduced, transport = false } = {}) {
    const prefers = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches || false;
    Object.assign(this, { element, seats, words, reduced: reduced ?? prefers, time: 0, playing: false, spent: 0, told: -1 });
    Object.assign(this, { months: 1, scenes: [], stages: [], canvases: [], titles: [], drawn: [], fates: null });
    this.onmonth = this.onplay = this.onpick = () => {};
    this.build(transport);
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(element);
  }

  build(transport) {
    const make = (name, kind) => Object.assign(document.createElement(name), { className: kind });
    this.element.replaceChildren();
    this.element.classList.add("player");
    this.heads = make("div", "player-titles");
    this.worlds = make("div", "player-worlds");
    this.worlds.tabIndex = 0;
    this.worlds.setAttribute("role", "group");
    this.worlds.setAttribute("aria-label", `The stage. ${HELP}`);
    this.worlds.setAttribute("aria-keyshortcuts", "Space ArrowLeft ArrowRight Home End Escape");
    this.worlds.addEventListener("keydown", (event) => this.key(event));
    this.wipe = Object.assign(make("input", "player-wipe"), { type: "range", min: 0, max: 100, value: 50 });
    this.wipe.addEventListener("input", () => this.cut());
    this.said = make("p", "player-said");
    this.said.setAttribute("role", "status");
    this.legend = make("details", "player-legend");
    this.transport = transport ? transportOf(this) : null;
    const controls = make("div", "player-controls");
    controls.append(...(this.transport ? [this.transport.bar] : []), finderOf(this));
    this.element.append(this.heads, this.worlds, this.wipe, controls, this.said, this.legend);
  }

  /** Show one recording, or two of the same people; the moment and the person picked stay. */
  set(recordings, titles) {
    const before = this.scenes[0];
    Object.assign(this, { titles, told: -1, scenes: recordings.map((one) => scenesOf(one, this.words.outgrown)) });
    if (before) this.#selected = sameIn(this.#selected, before, this.scenes[0]);
    this.months = Math.min(...this.scenes.map((one) => one.months));
    this.fates = recordings.length > 1 ? fatesOf(...recordings) : null;
    if (this.stages.length !== recordings.length) this.furnish(recordings.length);
    this.stages.forEach((stage, w) => stage.show(this.scenes[w], this.ringOf()));
    this.heads.replaceChildren(...titles.map((textContent) => Object.assign(document.createElement("h3"), { textContent })));
    this.wipe.setAttribute("aria-label", `How much of the stage shows ${titles[0]}, the rest ${titles[1]}`);
    this.time = Math.min(this.time, this.months - 1);
    this.resize();
  }

  /** Ring other people than those whose fate differs: the month of each from which on, -1 for nobody; null rings nobody. */
  mark(months) {
    this.fates = months ? { month: months, until: new Int16Array(months.length).fill(-1), saved: 0, lost: 0 } : null;
    this.stages.forEach((stage, w) => stage.show(this.scenes[w], this.ringOf()));
    this.paint();
  }

  ringOf() {
    return this.fates ? { ring: this.fates.month, until: this.fates.until } : {};
  }

  furnish(count) {
    this.canvases = Array.from({ length: count }, (_, w) => {
      const canvas = document.createElement("canvas");
      canvas.setAttribute("role", "img");
      canvas.addEventListener("click", (event) => this.click(event, w));
      return canvas;
    });
    this.worlds.replaceChildren(...this.canvases);
    this.stages = this.canvases.map((canvas) => new Stage(canvas, this.seats, this.words));
    this.element.classList.toggle("player-twins", count > 1);
    const summary = Object.assign(document.createElement("summary"), { textContent: "What the marks mean" });
    this.legend.replaceChildren(summary, legendOf(this.words, count > 1));
  }

  /** Fit the canvases to the room there is, and draw. */
  resize() {
    const narrow = this.stages.length > 1 && this.element.clientWidth < NARROW;
    this.element.classList.toggle("player-narrow", narrow);
    this.stages.forEach((stage, w) => {
      const { clientWidth, clientHeight } = this.canvases[w];
      if (clientWidth && clientHeight) stage.resize(clientWidth, clientHeight);
    });
    this.cut();
    this.paint();
  }

  cut() {
    const narrow = this.element.classList.contains("player-narrow"), share = Number(this.wipe.value);
    const cuts = [`inset(0 ${100 - share}% 0 0)`, `inset(0 0 0 ${share}%)`];
    this.canvases.forEach((canvas, w) => (canvas.style.clipPath = narrow ? cuts[w] : ""));
    this.worlds.style.setProperty("--share", `${share}%`);
    this.wipe.setAttribute("aria-valuetext", `${share} % ${this.titles[0] ?? ""}`);
  }

  get month() {
    return monthAt(this.time, this.months);
  }

  get speed() {
    return this.#speed;
  }

  set speed(months) {
    this.#speed = Math.max(0.25, Math.min(24, Number(months) || 4));
    this.transport?.tell();
  }

  get selected() {
    return this.#selected;
  }

  /** Pick a person of the first world, or nobody. */
  set selected(person) {
    this.#selected = person ? { kind: person.kind, row: person.row } : null;
    this.paint();
  }

  play() {
    if (this.playing || !this.stages.length) return;
    if (this.time >= this.months - 1) this.time = 0;
    this.playing = true;
    this.say("");
    this.tell();
    if (this.reduced) this.#timer = setInterval(() => this.advance(1), CALM);
    else {
      let last = performance.now();
      const tick = (now) => {
        const passed = Math.max(0, Math.min(0.1, (now - last) / 1000));
        last = now;
        this.#frame = requestAnimationFrame(tick);
        this.advance(passed * this.speed);
      };
      this.#frame = requestAnimationFrame(tick);
    }
  }

  advance(months) {
    this.time = Math.min(this.months - 1, this.time + months);
    this.paint();
    if (this.time >= this.months - 1) this.pause();
  }

  /** Stop at the end of the month that is being lived. */
  pause() {
    if (!this.playing) return;
    this.halt();
    this.time = this.month;
    this.paint();
    this.tell();
    this.tellMoment();
  }

  halt() {
    cancelAnimationFrame(this.#frame);
    clearInterval(this.#timer);
    this.playing = false;
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  /** Go some months on or back, and stay there. */
  step(months) {
    this.pause();
    this.seek(this.month + months);
  }

  seek(month) {
    this.time = Math.max(0, Math.min(this.months - 1, Number(month) || 0));
    this.paint();
    if (!this.playing) this.tellMoment();
  }

  paint() {
    if (!this.stages.length || !this.stages.every((stage) => stage.width)) return;
    const began = performance.now();
    this.drawn = this.stages.map((stage, w) => {
      const selected = sameIn(this.#selected, this.scenes[0], this.scenes[w]);
      return stage.draw(this.time, { selected });
    });
    if (this.playing) this.foresee();
    this.spent = performance.now() - began;
    if (this.month === this.told) return;
    this.told = this.month;
    this.canvases.forEach((canvas, w) => canvas.setAttribute("aria-label", this.summaryOf(w)));
    this.transport?.tell();
    this.onmonth(this.month);
  }

  /** Paint the month to come before it is needed, one stage after the other. */
  foresee() {
    const part = 1 - (this.month - this.time), next = this.month + 1;
    this.stages.forEach((stage, w) => {
      if (next < this.months && part > 0.45 + 0.25 * w) stage.layersOf(next);
    });
  }

  tell() {
    this.transport?.tell();
    this.onplay(this.playing);
  }

  say(text) {
    this.said.textContent = text;
  }

  /** Say what is seen now: the person picked, or the month. */
  tellMoment() {
    if (!this.scenes.length) return;
    this.say(this.selected ? this.about(this.selected) : this.scenes.map((_, w) => this.summaryOf(w)).join(" "));
  }

  summaryOf(w) {
    return this.scenes[w].summary(this.month, this.titles[w]);
  }

  click(event, w) {
    const box = this.canvases[w].getBoundingClientRect();
    const found = this.stages[w].pick(event.clientX - box.left, event.clientY - box.top, this.time);
    this.choose(sameIn(found, this.scenes[w], this.scenes[0]));
  }

  /** Pick a person, and tell everybody. */
  choose(person) {
    this.selected = person;
    this.tellMoment();
    this.onpick(this.selected);
  }

  about(person) {
    const [first] = this.scenes, own = this.scenes.map((scenes) => sameIn(person, first, scenes));
    const sentences = own.map((one, w) => `${this.titles[w]}: ${this.stands(one, w)}.`);
    return `${nameOf(person, first.recording)}, month ${this.month + 1}. ${sentences.join(" ")}`;
  }

  stands(person, w) {
    const scenes = this.scenes[w], recording = scenes.recording;
    const flags = person ? scenes[`${person.kind}At`](this.month, person.row) : 0;
    const left = flags & GONE && recording.p_how[person.row] === LEFT;
    if (!(flags & HERE)) return left ? "has left" : "is not here";
    const name = (tie) => nameOf(this.stages[w].otherEnd(tie, person.kind), recording);
    const ties = scenes.tiesOf(person, this.month).map(name);
    return ties.length ? `ties with ${ties.join(", ")}` : "no tie";
  }

  /** Pick the person whom a text names; says so when nobody of that name is there. */
  find(text) {
    const found = personNamed(this.stages[0], text, this.month);
    if (found) this.choose(found);
    else {
      const here = `is here in month ${this.month + 1}`;
      this.say(`Nobody called “${text.slice(0, 40)}” ${here}. Try a number, or “Mentor” and a number.`);
    }
  }

  key(event) {
    const walk = WALK[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== this.worlds) return;
    if (event.shiftKey && walk) {
      const next = personBeside(this.stages[0], this.#selected, ...walk, this.month);
      if (next) this.choose(next);
    } else if (event.key === " ") this.toggle();
    else if (event.key === "ArrowLeft") this.step(-1);
    else if (event.key === "ArrowRight") this.step(1);
    else if (event.key === "Home") this.step(-this.months);
    else if (event.key === "End") this.step(this.months);
    else if (event.key === "Escape") this.choose(null);
    else return;
    event.preventDefault();
  }

  /** Stop the clock and let the page go. */
  destroy() {
    this.halt();
    this.sizes.disconnect();
    this.element.replaceChildren();
  }
}

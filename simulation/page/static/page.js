/** The page: two programs with the same people and the same luck; any lever, any seed, any month. */

import { Controls } from "./controls.js";
import { byId, element } from "./element.js";
import { listLessons, showLessons, startLesson } from "./lessons.js";
import { linkOf, readLink } from "./link.js";
import { estimateOf } from "./lucks.js";
import { idleLevers, sameValue } from "./levers.js";
import { MonthTable, seriesOf } from "./months.js";
import { Panels } from "./panels.js";
import { Player } from "./play.js";
import { digestOf, recordingOf } from "./recording.js";
import { commandOf, saveMonths, savePicture, saveState } from "./saved.js";
import { showStory } from "./story.js";
import { Tabs } from "./tabs.js";

const STILL = 400; // milliseconds without a change before digests are taken
const MOST_SEED = 1_000_000;

export class Page {
  constructor(data, models, seats, lucks) {
    Object.assign(this, {
      data,
      models,
      lucks,
      description: data.description,
      months: data.description.months - data.description.firstMonth,
    });
    this.heard = new Map();
    this.controlled = "b";
    this.ran = [null, null];
    this.recordings = [];
    this.outcomes = [];
    this.series = [];
    const [one, other] = this.description.policies;
    this.shipped = { a: one.values, b: other.values };
    this.usual = {
      a: { ...one.values },
      b: { ...other.values },
      seed: BigInt(data.seed),
      month: 0,
      person: null,
      lesson: null,
    };
    const { state, problems } = readLink(location.hash, data, this.usual);
    this.state = state;
    this.say(...problems);
    const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.player = new Player(byId("stages"), seats, this.description.words, { reduced, transport: true });
    this.player.onmonth = (month) => {
      if (!this.settling) this.set({ month }, false);
    };
    this.player.onplay = () => {
      byId("big-play").hidden = true;
    };
    this.player.onpick = (picked) => this.set({ person: picked?.kind === "mentee" ? picked.row : null });
    this.controls = new Controls(byId("tips"), data, (changes) => this.setLevers(this.controlled, changes));
    this.panels = new Panels(this, { pair: byId("pair"), lucks: byId("lucks"), groups: byId("groups") });
    this.table = new MonthTable(this, byId("month-details"));
    this.tabs = new Tabs(byId("side"));
    this.tabs.onshow = (name) => { if (name !== "lessons") this.road?.leave(); };
    lucks.onchange = () => this.tell("lucks");
    lucks.onfail = (problem) => {
      lucks.problem = problem;
      this.tell("lucks");
    };
  }

  /** Call a function after each event of a kind: run, month or lucks. */
  on(event, call) {
    if (!this.heard.has(event)) this.heard.set(event, []);
    this.heard.get(event).push(call);
  }

  tell(event) {
    for (const call of this.heard.get(event) ?? []) call(this);
  }

  /** Sentences above the stages; none clears them. */
  say(...sentences) {
    byId("notice").replaceChildren(...sentences.map((text) => element("p", { text })));
    byId("notice").hidden = sentences.length === 0;
  }

  /** Bring a tab of the left column forward: levers, story or lessons. */
  side(name) {
    this.tabs.show(name);
  }

  setLevers(world, changes) {
    this.set({ [world]: { ...this.state[world], ...changes } });
  }

  /** Change the state; what has to be run is run at once. The player is moved unless the month comes from it. */
  set(changes, moves = true) {
    const before = this.state;
    this.state = { ...before, ...changes };
    const { a, b, seed, month, person } = this.state;
    if (seed !== before.seed || !sameValue(a, before.a) || !sameValue(b, before.b)) this.run();
    if (month !== before.month) {
      byId("big-play").hidden = true;
      if (moves) this.player.seek(month);
      this.tell("month");
    }
    if (person !== before.person) this.pick();
    this.keepLink();
  }

  /** Run what has changed of the two worlds, and show it. */
  run() {
    const { seed } = this.state;
    this.policies = ["a", "b"].map((world, place) => ({
      ...this.description.policies[place],
      values: this.state[world],
    }));
    this.policies.forEach((policy, world) => {
      const key = `${seed} ${JSON.stringify(policy.values)}`;
      if (this.ran[world] === key) return;
      const model = this.models[world];
      model.run(policy, seed, true);
      this.outcomes[world] = model.outcomes();
      this.recordings[world] = recordingOf(model, this.data.recorded);
      this.series[world] = seriesOf(model, this.description);
      this.ran[world] = key;
    });
    this.titles = this.policies.map((policy, place) =>
      sameValue(policy.values, this.shipped["ab"[place]]) ? policy.title : `${policy.title}, changed`,
    );
    this.settling = true; // a new recording begins in the player's month, which is not yet the page's
    this.player.set([...this.recordings], [...this.titles]);
    if (this.player.month !== this.state.month) this.player.seek(this.state.month);
    this.settling = false;
    this.showControls();
    this.tell("run");
    this.lucks.restart(...this.policies, seed);
    this.tell("lucks");
    this.digests = null;
    this.showCommands();
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.takeDigests(), STILL);
    if (this.state.person !== null) showStory(this, this.state.person);
  }

  showControls() {
    const values = this.state[this.controlled];
    const place = this.controlled === "a" ? 0 : 1;
    this.controls.show(values, this.idle(this.policies[place]), this.shipped[this.controlled]);
    for (const world of ["a", "b"]) byId(`edit-${world}`).checked = this.controlled === world;
    byId("seed").value = String(this.state.seed);
  }

  /** The levers of a policy that are set and cannot act, and why. */
  idle(policy) {
    return idleLevers(this.description, policy);
  }

  pick() {
    const { person } = this.state;
    if (person !== null) this.player.selected = { kind: "mentee", row: person };
    else if (this.player.selected?.kind !== "mentor") this.player.selected = null;
    byId("story-hint").hidden = person !== null;
    if (person === null) byId("story").replaceChildren();
    else {
      showStory(this, person);
      this.side("story");
    }
  }

  keepLink() {
    clearTimeout(this.linking);
    this.linking = setTimeout(() => {
      try {
        history.replaceState(null, "", `#${linkOf(this.state, this.data)}`);
      } catch {
        /* a browser that counts such calls: the link is kept by the next one */
      }
    }, 250);
  }

  async takeDigests() {
    const recordings = [...this.recordings];
    const digests = await Promise.all(recordings.map((recording) => digestOf(recording, this.data.recorded)));
    if (recordings.every((one, world) => one === this.recordings[world])) {
      this.digests = digests;
      this.showCommands();
    }
  }

  showCommands() {
    byId("runs").replaceChildren(
      ...[0, 1].map((world) =>
        element(
          "div",
          { class: "run" },
          element(
            "p",
            {},
            element("b", { text: `${["Left", "Right"][world]}: ${this.titles[world]}. ` }),
            "Recording ",
            element("code", { class: "digest", text: this.digests?.[world] ?? "…" }),
          ),
          element("pre", {}, element("code", { text: commandOf(this, world) })),
          element("button", {
            type: "button",
            text: "Copy the command",
            onclick: () => this.copy(commandOf(this, world), "The command is copied."),
          }),
        ),
      ),
    );
  }

  /** The estimate of one outcome asked for, by its place, from the pairs so far. */
  estimate(place) {
    return estimateOf(this.lucks.of(place), this.data.t);
  }

  async copy(text, done) {
    try {
      await navigator.clipboard.writeText(text);
      this.say(done);
    } catch {
      this.say("This browser does not let the page copy; here it is to be copied by hand:", text);
    }
  }

  /** Listen to the buttons of the page's head. */
  listen() {
    const clicks = {
      "new-seed": () => this.set({ seed: BigInt(1 + Math.floor(Math.random() * MOST_SEED)) }),
      reset: () => {
        this.say();
        this.set({ ...this.usual, a: { ...this.usual.a }, b: { ...this.usual.b } });
      },
      "copy-link": () => {
        this.keepLink();
        this.copy(
          `${location.href.split("#")[0]}#${linkOf(this.state, this.data)}`,
          "The link is copied: it brings back all that is set here, in this same file.",
        );
      },
      "save-picture": () => savePicture(this),
      "save-months": () => saveMonths(this),
      "save-state": () => saveState(this),
      "big-play": () => this.player.play(),
    };
    for (const [id, call] of Object.entries(clicks)) byId(id).addEventListener("click", call);
    byId("seed").addEventListener("change", ({ target }) => {
      const { state, problems } = readLink(
        `#${linkOf({ ...this.usual }, this.data).replace(/seed=\d+/, `seed=${encodeURIComponent(target.value.trim())}`)}`,
        this.data,
        this.state,
      );
      this.say(...problems.map(() => "A seed is a whole number, such as 7."));
      if (problems.length === 0) this.set({ seed: state.seed });
      target.value = String(this.state.seed);
    });
    for (const world of ["a", "b"])
      byId(`edit-${world}`).addEventListener("change", () => {
        this.controlled = world;
        this.showControls();
      });
    addEventListener("hashchange", () => {
      const { state, problems } = readLink(location.hash, this.data, this.usual);
      this.say(...problems);
      this.set(state);
      this.teach();
    });
  }

  /** Run both worlds for the first time. */
  start() {
    this.run();
    this.listen();
    if (this.state.month) this.tell("month");
    if (this.state.person !== null) this.pick();
    byId("lessons-tab").hidden = listLessons(this).length === 0;
    showLessons(this);
    this.teach();
    document.body.classList.add("ready");
  }

  /** Begin the lesson of the link, unless it is on; leave one that the link does not name. */
  teach() {
    const { lesson } = this.state;
    if (lesson === null) this.road?.leave();
    else if (this.road?.told.name !== lesson) startLesson(this, lesson);
  }
}

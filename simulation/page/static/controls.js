/** The levers of a policy, tip by tip: a switch for each tip, a control for each lever, and why a lever is idle. */

import { element, shownNumber } from "./element.js";
import { sameValue } from "./levers.js";

const BOXES = ["names", "measures"]; // kinds of which any may be chosen; of names, none means all

export class Controls {
  /** `onchange(changes)` gets the values that a person sets, by the levers' names. */
  constructor(root, data, onchange) {
    const { description } = data;
    this.data = data;
    this.description = description;
    this.onchange = onchange;
    this.rows = new Map();
    this.tips = [];
    const sections = [...new Set(description.levers.map((lever) => lever.section))];
    root.replaceChildren(...sections.map((section, place) => this.tip(section, place)));
  }

  tip(section, place) {
    const levers = this.description.levers.filter((lever) => lever.section === section);
    const [one, other] = this.description.policies.map((policy) => policy.values);
    const apart = levers.filter((lever) => !sameValue(one[lever.name], other[lever.name]));
    const offer = section === "offer";
    const sets = (values) => Object.fromEntries(levers.map((lever) => [lever.name, values[lever.name]]));
    const title = this.data.tips[section];
    const toggle = element("input", {
      type: "checkbox",
      role: "switch",
      "aria-label": `${title}: on`,
      disabled: apart.length === 0,
      onchange: () => this.onchange(sets(toggle.checked ? other : one)),
    });
    const reset = element("button", {
      type: "button",
      class: "quiet",
      text: "reset",
      "aria-label": `${title}: reset`,
      onclick: () => this.onchange(sets(this.shipped)),
    });
    const state = element("span", { class: "state" });
    const name = element("span", {}, offer ? "" : element("b", { text: `${place + 1} ` }), title);
    const inside = element(
      "div",
      { class: "levers" },
      levers.filter(({ kind }) => kind !== "ids").map((lever) => this.lever(lever)),
      element("p", { class: "right" }, reset),
    );
    const fold = element("details", {}, element("summary", {}, name, state), inside);
    this.tips.push({ levers, toggle, state, apart, other });
    return element("div", { class: "tip" }, offer ? null : element("label", { class: "switch" }, toggle), fold);
  }

  lever(lever) {
    const id = `lever-${lever.name.replace(".", "-")}`;
    const shown = element("output", { for: id });
    const why = element("p", { class: "why", id: `${id}-why`, hidden: true });
    const made = makeControl(lever, id, this.data.choiceWords, (value) => this.onchange({ [lever.name]: value }));
    made.control.setAttribute("aria-describedby", why.id);
    this.rows.set(lever.name, { lever, shown, why, ...made });
    const label = element(made.many ? "legend" : "label", made.many ? {} : { for: id }, lever.title.replace(/\bfte\b/, "FTE"));
    return element(
      made.many ? "fieldset" : "div",
      { class: "lever", title: lever.text },
      label,
      shown,
      made.control,
      why,
    );
  }

  /** Show the values of one policy; `idle` says by lever why it cannot act; `shipped` is what a reset brings back. */
  show(values, idle, shipped) {
    this.shipped = shipped;
    for (const [name, row] of this.rows) {
      row.write(values[name]);
      row.shown.textContent = row.many ? "" : saidOf(row.lever, values[name]);
      const why = idle[name];
      row.why.hidden = !why;
      row.why.textContent = why ? `Idle: ${why}.` : "";
      row.control.classList.toggle("idle", Boolean(why));
    }
    for (const tip of this.tips) {
      const as = (policy) => tip.levers.every((lever) => sameValue(values[lever.name], policy[lever.name]));
      const off = as(this.description.policies[0].values);
      tip.toggle.checked = !off || tip.apart.length === 0;
      const own = !off && !as(tip.other);
      tip.state.textContent = own ? "changed" : "";
    }
  }
}

/** A value with its unit, as it stands beside its control. */
function saidOf(lever, value) {
  if (lever.kind === "number" || lever.kind === "whole") {
    if (lever.unit === "share") return `${shownNumber(100 * value, 0)} %`;
    const decimals = Number.isInteger(value) ? 0 : Number.isInteger(10 * value) ? 1 : 2;
    const one = lever.unit.replace(/^(mentors|hours|months|steps)\b/, (word) => word.slice(0, -1));
    return `${shownNumber(value, decimals)} ${value === 1 ? one : lever.unit}`;
  }
  return "";
}

/** The control of a lever, a way to write a value into it, and whether it is made of many boxes. */
function makeControl(lever, id, words, changed) {
  if (lever.kind === "yes") {
    const box = element("input", { type: "checkbox", id, onchange: () => changed(box.checked) });
    return {
      control: box,
      write: (value) => {
        box.checked = value;
      },
    };
  }
  if (lever.kind === "number" || lever.kind === "whole") {
    const slider = element("input", {
      type: "range",
      id,
      min: lever.low,
      max: lever.high,
      step: lever.step ?? (lever.kind === "whole" ? 1 : "any"),
      oninput: () => changed(Number(slider.value)),
    });
    const write = (value) => {
      slider.value = value;
      slider.setAttribute("aria-valuetext", saidOf(lever, value));
    };
    return { control: slider, write };
  }
  if (BOXES.includes(lever.kind)) return makeBoxes(lever, id, changed);
  const values = lever.choices.map(([value]) => value);
  if (lever.kind !== "choice") values.unshift("");
  const said = (value) => (lever.kind === "choice" && words[value]) || plainWords(value);
  const options = values.map((value) => element("option", { value, text: said(value) }));
  const list = element("select", { id, onchange: () => changed(list.value) }, options);
  return {
    control: list,
    write: (value) => {
      list.value = value;
    },
  };
}

/** A box for each name; no name at all means all of them where the lever says so. */
function makeBoxes(lever, id, changed) {
  const boxes = lever.choices.map(([value]) => [value, element("input", { type: "checkbox" })]);
  const all = lever.kind === "names";
  const read = () => boxes.filter(([, box]) => box.checked).map(([value]) => value);
  for (const [, box] of boxes) {
    box.addEventListener("change", () => {
      const named = read();
      changed(all && named.length === boxes.length ? [] : named);
    });
  }
  const group = element(
    "div",
    { id, class: "boxes" },
    boxes.map(([value, box]) => element("label", {}, box, ` ${plainWords(value)}`)),
  );
  const write = (value) =>
    boxes.forEach(([name, box]) => {
      box.checked = value.includes(name) || (all && value.length === 0);
    });
  return { control: group, write, many: true };
}

/** A name of a file in words. */
const plainWords = (name) =>
  name === "" ? "none" : name === "cipp" ? "CIPP" : name.replaceAll("_", " ").replace(":", ": ");

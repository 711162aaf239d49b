/** Elements made without markup, so that no word of a user is ever read as markup. */

const DRAWING = "http://www.w3.org/2000/svg";

/** An element with attributes and children; texts become text nodes, `on…` become listeners, missing values are left out. */
export function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for a drawing. */
export function drawnElement(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(DRAWING, tag), attributes, children);
}

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "text") made.textContent = value;
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** The element of the page with this id. */
export const byId = (id) => document.getElementById(id);

const NUMBERS = []; // ways to write a number, by its decimals: each takes a while to make

/** A number with so many decimals and a minus sign that is one. */
export function shownNumber(value, decimals = 1) {
  if (!Number.isFinite(value)) return "–";
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  NUMBERS[decimals] ??= new Intl.NumberFormat("en", digits);
  const text = NUMBERS[decimals].format(value);
  return (/[1-9]/.test(text) ? text : text.replace("-", "")).replace("-", "−");
}

/** A difference with its sign. */
export function shownChange(value, decimals = 1) {
  const text = shownNumber(value, decimals);
  return Number.isFinite(value) && /[1-9]/.test(text) && value > 0 ? `+${text}` : text;
}

/** A count with its noun: `1 person`, `3 people`. */
export const countedIn = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

// The transport: buttons, the slider of months, the speed, and the box that finds a person by name.

const SPEEDS = [1, 2, 4, 8]; // months a second

const SVG = "http://www.w3.org/2000/svg";
const SIGNS = {
  first: "M2 2h2v12H2zM14 2v12L5 8z",
  back: "M12 2v12L3 8z",
  play: "M3 1.5v13L14 8z",
  pause: "M3 2h3.5v12H3zM9.5 2H13v12H9.5z",
  on: "M4 2v12l7-6zM12 2h2v12h-2z",
};

const made = (name, attributes = {}, text = "") => {
  const one = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
  one.textContent = text;
  return one;
};

/** A sign of the transport, drawn so that no font has to know it. */
function signOf(name) {
  const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" })) {
    svg.setAttribute(key, value);
  }
  path.setAttribute("d", SIGNS[name]);
  path.setAttribute("fill", "currentColor");
  svg.append(path);
  return svg;
}

/** The elements by which a player is driven, and `tell`, which brings them up to date with the player. */
export function transportOf(player) {
  const bar = made("div", { class: "player-transport", role: "group", "aria-label": "Time" });
  const button = (sign, says, act) => {
    const one = made("button", { type: "button", "aria-label": says, title: says });
    one.append(signOf(sign));
    one.addEventListener("click", act);
    return one;
  };
  const first = button("first", "First month", () => player.seek(0));
  const back = button("back", "One month back", () => player.step(-1));
  const play = button("play", "Play", () => player.toggle());
  const on = button("on", "One month on", () => player.step(1));
  play.className = "player-play";
  const slider = made("input", { type: "range", min: 0, step: 1, "aria-label": "Month" });
  slider.addEventListener("input", () => {
    const wanted = Number(slider.value);  // which pausing writes anew
    player.pause();
    player.seek(wanted);
  });
  const month = made("output", { class: "player-month" });
  const speed = made("select", { "aria-label": "Speed" });
  for (const value of SPEEDS) {
    speed.append(made("option", { value }, `${value} ${value === 1 ? "month" : "months"} a second`));
  }
  speed.addEventListener("change", () => (player.speed = Number(speed.value)));
  bar.append(first, back, play, on, slider, month, speed);
  const tell = () => {
    play.replaceChildren(signOf(player.playing ? "pause" : "play"));
    for (const name of ["aria-label", "title"]) play.setAttribute(name, player.playing ? "Pause" : "Play");
    slider.max = player.months - 1;
    slider.value = player.month;
    slider.setAttribute("aria-valuetext", `month ${player.month + 1} of ${player.months}`);
    month.textContent = `month ${player.month + 1} of ${player.months}`;
    const known = [...speed.options].some((one) => Number(one.value) === player.speed);
    if (!known) speed.append(made("option", { value: player.speed }, `${player.speed} months a second`));
    speed.value = String(player.speed);
  };
  return { bar, tell };
}

/** A box in which a person is found by name: "213" or "Mentor 11". */
export function finderOf(player) {
  const form = made("form", { class: "player-find", role: "search" });
  const label = made("label", {}, "Find a person ");
  const box = made("input", { type: "search", placeholder: "213 or Mentor 11", autocomplete: "off", size: 15 });
  label.append(box);
  form.append(label, made("button", { type: "submit" }, "Find"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    player.find(box.value);
  });
  return form;
}

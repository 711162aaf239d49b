// The player in a notebook cell: the protocol of anywidget, recordings as bytes.
import { seatsFrom } from "./ground.js";
import { Player } from "./play.js";

const VIEW_ARRAYS = {
  i1: Int8Array, u1: Uint8Array, i2: Int16Array, u2: Uint16Array, i4: Int32Array, u4: Uint32Array,
  f4: Float32Array, f8: Float64Array,
}; // prettier-ignore

/** Numbers of a kind from a view of bytes, which may stand at any place of its buffer. */
function numbersIn(kind, view) {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  return new VIEW_ARRAYS[kind](bytes.slice().buffer);
}

/** A recording from columns of [kind, bytes]. */
function recordingIn({ columns }) {
  const found = {};
  for (const [name, [kind, view]] of Object.entries(columns)) found[name] = numbersIn(kind, view);
  return found;
}

/** Show a widget's model in an element of the notebook; returns what takes it away again. */
function renderPlayer({ model, el }) {
  const place = document.createElement("div");
  el.append(place);
  const player = new Player(place, seatsFrom(model.get("_seats")), model.get("_words"), { transport: true });
  const show = () => player.set(model.get("_worlds").map(recordingIn), model.get("_worlds").map((one) => one.title));
  const tell = (name, value) => {
    model.set(name, value);
    model.save_changes();
  };
  show();
  player.seek(model.get("month"));
  player.selected = model.get("selected");
  player.onmonth = (month) => {
    if (month !== model.get("month")) tell("month", month);
  };
  player.onpick = (person) => tell("selected", person);
  const month = () => {
    if (!player.playing && model.get("month") !== player.month) player.seek(model.get("month"));
  };
  const selected = () => (player.selected = model.get("selected"));
  const listeners = [["change:month", month], ["change:selected", selected], ["change:_worlds", show]];
  for (const [name, act] of listeners) model.on(name, act);
  return () => {
    for (const [name, act] of listeners) model.off(name, act);
    player.destroy();
  };
}

/** The first thing that runs: unpacks the file, loads the model twice, and shows the page; what fails is said. */

import { byId, element } from "./element.js";
import { seatsFrom } from "./ground.js";
import { Lucks } from "./lucks.js";
import { Model } from "./model.js";
import { bytesIn } from "./numbers.js";
import { Page } from "./page.js";

const WORKER_ENDS = "// --- the page alone from here on ---";

/** The bytes of an element that holds them compressed and in base64. */
async function unpacked(id) {
  const stream = new Blob([bytesIn(byId(id).textContent.trim())]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** What a browser lacks, in words; empty where it lacks nothing. */
function lacking() {
  const needed = { WebAssembly: "WebAssembly", DecompressionStream: "DecompressionStream", Worker: "workers" };
  return Object.entries(needed)
    .filter(([name]) => !(name in globalThis))
    .map(([, words]) => words)
    .join(" and ");
}

export async function boot() {
  const missing = lacking();
  if (missing) {
    const text = `This browser is too old for the page: it has no ${missing}. ` +
      "Chrome or Edge from 103, Firefox from 113 and Safari from 16.4 can open it.";
    byId("notice").replaceChildren(element("p", { text }));
    return;
  }
  try {
    const [module, block, text] = await Promise.all(["module", "block", "data"].map(unpacked));
    const data = JSON.parse(new TextDecoder().decode(text));
    const models = await Promise.all([0, 1].map(() => Model.load(module, data.description, block)));
    const source = byId("program").textContent.split(WORKER_ENDS)[0];
    const lucks = new Lucks(source, module, block, data.description, data.asked);
    globalThis.page = new Page(data, models, seatsFrom(data.seats), lucks);
    globalThis.page.spare = (count) =>
      Promise.all(Array.from({ length: count }, () => Model.load(module, data.description, block)));
    globalThis.page.load = (ofWorld, itsBlock) => Model.load(module, ofWorld, itsBlock);
    globalThis.page.unpack = unpacked;
    globalThis.page.start();
  } catch (error) {
    byId("notice").hidden = false;
    byId("notice").replaceChildren(
      element("p", { text: `The page could not start: ${error.message ?? error}` }),
      element("p", {
        text: "It needs a browser that may run WebAssembly; some offices forbid that (the policy wasm-unsafe-eval).",
      }),
    );
    throw error;
  }
}

boot();

/** A policy as the compiled month takes it: the bytes of its levers, those that cannot act as without a program. */

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** The levers that other levers, or the world, leave without effect (simulation/scenario/idle.py, in the same order). */
const resting = (facts, personal, v, endMonth) => {
  const some = (name) => (Array.isArray(v[name]) ? v[name].length > 0 : Boolean(v[name]));
  const byLot = v["offer.share"] < 1 || v["offer.steps"] > 1;
  const later = v["offer.everyone_from"] < endMonth;
  const few = byLot || some("offer.group") || some("offer.disciplines") || some("offer.mentees");
  const target = some("diversify.recruit_domain") || some("diversify.recruit_identity");
  const looks = v["evaluate.model"] !== "none";
  const whole = v["evaluate.model"] === "cipp";
  const moves = looks && v["evaluate.adapt"];
  const advised = v["prioritize.staff_fte"] > 0 || moves;
  const shown = v["empower.pairing"] !== "ad_hoc" || v["diversify.pool"] !== "own" || advised;
  const chosen = ["choice", "facilitated"].includes(v["empower.pairing"]) || advised;
  const named = v["match.attributes"];
  const attributes = Object.keys(facts.wishes);
  const looked = attributes.filter((name) => named.length === 0 || named.includes(name));
  const domains = new Set(v["diversify.domains"]);
  const acts = [
    ["match.identity", shown],
    ["match.attributes", shown && v["match.identity"] !== "off"],
    ["diversify.domains", shown],
    ["diversify.recruit_share", target],
    ["diversify.recruit_domain", some("diversify.recruit_share")],
    ["diversify.recruit_identity", some("diversify.recruit_share")],
    ["empower.first_meetings", chosen],
    ...["every_months", "sample", "adapt"].map((name) => [`evaluate.${name}`, looks]),
    ["evaluate.adapt", !whole || some("evaluate.measures")],
    ["evaluate.measures", whole],
    ...["measures", "budget"].map((name) => [`evaluate.${name}`, moves]),
    ["offer.steps", some("offer.share")],
    ["offer.step_months", v["offer.steps"] > 1],
    ["offer.whole_units", byLot && some("offer.share")],
    ["offer.everyone_from", few],
    ["offer.everyone_from", later],
    ["evaluate.delay_months", moves || (looks && v["evaluate.delay_months"] > v["evaluate.every_months"])],
    ["match.identity", attributes.length > 0],
    ["match.identity", v["match.identity"] !== "optional" || looked.some((name) => facts.wishes[name])],
    ["match.attributes", looked.length < attributes.length],
    ["diversify.domains", domains.size !== facts.domains.length || !facts.domains.every((name) => domains.has(name))],
    ["empower.first_meetings", !facts.meetsAll],
    ["evaluate.adapt", some("evaluate.budget") || facts.free],
  ];
  const idle = acts.filter(([, act]) => !act).map(([name]) => name);
  return v["offer.share"] === 0 && !later ? [...idle, ...personal] : idle;
};

/** The values of all levers, idle ones as without a program; a lever can be idle because another one is. */
export const atWork = (description, policy) => {
  const without = description.facts.without;
  const values = { ...without, ...policy.values };
  for (;;) {
    const found = resting(description.facts, description.personal, values, policy.endMonth);
    const more = found.filter((name) => !same(values[name], without[name]));
    if (more.length === 0) return values;
    for (const name of more) values[name] = without[name];
  }
};

/** The numbers of one lever, as many as the record has places. */
const numbersOf = (lever, value) => {
  const codes = new Map(lever.choices ?? []);
  const all = Array.from({ length: lever.length }, (_, k) => k);
  if (lever.kind === "names") {
    const named = value.length > 0 ? value : [...codes.keys()];
    const marked = new Set(named.map((name) => codes.get(name)));
    return all.map((k) => (marked.has(k) ? 1 : 0));
  }
  if (lever.kind === "measures") {
    const marked = new Set(value.map((name) => codes.get(name)));
    return all.map((k) => (marked.has(k) ? 1 : 0));
  }
  if (lever.kind === "ids") return all.map((k) => value[k] ?? -1);
  if (lever.kind === "group") return value ? codes.get(value) : [-1, -1];
  if (lever.kind === "name") return [value ? codes.get(value) : -1];
  if (lever.kind === "choice") return [codes.get(value)];
  return [Number(value) + 0];
};

/** The bytes of the levers of a policy {values, startMonth, endMonth}, idle levers at rest. */
export const leversOf = (description, policy) => {
  const values = atWork(description, policy);
  const bytes = new Uint8Array(description.tables.plan.size);
  const view = new DataView(bytes.buffer);
  const put = {
    f8: (at, x) => view.setFloat64(at, x, true),
    i8: (at, x) => view.setBigInt64(at, BigInt(x), true),
    i4: (at, x) => view.setInt32(at, x, true),
    i1: (at, x) => view.setInt8(at, x),
  };
  for (const lever of description.levers) {
    const width = Number(lever.type[1]);
    const numbers = numbersOf(lever, values[lever.name]);
    if (numbers.some((x) => !Number.isFinite(x))) {
      throw new Error(`${lever.name} cannot be ${JSON.stringify(values[lever.name])} in this world.`);
    }
    numbers.forEach((x, k) => put[lever.type](lever.at + k * width, x));
  }
  return bytes;
};

/** Whether levers do more than evaluate: only then does a policy bring means with it. */
export const bringsMeans = (description, bytes, without) =>
  description.levers.some(
    (lever) =>
      description.sections.includes(lever.section) &&
      lever.section !== "evaluate" &&
      Array.from({ length: lever.length * Number(lever.type[1]) }, (_, k) => lever.at + k).some(
        (at) => bytes[at] !== without[at],
      ),
  );

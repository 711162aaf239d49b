/** A policy as the compiled month takes it: the bytes of its levers, those that cannot act as without a program. */

/** Whether two values of a lever, or of all levers, are the same. */
export const sameValue = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const NO_DIRECTORY = "no program pairs people, opens the pool or has staff who advise";

/** The levers that other levers leave without effect, and why (simulation/scenario/idle.py, in the same order and words). */
const restingAnywhere = (personal, v, endMonth) => {
  const byLot = v["offer.share"] < 1 || v["offer.steps"] > 1;
  const later = v["offer.everyone_from"] < endMonth;
  const few = byLot || ["group", "disciplines", "mentees"].some((name) => isSet(v[`offer.${name}`]));
  const target = isSet(v["diversify.recruit_domain"]) || isSet(v["diversify.recruit_identity"]);
  const looks = v["evaluate.model"] !== "none";
  const whole = v["evaluate.model"] === "cipp";
  const moves = looks && v["evaluate.adapt"];
  const advised = v["prioritize.staff_fte"] > 0 || moves;
  const shown = v["empower.pairing"] !== "ad_hoc" || v["diversify.pool"] !== "own" || advised;
  const chosen = ["choice", "facilitated"].includes(v["empower.pairing"]) || advised;
  const recruits = isSet(v["diversify.recruit_share"]);
  const offered = isSet(v["offer.share"]);
  const acts = [
    ["match.identity", shown, NO_DIRECTORY],
    ["match.attributes", shown && v["match.identity"] !== "off", "identity matching is off"],
    ["diversify.domains", shown, NO_DIRECTORY],
    ["diversify.recruit_share", target, "there is no domain or group to recruit for"],
    ["diversify.recruit_domain", recruits, "no share of posts is recruited for"],
    ["diversify.recruit_identity", recruits, "no share of posts is recruited for"],
    ["empower.first_meetings", chosen, "mentees do not choose, and no staff advise them"],
    ...["every_months", "sample", "adapt"].map((name) => [`evaluate.${name}`, looks, "the program does not evaluate itself"]),
    ["evaluate.adapt", !whole || isSet(v["evaluate.measures"]), "the evaluation measures nothing"],
    ["evaluate.measures", whole, "only CIPP chooses what it measures"],
    ...["measures", "budget"].map((name) => [`evaluate.${name}`, moves, "the program does not adapt"]),
    ["offer.steps", offered, "the program is offered to nobody by lot"],
    ["offer.step_months", v["offer.steps"] > 1, "the program is offered in one step"],
    ["offer.whole_units", byLot && offered, "no lot is drawn"],
    ["offer.everyone_from", few, "the program is offered to every mentee anyway"],
    ["offer.everyone_from", later, "the policy has ended by then"],
    ["evaluate.delay_months", moves || (looks && v["evaluate.delay_months"] > v["evaluate.every_months"]),
      "the program does not adapt"],
  ];
  const nobody = v["offer.share"] === 0 && !later ? personal.map((name) => [name, "the program is offered to nobody"]) : [];
  return [...reasonsOf(acts), ...nobody];
};

/** The levers to which a world gives nothing to act on, and why. */
const restingHere = (facts, v) => {
  const named = v["match.attributes"];
  const attributes = Object.keys(facts.wishes);
  const looked = attributes.filter((name) => named.length === 0 || named.includes(name));
  const wishes = looked.some((name) => facts.wishes[name]);
  const domains = new Set(v["diversify.domains"]);
  const all = domains.size === facts.domains.length && facts.domains.every((name) => domains.has(name));
  return reasonsOf([
    ["match.identity", attributes.length > 0, "the world has no identity attributes"],
    ["match.identity", v["match.identity"] !== "optional" || wishes, "nobody in the world has a wish about identity"],
    ["match.attributes", looked.length < attributes.length, "these are all attributes of the world"],
    ["diversify.domains", !all, "these are all domains of the world"],
    ["empower.first_meetings", !facts.meetsAll, "mentees talk to all whom they see without a program"],
    ["evaluate.adapt", isSet(v["evaluate.budget"]) || facts.free, "it has no budget, and nothing is free"],
  ]);
};

/** Whether a value is given: not "", not 0, not false, not an empty list. */
const isSet = (value) => (Array.isArray(value) ? value.length > 0 : Boolean(value));

/** Names and reasons of those that do not act; of two reasons for one lever the first comes last, where it counts. */
const reasonsOf = (acts) => acts.filter(([, act]) => !act).map(([name, , why]) => [name, why]).reverse();

/** The values of all levers, idle ones as without a program, and why these are idle; one can be idle because another one is. */
const putAtRest = (description, policy) => {
  const { facts, personal } = description;
  const values = { ...facts.without, ...policy.values };
  const idle = {};
  for (;;) {
    const found = new Map([...restingAnywhere(personal, values, policy.endMonth), ...restingHere(facts, values)]);
    const more = [...found].filter(([name]) => !sameValue(values[name], facts.without[name]));
    if (more.length === 0) return { values, idle };
    for (const [name, why] of more) {
      idle[name] = why;
      values[name] = facts.without[name];
    }
  }
};

/** The values of all levers of a policy, idle ones as without a program. */
const atWork = (description, policy) => putAtRest(description, policy).values;

/** The levers of a policy that are set and cannot act, by name, and why. */
export const idleLevers = (description, policy) => putAtRest(description, policy).idle;

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

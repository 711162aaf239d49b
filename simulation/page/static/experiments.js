/** What runs live in a lesson: the phenomenon's own experiment with fewer programs, on the page's own model. */

const NEVER_ENDS = 10_000;
const LAST_CHOSEN = 1;  // the last of the reasons by which people choose to end a tie
export const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const spreadOf = (values, centre) => Math.sqrt(meanOf(values.map((value) => (value - centre) ** 2)));

/** Sarle's coefficient of bimodality: 1/3 for a Gaussian, 5/9 for a uniform distribution, 1 for two points. */
export const sarleOf = (values) => {
  const centre = meanOf(values);
  const spread = spreadOf(values, centre);
  const z = values.map((value) => (value - centre) / spread);
  return (meanOf(z.map((x) => x ** 3)) ** 2 + 1) / meanOf(z.map((x) => x ** 4));
};

/** Fisher's index of dispersion of shares: their variance divided by the binomial variance at the same mean. */
export const dispersionOf = (programs) => {
  const all = programs.reduce((sum, [, people]) => sum + people, 0);
  const share = programs.reduce((sum, [well]) => sum + well, 0) / all;
  const apart = ([well, people]) => (well - people * share) ** 2 / (people * share * (1 - share));
  return programs.reduce((sum, one) => sum + apart(one), 0) / (programs.length - 1);
};

/** The quality of each pair by month, of pairs that began before the month `met`: tie -> one value a month. */
export function qualitiesOf(model, met, months) {
  const starts = model.column("records", "start");
  const [ties, when, quality] = ["tie", "month", "quality"].map((field) => model.column("trace", field));
  const found = new Map();
  for (let row = 0; row < ties.length; row++) {
    if (starts[ties[row]] >= met) continue;
    if (!found.has(ties[row])) found.set(ties[row], new Float64Array(months).fill(NaN));
    found.get(ties[row])[when[row]] = quality[row];
  }
  return [...found.values()];
}

/** The lives of everybody but for ties with one mentee: key -> event -> month. */
export function otherLives(recording, but) {
  const lives = new Map();
  const put = (who, what, month) => {
    if (!lives.has(who)) lives.set(who, new Map());
    lives.get(who).set(what, month < 0 ? NEVER_ENDS : month);
  };
  const { p_how, p_exit, k_id, k_joined, k_exit, t_p, t_k, t_start, t_end } = recording;
  p_how.forEach((how, row) => { if (how > 0) put(`p${row}`, "out", p_exit[row]); });
  k_id.forEach((id, row) => {
    put(`k${id}`, "in", k_joined[row] < 0 ? 0 : k_joined[row]);
    put(`k${id}`, "out", k_exit[row]);
  });
  t_p.forEach((mentee, tie) => {
    if (mentee === but) return;
    const name = `${mentee} ${k_id[t_k[tie]]} ${t_start[tie]}`;
    for (const who of [`p${mentee}`, `k${k_id[t_k[tie]]}`]) {
      put(who, `${name} met`, t_start[tie]);
      put(who, `${name} parted`, t_end[tie]);
    }
  });
  return lives;
}

/** The first month in which each life differs between two worlds, for each that does. */
export function firstDifferences(one, other) {
  const found = new Map();
  for (const who of new Set([...one.keys(), ...other.keys()])) {
    const mine = one.get(who) ?? new Map();
    const yours = other.get(who) ?? new Map();
    let first = NEVER_ENDS;
    for (const what of new Set([...mine.keys(), ...yours.keys()])) {
      const [here, there] = [mine.get(what) ?? NEVER_ENDS, yours.get(what) ?? NEVER_ENDS];
      if (here !== there) first = Math.min(first, here, there);
    }
    if (first < NEVER_ENDS) found.set(who, first);
  }
  return found;
}

/** For each quarter: for how many people the last chosen ending of the last two years was good, and how many had one. */
export function endingsOf(model, { window, every }, months) {
  const fields = ["end", "mentee", "mentor", "ended_well", "reason"];
  const [end, mentee, mentor, well, reason] = fields.map((field) => model.column("records", field));
  const chosen = Array.from(end.keys()).filter((row) => end[row] >= 0 && reason[row] <= LAST_CHOSEN)
    .sort((a, b) => end[a] - end[b] || mentee[a] - mentee[b] || mentor[a] - mentor[b]);
  const found = [];
  for (let until = window; until <= months; until += every) {
    const last = new Map();
    for (const row of chosen) if (end[row] >= until - window && end[row] < until) last.set(mentee[row], well[row]);
    found.push([[...last.values()].reduce((sum, good) => sum + good, 0), last.size]);
  }
  return found;
}

/** Run the ramp of role models up and down; `onmonth` is called after each month. Gives the share to whom moving on is normal. */
export function rampedOn(model, policy, seed, { settling, ramp, top }, traced) {
  model.begin(policy, seed, traced);
  model.advance(settling);
  const rising = Array.from({ length: ramp }, (_, month) => (top * (month + 0.5)) / ramp);
  [...rising, ...rising.toReversed()].forEach((shown, month) => {
    model.set("levers", 0, "move_on.role_models", shown);
    model.advance(settling + month + 1);
  });
  model.finishRecords();
  const share = [...model.column("months", "norm_share")].slice(settling);
  return { up: share.slice(0, ramp), down: share.slice(ramp).toReversed() };
}

/** The mean burnout of the mentors of one group who are there, at the start and after each year. */
export function burnoutOf(model, policy, seed, { women, years }) {
  const now = () => {
    const [active, group, burnout] = ["active", "group", "burnout"].map((field) => model.column("mentors", field));
    return meanOf([...burnout].filter((_, row) => active[row] === 1 && group[row] === women));
  };
  model.begin(policy, seed, false);
  const found = [];
  for (let year = 0; year <= years; year++) {
    model.advance(Math.max(12 * year, 1));
    found.push(now());
  }
  return found;
}

/** The share of mentees with a mentor, month by month. */
export function mentoredOf(model, policy, seed) {
  model.run(policy, seed, false);
  return [...model.column("months", "mentored_share")];
}

/** The values of quality in a month, or the mean over the last months of the first year. */
export const qualityIn = (pairs, month) => pairs.map((pair) => pair[month]).filter(Number.isFinite);
export const lateQuality = (pairs, quarter) => pairs.map((pair) => meanOf([...pair.slice(-quarter)])).filter(Number.isFinite);

/** The mentees who hold a tie at the end of a month: who can be chosen to lose one. */
export function holdersIn({ t_p, t_start, t_end }, month) {
  const lives = (_, tie) => t_start[tie] <= month && !(t_end[tie] >= 0 && t_end[tie] <= month);
  return new Set([...t_p].filter(lives));
}

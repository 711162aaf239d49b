// A recording made ready for drawing: who is there in each month, what each tie does, and whose fate differs.

export const MOST_STRONG = 60; // ties drawn strongly at once
export const LEFT = 2; // how a mentee's time ends: of `active` in the model
const COLLEAGUES = 3; // the phase of a tie that carries load no longer
const LAST_OF_PARTING = 2; // reasons up to this one are a parting; beyond, one of the two goes
export const HERE = 1, HOLDS = 2, BURNS = 4, NORMAL = 8, GONE = 16;

/** The month that is being lived at time t: at a whole t this month is complete. */
export const monthAt = (t, months) => Math.max(0, Math.min(months - 1, Math.ceil(t - 1e-9)));

/** One recording, by months: flags and warmth of every person, live ties with their heat, and what happens to ties. */
export class Scenes {
  /** `outgrown`: after how many months a mentee who stays on is no longer counted as one; null where all graduate. */
  constructor(recording, outgrown = null) {
    this.recording = recording;
    this.outgrown = outgrown ?? Infinity;
    this.months = recording.months ?? recording.y_left.length;
    this.mentees = recording.p_cohort.length;
    this.mentors = recording.k_joined.length;
    this.menteeFlags = new Uint8Array(this.months * this.mentees);
    this.menteeWarmth = new Uint8Array(this.months * this.mentees);
    this.mentorFlags = new Uint8Array(this.months * this.mentors);
    this.mentorWarmth = new Uint8Array(this.months * this.mentors);
    this.counts = [];
    this.present();
    this.connect();
  }

  /** Who is there at the end of each month; the months of people are kept also of who leaves in them. */
  present() {
    const { recording: r, months, mentees, mentors } = this;
    const stays = (exit, month) => exit < 0 || exit > month;
    for (let i = 0; i < r.s_p.length; i++) {
      const flags = (stays(r.p_exit[r.s_p[i]], r.s_m[i]) ? HERE : 0) | (r.s_normal[i] > 0 ? NORMAL : 0);
      this.menteeFlags[r.s_m[i] * mentees + r.s_p[i]] |= flags;
    }
    for (let i = 0; i < mentees; i++) {
      const from = r.p_exit[i];
      for (let m = from; from >= 0 && m < months; m++) this.menteeFlags[m * mentees + i] |= GONE;
    }
    for (let i = 0; i < r.g_k.length; i++) {
      if (stays(r.k_exit[r.g_k[i]], r.g_m[i])) this.mentorFlags[r.g_m[i] * mentors + r.g_k[i]] |= HERE;
    }
  }

  /** Live ties with their heat, and what happens to ties, month by month. */
  connect() {
    const { recording: r, months } = this, { t_p: p, t_start: start, t_end: end } = r;
    const [starts, ends, sparks] = [start, end, r.t_spark].map((column) => rowsOfMonths(column, months));
    const rows = rowsOfMonths(r.q_m, months), heat = new Uint8Array(p.length), before = new Uint8Array(p.length);
    const live = new Int32Array(p.length);
    let count = 0;
    for (let i = 0; i < p.length; i++) if (start[i] < 0) live[count++] = i;
    this.ties = []; // a month: {tie, heat}, typed arrays of one length
    this.events = []; // a month: ties that begin, spark and end, the newest and hottest first, at most MOST_STRONG
    for (let m = 0; m < months; m++) {
      before.set(heat);
      for (const i of starts(m)) live[count++] = i;
      for (const row of rows(m)) heat[r.q_t[row]] = Math.sqrt(r.q_p[row] * r.q_k[row]);
      for (const i of ends(m)) heat[i] = 0;
      let kept = 0;
      for (let j = 0; j < count; j++) if (end[live[j]] < 0 || end[live[j]] > m) live[kept++] = live[j];
      count = kept;
      const tie = live.slice(0, count), warm = new Uint8Array(count);
      for (let j = 0; j < count; j++) warm[j] = heat[tie[j]];
      this.ties.push({ tie, heat: warm });
      const happened = this.happenings(m, starts(m), ends(m), sparks(m), heat, before);
      this.events.push(happened.slice(0, MOST_STRONG).map(([i, what]) => ({ tie: i, what })));
      this.counts.push(this.count(m, starts(m).length, ends(m).length, sparks(m).length, happened.length));
    }
  }

  /** What happens to ties in a month, [tie, what, weight], the weightiest first; each tie once. */
  happenings(m, starts, ends, sparks, heat, before) {
    const found = [], seen = new Set();
    const add = (i, what, weight) => !seen.has(i) && seen.add(i) && found.push([i, what, weight]);
    // what caught fire before the study is told as of its first month
    for (const i of sparks) if (m > 0 || this.recording.t_start[i] >= 0) add(i, "spark", 3 + heat[i] / 256);
    for (const i of ends) if (this.isBad(i)) add(i, "bad", 2 + before[i] / 256);
    for (const i of starts) add(i, "begin", 2 + heat[i] / 256);
    for (const i of ends) add(i, "end", 1 + before[i] / 256);
    return found.sort((a, b) => b[2] - a[2] || a[0] - b[0]);
  }

  /** Whether a tie ended badly: somebody parted, and not well. */
  isBad(tie) {
    return this.recording.t_well[tie] === 0 && this.recording.t_why[tie] <= LAST_OF_PARTING;
  }

  /** Whether a mentee is still counted as one, as the tables do. */
  isCounted(mentee, month) {
    return month - this.recording.p_cohort[mentee] < this.outgrown;
  }

  /** Whether a tie has become one of colleagues by a month, and so carries load no longer. */
  isColleague(tie, month) {
    return this.recording.t_phase[tie] === COLLEAGUES && this.recording.t_since[tie] <= month;
  }

  /** Whether a live tie has caught fire by a month. */
  burns(tie, month) {
    const spark = this.recording.t_spark[tie];
    return spark >= 0 && spark <= month && !this.isColleague(tie, month);
  }

  count(m, begin, end, spark, happened) {
    const { recording: r, mentees, mentors } = this;
    const a = m * mentees, b = m * mentors, { tie, heat } = this.ties[m];
    let live = 0, burning = 0;
    for (let j = 0; j < tie.length; j++) {
      const i = tie[j];
      if (this.isColleague(i, m)) continue;
      const fire = this.burns(i, m), flag = HOLDS | (fire ? BURNS : 0), counts = this.isCounted(r.t_p[i], m);
      if (counts) live++;
      this.menteeFlags[a + r.t_p[i]] |= flag;
      this.mentorFlags[b + r.t_k[i]] |= flag;
      if (!fire) continue;
      if (counts) burning++;
      this.menteeWarmth[a + r.t_p[i]] = Math.max(this.menteeWarmth[a + r.t_p[i]], heat[j]);
      this.mentorWarmth[b + r.t_k[i]] = Math.max(this.mentorWarmth[b + r.t_k[i]], heat[j]);
    }
    const found = { live, burning, begin, end, spark, happened };
    Object.assign(found, { here: 0, holding: 0, normal: 0, left: 0 });
    for (let i = 0; i < mentees; i++) {
      const flags = this.menteeFlags[a + i];
      if (flags & HERE && this.isCounted(i, m)) {
        found.here++;
        if (flags & HOLDS) found.holding++;
        if (flags & NORMAL) found.normal++;
      }
      if (r.p_exit[i] === m && r.p_how[i] === LEFT) found.left++;
    }
    return found;
  }

  menteeAt(month, row) {
    return month < 0 ? 0 : this.menteeFlags[month * this.mentees + row];
  }

  mentorAt(month, row) {
    return month < 0 ? 0 : this.mentorFlags[month * this.mentors + row];
  }

  /** The live ties of a person in a month, colleagues included. */
  tiesOf({ kind, row }, month) {
    const whose = kind === "mentor" ? this.recording.t_k : this.recording.t_p;
    return [...this.ties[month].tie].filter((i) => whose[i] === row);
  }

  /** One sentence about a month, for those who do not see it. */
  summary(month, title) {
    const c = this.counts[month];
    return (
      `${title}, month ${month + 1} of ${this.months}: ${c.holding} of ${c.here} mentees hold a tie. ` +
      `${c.live} ties are alive, ${c.burning} of them on fire. This month ${c.begin} began, ${c.spark} caught fire ` +
      `and ${c.end} ended; ${c.left} ${c.left === 1 ? "person" : "people"} left.`
    );
  }
}

const KNOWN_SCENES = new WeakMap();

/** The scenes of a recording, made once: a world that did not change costs nothing. */
export function scenesOf(recording, outgrown) {
  if (!KNOWN_SCENES.has(recording)) KNOWN_SCENES.set(recording, new Scenes(recording, outgrown));
  return KNOWN_SCENES.get(recording);
}

/** The rows of each month, in their order: a function from the month to a view of row numbers. */
function rowsOfMonths(column, months) {
  const at = new Int32Array(months + 2), order = new Int32Array(column.length);
  for (let i = 0; i < column.length; i++) if (column[i] >= 0 && column[i] < months) at[column[i] + 2]++;
  for (let m = 0; m <= months; m++) at[m + 1] += at[m];
  for (let i = 0; i < column.length; i++) if (column[i] >= 0 && column[i] < months) order[at[column[i] + 1]++] = i;
  return (month) => order.subarray(at[month], at[month + 1]);
}

/**
 * Whose fate differs between two recordings of the same people: the month from which it does (-1: never), the month
 * from which neither is there any more (-1: never), and how many leave in one world alone: `saved` in a, `lost` in b.
 */
export const fatesOf = (a, b) => {
  const month = new Int16Array(a.p_exit.length).fill(-1), until = month.slice();
  let saved = 0, lost = 0;
  for (let i = 0; i < month.length; i++) {
    const x = a.p_how[i] === LEFT ? a.p_exit[i] : -1, y = b.p_how[i] === LEFT ? b.p_exit[i] : -1;
    if (x === y) continue;
    month[i] = x < 0 ? y : y < 0 ? x : Math.min(x, y);
    if (a.p_exit[i] >= 0 && b.p_exit[i] >= 0) until[i] = Math.max(a.p_exit[i], b.p_exit[i]);
    if (y < 0) saved++;
    if (x < 0) lost++;
  }
  return { month, until, saved, lost };
};

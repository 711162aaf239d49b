/* Steps of the month as a C programmer would write them, to the same bits: what simulation/steps is held against. */
#include "month.h"

static double gain_of(const setting_rules_engage *p, double fit, double skill, double contact, double alike, double over)
{
    return p->gain + p->fit * (fit - 0.5) + p->skill * (skill - 0.5) + p->contact * (contact - 0.5) + p->similarity * alike
        - p->overload * over;
}

static double engaged(const setting_rules_engage *p, double own, double other, double gain, double z, double coupling)
{
    double heard = coupling * other + (1.0 - coupling) * p->threshold;
    double response = 1.0 / (1.0 + expo(-p->steepness * (heard * gain - p->threshold)));
    return least(most(own + p->rate * (response - own) + p->noise * z, 0.0), 1.0);
}

static double satisfied(const setting_rules_strain *p, double now, double engagement, double contact)
{
    double experience = (1.0 - p->satisfaction_contact) * engagement + p->satisfaction_contact * contact;
    return now + p->satisfaction_rate * (experience - now);
}

static void engage_in(state *s, int64_t month, mentee *m, mentor *r, tie *t)
{
    const setting_rules *p = &s->setting->rules;
    int64_t age = month - t->start;
    double felt = m->need[t->domain] * (1.0 - m->skill[t->domain]);
    double fit = r->expertise[t->domain] * felt / (felt + p->engage.half_need);
    double contact = least(t->contact / s->setting->context.meeting_hours, 1.0);
    double gain = gain_of(&p->engage, fit, r->skill, contact, t->similarity, r->overload);
    double back = gain_of(&p->engage, fit, m->clarity, contact, t->similarity, r->overload);
    double own = t->mentee_engagement, other = t->mentor_engagement;
    t->mentee_engagement = engaged(&p->engage, own, other, gain, normal(luck(s, age, ENGAGEMENT), m->row, t->nth), p->engage.coupling);
    t->mentor_engagement = engaged(&p->engage, other, own, back, normal(luck(s, age, RESPONSE), m->row, t->nth), p->engage.mentor_coupling);
    double z = normal(luck(s, age, PERCEPTION), m->row, t->nth);
    double target = p->perceive.engagement * t->mentee_engagement
        + (1.0 - p->perceive.engagement) * (1.0 / (1.0 + expo(-t->similarity)));
    t->perceived = least(most(t->perceived + p->perceive.rate * (target - t->perceived) + p->perceive.noise * z, 0.0), 1.0);
    t->satisfaction = satisfied(&p->strain, t->satisfaction, t->mentee_engagement, contact);
    t->mentor_satisfaction = satisfied(&p->strain, t->mentor_satisfaction, t->mentor_engagement, contact);
    r->joy += t->mentor_engagement;
}

static void watch_spark(state *s, int64_t month, mentee *m, tie *t)
{
    const setting_rules_spark *p = &s->setting->rules.spark;
    double quality = quality_of(t);
    t->quality_sum += quality;
    t->streak = quality >= p->level ? (t->streak + 1 < p->months ? t->streak + 1 : p->months) : 0;
    if (t->spark < 0 && t->streak >= p->months) {
        t->spark = month;
        m->sparks += 1;
        s->months[month].new_sparks += 1;
        if (m->first_spark < 0) m->first_spark = month;
    }
}

static void meet_in(state *s, int64_t month, mentee *m, tie *t, double load)
{
    const setting_rules_meet *p = &s->setting->rules.meet;
    mentor *r = s->mentors + t->mentor;
    double chance = s->institution->contact_chance;
    if (t->silent >= p->silent_months) chance = least(chance + chance, 1.0);
    t->visited = chance > 0.0 && offered(s, m) && uniform(luck(s, month, CONTACT), m->row, t->nth) < chance;
    double drawn = uniform(luck(s, month - t->start, MEETING), m->row, t->nth);
    if (!(drawn < (p->floor + (1.0 - p->floor) * quality_of(t)) * s->calendar[month * 6 + 1])) {
        t->contact = 0.0;
        t->silent += 1;
        return;
    }
    double theirs = r->available / most(r->load, 1.0), own = m->hours / most(load, 1.0);
    double hours = least(least(s->setting->context.meeting_hours, theirs), own);
    t->contact = hours;
    t->silent = 0;
    r->given += hours;
    m->last_contact = month;
    s->months[month].contact_hours += hours;
}

void meet(state *s, int64_t month, int64_t site, int64_t *mentees, int64_t count, int64_t *mentors, int64_t teachers)
{
    double hours = s->setting->context.meeting_hours, cap = s->setting->rules.meet.overload_cap;
    for (int64_t n = 0; n < teachers; n++) {
        mentor *r = s->mentors + mentors[n];
        r->overload = r->available > 0.0 ? least(most((double)r->load * hours / r->available - 1.0, 0.0), cap) : cap * (r->load > 0);
    }
    for (int64_t n = 0; n < count; n++) {
        mentee *m = s->mentees + mentees[n];
        tie *slots = s->ties + mentees[n] * s->slots;
        double load = (double)held(s, slots);
        for (int64_t k = 0; k < s->slots; k++) {
            tie *t = slots + k;
            if (!LOADED(t)) continue;
            meet_in(s, month, m, t, load);
            engage_in(s, month, m, s->mentors + t->mentor, t);
            watch_spark(s, month, m, t);
            if (s->kept) {
                tie_month *row = s->trace + s->counts->traced++;
                row->tie = t->number; row->month = month; row->quality = quality_of(t);
                row->mentee_engagement = t->mentee_engagement; row->mentor_engagement = t->mentor_engagement;
                row->perceived_similarity = t->perceived; row->contact_hours = t->contact;
            }
        }
    }
}

static void learn_of(state *s, mentee *m, const tie *slots)
{
    const setting_rules_learn *p = &s->setting->rules.learn;
    double backing = 0.0, total = 0.0;
    for (int64_t k = 0; k < s->slots; k++) {
        const tie *t = slots + k;
        if (!LOADED(t) || !(t->contact > 0.0)) continue;
        const mentor *r = s->mentors + t->mentor;
        double contact = least(t->contact / s->setting->context.meeting_hours, 1.0), quality = quality_of(t);
        for (int64_t d = 0; d < s->setting->domains; d++) {
            double helps = t->domain == d ? contact : contact * s->setting->rules.strain.beside;
            m->skill[d] = m->skill[d] + p->rate * helps * quality * most(r->expertise[d] - m->skill[d], 0.0);
        }
        double senior = least(r->seniority / s->setting->rules.arrive.seniority_years, 1.0);
        backing = most(backing, quality * senior * least(r->resources, 1.0));
    }
    for (int64_t d = 0; d < s->setting->domains; d++) total += m->skill[d];
    double level = (1.0 - p->output_skill) * m->ability + p->output_skill * (total / s->setting->domains) + p->means * backing;
    m->output = m->output + p->output_rate * (least(level, 1.0) - m->output);
}

void learn(state *s, int64_t month, int64_t site, int64_t *mentees, int64_t count, int64_t *mentors, int64_t teachers)
{
    for (int64_t n = 0; n < count; n++) learn_of(s, s->mentees + mentees[n], s->ties + mentees[n] * s->slots);
}

static double burden_of(state *s, mentee *m, tie *slots)
{
    const setting *w = s->setting;
    const setting_rules_strain *p = &w->rules.strain;
    double burden = 0.0, threat = 0.0;
    for (int64_t a = 0; a < w->attributes; a++) {
        double own = s->group_counts[m->unit * s->groups + w->first_group[a] + m->group[a]];
        int32_t heads = s->units[m->unit].heads;
        double felt = w->threat[a] * most(1.0 - own / (heads > 1 ? heads : 1) / p->threat_parity, 0.0), kin = 0.0;
        threat += felt;
        if (!(felt > 0.0)) continue;
        for (int64_t k = 0; k < s->slots; k++)
            if (LOADED(slots + k) && m->group[a] == s->mentors[slots[k].mentor].group[a])
                kin = most(kin, least(slots[k].contact / w->context.meeting_hours, 1.0));
        burden += most(p->threat - p->role_model * kin, 0.0) * felt;
    }
    m->threat = threat;
    return burden;
}

static double coverage_of(state *s, mentee *m, tie *slots)
{
    double covered = 0.0, total = 0.0;
    for (int64_t d = 0; d < s->setting->domains; d++) {
        double felt = m->need[d] * (1.0 - m->skill[d]), best = 0.0;
        for (int64_t k = 0; k < s->slots; k++)
            if (LOADED(slots + k) && slots[k].silent <= 2) {
                double helps = slots[k].domain == d ? 1.0 : s->setting->rules.strain.beside;
                best = most(best, helps * s->mentors[slots[k].mentor].expertise[d]);
            }
        covered += felt * best;
        total += felt;
    }
    return total > 0.0 ? covered / total : 0.0;
}

static void strain_of(state *s, int64_t month, mentee *m)
{
    tie *slots = s->ties + m->row * s->slots;
    const setting_rules_strain *p = &s->setting->rules.strain;
    double best = 0.0, worst = 0.0, satisfaction = 0.0;
    int now = 0, burning = 0;
    for (int64_t k = 0; k < s->slots; k++) {
        tie *t = slots + k;
        if (!LOADED(t)) continue;
        double quality = quality_of(t);
        best = most(best, quality);
        worst = most(worst, 1.0 - quality);
        satisfaction = most(satisfaction, t->satisfaction);
        now |= t->silent <= 2;
        burning |= t->spark >= 0;
    }
    double burden = burden_of(s, m, slots);
    m->need_coverage = coverage_of(s, m, slots);
    double z = normal(luck(s, 0, STRAIN), m->row, 0);
    double level = least(most(p->belonging + p->belonging_spread * z + p->good_tie * best - p->bad_tie * worst
        + p->coverage * m->need_coverage - burden, 0.0), 1.0);
    m->belonging = m->belonging + p->rate * (level - m->belonging);
    z = normal(luck(s, 0, STRAIN), m->row, 1);
    level = least(most(p->burnout + p->burnout_spread * z - p->ability * (m->ability - 0.5)
        - p->isolation * (m->belonging - p->belonging) + p->role_conflict * most((double)held(s, slots) - 1.0, 0.0), 0.0), 1.0);
    m->burnout = m->burnout + p->rate * (level - m->burnout);
    m->mentoring_satisfaction = satisfaction;
    m->job_satisfaction = least(most(p->job + p->job_belonging * (m->belonging - p->belonging)
        + p->job_mentoring * most(satisfaction - p->mentoring_none, 0.0) - p->job_burnout * (m->burnout - p->burnout), 0.0), 1.0);
    if (promoted(s, month, m)) return;
    m->coverage_sum += m->need_coverage;
    m->months_mentored += now;
    m->months_sparked += burning;
}

void strain(state *s, int64_t month, int64_t site, int64_t *mentees, int64_t count, int64_t *mentors, int64_t teachers)
{
    const setting_rules_mentor_strain *p = &s->setting->rules.mentor_strain;
    for (int64_t n = 0; n < teachers; n++) {
        mentor *r = s->mentors + mentors[n];
        double load = r->load, joy = load > 0.0 ? r->joy / load : 0.0;
        double meaning = joy * least(least(r->given, r->protected) / s->setting->context.meeting_hours, 1.0);
        double z = normal(luck(s, 0, MENTOR_STRAIN), key_of(r), 0);
        double level = least(most(p->burnout + p->burnout_spread * z + p->overload * r->overload - p->meaning * meaning, 0.0), 1.0);
        r->burnout = r->burnout + p->rate * (level - r->burnout);
        level = p->satisfaction;
        if (load > 0.0) level = level + p->joy * (joy - 0.5) + p->supported * s->institution->support;
        level = least(most(level, 0.0), 1.0);
        r->satisfaction = r->satisfaction + p->rate * (level - r->satisfaction);
        r->load_sum += load;
    }
    for (int64_t n = 0; n < count; n++) strain_of(s, month, s->mentees + mentees[n]);
}

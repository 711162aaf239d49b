/* How ties are weighed, as a C programmer would write it, to the same bits as simulation/steps/evaluate.py. */
#include "month.h"

static double felt_of(const mentee *m, int64_t d) { return m->need[d] * (1.0 - m->skill[d]); }

static int serves(const state *s, const tie *slots, int64_t domain)
{
    for (int64_t k = 0; k < s->slots; k++)
        if (LOADED(slots + k) && slots[k].domain == domain) return 1;
    return 0;
}

static int has_colleague(const state *s, const tie *slots)
{
    for (int64_t k = 0; k < s->slots; k++)
        if (LIVE(slots + k) && slots[k].phase == 3) return 1;
    return 0;
}

static double asked(const state *s, int64_t month, const mentee *m)
{
    int64_t every = s->levers->move_on.check_in_months;
    if (every == 0 || month == 0 || month % every > 0 || !aware(s, m)) return 0.0;
    return s->institution->funding;
}

static void separate(tie *t, int64_t month, int ender, int reason)
{
    t->phase = 2;
    t->since = month;
    t->ender = ender;
    t->reason = reason;
}

static int64_t next_domain(const state *s, const mentee *m, const tie *slots, const mentor *r, int64_t now)
{
    int64_t best = -1;
    double top = r->expertise[now] * felt_of(m, now);
    for (int64_t d = 0; d < s->setting->domains; d++) {
        double felt = felt_of(m, d), answer = r->expertise[d] * felt;
        if (answer > top && !(felt < s->setting->rules.evaluate.redundant) && !serves(s, slots, d)) {
            best = d;
            top = answer;
        }
    }
    return best;
}

static int finish_work(state *s, int64_t month, mentee *m, tie *slots, tie *t)
{
    if (!(felt_of(m, t->domain) < s->setting->rules.evaluate.redundant)) return 0;
    int64_t onward = next_domain(s, m, slots, s->mentors + t->mentor, t->domain);
    if (onward >= 0 && quality_of(t) >= s->setting->rules.spark.level) {
        t->domain = onward;
    } else if (t->spark >= 0 && !has_colleague(s, slots)) {
        s->mentors[t->mentor].load -= 1;
        t->phase = 3;
        t->since = month;
    } else {
        separate(t, month, 2, 1);
    }
    return 1;
}

static double alternatives_of(const state *s, const mentee *m, const tie *t)
{
    double top = 0.5, prior = s->setting->rules.hear.prior;
    for (int k = 0; k < 4; k++) {
        int64_t j = m->known[k];
        if (j < 0 || j == t->mentor || s->mentors[j].active != 1) continue;
        double standing = (m->known_standing[k] * m->known_weight[k] + 0.5 * prior) / (m->known_weight[k] + prior);
        if (standing > top) top = standing;
    }
    return (top - 0.5) * 2.0;
}

static double cost_of(const state *s, int64_t month, const mentee *m, const tie *t)
{
    int formal = 0 < t->via && t->via <= 7 && month - t->start < s->setting->context.commitment_months;
    int path = (t->visited == 1 && t->silent > 0) || (s->levers->move_on.no_fault > 0 && aware(s, m));
    double feared = m->normal == 1 ? 0.0 : s->levers->move_on.stigma;
    return (path ? s->setting->rules.norm.path * feared : feared) + (formal ? s->setting->rules.evaluate.pledge : 0.0);
}

static int ends(const setting_rules_evaluate *p, double drawn, double committed, double cost, double attention)
{
    double log_odds = p->odds - p->commitment * committed - p->cost * cost;
    return drawn * (1.0 + expo(-log_odds)) < attention;
}

static void weigh(state *s, int64_t month, mentee *m, tie *t, double reached)
{
    const setting_rules_evaluate *p = &s->setting->rules.evaluate;
    int64_t age = month - t->start;
    double attention = p->attention + reached * (p->check_in - p->attention);
    double cost = cost_of(s, month, m, t), others = alternatives_of(s, m, t);
    double committed = p->satisfaction * t->satisfaction + p->investment * t->investment - p->alternatives * others;
    int mentee_ends = ends(p, uniform(luck(s, age, STAY), m->row, t->nth), committed, cost, attention);
    committed = p->satisfaction * t->mentor_satisfaction + p->investment * t->investment - p->alternatives * 0.0;
    int mentor_ends = ends(p, uniform(luck(s, age, MENTOR_STAY), m->row, t->nth), committed, p->mentor_cost * cost, attention);
    if (mentee_ends || mentor_ends)
        separate(t, month, mentee_ends && mentor_ends ? 2 : (mentee_ends ? 0 : 1), 0);
    else if (uniform(luck(s, age, OUTSIDE), m->row, t->nth) < s->setting->monthly.mentor_ends)
        separate(t, month, 1, 2);
}

void evaluate(state *s, int64_t month, int64_t site, int64_t *mentees, int64_t count, int64_t *mentors, int64_t teachers)
{
    const setting_rules_evaluate *p = &s->setting->rules.evaluate;
    for (int64_t n = 0; n < count; n++) {
        mentee *m = s->mentees + mentees[n];
        tie *slots = s->ties + m->row * s->slots;
        double reached = asked(s, month, m);
        for (int64_t k = 0; k < s->slots; k++) {
            tie *t = slots + k;
            if (!LIVE(t) || t->phase >= 2) continue;
            t->mentee_engagement = t->mentee_engagement + p->mend * reached * (1.0 - t->mentee_engagement);
            t->mentor_engagement = t->mentor_engagement + p->mend * reached * (1.0 - t->mentor_engagement);
            if (t->phase == 0 && (t->spark >= 0 || month - t->start >= p->initiation)) {
                t->phase = 1;
                t->since = month;
            }
            if (t->phase == 1) t->investment = t->investment + p->accrual * (quality_of(t) - t->investment);
            if (!finish_work(s, month, m, slots, t)) weigh(s, month, m, t, reached);
        }
        if (reached > 0.0 && !promoted(s, month, m)) {
            double hours = s->setting->rules.institution.check_in_hours * reached;
            s->institution->spent[7] += hours * s->setting->prices.staff_hour;  /* check_ins and mentee_check_ins of billing.py */
            s->institution->spent[18] += hours * s->setting->prices.mentee_hour;
        }
    }
}

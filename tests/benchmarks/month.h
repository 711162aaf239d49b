/* What the steps of steps.c share: our own exp, keyed luck, and a few words on ties. rows.h is written from columns.py. */
#include <math.h>
#include <stdint.h>
#include "rows.h"

#define LIVE(tie) ((tie)->mentor >= 0)
#define LOADED(tie) ((tie)->mentor >= 0 && (tie)->phase != 3)

typedef struct {
    mentee *mentees; tie *ties; record *records; mentor *mentors; post *posts; unit *units; site *sites;
    institution *institution; month *months; counts *counts; tie_month *trace; uint64_t *streams; levers *levers;
    double *calendar; int32_t *group_counts; setting *setting;
    int64_t slots, purposes, kept, groups, unit_count;
} state;

static inline double least(double a, double b) { return b < a ? b : a; }
static inline double most(double a, double b) { return b > a ? b : a; }

static inline double expo(double x)
{
    if (x < -708.0) return 0.0;
    double below = least(x, 709.0), k = floor(below * 1.4426950408889634 + 0.5);
    double first = below - k * 0.693147180369123816490, rest = k * 1.90821492927058770002e-10;
    double r = first - rest, t = r * r;
    double series = 1.0 / 6.0 + t * (-1.0 / 360.0 + t * (1.0 / 15120.0 + t * (
        -1.0 / 604800.0 + t * (1.0 / 23950080.0 + t * (-691.0 / 653837184000.0)))));
    double c = r - t * series;
    union { int64_t bits; double value; } power = {((int64_t)k + 1023) << 52};
    return (1.0 + (r * c / (2.0 - c) - rest + first)) * power.value;
}

static inline uint64_t mixed(uint64_t h)
{
    h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9u;
    h = (h ^ (h >> 27)) * 0x94D049BB133111EBu;
    return h ^ (h >> 31);
}

static inline uint64_t bits(uint64_t stream, int64_t who, int64_t whom)
{
    return mixed(stream ^ mixed((uint64_t)who * 0x9E3779B97F4A7C15u + (uint64_t)whom * 0xD1B54A32D192ED03u + 0x9E3779B97F4A7C15u));
}

static inline double uniform(uint64_t stream, int64_t who, int64_t whom)
{
    return (double)(bits(stream, who, whom) >> 11) * (1.0 / 9007199254740992.0);
}

static inline double normal(uint64_t stream, int64_t who, int64_t whom)
{
    uint64_t h = bits(stream, who, whom);
    int64_t total = (int64_t)((h & 0xFFFF) + ((h >> 16) & 0xFFFF) + ((h >> 32) & 0xFFFF) + (h >> 48));
    return (double)(total - 131070) * (1.7320508075688772 / 65536.0);
}

static inline uint64_t luck(const state *s, int64_t month, int purpose) { return s->streams[month * s->purposes + purpose]; }
static inline int64_t key_of(const mentor *m) { return m->mentor + ((int64_t)1 << 40); }
static inline double quality_of(const tie *t) { return sqrt(t->mentee_engagement * t->mentor_engagement); }

static inline int64_t held(const state *s, const tie *slots)
{
    int64_t count = 0;
    for (int64_t k = 0; k < s->slots; k++) count += LOADED(slots + k);
    return count;
}

static inline int promoted(const state *s, int64_t month, const mentee *m)
{
    return !s->setting->graduates && month - m->cohort >= 12 * s->setting->years;
}

static inline int offered(const state *s, const mentee *m)
{
    const levers_offer *offer = &s->levers->offer;
    if (offer->share < 1.0 && uniform(luck(s, 0, OFFER), m->row, 0) >= offer->share) return 0;
    if (offer->group[0] >= 0 && m->group[offer->group[0]] != offer->group[1]) return 0;
    if (!offer->disciplines[m->discipline]) return 0;
    for (size_t n = 0; n < sizeof offer->mentees / sizeof *offer->mentees && offer->mentees[n] >= 0; n++)
        if (offer->mentees[n] == m->row) return 1;
    return offer->mentees[0] < 0;
}

static inline int aware(const state *s, const mentee *m)
{
    if (!offered(s, m)) return 0;
    double share = s->setting->context.awareness + s->setting->rules.institution.aware * s->institution->support;
    return uniform(luck(s, 0, AWARE), m->row, 0) < share;
}

"""Made-up results of each phenomenon, in the shape of the real ones, so that its figure can be drawn without a run."""

import numpy as np

from simulation.phenomena import adaptation, feedback, path_dependence, sensitive_dependence, tipping
from simulation.phenomena.demonstration import PHENOMENA, Shown


def pairs(luck, on):
    """Pairs of a program: two humps, or one."""
    hump = np.where(luck.random(60) < 0.4, 0.9, 0.08) if on else np.full(60, 0.6)
    return {"first": luck.beta(4, 6, 60), "later": np.clip(hump + 0.05 * luck.normal(size=60), 0.0, 1.0),
            "known": luck.normal(size=(60, 5)), "single": luck.random(60) < 0.6}  # fmt: skip


def touched(luck, on):
    rising = np.linspace(0.0, 1.0, sensitive_dependence.MONTHS) ** 2
    return {"same_before": True, "curve": on * (0.1 + 0.4 * luck.random()) * rising, "others": 500}


def histories(luck, on):
    quarters = np.arange(path_dependence.WINDOW, path_dependence.MONTHS + 1, path_dependence.EVERY)
    people = luck.integers(300, 420, len(quarters))
    share = np.clip(0.45 + on * 0.08 * luck.normal() + 0.02 * luck.normal(size=len(quarters)), 0.0, 1.0)
    return {"month": quarters, "well": luck.binomial(people, share), "people": people}


def loops(luck, on, back=True):
    """Ways up and down; the norm tips at 6 % of role models, and back at 2 % or never."""
    shown, seen = tipping.TOP * (np.arange(tipping.STEPS) + 0.5) / tipping.STEPS, {}
    for length in tipping.LENGTHS:
        up = 1.0 / (1.0 + np.exp(-(shown - 0.06 - 0.01 * luck.random()) / 0.008))
        down = up if not on else 1.0 / (1.0 + np.exp(-(shown - 0.025) / 0.004)) if back else np.maximum(up, 0.95)
        down = np.clip(down + 0.01 * luck.normal(size=tipping.STEPS), 0.0, 1.0)
        seen |= {f"up_{length}": up, f"down_{length}": down, f"gap_{length}": float(np.mean(down - up))}
    return {**seen, "gap": tipping.endless([seen[f"gap_{length}"] for length in tipping.LENGTHS])}


def worn(luck, on):
    seen = {}
    for name, of in (("unmatched", 0.0), ("matched", 1.0)):
        for whom, way in (("women", 1.0), ("men", -0.3)):
            seen |= {
                f"{name}_burnout_{whom}": 0.4 + on * of * way * (0.03 + 0.002 * luck.normal(size=feedback.YEARS + 1)),
                f"{name}_load_{whom}": 2.0 + of * way * (0.8 + 0.1 * luck.normal()),
                f"{name}_lost_{whom}": 5.0 + on * of * way * (0.3 + 0.05 * luck.normal()),
                f"{name}_there_{whom}": 15.0 - on * of * way * (0.16 + 0.03 * luck.normal()),
            }
    return seen


def shocked(luck, on):
    alone = np.zeros(adaptation.BEFORE + adaptation.AFTER)
    alone[adaptation.BEFORE :][: adaptation.COUNTED] = -0.25 + 0.01 * luck.normal(size=adaptation.COUNTED)
    return {"alone": alone, "late": alone * (0.95 if on else 1.0), "prompt": alone * (0.8 if on else 1.0)}


SEEN = {"emergence": pairs, "sensitivity": touched, "path_dependence": histories, "tipping": loops, "feedback": worn, "adaptation": shocked}


def shown(name, count=12, on=True, **how):
    """A phenomenon as it would be shown after `count` programs; with `on` false, nothing is there on either side."""
    what, luck = PHENOMENA[name], np.random.default_rng(4)
    seen = [[SEEN[name](luck, arm, **how) for _ in range(count)] for arm in (on, False)]
    return Shown(what, *map(what.find, seen), *seen, *(dict(what.also(one)) for one in seen))

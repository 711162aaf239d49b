"""Keyed random numbers: every draw is a pure function of (seed, purpose, who, with whom, month).

The same person has the same luck under every policy. No draw depends on the order of draws, on the number of workers or
on other people. A key is hashed by the finaliser of SplitMix64 (Steele, Lea and Flood 2014, OOPSLA,
10.1145/2660193.2660195): once for the stream of a seed, purpose and month, once more for a person or a pair.
"""

from enum import IntEnum

import numpy as np

from simulation.jit import COMPILED, rule, step


class Purpose(IntEnum):
    """The purpose of a draw; a number is never used again for another purpose."""

    TRAIT = 1
    OPENNESS = 2
    INITIATIVE = 3
    CLARITY = 4
    ABILITY = 5
    HOURS = 6
    IDENTITY = 7
    WISH = 8
    WISH_STRENGTH = 9
    NEED = 10
    NEED_JUMP = 11
    NEED_DOMAIN = 12
    THRESHOLD = 13
    COMMITTED = 14
    LIKING = 15
    LIKABLE = 16
    DYAD = 17
    FIRST_GLANCE = 18
    ROTATION = 19
    PLACE = 20
    PEER = 21
    HEAR = 22
    REPORT = 23
    CANDIDATE = 24
    NOTICE = 25
    SEEK = 26
    TURN = 27
    APPROACH = 28
    MESSAGE = 29
    ANSWER = 30
    MEETING = 32
    ENGAGEMENT = 33
    PERCEPTION = 34
    MENTOR_TRAIT = 35
    APPROACHABLE = 36
    SKILL = 37
    SENIORITY = 38
    WILLING = 39
    MENTOR_HOURS = 40
    EXPERTISE = 41
    MENTOR_IDENTITY = 42
    BUSY = 43
    VOLUNTEER = 44
    AWARE = 45
    STAY = 46
    MENTOR_STAY = 47
    CLEAN = 48
    LEAVE = 50
    DESTINATION = 51
    MENTOR_LEAVE = 52
    PROMOTION = 53
    HIRE = 54
    RECRUIT = 55
    CONTACT = 56
    SURVEY = 57
    ANSWERED = 58
    STRAIN = 61
    MENTOR_STRAIN = 62
    LOT = 63
    OUTSIDE = 67
    MENTOR_SURVEY = 70
    REPLICATE = 74
    RESPONSE = 75
    CLIMATE = 76
    REGISTER = 77
    APPLICATION = 78
    ADVICE = 79
    OFFER = 80


if COMPILED:
    S30, S27, S31, S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
    A, B = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
    WHO, WHOM = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1B54A32D192ED03)
    LOW = np.uint64(0xFFFF)
    S16, S32, S48 = np.uint64(16), np.uint64(32), np.uint64(48)

    @rule
    def mixed(h):
        """The 64 bits of `h`, mixed."""
        h = (h ^ (h >> S30)) * A
        h = (h ^ (h >> S27)) * B
        return h ^ (h >> S31)

    @rule
    def stream(seed, purpose, month):
        """The stream of a seed, a purpose and a month: 64 bits."""
        h = mixed(np.uint64(seed) + WHO)
        h = mixed(h + np.uint64(purpose) * WHOM)
        return mixed(h + np.uint64(month) * WHO)

    @rule
    def bits(stream, who, whom):
        """The 64 bits of a person, or of a pair, in a stream."""
        return mixed(np.uint64(stream) ^ mixed(np.uint64(who) * WHO + np.uint64(whom) * WHOM + WHO))

    @rule
    def uniform(stream, who, whom):
        """A number in [0, 1) for a person, or for a pair."""
        return (bits(stream, who, whom) >> S11) * (1.0 / 9007199254740992.0)

    @rule
    def normal(stream, who, whom):
        """A standard normal number to a good approximation: the sum of four uniform ones, within ±3.46."""
        h = bits(stream, who, whom)
        total = np.int64((h & LOW) + ((h >> S16) & LOW) + ((h >> S32) & LOW) + (h >> S48))
        return (total - 131070) * (1.7320508075688772 / 65536.0)

else:
    MASK = (1 << 64) - 1
    WHO, WHOM = 0x9E3779B97F4A7C15, 0xD1B54A32D192ED03

    def mixed(h):
        """The 64 bits of `h`, mixed."""
        h = ((h ^ (h >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        h = ((h ^ (h >> 27)) * 0x94D049BB133111EB) & MASK
        return h ^ (h >> 31)

    def stream(seed, purpose, month):
        """The stream of a seed, a purpose and a month: 64 bits."""
        h = mixed((int(seed) + WHO) & MASK)
        h = mixed((h + int(purpose) * WHOM) & MASK)
        return mixed((h + int(month) * WHO) & MASK)

    def bits(stream, who, whom):
        """The 64 bits of a person, or of a pair, in a stream."""
        return mixed(int(stream) ^ mixed((int(who) * WHO + int(whom) * WHOM + WHO) & MASK))

    def uniform(stream, who, whom):
        """A number in [0, 1) for a person, or for a pair."""
        return (bits(stream, who, whom) >> 11) * (1.0 / 9007199254740992.0)

    def normal(stream, who, whom):
        """A standard normal number to a good approximation: the sum of four uniform ones, within ±3.46."""
        h = bits(stream, who, whom)
        total = (h & 0xFFFF) + ((h >> 16) & 0xFFFF) + ((h >> 32) & 0xFFFF) + (h >> 48)
        return (total - 131070) * (1.7320508075688772 / 65536.0)


@step
def fill(table, seed):
    """Write the streams of a seed into a table, months x purposes."""
    for month in range(table.shape[0]):
        for purpose in range(table.shape[1]):
            table[month, purpose] = stream(seed, purpose, month)


def streams(seed: int, months: int) -> np.ndarray:
    """The streams of a seed, uint64, months x purposes: `streams[month, Purpose.HEAR]`."""
    table = np.zeros((months, max(Purpose) + 1), np.uint64)
    fill(table, seed)
    return table

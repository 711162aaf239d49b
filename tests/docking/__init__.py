"""The model programmed a second time, from its ODD description alone, for docking (Axtell et al. 1996).

The two programs share the description, the worlds and the policies, but no code and no random numbers, so their
outcomes should agree on average over seeds, not run by run. Left out are what no docked policy uses: pairing by lot,
arrival, optimal and stable matching, a pool of some disciplines, targeted recruiting, and the tables by group.
"""

"""What a pilot would tell, and what it would not. Written before any pilot was run; what came of it stands in EVIDENCE.md.

Hypotheses, in the pilot of twelve months on half of the mentees by lot, each in one program, with two years before it:

1. With a mentor for each mentee who have time enough, and a policy that acts on mentees alone, the estimate of months with a
   mentor is about right: its bias is below a fifth of the effect.
2. With a quarter of the usual mentors, the same policy takes mentors from those who are left out: the estimate of months
   with a mentor is too high, with an interval above zero.
3. Of six tips in the teaching hospital a part reaches everybody (leaders, protected time, training), also those left out: the
   estimate of needs covered is too low, with an interval below zero.
4. Whole units share fewer mentors across the line than persons do: the bias of 2 is nearer to zero by units, and the power lower.
5. In a stepped wedge, units have had the policy for a part of the time only: its estimate of needs covered is too low.
"""

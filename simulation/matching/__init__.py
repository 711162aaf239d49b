"""Who gets whom, one procedure a file: scores, room and turns in, a mentor for each mentee out.

Every procedure takes `wants` (mentees x mentors, what speaks for a pair on the mentee's side; -inf where the program
may not pair them), `likes` (mentors x mentees, on the mentor's side), `room` (places of each mentor), `luck` (a number in
[0, 1) for each mentee) and gives the place of each mentee's mentor, or -1.
"""

"""Which ties of a run live in a month: the one count of ties that pictures and tables share."""

import pandas as pd


def live_ties(ties: pd.DataFrame, month: int) -> pd.DataFrame:
    """Pick the ties that carry load at the end of a month, as `live_ties` in the table of months counts them.

    `ties` is the table of ties. A tie that has become one between colleagues (phase `redefinition`) carries none any more.
    """
    begun = ties["start_month"] <= month
    colleagues = ties["phase"].astype(str).eq("redefinition") & passed(ties["phase_month"], month)
    return ties[begun & ~passed(ties["end_month"], month) & ~colleagues]


def passed(months: pd.Series, month: int) -> pd.Series:
    """Whether each date had come by the end of a month; missing dates had not."""
    return months.astype("Float64").le(month).fillna(False).astype(bool)

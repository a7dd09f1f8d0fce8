"""The section `plausibility`: from which point on what was delivered cannot be right by itself.

Every limit has a default that ordinary months of a small and of a large city keep.
"""

from math import log1p

from pydantic import Field

from openresponse.program.section import Section

ALMOST_ALL = 1 - 1e-9


class Limits(Section):
    """From which point on a delivery is stopped or noted. Each check names those it uses."""

    months_before: int = Field(ge=2, default=12, examples=[6])
    """With how many of the months before a delivery is compared. A year holds every season once."""
    fewest_months: int = Field(ge=2, default=3, examples=[6])
    """How many months there must be before anything is compared. Of two nobody can say what is
    usual."""
    chance: float = Field(gt=0, default=5.0, examples=[4.0])
    """How many standard errors from the months before are more than chance. Hundreds of figures are
    compared each month; at five, a false alarm comes once in many years."""
    least_change: float = Field(gt=0, default=0.3, examples=[0.5])
    """The smallest change of a count, as a share of what is usual, that stops a release. Real
    changes within a month are smaller; a file cut short or sent twice is not."""
    shift: float = Field(gt=0, le=1, default=0.15, examples=[0.25])
    """The smallest change of the share of one code or model, as a part of that share, that is
    looked at. A fifth of a model's calls that moved to another is more; less is how months are."""
    shift_chance: float = Field(gt=0, default=4.0, examples=[3.5])
    """How many standard errors a share may lie from the months before until it is noted. At four, a
    false note comes about once in ten years of months. A fifth of a model's calls that
    moved is seen from some 450 calls a month, half of a category from some 70 of its rows."""
    least_share: float = Field(gt=0, le=1, default=0.1, examples=[0.2])
    """The smallest change of a share, 0.1 for ten in a hundred, that stops a release. Smaller ones
    happen when a city changes how it works."""
    unreadable: float = Field(ge=0, le=1, default=0.05, examples=[0.02])
    """The share of filled cells of a column that may be unreadable. A few in a hundred are typing
    errors; more is another format."""
    unknown_change: float = Field(gt=0, le=1, default=0.01, examples=[0.02])
    """The smallest rise of the share of unknown codes in a column that stops a release. A new code
    in the system begins with a few rows, and these may be most of one category."""
    out_of_order: float = Field(ge=0, le=1, default=0.25, examples=[0.1])
    """The share of rows whose moments may be in an impossible order. Clocks differ by a minute or
    two; a quarter of the rows is a wrong column or a wrong clock."""
    longest_hours: float = Field(gt=0, default=6.0, examples=[4.0])
    """The hours from one moment to the next above which an arrival is not plausible. Crisis teams
    arrive within an hour or two; twelve more are a lost a.m. or p.m."""
    too_long: float = Field(ge=0, le=1, default=0.02, examples=[0.05])
    """The share of arrivals that may take longer than `longest_hours`. Some rows are closed days
    later by hand."""
    without_time: float = Field(ge=0, le=1, default=0.25, examples=[0.5])
    """The share of moments that may be exactly midnight. One in 86,400 is by chance; more are dates
    without a time of day."""
    one_moment: float = Field(ge=0, le=1, default=0.1, examples=[0.2])
    """The share of a month's rows that may carry one and the same moment. More of them show when a
    list was imported, not when calls came."""
    one_day: float = Field(ge=0, le=1, default=0.5, examples=[0.8])
    """The share of a month's calls that may be of one day. More of them have a default date."""
    not_linked: float = Field(ge=0, le=1, default=0.5, examples=[0.3])
    """The share of rows that may belong to no call, or of calls that may lack what belongs to
    them. Half of them is a number in another form, not a typing error."""
    set_aside: float = Field(ge=0, le=1, default=0.5, examples=[0.3])
    """The share of a file's rows that may be set aside because they cannot be read or linked."""
    other_months: float = Field(ge=0, le=1, default=0.9, examples=[0.95])
    """The share of a delivery's calls that may be of other months. A city that sends ninety days
    each time has two thirds."""
    repeated: float = Field(ge=0, le=1, default=0.2, examples=[0.1])
    """The share of a file's rows that may be there twice. More of them is a file joined to
    itself."""
    restated: float = Field(ge=0, le=1, default=0.5, examples=[0.8])
    """The share of redelivered rows in which one field may differ from before. Corrections touch
    some rows; a changed export touches all."""
    used_again: float = Field(ge=0, le=1, default=0.05, examples=[0.02])
    """The share of numbers that may have belonged to a call of another time. Numbers that begin
    again each year reach all of them."""
    one_person: float = Field(ge=0, le=1, default=0.25, examples=[0.2])
    """The share of a month's contacts that one person may have. More is a word such as `UNKNOWN` in
    the place of a number."""
    impossible_ages: float = Field(ge=0, le=1, default=0.05, examples=[0.02])
    """The share of ages that may lie outside 0 to 120. More is another unit or a code for not
    known."""
    spending_factor: float = Field(gt=1, default=3.0, examples=[5.0])
    """How many times what is usual a month's spending may be, or how small a part of it. Invoices
    come late and together, but a lost decimal sign is a factor of a hundred."""
    large_line: float = Field(gt=1, default=50.0, examples=[20.0])
    """How many times the usual line of its category one line of spending may be."""
    longest_gap: int = Field(ge=1, default=366, examples=[180])
    """The days that may lie between a call and what is written of it. More is a wrong year."""

    def unlikely(self, share: float, rows: float) -> bool:
        """Whether it is more than chance that none of so many rows is in a share of the whole."""
        return bool(-rows * log1p(-min(share, ALMOST_ALL)) > 0.5 * self.chance**2)

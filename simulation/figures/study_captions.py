"""What is said of the figures of studies, patterns and phenomena: how to read it, and an alternative text."""

from collections.abc import Mapping

PANELS = "Two panels with the same axes, with the mechanism on and off; beside them the reported number and its 95 % interval. "
READ = "Beside the panels stands the number of the table `findings`, with its 95 % interval; the dashed line is chance. "
Said = tuple[str, str]

# by the stem of a file
OF_FILES: Mapping[str, Said] = {
    "emergence": (
        READ + "Humps: the quality of pairs drawn by lot, after a month and after a year. Below: the share of quality that a "
        "random forest foretells from who the two are.",
        PANELS + "Histograms of the quality of pairs after a month and after a year.",
    ),
    "sensitivity": (
        READ + "A line a program: the share of people other than the parted pair whose ties or exit differ from those of the same "
        "program without the loss; the black line is the mean.",
        PANELS + "Lines that rise with months: other people whose life differs.",
    ),
    "path_dependence": (
        READ + "Thin lines: how far a program's share of good endings lies from the mean program. Thick: the mean of the quarter "
        "that stood highest in year 5, and dotted the lowest. Grey: where 95 % would end by chance.",
        PANELS + "Lines of programs over ten years; below the number the correlation of a program with itself two years before.",
    ),
    "tipping": (
        "Each way of a ramp, the mean over programs: the share with the norm as role models become more and fewer again; the "
        "slower the ramp, the darker. Beside: how much higher the way down lies, by the length of the ramp; the last number is "
        "extrapolated to a ramp that never ends.",
        PANELS + "Loops of the share with the norm against the share of role models, at three speeds.",
    ),
    "feedback": (
        "What changes when everybody is matched by gender, in the same programs with the same luck, link by link: load, burnout, "
        "leaving, who is there. Lines are 95 % intervals. The bold numbers are those that the table `findings` reports.",
        "Four panels from left to right, a row for women and men without and with protected time: the changes in load, burnout, "
        "leaving and numbers, with 95 % intervals.",
    ),
    "adaptation": (
        READ + "Lines: the share of mentees with a mentor, less that of the same program without the shock; bands: 95 % "
        "intervals.",
        PANELS + "Lines by month around two lean years, of programs that ask often, late, or never.",
    ),
    "patterns_for_fitting": (
        "A row a clause of a published pattern: value and 95 % interval over seeds in simulated people, and the published band. "
        "Each row has its own scale.",
        "Forest plot: for each clause its value with interval against its band; the numbers stand beside it.",
    ),
    "patterns_for_validation": (
        "A row a clause of a published pattern: value and 95 % interval over seeds in simulated people, and the published band. "
        "Each row has its own scale.",
        "Forest plot: for each clause its value with interval against its band; the numbers stand beside it.",
    ),
    "twins": (
        "Each panel is a clause: what its source would measure, and the effect in twins with the same luck, as one parameter "
        "grows; the grey band is published.",
        "Small line charts, one a clause: the measured statistic and the effect in twins against a parameter.",
    ),
}  # fmt: skip

# by the first word of the stem of a file of a study's analysis; the world, the policy and the outcome follow
OF_STUDIES: Mapping[str, Said] = {
    "effects_": (
        "Hollow: alone, all others off; filled: given the others, all on. Lines are 95 % intervals; within the grey band an effect "
        "is negligible.",
        "Dot plots, one an outcome and a row a factor: its effect alone and given the others, with 95 % intervals.",
    ),
    "interactions_": (
        "Each cell is the effect of two factors together less the sum of both; bold ones are clear after Holm's correction.",
        "Triangular table of pairs of factors with a number a cell.",
    ),
    "sensitivity_": (
        "Bars and marks with 95 % intervals, the most important factor on top.",
        "Bar chart, a row a factor.",
    ),
    "backfire_": (
        "A point a setting of the factors: worse, better, or neither for sure; the box holds most that are worse.",
        "Scatter plot over two factors with a box.",
    ),
    "tipping_": (
        "Colour: the mean response; a line is the boundary, dashed lines its 90 % band. The heading says how much of what differs "
        "goes with each axis.",
        "Map of one response over two factors.",
    ),
    "curves_": (
        "Lines: the response at each level, with 95 % intervals; a filled mark is clearly unlike the first of its line.",
        "Line charts, an outcome below the other.",
    ),
    "knock_outs_": (
        "A cell: the outcome without a factor, less that with it, in smallest effects of interest.",
        "Table of factors by outcomes in colours: blue better without it, orange worse.",
    ),
}  # fmt: skip


def said_of(stem: str) -> Said | None:
    """Text and alternative of a figure by the stem of its file, if it is one of these."""
    if stem in OF_FILES:
        return OF_FILES[stem]
    return next((said for begins, said in OF_STUDIES.items() if stem.startswith(begins)), None)

"""The fixed texts of a report: terms, captions of plots, and the method."""

from __future__ import annotations

NOT_ALL_MODELS = "Cancelled before all models were evaluated."

TERMS = (
    "Similarity: how alike two faces are to the model, from −1 to 1; higher is more alike.",
    "A threshold is the similarity from which two faces are called a match.",
    "FMR (false match rate): the share of comparisons of two different people that are called a match.",
    "FNMR (false non-match rate): the share of comparisons of one person that are not called one.",
    "TAR (true accept rate): the share of comparisons of one person that are called one.",
    "EER (equal error rate): FMR and FNMR where a threshold makes them equal. Lower is better.",
    "FPIR (false positive identification rate): the share of strangers who are taken for somebody.",
    "FNIR (false negative identification rate): the share of searches for people who are missed.",
    "Rank-1: the share of photos whose person comes first among everybody.",
)

OPEN_SET = (
    "FMR, the false match rate, is the share of comparisons of two different people that reach the "
    "threshold; FNMR, the false non-match rate, that of comparisons of one person that do not. In a search "
    "a photo is compared with everybody in a gallery: FPIR, the false positive identification rate, is the "
    "share of strangers whom somebody reaches the threshold for (each person is a stranger once left out of"
    " the gallery); FNIR, the false negative identification rate, the share of people in it who do not "
    "reach the threshold or do not come first. A gallery of more people, or of more photos of each, has a "
    "higher FPIR at the same threshold."
)

COMPARED = (
    "Two models are compared on the photos that both could use, each at thresholds of its own with the same "
    "rate of false matches, so that how a threshold was set does not decide. One is called better if its TAR "
    "at the lowest FMR is higher, or its FNIR at the lowest FPIR lower, by more than chance. The intervals "
    "are of the difference, with the same people drawn for both models. They are of 97.5 %: two equal models "
    "are told apart by chance in about 5 % of cases."
)

GROUPS = (
    "People of each group are compared with each other only, at the program’s threshold; its default is "
    "raised for searches in a gallery of people who are alike, as the program does. FPIR is of strangers "
    "of the group in galleries of other people of that group: of the same size in all groups of a table, so "
    "that they can be compared, and of all others of the group, where a larger group has a higher rate. A "
    "group may do worse because of its photos, not of its people; of many groups one does worse by chance."
)

HARDEST = (
    "Most different people are easy to tell apart. Here each photo is compared only with the person who is "
    "most like it among the others, as if there were none but relatives and doubles."
)

SPEED = (
    "Time per photo is that of all photos together, reading included, on all cores, divided by their number. "
    "The times of finding a photo’s faces and of embedding one face are medians, on cores that are all busy."
)

METHOD = (
    "Every photo was compared with every other one, and looked for among all the others. Rates are as in "
    "ISO/IEC 19795-1. Intervals are from a bootstrap over people (Bolle, Ratha and Pankanti 2004; for pairs"
    " of people Owen 2007), with a fixed seed; a stranger’s search counts as a pair of that person and who "
    "is most like them, and galleries drawn at random are drawn anew too. Where not one error was seen, the "
    "interval is the rule of three over people (Hanley and Lippman-Hand 1983), or over pairs of people for "
    "the FMR."
)

CAPTIONS = {
    "roc": (
        "How many true matches for how many false ones (ROC curve)",
        "Each point of the line is one threshold. The further up and left, the better: more comparisons"
        " of one person are called a match, and fewer of two different people. The horizontal axis is "
        "logarithmic: each step to the left is ten times fewer false matches. Bars are 95 % intervals.",
    ),
    "precision-recall": (
        "How many matches are true (precision–recall curve)",
        "Going right, the threshold falls and more of the true matches are found (recall); going down, "
        "more of what is called a match is false (precision). The nearer the upper right corner, the "
        "better. It holds for as many comparisons of one person among all as there are here.",
    ),
    "det": (
        "One error against the other (DET curve)",
        "Both errors, on axes on which a normal distribution gives a straight line. The nearer the "
        "lower left corner, the better. The dot, on the thin diagonal, is where both errors are as "
        "frequent: the equal error rate. Without a dot, that lies below what so few photos can show.",
    ),
    "gallery-sizes": (
        "Strangers and misses as the gallery grows",
        "At the program’s threshold, its default raised where people are alike: FPIR, the share of strangers "
        "who are taken for somebody, and FNIR, the share of photos of people in the gallery who are missed. "
        "Bars are 95 % intervals.",
    ),
    "similarities": (
        "How alike photos are",
        "Comparisons of one person and of two different people, by similarity. What lies right of a "
        "threshold is called a match, what lies left of it is not; where the two hills overlap, no "
        "threshold can keep them apart.",
    ),
}
"""Title and text of each plot, by the name of its file."""

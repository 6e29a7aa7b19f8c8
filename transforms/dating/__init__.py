"""Document dating: when an article was published, inferred from its words where nothing states it.

`find_clues` reads the pieces of evidence off an article, `infer` makes of them an honest interval,
a weekday and, only where one day stands out, a day.
"""

from transforms.dating.clue import Clue, clues_from_json, clues_to_json
from transforms.dating.clues import find_clues
from transforms.dating.frame import Line
from transforms.dating.inference import Publication, infer
from transforms.dating.neighbours import neighbour_clue

__all__ = [
    "Clue",
    "Line",
    "Publication",
    "clues_from_json",
    "clues_to_json",
    "find_clues",
    "infer",
    "neighbour_clue",
]

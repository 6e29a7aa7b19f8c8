"""One identity over all spellings: which names of a corpus mean the same entity, each merge with its rule.

`corpus` gathers the names, `rules` propose pairs of them in order of how sure they are, `merging` joins what does not
contradict, `ids` gives each entity the id it keeps.
"""

"""The prose of the page."""

from typing import Final

HEAD: Final = """# How good the estimates about prices are

Written by `python -m tests.quality.prices` (some minutes, without any server), which lets the rules of
`domain/prices` work on made-up books and stores of which the truth is known. What the shop knows it has
learnt in the course of it; where it was told the truth instead, the column says so. Real stores will
differ: the figures compare ways of working, and promise none of them to anybody. Seed {seed}.
"""
FRESH: Final = """## Freshness at the same number of calls

{books:,} books of one store, {questions:g} question a second in all (Zipf, {zipf}). Each price changes at
random, the median book every third day, some much more often (log-normal, deviation {spread}). Freshness is
P(the remembered price is right) when somebody asks. *Uniform* refreshes all books in turn; *tiers* is the
usual way, time to live 5 min, 15 min, 2 h and 24 h for the most popular 1 %, next 4 %, next 15 % and the
rest, slowed down alike until the calls are enough. Both are told how popular each book is. *Ours* is told
nothing: it counts questions with a half-life of a day, learns change rates from whether a price had changed
when it was asked for, and picks by `refresh.choose` from 64 buckets. It began from nothing and learnt for
60, 25 and 8 days. Goal: four points above the tiers.
"""
ASKING: Final = """## Stores asked for a comparison

{stores} stores, a fifth of them selling from five shared price lists. How dear they are differs by
{between} (deviation of logarithms), a store's own prices vary as the first column says, its level wanders
by 1 % a day, and it has the book and answers with a probability between 0.5 and 0.98. {comparisons:,}
comparisons in {days:.0f} days, learning included; the usual price of a book is known to {doubt} before
anybody is asked. A call costs what it displaces at 0.2 calls a second, and its time. Waves of at most
eight; the end is when no other store is likely to beat the best and two independent sources agree. Regret
is how much dearer the best price found is than the cheapest of all 100 stores. Goal: 12 calls at most, 1 %
regret at most, on average over five markets.
"""
FLAGS: Final = """## Mistakes caught, bargains suspected

{trials:,} comparisons for each figure; honest prices spread by {spread}, the book's median of 90 days is
known to {history}. The mistake is half the price. *Textbook* is 3.5 deviations by the median absolute
deviation of the prices at hand, at least 0.08; with three prices 0.35 from the median; with two 0.35 from
each other. Ours mixes that deviation with experience (12 %, worth 16 stores) and takes three of them: few
prices say little about their own spread, and the mistake among them widens it. A suspect is asked for again
half a minute later, so a false one costs a call.
"""
COPYING: Final = """## Copying caught

Forty stores, nine of which sell from three price lists and do not say so; three prices in ten are the
publisher's, to the cent, so that honest stores often agree; eight stores answer each time; one copy in
twenty is late.
"""
SURE: Final = """## Confidence

Best prices of comparisons of 1 to 12 stores, partly just asked, partly remembered for hours. Stores err in
0.2 % to 15 % of their prices by 15 % or so, and in one of a hundred by a factor. Right means that the
store, asked again, sells within 1 % of what was shown: {right} of all, {alone} of those that nobody else
supported. *Counting who agrees* is (1 - product of (1 - 0.6 weight)) x sqrt(weight that agrees / all
weight), 0.5 at most for a single source. Calibrated on one half, judged on the other. A Brier score of
{base:.4f} is what telling everybody the same number would get; lower is better.

Here, to have been confirmed by many says next to nothing about the cheapest price: the more stores were
asked, the likelier it is that the cheapest is so by mistake. What tells is how long ago it was seen, how
often its store proved right, and how far it lies below the others. So that is what our confidence is made
of. A price with one witness keeps its number, or the number would be untrue, but is never called "high".
"""
OTHERWISE: Final = """## What else was tried

- Refreshing by the exact harmonic penalty of even intervals, `(demand / change) (x - 1 + exp(-x))`: 0.8
  points less at 0.05 calls/s than the rule in use, which treats refreshes as random.
- A sharper value, `x^2 / (1 + x)^1.25` in place of `x^2 / (1 + x)`: 0.8 points more at 0.05 calls/s,
  nothing at the other budgets. Not used: the rule in use has a period that can be written down, from which
  a book's bucket follows.
- Buckets that books do not leave while they wait: up to 3 points less. A book that became slow stands in
  front of others that did not. So a head that is looked at and not chosen is put where it belongs now.
- Premiums measured by the usual price as it was thought to be before asking: 4 to 11 % more calls for the
  same regret. Measured by a usual price that the answer itself had a part in: 4 to 8 % fewer calls, a third
  more regret. So each is measured by the others.
- No exploration: neither better nor worse in these two months, as what is unknown of a store makes it worth
  asking by itself, and what is known ages. It is kept for stores of which what is known is wrong.
- Weighing the confidence by the number of supporters as well: no better Brier score than without.
"""

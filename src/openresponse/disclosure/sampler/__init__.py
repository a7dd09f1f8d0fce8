"""How sure a guess may be: in what share of the tables that fit everything published a withheld
figure is small.

A random walk over whole-numbered tables. Each step takes one change (see `changes`) and draws
how often it is made, uniformly among all times that keep every variable within its limits; so the
walk leaves the uniform distribution over the tables it can reach as it is.

What it can promise: checked against complete enumeration of small systems, the shares agree within
the error that `effective` implies. What it cannot: that the changes reach every table (no set of
changes that provably does is known for systems of this size), so known tables far apart should be
given as starts; and that a reader holds all tables for equally likely. Tables are counted over all
variables of the system: a figure that is a sum of many has more tables in the middle of its range.
A variable that no equation limits is taken to be at most `cap`, which is an assumption: the higher
it is, the smaller the share of tables with a small figure.
"""

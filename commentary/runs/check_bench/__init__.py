"""The mutation benchmark of the checker: wrong edits of drafts, and how many of them it finds.

Data flows one way: target, operators, mutants, oracle, entering, tables. The operators are written from
what an editor, a model or a sloppy typist does wrong, never from the rules that should catch it, and the
oracle that spares what stays true shares no code with the rules either.
"""

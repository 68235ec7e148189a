"""Training side of DeltaEdge: scenes, the Delta-LLaVA reference model, training, evaluation, export.

`recipe.md` beside this file lists the commands in order.
"""

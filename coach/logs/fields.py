"""The questions whose answers mean something in any sequence: looking back counts on them."""

# ruff: noqa: SIM905 # forty words read better as a text

MEANT = frozenset(
    """
    about acknowledgement coped decided did_it effort effort_expected fear fear_badness fear_badness_actual fear_likelihood
    fear_outcome fear_sign first_step first_step_done first_step_when first_thought focus_sentence greatest_need heavier
    held_back helped helped_by honest_question learned let_go loosened moment need not_yours observation old_road old_road_sign
    one_question_enough other_said other_strength presence purpose quality question_beneath step_outcome strength tension
    thought_now touched unexpected way_back
    """.split()
)
"""Their ids: a line that begins with one of these and `::` is an answer, whatever an editor made of it."""

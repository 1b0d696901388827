from __future__ import annotations

from uuid import UUID

from gezhi.duties.rules.proposal import OwnProposal
from gezhi.duties.rules.several import key_of, refused_of

KEY = UUID(int=1)


def test_the_refused_one_is_told_by_its_number_with_its_own_reason() -> None:
    problem = refused_of(3, OwnProposal(), at="06010@410105")
    assert (problem.field, problem.details["number"], problem.details["why"]) == ("rows", 3, "duties.proposal.own")
    assert problem.text("zh").startswith("第 3 项没有通过：这项修订由您本人提出")
    assert problem.text("en").startswith("Number 3 was refused: You proposed this yourself")


def test_each_of_several_has_a_key_of_its_own_that_is_the_same_when_sent_again() -> None:
    assert key_of(KEY, 1) == key_of(KEY, 1) != key_of(KEY, 2)
    assert key_of(UUID(int=2), 1) != key_of(KEY, 1)

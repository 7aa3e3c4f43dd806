"""The loop that holds a conversation."""

from __future__ import annotations

from collections.abc import Callable

from coach.conversation.answer import NotAnAnswerError, say_understood
from coach.conversation.asker import INTERRUPTED, Asker, Back, Interruption, Prompt, Reply, ToHeart
from coach.conversation.coach import Coach
from coach.conversation.engine import Conversation
from coach.conversation.keeper import Keeper
from coach.conversation.turn import Ask, Done, Remark
from coach.insights.safety import without_safety
from coach.language import _


def hold(coach: Coach, conversation: Conversation, keeper: Keeper) -> Conversation:
    """Ask until everything is answered and the person is content, handing every new state to `keeper`.

    Raises:
        Interruption: when the person stops; what was said and typed has been kept.

    """
    try:
        return _hold(coach, conversation, keeper)
    except KeyboardInterrupt:  # between two prompts
        raise Interruption("", INTERRUPTED) from None
    except SystemExit as ending:
        raise Interruption("", int(ending.code or 0)) from None


def _hold(coach: Coach, conversation: Conversation, keeper: Keeper) -> Conversation:
    asker = coach.asker
    while True:
        match conversation.step:
            case Ask(question) as ask:
                memories = coach.library.recall(question.recall, keeper.session.about, keeper.id, without_safety)
                conversation = _take(conversation, Prompt(ask, memories), conversation.answer, asker, keeper)
            case Remark(ask) as remark:
                if remark.safety and not asker.tell_safety(remark):
                    conversation = conversation.not_about_safety()
                    keeper.keep(conversation)
                    asker.tell(_("All right. We go on as before."))
                other_words = asker.remark(remark) if remark.heard else None
                if other_words is None:
                    conversation = conversation.leave()
                else:
                    again = Prompt(ask._replace(default=other_words or ask.default), changing=True)
                    conversation = _take(conversation, again, conversation.say_again, asker, keeper)
            case Done(says):
                id_ = asker.review(conversation.record)
                if id_ is None:
                    for text in says:
                        asker.tell(text)
                    return conversation
                conversation = _take_again(conversation, id_, asker, keeper)


def _take_again(conversation: Conversation, id_: str, asker: Asker, keeper: Keeper) -> Conversation:
    """Ask a question that was answered once more."""

    def answer(typed: str) -> Conversation:
        return conversation.revise(id_, typed)

    return _take(conversation, Prompt(conversation.ask(id_), changing=True), answer, asker, keeper)


def _take(
    conversation: Conversation, prompt: Prompt, answer: Callable[[str], Conversation], asker: Asker, keeper: Keeper
) -> Conversation:
    """Ask one question until its answer can be kept; `answer` returns the conversation after it."""
    id_ = prompt.ask.question.id
    while True:
        try:
            reply = asker.ask(prompt, lambda draft: keeper.keep_draft(conversation.with_draft(id_, draft)))
        except Interruption as stop:
            keeper.keep(conversation.with_draft(id_, stop.draft))
            raise
        if isinstance(reply, Back) or (prompt.changing and isinstance(reply, ToHeart)):
            after = conversation.with_draft(id_, reply.text)
            if after is not conversation:
                keeper.keep_draft(after)
            return after.leave() if prompt.changing else after.back()
        try:
            after = answer(reply.text) if isinstance(reply, Reply) or reply.text.strip() else conversation
        except NotAnAnswerError as error:
            prompt = prompt._replace(problem=str(error), ask=prompt.ask._replace(default=reply.text))
            continue
        if isinstance(reply, ToHeart):
            after = after.to_heart()
        keeper.keep(after)
        if understood := say_understood(prompt.ask.question, _lines(after, id_), conversation.today):
            asker.tell(understood)
        _tell_dropped(conversation, after, asker)
        return after


def _lines(conversation: Conversation, id_: str) -> tuple[str, ...]:
    return next((exchange.lines for exchange in conversation.record if exchange.id == id_), ())


def _tell_dropped(before: Conversation, after: Conversation, asker: Asker) -> None:
    """Name the questions that no longer apply after a change."""
    ids = {exchange.id for exchange in after.record}
    dropped = [exchange.question for exchange in before.record if exchange.id not in ids and exchange.answered]
    if dropped:
        asker.tell(_("This no longer applies and is left out of your log:") + "\n" + "\n".join(f"- {ask}" for ask in dropped))

"""Three years of a fictional person's conversations, the same at every run; nobody in it exists.

`PYTHONPATH=. python tests/support/history.py FOLDER [--language nl] [--logs 10000]` writes the logs into a folder.
"""

# ruff: noqa: E501 # sentences stay on one line; chance is what it is for

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random

from coach.insights.safety import mark_safety
from coach.logs.markdown import render
from coach.logs.session import Exchange, Session

START = datetime(2023, 9, 4, 8, 15, 0, tzinfo=timezone(timedelta(hours=2)))
YEARS = 3

TITLES = {
    "nl": {"map": "De situatie in kaart", "prepare": "Een gesprek voorbereiden", "reflect": "Terugkijken op een gesprek",
           "follow-up": "Een paar weken later"},
    "en": {"map": "Map the situation", "prepare": "Prepare a conversation", "reflect": "Look back on a conversation",
           "follow-up": "A few weeks later"},
}  # fmt: skip
LABELS = {
    "nl": {"no": "Nee", "partly": "Deels", "yes": "Ja", "unknown": "Weet ik nog niet", "short": "Een paar minuten",
           "longer": "Een kwartier", "honest_question": "Een eerlijke vraag stellen", "acknowledgement": "Echte erkenning geven",
           "old_road": "De oude weg opmerken", "let_go": "Mijn angst loslaten", "strength": "Zien wat er al is"},
    "en": {"no": "No", "partly": "In part", "yes": "Yes", "unknown": "I do not know yet", "short": "A few minutes",
           "longer": "A quarter of an hour", "honest_question": "Asking an honest question",
           "acknowledgement": "Giving real acknowledgement", "old_road": "Noticing the old road", "let_go": "Letting go of my fear",
           "strength": "Seeing what is already there"},
}  # fmt: skip
QUESTIONS = {
    "nl": {
        "about": ("Het gesprek", "Met wie ga je in gesprek?"),
        "time": ("Het gesprek", "Hoeveel tijd heb je nu?"),
        "first_thought": ("Wat je al denkt", "Wat dacht je als eerste over deze situatie?"),
        "observation": ("Wat je al denkt", "Wat heb je gezien en gehoord?"),
        "honest_question": ("Eerlijke vraag", "Welke eerlijke vraag wil je stellen?"),
        "tension": ("Eerlijke vraag", "Hoe spannend is die vraag? (0 niet - 10 heel)"),
        "acknowledgement": ("Erkenning", "Welke erkenning wil je geven?"),
        "strength": ("Wat er al is", "Wat heb je al in je?"),
        "need": ("Behoeften", "Wat heeft de ander het allermeest nodig?"),
        "old_road": ("De oude weg", "Welke oude weg ken je van jezelf?"),
        "old_road_sign": ("De oude weg", "Waaraan merk je als eerste dat je die weg weer op gaat?"),
        "old_road_taken": ("De oude weg", "Ben je die weg weer op gegaan?"),
        "way_back": ("De oude weg", "Wat doe je dan om terug te komen?"),
        "fear": ("Angstcheck", "Waar ben je bang voor dat er misgaat?"),
        "fear_likelihood": ("Angstcheck", "Hoe waarschijnlijk is het dat dit gebeurt? (0 vast niet - 10 vast wel)"),
        "fear_badness": ("Angstcheck", "Hoe erg zou dat zijn? (0 niet erg - 10 heel erg)"),
        "fear_sign": ("Angstcheck", "Waaraan zou je merken dat het gebeurt?"),
        "let_go": ("Angstcheck", "Wat als je deze angst loslaat?"),
        "did_it": ("Het gesprek", "Heb je het gedaan?"),
        "quality": ("Kwaliteiten", "Welke kwaliteit zag je bij de ander?"),
        "fear_outcome": ("Angstcheck", "Is het gebeurd?"),
        "fear_badness_actual": ("Angstcheck", "Hoe erg was dat? (0 niet erg - 10 heel erg)"),
        "unexpected": ("Angstcheck", "Wat viel tegen zonder dat je het zag aankomen?"),
        "effort": ("Hoe je er was", "Hoe hard heb je gewerkt? (0 helemaal niet - 10 heel hard)"),
        "presence": ("Hoe je er was", "In hoeverre kon je er gewoon zijn? (0 helemaal niet - 10 helemaal)"),
        "learned": ("Wat je meeneemt", "Wat heb je van de ander geleerd?"),
        "helped": ("Wat je meeneemt", "Welk handvat hielp je?"),
        "first_step": ("Eerste kleine stap", "Wat is nu de eerste kleine stap?"),
        "first_step_when": ("Eerste kleine stap", "Op welke dag?"),
        "first_step_done": ("De stap", "Is die gezet?"),
        "changed": ("Wat er veranderde", "Wat is er sindsdien anders?"),
        "effort_expected": (
            "De oude weg",
            "Hoeveel ga je overtuigen, uitleggen en oplossen, denk je? (0 helemaal niet - 10 heel veel)",
        ),
        "loosened": ("De eerlijke vraag", "Wat maakte je vraag los?"),
        "thought_now": ("Wat je meeneemt", "Wat denk je nu over deze situatie?"),
        "not_yours": ("Waar je bang voor was", "Wat was niet aan jou om op te lossen?"),
        "purpose": ("Hoe je nu kijkt", "Waar doe je het voor?"),
    },
    "en": {
        "about": ("The conversation", "Who are you going to talk with?"),
        "time": ("The conversation", "How much time do you have now?"),
        "first_thought": ("What you already think", "What did you think first about this situation?"),
        "observation": ("What you already think", "What have you seen and heard?"),
        "honest_question": ("Honest question", "Which honest question do you want to ask?"),
        "tension": ("Honest question", "How exciting is that question? (0 not - 10 very)"),
        "acknowledgement": ("Acknowledgement", "Which acknowledgement do you want to give?"),
        "strength": ("What is there", "What do you already have in you?"),
        "need": ("Needs", "What does the other need most of all?"),
        "old_road": ("The old road", "Which old road do you know of yourself?"),
        "old_road_sign": ("The old road", "How do you first notice that you are on it again?"),
        "old_road_taken": ("The old road", "Did you go down that road again?"),
        "way_back": ("The old road", "What do you do then to come back?"),
        "fear": ("Fear check", "What are you afraid will go wrong?"),
        "fear_likelihood": ("Fear check", "How likely is it that this happens? (0 surely not - 10 surely)"),
        "fear_badness": ("Fear check", "How bad would that be? (0 not bad - 10 very bad)"),
        "fear_sign": ("Fear check", "How would you notice that it happens?"),
        "let_go": ("Fear check", "What if you let this fear go?"),
        "did_it": ("The conversation", "Did you do it?"),
        "quality": ("Qualities", "Which quality did you see in the other?"),
        "fear_outcome": ("Fear check", "Did it happen?"),
        "fear_badness_actual": ("Fear check", "How bad was it? (0 not bad - 10 very bad)"),
        "unexpected": ("Fear check", "What turned out badly without you seeing it coming?"),
        "effort": ("How you were there", "How hard did you work? (0 not at all - 10 very hard)"),
        "presence": ("How you were there", "How far could you simply be there? (0 not at all - 10 completely)"),
        "learned": ("What you take along", "What did you learn from the other?"),
        "helped": ("What you take along", "Which handle helped you?"),
        "first_step": ("First small step", "What is the first small step now?"),
        "first_step_when": ("First small step", "On which day?"),
        "first_step_done": ("The step", "Was it taken?"),
        "changed": ("What changed", "What is different since then?"),
        "effort_expected": (
            "The old road",
            "How much convincing, explaining and solving do you expect to do? (0 none - 10 a great deal)",
        ),
        "loosened": ("The honest question", "What did your question bring up?"),
        "thought_now": ("What you take away", "What do you think about this situation now?"),
        "not_yours": ("What you were afraid of", "What was not yours to solve?"),
        "purpose": ("How you see it now", "What do you do this work for?"),
    },
}
ABOUTS = {
    "nl": (
        "ouders van S.",
        "ouders van D.",
        "moeder van K.",
        "vader van L.",
        "collega M.",
        "gezin B.",
        "ouders van Zoë",
    ),
    "en": (
        "parents of S.",
        "parents of D.",
        "mother of K.",
        "father of L.",
        "colleague M.",
        "family B.",
        "parents of Zoë",
    ),
}
TAGS = {
    "nl": ("verzuim", "leesachterstand", "pesten", "overgang"),
    "en": ("absence", "reading", "bullying", "transition"),
}
TEXTS: dict[str, dict[str, tuple[str, ...]]] = {
    "nl": {
        "first_thought": ("Hier komen we zo niet uit.", "Ze willen gewoon niet.", "Dit gezin moet naar de hulpverlening.",
                          "Ik heb dit al drie keer gezegd.", "Ze komen vast weer niet opdagen."),
        "observation": ("In november kwam S. acht keer na half negen binnen.", "Vader keek twee keer op zijn telefoon en zei niets.",
                        "Moeder bracht de tas die hij vergeten was, in de regen.", "Het schrift bleef vier dagen leeg.",
                        "Ze lachte toen ze over het voetbal vertelde."),
        "honest_question": ("Wat maakt de ochtenden bij jullie zo zwaar?", "Vindt u ook niet dat hij eerder naar bed moet?",
                            "Waar ligt u 's nachts wakker van?", "Wat heeft u van ons nodig dat u nooit gevraagd heeft?",
                            "Kan hij thuis rustig lezen?", "Wat zou u tegen mij zeggen als u niet beleefd hoefde te zijn?"),
        "acknowledgement": ("Ik zie hoe u elke ochtend met drie kinderen op de stoep staat.", "U doet het hartstikke goed.",
                            "U hebt vier keer gebeld en u bent blijven bellen.", "U hebt hem elke avond voorgelezen, ook na de late dienst.",
                            "Wat knap van u."),
        "strength": ("Ik kan stil zijn en wachten.", "Ik blijf rustig als iemand boos wordt.", "Mijn humor, die maakt het licht.",
                     "Ik kan goed luisteren.", "Rust. Die hoefde ik niet te leren.", "Ik durf te zeggen dat ik het niet weet."),
        "need": ("Dat iemand ziet hoe hard ze werkt.", "Erkenning voor alles wat ze al doen.", "Rust in de ochtend.",
                 "Dat wij eerst luisteren.", "Gezien worden als ouder, niet als probleem."),
        "old_road": ("Zodra het stil wordt, ga ik uitleggen.", "Ik ga uitleggen hoe het moet.", "Ik begin een rooster te tekenen.",
                     "Ik neem alles over en ga harder werken.", "Ik ga oplossingen geven.", "Dan ga ik weer te veel uitleggen.",
                     "Ik word streng en haal de regels erbij."),
        "old_road_sign": ("Ik praat sneller en schuif naar voren.", "Mijn stem gaat omhoog.", "Ik pak mijn pen.",
                          "Ik ga sneller praten.", "Mijn schouders gaan omhoog."),
        "way_back": ("Pen neerleggen en mijn vraag nog een keer stellen.", "Achterover zitten en één adem halen.",
                     "Ik legde mijn pen neer en was stil.", "Eerst drie tellen wachten.", "Zeggen dat ik te snel ga."),
        "fear": ("Dat moeder opstaat en wegloopt.", "Dat vader boos wordt en gaat schreeuwen.", "Dat ik begin te huilen.",
                 "Dat ze zeggen dat het aan school ligt.", "Dat er een klacht komt.", "Dat het stil blijft en niemand iets zegt.",
                 "Dat vader boos wegloopt.", "Dat ik niets meer weet te zeggen."),
        "fear_sign": ("Ze pakt haar tas.", "Hij gaat harder praten.", "Mijn keel wordt dik."),
        "let_go": ("Dan kan ik gewoon luisteren.", "Dan hoef ik niets te redden.", "Dan stel ik mijn vraag en wacht ik."),
        "quality": ("Eerlijkheid. Ze durfde te zeggen dat het niet lukt.", "Volhouden, al drie jaar lang.", "Humor, midden in de ellende.",
                    "Trouw. Hij is er elke keer.", "Moed: ze kwam alleen.", "Eerlijkheid, hij draaide er niet omheen."),
        "unexpected": ("Vader moest halverwege weg.", "De tolk kwam niet.", "Er kwam een collega binnen die bleef zitten.",
                       "Ik was de helft van mijn papieren vergeten."),
        "learned": ("Dat volhouden er van buiten uit kan zien als onwil.", "Dat stilte ook een antwoord is.",
                    "Dat ze thuis al meer proberen dan ik wist."),
        "first_step": ("Ik bel moeder vrijdag om te vragen hoe de ochtend ging.", "De deur staat vanaf maandag om acht uur open.",
                       "We lezen samen tien minuten, elke dinsdag.", "Ik schrijf een kaartje aan vader."),
        "changed": ("Moeder groet me weer bij het hek.", "Hij komt drie van de vijf dagen op tijd.", "Nog niets, en dat is ook goed."),
        "loosened": ("Eerst bleef het stil, en toen vertelde ze over haar nachtdienst.", "Hij zei dat hij het zelf ook niet weet.",
                     "Een lang verhaal over zijn eigen school.", "Niets. Ze keek naar de klok."),
        "thought_now": ("Dat deze ouders harder werken dan ik wist.", "Dat het langzamer gaat dan ik wil.", "Dat ik te snel wilde.",
                        "Dat hij wel wil, maar niet weet hoe."),
        "not_yours": ("Het rooster van vader.", "Dat ze ruzie hebben over de opvang.", "De wachtlijst."),
        "purpose": ("Voor die ene die morgen fluitend binnenkomt.", "Voor zo'n maandag waarop het wel lukt."),
    },
    "en": {
        "first_thought": ("We will not get anywhere like this.", "They simply do not want to.", "This family needs to be referred.",
                          "I have said this three times.", "They will not turn up again."),
        "observation": ("In November S. came in after half past eight eight times.", "Father looked at his phone twice and said nothing.",
                        "Mother brought the bag he had left, in the rain.", "The notebook stayed empty for four days.",
                        "She laughed when she told about the football."),
        "honest_question": ("What makes the mornings so heavy for you?", "Don't you think he should go to bed earlier?",
                            "What keeps you awake at night?", "What do you need from us that you never asked for?",
                            "Can he read quietly at home?", "What would you tell me if you did not have to be polite?"),
        "acknowledgement": ("I see you at the gate every morning with three children.", "You are doing great.",
                            "You called four times and you kept calling.", "You read to him every night, after the late shift too.",
                            "Well done."),
        "strength": ("I can be silent and wait.", "I stay calm when someone gets angry.", "My humour, it makes things light.",
                     "I can listen well.", "Calm. I did not have to learn it.", "I dare to say that I do not know."),
        "need": ("That someone sees how hard she works.", "Acknowledgement for all they already do.", "A quiet morning.",
                 "That we listen first.", "To be seen as a parent, not as a problem."),
        "old_road": ("As soon as it is quiet, I start explaining.", "I explain how it should be done.", "I begin to draw a timetable.",
                     "I take everything over and work harder.", "I go and give solutions.", "Then I am explaining too much again.",
                     "I become strict and bring in the rules."),
        "old_road_sign": ("I talk faster and move forward.", "My voice goes up.", "I pick up my pen.", "I start talking faster.",
                          "My shoulders go up."),
        "way_back": ("Put down my pen and ask my question once more.", "Sit back and take one breath.",
                     "I put down my pen and was silent.", "First count to three.", "Say that I am going too fast."),
        "fear": ("That mother gets up and walks out.", "That father gets angry and starts shouting.", "That I start to cry.",
                 "That they say it is the school's fault.", "That there will be a complaint.", "That it stays silent and nobody speaks.",
                 "That father walks out angry.", "That I do not know what to say any more."),
        "fear_sign": ("She takes her bag.", "He talks louder.", "My throat tightens."),
        "let_go": ("Then I can simply listen.", "Then I need not rescue anything.", "Then I ask my question and wait."),
        "quality": ("Honesty. She dared to say that it does not work.", "Perseverance, for three years.", "Humour, in the middle of it all.",
                    "Loyalty. He is there every time.", "Courage: she came alone.", "Honesty, he did not beat about the bush."),
        "unexpected": ("Father had to leave halfway.", "The interpreter did not come.", "A colleague came in and stayed.",
                       "I had left half of my papers behind."),
        "learned": ("That perseverance can look like unwillingness from outside.", "That silence is an answer too.",
                    "That they already try more at home than I knew."),
        "first_step": ("I call mother on Friday to ask how the morning went.", "The door is open at eight from Monday on.",
                       "We read together for ten minutes, every Tuesday.", "I write a card to father."),
        "changed": ("Mother greets me at the gate again.", "He is on time three days out of five.", "Nothing yet, and that is fine too."),
        "loosened": ("It was quiet at first, and then she talked about her night shift.", "He said he doesn't know either.",
                     "A long story about his own school.", "Nothing. She looked at the clock."),
        "thought_now": ("That these parents work harder than I knew.", "That it is slower than I'd like.", "That I wanted to go too fast.",
                        "That he wants to, but doesn't know how."),
        "not_yours": ("The father's rota.", "That they are fighting about childcare.", "The waiting list."),
        "purpose": ("For the one who comes in whistling tomorrow.", "For a Monday when it does work out."),
    },
}  # fmt: skip
HEARD = {"nl": {1: "leading_question", 4: "closed_question"}, "en": {1: "leading_question", 4: "closed_question"}}
EMPTY_PRAISE = (1, 4)


@dataclass
class _Writer:
    """One person's three years, told from the first day on."""

    language: str
    random: Random
    told: list[Session] = field(default_factory=list)

    def share(self, when: datetime) -> float:
        """How far the person is on the way, from 0 to 1."""
        return min(1.0, (when - START) / timedelta(days=365 * YEARS))

    def answer(self, id_: str, *lines: str, heard: tuple[str, ...] = (), before: tuple[str, ...] = ()) -> Exchange:
        section, question = QUESTIONS[self.language][id_]
        return Exchange(id_, question, lines, section, before=before, heard=heard)

    def pick(self, id_: str) -> Exchange:
        return self.answer(id_, self.random.choice(TEXTS[self.language][id_]))

    def later(self, id_: str, numbers: range = range(0)) -> Exchange:
        """Return an answer to a question that was added later, and leave the chance of all others as it was."""
        chance = Random(f"{id_}-{len(self.told)}")
        return self.answer(id_, chance.choice([str(number) for number in numbers] or TEXTS[self.language][id_]))

    def choice(self, id_: str, *keys: str) -> Exchange:
        return self.answer(id_, *(f"{key} ({LABELS[self.language][key]})" for key in keys))._replace(choice=True)

    def number(self, id_: str, mean: float) -> Exchange:
        return self.answer(id_, str(max(0, min(10, round(self.random.gauss(mean, 1.3))))))

    def tell(self, kind: str, when: datetime, about: str, follows: str, tags: tuple[str, ...], exchanges: list[Exchange],
             *, finished: bool = True) -> Session:  # fmt: skip
        session = Session(
            id=f"{when:%Y-%m-%d-%H%M%S}-{kind}", sequence=kind, kind=kind, language=self.language,
            title=TITLES[self.language][kind], started=when, about=about,
            finished=when + timedelta(minutes=self.random.randint(4, 14), seconds=self.random.randint(0, 59)) if finished else None,
            follows=follows, tags=tags, exchanges=tuple(exchanges),
        )  # fmt: skip
        heard = mark_safety(session)
        self.told.append(heard)
        return heard

    def hear(self, when: datetime) -> Exchange:
        """Return the honest question; closed and leading ones become rare."""
        texts, heard = TEXTS[self.language]["honest_question"], HEARD[self.language]
        if self.random.random() < 0.62 * (1 - self.share(when)) + 0.06:
            poor = self.random.choice(list(heard))
            again = self.random.random() < 0.5
            kept = texts[0] if again else texts[poor]
            return self.answer("honest_question", kept, heard=(heard[poor],), before=(texts[poor],) if again else ())
        return self.answer("honest_question", texts[self.random.choice((0, 2, 3, 5))])

    def acknowledge(self, when: datetime) -> Exchange:
        texts = TEXTS[self.language]["acknowledgement"]
        if self.random.random() < 0.5 * (1 - self.share(when)) + 0.05:
            return self.answer("acknowledgement", texts[self.random.choice(EMPTY_PRAISE)], heard=("empty_acknowledgement",))
        return self.answer("acknowledgement", texts[self.random.choice((0, 2, 3))])

    def prepare(self, when: datetime, about: str, follows: str, tags: tuple[str, ...]) -> Session:
        long = self.random.random() < 0.6
        fear = self.pick("fear")
        if self.random.random() < 0.15:
            others = [text for text in TEXTS[self.language]["fear"] if text not in fear.lines]
            fear = self.answer("fear", *fear.lines, self.random.choice(others))
        exchanges = [
            self.answer("about", about), self.choice("time", "longer" if long else "short"),
            *((self.pick("first_thought"), self.pick("observation")) if long else ()),
            self.hear(when), *((self.number("tension", 6.5),) if long else ()), self.acknowledge(when),
            *((self.pick("strength"), self.pick("need")) if long else ()),
            self.pick("old_road"), self.pick("old_road_sign"), self.pick("way_back"),
            fear, self.number("fear_likelihood", 6.4 - 1.8 * self.share(when)),
            *((self.number("fear_badness", 7), self.pick("fear_sign")) if long else ()), self.pick("let_go"),
            *((self.later("effort_expected", range(5, 10)),) if long else ()),
        ]  # fmt: skip
        if self.random.random() < 0.04:
            return self.tell("prepare", when, about, follows, tags, exchanges[:-4], finished=False)
        return self.tell("prepare", when, about, follows, tags, exchanges)

    def reflect(self, when: datetime, prepared: Session) -> Session:
        outcome = self.random.choices(("no", "partly", "yes", "unknown"), (70, 14, 7, 9))[0]
        road = self.random.choices(("no", "partly", "yes"), (30, 45, 25))[0]
        share = self.share(when)
        exchanges = [
            self.answer("about", prepared.about), self.choice("did_it", "yes"), self.pick("quality"),
            self.choice("old_road_taken", road), *((self.pick("way_back"),) if road != "no" else ()),
            *((self.choice("fear_outcome", outcome),) if prepared.exchange("fear") else ()),
            *((self.number("fear_badness_actual", 4),) if outcome in {"partly", "yes"} and prepared.exchange("fear") else ()),
            self.pick("unexpected") if self.random.random() < 0.22 else self.answer("unexpected", ""),
            self.number("effort", 8.2 - 4 * share), self.number("presence", 4 + 3.6 * share),
            self.pick("learned"),
            self.choice("helped", *sorted(self.random.sample(("honest_question", "acknowledgement", "old_road", "let_go", "strength"), 2))),
            self.pick("first_step"), self.answer("first_step_when", f"{when + timedelta(days=self.random.randint(2, 9)):%Y-%m-%d}"),
            self.later("loosened"), self.later("thought_now"),
        ]  # fmt: skip
        return self.tell("reflect", when, prepared.about, prepared.id, prepared.tags, exchanges)

    def follow_up(self, when: datetime, reflected: Session) -> Session:
        outcome = reflected.exchange("fear_outcome")
        asked = outcome is not None and outcome.keys == ("unknown",)
        exchanges = [
            self.answer("about", reflected.about),
            self.choice("first_step_done", self.random.choices(("yes", "partly", "no"), (60, 25, 15))[0]),
            self.pick("changed"),
            *((self.choice("fear_outcome", self.random.choice(("no", "no", "partly"))),) if asked else ()),
            *((self.number("fear_badness_actual", 4),) if asked and self.random.random() < 0.3 else ()),
            self.later("thought_now"), self.later("not_yours"), self.later("purpose"),
        ]  # fmt: skip
        return self.tell("follow-up", when, reflected.about, reflected.id, reflected.tags, exchanges)


def history(language: str, logs: int = 0, seed: int = 20230904) -> tuple[Session, ...]:
    """Return the sessions of three years, oldest first; with `logs`, as many as that, in as many years as it takes."""
    writer = _Writer(language, Random(f"{seed}-{language}"))
    when = START
    end = START + timedelta(days=365 * YEARS - 45)
    while len(writer.told) < logs if logs else when < end:
        about = writer.random.choice(ABOUTS[language])
        tags = (writer.random.choice(TAGS[language]),) if writer.random.random() < 0.4 else ()
        prepared = writer.prepare(when, about, "", tags)
        if writer.random.random() < 0.88 and prepared.finished:
            reflected = writer.reflect(when + timedelta(hours=30, minutes=writer.random.randint(0, 59)), prepared)
            if writer.random.random() < 0.55:
                writer.follow_up(when + timedelta(days=writer.random.randint(15, 26), hours=4), reflected)
        when += timedelta(
            days=writer.random.randint(5, 16), hours=writer.random.randint(-1, 1), minutes=writer.random.randint(0, 59)
        )
    told = writer.told[:logs] if logs else writer.told
    return tuple(sorted(told, key=lambda session: session.started))


def logs(language: str, count: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of every log."""
    for session in history(language, count):
        yield f"{session.id}.md", render(session).encode()


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", default="nl", choices=("nl", "en"))
    parser.add_argument("--logs", type=int, default=0)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, data in logs(options.language, options.logs):
        (options.folder / name).write_bytes(data)


if __name__ == "__main__":
    _main()

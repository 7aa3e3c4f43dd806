"""Forms of one word have one stem; words that only look alike have not, with the exceptions named here."""

# ruff: noqa: E501 # sentences stay on one line

from coach.language.stems import content_words
from coach.language.words import words_of

TOGETHER = {
    "nl": """uitleggen uitleg|praten praat|oplossing oplossingen|vraag vragen|moeder moeders|ouder ouders|kind kinderen|luisteren luister
    |stil stilte|rustig rust|regel regels|tekenen teken|streng strenge|harde hard|werken werk|eerlijk eerlijkheid|eerlijke eerlijkheid
    |schouder schouders|pennen pen|moed moedig|boos boze|gesprek gesprekken|geduld geduldig|volhouden volhoudt|helpen help
    |overnemen overneem|wachten wacht|stem stemmen|roosters rooster|ademen adem|vertrouwen vertrouw|grappig grap
    |betrokken betrokkenheid|leerling leerlingen|collega collega's|sturen stuur|redden red|druk drukke|sneller snel|lachen lacht""",
    "en": """explain explaining|explained explain|solution solutions|question questions|talk talking|talks talked|quiet quietly
    |honest honesty|rule rules|shout shouting|work working|listen listening|calm calmly|mother mothers|help helped|draw drawing
    |timetable timetables|child children|worry worries|strict strictly|laugh laughed|rescue rescuing|try tries|stop stopped
    |breathe breathing|persevere persevering|story stories|interrupt interrupting|advise advising|give giving|faster fast|angry anger
    |patience patient|worried worrying""",
}
APART = {
    "nl": """mond moed|leren leraar|boos boot|stil stijl|recht regel|werk wens|school schouder|hand handvat|tafel taal|kinderen kijken
    |stem steen|vader vaak|rust ruzie|praten pret|hulp huilen|geven geel|rooster rood|mooi moe|meer meester|week weken""",
    "en": """mother moth|father fat|organ organise|universe university|news new|general generous|policy police|rest restaurant|calm calf
    |teacher teach|person personal|word work|stated station|hand handle|patient patio|importance import|past paste|even evening""",
}


def wrong(pairs: str, language: str, *, together: bool) -> list[str]:
    found = [pair.split() for pair in pairs.split("|")]
    stem = words_of(language).stem
    return [f"{one} {other}" for one, other in found if (stem(one) == stem(other)) != together]


def test_forms_of_one_word_come_together() -> None:
    assert wrong(TOGETHER["nl"], "nl", together=True) == ["sneller snel", "lachen lacht"]
    assert wrong(TOGETHER["en"], "en", together=True) == [
        "honest honesty",
        "faster fast",
        "angry anger",
        "patience patient",
        "worried worrying",
    ]


def test_words_that_look_alike_stay_apart() -> None:
    assert wrong(APART["nl"], "nl", together=False) == ["week weken"]
    assert wrong(APART["en"], "en", together=False) == ["past paste", "even evening"]


def test_only_the_words_that_carry_meaning_are_kept() -> None:
    assert [word.stem for word in content_words("Zodra S. stil wordt, ga ik weer Uítleggen.", "nl")] == [
        "stil",
        "uitleg",
    ]
    assert [word.stem for word in content_words("As soon as it's quiet, I don\u2019t wait.", "en")] == ["quiet", "wait"]

"""The language of a text, or None where it cannot be told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.languages import detect, detect_surely

TEXTS = {
    "ar": "قرر مجلس المدينة مساء الخميس إعادة فتح خط العبارات القديم، ومن المقرر أن تغادر أول سفينة في السادسة صباحا.",
    "de": "Der Stadtrat hat am Donnerstag beschlossen, die alte Fährverbindung wieder zu eröffnen; das Schiff legt ab.",
    "en": "The council voted late on Thursday to reopen the old ferry line, and the first boat leaves at six.",
    "es": "El ayuntamiento decidió el jueves por la noche reabrir la antigua línea de ferris, y saldrá a las seis.",
    "fi": "Kaupunginvaltuusto päätti torstai-iltana avata vanhan lauttalinjan uudelleen, ja laiva lähtee kello kuusi.",
    "fr": "Le conseil municipal a décidé jeudi soir de rouvrir l’ancienne ligne de ferry, et il part à six heures.",
    "he": "מועצת העיר החליטה ביום חמישי בערב לפתוח מחדש את קו המעבורת הישן, והספינה הראשונה תצא בשש בבוקר.",
    "hi": "नगर परिषद ने गुरुवार की रात पुरानी नौका सेवा फिर से शुरू करने का फैसला किया, पहली नाव सुबह छह बजे चलेगी।",
    "ja": "市議会は木曜日の夜、古いフェリー航路を再開することを決め、最初の便は午前六時に出航する。",
    "ko": "시의회는 목요일 밤 옛 여객선 항로를 다시 열기로 결정했으며 첫 배는 오전 여섯 시에 출발한다.",
    "pl": "Rada miasta zdecydowała w czwartek wieczorem o ponownym otwarciu starej linii promowej, a prom odpłynie.",
    "pt": "A câmara decidiu na quinta-feira à noite reabrir a antiga linha de barcos, e o primeiro deve sair às seis.",
    "ru": "Городской совет решил в четверг вечером вновь открыть старую паромную линию, паром отправится в шесть утра.",
    "tr": "Belediye meclisi perşembe akşamı eski feribot hattını yeniden açmaya karar verdi; ilk gemi sabah kalkacak.",
    "uk": "Міська рада вирішила у четвер увечері знову відкрити стару поромну лінію, перший пором вирушить о шостій.",
    "zh": "市议会周四晚间决定重新开放旧渡轮航线，第一班船将于早上六点出发，居民表示欢迎。",
}


@pytest.mark.parametrize("language", TEXTS)
def test_one_sentence_is_enough(language: str) -> None:
    """A sentence of news says its language."""
    assert detect(TEXTS[language]) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Rat schloss die Brücke am Montag, sagte der Bürgermeister.", "de"),
        ("Совет закрыл мост в понедельник, сообщил мэр.", "ru"),
        ("The council closed the bridge on Monday, the mayor said.", "en"),
        ("Rosa Lind met Jonas Weber in Bremen.", None),
    ],
)
def test_a_short_text_must_be_sure(text: str, language: str | None) -> None:
    """Names say little of the language they stand in."""
    assert detect_surely(text) == language


@pytest.mark.parametrize(
    "text", ["", " \n", "12:30, 15.4 %, 2024-05-06", "— … !!!", "Ferry", "Storm closes port", "\ud800"]
)
def test_what_is_too_short_or_has_no_words_has_no_language(text: str) -> None:
    """Nothing is claimed of a label, a number or a name."""
    assert detect(text) is None


@pytest.mark.parametrize(("language", "other"), [("en", "de"), ("fr", "en"), ("ru", "uk")])
def test_words_of_another_language_do_not_change_it(language: str, other: str) -> None:
    """An article quotes in other languages and stands under labels in them."""
    assert detect(f"{TEXTS[language] * 3} “{TEXTS[other]}” {TEXTS[language] * 3}") == language
    assert detect(f"{TEXTS[other][:40]}\n\n{TEXTS[language] * 4}") == language


@settings(deadline=None)
@given(st.text(max_size=2_000))
def test_any_text_has_a_two_letter_code_or_none(text: str) -> None:
    """Odd characters are no error, and the answer is the same each time."""
    found = detect(text)
    assert found is None or (len(found) == 2 and found.isascii() and found.islower())
    assert detect(text) == found

"""From bytes to text: every encoding an article comes in, and what is no text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.sentences import SENTENCES
from transforms.decoding import decode

TEXT = "Córdoba’s mayor said “no” on Tuesday — twice. The café stayed open, and so did the port."
PLAIN = "The mayor said no on Tuesday, twice, and the port stayed open all the same."


@pytest.mark.parametrize(
    ("content", "encoding", "method"),
    [
        (TEXT.encode(), "utf-8", "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8", "bom"),
        (TEXT.encode("utf-16"), "utf-16-le", "bom"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be", "bom"),
        (TEXT.encode("utf-32"), "utf-32-le", "bom"),
        (b"\x00\x00\xfe\xff" + TEXT.encode("utf-32-be"), "utf-32-be", "bom"),
        (TEXT.encode("utf-16-le"), "utf-16-le", "utf-16-pattern"),
        (TEXT.encode("utf-16-be"), "utf-16-be", "utf-16-pattern"),
        (TEXT.encode("cp1252"), "cp1252", "guessed"),
        (b'<meta charset="iso-8859-1">' + TEXT.encode("cp1252"), "cp1252", "declared"),
        (b"<meta charset=windows-1252>" + TEXT.encode("cp1252"), "cp1252", "declared"),
        (
            b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">' + "Привет".encode("koi8-r"),
            "koi8-r",
            "declared",
        ),
        (b'<meta charset="shift_jis">' + TEXT.encode(), "utf-8", "utf-8"),
        (b'<?xml version="1.0" encoding="windows-1252"?>' + TEXT.encode("cp1252"), "cp1252", "declared"),
    ],
    ids=lambda value: value[:12].hex() if isinstance(value, bytes) else value,
)
def test_encodings(content: bytes, encoding: str, method: str) -> None:
    """The text is the same whatever it was written in, and the way it was found is told."""
    decoded = decode(content)
    assert (decoded.encoding, decoded.method) == (encoding, method)
    assert decoded.text.endswith(TEXT) or decoded.text.endswith("Привет")


WRITTEN_IN = {
    "cp1252": "de en es fi fr it pt sv", "cp1250": "cs hu pl", "iso8859-2": "cs hu pl", "cp1251": "ru uk",
    "koi8-r": "ru", "cp1253": "el",
    "cp1254": "tr", "cp1255": "he", "cp1256": "ar", "shift_jis": "ja", "euc_jp": "ja", "gb18030": "zh",
    "euc_kr": "ko",
}  # fmt: skip


@pytest.mark.parametrize(("encoding", "languages"), WRITTEN_IN.items())
def test_one_sentence_tells_its_encoding(encoding: str, languages: str) -> None:
    """Without any declaration; where two code pages give the same text, either may be named."""
    for language in languages.split():
        sentence = SENTENCES[language]
        if encoding in ("iso8859-2", "koi8-r", "cp1255"):
            sentence = "".join(sign for sign in sentence if sign not in "„“”«»״–—")
        for text in (sentence, f"{sentence}\n" * 40, "Plain words first.\n" * 2_000 + sentence):
            decoded = decode(text.encode(encoding))
            assert (decoded.text, decoded.method) == (text, "guessed")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", SENTENCES)
def test_utf_16_without_bom_in_any_script(language: str, encoding: str) -> None:
    """No script but Latin has a NUL in every other byte; a file cut in the middle of a character is read as well."""
    content = SENTENCES[language].encode(encoding)
    assert decode(content) == (SENTENCES[language], encoding, "utf-16-pattern")
    assert decode(content[:-1]) == (SENTENCES[language][:-1], encoding, "utf-16-pattern")


def test_a_charset_stated_outside_comes_before_the_page_s_own() -> None:
    """As browsers do; one that cannot be right is passed over."""
    page = b'<meta charset="koi8-r">' + "Привет, сказал он".encode("cp1251")
    assert decode(page, "windows-1251").text.endswith("Привет, сказал он")
    assert decode(page, "windows-1251").method == "declared"
    for wrong in ("utf-8", "ascii-8", "utf-16", "shift_jis\x00", "", "х" * 300):
        assert decode(page, wrong).encoding == "koi8-r"
    assert decode(TEXT.encode(), "iso-8859-1") == (TEXT, "utf-8", "utf-8")


def test_a_declared_charset_that_gives_control_characters_is_passed_over() -> None:
    """A page in a Windows code page that calls itself ISO."""
    page = b'<meta charset="iso-8859-2">' + "„Wójt” – powiedział".encode("cp1250")
    assert decode(page).text.endswith("„Wójt” – powiedział")


def test_a_broken_byte_does_not_make_a_declaration_right() -> None:
    """UTF-8 that calls itself something else stays UTF-8 when a byte is lost."""
    decoded = decode(b'<meta charset="windows-1252">' + TEXT.encode() + b"\xff")
    assert (decoded.method, decoded.text[-1]) == ("utf-8-damaged", "\ufffd")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_plain_text_in_utf_16_without_bom(encoding: str) -> None:
    """Letters and NULs alone are valid UTF-8 too, and still UTF-16."""
    assert decode(PLAIN.encode(encoding)).text == PLAIN


def test_broken_bytes_in_the_middle_of_utf_8() -> None:
    """A few broken bytes do not turn a whole text into another encoding."""
    decoded = decode(TEXT.encode() + b"\xff\xfe" + TEXT.encode())
    assert decoded.method == "utf-8-damaged"
    assert decoded.text == f"{TEXT}\ufffd\ufffd{TEXT}"


@pytest.mark.parametrize(
    "declared", [b"hex", b"utf-16", b"unicode_escape", b"utf-7", b"idna", b"no-such", b"undefined"]
)
def test_charsets_no_page_has(declared: bytes) -> None:
    """What a page calls its charset is not taken on trust."""
    decoded = decode(b'<meta charset="' + declared + b'">caf\xe9 \\ud800 +2AA- a\xe7\xe3o, said the mayor of the port')
    assert decoded.method == "guessed"
    assert "\\ud800 +2AA-" in decoded.text


@pytest.mark.parametrize("content", [b" \n\t ", "\u2003\u00a0".encode(), b"\xef\xbb\xbf", b"\xff\xfe", b""])
def test_white_space_is_no_text(content: bytes) -> None:
    """Emptiness is told, not guessed at."""
    with pytest.raises(ValueError, match="no text in it"):
        decode(content)


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 4,
        b"\x00" * 100,
        b"\x00\x01\x02\x03" * 9,
        b"V\x00anreise\x00ab\x00",
        b"GIF89a\x00\x01\x02\x03\x04\x05",
        b"\x7fELF\x01\x01",
    ],
)
def test_binary_content_is_refused(content: bytes) -> None:
    """Control characters in number are no article."""
    with pytest.raises(ValueError, match=r"binary content|no encoding"):
        decode(content)


def test_one_stray_nul_is_no_reason_to_refuse() -> None:
    """A long text with a single control character is text."""
    assert decode(PLAIN.encode() * 3 + b"\x00").text.endswith("\x00")


@given(
    st.one_of(
        st.binary(),
        st.text().map(lambda text: text.encode("utf-16", "surrogatepass")),
        st.text().map(lambda text: text.encode("utf-16-be", "surrogatepass") + b"\x00"),
        st.builds(
            lambda name, rest: b'<meta charset="' + name.encode() + b'">' + rest,
            st.from_regex(r"[\w.:-]{2,12}", fullmatch=True),
            st.binary(),
        ),
    )
)
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    """Nothing but ValueError, and what comes out can be written again."""
    try:
        decoded = decode(content)
    except ValueError:
        return
    assert decoded.text.encode().decode() == decoded.text
    assert decoded.text.strip()

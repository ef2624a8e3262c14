"""One cause is one problem: what comes of it is not told beside it; and what stands in braces is told as well as outside."""

from pathlib import Path

import pytest
from tests.support.checking import problems_of

BASE = """\
name: {en: The Bakery, fr: La boulangerie}
country: IT
events:
  - id: fest
    title: {en: Summer fair, fr: Fête d'été}
    when: 2027-06-05 16:00/23:00
    where: {name: Shop, city: Bozen}
    description: |
      Come all!
      Please: in time.
  - id: fair
    title: {en: Fair, fr: Foire}
    when: 2027-06-12
    where: {name: Square, city: Bozen}
"""
FAIR, TITLE, DAY = "  - id: fair", "title: {en: Fair, fr: Foire}", "when: 2027-06-12\n"
TEXT = "description: |\n      Come all!\n      Please: in time.\n"


@pytest.mark.parametrize(
    ("right", "wrong", "code", "line", "mend"),
    [
        (FAIR, "    id: fair", "duplicate-key", 11, "put a dash before it"),
        (FAIR, "  id: fair", "no-dash", 11, "  - id: fair"),
        (FAIR, "   - id: fair", "indentation", 11, "  - id: fair"),
        (DAY, f" {DAY}", "indentation", 13, "    when: 2027-06-12"),
        (TITLE, "title: {en: Bread, butter, cheese and wine, fr: Foire}", "comma-splits", 12, 'en: "Bread, butter, cheese and wine"'),
        (TITLE, "title: {en: Last call: fair, fr: Foire}", "colon-in-brackets", 12, 'en: "Last call: fair"'),
        (TITLE, "title: {en: Fair, fr: 'Fête d'été'}", "quote-inside", 12, 'fr: "Fête d\'été"'),
        (TITLE, 'title: {en: "The "new" fair", fr: Foire}', "quote-inside", 12, "en: 'The \"new\" fair'"),
        (TITLE, 'title: {en: "Fair, fr: Foire}', "unclosed-quote", 12, 'en: "Fair"'),
        (TITLE, "title: {en: Fair, fr: Foire", "unclosed-bracket", 12, "title: {en: Fair, fr: Foire}"),
        (TITLE, "title: en: Fair, fr: Foire}", "unopened-bracket", 12, "title: {en: Fair, fr: Foire}"),
        (TITLE, "title: {en: Fair fr: Foire}", "no-comma", 12, "en: Fair, fr: Foire"),
        (TITLE, "title: {\n      en: Last call: fair,\n      fr: Foire\n    }", "colon-in-brackets", 13, 'en: "Last call: fair"'),
        (TITLE, "title:\n    en: Fair\n    fr: Foire", "empty-value", 12, "indent what stands below it"),
        ("{name: Square, city: Bozen}", "{name: {en: Square: big, fr: Place}, city: Bozen}", "colon-in-brackets", 14, 'en: "Square: big"'),
        ("{name: Square, city: Bozen}", "{name: Square, geo: {lat: 46,5, lon: 11.3}}", "comma-splits", 14, "lat: 46.5"),
        (TEXT, "description: |\nCome all!\nPlease: in time.\n", "no-colon", 9, "      Come all!"),
        (TEXT, "description: Come all!\n    Please be in time.\n", "no-colon", 9, "      Please be in time."),
        (DAY, f"{DAY}\u00a0\n", "no-break-space", 14, "delete it"),
        ("where: {name: Sq", "ort: {name: Sq", "unknown-key", 14, "did you mean “where”?"),
        (DAY, DAY.replace("when", "quando"), "unknown-key", 13, "did you mean “when”?"),
    ],
)  # fmt: skip
def test_one_cause_is_one_problem(
    tmp_path: Path, right: str, wrong: str, code: str, line: int, mend: str
) -> None:
    """In its line, with the mend."""
    assert BASE.count(right) == 1
    text = BASE.replace(right, wrong)
    found = [
        each for each in problems_of(tmp_path, {"calendars/bakery.yaml": text}) if each.severity != "note"
    ]

    assert [(each.code, each.position.line) for each in found] == [(code, line)]
    assert mend in (found[0].mend or "")
    assert found[0].offers


def test_two_causes_are_two_problems(tmp_path: Path) -> None:
    """One does not hide the other."""
    text = BASE.replace("2027-06-12", "12.6.2027").replace("Shop, city", "Shop, ctiy")
    found = [
        each for each in problems_of(tmp_path, {"calendars/bakery.yaml": text}) if each.severity != "note"
    ]

    assert [each.position.line for each in found] == [7, 13]

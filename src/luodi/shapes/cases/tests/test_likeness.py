"""Two reports of one pothole are proposed as one, with the reasons; two potholes on one street are not."""

from datetime import date

from luodi.shapes.cases.likeness import Rule, Sketch, alike, likeness, metres

HOLE = Sketch(1, "建设路东口路面塌陷，有个大坑", "road", "", 104.06, 30.66, date(2026, 3, 2))


def other(pk=2, **change):
    return Sketch(**{**{name: getattr(HOLE, name) for name in HOLE.__slots__}, "pk": pk, **change})


def test_the_same_words_at_the_same_place():
    (found,) = alike(HOLE, [other(text="建设路东口路面塌陷有大坑", lat=30.6601)])
    assert found.pk == 2
    assert found.reasons[0] == "相距 11 米"
    assert found.reasons[1].startswith("文字相似")


def test_thirty_metres_count_and_thirty_one_do_not():
    near, far = other(text="坑", lat=30.66 + 29.5 / 111_195), other(pk=3, text="坑", lat=30.66 + 31 / 111_195)
    assert [each.pk for each in alike(HOLE, [near, far])] == [2]


def test_a_person_counts_only_with_the_matter():
    caller = other(pk=1, person="k")
    assert alike(caller, [other(text="噪声扰民", category="noise", person="k", lon=None, lat=None)]) == []
    (found,) = alike(caller, [other(text="人行道也坏了", person="k", lon=None, lat=None)])
    assert found.reasons == ("同一诉求人、同类事项",)


def test_an_old_case_is_another():
    assert alike(HOLE, [other(on=date(2026, 4, 2))], Rule(days=30)) == []
    assert len(alike(HOLE, [other(on=date(2026, 4, 2))], Rule(days=90))) == 1


def test_words_without_pairs_and_places_without_points_tell_nothing():
    assert likeness("坑", "坑") == 0
    assert metres(HOLE, other(lon=None, lat=None)) is None

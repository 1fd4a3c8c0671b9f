"""Quotas, caps and conclusions, and the draw itself: exact, fair, and the same by three programs in two languages."""

from __future__ import annotations

import json
import runpy
import shutil
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from random import Random

import pytest

from luodi.scenarios.random_inspections.actions.pooling import VERIFIER
from luodi.scenarios.random_inspections.rules import draw
from luodi.scenarios.random_inspections.rules.checks import personal_in
from luodi.scenarios.random_inspections.rules.quotas import (
    Quota,
    fault_of_ratio,
    is_spent,
    parts,
    recusals_alarm,
    share_percent,
)
from luodi.scenarios.random_inspections.rules.words import overall

NODE = shutil.which("node")
D = Quota("D", Decimal(61), Decimal(100), Decimal(80), None)


@pytest.mark.parametrize(
    ("percent", "fits"), [("60.99", False), ("61", True), ("100", True), ("100.01", False)]
)
def test_a_class_has_its_quota(percent, fits):
    assert (fault_of_ratio(Decimal(percent), D) == "") is fits


def test_shares_are_exact_to_a_hundredth_of_a_per_cent():
    assert (parts(Decimal("3")), parts(Decimal("5.25")), parts(Decimal("100"))) == (300, 525, 10_000)
    with pytest.raises(ValueError, match="两位小数"):
        parts(Decimal("3.333"))
    assert share_percent(1, 3) == Decimal("33.33")
    assert share_percent(0, 0) is None


@pytest.mark.parametrize(
    ("parts", "n", "k"), [(300, 20, 1), (1000, 30, 3), (3000, 20, 6), (8000, 10, 8), (10_000, 7, 7), (1, 1, 1), (500, 0, 0), (500, 21, 2)]
)  # fmt: skip
def test_how_many_are_drawn_is_rounded_up(parts, n, k):
    assert draw.how_many(parts, n) == k


def test_the_strictest_cap_holds():
    assert is_spent(1, [1, None])
    assert is_spent(2, [4, 2])
    assert not is_spent(1, [2, None])
    assert not is_spent(99, [None])


def test_more_than_a_tenth_recused_is_an_alarm():
    assert not recusals_alarm(2, 20, Decimal(10))
    assert recusals_alarm(3, 20, Decimal(10))
    assert not recusals_alarm(0, 0, Decimal(10))


@pytest.mark.parametrize(
    ("found", "whole"), [("11", "1"), ("17", "1"), ("77", "7"), ("15", "5"), ("58", "8"), ("143", "3"), ("42", "4")]
)  # fmt: skip
def test_the_gravest_finding_concludes(found, whole):
    assert overall(found) == whole


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("负责人13800001234", "手机号"),
        ("证件11010519491231002X", "身份证号"),
        ("台账缺失2个月", ""),
        ("代码91350100M000100Y43", ""),
    ],
)
def test_personal_data_is_seen_before_it_is_published(text, what):
    assert personal_in(text) == what


# the draw


def lists(seed: int, subjects: int = 24, inspectors: int = 7):
    """A random but repeatable pool with regions, weights, spent visits, skills, conflicts and two departments."""
    chance = Random(seed)
    pool = [
        draw.Subject(f"9100{number:014}", chance.choice("ABCD"), chance.choice(("990102", "990103")))
        for number in range(subjects)
    ]
    codes = [each.uscc for each in pool]
    people = [
        draw.Inspector(
            f"tag{number:02}", chance.choice(("shichang", "shengtai")), chance.choice(("2026-10-30", "2027-12-31")),
            frozenset(chance.sample(("食品", "排污"), chance.randrange(3))), frozenset(chance.sample(codes, chance.randrange(4))),
        )
        for number in range(inspectors)
    ]  # fmt: skip
    terms = draw.Terms(
        ratios={"A": 300, "B": 1000, "C": 3000, "D": 8000}, must=("shichang", "shengtai"), last_day="2026-10-31", program="0" * 64,
        cap=chance.randrange(2, 9), crew=chance.randrange(2, 4), by=chance.choice((("class", "region"), ("class",))),
        skills={"shengtai": frozenset({"排污"})} if chance.random() < 0.5 else {}, spent=frozenset(chance.sample(codes, 3)),
        weights={code: chance.randrange(2, 6) for code in chance.sample(codes, 4)} if chance.random() < 0.5 else {},
    )  # fmt: skip
    return pool, people, terms


def texts(seed: int):
    pool, people, terms = lists(seed)
    return draw.pool_text(pool), draw.inspectors_text(people), draw.canonical(terms.lines)


def nonce(*parts) -> str:
    return draw.sha256("-".join(map(str, parts)))


def told(number: int) -> dict:
    """draw.json of a whole draw."""
    pool, inspectors, terms = texts(number)
    a, b, outcome = nonce(number, "a"), nonce(number, "b"), f"{3000 + number}.54"
    seed = draw.seed_of(pool, inspectors, terms, a, b, outcome)
    result = draw.draw(draw.read_pool(pool), draw.read_inspectors(inspectors), draw.read_terms(terms), seed)
    hashes = {
        "pool": draw.sha256(pool), "inspectors": draw.sha256(inspectors), "terms": draw.sha256(terms),
        "program": "0" * 64, "operator": draw.commitment(a), "discipline": draw.commitment(b),
    }  # fmt: skip
    return {
        "hashes": hashes, "operator_nonce": a, "discipline_nonce": b, "entropy": outcome, "seed": seed, "pool": pool,
        "inspectors": inspectors, "terms": terms, "result": result.text, "replacements": [],
    }  # fmt: skip


def verifier():
    return runpy.run_path(str(VERIFIER))


def test_the_verifier_is_short_and_needs_nothing():
    source = VERIFIER.read_text(encoding="utf-8")
    assert len(source.splitlines()) < 100
    imported = {line.split()[1] for line in source.splitlines() if line.startswith(("import", "from"))}
    assert imported == {"hashlib", "json", "sys"}


def agree(first: int, last: int) -> None:
    faults = verifier()["faults"]
    for number in range(first, last):
        assert faults(told(number)) == [], number


def test_three_hundred_draws_agree_byte_for_byte():
    agree(0, 300)


@pytest.mark.drill
def test_ten_thousand_draws_agree_byte_for_byte():
    agree(0, 10_000)


IN_NODE = r"""
const { createHash } = require("crypto");
const sha = (text) => createHash("sha256").update(text, "utf8").digest("hex");
const rows = (text) => text.split("\n").filter(Boolean).map((line) => line.split("|"));
const less = (a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0);
function result(told) {
  const terms = rows(told.terms);
  const one = Object.fromEntries(terms.map((row) => [row[0], row[1]]));
  const of = (name) => terms.filter((row) => row[0] === name);
  const ratio = Object.fromEntries(of("ratio").map((row) => [row[1], Number(row[2])]));
  const weight = new Map(of("weight").map((row) => [row[1], Number(row[2])]));
  const spent = new Set(of("spent").map((row) => row[1]));
  const seed = sha([sha(told.pool), sha(told.inspectors), sha(told.terms), told.operator_nonce, told.discipline_nonce,
    Buffer.from(told.entropy, "utf8").toString("hex")].join("|"));
  const strata = new Map();
  for (const [uscc, grade, region] of rows(told.pool)) {
    if (spent.has(uscc)) continue;
    const place = one.by.split(",").map((name) => (name === "class" ? grade : region)).join("|");
    strata.set(place, [...(strata.get(place) || []), [uscc, grade]]);
  }
  let drawn = [];
  for (const members of strata.values()) {
    const tickets = members.map(([uscc]) => weight.get(uscc) || 1);
    const differ = new Set(tickets).size > 1;
    const keys = members.map(([uscc], at) => {
      const names = differ ? Array.from({ length: tickets[at] }, (_, n) => `${uscc}#${n + 1}`) : [uscc];
      return [names.map((name) => sha(`${seed}|subj|${name}`)).sort()[0], uscc];
    }).sort(less);
    drawn = drawn.concat(keys.slice(0, Math.floor(((ratio[members[0][1]] || 0) * members.length + 9999) / 10000)));
  }
  const loads = {};
  let out = "";
  for (const [, uscc] of drawn.sort(less)) {
    const free = rows(told.inspectors).filter(([tag, unit, until, skills, barred]) =>
      until >= one.last_day && !barred.split(",").includes(uscc) && (loads[tag] || 0) < Number(one.cap) &&
      of("skill").filter((row) => row[1] === unit).every((row) => skills.split(",").includes(row[2])))
      .map(([tag, unit]) => [sha(`${seed}|insp|${uscc}|${tag}`), tag, unit]).sort(less);
    const crew = [];
    for (const unit of one.must.split(",")) {
      const first = free.find((each) => each[2] === unit);
      if (first) crew.push(first);
    }
    for (const each of free) if (crew.length < Number(one.crew) && !crew.includes(each)) crew.push(each);
    for (const each of crew) loads[each[1]] = (loads[each[1]] || 0) + 1;
    out += `${uscc}|${crew.map((each) => each[1]).join(",")}\n`;
  }
  return out;
}
const draws = JSON.parse(require("fs").readFileSync(process.argv[2], "utf8"));
process.stdout.write(JSON.stringify(draws.map(result)));
"""


def by_node(draws: list[dict], folder) -> list[str]:
    program, data = folder / "draw.js", folder / "draws.json"
    program.write_text(IN_NODE, encoding="utf-8")
    data.write_text(json.dumps(draws), encoding="utf-8")
    done = subprocess.run([NODE, str(program), str(data)], capture_output=True, text=True, check=True, encoding="utf-8")  # fmt: skip
    return json.loads(done.stdout)


@pytest.mark.skipif(NODE is None, reason="no node on this computer")
def test_another_language_draws_the_same(tmp_path):
    draws = [told(number) for number in range(200)]
    assert by_node(draws, tmp_path) == [each["result"] for each in draws]


@pytest.mark.drill
@pytest.mark.skipif(NODE is None, reason="no node on this computer")
def test_another_language_draws_ten_thousand_the_same(tmp_path):
    for first in range(0, 10_000, 1000):
        draws = [told(number) for number in range(first, first + 1000)]
        assert by_node(draws, tmp_path) == [each["result"] for each in draws]


def run_verifier(folder, data: dict) -> subprocess.CompletedProcess:
    (folder / "verify_draw.py").write_bytes(VERIFIER.read_bytes())
    (folder / "draw.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return subprocess.run([sys.executable, "-I", "verify_draw.py"], cwd=folder, capture_output=True, text=True, check=False)  # fmt: skip


def test_the_verifier_alone_says_ok(tmp_path):
    done = run_verifier(tmp_path, told(7))
    assert (done.returncode, done.stdout, done.stderr) == (0, "OK\n", "")


def test_a_shuffled_list_is_the_same_list(tmp_path):
    data = told(8)
    lines = data["pool"].splitlines()
    Random(1).shuffle(lines)
    done = run_verifier(tmp_path, data | {"pool": "\n".join(lines)})
    assert done.stdout == "OK\n"
    pool, people, terms = lists(8)
    Random(2).shuffle(pool)
    Random(3).shuffle(people)
    assert draw.pool_text(pool) == data["pool"]
    assert draw.draw(pool, people, terms, data["seed"]).text == data["result"]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("pool", lambda text: text.replace("|A|", "|B|", 1)),
        ("pool", lambda text: text[:-20] + "0" + text[-19:] if text[-20] != "0" else text[:-20] + "1" + text[-19:]),
        ("inspectors", lambda text: text.replace("2027", "2026", 1)),
        ("terms", lambda text: text.replace("ratio|D|8000", "ratio|D|9000")),
        ("operator_nonce", lambda text: nonce("another")),
        ("entropy", lambda text: text + "0"),
        ("result", lambda text: "".join(text.splitlines(keepends=True)[1:])),
        ("seed", lambda text: nonce("x")),
    ],
)  # fmt: skip
def test_whatever_is_tampered_with_is_found(tmp_path, name, change):
    data = told(9)
    changed = change(data[name])
    assert changed != data[name]
    done = run_verifier(tmp_path, data | {name: changed})
    assert done.returncode == 1
    assert "DIFF" in done.stdout


def test_a_follower_who_is_not_the_next_is_found(tmp_path):
    data = next(
        each for each in map(told, range(50)) if len(each["result"].splitlines()) > 2 and _followed(each)
    )
    step = _followed(data)
    assert run_verifier(tmp_path, data | {"replacements": [step]}).stdout == "OK\n"
    wrong = run_verifier(tmp_path, data | {"replacements": [step | {"in": step["out"]}]})
    assert "DIFF follower" in wrong.stdout


def _followed(data):
    """The replacement of the first inspector of the first crew, as the rules make it; None when nobody could follow."""
    uscc, tags = data["result"].splitlines()[0].split("|")
    crew = [tag for tag in tags.split(",") if tag]
    loads = Counter(tag for line in data["result"].splitlines() for tag in line.split("|")[1].split(","))
    if not crew:
        return None
    follower = draw.successor(
        uscc, crew, crew[0], [], draw.read_inspectors(data["inspectors"]), loads, draw.read_terms(data["terms"]), data["seed"]
    )  # fmt: skip
    return {"subject": uscc, "out": crew[0], "in": follower, "why": "recused"} if follower else None


def test_nobody_barred_unskilled_or_expired_is_ever_matched():
    for number in range(300):
        pool, people, terms = lists(number)
        known = {each.tag: each for each in people}
        for uscc, crew in draw.draw(pool, people, terms, nonce(number)).crews.items():
            assert uscc not in terms.spent
            for tag in crew:
                assert uscc not in known[tag].barred
                assert known[tag].valid_to >= "2026-10-31"
                assert terms.skills.get(known[tag].unit, frozenset()) <= known[tag].skills
            assert len(crew) == len(set(crew))


def test_of_two_smallest_one_is_of_the_lead():
    """The rule as it was written: the two smallest hashes, at least one from the lead department."""
    people = [draw.Inspector(f"t{n}", "lead" if n < 3 else "other", "2027-01-01") for n in range(9)]
    terms = draw.Terms({"A": 10_000}, ("lead",), "2026-12-31", "0" * 64, cap=99)
    for number in range(200):
        seed = nonce(number)
        ranked = draw.ranking("u", people, terms, seed)
        smallest = {each.tag for each in ranked[:2]}
        if not any(each.unit == "lead" for each in ranked[:2]):
            smallest = {ranked[0].tag, next(each.tag for each in ranked if each.unit == "lead")}
        assert set(draw.match(["u"], people, terms, seed)["u"]) == smallest


@pytest.mark.parametrize("drawn", [1, 5])
def test_every_subject_of_a_stratum_is_as_likely(drawn):
    """Chi-square on 10,000 fixed seeds, 20 subjects: below 43.8, the thousandth part of the distribution's upper tail."""
    pool = [draw.Subject(f"u{number:02}", "C", "990102") for number in range(20)]
    terms = draw.Terms({"C": 500 * drawn}, ("x",), "2026-12-31", "0" * 64, cap=1)
    count: Counter[str] = Counter()
    for number in range(10_000):
        count.update(draw.select(pool, terms, nonce("uniform", number)))
    expected = 10_000 * drawn / 20
    chi_square = sum((count[each.uscc] - expected) ** 2 / expected for each in pool)
    assert chi_square * 19 / (20 - drawn) < 43.8
    assert set(count) == {each.uscc for each in pool}


def test_tickets_weigh_a_subject_in_its_stratum():
    """Three tickets of four in all: drawn three times out of four, within four standard deviations."""
    pool = [draw.Subject("heavy", "C", "1"), draw.Subject("light", "C", "1")]
    terms = draw.Terms({"C": 5000}, ("x",), "2026-12-31", "0" * 64, cap=1, weights={"heavy": 3})
    heavy = sum(draw.select(pool, terms, nonce("weight", number)) == ["heavy"] for number in range(10_000))
    assert abs(heavy - 7500) < 4 * (10_000 * 0.75 * 0.25) ** 0.5


def test_lists_that_could_be_read_in_two_ways_are_refused():
    with pytest.raises(draw.DrawFault, match="出现了两次"):
        draw.pool_text([draw.Subject("u", "A", "1"), draw.Subject("u", "B", "1")])
    with pytest.raises(draw.DrawFault, match="竖线"):
        draw.pool_text([draw.Subject("u|v", "A", "1")])
    with pytest.raises(draw.DrawFault, match="是空的"):
        draw.pool_text([])


def test_terms_come_back_as_they_were_frozen():
    for number in range(50):
        _, _, terms = lists(number)
        text = draw.canonical(terms.lines)
        assert draw.canonical(draw.read_terms(text).lines) == text

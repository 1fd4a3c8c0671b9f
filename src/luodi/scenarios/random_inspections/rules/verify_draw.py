"""Verify a published draw: python3 verify_draw.py [draw.json]. Says OK, or what differs (exit 1). Python 3.8+, nothing else.
It repeats the draw from the published lists and secrets alone; README.txt beside it says what each step means.
"""

# fmt: off
import hashlib
import json
import sys


def sha(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def ordered(text):
    """Lines sorted by their bytes: in whatever order a list arrives, it is the same list."""
    return "".join(line + "\n" for line in sorted(text.splitlines(), key=lambda line: line.encode("utf-8")))


def table(text):
    return [line.split("|") for line in text.splitlines()]


def split(text):
    return {part for part in text.split(",") if part}


def repeat(pool, inspectors, terms, seed):
    """Who is drawn with which crew, who may check a subject by rank, how much each has to do, and the single terms."""
    rows = table(terms)
    one = {row[0]: row[1] for row in rows}
    ratio = {row[1]: int(row[2]) for row in rows if row[0] == "ratio"}
    weight = {row[1]: int(row[2]) for row in rows if row[0] == "weight"}
    spent = {row[1] for row in rows if row[0] == "spent"}
    skills_of = {row[1]: {r[2] for r in rows if r[0] == "skill" and r[1] == row[1]} for row in rows if row[0] == "skill"}
    strata = {}
    for uscc, grade, region in table(pool):
        if uscc not in spent:
            place = tuple({"class": grade, "region": region}[name] for name in one["by"].split(","))
            strata.setdefault(place, []).append((uscc, grade))
    drawn = []
    for members in strata.values():
        tickets = {uscc: weight.get(uscc, 1) for uscc, _ in members}
        keys = []
        for uscc, many in tickets.items():
            names = [f"{uscc}#{n}" for n in range(1, many + 1)] if len(set(tickets.values())) > 1 else [uscc]
            keys.append((min(sha(f"{seed}|subj|{name}") for name in names), uscc))
        drawn += sorted(keys)[: (ratio.get(members[0][1], 0) * len(members) + 9999) // 10000]

    def ranked(uscc):
        able = [(sha(f"{seed}|insp|{uscc}|{tag}"), tag, unit) for tag, unit, until, skills, barred in table(inspectors)
                if until >= one["last_day"] and uscc not in split(barred) and skills_of.get(unit, set()) <= split(skills)]
        return [(tag, unit) for _, tag, unit in sorted(able)]

    loads, crews = {}, {}
    for _, uscc in sorted(drawn):
        free, crew = [each for each in ranked(uscc) if loads.get(each[0], 0) < int(one["cap"])], []
        for wanted in one["must"].split(","):
            crew += [each for each in free if each[1] == wanted][:1]
        crew += [each for each in free if each not in crew][: max(0, int(one["crew"]) - len(crew))]
        crews[uscc] = [tag for tag, _ in crew]
        for tag in crews[uscc]:
            loads[tag] = loads.get(tag, 0) + 1
    return crews, ranked, loads, one


def follower(step, crew, gone, units, ranked, loads, one):
    """Who has to follow a recused inspector: the next smallest hash, of a unit that may not be missing."""
    stay = [tag for tag in crew if tag != step["out"]]
    lacking = [unit for unit in one["must"].split(",") if unit not in [units[tag] for tag in stay]]
    able = [tag for tag, unit in ranked(step["subject"])
            if tag not in [*stay, step["out"], *gone] and (not lacking or unit in lacking)]
    return ([tag for tag in able if loads.get(tag, 0) < int(one["cap"])] + able + [None])[0]


def faults(told):
    said, lists = told["hashes"], {name: ordered(told[name]) for name in ("pool", "inspectors", "terms")}
    claims = [(f"{name} hash", sha(text), said[name]) for name, text in lists.items()]
    claims += [(f"{side} nonce", sha(told[f"{side}_nonce"]), said[side]) for side in ("operator", "discipline")]
    parts = [*map(sha, lists.values()), told["operator_nonce"], told["discipline_nonce"], told["entropy"].encode("utf-8").hex()]
    seed = sha("|".join(parts))
    crews, ranked, loads, one = repeat(*lists.values(), seed)
    result = "".join(f"{uscc}|{','.join(tags)}\n" for uscc, tags in crews.items())
    claims += [("seed", seed, told["seed"]), ("result", result, told["result"]), ("program", one["program"], said["program"])]
    units, gone = {row[0]: row[1] for row in table(lists["inspectors"])}, {}
    for step in told["replacements"]:
        crew, left = crews.get(step["subject"], []), gone.setdefault(step["subject"], [])
        claims.append((f"follower at {step['subject']}", follower(step, crew, left, units, ranked, loads, one), step["in"]))
        crews[step["subject"]] = [tag for tag in crew if tag != step["out"]] + [step["in"]]
        left.append(step["out"])
        loads[step["out"]], loads[step["in"]] = loads.get(step["out"], 0) - 1, loads.get(step["in"], 0) + 1
    return [f"DIFF {what}\n  computed:  {now}\n  published: {then}" for what, now, then in claims if now != then]


if __name__ == "__main__":
    with open(sys.argv[1] if len(sys.argv) > 1 else "draw.json", encoding="utf-8") as file:  # noqa: PTH123
        found = faults(json.load(file))
    sys.stdout.write("\n".join(found or ["OK"]) + "\n")
    sys.exit(1 if found else 0)

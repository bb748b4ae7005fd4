#!/usr/bin/env python3
"""Writes functional.tsv, economic_department.tsv and economic_government.tsv of this folder.

    python3 grammars/codes/build.py FOLDER

FOLDER holds the collected codes: `functional_mined.tsv`, `economic_department_mined.tsv` and
`economic_government_mined.tsv` (code, name, n_docs, years_seen, confidence, other_names_seen: what reports print) and
`functional_2007.tsv` (code, name: one older set of all codes, before the renamings of 2014 and later).

Columns written: code, name, years (`2021-2026`, those of the reports that print the name), sure:
high, medium, low (printed by one report only), old (the older set alone: in force once, perhaps renamed since).
A code has several rows where it was renamed.
"""

import csv
import re
import sys
from pathlib import Path

# 类 that were renamed after the older set and before most of the reports, with the years they were in force.
RENAMED = [
    ("207", "文化体育与传媒支出", "2014-2018", "medium"),
    ("210", "医疗卫生与计划生育支出", "2014-2018", "medium"),
    ("215", "资源勘探信息等支出", "2014-2019", "medium"),
    ("220", "国土海洋气象等支出", "2014-2018", "medium"),
]

HERE = Path(__file__).parent


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def bare(name):
    """The name without the office the older set adds: 行政运行（人大）."""
    return re.sub(r"\s*（[^（）]*）$", "", name.strip())


def years(seen):
    found = sorted({int(year) for year in re.findall(r"\d{4}", seen)})
    spans = []
    for year in found:
        if spans and spans[-1][1] == year - 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)


def clean(name):
    return re.sub(r"\s", "", name)


def odd(name):
    """What a table of projects left in the code column."""
    marks = re.search(r"[-—“”\"0-9A-Za-z]", name)
    return bool(marks) or len(name) < 2 or name.endswith("项目") or name in ("市级", "数字资源推")


def merge(mined, old):
    known = {row["code"] for row in mined if row["confidence"] != "low"} | set(old)
    out = []
    for row in mined:
        code, name, sure = row["code"], clean(row["name"]), row["confidence"]
        before = old.get(code)
        if before and name in (before, bare(before)):
            out.append((code, name, years(row["years_seen"]), "high" if sure != "low" else "medium"))
            continue
        if sure == "low":
            others = {bare(other.split("×")[0]) for other in row["other_names_seen"].split(";")}
            if before and bare(before) in others:
                out.append((code, bare(before), years(row["years_seen"]), "low"))
                continue
            group = code[:5] if len(code) > 5 else code[:3]
            if odd(name) or group not in known or (len(code) == 5 and not before):
                continue  # the code it may have of old is added below
        out.append((code, name, years(row["years_seen"]), sure))
    present = {(code, name) for code, name, _, _ in out}
    for code, name in old.items():
        own = any(c == code and n in (name, bare(name)) for c, n in present)
        if not own and code.isdigit():
            out.append((code, bare(name), "", "old"))
    order = {"high": 0, "medium": 1, "low": 2, "old": 3}
    return sorted(set(out), key=lambda row: (row[0], order[row[3]], row[1]))


def write(name, table):
    with open(HERE / name, "w", encoding="utf-8") as file:
        file.write("code\tname\tyears\tsure\n")
        for row in table:
            file.write("\t".join(row) + "\n")
    print(f"{name}: {len(table)} rows")


def main():
    source = Path(sys.argv[1])
    old = {row["code"]: clean(row["name"]) for row in rows(source / "functional_2007.tsv")}
    merged = merge(rows(source / "functional_mined.tsv"), old)
    renamed = [row for row in RENAMED if row[:2] not in {own[:2] for own in merged}]
    write("functional.tsv", sorted(merged + renamed, key=lambda row: row[0]))
    for side in ("department", "government"):
        table = rows(source / f"economic_{side}_mined.tsv")
        write(f"economic_{side}.tsv", merge(table, {}))


if __name__ == "__main__":
    main()

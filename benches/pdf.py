#!/usr/bin/env python3
"""CPU time and memory of `gouji check` of a PDF beside `pdftotext -layout`, best of three each, in one run.

    python3 benches/pdf.py target/release/gouji ../shared/reports/*/*.pdf

One thread; wall time is not compared, since machines are noisy. Prints the ratio of each file, the median and the worst.
"""
import os
import statistics
import subprocess
import sys


def cost(command):
    """Seconds of CPU and MB of memory at most, the best of three runs."""
    best = None
    for _ in range(3):
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(child.pid, 0)
        run = (usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
        best = min(best, run) if best else run
    return best


def main():
    gouji, files = sys.argv[1], sys.argv[2:]
    rows = []
    for file in files:
        ours, memory = cost([gouji, "check", "--exit-zero", "--quiet", "-j1", file])
        theirs, _ = cost(["pdftotext", "-layout", file, "/dev/null"])
        rows.append((ours / theirs, ours, theirs, memory, os.path.basename(file)))
    rows.sort()
    for ratio, ours, theirs, memory, name in rows:
        print(f"{ratio:5.2f}  {ours:6.3f} s  {theirs:6.3f} s  {memory:5.0f} MB  {name}")
    ratios = [row[0] for row in rows]
    print(f"median {statistics.median(ratios):.2f}, worst {ratios[-1]:.2f}, "
          f"most memory {max(row[3] for row in rows):.0f} MB, {len(rows)} files")


main()

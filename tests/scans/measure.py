"""Compares what was read from the pictures of pages.py with their text layers.

    python3 measure.py OUT STATE [--show N]

Beside each OUT/NAME.STATE.* stands NAME.STATE.signs as `cargo run --release --example scan` writes it: a character a
line (character, left, top, right, bottom in points, certainty from 0 to 100), first line the seconds taken.

Digits are counted by place: each word of the text layer that holds digits is compared with the characters read inside
its box. A number is a run of digits, points and commas; it is wrong if it was read otherwise, and marked if its
certainty is under the threshold.
"""

import difflib
import pathlib
import re
import sys

NUMBER = re.compile(r"\d[\d,.]*\d|\d")
WIDTH = {ord(a): b for a, b in zip("，．：；（）０１２３４５６７８９％", ",.:;()0123456789%")}
THRESHOLD = 98


def joined(lines):
    """Words that touch are one: a text layer may part a number at its point."""
    words = []
    for line in lines:
        word, *box = line.split("\t")
        x0, y0, x1, y1 = map(float, box)
        word = word.translate(WIDTH)
        last = words[-1] if words else None
        if last and abs(last[2] - y0) < 1 and -0.4 * (y1 - y0) < x0 - last[3] < 0.12 * (y1 - y0):
            words[-1] = (last[0] + word, last[1], min(last[2], y0), x1, max(last[4], y1))
        else:
            words.append((word, x0, y0, x1, y1))
    return words


def one_line(signs, middle, height):
    """The signs of the line nearest to the middle of a word, from left to right."""
    off = [(s[2] + s[4]) / 2 - middle for s in signs]
    nearest = min(off, key=abs, default=0)
    return sorted((s for s, o in zip(signs, off) if abs(o - nearest) < 0.4 * height), key=lambda s: s[1])


def main(out, state, *rest):
    show = int(rest[1]) if rest[:1] == ("--show",) else 0
    digits = found = numbers = right = wrong = marked = unread = alarms = read = 0
    seconds, pages = 0.0, 0
    faults = []
    for path in sorted(pathlib.Path(out).glob(f"*.{state}.signs")):
        first, *lines = path.read_text().splitlines()
        seconds, pages = seconds + float(first), pages + 1
        signs = []
        for line in lines:
            c, *rest = line.split("\t")
            signs.append((c.translate(WIDTH), *map(float, rest)))
        page, *words = path.with_name(path.name.split(f".{state}.")[0] + ".tsv").read_text().splitlines()
        for word, x0, y0, x1, y1 in joined(words):
            if not re.search(r"\d", word):
                continue
            inside = [s for s in signs if x0 - 1 <= (s[1] + s[3]) / 2 <= x1 + 1 and y0 - 2 <= (s[2] + s[4]) / 2 <= y1 + 2]
            inside = one_line(inside, (y0 + y1) / 2, y1 - y0)
            text = "".join(s[0] for s in inside)
            sure = [s[5] for s in inside]
            blocks = difflib.SequenceMatcher(None, word, text, autojunk=False).get_matching_blocks()
            digits += sum(c.isdigit() for c in word)
            found += sum(word[b.a + i].isdigit() for b in blocks for i in range(b.size))
            here = [(m.group(), min(sure[m.start():m.end()])) for m in NUMBER.finditer(text)]
            for match in NUMBER.finditer(word):
                numbers += 1
                hit = next((n for n in here if n[0] == match.group()), None)
                if hit:
                    here.remove(hit)
                    right += 1
                    read += 1
                    alarms += hit[1] < THRESHOLD
                    continue
                close = difflib.get_close_matches(match.group(), [n[0] for n in here], 1, 0.3)
                if not close:
                    unread += 1
                    faults.append((path.name, word, text, "unread", [round(x0), round(y0)]))
                    continue
                hit = next(n for n in here if n[0] == close[0])
                here.remove(hit)
                wrong += 1
                marked += hit[1] < THRESHOLD
                faults.append((path.name, match.group(), hit[0], f"{hit[1]:.1f}", [round(x0), round(y0)]))
    print(f"{state}: {pages} pages, {seconds / max(pages, 1):.2f} s a page")
    print(f"  digits {found}/{digits} = {found / digits:.5f}")
    print(f"  numbers {right}/{numbers} = {right / numbers:.5f}; wrong {wrong}, of these marked {marked}; unread {unread}")
    print(f"  right but marked {alarms}/{read} = {alarms / max(read, 1):.4f}")
    for fault in faults[:show]:
        print("   ", *fault)


if __name__ == "__main__":
    main(*sys.argv[1:])

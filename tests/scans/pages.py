"""Makes pictures of pages that have a text layer, in three states, with the words of the text layer beside each.

    python3 pages.py REPORTS OUT [REPORTS_WANTED] [PAGES_OF_EACH] [FIRST]

needs pdftotext and pdftoppm, numpy and Pillow. REPORTS is a folder of PDF files; for each report the pages with the
most digits, with most Chinese characters among those with digits, and one in the middle are taken. FIRST is the report
to begin with (0): another one gives other reports. Written are OUT/NAME-PAGE.STATE.png|jpg, OUT/NAME-PAGE.pdf and
OUT/NAME-PAGE.tsv (word, left, top, right, bottom in points; first line: page size), without words that are not drawn.

clean: 200 dpi. mild: 150 dpi, noise, turned by 0.7 degrees, JPEG. harsh: 120 dpi, blurred, faint, strong noise,
turned by -0.5 degrees, JPEG of low quality.
"""

import html
import io
import pathlib
import re
import subprocess
import sys

import numpy
from PIL import Image, ImageFilter

WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.S)


def pages_of(path):
    out = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, check=True).stdout.decode()
    pages = []
    for width, height, body in PAGE.findall(out):
        words = [(html.unescape(w), *map(float, box)) for *box, w in WORD.findall(body)]
        pages.append((float(width), float(height), words))
    return pages


def size(words):
    heights = sorted(word[4] - word[2] for word in words if any(c.isdigit() for c in word[0]))
    return heights[len(heights) // 2] if heights else 0


def chosen(pages, count):
    text = ["".join(word[0] for word in words) for _, _, words in pages]
    digits = [sum(c.isdigit() for c in t) for t in text]
    han = [sum("\u4e00" <= c <= "\u9fff" for c in t) if d >= 8 else 0 for t, d in zip(text, digits)]
    order = sorted(range(len(pages)), key=lambda i: -digits[i])
    # What is set smaller than 6 points is not meant to be read on paper.
    order = [i for i in order if size(pages[i][2]) >= 6] or order
    some = [i for i in order if digits[i] >= 20]
    picks = [order[0], max(order, key=lambda i: han[i])]
    picks += some[len(some) // 2:] + order
    return sorted(list(dict.fromkeys(picks))[:count])


def draw(path, page, dpi):
    out = subprocess.run(["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-png", path],
                         capture_output=True, check=True).stdout
    return Image.open(io.BytesIO(out)).convert("RGB")


def drawn(image, words):
    """The words that leave ink: a text layer may hold what is clipped away."""
    def ink(word):
        left, top, right, bottom = (int(side * 200 / 72) for side in word[1:])
        shades = numpy.asarray(image.crop((left, top, right, bottom)).convert("L"))
        return shades.size and shades.min() < 200

    return [word for word in words if ink(word)]


def noisy(image, sigma, seed):
    pixels = numpy.asarray(image, dtype=float)
    noise = numpy.random.default_rng(seed).normal(0, sigma, pixels.shape[:2])[..., None]
    return Image.fromarray(numpy.clip(pixels + noise, 0, 255).astype("uint8"))


def turned(image, degrees):
    return image.rotate(degrees, Image.BICUBIC, fillcolor=(255, 255, 255))


def main(reports, out, wanted=20, each=3, first=0):
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    files = sorted(pathlib.Path(reports).rglob("*.pdf"))
    step = max(1, len(files) // int(wanted))
    taken = 0
    for path in files[int(first)::step]:
        pages = pages_of(path)
        if sum(len(words) for _, _, words in pages) < 200 or taken >= int(wanted):
            continue
        taken += 1
        for index in chosen(pages, int(each)):
            width, height, words = pages[index]
            name = out / f"{path.stem}-{index + 1}"
            clean = draw(path, index + 1, 200)
            clean.save(f"{name}.clean.png")
            words = drawn(clean, words)
            lines = [f"{width}\t{height}"] + ["\t".join(map(str, word)) for word in words]
            name.with_suffix(".tsv").write_text("\n".join(lines) + "\n")
            subprocess.run(["pdfseparate", "-f", str(index + 1), "-l", str(index + 1), path, f"{name}.pdf"], check=True)
            mild = turned(noisy(draw(path, index + 1, 150), 10, index), 0.7)
            mild.save(f"{name}.mild.jpg", quality=60)
            harsh = draw(path, index + 1, 120).filter(ImageFilter.GaussianBlur(0.6))
            harsh = Image.blend(harsh, Image.new("RGB", harsh.size, (235, 232, 225)), 0.35)
            turned(noisy(harsh, 18, index), -0.5).save(f"{name}.harsh.jpg", quality=35)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Seconds a page of rapidocr (Python, onnxruntime, the same models) on the pictures given, to set beside
`cargo run --release --example scan` on the same ones: python3 peer.py PICTURE..."""

import sys
import time

from rapidocr import RapidOCR

engine = RapidOCR()
engine(sys.argv[1])
started = time.time()
for name in sys.argv[1:]:
    engine(name)
print(f"rapidocr: {len(sys.argv) - 1} pages, {(time.time() - started) / (len(sys.argv) - 1):.2f} s a page")

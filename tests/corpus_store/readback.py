"""DuckDB and pandas read an export and find the sums of the corpus, to the last digit.

    pip install duckdb pandas pyarrow
    python tests/corpus_store/readback.py GOUJI CORPUS
"""

import sqlite3
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas


def main(gouji, corpus):
    store = sqlite3.connect(f"file:{corpus}?mode=ro", uri=True)
    fen, amounts = store.execute("select sum(fen), count(fen) from number").fetchone()
    finer = sum((Decimal(text) for (text,) in store.execute("select finer from number where finer is not null")), Decimal(0))
    tables = {name: store.execute(f"select count(*) from {name}").fetchone()[0] for name in ("fact", "passages", "findings")}
    expected = Decimal(fen) / 100 + finer
    with tempfile.TemporaryDirectory() as work:
        for form in ("parquet", "csv", "jsonl"):
            subprocess.run([gouji, "corpus", "export", "--quiet", corpus, "--to", form, f"{work}/{form}"], check=True)
        by_duckdb = duckdb.sql(f"select sum(yuan) from '{work}/parquet/numbers/**/*.parquet'").fetchall()[0][0]
        frame = pandas.read_parquet(f"{work}/parquet/numbers", columns=["yuan", "report_year"])
        by_pandas = sum(frame["yuan"].dropna(), Decimal(0))
        by_csv = duckdb.sql(
            f"select sum(yuan::decimal(38,12)) from read_csv('{work}/csv/numbers.csv', header=true, all_varchar=true)"
        ).fetchall()[0][0]
        csv = pandas.read_csv(f"{work}/csv/numbers.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
        by_pandas_csv = sum((Decimal(text) for text in csv["yuan"] if text), Decimal(0))
        by_json = duckdb.sql(f"select sum(yuan::decimal(38,12)) from read_json('{work}/jsonl/numbers.jsonl')").fetchall()[0][0]
        sums = dict(duckdb=by_duckdb, pandas=by_pandas, csv=by_csv, pandas_csv=by_pandas_csv, jsonl=by_json)
        for name, found in sums.items():
            assert found == expected, f"{name}: {found}, the corpus has {expected}"
        for table, name in (("fact", "facts"), ("passages", "passages"), ("findings", "findings")):
            if tables[table]:
                count = duckdb.sql(f"select count(*) from '{work}/parquet/{name}/**/*.parquet'").fetchall()[0][0]
                assert count == tables[table], name
        size = sum(path.stat().st_size for path in Path(f"{work}/parquet").rglob("*.parquet"))
        print(f"{amounts} amounts, {expected} yuan: the same in {', '.join(sums)}; parquet {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Extraction on a PySpark local cluster gives what one machine gives, a killed worker included.

    pip install pyspark==3.5.* pandas pyarrow duckdb
    python tests/corpus_store/spark.py GOUJI FOLDER

FOLDER holds the reports. Needs Java 17. Two workers of one core each; in mid-run one executor is killed.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import duckdb
import pyspark
from pyspark.sql import SparkSession

sys.path.insert(0, str(Path(__file__).parents[2] / "examples/spark"))
import extract  # noqa: E402


def executors():
    """Process ids of the executors that descend from this process."""
    table = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True).stdout
    rows = [line.split(None, 2) for line in table.splitlines()]
    children = {}
    for pid, parent, *_ in rows:
        children.setdefault(parent, []).append(pid)
    ours, queue = set(), [str(os.getpid())]
    while queue:
        pid = queue.pop()
        ours.add(pid)
        queue.extend(children.get(pid, []))
    return [int(row[0]) for row in rows if row[0] in ours and "CoarseGrainedExecutorBackend" in row[-1]]


def kill_one(out, killed):
    """Kills an executor while the first lines are being written."""
    started = time.monotonic()
    while time.monotonic() - started < 300:
        time.sleep(0.5)
        begun = list(Path(out).glob("lines/_temporary/**/*.parquet"))
        found = executors()
        if len(begun) >= 2 and found:
            os.kill(found[0], 9)
            killed.append(found[0])
            return


def main(gouji, folder):
    gouji = str(Path(gouji).resolve())
    paths = sorted(str(path.resolve()) for path in Path(folder).rglob("*") if path.is_file())
    paths.append("/no/such/report.txt")
    os.environ["SPARK_HOME"] = os.path.dirname(pyspark.__file__)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = str(Path(extract.__file__).parent)
    with tempfile.TemporaryDirectory() as work:
        out = f"{work}/out"
        spark = (
            SparkSession.builder.master("local-cluster[2,1,1024]").appName("gouji")
            .config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false").config("spark.executor.memory", "768m").getOrCreate()
        )
        spark.sparkContext.setLogLevel("OFF")
        spark.sparkContext.addPyFile(extract.__file__)
        killed = []
        killer = threading.Thread(target=kill_one, args=(out, killed), daemon=True)
        killer.start()
        started = time.monotonic()
        extract.run(spark, gouji, paths, out, 12)
        print(f"spark: {len(paths)} paths in {time.monotonic() - started:.1f} s, killed executor {killed}")
        spark.stop()

        started = time.monotonic()
        one = subprocess.run(
            [gouji, "extract", "--stdin-paths", "--format", "jsonl"], input="\n".join(paths), capture_output=True, text=True
        )
        print(f"one machine: {time.monotonic() - started:.1f} s")
        expected = sorted(line for line in one.stdout.splitlines() if '"source"' in line)
        lines = duckdb.sql(f"select line, error from '{out}/lines/*.parquet'").fetchall()
        found = sorted(line for line, _ in lines if line)
        errors = [error for _, error in lines if error]
        assert found == expected, "the lines differ"
        assert len(errors) == 1, errors
        assert len(found) == len(paths) - 1

        # And the tables are those of an export of one corpus.
        store = f"{work}/corpus.db"
        subprocess.run([gouji, "corpus", "add", "--quiet", store, folder], check=False)
        subprocess.run([gouji, "corpus", "export", "--quiet", store, "--to", "parquet", f"{work}/export"], check=True)
        for table, columns in [
            ("numbers", "report, id, kind, value_text, unit, yuan, approximate, section, page"),
            ("facts", "report, id, indicator, label, fund, basis, year, entity, measure, number, negative, certainty"),
        ]:
            ours = f"select {columns} from '{work}/export/{table}/**/*.parquet'"
            theirs = f"select {columns} from '{out}/{table}/*.parquet'"
            count = duckdb.sql(f"select count(*) from ({ours})").fetchall()[0][0]
            differ = duckdb.sql(
                f"select count(*) from (({ours} except all {theirs}) union all ({theirs} except all {ours}))"
            ).fetchall()[0][0]
            assert count and not differ, f"{table}: {differ} of {count} rows differ"
            print(f"{table}: {count} rows, the same on both")
        assert killed, "no executor was killed: give it more reports"


if __name__ == "__main__":
    main(*sys.argv[1:])

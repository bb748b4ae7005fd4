"""Extracts reports on a Spark cluster: a list of paths in, parquet out.

    spark-submit examples/spark/extract.py --gouji /usr/bin/gouji --paths paths.txt --out out/

Each task starts `gouji extract --stdin-paths --format jsonl`, hands it the paths of its partition and takes one JSON line a
report. A task that is lost is done again by Spark; a line is written once. The workers must see the files (a shared or
distributed file system) and have gouji.

out/lines     one row a path: the JSON line, or the error
out/numbers   one row a number, amounts as DECIMAL(38, 12)
out/facts     one row a number with its meaning
"""

import argparse
import json
import subprocess
import threading
from decimal import Decimal

LINES = "path string, report string, line string, error string"
NUMBERS = (
    "report string, id bigint, kind string, value_text string, unit string, yuan decimal(38,12), approximate string, "
    "section bigint, page bigint"
)
FACTS = (
    "report string, id bigint, indicator string, label string, fund string, basis string, year bigint, entity string, "
    "measure string, number bigint, negative boolean, certainty bigint"
)


def extract(gouji):
    """A function for mapInPandas: paths in, lines out."""
    import pandas

    def answers(paths):
        run = subprocess.Popen(
            [gouji, "extract", "--stdin-paths", "--format", "jsonl", "--jobs", "1"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
        )

        def feed():
            with run.stdin:
                for path in paths:
                    run.stdin.write(path + "\n")

        feeder = threading.Thread(target=feed)
        feeder.start()
        for line in run.stdout:
            found = json.loads(line)
            if "source" in found:
                yield found["source"]["path"], found["source"]["sha256"][:32], line.rstrip("\n"), None
            else:
                yield found["path"], None, None, found["message"]
        feeder.join()
        # 2: some file could not be read, and its line said so.
        if run.wait() not in (0, 2):
            raise RuntimeError(f"gouji ended with {run.returncode}")

    def batches(frames):
        for frame in frames:
            rows = list(answers(list(frame["path"])))
            yield pandas.DataFrame(rows, columns=["path", "report", "line", "error"], dtype="object")

    return batches


def numbers(line):
    report = json.loads(line)
    key = report["source"]["sha256"][:32]
    for number in report["numbers"]:
        yuan = number.get("yuan")
        yield (
            key, number["id"], number["kind"], number["value"], number["unit"], Decimal(yuan) if yuan else None,
            number["approximate"], number["section"], number["at"].get("page"),
        )


def facts(line):
    report = json.loads(line)
    key = report["source"]["sha256"][:32]
    for fact in report["facts"]:
        year = fact["period"]
        yield (
            key, fact["id"], fact["indicator"], fact["label"], fact["fund"], fact["basis"], int(year) if year else None,
            fact["entity"], fact["measure"], fact["number"], fact.get("negative", False), fact["certainty"],
        )


def run(spark, gouji, paths, out, parts):
    """Extracts the files of `paths`; the lines are kept, so that the tables are made of them and not read again."""
    frame = spark.createDataFrame([(path,) for path in paths], "path string").repartition(parts)
    frame.mapInPandas(extract(gouji), LINES).write.mode("overwrite").parquet(f"{out}/lines")
    lines = spark.read.parquet(f"{out}/lines")
    # The same content at several places is one report.
    once = lines.where("line is not null").dropDuplicates(["report"]).select("line").rdd.map(lambda row: row[0])
    spark.createDataFrame(once.flatMap(numbers), NUMBERS).write.mode("overwrite").parquet(f"{out}/numbers")
    spark.createDataFrame(once.flatMap(facts), FACTS).write.mode("overwrite").parquet(f"{out}/facts")


if __name__ == "__main__":
    from pyspark.sql import SparkSession

    parser = argparse.ArgumentParser()
    parser.add_argument("--gouji", default="gouji")
    parser.add_argument("--paths", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--parts", type=int, default=200)
    arguments = parser.parse_args()
    with open(arguments.paths, encoding="utf-8") as file:
        paths = [line.rstrip("\n") for line in file if line.strip()]
    run(SparkSession.builder.appName("gouji").getOrCreate(), arguments.gouji, paths, arguments.out, arguments.parts)

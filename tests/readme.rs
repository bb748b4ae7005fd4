//! The READMEs tell the truth: commands run and print what is shown, the table of checks is the registry.
//!
//! After a change that is meant, `README_UPDATE=1 cargo test --test readme` writes outputs and tables anew; read the
//! difference before committing it.

#![allow(clippy::unwrap_used)]

use gouji::check;
use std::path::PathBuf;
use std::process::Command;

const READMES: [(&str, bool); 2] = [("README.md", false), ("README.zh-CN.md", true)];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What `$ gouji …` prints when run in the repository.
fn run(command: &str) -> String {
    let words: Vec<&str> = command.split_whitespace().collect();
    let (pipe, words) = match words.iter().position(|word| *word == "|") {
        Some(at) => (Some(words[at + 1..].join(" ")), &words[..at]),
        None => (None, &words[..]),
    };
    assert_eq!(words[0], "gouji", "only gouji is run: {command}");
    let output = Command::new(env!("CARGO_BIN_EXE_gouji"))
        .args(&words[1..])
        .current_dir(root())
        .env("COLUMNS", "100")
        .output()
        .unwrap();
    assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    match pipe.as_deref().map(|pipe| pipe.split(' ').collect::<Vec<_>>()).as_deref() {
        None => text,
        Some(["head", "-n", count]) => {
            let count = count.parse().unwrap();
            text.lines().take(count).map(|line| format!("{line}\n")).collect()
        }
        Some(["jq", path]) => item(&text, path.trim_matches('\'')),
        Some(other) => panic!("cannot run {other:?}"),
    }
}

/// One item of a list of the first report, e.g. `.reports[0].numbers[3]`, cut out of the indented JSON.
fn item(json: &str, path: &str) -> String {
    let (key, index) = path.strip_prefix(".reports[0].").unwrap().split_once('[').unwrap();
    let index: usize = index.trim_end_matches(']').parse().unwrap();
    let opening = format!("      \"{key}\": [");
    json.lines()
        .skip_while(|line| *line != opening)
        .skip(1)
        .scan(0, |done, line| {
            let own = *done == index;
            *done += usize::from(line.starts_with("        }"));
            Some((own, line))
        })
        .skip_while(|(own, _)| !own)
        .take_while(|(own, _)| *own)
        .map(|(_, line)| {
            format!(
                "{}\n",
                line[8..].trim_end_matches(if line.starts_with("        }") { "," } else { "" })
            )
        })
        .collect()
}

/// The page with every ```` ```console ```` block run again and the table of checks written again.
fn current(page: &str, chinese: bool) -> String {
    let mut fresh = String::new();
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        fresh.push_str(line);
        fresh.push('\n');
        if line == "```console" {
            let command = lines.next().unwrap();
            let shown = run(command.strip_prefix("$ ").unwrap());
            fresh.push_str(&format!("{command}\n{}\n```\n", shown.trim_end()));
            while lines.next().is_some_and(|line| line != "```") {}
        } else if line == "<!-- checks -->" {
            fresh.push_str(&table(chinese));
            while lines.peek().is_some_and(|line| *line != "<!-- /checks -->") {
                lines.next();
            }
        }
    }
    fresh
}

fn table(chinese: bool) -> String {
    let mut table = String::from(match chinese {
        true => "| 检查 | 级别 | 报告什么 |\n|---|---|---|\n",
        false => "| check | severity | what is wrong |\n|---|---|---|\n",
    });
    for check in check::all() {
        let (title, severity) = match chinese {
            true => {
                let severity = match check.severity.name() {
                    "error" => "错误",
                    "warning" => "警告",
                    _ => "提示",
                };
                (check.page().title, severity)
            }
            false => (check.summary_en.to_string(), check.severity.name()),
        };
        table.push_str(&format!("| `{}` | {severity} | {title} |\n", check.name));
    }
    table
}

#[test]
fn the_readmes_are_current() {
    for (name, chinese) in READMES {
        let path = root().join(name);
        let page = std::fs::read_to_string(&path).unwrap();
        let fresh = current(&page, chinese);
        if std::env::var_os("README_UPDATE").is_some() {
            std::fs::write(&path, &fresh).unwrap();
        } else {
            assert!(page == fresh, "{name} is stale: README_UPDATE=1 cargo test --test readme");
        }
    }
}

#[test]
fn every_command_of_the_contract_is_named() {
    for (name, _) in READMES {
        let page = std::fs::read_to_string(root().join(name)).unwrap();
        for command in ["check", "extract", "explain", "trace", "schema", "completions", "man"] {
            assert!(page.contains(&format!("gouji {command}")), "{name}: gouji {command}");
        }
    }
}

//! gouji on the command line.

fn main() {}

//! The command `gx`.

fn main() {}

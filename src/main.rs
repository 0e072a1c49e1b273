//! The command `gx`.

use std::process::ExitCode;

fn main() -> ExitCode {
    guanxi::cli::main(std::env::args_os())
}

//! The person's editor, run on a file that nobody else may read.

use std::fs::File;
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::unique;

/// Makes a new file for the editor, with this text in it, among the temporary ones.
pub fn file(text: &str) -> io::Result<PathBuf> {
    let path = std::env::temp_dir().join(format!("gx-{:032x}.txt", unique()));
    make(&path, text)?;
    Ok(path)
}

/// Makes a new file, for its owner's eyes only.
pub fn make(path: &Path, text: &str) -> io::Result<()> {
    let mut made = File::options().write(true).create_new(true).mode(0o600).open(path)?;
    io::Write::write_all(&mut made, text.as_bytes())
}

/// What the person has set as their editor; `vi` where nothing is.
pub fn name() -> String {
    let set = |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    set("VISUAL").or_else(|| set("EDITOR")).unwrap_or_else(|| "vi".to_owned())
}

/// Runs the editor on a file until it ends; false where it ended with an error.
pub fn run(path: &Path) -> io::Result<bool> {
    let editor = name();
    // As git does: the variable may hold a command with arguments.
    let ended =
        Command::new("sh").arg("-c").arg(format!("{editor} \"$1\"")).arg(&editor).arg(path).status()?;
    Ok(ended.success())
}

//! Pages that are too long for a message, each in a file of its own.

use super::Lang;

/// The policy file, key by key: a policy itself, with what each key takes above it.
pub fn policy_file(lang: Lang) -> &'static str {
    lang.pick(include_str!("reference/policy_file.en.toml"), include_str!("reference/policy_file.zh.toml"))
}

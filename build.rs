//! How the program is linked: a shell command should cost little more than a process.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |what: &str| std::env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    if target("OS") != "linux" {
        return;
    }
    // The tables of time zones and of pinyin hold 1.3 MB of pointers. In a position-independent executable the loader
    // writes every one of them at each start, which costs a shell command more than everything it then does.
    println!("cargo::rustc-link-arg-bins=-no-pie");
    // The unwinder stands in the executable: one shared library less to find, map and relocate, a tenth of a
    // millisecond.
    if target("ENV") == "gnu" {
        println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
    }
}

//! How the program is linked.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // The tables of time zones and of pinyin hold 1.3 MB of pointers. In a position-independent executable the loader
    // writes every one of them at each start, which costs a shell command more than everything it then does.
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "linux") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}

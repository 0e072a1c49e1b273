//! The command `gx`.
//!
//! With glibc it begins at C's `main`. Before it calls Rust's, the standard library asks where the stack ends, and
//! glibc reads `/proc/self/maps` to answer: a twentieth of all that `gx show` takes. `begin` does what else is needed
//! of that start.
#![cfg_attr(all(target_os = "linux", target_env = "gnu"), no_main)]

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod begin {
    use std::ffi::{c_char, c_int};
    use std::fs::OpenOptions;
    use std::io;
    use std::os::fd::{AsRawFd, IntoRawFd};
    use std::sync::Arc;

    use signal_hook::consts::SIGPIPE;

    // The name that C's start looks for; nothing else here carries it.
    #[allow(unsafe_code)]
    #[unsafe(no_mangle)]
    extern "C" fn main(_count: c_int, _args: *const *const c_char) -> c_int {
        // As with Rust's own start: where this fails, the program goes on without.
        let _ = open_missing();
        // A reader that went away is an error of writing, and no end of the program.
        let _ = signal_hook::flag::register(SIGPIPE, Arc::default());
        c_int::from(guanxi::cli::main(std::env::args_os()))
    }

    /// Opens what the caller left closed of input, output and errors, so that no socket takes its number.
    fn open_missing() -> io::Result<()> {
        loop {
            let file = OpenOptions::new().read(true).write(true).open("/dev/null")?;
            if file.as_raw_fd() > 2 {
                return Ok(());
            }
            let _ = file.into_raw_fd();
        }
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn main() -> std::process::ExitCode {
    guanxi::cli::main(std::env::args_os()).into()
}

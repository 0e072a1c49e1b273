//! Memory that was needed for a while goes back to the machine.

/// Gives back what is free. The C library keeps it otherwise, in pieces between what is still used: where the tables
/// were made anew, more than the whole book takes.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code)]
pub(super) fn give_back() {
    unsafe extern "C" {
        // It reads nothing of ours, and may be called at any time from any thread.
        safe fn malloc_trim(pad: usize) -> std::ffi::c_int;
    }
    malloc_trim(0);
}

/// Other C libraries give back what they can by themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn give_back() {}

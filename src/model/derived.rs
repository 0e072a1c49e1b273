//! What the journal calls that which the program does by itself.

/// Customers are graded because of an act.
pub const GRADE: &str = "grade";
/// Customers are graded because of another policy.
pub const REGRADE: &str = "regrade";
/// Customers are graded because time passed.
pub const TURN: &str = "turn";
/// Customers return to a pool.
pub const RETURN: &str = "pool return";
/// Playbooks begin and go on.
pub const PLAYBOOK: &str = "playbook";
/// Playbooks at work go on by another policy.
pub const RENEW: &str = "renew";
/// Something planned comes into the queue.
pub const CARE: &str = "care";
/// What a policy did is taken back.
pub const RESTORE: &str = "restore";

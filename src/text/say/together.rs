//! What is said of the others: who is here, and what they do.

crate::messages! {
    /// The header: how many other members have a screen open.
    here(count) = "{count} here", "在线 {count}";
    /// The title of a customer whom somebody else looks at.
    is_here(name) = "{name} is here", "{name} 在看";
    /// The title of a customer about whom somebody else writes.
    is_writing(name) = "{name} is writing", "{name} 正在写";
    /// Behind one of these: how many more there are.
    and_more(count) = "+{count}", "+{count}";
}

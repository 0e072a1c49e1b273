//! What is said about bytes that cannot be read.

crate::messages! {
    /// Bytes that do not decode, or not to their end.
    undecodable() = "not readable as what it should be", "内容无法按应有的格式读取";
    /// A journal entry that does not begin like one.
    no_envelope() = "does not begin like a journal entry", "开头不是日志条目";
    /// A journal entry of another length than it says.
    wrong_length() = "is shorter or longer than it says", "长度与记载不符";
    /// A journal entry whose checksum does not hold.
    wrong_checksum() = "its checksum does not hold", "校验和不符";
    /// A journal entry of a kind or version that only later programs know.
    newer(kind, version) =
        "written by a newer gx (kind {kind}, version {version}): this store needs a newer gx",
        "由更新版本的 gx 写入（类型 {kind}，版本 {version}）：打开它需要更新 gx";
}

//! What is said about the store's file.

crate::messages! {
    /// No file where a store should be.
    not_there() = "there is no store here", "此处没有库";
    /// A store was to be made where something is.
    already_there() = "there is something here already", "此处已有文件";
    /// A file or folder that is no store.
    not_a_store() = "this is not a guanxi store, or it was never finished", "这不是 guanxi 的库，或创建时未完成";
    /// Written by a newer program.
    newer() = "this store needs a newer gx", "打开此库需要更新 gx";
    /// Open elsewhere.
    locked() = "the store is open in another process", "库已被另一个进程打开";
    /// An entry of the journal that does not hold.
    damaged(seq, why) = "entry {seq} of the journal is damaged: {why}", "第 {seq} 条日志已损坏：{why}";
    /// An entry of the journal that is gone.
    gap(seq) = "entry {seq} of the journal is missing", "缺少第 {seq} 条日志";
    /// Tables that do not hold.
    corrupt(detail) =
        "the file is damaged ({detail}): `gx rebuild` makes the tables anew if the journal can be read, else restore a backup",
        "文件已损坏（{detail}）：日志可读时可用 `gx rebuild` 重建表，否则请恢复备份";
    /// The operating system's own words.
    io(detail) = "the disk could not be read or written: {detail}", "无法读写磁盘：{detail}";
    /// The disk is nearly full.
    full(free, wanted) =
        "nothing is written: only {free} MiB are free on the disk, at least {wanted} MiB are needed",
        "已停止写入：磁盘仅剩 {free} MiB，至少需要 {wanted} MiB";
    /// An earlier failure.
    failed(why) =
        "nothing is written any more until the server is started again: {why}",
        "已停止写入，需重新启动服务：{why}";
    /// The store was closed.
    closed() = "the store is closed", "库已关闭";
    /// Work that was broken off.
    stopped() = "broken off before it was done", "未完成即已中止";

    /// Somebody else has asked for it.
    verifying() = "the store is being verified already", "正在校验此库";
    /// Found by `verify`: in the tables, not in the journal.
    surplus(what) = "{what}: in the tables, but it does not follow from the journal", "{what}：表中有，日志中无";
    /// Found by `verify`: in the journal, not in the tables.
    lacking(what) = "{what}: follows from the journal, but is not in the tables", "{what}：日志中有，表中无";
    /// Found by `verify`: not the same in both.
    different(what) = "{what}: the tables say something else than the journal", "{what}：表与日志不一致";
    /// Found by `verify`: a row.
    row(id) = "record {id}", "记录 {id}";
    /// Found by `verify`: a key of an index.
    key(index, id) = "index {index} of {id}", "{id} 的索引 {index}";
    /// Found by `verify`: counts of a day.
    tally(id, fact, day) = "{fact} of {id} on {day}", "{id} 在 {day} 的 {fact}";
    /// Found by `verify`: a line of a record's history.
    history(id, seq) = "entry {seq} in the history of {id}", "{id} 历史中的第 {seq} 条";
    /// Found by `verify`: what took an entry back.
    undone(seq) = "undo of entry {seq}", "第 {seq} 条的撤销";
    /// Found by `verify`: the next number of a kind.
    next(letter) = "next number of {letter}", "{letter} 的下一个编号";
}

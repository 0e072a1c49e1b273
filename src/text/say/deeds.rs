//! What was done, by the name of its command as the journal keeps it.

use crate::text::Lang;

crate::messages! {
    /// The store was made.
    store_made() = "store made", "新建库";
    /// By its command.
    customer_added() = "customer added", "添加客户";
    /// By its command.
    member_added() = "member added", "添加组员";
    /// By its command.
    team_added() = "team added", "添加小组";
    /// By its command.
    contact_added() = "contact added", "添加联系人";
    /// By its command.
    task_added() = "task added", "添加任务";
    /// By its command.
    deal_added() = "deal added", "添加商机";
    /// By its command.
    purchase_added() = "purchase added", "添加交易记录";
    /// By its command.
    view_added() = "view saved", "保存视图";
    /// By its command.
    customer_changed() = "customer changed", "更改客户";
    /// By its command.
    member_changed() = "member changed", "更改组员";
    /// By its command.
    team_changed() = "team changed", "更改小组";
    /// By its command.
    contact_changed() = "contact changed", "更改联系人";
    /// By its command.
    task_changed() = "task changed", "更改任务";
    /// By its command.
    deal_changed() = "deal changed", "更改商机";
    /// By its command.
    purchase_changed() = "purchase changed", "更改交易记录";
    /// By its command.
    view_changed() = "view changed", "更改视图";
    /// By its command.
    logged() = "logged", "写跟进记录";
    /// By its command.
    task_done() = "task done", "完成任务";
    /// By its command.
    task_dropped() = "task dropped", "取消任务";
    /// By its command.
    task_put_off() = "task put off", "推迟任务";
    /// By its command.
    task_given() = "task given", "转交任务";
    /// By its command.
    task_taken() = "task taken", "领取任务";
    /// By its command.
    tier_set() = "tier set", "手动定级";
    /// By its command.
    tier_cleared() = "tier by hand cleared", "取消手动定级";
    /// By its command.
    batch_opened() = "batch begun", "开始批次";
    /// By its command.
    batch_closed() = "batch ended", "结束批次";
    /// By its command.
    imported() = "imported", "导入";
    /// By its command.
    taken_back() = "undone", "撤销";
    /// By its command.
    clock_moved() = "clock moved", "调整时钟";
    /// What rules made of it: tiers and stages.
    graded() = "graded by rules", "按规则定级";
    /// The same, because time went by.
    swept() = "graded as time went by", "到期重新定级";
    /// By its command.
    view_removed() = "view removed", "删除视图";
    /// By its command.
    inbox_read() = "mentions read", "已读提及";
}

/// What was done; a command that is not known here is its name.
pub fn said(command: &str, lang: Lang) -> &str {
    let deed: fn(Lang) -> &'static str = match command {
        "init" => store_made,
        "customer add" => customer_added,
        "member add" => member_added,
        "team add" => team_added,
        "contact add" => contact_added,
        "task add" => task_added,
        "deal add" => deal_added,
        "purchase add" => purchase_added,
        "view add" => view_added,
        "customer edit" => customer_changed,
        "member edit" => member_changed,
        "team edit" => team_changed,
        "contact edit" => contact_changed,
        "task edit" => task_changed,
        "deal edit" => deal_changed,
        "purchase edit" => purchase_changed,
        "view edit" => view_changed,
        "log" => logged,
        "task done" => task_done,
        "task drop" => task_dropped,
        "task snooze" => task_put_off,
        "task assign" => task_given,
        "task take" => task_taken,
        "tier set" => tier_set,
        "tier clear" => tier_cleared,
        "batch open" => batch_opened,
        "batch close" => batch_closed,
        "import" => imported,
        "undo" => taken_back,
        "clock" => clock_moved,
        "grade" => graded,
        "sweep" => swept,
        "view remove" => view_removed,
        "inbox read" => inbox_read,
        _ => return command,
    };
    deed(lang)
}

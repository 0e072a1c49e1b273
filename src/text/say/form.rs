//! What the screen says of forms.

crate::messages! {
    /// The foot of a form: what is offered under the bar goes into the field.
    takes(key) = "{key} takes it", "{key} 选用";
    /// The footer: the same.
    take() = "take it", "选用";
    /// The footer: the same, and then the next field.
    take_and_go_on() = "take it, next field", "选用并转到下一字段";
    /// The foot of a form: what somebody else put into the field is taken.
    takes_theirs(key) = "{key} takes theirs", "{key} 采用他人内容";
    /// A form was closed after it was sent: the server may be at it.
    under_way() = "still under way; it will show when the server answers", "仍在处理中，服务器答复后显示结果";
    /// A task was added that is due then.
    task_added_due(due, title) = "task added for {due}: {title}", "已添加任务，{due}到期：{title}";
    /// Behind an `@` stands what is no beginning of a name.
    nobody_called(name) = "nobody is called @{name}", "没有人叫 @{name}";
    /// What stands behind ` > ` in a text is no next step; saved once more it stays where it is.
    saved_as_text(key) = "no date behind >: {key} saves it as text", "“>” 后面没有日期：{key} 按正文保存";
    /// What stands behind ` > ` in a text should be a next step and is none.
    no_step() = "a next step is a date and what to do: +3d send list", "下一步须含日期和事项：+3d 寄清单";
    /// The end of a text that was pasted had no room.
    left_out(count, all) = "the field is full: the last {count} of {all} characters were left out", "已达长度上限：共 {all} 个字符，末尾 {count} 个未录入";
    /// A form was saved while the link was down.
    waits_for_link(back) = "sent once the server is back; {back} takes it back", "连接恢复后发送；{back} 收回";
    /// What was to be sent was taken back.
    recalled(name) = "taken back, a draft again: {name}", "已收回，重为草稿：{name}";
    /// It is too late to take it back.
    has_left() = "it may have arrived: wait for the server, then undo", "可能已送达：请待连接恢复后再撤销";
    /// One can type no more into a field.
    full() = "the field is full", "已达长度上限";
    /// The look-up has no answer yet.
    looking() = "looking..", "查找中..";
    /// Of the keys that may follow, those for which there is no room.
    more_keys(count, help) = "{count} more, {help} shows all", "另有 {count} 个，{help} 显示全部";
    /// Title of the form that puts customers away.
    archive_title(dot, name) = "archive {dot} {name}", "归档 {dot} {name}";
    /// Title of the form that gives customers back into the open pool.
    release_title(dot, name) = "release to the open pool {dot} {name}", "退回公海 {dot} {name}";
    /// Hint: the reason of a release.
    release_hint() = "everybody can read why", "原因所有人可见";
    /// What was done: customers were released.
    released() = "released to the open pool", "已退回公海";
    /// What was done: a customer was claimed.
    claimed(name) = "{name} is yours", "已认领 {name}";
    /// Beside the open pool: when a customer returns to it.
    returns_in(left) = "returns in {left}", "{left}后回收";
    /// Columns: how long until a customer returns to the open pool.
    column_returns() = "to pool", "回收";
    /// Title of the form that drops tasks.
    drop_title(dot, name) = "drop {dot} {name}", "取消任务 {dot} {name}";
    /// A choice: it is so.
    yes() = "yes", "是";
    /// A choice: it is not so.
    no() = "no", "否";
    /// What an empty reason may hold.
    reason_hint() = "why; may stay empty", "原因，可留空";
    /// What was done: customers were put away.
    archived() = "archived", "已归档";
    /// What was done: customers who were away are listed again.
    taken_back() = "archived no more", "已取消归档";
    /// What was done: tasks were dropped.
    dropped() = "dropped", "已取消";
    /// The footer: what is offered goes away.
    close_offers() = "close the list", "关闭候选";
}

//! What the screen says of marks, and of acts on many records.

crate::messages! {
    /// Beside the title of a list: how many rows are marked.
    marked(count) = "{count} marked", "已标记 {count}";
    /// Behind a number of marked rows: so many of them are not in the list as it is narrowed.
    not_shown(count) = " ({count} not shown)", "（{count} 个未显示）";
    /// Help: the sign of a marked row.
    sign() = "* marked.", "* 已标记。";
    /// There are more rows than can be marked.
    too_many(count, limit) = "{count} rows: at most {limit} can be marked at once; narrow the list first", "共 {count} 行，一次最多标记 {limit} 行，请先筛选";
    /// The marks are gone because the list is another one.
    dropped() = "another list: the marks are gone", "列表已更换，标记已清除";
    /// So many customers.
    customers(count) = "{count} customer" | "{count} customers", "{count} 位客户";
    /// So many tasks.
    tasks(count) = "{count} task" | "{count} tasks", "{count} 个任务";
    /// Before a task of somebody else is ended.
    theirs(who, title) = "{who} has taken {title}: go on? y: yes, else no", "{title} 由 {who} 负责，仍要继续？y：是，其他键：否";
    /// Before tasks are ended, some of which are of others.
    some_theirs(count, all) = "others have taken {count} of {all} tasks: go on? y: yes, else no", "{all} 个任务中有 {count} 个由他人负责，仍要继续？y：是，其他键：否";

    /// Title of the form that changes customers.
    change_title(dot, name) = "change {dot} {name}", "修改 {dot} {name}";
    /// Title of the form that sets a tier by hand.
    tier_title(dot, name) = "tier by hand {dot} {name}", "手动设定等级 {dot} {name}";
    /// Title of the form that gives tasks to somebody.
    assign_title(dot, name) = "assign {dot} {name}", "分配 {dot} {name}";
    /// Title of the form that puts tasks off.
    snooze_title(dot, name) = "snooze {dot} {name}", "推迟 {dot} {name}";
    /// Fields: a tag to be added.
    tag() = "add tag", "添加标签";
    /// Fields: a tag to be taken away.
    untag() = "drop tag", "去除标签";
    /// Fields: the name of a field.
    field() = "field", "字段";
    /// Fields: the new value.
    value() = "value", "新值";
    /// Fields: why.
    reason() = "reason", "原因";
    /// Fields: the last day.
    until() = "until", "截止";
    /// Fields: the day until which a task is put off.
    put_off() = "until", "推迟到";
    /// What an empty owner may hold.
    owner_hint() = "a name, me, none; empty: as it is", "姓名、我、无；留空则不变";
    /// What an empty assignee may hold.
    assignee_hint() = "a name, me; right lists all; empty: back into the queue", "姓名、我；→ 列出；留空则退回队列";
    /// What an empty tag may hold.
    tag_hint() = "vip, east", "vip、华东";
    /// What an empty name of a field may hold.
    field_hint() = "region, industry, need..", "地区、行业、需求..";
    /// What an empty value means.
    value_hint() = "empty with a field: clears it", "填了字段而留空：清除该字段";
    /// What an empty last day means.
    until_hint() = "empty: until it is cleared", "留空：直到清除";
    /// There is no tier to be set.
    no_tiers() = "no tiers are known", "尚无等级可选";
    /// Nothing was filled in.
    nothing() = "nothing to change was filled in", "没有填写要修改的内容";

    /// What was done: the owner was set.
    owner_put(name) = "owner {name}", "负责人 {name}";
    /// What was done: a field was set.
    field_put(field, value) = "{field} {value}", "{field} 改为 {value}";
    /// What was done: a field was cleared.
    field_cleared(field) = "{field} cleared", "清除 {field}";
    /// What was done: a tier was set by hand.
    tier_put(tier) = "tier {tier} by hand", "手动设定等级 {tier}";
    /// What was done: given to a member.
    assigned(name) = "assigned to {name}", "分配给 {name}";
    /// What was done: given back into the queue.
    unassigned() = "back into the queue", "退回任务队列";
    /// What was done: put off.
    snoozed(until) = "snoozed until {until}", "推迟到 {until}";
    /// What was done: tasks are done.
    ended() = "done", "完成";
    /// What was done: something was added for each.
    added(what) = "task {what}", "任务 {what}";
    /// What was done: an interaction with each.
    logged() = "logged", "跟进记录";

    /// What was done with one record.
    one(name, what) = "{name}: {what}", "{name}：{what}";
    /// What was done with many records, and how to take it back.
    done(whom, what, undo) = "{whom}: {what}; {undo} undoes it", "{whom}：{what}；{undo} 撤销";
    /// The same; some were so already.
    done_but(whom, what, same, undo) = "{whom}: {what}, {same} were so already; {undo} undoes it", "{whom}：{what}，其中 {same} 个原本如此；{undo} 撤销";
    /// All were so already.
    all_so(whom, what) = "{whom}: {what}: all were so already", "{whom}：{what}：均已如此，无需修改";
    /// Some were refused, the first with its reason.
    refused(count, all, first, shows) = "{count} of {all} refused, {shows} shows all; {first}", "{all} 个中有 {count} 个被拒绝，{shows} 显示全部；{first}";
    /// The title of the page of refusals.
    refused_title(dot, what) = "refused {dot} {what}", "被拒绝 {dot} {what}";
    /// A record and why it was refused.
    refusal(name, why) = "{name}: {why}", "{name}：{why}";
    /// Nothing was refused.
    none_refused() = "nothing was refused of the last act on many", "上次批量操作没有被拒绝的项目";
    /// Before an act on very many records.
    sure(whom, what) = "{whom}: {what}? y: yes, else no", "{whom}：{what}？y：是，其他键：否";
    /// It is not done.
    not_done() = "nothing was done; the form keeps what was typed", "未执行；表单保留已填内容";
    /// How far an act is.
    progress(done, all) = "{done} of {all}", "{done} / {all}";
    /// How far an act is while the server is away.
    waits(done, all) = "link lost at {done} of {all}", "连接中断于 {done} / {all}";
    /// Another act on many is not finished.
    busy(done, all) = "not yet: {done} of {all} of the last act are done", "请稍候：上一批已完成 {done} / {all}";
    /// The link was lost over and over: the rest is not done.
    stopped(done, all, undo) = "stopped: {done} of {all} done, the next perhaps; {undo} undoes them", "已停止：已完成 {done} / {all}，其后一组可能未完成；{undo} 撤销";
    /// Before leaving while an act goes on.
    leave(done, all) = "leave with {done} of {all} done? y: yes, else no", "仅完成 {done} / {all}，退出？y：是，其他键：否";
    /// The screen stays.
    stays() = "it goes on", "继续执行";
}

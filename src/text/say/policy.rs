//! What is said about policies: checked, tried out, adopted.

crate::messages! {
    /// A fault that is allowed all the same.
    warning(what) = "warning: {what}", "提醒：{what}";
    /// Hint to a file that could not be used.
    file_hint() = "a policy is a TOML file; gx policy show > FILE writes the one in force, to begin with; gx help policy-file explains every key", "策略为 TOML 文件；gx policy show > 文件 可导出现行策略作为起点；gx help policy-file 说明各个键";
    /// A file that is longer than any policy.
    too_long(file) = "{file} is too long for a policy", "{file} 过长，不是策略文件";
    /// A file that is no text.
    no_text(file) = "{file} is no text in UTF-8", "{file} 不是 UTF-8 文本";
    /// A file that cannot be read.
    unread(file, why) = "{file} cannot be read: {why}", "无法读取 {file}：{why}";
    /// A file of days that is no TOML.
    no_toml(words) = "no TOML: {words}", "不符合 TOML 格式（解析器原文：{words}）";
    /// Something in a file of days that is none.
    no_such_days(name) = "\"{name}\" has no place here: a file of days has holidays and workdays, at once or year by year", "“{name}”不能写在此处：日期文件只有 holidays 和 workdays，可直接写或按年份分写";
    /// Nothing is wrong.
    reads_well() = "the policy reads well", "策略检查通过";
    /// How many faults.
    faults(count) = "faults in the policy: {count}", "策略中有 {count} 处错误";
    /// Hint to [`faults`].
    faults_hint() = "gx help policy-file explains every key", "gx help policy-file 说明各个键";
    /// A question before an adoption.
    really_adopt(moving, all) = "{moving} of {all} customers would move (gx policy preview shows whom): adopt?", "{all} 位客户中有 {moving} 位将变动（gx policy preview 可查看），是否生效？";
    /// While the book is graded.
    grading() = "grading the book ...", "正在重新定级……";
    /// A policy by its number.
    version(number) = "policy {number}", "策略版本 {number}";
    /// After an adoption.
    adopted(policy) = "{policy} is in force", "{policy} 已生效";
    /// After the undo of one.
    in_force_again(number) = "policy {number} is in force again", "策略版本 {number} 恢复生效";
    /// What an adoption, or its undo, did to the book.
    nobody_moved() = "no customer stands elsewhere", "没有客户变动";
    /// The same.
    moved(count) = "customers in another tier or stage: {count}", "等级或阶段变动的客户：{count} 位";
    /// The same.
    to_confirm(count) = "another tier, to be confirmed first: {count}", "等级待确认：{count} 位";
    /// The same.
    pooled(count) = "into the open pool: {count}", "进入公海：{count} 位";
    /// The same.
    given_back(count) = "back from the open pool: {count}", "从公海归还原负责人：{count} 位";
    /// The same.
    returning(count) = "returning to the open pool from now on: {count}", "今后将回收到公海：{count} 位";
    /// The same.
    spared(count) = "not returning any more: {count}", "不再回收：{count} 位";
    /// The same.
    tasks_dropped(count) = "tasks dropped: {count}", "取消的任务：{count} 项";
    /// The same.
    tasks_moved(count) = "tasks with another deadline: {count}", "时限变动的任务：{count} 项";
    /// The same.
    tasks_born(count) = "tasks that are new, or open again: {count}", "新增或恢复的任务：{count} 项";
    /// What the policy in force is called.
    in_force() = "in force", "现行策略";
    /// Two policies are the same.
    no_difference() = "no difference", "没有差别";
    /// Of an adoption that was taken back.
    undone_by(seq) = " (undone by {seq})", "（已由 {seq} 撤销）";
    /// Of an undo, which put a policy in force again.
    undoes(seq) = " (undoes {seq})", "（撤销 {seq}）";
    /// The policy in force, by its number.
    in_force_as(number) = "policy {number}, in force", "现行策略（版本 {number}）";
    /// The head of a preview.
    preview_of(policy, against) = "{policy} against: {against}", "{policy}，对照：{against}";
    /// How many would move.
    would_move(moved, all) = "{moved} of {all} customers would move", "{all} 位客户中有 {moved} 位将变动";
    /// How many move to a higher tier, and how many to a lower one.
    up_and_down(up, down) = "to a higher tier: {up}, to a lower one: {down}", "升级 {up} 位，降级 {down} 位";
    /// The head of the movers.
    who_moves() = "Who moves, and why", "变动的客户及原因";
    /// More movers than are shown.
    more_moves(count) = "and {count} more; -n shows more", "另有 {count} 位；用 -n 显示更多";
    /// The head of the load.
    load_title() = "Contacts and answers a week", "每周联系与答复次数";
    /// The head of what becomes of the open pool.
    pool_title() = "Open pool", "公海";
    /// How many return soon, and how many do now.
    pool_soon(then, now) = "returning within 30 days: {then} (now {now})", "30天内回收：{then}（现为 {now}）";
    /// How many return after that.
    pool_later(then, now) = "returning later: {then} (now {now})", "此后回收：{then}（现为 {now}）";
    /// How many do not return any more.
    pool_spared(count) = "returning now and not any more: {count}", "不再回收：{count}";
    /// Of a customer who does not return any more.
    stays() = "does not return any more", "不再回收";
    /// How many steps of playbooks would change.
    steps_title(dropped, moved, born) = "Steps of playbooks: {dropped} dropped, {moved} with other deadlines, {born} new", "流程步骤：取消 {dropped} 项，时限变动 {moved} 项，新增 {born} 项";
    /// The head of what becomes of plans.
    planned_title() = "Communication plan and care", "沟通计划与客户关怀";
    /// How many plans would come into the queue, and how many would not any more.
    planned(born, gone) = "tasks within 30 days: {born} more, {gone} not any more", "30天内的任务：新增 {born} 项，不再产生 {gone} 项";
    /// More steps than are shown.
    more_steps(count) = "and {count} more; -n shows more", "另有 {count} 项；用 -n 显示更多";
    /// What becomes of a step.
    step_dropped(due) = "dropped (was due {due})", "取消（原时限 {due}）";
    /// What becomes of a step.
    step_moved(from, to) = "due {from} -> {to}", "时限 {from} -> {to}";
    /// What becomes of a step whose escalation alone is another.
    step_warned(due) = "due {due}, with other warnings", "时限 {due}，提醒或升级有变";
    /// What becomes of a step.
    step_born(due) = "new, due {due}", "新增，时限 {due}";
    /// A deadline that never comes.
    no_deadline() = "never", "无";
    /// A column.
    col_step() = "step", "步骤";
    /// A column.
    col_becomes() = "what becomes of it", "变化";
    /// A column.
    col_assignee() = "whose", "负责人";
    /// From here to there.
    way(from, to) = "{from} -> {to}", "{from} -> {to}";
    /// Neither tier nor stage.
    nothing() = "none", "无";
    /// So many wait.
    waiting(count) = "{count} to be confirmed first", "其中 {count} 位须先确认";
    /// When a move is confirmed.
    confirmed(day) = "(confirmed on {day} if it holds)", "（若持续成立，{day} 确认）";
    /// Of a customer who has the tier of the head of its corporate group.
    inherits(head) = "as the head of its group, {head}", "随集团客户 {head}";
    /// Customers whom nobody has in hand.
    the_pool() = "(open pool)", "（公海）";
    /// A column.
    col_version() = "version", "版本";
    /// A column.
    col_when() = "when", "时间";
    /// A column.
    col_who() = "by", "由谁";
    /// A column.
    col_lines() = "lines", "行";
    /// A column.
    col_seq() = "entry", "记录号";
    /// A column.
    col_tier() = "tier", "等级";
    /// A column.
    col_stage() = "stage", "阶段";
    /// A column.
    col_count() = "customers", "客户";
    /// A column.
    col_waiting() = "", "";
    /// A column.
    col_customer() = "id", "编号";
    /// A column.
    col_name() = "name", "名称";
    /// A column.
    col_move() = "moves", "变动";
    /// A column.
    col_because() = "because", "原因";
    /// A column.
    col_member() = "who", "负责人";
    /// A column.
    col_customers() = "customers", "客户";
    /// A column.
    col_now() = "contacts now", "现联系";
    /// A column.
    col_then() = "contacts then", "新联系";
    /// A column.
    col_done() = "done", "实际";
    /// A column.
    col_answers_now() = "answers now", "现答复";
    /// A column.
    col_answers_then() = "answers then", "新答复";
    /// A column.
    col_in_time() = "in time", "按时";
    /// A column.
    col_capacity() = "capacity", "可承担";
    /// A column.
    col_returns() = "returns", "回收";
    /// A column.
    col_returned() = "now", "现回收时间";
}

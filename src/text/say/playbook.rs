//! What is said about playbooks and their steps.

crate::messages! {
    /// What starts a playbook.
    begins_on(trigger) = "begins on {trigger}", "触发：{trigger}";
    /// A playbook that nothing starts.
    by_hand() = "begins by hand", "手动启动";
    /// What became of a playbook.
    runs(running, paused, done, stopped) = "running {running} (paused {paused}), done {done}, stopped {stopped}", "进行中 {running}（暂停 {paused}），已完成 {done}，已停止 {stopped}";
    /// What starts a playbook, and what became of it.
    summary(on, runs) = "{on}; {runs}", "{on}；{runs}";
    /// A column.
    col_step() = "step", "步骤";
    /// A column.
    col_what() = "what", "类型";
    /// A column.
    col_duty() = "duty", "职责";
    /// A column.
    col_within() = "within", "时限";
    /// A column.
    col_begun() = "begun", "次数";
    /// A column.
    col_open() = "open", "未完成";
    /// A column.
    col_median() = "median", "中位用时";
    /// A column.
    col_late() = "late", "逾期";
    /// The mark of a step.
    slowest() = "slowest", "最慢";
    /// Working time of a calendar.
    working(span, calendar) = "{span} ({calendar})", "{span}（{calendar}）";
    /// What a step is.
    is_task() = "task", "任务";
    /// What a step is.
    is_approval() = "approval", "审批";
    /// What a step is.
    is_tag() = "tag", "标签";
    /// A duty.
    owner() = "owner", "负责人";
    /// A duty.
    lead() = "lead", "组长";
    /// A duty.
    manager() = "manager", "经理";
}

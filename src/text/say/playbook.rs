//! What is said about playbooks and their steps.

crate::messages! {
    /// What starts a playbook.
    begins_on(trigger) = "begins with {trigger}", "触发：{trigger}";
    /// A trigger.
    on_inquiry() = "an inquiry", "客户询问";
    /// A trigger.
    on_new() = "a new customer", "新增客户";
    /// A trigger.
    on_purchase() = "a purchase", "成交";
    /// A trigger.
    on_stage(stage) = "the stage {stage}", "进入阶段 {stage}";
    /// A trigger.
    on_tier(tier) = "the tier {tier}", "进入等级 {tier}";
    /// A trigger.
    on_deal(stage) = "the deal stage {stage}", "商机进入 {stage}";
    /// A trigger.
    on_tag(tag) = "the tag {tag}", "打上标签 {tag}";
    /// A trigger.
    on_silence(time) = "{time} without a contact", "{time}未联系";
    /// A trigger.
    on_date(date) = "the {date}", "{date}当天";
    /// A trigger.
    on_before(time, date) = "{time} before the {date}", "{date}前{time}";
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
    working(span, calendar) = "{span} ({calendar})", "{span}（工作日历 {calendar}）";
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
    /// The title of the playbooks at work.
    at_work() = "playbooks at work", "进行中的流程";
    /// Beside it, how many.
    count(count) = "{count} playbook" | "{count} playbooks", "{count} 个流程";
    /// No playbook is at work.
    none_at_work() = "no playbook is at work", "没有进行中的流程";
    /// No playbook is at work at a customer.
    none_at(customer) = "no playbook is at work at {customer}", "{customer} 没有进行中的流程";
    /// Several playbooks are at work at a customer.
    several_at(customer, which) = "several playbooks are at work at {customer}: {which}", "{customer} 有多个进行中的流程：{which}";
    /// No open step waits.
    no_open_step() = "no open step", "没有未完成的步骤";
    /// Paused, and why.
    paused_for(reason) = "paused: {reason}", "已暂停：{reason}";
    /// The title of how steps go.
    figures() = "how playbooks go", "流程执行情况";
    /// The policy has no playbook.
    no_playbooks() = "the policy has no playbooks", "策略中没有流程";
    /// A playbook was begun.
    begun(playbook, customer) = "{playbook} has begun for {customer}", "已为 {customer} 启动 {playbook}";
    /// A playbook was paused.
    has_paused(playbook, reason) = "{playbook} is paused: {reason}", "{playbook} 已暂停：{reason}";
    /// A playbook goes on.
    goes_on(playbook) = "{playbook} goes on, every deadline later by the pause", "{playbook} 已恢复，各时限按暂停时间顺延";
    /// A playbook was ended.
    has_stopped(playbook) = "{playbook} is stopped, its open tasks are dropped", "{playbook} 已停止，未完成的任务已取消";
}

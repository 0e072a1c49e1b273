//! What is said of what time brought.

crate::messages! {
    /// Before the counts.
    brought(counts) = "time brought: {counts}", "时间带来：{counts}";
    /// Nothing was due.
    nothing() = "nothing was due", "没有到期事项";
    /// A count.
    tiers(count) = "{count} move to another tier" | "{count} moves to another tier", "{count} 次等级变动";
    /// A count.
    stages(count) = "{count} move to another stage" | "{count} moves to another stage", "{count} 次阶段变动";
    /// A count.
    returned(count) = "{count} customer returned to the open pool" | "{count} customers returned to the open pool", "{count} 位客户回收至公海";
    /// A count.
    playbooks(count) = "{count} playbook begun" | "{count} playbooks begun", "{count} 个流程启动";
    /// A count.
    steps(count) = "{count} step begun" | "{count} steps begun", "{count} 个步骤开始";
    /// A count.
    plans(count) = "{count} contact of the communication plan" | "{count} contacts of the communication plan", "{count} 项沟通计划任务";
    /// A count.
    greetings(count) = "{count} greeting" | "{count} greetings", "{count} 项客户关怀任务";
    /// A count.
    warned(count) = "{count} step warned of" | "{count} steps warned of", "{count} 个步骤预警";
    /// A count.
    escalated(count) = "{count} late step escalated" | "{count} late steps escalated", "{count} 个逾期步骤升级";
    /// A count.
    dropped(count) = "{count} task dropped" | "{count} tasks dropped", "{count} 项任务取消";
    /// How far the store's clock is ahead of the machine's.
    ahead(time) = "{time} ahead", "快 {time}";
    /// How far it is behind.
    behind(time) = "{time} behind", "慢 {time}";
    /// It goes with the machine's.
    not_ahead() = "as the machine's", "与本机一致";
    /// The clock was moved.
    moved() = "clock moved", "时钟已调整";
    /// The clock would be moved.
    would_move() = "the clock would move", "时钟将调整";
    /// When the program came to what was due before.
    caught_up(at) = "caught up {at}", "补记于 {at}";
    /// The author that the clock is.
    clock() = "clock", "时钟";
    /// A rule of the clock: grades.
    rule_grade() = "tier and stage", "分层与阶段";
    /// A rule of the clock: another policy.
    rule_policy() = "another policy", "策略生效";
    /// A rule of the clock: plans.
    rule_care() = "care", "客户关怀";
    /// A rule of the clock: the rhythm.
    rule_cadence() = "communication plan", "沟通计划";
    /// A rule of the clock: an occasion.
    rule_occasion(id) = "care, {id}", "客户关怀 {id}";
    /// A rule of the clock: an open pool.
    rule_pool(id) = "open pool {id}", "公海 {id}";
    /// A rule of the clock: a playbook.
    rule_playbook(what) = "playbook {what}", "流程 {what}";
}

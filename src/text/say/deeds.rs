//! What was done, by the name of its command as the journal keeps it.

crate::messages! {
    /// On a timeline: a move that was taken back.
    undone(what) = "undone: {what}", "已撤销：{what}";
    /// The same: a move that takes another back.
    undoes(what) = "undo: {what}", "撤销：{what}";
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
    interaction_changed() = "interaction changed", "更改跟进记录";
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
    claimed() = "claimed", "认领";
    /// By its command.
    released() = "released to the open pool", "退回公海";
    /// By its command.
    protected() = "protection changed", "更改保护期";
    /// By its command.
    returned() = "returned to the open pool by rule", "回收至公海";
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
    /// What followed from it by a playbook.
    playbook() = "by a playbook", "按流程";
    /// A playbook began by hand.
    playbook_started() = "playbook started", "启动流程";
    /// What the communication plan and care brought.
    cared() = "by the communication plan", "按沟通计划与客户关怀";
    /// By its command.
    care_skipped() = "plan left out", "取消一次计划";
    /// By its command.
    playbook_paused() = "playbook paused", "暂停流程";
    /// By its command.
    playbook_resumed() = "playbook resumed", "继续流程";
    /// By its command.
    playbook_stopped() = "playbook stopped", "停止流程";
    /// Another policy.
    adopted() = "policy adopted", "策略生效";
    /// The same, by another policy.
    regraded() = "graded by another policy", "按新策略定级";
    /// A policy was taken back, and what it did with it.
    restored() = "as before the policy", "随策略撤销而还原";
    /// Time changed a grade.
    turned() = "graded as time went by", "到期重新定级";
    /// By its command.
    view_removed() = "view removed", "删除视图";
    /// By its command.
    inbox_read() = "mentions read", "已读提及";
}

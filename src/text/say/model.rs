//! Kinds, values and standings in words.

crate::messages! {
    /// The store's own record.
    settings() = "store", "库";
    /// One of us.
    member() = "member", "组员";
    /// Our small group.
    team() = "team", "小组";
    /// Whom we look after.
    customer() = "customer", "客户";
    /// A person there.
    contact() = "contact", "联系人";
    /// What was said.
    interaction() = "interaction", "跟进记录";
    /// What is to do.
    task() = "task", "任务";
    /// A possible sale.
    deal() = "deal", "商机";
    /// A sale.
    purchase() = "purchase", "交易记录";
    /// Many changes that belong together.
    batch() = "batch", "批次";
    /// A list of customers with a name.
    view() = "view", "视图";

    /// No value.
    absent() = "none", "无";
    /// Yes.
    yes() = "yes", "是";
    /// No.
    no() = "no", "否";

    /// No tier, no stage.
    standing_none() = "none", "无";
    /// A tier by hand, until cleared.
    standing_fixed(id, reason) = "{id}: set by hand, {reason}", "{id}：人工指定，{reason}";
    /// A tier by hand, to a day.
    standing_fixed_until(id, reason, day) = "{id}: set by hand until {day}, {reason}", "{id}：人工指定至 {day}，{reason}";
    /// A tier or stage whose rule holds.
    standing_rule(id, reasons) = "{id}: {reasons}", "{id}：{reasons}";
    /// A tier that is kept.
    standing_kept(id, reasons) = "{id}: kept, {reasons}", "{id}：保级，{reasons}";
    /// The tier without a rule.
    standing_last(id) = "{id}: no rule of a higher tier holds", "{id}：未达到更高等级的条件";
    /// What keeps the tier.
    standing_keep(id, rule) = "; stays {id} while {rule}", "；{rule} 时保持 {id}";
    /// What is missing for the next tier.
    standing_above(id, reasons) = "; {id} needs {reasons}", "；升至 {id} 须 {reasons}";
    /// A move that waits to be confirmed.
    standing_pending(id, day) = "; moves to {id} on {day}", "；{day} 起转为 {id}";
    /// A condition and its fact.
    reason(condition, fact) = "{condition} (is {fact})", "{condition}（现为 {fact}）";
}

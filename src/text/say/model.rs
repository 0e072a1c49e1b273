//! Kinds, values and standings in words.

crate::messages! {
    /// Where customers lie that nobody has.
    open_pool() = "open pool", "公海";
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
    /// A playbook at work.
    run() = "playbook at work", "进行中的流程";

    /// No value.
    absent() = "none", "无";
    /// Yes.
    yes() = "yes", "是";
    /// No.
    no() = "no", "否";

    /// The author of what time brought: the clock, by this rule.
    by_clock(rule) = "clock: {rule}", "时钟：{rule}";
    /// Below rows that are not all.
    and_more(count) = "and {count} more", "另有 {count} 项";
    /// A year by month.
    last_months() = "LAST 12 MONTHS", "近12个月";
    /// A year by month: real contacts.
    contacts_by_month() = "contacts", "联系";
    /// A year by month: purchases.
    spend_by_month() = "spend", "成交额";
    /// A year by week.
    by_week() = "weeks", "各周";
    /// A year by month: the sum, and which month had most.
    most_in(total, month, most) = "{total}, most in {month} ({most})", "{total}，{month}最多（{most}）";
    /// A year in which nothing was counted.
    none_in_months() = "none", "无";
    /// In place of what an open pool hides from the reader.
    hidden() = "hidden until claimed", "认领后可见";
    /// A year by week: in how many of them there was a contact, and the longest time without.
    weeks_until(weeks, all, days, day) = "contact in {weeks} of {all} weeks, longest gap {days}d to {day}", "{all}周中{weeks}周有联系，最长间隔{days}天（至{day}）";
    /// The same, where that time lasts.
    weeks_until_now(weeks, all, days) = "contact in {weeks} of {all} weeks, longest gap {days}d, until today", "{all}周中{weeks}周有联系，最长间隔{days}天（至今）";
    /// Weeks without a contact, and none before.
    no_contact_in_weeks(all) = "no contact in {all} weeks", "{all}周内没有联系";
}

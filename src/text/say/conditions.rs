//! Why a tier or stage is in force: conditions of rules in words, figures, fields, and what they are compared with.

crate::messages! {
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
    standing_keep(id, rule) = "; stays {id} with {rule}", "；{rule} 时保持 {id}";
    /// What is missing for the next tier.
    standing_above(id, reasons) = "; {id} needs {reasons}", "；升至 {id} 须 {reasons}";
    /// A move that waits to be confirmed.
    standing_pending(id, day) = "; moves to {id} on {day}", "；{day} 起转为 {id}";
    /// A condition and its fact.
    reason(condition, fact) = "{condition} (now {fact})", "{condition}（现为 {fact}）";
    /// A condition and its fact of then.
    reason_then(condition, fact) = "{condition} (then {fact})", "{condition}（当时 {fact}）";
    /// A condition, its fact, and how much is missing.
    reason_gap(condition, fact, gap) = "{condition} (now {fact}: {gap} more)", "{condition}（现为 {fact}，还差 {gap}）";

    /// A comparison: is one of these.
    exactly(value) = "{value}", "= {value}";
    /// A comparison: has a value, and none of these.
    other_than(value) = "other than {value}", "≠ {value}";
    /// A comparison.
    less(value) = "less than {value}", "< {value}";
    /// A comparison of counts.
    fewer(value) = "fewer than {value}", "< {value}";
    /// A comparison.
    at_most(value) = "at most {value}", "≤ {value}";
    /// A comparison.
    more(value) = "more than {value}", "> {value}";
    /// A comparison.
    at_least(value) = "at least {value}", "≥ {value}";
    /// A comparison of texts.
    containing(value) = "with {value} in it", "包含 {value}";
    /// A comparison of days.
    before(day) = "before {day}", "早于 {day}";
    /// A comparison of days.
    until(day) = "by {day}", "不晚于 {day}";
    /// A comparison of days.
    after(day) = "after {day}", "晚于 {day}";
    /// A comparison of days.
    since(day) = "since {day}", "不早于 {day}";
    /// A count of nothing.
    nothing() = "no", "= 0";
    /// Between values of which one is enough.
    or_value() = " or ", "或";
    /// Between conditions that must all hold.
    and() = " and ", " 且 ";
    /// Between conditions of which one is enough.
    or() = " or ", " 或 ";
    /// What must not hold.
    not(condition) = "not {condition}", "非 {condition}";
    /// A field and how it is compared.
    field(label, compared) = "{label} {compared}", "{label} {compared}";
    /// A field without a value.
    without(label) = "no {label}", "{label} 为空";
    /// A field with a value.
    with(label) = "any {label}", "{label} 有值";
    /// A name that is looked into.
    named(word) = "called {word}", "名称包含 {word}";
    /// A stage that the customer was in before.
    once(stage) = "once {stage}", "曾为 {stage}";
    /// A stage that the customer never was in.
    never(stage) = "never {stage}", "从未为 {stage}";
    /// How long ago the last purchase was.
    bought(ago) = "last purchase {ago} ago", "距上次购买 {ago}";
    /// How long nobody was in touch.
    idle(time) = "no contact for {time}", "未联系 {time}";

    /// A figure's window.
    within(span) = " in the last {span}", "近{span}";
    /// A figure's window: no limit.
    so_far() = " so far", "累计";
    /// A figure over the corporate group.
    of_group(figure) = "{figure} in the corporate group", "集团{figure}";
    /// A figure.
    spent(amount, when) = "{amount} spent{when}", "{when}成交金额 {amount}";
    /// A figure.
    purchases(count, when) = "{count} purchase{when}" | "{count} purchases{when}", "{when}成交次数 {count}";
    /// A figure.
    contacts(count, when) = "{count} real contact{when}" | "{count} real contacts{when}", "{when}有效联系次数 {count}";
    /// A figure.
    contacts_in(count, when) = "{count} contact from the customer{when}" | "{count} contacts from the customer{when}", "{when}客户主动联系次数 {count}";
    /// A figure.
    cases(count, when) = "{count} case{when}" | "{count} cases{when}", "{when}工单数 {count}";
    /// A figure.
    complaints(count, when) = "{count} complaint{when}" | "{count} complaints{when}", "{when}投诉数 {count}";
    /// A figure.
    satisfaction(mean, when) = "mean satisfaction {mean}{when}", "{when}平均满意度 {mean}";
    /// A figure.
    points(count, when) = "{count} point{when}" | "{count} points{when}", "{when}积分 {count}";
    /// A figure.
    open_tasks(count) = "{count} open task" | "{count} open tasks", "未完成任务数 {count}";
    /// A figure.
    open_deals(count) = "{count} open deal" | "{count} open deals", "进行中商机数 {count}";
    /// A figure.
    open_cases(count) = "{count} open case" | "{count} open cases", "未关闭工单数 {count}";

    /// A length of time, said whole.
    minutes(count) = "{count} minute" | "{count} minutes", "{count}分钟";
    /// A length of time, said whole.
    hours(count) = "{count} hour" | "{count} hours", "{count}小时";
    /// A length of time, said whole.
    days(count) = "{count} day" | "{count} days", "{count}天";
    /// A length of time, said whole.
    weeks(count) = "{count} week" | "{count} weeks", "{count}周";
    /// A length of time, said whole.
    months(count) = "{count} month" | "{count} months", "{count}个月";
    /// A length of time, said whole.
    years(count) = "{count} year" | "{count} years", "{count}年";
}

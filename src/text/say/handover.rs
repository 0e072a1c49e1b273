//! What is said when a member's book is handed over.

crate::messages! {
    /// Who gets it.
    col_to() = "to", "交给";
    /// How many customers.
    col_customers() = "customers", "客户";
    /// How many open tasks.
    col_tasks() = "tasks", "任务";
    /// How many open deals.
    col_deals() = "deals", "商机";
    /// Of which tiers the customers are, or of which regions.
    col_of() = "of these", "其中";
    /// All that there is.
    all() = "all", "合计";
    /// A group without a name: of no tier, or no region.
    of_none() = "none", "无";
    /// Before the book is handed over.
    sure(who, customers, tasks, deals) = "hand over {who}'s book: {customers}, {tasks}, {deals}?", "交接 {who} 名下的{customers}、{tasks}、{deals}？";
    /// So many deals.
    deals(count) = "{count} deal" | "{count} deals", "{count} 个商机";
    /// Nothing to hand over.
    nothing(who) = "{who} has nothing in hand", "{who} 名下没有可交接的内容";
    /// All was handed over.
    done(count, who) = "{who}'s book is handed over: {count} record" | "{who}'s book is handed over: {count} records", "{who} 的交接已完成：{count} 条记录";
    /// What would be handed over.
    would(count, who) = "{who}'s book would be handed over: {count} record" | "{who}'s book would be handed over: {count} records", "{who} 将交接 {count} 条记录";
    /// Who gives takes as well.
    to_oneself(who) = "{who} cannot take over from themselves", "{who} 不能接手自己的客户";
    /// Nobody is named.
    to_nobody() = "hand over to whom? --to NAME, or several with commas between", "交给谁？--to 姓名，多人以逗号分隔";
    /// A record that was not handed over, and why.
    left(record, why) = "{record}: {why}", "{record}：{why}";
    /// So many were not.
    some_left(count) = "{count} record was not handed over" | "{count} records were not handed over", "{count} 条记录未交接";
    /// Hint to [`some_left`], and to a handover that was interrupted.
    again() = "run it again: what is handed over already stays so, the rest follows", "请重新执行：已交接的保持不变，其余继续";
}

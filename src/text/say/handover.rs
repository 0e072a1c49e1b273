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
    /// How many duties for customers whom somebody else owns.
    col_duties() = "duties", "职责";
    /// Of which tiers the customers are, or of which regions.
    col_of() = "of these", "其中";
    /// All that there is.
    all() = "all", "合计";
    /// A group without a name: of no tier, or no region.
    of_none() = "none", "无";
    /// Before the book is handed over.
    sure(who, customers, tasks, deals, duties) = "hand over {who}'s book: {customers}, {tasks}, {deals}, {duties}?", "交接 {who} 名下的{customers}、{tasks}、{deals}、{duties}？";
    /// So many duties.
    duties(count) = "{count} duty" | "{count} duties", "{count} 项职责";
    /// The title of the sheet that shows who would get what.
    title(who) = "handover · {who}", "交接 · {who}";
    /// What the key does that opens.
    hands_over(key) = "{key} hands it over", "{key} 交接";
    /// A question before the book is handed over.
    really(who, count) = "hand over {who}'s book: {count} record? (y/n)" | "hand over {who}'s book: {count} records? (y/n)", "交接 {who} 名下的 {count} 条记录？（y/n）";
    /// The name of a handover.
    called(who, to) = "handover of {who} to {to}", "{who} 交接给 {to}";
    /// It was not done.
    not_done() = "not handed over", "未交接";
    /// How it is written in the palette.
    usage() = "write who gives and who takes over: Anna to Bo, Cecily", "请写明交出人和接手人：安娜 给 维西，塞西莉";
    /// Nobody of this name, or several.
    nobody(name) = "no member, or several, are called {name}: write the name as it is, or an id (m2)", "没有名为 {name} 的组员，或有多位：请写全名或编号（m2）";
    /// There is too much for the screen.
    too_much() = "there is too much for the screen: gx handover does it", "记录过多：请使用 gx handover";
    /// So many records.
    records(count) = "{count} record" | "{count} records", "{count} 条记录";
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

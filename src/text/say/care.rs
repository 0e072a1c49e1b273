//! What is said of care and the communication plan.

crate::messages! {
    /// The title of a greeting.
    greeting(occasions) = "Greeting: {occasions}", "问候：{occasions}";
    /// An occasion of one person.
    of_person(occasion, person) = "{occasion} of {person}", "{person} {occasion}";
    /// The title of what the rhythm asks for.
    keep_in_touch(every) = "Get in touch (every {every} days)", "按沟通计划联系（每{every}天）";
    /// The title of a revisit.
    revisit() = "Revisit", "回访";
    /// Why a planned task is not to be done any more.
    not_wished() = "no contact is wished", "请勿联系";
    /// Why a greeting is not to be done any more.
    is_over() = "its day is over", "日期已过";
    /// What the rhythm asks for, without its figures.
    in_touch() = "Get in touch", "按沟通计划联系";
    /// The head of a list of plans.
    plan_title() = "COMMUNICATION PLAN", "沟通计划";
    /// The communication plan.
    communication_plan() = "communication plan", "沟通计划";
    /// What is planned next.
    planned() = "planned", "计划联系";
    /// The column of the day.
    col_day() = "day", "日期";
    /// The column of what is planned.
    col_what() = "what", "计划";
    /// The column of the channel.
    col_channel() = "channel", "方式";
    /// The column of how it stands: what it was counted from, when it comes into the queue, its task.
    col_why() = "how it stands", "情况";
    /// Why the rhythm asks for a contact.
    every_since(every, since, wanted) = "every {every} days, last {since}: by {wanted}", "每{every}天一次，上次 {since}，应不晚于 {wanted}";
    /// The same, where the contact before was left out.
    every_since_but(every, since, left_out, wanted) = "every {every} days, last {since}, {left_out} left out: by {wanted}", "每{every}天一次，上次 {since}，{left_out} 已略过，应不晚于 {wanted}";
    /// Why a greeting is not to be done any more: its occasion falls on another day now, or on none.
    moved_away() = "its occasion is on another day now, or on none", "该日已非其日期";
    /// Why a task of the plan is not to be done any more: nobody has the customer, or the plan asks for nothing more.
    not_planned() = "the plan asks for it no more", "沟通计划不再要求";
    /// More days than plans are listed for.
    too_far(days, most) = "--days {days}: from 0 to {most} days are listed", "--days {days}：只能列出 0 至 {most} 天";
    /// That it was moved to a day that is liked or worked.
    moved_to(why, day) = "{why}; {day} is the day for it", "{why}；安排在 {day}";
    /// The rhythm was missed.
    overdue_since(why) = "{why}; overdue", "{why}；已逾期";
    /// When it comes into the queue.
    from(day) = "in the queue from {day}", "{day} 进入任务队列";
    /// It comes into no queue by itself.
    not_queued() = "not queued by the policy", "策略不建任务";
    /// One line of what is planned: day, what, channel.
    on_day(day, what) = "{day} {what}", "{day} {what}";
    /// By which channel.
    by_channel(what, channel) = "{what}, by {channel}", "{what}（{channel}）";
    /// The title of the plan on the screen.
    plan_ahead(dot, days) = "communication plan {dot} {days} days", "沟通计划 {dot} {days}天";
    /// Nothing is planned.
    nothing_planned() = "nothing is planned", "没有计划";
    /// A plan was left out.
    skipped(what, customer) = "left out once: {what}, {customer}", "已跳过一次：{what}，{customer}";
    /// A plan was left out, by the task that keeps it.
    left_out(what) = "left out once, and not to be done: {what}", "已跳过一次，不再执行：{what}";
    /// A plan would be left out.
    would_leave_out(what) = "would leave out once: {what}", "将跳过一次：{what}";
    /// It is a task of the queue.
    in_queue(task) = "in the queue: {task}", "已在任务队列：{task}";
    /// Its day is over.
    overdue() = "overdue", "逾期";
}

//! The team's board, playbooks at work, the open pool, and where things come from: what the shell and the screen say
//! alike.

crate::messages! {
    /// Title of the board.
    board() = "BOARD", "看板";
    /// The tiers of the board.
    tiers() = "TIERS", "客户分层";
    /// The stages of the board.
    stages() = "STAGES", "生命周期阶段";
    /// Columns: who came and who left in the last days.
    moved_lately() = "30 days", "近30天";
    /// Columns: answers in time, of all that were asked for.
    answered() = "answered", "按时答复";
    /// Columns: in how much time half of them were.
    answer_time() = "median time", "中位耗时";
    /// Columns: customers who are not served as their tier asks.
    unserved() = "unserved", "服务未达标";
    /// Columns: since when half of them are in it.
    half_since() = "half since", "停留中位数";
    /// Columns: the stage.
    stage() = "stage", "阶段";
    /// Nobody moved: there is nothing to show.
    nobody_moved() = "nobody moved in the last 30 days", "近30天没有变动";
    /// More moved than a filter can name.
    too_many_moved() = "too many moved to list them; gx history tells of each", "变动过多，无法列出，可用 gx history 查看";
    /// So many came, so many left.
    movement(came, left) = "+{came} -{left}", "+{came} -{left}";
    /// A board on which nobody stands.
    nobody_yet() = "no customer yet: the board fills as customers are added", "还没有客户：添加客户后看板会显示数据";
    /// Those without a tier or a stage.
    none() = "none", "无";

    /// Label: the rule that lets in.
    rule() = "rule", "条件";
    /// Label: the rule that keeps.
    stays() = "stays", "保级";
    /// Label: how long a rule must hold.
    confirmed() = "confirmed", "确认";
    /// Label: contacts.
    contacts() = "in touch", "联系";
    /// Label: answers.
    answers() = "answer", "答复";
    /// Label: who serves.
    service() = "service", "服务";
    /// Label: movement.
    moves() = "moved", "变动";
    /// Label: how long customers are in it.
    stay() = "in it", "停留";
    /// The tier without a rule.
    takes_the_rest() = "whoever is in no higher tier", "未达到更高等级的客户";
    /// How long a rule must hold.
    held_for(days) = "once the rule has held for {days} day" | "once the rule has held for {days} days", "条件连续满足 {days} 天后";
    /// How often a contact is wanted, and for how many it was made.
    every(days, covered, count) = "every {days} day; {covered} of {count} contacted in time" | "every {days} days; {covered} of {count} contacted in time", "每 {days} 天；{count} 位中 {covered} 位按时联系";
    /// How soon whoever asks is answered, all time counting.
    within(time) = "within {time}", "{time}内";
    /// How soon whoever asks is answered, by a calendar.
    within_working(time, calendar) = "within {time} of working time ({calendar})", "{time}工作时间内（{calendar}）";
    /// How many were answered in time.
    in_time(days, in_time, asked) = "; {in_time} of {asked} in the last {days} days", "；近{days}天 {asked} 次中 {in_time} 次按时";
    /// Nobody asked.
    none_asked(days) = "; nobody asked in the last {days} days", "；近{days}天无人询问";
    /// In how much time half of them were.
    half_within(time) = ", half of them within {time}", "，中位耗时 {time}";
    /// At least half of them were answered in the minute in which they asked.
    half_at_once() = ", half of them at once", "，半数当场答复";
    /// So little time that nobody waited.
    at_once() = "at once", "当场";
    /// A person serves.
    by_person() = "one person", "专人负责";
    /// A team serves.
    by_team() = "a team", "小组负责";
    /// Mostly automatic steps serve.
    by_automatic() = "mostly automatic steps", "以自动步骤为主";
    /// What whoever serves must be able to do.
    with_skill(skill) = " with the skill {skill}", "，须具备技能 {skill}";
    /// How many are not served so.
    not_so(count) = "; {count} is not served so" | "; {count} are not served so", "；{count} 位未达标";
    /// Who came and left.
    came_and_left(days, came, left) = "in {days} days {came} came and {left} left", "近{days}天转入 {came}，转出 {left}";
    /// How long customers are in it.
    half_for(days) = "half of them for {days} day or more" | "half of them for {days} days or more", "半数已停留 {days} 天以上";

    /// Since when something is so.
    since(what, date) = "{what}, since {date}", "{what}，自 {date} 起";
    /// Columns: the tier before.
    from() = "from", "原等级";
    /// Columns: the tier after.
    to() = "to", "新等级";
    /// Columns: why.
    why() = "why", "原因";
    /// A tier set by hand.
    by_hand(who, reason) = "by {who}: {reason}", "{who} 指定：{reason}";
    /// A tier left to the rules again.
    left_to_rules(who) = "left to the rules by {who}", "{who} 恢复按规则分层";
    /// The first tier.
    first_tier() = "when added", "添加时";
    /// A move whose reason nobody noted: of an earlier version, or through the group.
    by_rule() = "by rule", "按规则";

    /// Label: the open pool.
    pool() = "open pool", "公海";
    /// When a customer returns to the pool.
    returns(pool, date) = "returns to {pool} on {date}", "{date} 回收至 {pool}";
    /// The same where the pool has no name.
    returns_unnamed(date) = "returns on {date}", "{date} 回收至公海";
    /// The rule behind it, and what it says why.
    because(reason, rule) = ": {reason} ({rule})", "：{reason}（{rule}）";
    /// The rule behind a return that has been.
    by_its_rule(rule) = " ({rule})", "（{rule}）";
    /// From when on it is warned of.
    warned_from(date) = "; warned of from {date}", "；{date} 起预警";
    /// In the pool, through whom and why.
    released_by(date, who, reason) = "since {date}, released by {who}: {reason}", "{date} 由 {who} 退回：{reason}";
    /// In the pool, by rule.
    returned(date, reason) = "since {date}, returned by rule: {reason}", "{date} 按规则回收：{reason}";
    /// In the pool, since it is there.
    never_held() = "nobody had them yet", "尚未有人负责";
    /// Kept from returning.
    protected(date, reason) = "protected until {date}{reason}", "保护期至 {date}{reason}";

    /// Label: playbooks at work.
    playbooks() = "playbooks", "流程";
    /// Label: what time begins next.
    begins() = "begins next", "将触发";
    /// What time begins, and when.
    begins_at(playbooks, date) = "{playbooks} on {date}, if nothing happens before", "{date} 触发：{playbooks}（如此前无变化）";
    /// A playbook whose clocks stand still.
    paused() = "paused", "已暂停";
    /// So much time is left.
    left(time) = "{time} left", "剩余 {time}";
    /// So long it is past its time.
    late_by(time) = "late {time}", "已逾期 {time}";
    /// Nobody has it.
    whoever_takes_it() = "whoever takes it", "待领取";

    /// Label: where a task comes from.
    comes_from() = "comes from", "来源";
    /// Label: how long it may take.
    time() = "time", "时限";
    /// Label: who does it.
    who() = "who", "执行人";
    /// Label: what ends it.
    ends() = "ends with", "完成条件";
    /// Label: when it is warned of.
    warning() = "warning", "预警";
    /// Label: whom it concerns when it is late.
    escalation() = "escalation", "升级";
    /// Label: its clock stands still.
    pause() = "paused", "暂停";
    /// Not a step of a playbook.
    by_somebody(date) = "added on {date}, no step of a playbook", "{date} 添加，不属于任何流程";
    /// The same, with who made it.
    by_member(date, who) = "added on {date} by {who}, no step of a playbook", "{who} 于 {date} 添加，不属于任何流程";
    /// The communication plan, with its rhythm and from when on that counted.
    rhythm_since(every, since) = "communication plan: every {every} days, counted from {since}", "沟通计划：每{every}天一次，自 {since} 起计";
    /// The communication plan, with its rhythm.
    rhythm(every) = "communication plan: every {every} days", "沟通计划：每{every}天一次";
    /// The communication plan, where its rhythm of then is not known.
    rhythm_of_tier() = "communication plan: the rhythm of the tier", "沟通计划：等级的联系频率";
    /// A greeting, and on what.
    occasions(names) = "care: {names}", "客户关怀：{names}";
    /// The day that a plan is for.
    for_day(what, date) = "{what}; for {date}", "{what}；安排在 {date}";
    /// Label: how a task ended.
    ended() = "ended", "结束";
    /// Why a playbook stopped: its purpose is met.
    purpose_met(rule) = "its purpose is met ({rule})", "目的已达到（{rule}）";
    /// A pause that is over.
    paused_until(from, until) = "{from} to {until}", "{from} 至 {until}";
    /// A pause that lasts.
    paused_since(from) = "since {from}", "自 {from} 起";
    /// Its time and when that is over, where its clock stood still meanwhile.
    due_but(within, begun, due) = "{within} from {begun}, the pauses left out: due {due}", "自 {begun} 起 {within}（不计暂停）：{due} 到期";
    /// A step of a playbook.
    step_of(playbook, step) = "playbook {playbook}, step {step}", "流程 {playbook}，步骤 {step}";
    /// What started the playbook.
    started_by(record) = ", started by {record}", "，由 {record} 触发";
    /// Its time and when that is over.
    due(within, begun, due) = "{within} from {begun}: due {due}", "自 {begun} 起 {within}：{due} 到期";
    /// When it is to be done, without more.
    due_at(due) = "due {due}", "{due} 到期";
    /// Without an end.
    no_due() = "no deadline", "无时限";
    /// Who has it, and as what.
    as_duty(name, duty) = "{name}, as {duty}", "{name}（{duty}）";
    /// Who has it, because they have the customer's duty of that name.
    duty_owner() = "owner of the customer", "客户负责人";
    /// A duty.
    duty_lead() = "lead", "组长";
    /// A duty.
    duty_manager() = "manager", "经理";
    /// Whoever has it is away.
    away(date) = "; away until {date}", "；缺勤至 {date}";
    /// What ends it.
    done_contact() = "a real contact", "有效联系";
    /// What ends it.
    done_answer() = "our answer that reaches them", "有效答复";
    /// What ends it.
    done_revisit() = "our revisit that reaches them", "有效回访";
    /// What ends it.
    done_manual() = "whoever says that it is done", "手动完成";
    /// An escalation to come.
    goes_to(date, duty) = "{date} to the {duty}", "{date} 升级给{duty}";
    /// An escalation that has been.
    went_to(date, duty) = "{date} to the {duty} (done)", "{date} 已升级给{duty}";
    /// Columns that a wider window would show.
    columns_hidden(count) = "no room for {count} column" | "no room for {count} columns", "{count} 列未显示";
    /// Columns that a wider window would show.
    no_room(columns) = "no room for: {columns}", "未显示：{columns}";
}

//! Why a command or a question was not carried out, and what to do about it. The parts come from `model::say`.

crate::messages! {
    /// No record of this id.
    no_record(kind, id) = "there is no {kind} {id}", "没有{kind} {id}";
    /// No record goes by these words.
    no_match(kind, words) = "no {kind} matches \"{words}\"", "没有符合“{words}”的{kind}";
    /// Hint to [`no_match`] where a customer was meant.
    no_match_hint() = "gx find shows what comes near", "用 gx find 查看相近的客户";
    /// Several records go by these words.
    ambiguous(kind, words) = "more than one {kind} matches \"{words}\"", "有多个{kind}符合“{words}”";
    /// No record goes by these words; one comes near, and is shown below.
    not_quite(kind, words) = "no {kind} is called \"{words}\"; this one comes near", "没有叫“{words}”的{kind}，相近的是";
    /// Hint to [`ambiguous`].
    ambiguous_hint() = "name one by its id", "请用编号指明";
    /// A field that the kind does not have.
    no_field(kind, field) = "there is no {kind} field \"{field}\"", "{kind}没有字段“{field}”";
    /// The nearest name.
    did_you_mean(name) = "did you mean {name}?", "是否指 {name}？";
    /// A field that rules set.
    derived_field(field) = "{field} follows from the rules and is not set by hand", "{field} 由规则得出，不能手工设置";
    /// A policy that does not read.
    bad_policy(line, column, what) = "the policy does not read: line {line}, column {column}: {what}", "策略有误：第 {line} 行第 {column} 列：{what}";
    /// More faults of it.
    more_policy_faults(count) = " (and {count} more)", "（另有 {count} 处）";
    /// Hint to [`bad_policy`].
    bad_policy_hint() = "gx policy check FILE tells every fault; gx help policy-file explains every key", "gx policy check 文件 会列出全部错误；gx help policy-file 说明各个键";
    /// No such version.
    no_version(version, last) = "there is no policy {version}; the last is {last}", "没有第 {version} 版策略，最新为第 {last} 版";
    /// Hint to [`derived_field`] for the tier.
    derived_tier_hint() = "gx tier set overrides it, with a reason", "用 gx tier set 可指定等级，须写明原因";
    /// A field that only commands of its own set.
    command_field(field) = "{field} is not set like other fields", "{field} 不能像其他字段那样设置";
    /// Hint to [`command_field`].
    command_field_hint(commands) = "use {commands}", "请用 {commands}";
    /// A field that must have a value.
    reason_missing(reason) = "{reason} is missing: everybody can read it", "请填写{reason}，所有人都能看到";
    /// A required field without a value.
    missing(kind, field) = "every {kind} needs its {field}", "{kind}必须填写 {field}";
    /// Hint to [`missing`] where a deal has no amount.
    won_amount_hint() = "a won deal is a purchase, and a purchase has an amount", "赢单即成为交易记录，须有金额";
    /// A value that does not fit.
    bad_value(field, value, takes) = "{field}: \"{value}\" is not {takes}", "{field}：“{value}”不是{takes}";
    /// A text that is too long.
    too_long(field, length, limit) =
        "{field} has {length} characters, {limit} are the most",
        "{field} 有 {length} 个字符，最多 {limit} 个";
    /// Yes or no.
    takes_flag() = "yes or no", "“是”或“否”";
    /// A whole number.
    takes_number() = "a whole number from 0", "不小于 0 的整数";
    /// One line.
    takes_line() = "one line of text", "单行文字";
    /// An amount.
    takes_money() = "an amount (try 1200, 12k or 1,200.50 USD)", "金额（例如 1200、12万、1,200.50 USD）";
    /// A date.
    takes_date() = "a date (try 2026-10-01, fri, +3d, tomorrow 15:00)", "日期（例如 2026-10-01、周五、+3d、明天 下午3点）";
    /// One of a few words.
    takes_word(words) = "one of: {words}", "以下之一：{words}";
    /// A member and a duty.
    takes_duty() = "a member and a duty, as NAME:DUTY", "组员和职责（写作 姓名:职责）";
    /// A unified social credit code.
    takes_credit_code() = "a credit code: 18 characters, the last one checks the others", "统一社会信用代码（18 位，末位为校验码）";
    /// A next step.
    takes_next_step() = "a date and what to do (try \"+3d send price list\")", "日期加事项（例如“+3d 寄报价单”）";
    /// A mail address.
    takes_mail() = "a mail address", "邮件地址";
    /// A telephone number.
    takes_phone() = "a telephone number", "电话号码";
    /// A day of the lunar calendar.
    takes_lunar() = "a lunar day (08-15, leap 06-01)", "农历日期（八月十五、闰六月初一、08-15）";
    /// Days of the week.
    takes_weekdays() = "weekdays (mon,wed or mon-fri)", "星期几（周一、周三，或 周一-周五）";
    /// A percentage.
    takes_percent() = "a number from 0 to 100", "介于 0 和 100 之间的数字";
    /// A filter that does not read.
    bad_filter(why) = "the filter does not read: {why}", "筛选条件有误：{why}";
    /// Somebody changed the same field.
    conflict(record, field, is, was, to) =
        "{field} of {record} is {is} by now: it was {was}, and was to become {to}",
        "{record} 的 {field} 现已是 {is}：原为 {was}，本次要改为 {to}";
    /// Who changed it, in which entry of the journal.
    conflict_by(name, seq) = "{name} changed it (gx history, entry {seq}); look again before changing it", "由 {name} 更改（gx history 第 {seq} 条），请查看后再改";
    /// Where it is not known who changed it.
    conflict_hint(record) = "gx history {record} shows who changed it", "gx history {record} 可查看由谁更改";
    /// Later records stand on what was to be undone.
    in_use(record, count, first) =
        "{record} cannot be taken back: later records stand on it ({count}, the first is {first})",
        "{record} 不能撤销：其后有 {count} 条记录以它为基础（第一条是 {first}）";
    /// Hint to [`in_use`].
    in_use_hint() = "undo those first", "请先撤销那些记录";
    /// Hint to [`in_use`], where all of them are of one batch.
    in_use_by_batch(batch) = "they are all of one batch: gx undo {batch} first", "它们同属一个批次，请先 gx undo {batch}";
    /// Records of a batch were changed since.
    changed_since(batch, count, first) =
        "records of {batch} were changed since ({count}, the first is {first})",
        "批次 {batch} 中有 {count} 条记录后来被更改（第一条是 {first}）";
    /// Hint to [`changed_since`].
    changed_since_hint() = "--partial undoes the others and leaves those", "加 --partial 可撤销其余记录，保留这些";
    /// Nothing of mine.
    nothing_to_undo() = "there is nothing of yours to undo", "没有可撤销的本人操作";
    /// Hint to [`nothing_to_undo`].
    nothing_to_undo_hint() = "gx history names the entries; gx undo SEQ undoes one", "gx history 列出各条记录，gx undo 序号 可撤销其中一条";
    /// Undone before.
    already_undone(seq, by) = "entry {seq} was undone before, by entry {by}", "第 {seq} 条已由第 {by} 条撤销";
    /// The store's making, the clock.
    cannot_undo(seq) = "entry {seq} cannot be undone", "第 {seq} 条不能撤销";
    /// My last act is a claim.
    claim_stands(customer) = "the claim of {customer} is not undone: it stays counted", "认领 {customer} 不能撤销：认领次数已计入";
    /// Hint to [`claim_stands`].
    claim_stands_hint(customer) = "gx pool release {customer} gives it back; gx history names earlier acts, and gx undo SEQ takes one of them back", "用 gx pool release {customer} 退回；更早的操作见 gx history，用 gx undo SEQ 撤销";
    /// My last act moved the clock.
    clock_stands() = "the clock is not set back", "时钟不能调回";
    /// Hint to [`clock_stands`].
    clock_stands_hint() = "gx history names earlier acts, and gx undo SEQ takes one of them back", "更早的操作见 gx history，用 gx undo SEQ 撤销";
    /// No such entry.
    no_entry(seq) = "there is no entry {seq} in the journal", "日志中没有第 {seq} 条";
    /// No member has this account.
    not_a_member(login, uid) = "your account {login} ({uid}) belongs to no member", "你的账号 {login}（{uid}）不属于任何组员";
    /// Hint to [`not_a_member`].
    not_a_member_hint(login) =
        "ask your lead to run: gx member add --name NAME --login {login}",
        "请组长执行：gx member add --name 姓名 --login {login}";
    /// The role does not allow it.
    not_allowed(what) = "your role does not allow this: {what}", "你的角色无权执行：{what}";
    /// Hint to [`not_allowed`].
    not_allowed_hint() = "ask your lead", "请联系组长";
    /// Hint to a policy that somebody may not adopt.
    adopt_hint() = "managers and admins put policies in force; anybody may try one: gx policy preview FILE", "策略由经理或管理员生效；任何人都可预演：gx policy preview 文件";
    /// Only practice clocks move, and only there one acts as another.
    not_practice() = "only in a practice store can the clock be moved, or another member acted as (--as)", "只有演练库才能调整时钟，或用 --as 以其他组员的身份操作";
    /// Hint to [`not_practice`].
    not_practice_hint() = "gx init --practice makes one", "用 gx init --practice 新建演练库";
    /// Clocks move forward.
    clock_backwards(now) = "the clock only moves forward: it is {now} already", "时钟只能向前：现在已是 {now}";
    /// A task that was done or dropped.
    task_closed(task) = "{task} is not open any more", "{task} 已不是未完成的任务";
    /// A playbook at work that is paused, done or stopped.
    run_stands(run, state) = "{run} is {state}", "{run} {state}";
    /// Nothing waits.
    no_task() = "no open task waits for you", "没有等待你处理的任务";
    /// A customer that somebody has, and since when.
    claimed_at(by, customer, at) = "{by} has {customer} since {at}", "{customer} 自 {at} 起归 {by}";
    /// A customer that somebody has.
    claimed(by, customer) = "{by} has {customer}", "{customer} 已归 {by}";
    /// Hint to [`claimed`]: the next best of that pool.
    claimed_hint(id, name) = "the best of this open pool now is {id} {name}: gx pool claim {id}", "该公海中目前价值最高的是 {id} {name}：gx pool claim {id}";
    /// A pool of others.
    other_pool(pool, teams) = "the open pool \"{pool}\" is for {teams}", "公海“{pool}”仅限 {teams} 认领";
    /// A pool of the teams that no other pool names.
    other_teams() = "other teams", "其他小组";
    /// The limit of a day.
    limit_of_day(most) = "no more than {most} claims a day", "已达领取上限：每天最多 {most} 位";
    /// Hint to [`limit_of_day`].
    limit_of_day_hint() = "a claim counts also when the customer is released again", "认领后退回的客户也计算在内";
    /// The limit of what somebody has.
    limit_of_hold(most) = "no owner holds more than {most} customers", "已达持有上限：最多 {most} 位客户";
    /// The same of one tier.
    limit_of_tier(most, tier) = "no owner holds more than {most} customers of tier {tier}", "已达持有上限：等级 {tier} 最多 {most} 位客户";
    /// Hint to [`limit_of_hold`] and [`limit_of_tier`].
    limit_of_hold_hint() = "gx pool release gives one back, with a reason", "用 gx pool release 可退回公海，须写明原因";
    /// The limit of protections.
    limit_of_protection(most) = "no owner has more than {most} customers under protection", "保护期内的客户最多 {most} 位";
    /// Hint to [`limit_of_protection`].
    limit_of_protection_hint() = "gx pool protect CUSTOMER --off ends one", "用 gx pool protect 客户 --off 可结束一个保护期";
    /// Too soon again.
    cool_down(customer, at) = "you had {customer} lately: you can claim it again from {at}", "你不久前负责过 {customer}，{at} 起才能再次认领";
    /// A customer of somebody else.
    not_yours(by, customer) = "{by} has {customer}: they or a lead can do that", "{customer} 归 {by}，须由其本人或组长操作";
    /// Neither owner nor team.
    not_held(customer) = "nobody has {customer}: it lies in the open pool", "{customer} 在公海中，没有负责人";
    /// No protection in the policy.
    no_protection(customer) = "the policy has no protection for {customer}", "策略中没有适用于 {customer} 的保护期";
    /// A pooled customer that was to be given by an edit.
    by_claim(customer) = "{customer} lies in the open pool: it is claimed there, or given by a lead", "{customer} 在公海中：请认领，或由组长分配";
    /// Hint to [`by_claim`].
    by_claim_hint(customer) = "gx pool claim {customer}", "用 gx pool claim {customer} 认领";
    /// A customer that was to be pooled by an edit.
    by_release(customer) = "{customer} comes into the open pool by a release, with a reason", "{customer} 须通过退回公海，并写明原因";
    /// Hint to [`by_release`].
    by_release_hint(customer) = "gx pool release {customer} --reason WORDS", "请用 gx pool release {customer} --reason 原因";
    /// A customer cannot be above itself.
    parent_loop(customer, parent) =
        "{parent} cannot be the parent of {customer}: it is the same or below it",
        "{parent} 不能作为 {customer} 的上级：它就是本身或其下级";
    /// A name twice.
    name_taken(kind, name, id) = "there is a {kind} named {name} already: {id}", "已有名为“{name}”的{kind}：{id}";
    /// An account twice.
    account_taken(account, id) = "the account {account} belongs to {id} already", "账号 {account} 已属于 {id}";
    /// An approval that is refused without a word.
    no_reason(task) = "{task} asks for a yes or a no, and a no has a reason (--reason)", "{task} 是审批：不同意须说明原因（--reason）";
    /// No such playbook.
    no_playbook(id, known) = "the policy has no playbook \"{id}\"; there are: {known}", "策略中没有流程“{id}”，可用：{known}";
    /// A playbook whose purpose is met.
    nothing_to_do(id, customer, met) = "playbook \"{id}\" has nothing to do for {customer}: {met} holds already", "流程“{id}”对 {customer} 已无事可做：{met} 已成立";
    /// No such tier.
    no_tier(tier) = "there is no tier \"{tier}\"", "没有等级“{tier}”";
    /// Hint to [`no_tier`].
    no_tier_hint(tiers) = "the tiers are {tiers}", "可用等级：{tiers}";
    /// A batch that cannot take more.
    no_batch(batch) = "nothing of {batch} stands open: it was closed, taken back, or never begun", "{batch} 已关闭、已撤销或从未开始";
    /// A receipt that is gone.
    expired() = "this order is too old to know whether it was carried out", "该指令过旧，无法确定是否已执行";
    /// Hint to [`expired`].
    expired_hint() = "gx history shows what was done", "用 gx history 查看已执行的操作";
    /// No more writes.
    read_only(why) = "the store takes no changes: {why}", "库已停止写入：{why}";
    /// Hint to [`read_only`].
    read_only_hint() = "reading goes on; gx status tells when writing does", "仍可查询；gx status 可查看何时恢复写入";
    /// Made before.
    already_made() = "the store is made already", "库已存在";
    /// An interaction that has not been yet.
    future(date) = "{date} lies in the future", "{date} 是将来的时间";
    /// Hint to [`future`].
    future_hint() = "what is still to come is a task: --next, or gx task add", "尚未发生的事请建为任务：--next 或 gx task add";
    /// Not now.
    unavailable(why) = "the server does not take this now: {why}", "服务端暂不受理：{why}";
    /// A member who is none any more.
    has_left(name) = "{name} has left the team", "{name} 已离开小组";
    /// More orders in one request than are taken.
    too_many_orders(count, limit) = "{count} orders at once are too many: {limit} are the most", "一次提交 {count} 条指令过多：最多 {limit} 条";
    /// An answer that no message can carry.
    too_large(bytes) = "the answer is too large: {bytes} bytes", "结果过大（{bytes} 字节）";
    /// Hint to [`too_large`].
    too_large_hint() = "ask for less at once: a smaller -n, or a narrower filter", "请减少一次查询的内容：减小 -n，或缩小筛选范围";
    /// The book as of a day to come.
    not_yet(date) = "{date} is still to come: the book can be seen as of a day that has been", "{date} 尚未到来，只能查看过去的日期";
    /// The book as of a day before there was one.
    before_the_book(date, first) = "there was no book on {date}: it begins on {first}", "{date} 时库中尚无记录：最早为 {first}";
    /// The book as of a day with a long past.
    too_much_past(entries, limit) =
        "{entries} entries lie before that day; the book is made anew from {limit} at most",
        "该日之前有 {entries} 条日志，最多可由 {limit} 条重建当日的情况";
    /// Hint to [`too_much_past`].
    too_much_past_hint() = "choose an earlier day, or read one record: gx history ID", "请选更早的日期，或用 gx history 编号 查看单条记录";
    /// An absence that ends before it begins.
    away_backwards(from, until) = "an absence from {from} cannot end on {until}", "缺勤从 {from} 开始，不能在 {until} 结束";
    /// Somebody is to stand in for themselves.
    own_stand_in(name) = "{name} cannot stand in for themselves", "{name} 不能为自己代班";
    /// Something is to be given to who is not there any more.
    gone(name) = "{name} has left: nothing more can be given to them", "{name} 已离职，不能再交给其负责";
    /// Somebody greeted on that day.
    greeted(customer, by, at, record) = "{by} greeted {customer} at {at} ({record}): one greeting a day is enough", "{by} 已于 {at} 问候过 {customer}（{record}）：每天只问候一次";
    /// Somebody is to greet on that day.
    greeting_planned(customer, by, day, record) = "{by} greets {customer} on {day} ({record}): one greeting a day is enough", "{by} 将于 {day} 问候 {customer}（{record}）：每天只问候一次";
    /// Whoever of the team takes the task.
    somebody() = "the team", "小组";
    /// Hint to [`greeted`] and [`greeting_planned`].
    greeted_hint() = "--again says that another one is meant", "确需再次问候，请加 --again";
    /// Nothing of that is planned.
    not_planned(customer, occasion) = "no \"{occasion}\" is planned for {customer}", "{customer} 没有计划“{occasion}”";
    /// Hint to [`not_planned`].
    not_planned_hint(planned) = "what is planned: {planned}", "已有的计划：{planned}";
    /// What was to be left out is so already.
    left_out(occasion, customer, day, task) = "\"{occasion}\" of {customer} on {day} is left out already: {task}", "{customer} 在 {day} 的“{occasion}”已略过：{task}";
    /// Hint to [`left_out`].
    left_out_hint(task) = "gx history {task} says by whom; gx undo with its number takes that back", "用 gx history {task} 查看由谁略过，可用 gx undo 加其序号撤销";
    /// An absence that is noted behind its end.
    away_past(until) = "that absence ended on {until}: only one that lasts or is to come is noted", "该缺勤已于 {until} 结束，只能登记尚未结束的缺勤";
    /// What a pool hides was to be changed, or somebody meant there.
    hidden(field, record) = "{field} of {record}: hidden until claimed", "{record} 的{field}认领后可见";
    /// Hint to [`hidden`].
    hidden_hint() = "what is hidden is not changed either: gx pool claim makes the customer yours", "隐藏的内容也不能修改，请先用 gx pool claim 认领客户";
    /// Hint to [`unavailable`].
    unavailable_hint() = "try again in a moment", "请稍后重试";
}

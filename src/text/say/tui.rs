//! What the screen says.

crate::messages! {
    /// A message and what to do about it.
    with_hint(message, hint) = "{message}; {hint}", "{message}；{hint}";
    /// The day that everything is seen at.
    as_of(day) = "AS OF {day}", "截至 {day}";
    /// Nothing is written while a day that has been is seen.
    read_only_past(day, back) = "this is the book as of {day}; {back} returns to today", "这是截至 {day} 的情况；{back} 返回今天";
    /// A day that has been was asked for, and is not waited for any more.
    turned_back() = "given up: this is today", "已放弃查看，仍为今天的情况";
    /// What leaving the past does.
    returns_to_today() = "today", "今天";
    /// What was typed is no date.
    as_of_unread() = "no date: try yesterday, last month, june", "不是日期，例如 昨天、上月、6月";
    /// What was typed is no day that has been.
    as_of_to_come() = "not over yet: an earlier day", "尚未过去，请选更早的日期";
    /// Title of a record's history.
    history_title(name) = "HISTORY  {name}", "历史  {name}";
    /// What a key does with an entry of a record's history.
    undoes(key) = "{key} undoes", "{key} 撤销";
    /// Who did what follows from the rules.
    rules() = "rules", "规则";
    /// What cannot be undone by itself: it goes with what it follows from.
    by_rules() = "follows from the rules", "由规则得出";
    /// Another greeting on the same day is meant.
    greeting_again() = "yes, another one today", "是，当天再次问候";
    /// A record without entries.
    no_changes() = "nothing was changed", "没有更改";
    /// An entry that was taken back.
    undone_by(seq) = "undone by {seq}", "已由 {seq} 撤销";
    /// An entry that takes another back.
    undoes_entry(seq, undone) = "{seq} undoes {undone}", "{seq} 撤销 {undone}";
    /// Before an entry of the journal is undone.
    undo_entry(who, when) = "undo what {who} did on {when}? y: yes, else no", "撤销 {who} 于 {when} 的操作？y：是，其他键：否";
    /// Title of the list.
    customers() = "CUSTOMERS", "客户";
    /// Title of the queue.
    tasks() = "TASKS", "任务";
    /// Title of the tier view.
    tiers() = "TIERS", "分层";
    /// Title of the timeline without a customer.
    timeline() = "TIMELINE", "时间线";
    /// My tasks.
    mine() = "mine", "我的";
    /// My team's tasks.
    team() = "team", "小组";
    /// How the queue is ordered.
    late_first() = "late first", "逾期在前";
    /// Columns: whether something is late or due soon.
    column_due() = "due", "到期";
    /// Columns: how long ago the last contact was.
    last() = "last", "上次";
    /// Columns: the name.
    name() = "name", "名称";
    /// Columns: the last contact.
    last_contact() = "last contact", "最近联系";
    /// Columns: the tier.
    tier() = "tier", "等级";
    /// Columns: the stage.
    stage() = "stage", "阶段";
    /// Columns: the owner.
    owner() = "owner", "负责人";
    /// Columns: purchases.
    spend() = "spend", "成交额";
    /// Columns: how many.
    count() = "count", "数量";
    /// Columns: how much.
    value() = "value", "金额";
    /// Columns: how many were contacted as their tier wants.
    covered() = "covered", "按时联系";
    /// Columns: how many are late.
    late() = "late", "逾期";
    /// In the place of a sign, for whoever listens to the screen.
    soon() = "soon", "即将到期";
    /// In the place of a sign, for whoever listens to the screen.
    new() = "new", "有更新";
    /// In the place of a sign, for whoever listens to the screen.
    done() = "done", "已完成";
    /// In the place of a sign, for whoever listens to the screen.
    is_marked() = " marked ", " 已标记 ";
    /// No tier, no owner.
    none() = "none", "无";
    /// With neither owner nor team.
    pool() = "open pool", "公海";
    /// The same, in a narrow column.
    in_pool() = "pool", "公海";
    /// Who looks after the customer.
    owned_by(name) = "{name}", "负责人 {name}";
    /// The header: how many tasks, mine or the team's.
    header_tasks(count) = "{count} task" | "{count} tasks", "任务 {count}";
    /// The header: how many of them are late.
    tasks_late(count) = "{count} late", "逾期 {count}";
    /// The header: how many customers are late.
    customers_late(count) = "{count} customer late" | "{count} customers late", "逾期客户 {count}";
    /// Where there is no header: how many tasks are late.
    late_tasks(count) = "{count} task late" | "{count} tasks late", "逾期任务 {count}";
    /// The header of a practice store.
    practice() = "practice", "演练库";

    /// A list without rows.
    no_customers(key) = "no customers yet: {key} adds one, gx import reads a file", "还没有客户：{key} 添加，gx import 导入文件";
    /// A filtered list without rows.
    no_match(key) = "nobody fits; {key} shows all", "没有符合的客户；{key} 显示全部";
    /// The footer: what leaves a list that is narrowed.
    shows_all() = "show all", "显示全部";
    /// The footer of the palette: what enter does.
    does_it() = "do it", "执行";
    /// The footer of a field that names a record: what enter does with the one under the bar.
    takes_it() = "take it", "选用";
    /// A queue without rows.
    no_tasks() = "nothing to do", "没有待办";
    /// Title of the week: its first and its last day.
    week(monday, sunday) = "week {monday} - {sunday}", "周历 {monday} 至 {sunday}";
    /// The week: what is late from before it.
    before_week() = "before this week", "本周之前";
    /// A timeline without items.
    no_history(key) = "nothing yet; {key} logs the first contact", "还没有记录；按 {key} 写第一条";

    /// The window is too small: its columns and rows, the fewest that are enough, and those that are comfortable.
    too_small(size, least, good) = "The window is too small: {size}. It takes {good} to work in, {least} at the least.", "窗口太小：{size}。建议 {good}，至少 {least}。";

    /// The link is up and quiet.
    live() = "live", "实时";
    /// A question is not answered yet.
    asking() = "asking..", "查询中..";
    /// Before the first connection.
    connecting() = "connecting..", "连接中..";
    /// The server is gone.
    link_lost() = "link lost, trying again", "连接中断，正在重试";
    /// The server is gone and something waits to be sent.
    link_lost_unsent(count) = "link lost, {count} not sent yet", "连接中断，{count} 条待发送";
    /// Something cannot be done without the server.
    needs_link() = "not now: the link is lost", "连接中断，暂不能操作";
    /// The link was lost each time over the same order.
    perhaps_saved() = "perhaps not saved: see gx history", "可能未保存，请查看 gx history";
    /// The link was lost each time over the same question.
    not_answered() = "the link was lost each time this was asked: given up", "每次查询都导致连接中断，已放弃";
    /// A form was saved while the server is away.
    will_be_sent() = "kept; it is sent when the server is back", "已保留，连接恢复后发送";

    /// An interaction was saved.
    logged(name) = "logged with {name}, no next step", "已写跟进记录：{name}，没有下一步";
    /// An interaction was logged, and the next step in it.
    logged_with_step(name, step, due) = "logged with {name}, next {due}: {step}", "已写跟进记录：{name}，下一步 {due}：{step}";
    /// A task was added.
    task_added(title) = "task added: {title}", "已添加任务：{title}";
    /// A task is done.
    task_done(title) = "done: {title}", "已完成：{title}";
    /// A record was added.
    added(kind, name) = "{kind} added: {name}", "已添加{kind}：{name}";
    /// A record was changed.
    changed(name) = "changed: {name}", "已更改：{name}";
    /// A form was saved in which nothing was changed.
    nothing_changed() = "nothing was changed", "没有更改";
    /// A task was taken from the queue.
    task_taken(title, log, done, later) = "yours: {title} ({log} log, {done} done, {later} later)", "已接任务：{title}（{log} 记录，{done} 完成，{later} 推迟）";
    /// The same, of one that was taken and left before.
    task_again(title, log, done, later) = "yours again: {title} ({log} log, {done} done, {later} later)", "再次轮到：{title}（{log} 记录，{done} 完成，{later} 推迟）";
    /// That a task was taken was undone.
    no_longer_yours(title, redo) = "no longer yours: {title}; {redo} takes it again", "已不归您：{title}；{redo} 重新接下";
    /// The same, of one that was mine before it was taken.
    stays_yours(title, redo) = "not begun: {title}, which stays yours; {redo} takes it again", "已放下：{title}，仍由您负责；{redo} 重新接下";
    /// None of my tasks is for the customer.
    none_of_yours(name) = "no task of yours is for {name}; these are yours", "您没有 {name} 的任务；以下是您的任务";
    /// A key that does nothing while a sheet lies over the panes.
    not_on_sheet(back) = "{back} first: that is for the panes", "请先按 {back} 返回窗格";
    /// What ended a task of the worklist, and how to go on.
    and_next(dot, done, key) = "{done} {dot} {key} next task", "{done} {dot} {key} 下一个任务";
    /// What was undone.
    undone(what, redo) = "undone: {what}; {redo} redoes it", "已撤销：{what}；{redo} 恢复";
    /// The same, where what was typed for it is a draft again.
    undone_with_text(what, key, redo) = "undone; {key} brings your text back, {redo} redoes it: {what}", "已撤销；{key} 找回所写内容，{redo} 恢复：{what}";
    /// What was done again.
    redone(what, undo) = "redone: {what}; {undo} undoes it", "已恢复：{what}；{undo} 撤销";
    /// The editor could not be run, or its file not be read.
    no_editor(error) = "no editor: {error}", "无法使用编辑器：{error}";
    /// What a record is known by.
    id() = "id", "编号";
    /// A form was opened with what was typed before.
    draft_is_back() = "your draft is back", "已恢复上次的草稿";
    /// The draft has what was to be filled in by the palette.
    draft_stays() = "your draft stays; the palette keeps the new words", "草稿保持原样；新内容可在命令面板中找回";
    /// A text was sent to the clipboard; whether the terminal took it is not known.
    copied(text) = "sent to the terminal's clipboard: {text}", "已送往终端剪贴板：{text}";
    /// A customer has none of what is to be copied.
    none_to_copy(name) = "{name} has none", "{name} 没有此项内容";
    /// The sheet of what can be copied.
    copy_title(dot, name) = "copy {dot} {name}", "复制 {dot} {name}";
    /// What typing into the keys does.
    narrows() = "type to narrow", "输入以筛选";
    /// The acts of the page of keys that no key does.
    without_key() = "without a key; the palette does them", "未绑定按键，可在命令面板中执行";
    /// Nothing was undone since the screen was opened.
    nothing_to_redo() = "nothing was undone here; gx undo N takes an undo back", "此处没有可恢复的操作；gx undo N 可撤销某次撤销";
    /// A batch and how many records it has.
    batch(count, name) = "{name}, {count} record" | "{name}, {count} records", "{name}，{count} 条记录";
    /// A record and whom it is about.
    about(record, customer) = "{record} ({customer})", "{record}（{customer}）";
    /// Before a whole batch is undone.
    undo_batch(batch) = "undo {batch}? y: yes, else no", "撤销 {batch}？y：是，其他键：否";
    /// It is not undone.
    not_undone() = "nothing was undone", "未撤销";
    /// A form was closed before it was saved.
    draft_kept() = "the draft is kept", "草稿已保留";
    /// A form that was saved is refused after it was closed.
    refused_draft(why) = "{why}; the draft is kept", "{why}；草稿已保留";
    /// The draft's file cannot be written.
    draft_unsafe(why) = "drafts cannot be written: {why}", "草稿无法写入：{why}";
    /// An act that needs a customer.
    no_subject() = "choose a customer first", "请先选择客户";
    /// An act that needs a contact, deal or purchase.
    no_records() = "no contact, deal or purchase yet", "还没有联系人、商机或交易记录";
    /// A record that was to be changed was taken back meanwhile.
    record_gone() = "this record is not there any more", "该记录已不存在";
    /// An act that needs a task.
    no_task_here() = "no task under the bar", "当前没有任务";
    /// A key that means nothing.
    unbound(keys, help) = "{keys} does nothing here; {help} shows the keys", "{keys} 在此无作用；{help} 显示按键";
    /// A key that means something in another pane, which a key goes to.
    elsewhere(keys, act, pane, go) = "{keys}: {act}, in the {pane} ({go})", "{keys}：{act}，请先到{pane}（{go}）";
    /// Suspending is not possible.
    no_shell() = "there is no shell to go back to", "没有可返回的命令行";
    /// The key file was read again.
    keys_read() = "the key file was read again", "已重新读取键位文件";
    /// Behind the first fault of the key file: how many more there are.
    more_faults(count) = " (and {count} more)", "（另有 {count} 处）";
    /// The key file is not there.
    no_key_file() = "there is no key file of your own: the keys are as shipped", "没有自己的键位文件，按键恢复为自带设置";

    /// Title of the log form.
    log_title(dot, name) = "log {dot} {name}", "跟进记录 {dot} {name}";
    /// Title of the task form.
    task_title(dot, name) = "task {dot} {name}", "任务 {dot} {name}";
    /// Title of the form that ends a task.
    done_title(dot, title) = "done {dot} {title}", "完成 {dot} {title}";
    /// Title of the form that adds a customer.
    new_customer() = "add a customer", "添加客户";
    /// Title of a form that adds something for a customer.
    record_title(dot, kind, name) = "{kind} {dot} {name}", "{kind} {dot} {name}";
    /// Title of the form that changes a customer.
    edit_title(dot, name) = "edit {dot} {name}", "修改 {dot} {name}";
    /// Under a field: what somebody put there while the form was open.
    now_by(value, name) = "now: {value} (by {name})", "现为：{value}（{name}）";
    /// The same, where it is not known who did it.
    now(value) = "now: {value}", "现为：{value}";
    /// The foot of a form where others changed what one changes oneself.
    overwrites(key) = "{key} puts yours over theirs", "{key} 用本次内容覆盖";
    /// The foot of a new customer: who may be the same, and who looks after them.
    namesake(name, holder) = "likely the same: {name}, {holder}", "也许是同一家：{name}，{holder}";
    /// The same, with the age of the last contact.
    namesake_met(name, holder, age) = "likely the same: {name}, {holder}, last contact {age}", "也许是同一家：{name}，{holder}，最近联系 {age}";
    /// A choice in focus: the keys that go through its values.
    chosen_by(before, next) = "{before} {next} or a first letter", "{before} {next} 或首字母";
    /// A form in which something is typed: what leaves it, and the key that empties it.
    with_discard(leaves, key) = "{key} discards  {leaves}", "{key} 清空  {leaves}";
    /// A record was renamed.
    renamed(old, new) = "renamed: now {new}, was {old}", "已改名：现名 {new}，原名 {old}";
    /// Fields: the way and who began.
    way() = "way", "方式";
    /// Fields: how it ended.
    outcome() = "outcome", "结果";
    /// Fields: with whom.
    with() = "with", "联系人";
    /// Fields: our words.
    text() = "text", "内容";
    /// Fields: their words.
    said() = "said", "客户原话";
    /// Fields: the next step.
    next() = "next", "下一步";
    /// Fields: the task that it ends.
    ends() = "ends", "完成任务";
    /// Fields: what to do.
    what() = "what", "事项";
    /// Fields: by when.
    due() = "due", "时限";
    /// Fields: who does it.
    who() = "who", "由谁";
    /// Fields: promised to the customer.
    promise() = "promise", "承诺";
    /// Fields: the customer that something hangs on.
    customer() = "customer", "客户";
    /// What a field offers where nothing has the name that is typed.
    create_record(kind, name) = "create {kind} \"{name}\"", "新建{kind}“{name}”";
    /// A name in a field is that of a record that is made with what is saved.
    new_record(kind) = "new {kind}", "新{kind}";
    /// Fields: company or person.
    kind() = "kind", "类型";
    /// Fields: other names.
    aliases() = "also", "别名";
    /// Fields: the company they belong to.
    parent() = "parent", "上级";
    /// Fields: what a person is called.
    person() = "name", "姓名";
    /// Fields: what a person does there.
    job() = "title", "职务";
    /// Fields: a day.
    birthday() = "birthday", "生日";
    /// Fields: a WeChat name.
    wechat() = "wechat", "微信";
    /// Fields: what is sold.
    product() = "product", "产品";
    /// Fields: for how much.
    amount() = "amount", "金额";
    /// Fields: why a deal was lost.
    lost_reason() = "why lost", "输单原因";
    /// Fields: how likely a deal is, in percent.
    probability() = "chance %", "赢率%";
    /// Fields: since when a deal is open.
    opened() = "opened", "开始日期";
    /// Fields: when a deal was won or lost.
    closed() = "closed", "结束日期";
    /// Fields: when a deal should close.
    expected() = "expected", "预计成交";
    /// Fields: when something was bought.
    date() = "date", "日期";
    /// Fields: whether it is paid for.
    paid() = "paid", "已回款";
    /// With nobody in particular.
    nobody() = "nobody named", "未指明";
    /// No task is ended.
    no_task() = "no task", "无任务";
    /// We began it.
    from_us() = "from us", "呼出/发出";
    /// They began it.
    from_them() = "from them", "来电/收到";
    /// Yes.
    yes() = "yes", "是";
    /// No.
    no() = "no", "否";
    /// My team's queue.
    queue() = "the queue", "任务队列";
    /// What an empty next step may hold.
    next_hint() = "+3d send price list", "+3d 寄报价单";
    /// What an empty date may hold.
    due_hint() = "fri, +3d, tomorrow 15:00", "周五、+3d、明天 下午3点";
    /// What an empty list may hold.
    several_hint() = "several: one; another", "多项用分号隔开";
    /// What empty own fields may hold.
    own_hint() = "name=value; another=value", "名称=值，多项用分号隔开";
    /// What empty collaborators may hold.
    duties_hint() = "member: duty; another: duty", "组员: 职责，多项用分号隔开";
    /// What an empty reference may hold.
    record_hint() = "name or id; right lists", "名称或编号；→ 列出";
    /// What an empty assignee of a new task stands for and may hold.
    assignee_hint() = "you; none: the queue; right lists all", "本人；无 为任务队列；→ 列出";
    /// Beside a name: who has a duty for the customer.
    collaborator() = "collaborator", "协同成员";
    /// What an empty amount may hold.
    amount_hint() = "1200, 12k, 1,200.50 USD", "1200、12万";
    /// What an empty day may hold.
    day_hint() = "31 Dec, +3w, 2026-12-31", "12月31日、+3w、2026-12-31";
    /// Of whom a new record is if nobody is named.
    yours() = "you", "本人";
    /// Of whom a new customer is if nobody is named.
    yours_or_team() = "you, unless a team is named", "本人；填写小组则不指定";
    /// When a new purchase was if no day is named.
    today() = "today", "今天";
    /// What a new deal is called if nothing else is typed.
    by_product() = "as the product", "同产品";
    /// A next step without a date.
    no_step_date() = "a date is missing: +3d, fri", "缺少日期：+3d、周五";
    /// A next step as it is understood.
    step(date, what) = "{date}: {what}", "{date}：{what}";
    /// A date that is none.
    no_date() = "no date: try fri, +3d, 1 Oct", "不是日期，例如 周五、+3d、10月1日";

    /// The aside of a form.
    keeps_draft(key) = "{key} keeps the draft", "{key} 保留草稿";
    /// The foot of a form.
    saves(key) = "{key} saves", "{key} 保存";
    /// A form on its way.
    saving() = "saving..", "保存中..";
    /// Title of the look-up.
    find() = "find", "查找";
    /// How many were found of how many.
    found(count, all) = "{count} of {all}", "{count} / {all}";
    /// What may be typed into an empty look-up.
    find_hint() = "name, pinyin, initials, phone tail, id; or tier:A owner:me idle>30d", "名称、拼音、首字母、电话尾号、编号；或 tier:A owner:me idle>30d";
    /// Nobody was found.
    found_none(key) = "nobody found: try fewer letters, or part of the name; {key} goes back", "没有找到：请减少字数，或只输入名称的一部分；{key} 返回";
    /// No act was found.
    no_act() = "no act is called that; ? shows all acts of a place, gx --help what the shell does", "没有这样的操作；? 显示可用的按键，命令行功能见 gx --help";
    /// What is typed behind the name of an act is not what it takes.
    it_takes(what) = "it takes {what}", "应为：{what}";
    /// There is no colour to choose: the terminal or the environment says so.
    no_colours() = "no colours here: NO_COLOR is set, or the terminal has none", "此处无颜色：设置了 NO_COLOR，或终端不支持";
    /// Title of the palette.
    acts() = "acts", "命令";
    /// Title of help.
    keys() = "keys", "按键";
    /// The server is busy with the whole store.
    rebuilding(percent) = "rebuilding {percent} %", "重建中 {percent}%";

    /// Help: what the marks of the lists mean.
    marks() = "! late: a task, or the contact that the tier wants.  ~ soon.  + changed by others since you looked.", "! 逾期：任务逾期，或超过等级要求的联系间隔。~ 即将到期。+ 上次查看后他人有更改。";
    /// Help: what the strip of a year means.
    strip() = "1y, above the timeline of wide windows and on the card: a sign for each week; ░ one contact, ▒ two, ▓ three, █ more.", "1年（宽窗口的时间线上方及客户档案中）：每周一格；░ 联系一次，▒ 两次，▓ 三次，█ 更多。";
    /// The same, where ASCII alone is drawn.
    strip_in_ascii() = "1y, above the timeline of wide windows and on the card: a sign for each week; the number of contacts, + is more than 9.", "1年（宽窗口的时间线上方及客户档案中）：每周一格，为联系次数；+ 为 9 次以上。";
    /// Help: what the columns of the tier view mean.
    tier_columns() = "value: purchases of a year.  covered: customers contacted within the rhythm of their tier, of all; who was never contacted is not.  late: customers with a late task, or a contact that their tier wanted; the rhythm of who was never contacted began when they were added or got their owner.", "金额：近一年成交。按时联系：在等级要求的间隔内联系过的客户数 / 全部，从未联系的不计入。逾期：有逾期任务或超过联系间隔的客户数；从未联系的，间隔自添加或指定负责人之日起算。";

    /// The strip of a year.
    year() = "1y", "1年";
    /// An entry without a direction.
    note() = "note", "备注";
    /// We called.
    call_out() = "call out", "电话 呼出";
    /// They called.
    call_in() = "call in", "电话 来电";
    /// We wrote.
    sent(channel) = "{channel} out", "{channel} 发出";
    /// They wrote.
    came(channel) = "{channel} in", "{channel} 收到";
    /// Who began: we called.
    we_called() = "out", "呼出";
    /// Who began: they called.
    they_called() = "in", "来电";
    /// Who began: we wrote.
    we_wrote() = "out", "发出";
    /// Who began: they wrote.
    they_wrote() = "in", "收到";
    /// How a call ended well.
    got_through() = "reached", "已接通";
    /// How a call ended that nobody took.
    no_answer() = "no answer", "无人接听";
    /// How a visit or a meeting ended well.
    met() = "reached", "已见面";
    /// How a visit or a meeting ended where nobody was.
    not_met() = "nobody there", "未见到";
    /// How a letter ended that nobody answered.
    no_reply() = "no reply", "未回复";
    /// The customer's own words.
    quoted(words) = "\"{words}\"", "客户原话：“{words}”";
    /// A task that was done.
    item_done(title) = "done: {title}", "完成：{title}";
    /// A task that was dropped.
    item_dropped(title) = "dropped: {title}", "取消：{title}";
    /// A deal by its stage.
    item_deal(stage) = "deal {stage}", "商机 {stage}";
    /// A sale.
    item_purchase(product) = "purchase {product}", "交易 {product}";
    /// A tier, stage or owner that became another.
    item_moved(field, from, to) = "{field} {from} to {to}", "{field} {from} 改为 {to}";
    /// Why a customer is in its tier.
    why_tier(name, why) = "{name} is {why}", "{name}，等级 {why}";

    /// The card: people there.
    contacts() = "CONTACTS", "联系人";
    /// The card: open tasks.
    tasks_open() = "OPEN TASKS", "待办任务";
    /// The card: deals.
    deals() = "DEALS", "商机";
    /// The card: purchases.
    purchases() = "PURCHASES", "交易记录";
    /// The card: members beside the owner.
    beside() = "COLLABORATORS", "协同成员";
    /// The card: the corporate group.
    group() = "GROUP", "集团客户";
    /// The card: why it stands where it stands.
    why() = "WHY", "原因";
    /// The card: the rhythm of the tier.
    contact_every(days) = "contact every {days} day" | "contact every {days} days", "每 {days} 天联系";
    /// Customer fields.
    industry() = "industry", "行业";
    /// Customer fields.
    region() = "region", "地区";
    /// Customer fields.
    country() = "country", "国家";
    /// Customer fields.
    employees() = "employees", "员工数";
    /// Customer fields.
    revenue() = "revenue", "年收入";
    /// Customer fields.
    need() = "need", "需求";
    /// Customer fields.
    complexity() = "complexity", "复杂度";
    /// Customer fields.
    phone() = "phone", "电话";
    /// Customer fields.
    mail() = "mail", "邮箱";
    /// Customer fields.
    address() = "address", "地址";
    /// Customer fields.
    website() = "website", "网站";
    /// Customer fields.
    source() = "source", "来源";
    /// Customer fields.
    remark() = "note", "备注";
    /// Customer fields.
    dnc() = "do not contact", "请勿联系";
    /// Customer fields.
    code() = "credit code", "信用代码";
    /// Customer fields: the team's own.
    own_fields() = "own fields", "自有字段";
    /// Customer fields.
    collaborators() = "collaborators", "协同成员";
    /// Customer fields.
    tags() = "tags", "标签";
}

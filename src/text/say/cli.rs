//! What the shell says.

crate::messages! {
    /// The program in one line.
    about() = "Team account handling: a small team looks after a book of customers together", "客户管理：小组共同照看一批客户";
    /// Before a message of failure.
    error(message) = "error: {message}", "错误：{message}";

    /// An absence took the place of another one.
    absence_replaced(from, until) = "this takes the place of the absence from {from} to {until}: a member has one at a time", "已取代 {from} 至 {until} 的缺勤：每人同时只有一段缺勤";
    /// A text, and what is to be known beside it.
    with_note(text, note) = "{text} ({note})", "{text}（{note}）";
    /// Above what was so on a day that has been.
    as_of(day) = "as of {day}", "截至 {day}";

    /// An argument that nobody knows.
    unknown_argument(arg) = "there is no argument \"{arg}\" here", "此处没有参数“{arg}”";
    /// A verb that nobody knows.
    unknown_verb(name) = "there is no command \"{name}\"", "没有命令“{name}”";
    /// A noun without a verb.
    missing_verb(command, verbs) = "{command}: what to do is missing: one of {verbs}", "{command}：缺少子命令：{verbs}";
    /// An argument that must be there.
    missing_argument(arg) = "{arg} is missing", "缺少 {arg}";
    /// A flag without its value.
    missing_value(arg) = "{arg} needs a value", "{arg} 需要一个值";
    /// Two flags that contradict each other.
    argument_conflict(arg, other) = "{arg} does not go with {other}", "{arg} 不能与 {other} 同时使用";
    /// A value that does not fit.
    invalid_value(arg, value) = "{arg}: \"{value}\" does not fit", "{arg}：“{value}”无效";
    /// A value that is none of a few words.
    not_one_of(arg, value, words) = "{arg}: \"{value}\" is not one of {words}", "{arg}：“{value}”不是以下之一：{words}";
    /// Bytes that are no text.
    not_utf8() = "an argument is not UTF-8", "参数不是 UTF-8";
    /// How the command is written.
    usage(usage) = "usage: {usage}", "用法：{usage}";
    /// A flag whose value is wrong for a reason.
    bad_flag(flag, value, reason) = "{flag}: \"{value}\" is {reason}", "{flag}：“{value}”{reason}";

    /// The answer is of another kind than the question.
    odd_answer() = "the server answered something else than what was asked", "服务端的回答与提问不符";
    /// Neither a store nor a home.
    no_home() = "no folder for the store is known: HOME is not set", "未设置 HOME，无法确定库的目录";
    /// Hint to [`no_home`].
    no_home_hint() = "name one with --store or GX_STORE", "请用 --store 或 GX_STORE 指定";
    /// A file or folder that cannot be used.
    cannot_use(path, error) = "cannot use {path}: {error}", "无法使用 {path}：{error}";
    /// A file that cannot be read.
    cannot_read(path, error) = "cannot read {path}: {error}", "无法读取 {path}：{error}";
    /// A fault in a file, with its line.
    at_line(path, line, reason) = "{path}, line {line}: {reason}", "{path} 第 {line} 行：{reason}";
    /// A question that wants yes or no.
    yes_or_no(question) = "{question} [y/N]", "{question} [y/N]";
    /// The person did not say yes.
    not_confirmed() = "not done", "未执行";

    /// No task's id.
    not_a_task(typed) = "\"{typed}\" is no task", "“{typed}”不是任务编号";
    /// Hint to [`not_a_task`].
    not_a_task_hint() = "a task is named by its id, as t5: gx task list shows them", "任务用编号指明，例如 t5；gx task list 列出任务";
    /// Nothing was found.
    nothing_found(words) = "nothing matches \"{words}\"", "没有符合“{words}”的内容";
    /// No flag that changes something.
    nothing_to_change() = "nothing to change was named", "没有指明要更改的内容";
    /// Hint to [`nothing_to_change`].
    nothing_to_change_hint() = "--set FIELD=VALUE changes any field", "用 --set 字段=值 可更改任意字段";
    /// Not an assignment.
    not_an_assignment(text) = "--set: \"{text}\" is not FIELD=VALUE", "--set：“{text}”不是 字段=值";
    /// Hint to [`not_an_assignment`].
    not_an_assignment_hint() = "own fields are x.NAME=VALUE; of several values FIELD+=VALUE adds one and FIELD-=VALUE takes one away", "自有字段写作 x.名称=值；多值字段用 字段+=值 增加、字段-=值 去除";
    /// Neither an entry nor a batch.
    not_undoable(typed) = "\"{typed}\" is neither an entry nor a batch", "“{typed}”不是日志序号，也不是批次";
    /// Hint to [`not_undoable`].
    not_undoable_hint() = "an entry is a number, as 123, a batch an id, as b3: gx history shows them", "日志序号如 123，批次编号如 b3；gx history 列出";
    /// Before a whole batch is undone.
    undo_batch(batch) = "take back {batch}?", "撤销{batch}？";
    /// A batch by its name, and how many records it has.
    batch(name, records) = "{name}, {records}", "“{name}”，{records}";
    /// The last act is a whole batch, and nobody is there to ask.
    last_is_batch(batch) = "your last act is a batch: {batch}", "你的上一次操作是一个批次：{batch}";
    /// Hint to [`last_is_batch`].
    last_is_batch_hint(batch) = "gx undo {batch} takes all of it back; so does gx undo --yes", "gx undo {batch} 可将其全部撤销；gx undo --yes 亦可";
    /// In the place of very many ids.
    records(count) = "{count} record" | "{count} records", "{count} 条记录";

    /// No text, and nobody who could write one.
    no_text() = "TEXT is missing, and there is no terminal to open an editor in", "缺少 TEXT，且没有终端可打开编辑器";
    /// Hint to [`no_text`].
    no_text_hint() = "give it as an argument, or - to read it from stdin", "请作为参数给出，或用 - 从标准输入读取";
    /// Nothing was written in the editor.
    nothing_written() = "nothing was written, nothing was logged", "没有内容，未写入记录";
    /// The editor ended badly.
    editor_failed(editor) = "{editor} ended with an error: nothing was logged", "{editor} 异常退出：未写入记录";
    /// Hint where what was written in the editor did not get into the book.
    draft_kept(path) = "what you wrote is kept: gx log CUSTOMER - < {path}", "你写的内容已保留：gx log CUSTOMER - < {path}";

    /// No such zone.
    bad_timezone(name) = "there is no time zone \"{name}\"", "没有时区“{name}”";
    /// Hint to [`bad_timezone`].
    bad_timezone_hint() = "zones are named as Asia/Shanghai or Europe/Berlin", "时区写作 Asia/Shanghai、Europe/Berlin 等";
    /// No such currency.
    bad_currency(code) = "\"{code}\" is no currency code (three letters, like CNY)", "“{code}”不是币种代码（三个字母，例如 CNY）";
    /// The store was made.
    made_store(dir) = "the store in {dir} is made", "已在 {dir} 新建库";
    /// The store would be made.
    would_make_store(dir) = "would make a store in {dir}", "将在 {dir} 新建库";
    /// What a store counts in for good.
    counts_in(currency, zone, dir) = "bare amounts are in {currency}, days are counted in {zone}; that stays: for others, remove {dir} before there is anything in it, and gx init --currency EUR --timezone Europe/Paris", "未注明币种的金额按 {currency} 计，日期按 {zone} 时区计，建库后不能更改；如需其他设置，请在录入内容前删除 {dir}，再 gx init --currency EUR --timezone Europe/Paris";
    /// The server ended.
    stopped() = "the server is stopped", "服务端已停止";
    /// There was none.
    not_running() = "no server was running", "服务端没有运行";
    /// The tables are new.
    rebuilt(entries) = "rebuilt from {entries} entry" | "rebuilt from {entries} entries", "已由 {entries} 条日志重建";
    /// What was compared.
    verified(entries, compared) =
        "{entries} entry replayed, {compared} rows, keys and tallies compared"
            | "{entries} entries replayed, {compared} rows, keys and tallies compared",
        "已重放 {entries} 条日志，核对 {compared} 项";
    /// Something differs.
    not_verified() = "the tables are not what the journal says", "表与日志不一致";
    /// Hint to [`not_verified`].
    not_verified_hint() = "the journal is the truth: gx stop, then gx rebuild, makes the tables anew", "以日志为准：先 gx stop，再 gx rebuild 重建";
    /// The server in one line.
    server_is(pid, version, protocol) = "gx {version}, protocol {protocol}, process {pid}", "gx {version}，协议 {protocol}，进程 {pid}";
    /// No such key map.
    no_keymap(name) = "there is no key map \"{name}\"", "没有按键表“{name}”";
    /// Hint to [`no_keymap`].
    keymaps_are(names) = "the key maps are {names}; a path names an own one", "可用按键表：{names}；也可给出文件路径";
    /// Rows of a key map that mean nothing.
    rows_skipped(count) = "{count} row means nothing and is skipped" | "{count} rows mean nothing and are skipped", "有 {count} 行无效，已跳过";

    /// Something was made.
    created(ids) = "created {ids}", "已新增 {ids}";
    /// Something would be made.
    would_create(ids) = "would create {ids}", "将新增 {ids}";
    /// Something was changed.
    changed(ids) = "changed {ids}", "已更改 {ids}";
    /// Something would be changed.
    would_change(ids) = "would change {ids}", "将更改 {ids}";
    /// All was so already.
    unchanged(ids) = "nothing to change {ids}", "无需更改 {ids}";
    /// A task was taken.
    taken(ids) = "yours: {ids}", "已领取：{ids}";
    /// A task would be taken.
    would_take(ids) = "would be yours: {ids}", "将领取：{ids}";
    /// A customer was released.
    released(ids) = "released to the open pool: {ids}", "已退回公海：{ids}";
    /// The same, of a dry run.
    would_release(ids) = "would release to the open pool: {ids}", "将退回公海：{ids}";
    /// An interaction was logged.
    logged(ids) = "logged {ids}", "已记录 {ids}";
    /// What stands behind the last " > " of a text became no task.
    no_next_step(text) = "no next step in \"{text}\"; write it with its date, as in: call +3d", "“{text}”中没有下一步；请写明日期，例如：打电话 +3d";
    /// A batch was taken back: its name and the number of records.
    batch_taken_back(batch) = "took back {batch}", "已撤销 {batch}";
    /// A batch would be taken back.
    would_take_batch_back(batch) = "would take back {batch}", "将撤销 {batch}";
    /// A next step in the past.
    late_from_the_start(date) = "late from the start: due {date}", "一开始就已逾期：截止 {date}";
    /// A customer of the same name.
    likely_same(id, name, why) = "likely the same: {id} {name} ({why})", "也许是同一家：{id} {name}（{why}）";
    /// Hint to [`likely_same`].
    likely_same_hint() = "if so, gx undo takes the new one back", "如是，可用 gx undo 撤销新建的客户";
    /// Why two are likely the same.
    same_phone() = "same phone", "电话相同";
    /// Why two are likely the same.
    same_mail() = "same mail", "邮箱相同";
    /// Why two are likely the same.
    same_name() = "same name", "名称相同";
    /// Why two are likely the same.
    like_name() = "a name like it", "名称相近";
    /// What is wrong with a field.
    of_field(field, message) = "{field}: {message}", "{field}：{message}";
    /// Where the store of a demo is.
    demo_is_in(dir) = "the practice store is in {dir}; gx demo --join opens it in a second terminal", "演练库在 {dir}；可在另一终端用 gx demo --join 打开";
    /// No demo is on.
    no_demo() = "no demo of yours is on", "没有正在运行的演示";
    /// Hint to [`no_demo`].
    no_demo_hint() = "gx demo begins one", "gx demo 可新开一个";
    /// What the store of a demo is called.
    demo_name() = "demo", "演示";
    /// A store was named for a demo.
    demo_has_its_own() = "gx demo makes a practice store of its own and takes no --store", "gx demo 自行新建演练库，不接受 --store";
    /// Hint to [`demo_has_its_own`].
    demo_has_its_own_hint() = "gx --store DIR opens that one", "打开该库请用 gx --store DIR";
    /// The environment names a store.
    demo_ignores_store() = "GX_STORE is set and not used here: a demo has a store of its own", "此处不使用已设置的 GX_STORE：演示有自己的库";
    /// Others still have it open.
    demo_stays(dir) = "{dir} is still open elsewhere; whoever leaves it last removes it", "{dir} 仍在别处打开，最后离开的人会将其删除";
    /// It is there no more.
    demo_is_gone(dir) = "{dir} is gone, with all that was tried in it", "{dir} 及其中的全部内容已删除";
    /// How filters are written.
    filter_language() =
        "A filter is one quoted word of conditions: 'tier:A idle>30d spend(365d)>=100000 not tag:vip'\n\n  field:value      is; field:a,b is one of them; words alone look into names\n  field!=value     is not; ~ looks inside a text; < <= > >= compare\n  and or not ( )   between conditions; beside each other all must hold\n  30d 2w 6m 1y     lengths of time; dates as people type them; me for yourself\n",
        "筛选条件写作一个带引号的词：'tier:A idle>30d spend(365d)>=100000 not tag:vip'\n\n  字段:值          等于；字段:a,b 为其一；单独的词在名称中查找\n  字段!=值         不等于；~ 文字中包含；< <= > >= 比较大小\n  and or not ( )   连接条件；并列时须全部成立\n  30d 2w 6m 1y     时长；日期照常书写；me 指本人\n";
    /// Above the figures.
    figures_title() = "figures of a customer, over a time or, with (), over all of it", "客户的数据（括号内为时段，() 为全部）";
    /// What the page of fields is about.
    fields_page() =
        "Fields that gx import --map, --set and gx export name; own fields of customers are x.NAME\n",
        "gx import --map、--set 和 gx export 使用的字段；客户的自有字段写作 x.名称\n";
    /// A date as it was understood.
    understood(field, date) = "  {field}: {date}", "  {field}：{date}";
    /// Another policy in force: its mark, and how many lines changed.
    policy_change(added, gone) = "policy: {added} lines added, {gone} taken away", "策略：新增 {added} 行，删除 {gone} 行";
    /// A change.
    change(record, field, from, to) = "{record} {field}: {from} -> {to}", "{record} {field}：{from} -> {to}";
    /// What a partial undo left.
    left(count) = "{count} act was changed since and is left as it is" | "{count} acts were changed since and are left as they are", "{count} 项操作后来被更改，保持原样";
    /// How to take it back.
    takes_back(command) = "{command} takes it back", "{command} 可撤销";
    /// Below rows that are not all: how many more there are, if that was counted, and what shows them.
    shown_by(more, command) = "{more}: {command}", "{more}：{command}";
    /// Below rows that are not all, where nobody has counted the others.
    and_others() = "and more", "还有更多";
    /// An act that was taken back.
    undone_by(seq) = "undone by {seq}", "已由 {seq} 撤销";

    /// Since when somebody is the owner.
    since(name, date) = "{name}, since {date}", "{name}，自 {date}";
    /// The tier's rhythm.
    contact_every(days) = "every {days} day" | "every {days} days", "每 {days} 天";
    /// The tier's rhythm, and the next date.
    contact_every_until(days, date) = "every {days} day, the next by {date}" | "every {days} days, the next by {date}", "每 {days} 天，下次不晚于 {date}";
    /// All purchases.
    spend(orders, amount) = "{amount} in {orders} order" | "{amount} in {orders} orders", "{amount}，共 {orders} 笔";
    /// Our words and theirs.
    with_words(ours, theirs) = "{ours} \"{theirs}\"", "{ours}“{theirs}”";
    /// A task that was done or dropped.
    task_is(state) = "task {state}", "任务{state}";
    /// A deal that was opened, won or lost.
    deal_is(stage) = "deal {stage}", "商机{stage}";
    /// A purchase on a timeline.
    purchase() = "purchase", "交易记录";
    /// A tier, stage or owner that became another.
    moved(from, to) = "{from} to {to}", "{from} 转 {to}";

    /// Above the reasons.
    why_title() = "WHY", "缘由";
    /// Above the contacts.
    contacts_title() = "CONTACTS", "联系人";
    /// Above the collaborators.
    collaborators_title() = "COLLABORATORS", "协同成员";
    /// Above the tasks.
    tasks_title() = "TASKS", "任务";
    /// Above the timeline.
    timeline_title() = "TIMELINE", "时间线";
    /// Above the deals.
    deals_title() = "DEALS", "商机";
    /// Above the purchases.
    purchases_title() = "PURCHASES", "交易记录";
    /// Above the corporate group.
    group_title(spend) = "CORPORATE GROUP, {spend} in all", "集团客户，合计 {spend}";

    /// Titles of columns.
    col_name() = "name", "名称";
    /// The tier.
    col_tier() = "tier", "等级";
    /// The stage of life.
    col_stage() = "stage", "阶段";
    /// Who looks after them.
    col_owner() = "owner", "负责人";
    /// Until when somebody is away, and who stands in.
    col_away() = "away", "缺勤";
    /// The owner is away, and the customer has a backup.
    backup_meanwhile(until, name) = "until {until}; {name} does it meanwhile, the customer's backup", "至 {until}；由后备负责人 {name} 处理";
    /// The owner is away, and somebody stands in.
    stand_in_meanwhile(until, name) = "until {until}; {name} does it meanwhile", "至 {until}；由 {name} 代班";
    /// The owner is away, and nobody is there.
    nobody_meanwhile(until) = "until {until}; nobody does it meanwhile", "至 {until}；无人代班";
    /// Who does a task, who is away.
    whose_away(name, until) = "{name}, away until {until}", "{name}（缺勤至 {until}）";
    /// A member is away.
    away_until(until) = "until {until}", "至 {until}";
    /// A member is away later.
    away_from_until(from, until) = "{from} to {until}", "{from} 至 {until}";
    /// An absence without an end.
    no_last_day() = "until when?", "缺少最后一天";
    /// Hint to [`no_last_day`].
    no_last_day_hint() = "name the first and the last day: tomorrow..fri", "请写首日和末日：明天..周五";
    /// Whose queue.
    col_team() = "team", "小组";
    /// Who does it while the owner is away.
    col_backup() = "backup", "后备负责人";
    /// What a member is good at.
    col_skills() = "skills", "技能";
    /// The company above.
    col_parent() = "parent", "上级";
    /// All purchases.
    col_spend() = "spend", "成交额";
    /// Purchases of a year.
    col_spend_year() = "365 days", "近365天";
    /// The last real contact.
    col_last() = "last", "最近联系";
    /// The next step.
    col_next() = "next", "下一步";
    /// The countdown to the open pool.
    col_returns() = "to pool", "回收";
    /// The same on a page of one customer.
    returns_in(left) = "returns in {left}", "{left}后回收";
    /// Tags.
    col_tags() = "tags", "标签";
    /// When.
    col_when() = "when", "时间";
    /// What kind of thing.
    col_what() = "what", "事项";
    /// In which words.
    col_text() = "text", "内容";
    /// Who of us.
    col_by() = "by", "组员";
    /// The task.
    col_task() = "task", "任务";
    /// The customer.
    col_customer() = "customer", "客户";
    /// Who does it.
    col_assignee() = "whose", "负责";
    /// By when.
    col_due() = "due", "截止";
    /// How many.
    col_count() = "count", "数量";
    /// Contacted in time.
    col_covered() = "covered", "按时联系";
    /// Late.
    col_late() = "late", "逾期";
    /// The rhythm.
    col_contact() = "contact", "联系频率";
    /// The command.
    col_command() = "act", "操作";
    /// What it changed.
    col_changes() = "changes", "更改";
    /// What a person does there.
    col_title() = "title", "职位";
    /// Telephone.
    col_phones() = "phone", "电话";
    /// Mail.
    col_mails() = "mail", "邮件";
    /// The product.
    col_product() = "product", "产品";
    /// The amount.
    col_amount() = "amount", "金额";
    /// When it should close.
    col_expected() = "expected", "预计成交";
    /// Since when it is open.
    col_opened() = "opened", "开始";
    /// When it closed.
    col_closed() = "closed", "结束";
    /// The date.
    col_date() = "date", "日期";
    /// Paid for.
    col_paid() = "paid", "回款";
    /// The account.
    col_login() = "login", "账号";
    /// The role.
    col_role() = "role", "角色";
    /// The lead.
    col_lead() = "lead", "组长";
    /// The department.
    col_department() = "department", "部门";
    /// The filter.
    col_filter() = "filter", "筛选";
    /// The order.
    col_sort() = "sort", "排序";
    /// Whether the team has it too.
    col_shared() = "shared", "小组共用";
    /// A store's name and what kind it is.
    store_is(name, kind) = "{name} ({kind})", "{name}（{kind}）";
    /// A store for training and tests.
    kind_practice() = "practice", "演练库";
    /// A store of one's own.
    kind_private() = "private", "个人";
    /// A store of a team.
    kind_team() = "team", "小组";
    /// The store's folder.
    col_store() = "store", "库";
    /// The server.
    col_server() = "server", "服务端";
    /// How long it runs.
    col_uptime() = "up", "已运行";
    /// Who is connected.
    col_sessions() = "sessions", "会话";
    /// Whose screens are open.
    col_here() = "on the screen", "在线";
    /// The last entry.
    col_head() = "entries", "日志";
    /// How many customers.
    col_customers() = "customers", "客户";
    /// How many interactions.
    col_interactions() = "interactions", "跟进记录";
    /// Memory.
    col_memory() = "memory", "内存";
    /// Batches that were not ended.
    col_open_batches() = "open batches", "未完成批次";
    /// Why nothing is written.
    col_read_only() = "read only", "只读原因";
    /// Where keys count.
    col_where() = "where", "位置";
    /// The keys.
    col_keys() = "keys", "按键";
    /// The act.
    col_act() = "act", "命令";
    /// What it does.
    col_does() = "does", "作用";

    /// A team's server is up.
    serving(dir) = "serving {dir}; ctrl-c ends it", "正在为 {dir} 提供服务；按 ctrl-c 结束";
    /// How far the making of a practice store's book is, in percent.
    making_book(percent) = "making the practice book {percent} %", "正在生成演练数据 {percent} %";
    /// An undo that may take long.
    taking_back() = "taking back ...", "正在撤销……";
    /// How far a rebuild is, in percent.
    rebuilding(percent) = "rebuilding {percent} %", "正在重建 {percent} %";
    /// The screen without a terminal.
    no_terminal() = "the screen needs a terminal", "界面需要终端";
    /// What to do then.
    no_terminal_hint() = "without one, ask with a verb: gx list; gx help names them all", "没有终端时请使用子命令，例如 gx list；gx help 列出全部";
    /// The terminal does not do what a screen needs.
    terminal_failed(error) = "the terminal cannot be used: {error}", "无法使用终端：{error}";
    /// The screen was ended by a signal.
    ended() = "ended from outside; drafts are kept", "已被外部结束；草稿已保留";
    /// Who is mentioned, as a field of what mentions them.
    mentioned() = "mentions", "提及";
    /// An act was taken back.
    taken_back(ids) = "took back: {ids}", "已撤销：{ids}";
    /// An act would be taken back.
    would_take_back(ids) = "would take back: {ids}", "将撤销：{ids}";
}

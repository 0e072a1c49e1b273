//! What the room `rules` has to say: about policies that do not read.

crate::messages! {
    /// The place of a fault, and the fault.
    policy_at(line, column, what) = "policy, line {line}, column {column}: {what}", "策略第 {line} 行第 {column} 列：{what}";
    /// Not the TOML of a policy.
    policy_toml(what, words) = "{what}: {words}", "{what}（解析器原文：{words}）";
    /// What is no TOML.
    toml_twice() = "this key stands twice", "同一个键写了两次";
    /// The same.
    toml_no_value() = "a value is missing here", "键后缺少等号或值";
    /// The same.
    toml_more_signs() = "this is one sign too many", "多了一个等号或逗号";
    /// The same.
    toml_no_comma() = "a comma is missing", "缺少逗号";
    /// The same.
    toml_open_heading() = "a heading is not closed", "小节标题缺少右方括号 ]";
    /// The same.
    toml_open_list() = "a list is not closed", "列表缺少右方括号 ]";
    /// The same.
    toml_open_table() = "a table is not closed", "内联表缺少右花括号 }";
    /// The same.
    toml_heading() = "this is no heading", "小节标题写得不对";
    /// The same.
    toml_key() = "this is no key", "键名写得不对：字母、数字、- 和 _ 以外的字符须加引号";
    /// The same.
    toml_line_goes_on() = "the line goes on behind its end", "值后面还有多余内容：每行只写一个键和值";
    /// The same.
    toml_no_quotes() = "a text stands in quotes", "文字须加英文双引号";
    /// The same.
    toml_text() = "this is no text", "加引号的文字写得不对：引号未成对，或反斜杠转义有误";
    /// The same.
    toml_number() = "this is no number", "数字或日期写得不对";
    /// The same.
    toml_deep() = "this is nested too deep", "嵌套过深";
    /// The same.
    toml_other() = "this is no TOML", "不符合 TOML 语法";
    /// Another type of value.
    policy_expected(what) = "{what} is wanted here", "这里需要{what}";
    /// A type of value.
    policy_a_text() = "a text in quotes", "加引号的文字";
    /// A type of value.
    policy_a_count() = "a whole number from 1 on", "不小于 1 的整数";
    /// A type of value.
    policy_a_flag() = "true or false", "true 或 false";
    /// A type of value.
    policy_a_table() = "a table {{ key = value }}", "表 {{ 键 = 值 }}";
    /// A type of value.
    policy_a_list() = "a list [\"one\", \"another\"]", "列表 [\"甲\", \"乙\"]";
    /// A type of value.
    policy_sections(name) = "sections [[{name}]]", "小节 [[{name}]]";
    /// A key that must be there.
    policy_missing(key) = "\"{key}\" is missing here", "这里缺少“{key}”";
    /// A key that means nothing.
    policy_unknown_key(name, known) = "there is no \"{name}\" here; there are {known}", "这里没有“{name}”，可用：{known}";
    /// A word that means nothing.
    policy_unknown_word(name, known) = "\"{name}\" is none of {known}", "“{name}”不在可用值之中：{known}";
    /// An id that nothing has.
    policy_undefined(id, known) = "nothing here has the id \"{id}\"; there are {known}", "没有编号“{id}”，可用：{known}";
    /// An id where there are none.
    policy_undefined_alone(id) = "nothing here has the id \"{id}\": none is defined", "没有编号“{id}”：尚未定义任何一个";
    /// What was probably meant.
    policy_meant(near) = "; did you mean {near}?", "；是否想写 {near}？";
    /// A later schema.
    policy_schema(schema) = "schema {schema} needs a newer gx; this one knows 1", "schema {schema} 需要更新版本的 gx；本版本只认识 1";
    /// An unknown zone.
    policy_zone(zone) = "no time zone is called \"{zone}\" (try Asia/Shanghai)", "没有名为“{zone}”的时区（例如 Asia/Shanghai）";
    /// An unknown currency.
    policy_currency(code) = "\"{code}\" is no currency code (three letters, like CNY)", "“{code}”不是币种代码（三个字母，例如 CNY）";
    /// Not a duration.
    policy_span(span) = "\"{span}\" is no duration (try 4h, 14d, 2w)", "“{span}”不是时长（例如 4h、14d、2w）";
    /// No time at all.
    policy_no_time(span) = "\"{span}\" is no time at all: a duration is longer than none", "“{span}”没有时间：时长必须大于零";
    /// A century.
    policy_long_span(span) = "\"{span}\" is more than a century", "“{span}”超过一百年";
    /// A greeting in the queue for more than a year.
    policy_ahead_of_year() = "what comes every year is in the queue less than a year before its day", "每年一次的，须在当日之前一年以内进入任务队列";
    /// Not an id.
    policy_id(id) = "\"{id}\" is no id: letters, digits, - and _, at most 40, and none of none, yes, no, me, and, or, not", "“{id}”不能作编号：只用字母、数字、- 和 _，至多 40 个字符，且不能是 none、yes、no、me、and、or、not";
    /// The last tier keeps nobody.
    policy_keep_without_enter(id) = "tier \"{id}\" is the last one and takes everybody: it needs no `keep`", "等级“{id}”是最后一个，接收其余所有客户：不需要 keep";
    /// A tier's rule names tiers.
    policy_tier_names_tier() = "a tier's rule cannot name a tier: it decides on it", "等级规则不能引用等级：等级正由它决定";
    /// Tiers in the wrong order.
    policy_shadowed(higher) = "whoever enters here is in \"{higher}\" already: tiers stand highest first", "满足此条件的客户已在“{higher}”中：等级从高到低排列";
    /// A team of two pools.
    policy_team_of_two_pools(team, pool) = "team \"{team}\" is of pool \"{pool}\" already: a team has one open pool", "小组“{team}”已属于公海“{pool}”：一个小组只有一个公海";
    /// Two pools that name no team.
    policy_two_pools_for_all(pool) = "pool \"{pool}\" names no team and is for all of them already: this one needs `teams`", "公海“{pool}”未写 teams，已面向所有小组：此处须写明 teams";
    /// A rule that never holds.
    policy_never_holds() = "this can never hold", "此条件永远不会成立";
    /// A file that is too long.
    policy_too_long(most) = "a policy has at most {most} bytes", "策略至多 {most} 字节";
    /// An id that stands twice.
    policy_twice(id) = "\"{id}\" stands here twice", "“{id}”出现了两次";
    /// Two sections of one id.
    policy_same_id(section, id) = "another {section} has the id \"{id}\" already: each needs its own", "前面已有编号为“{id}”的 {section}：编号不能重复";
    /// A condition to keep a tier that says no more than that to enter it.
    policy_keep_adds_nothing() = "whoever meets this enters as well: `keep` must ask for less than `enter`, or nobody is kept by it", "满足此条件的客户也满足 enter：keep 应比 enter 宽松，否则不起作用";
    /// A character that may not stand.
    policy_unclean(text) = "\"{text}\" holds a character that cannot stand in a name", "“{text}”中有不能用在名称里的字符";
    /// `enter` in the wrong place.
    policy_enter(id) = "tier \"{id}\": every tier but the last has an `enter`, the last one takes everybody", "等级“{id}”：除最后一个等级外都要有 enter，最后一个等级接收其余所有客户";
    /// No tier at all.
    policy_no_tier() = "a policy has at least one [[tier]]", "策略至少要有一个 [[tier]]";
    /// A stage that depends on tiers.
    policy_stage_names_tier() = "a stage's rule cannot name a tier: stages are found first", "阶段规则不能引用等级：阶段先于等级计算";
    /// A word that names no weekday.
    week_unknown_day(word) = "\"{word}\" is no weekday (try Mon, Mon-Fri)", "“{word}”不是星期几（例如 周一、周一-周五）";
    /// Hours that do not read.
    week_bad_hours(word) = "\"{word}\" are no hours (try 09:00-18:00)", "“{word}”不是时间段（例如 09:00-18:00）";
    /// Hours that end before they start.
    week_ends_before_start(word) = "\"{word}\" ends before it starts; what goes on past midnight is written at both days", "“{word}”的结束时间不晚于开始时间；跨过午夜的请分写在两天";
    /// Hours that overlap others of the day.
    week_overlap(word) = "\"{word}\" overlaps other hours of the day", "“{word}”与当天其他时间段重叠";
    /// Days without hours.
    week_no_hours() = "here hours are missing (try Mon-Fri 09:00-18:00)", "这里缺少时间段（例如 周一-周五 09:00-18:00）";
    /// A day named twice.
    week_twice(word) = "\"{word}\" names a day that has its hours already", "“{word}”中有一天已经写过时间段";
    /// Not a day, nor a first and a last one.
    days_no_date(entry) = "\"{entry}\" is no day (try 2026-10-01 or 2026-10-01..2026-10-07)", "“{entry}”不是日期（例如 2026-10-01 或 2026-10-01..2026-10-07）";
    /// The last day lies before the first.
    days_end_before_start(entry) = "\"{entry}\" ends before it starts", "“{entry}”的结束日期早于开始日期";
    /// More than 60 days at once.
    days_too_long(entry) = "\"{entry}\" is longer than 60 days", "“{entry}”超过 60 天";
    /// A day that is a holiday and a make-up workday.
    days_both(day) = "{day} is listed as a holiday and as a make-up workday", "{day} 同时列为假日和调休上班";
    /// A file of days that did not come with the policy.
    days_elsewhere(file) = "the days of \"{file}\" did not come with the policy: the file is taken in where the policy reads as TOML", "“{file}”中的日期未随策略一起提交：策略符合 TOML 格式时，gx 会读入该文件";
    /// Weeks of working time.
    policy_not_working_time() = "working time is counted in min, h and d", "工作时间只用 min、h、d 计";
    /// A playbook without steps.
    policy_no_step() = "a playbook has at least one [[playbook.step]]", "流程至少要有一个 [[playbook.step]]";
    /// Steps that wait for each other.
    policy_circle(steps) = "these steps wait for each other: {steps}", "这些步骤互相等待：{steps}";
    /// Not a share.
    policy_share(share) = "\"{share}\" is no share (1% to 99%) of the time", "“{share}”不是时限的百分比（1% 到 99%）";
    /// Why a task was dropped.
    step_gone() = "the policy has no such step any more", "策略中已无此步骤";
    /// Why a playbook was stopped.
    playbook_gone() = "the policy has no such playbook any more", "策略中已无此流程";
    /// Why a playbook was stopped.
    in_pool() = "nobody has the customer any more", "客户已无人负责";
    /// Why a playbook was stopped, or does not begin.
    put_away() = "archived", "已归档";
    /// An id that is taken.
    policy_reserved(id) = "\"{id}\" is what the rhythm itself is called: the occasion needs another id", "“{id}”指沟通计划本身：请为关怀节点另取编号";
    /// Not an occasion.
    policy_occasion(text) = "\"{text}\" is no occasion (try birthday, anniversary:since, 01-01, lunar 08-15, [\"2026-10-01\"])", "“{text}”不是关怀节点（例如 birthday、anniversary:since、01-01、农历八月十五、[\"2026-10-01\"]）";
    /// An anniversary of what has none.
    policy_no_day(field) = "{field} holds no day: this never comes", "{field} 不是日期字段：永远不会到来";
    /// Another zone than the book's.
    policy_other_zone(ours, theirs) = "this book's time zone is {ours}, not {theirs}: days have been counted in it since the store was made", "本库的时区为 {ours}，而非 {theirs}：自建库起，日期即按其计算";
    /// Another currency than the book's.
    policy_other_currency(ours, theirs) = "this book's currency is {ours}, not {theirs}: sums have been counted in it since the store was made", "本库的币种为 {ours}，而非 {theirs}：自建库起，金额即按其计算";
    /// A duty that nobody has for any customer.
    policy_nobody_on_duty(duty) = "nobody in this book has the duty \"{duty}\": the customer's owner gets it", "本库中没有人承担职责“{duty}”：将由客户负责人处理";
    /// A skill that no member has.
    policy_nobody_skilled(skill) = "no member has the skill \"{skill}\"", "没有成员具备技能“{skill}”";
    /// A warning before the clock starts.
    policy_warned_too_early(warn, within) = "{warn} before the end is sooner than the clock starts: the step has {within}", "提前 {warn} 提醒早于计时开始：此步骤只有 {within}";
    /// What comes later.
    policy_not_yet(word) = "\"{word}\" needs a newer gx: this one cannot do it yet", "“{word}”需要更新版本的 gx：本版本还做不到";
}

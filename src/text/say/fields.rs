//! What people call the fields of records.

crate::messages! {
    /// A field: until when they do not return to the pool.
    protected() = "protected until", "保护期至";
    /// A field: why not.
    protect_reason() = "reason for protection", "保护原因";
    /// A field: when they came into the pool.
    released() = "last released", "上次退回公海";
    /// A field: through whom.
    released_by() = "released by", "退回人";
    /// A field: why.
    release_reason() = "reason for release", "退回原因";
    /// A field: when they return to the pool.
    returns() = "returns to the open pool", "回收时间";
    /// A field: what it is called.
    name() = "name", "名称";
    /// A field: company or person.
    kind() = "kind", "类型";
    /// A field: which playbook.
    playbook() = "playbook", "流程";
    /// A field: which step of it.
    step() = "step", "步骤";
    /// A field: who does it.
    duty() = "duty", "职责";
    /// A field: why.
    reason() = "reason", "原因";
    /// A field: since when.
    started() = "started", "开始";
    /// A field: until when.
    ended() = "ended", "结束";
    /// A field: when it was warned of.
    warned() = "warned", "预警";
    /// A field: whom it concerns since it is late.
    escalated_to() = "escalated to", "升级给";
    /// A field: the company they belong to.
    parent() = "parent", "上级";
    /// A field: who looks after it.
    owner() = "owner", "负责人";
    /// A field: in whose queue.
    team() = "team", "小组";
    /// A field: further teams of a member.
    teams() = "also in", "其他小组";
    /// A field: what a member is good at.
    skills() = "skills", "技能";
    /// A field: the first day of an absence.
    away_from() = "away from", "缺勤开始";
    /// A field: the last day of an absence.
    away_until() = "away until", "缺勤结束";
    /// A field: why somebody is away.
    away_reason() = "away because of", "缺勤原因";
    /// A field: who stands in for a member who is away.
    stand_in() = "stand-in", "代班";
    /// A field: who looks after a customer while the owner is away.
    backup() = "backup", "后备";
    /// A field: other names.
    aliases() = "also", "别名";
    /// A field: a tag.
    tags() = "tag", "标签";
    /// A field: the line of business.
    industry() = "industry", "行业";
    /// A field: where they are.
    region() = "region", "地区";
    /// A field: where they are.
    country() = "country", "国家";
    /// A field: how many work there.
    employees() = "employees", "员工数";
    /// A field: what they earn in a year.
    revenue() = "revenue", "年营收";
    /// A field: what matters most to them.
    need() = "need", "需求";
    /// A field: how much work they are.
    complexity() = "complexity", "复杂度";
    /// A field: a telephone number.
    phones() = "phone", "电话";
    /// A field: a mail address.
    mails() = "mail", "邮箱";
    /// A field: the postal address.
    address() = "address", "地址";
    /// A field: the web site.
    website() = "website", "网站";
    /// A field: the credit code of a company.
    code() = "credit code", "信用代码";
    /// A field: where it came from.
    source() = "source", "来源";
    /// A field: more about it.
    note() = "note", "备注";
    /// A field: a member beside the owner.
    collaborators() = "collaborator", "协同成员";
    /// A field: a field of the team.
    own() = "own field", "自定义字段";
    /// A field: nobody may contact them.
    dnc() = "do not contact", "请勿联系";
    /// A field: when the data were checked.
    verified() = "data checked", "资料核实";
    /// A field: put away.
    archived() = "archived", "已归档";
    /// A field: what an import knows it by.
    reference() = "reference", "外部编号";
    /// A field: the one in force.
    tier() = "tier", "等级";
    /// A field: one set by hand.
    tier_fixed() = "tier by hand", "手动等级";
    /// A field: why it was set.
    tier_reason() = "reason", "原因";
    /// A field: how long that holds.
    tier_until() = "until", "截止";
    /// A field: of life, or of a deal.
    stage() = "stage", "阶段";
    /// A field: of a task, or of a person.
    title() = "title", "名称";
    /// A field: a WeChat name.
    wechat() = "wechat", "微信";
    /// A field: the way.
    channel() = "channel", "方式";
    /// A field: a day.
    birthday() = "birthday", "生日";
    /// A field: a day of the lunar calendar.
    lunar_birthday() = "lunar birthday", "农历生日";
    /// A field: when somebody likes to be reached.
    weekdays() = "weekdays", "联系日";
    /// A field: what a greeting is for.
    occasions() = "occasions", "关怀节点";
    /// A field: the day of a greeting.
    greets() = "greets on", "问候日期";
    /// A field: an interaction that is one.
    greeting() = "greeting", "问候";
    /// A field: one more of a day.
    again() = "once more", "再次问候";
    /// A field: whose it is.
    customer() = "customer", "客户";
    /// A field: with whom.
    contact() = "contact", "联系人";
    /// A field: who did it.
    by() = "by", "由谁";
    /// A field: when.
    at() = "when", "时间";
    /// A field: who began.
    direction() = "direction", "方向";
    /// A field: how it ended.
    outcome() = "outcome", "结果";
    /// A field: our words.
    text() = "text", "内容";
    /// A field: their words.
    said() = "said", "客户原话";
    /// A field: they asked for something new.
    inquiry() = "inquiry", "询价";
    /// A field: who does it.
    assignee() = "assignee", "由谁";
    /// A field: by when.
    due() = "due", "时限";
    /// A field: where a task stands.
    state() = "state", "状态";
    /// A field: it was promised.
    promise() = "promise", "承诺";
    /// A field: out of sight until then.
    snoozed_until() = "put off until", "推迟至";
    /// A field: when it was taken from the queue.
    taken() = "taken", "接下时间";
    /// A field: when it was done.
    done_at() = "done", "完成时间";
    /// A field: who did it.
    done_by() = "done by", "完成人";
    /// A field: what is sold.
    product() = "product", "产品";
    /// A field: how much.
    amount() = "amount", "金额";
    /// A field: when a deal began.
    opened() = "opened", "开始日期";
    /// A field: when it should close.
    expected() = "expected", "预计成交";
    /// A field: when it closed.
    closed() = "closed", "结束日期";
    /// A field: how likely it is.
    probability() = "probability", "成交概率";
    /// A field: why it was lost.
    lost_reason() = "why lost", "输单原因";
    /// A field: when.
    date() = "date", "日期";
    /// A field: which was won.
    deal() = "deal", "商机";
    /// A field: whether it is paid for.
    paid() = "paid", "已回款";
    /// A field: the order of a list.
    sort() = "sort", "排序";
    /// A field: which customers a view shows.
    filter() = "filter", "筛选";
    /// A field.
    timezone() = "time zone", "时区";
    /// A field.
    currency() = "currency", "币种";
    /// A field.
    clock() = "clock", "时钟";
    /// A field.
    policy() = "policy", "策略";
}

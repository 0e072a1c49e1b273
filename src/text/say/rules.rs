//! What the room `rules` has to say: about policies that do not read.

crate::messages! {
    /// The place of a fault, and the fault.
    policy_at(line, column, what) = "policy, line {line}, column {column}: {what}", "策略第 {line} 行第 {column} 列：{what}";
    /// Not the TOML of a policy.
    policy_toml(words) = "{words}", "{words}";
    /// A later schema.
    policy_schema(schema) = "schema {schema} needs a newer gx; this one knows 1", "schema {schema} 需要更新版本的 gx；本版本只认识 1";
    /// An unknown zone.
    policy_zone(zone) = "no time zone is called \"{zone}\" (try Asia/Shanghai)", "没有名为“{zone}”的时区（例如 Asia/Shanghai）";
    /// An unknown currency.
    policy_currency(code) = "\"{code}\" is no currency code (three letters, like CNY)", "“{code}”不是币种代码（三个字母，例如 CNY）";
    /// Not a duration.
    policy_span(span) = "\"{span}\" is no duration (try 4h, 14d, 2w)", "“{span}”不是时长（例如 4h、14d、2w）";
    /// An id that stands twice.
    policy_twice(id) = "\"{id}\" stands here twice", "“{id}”出现了两次";
    /// A character that may not stand.
    policy_unclean(text) = "\"{text}\" holds a character that cannot stand in a name", "“{text}”中有不能用在名称里的字符";
    /// `enter` in the wrong place.
    policy_enter(id) = "tier \"{id}\": every tier but the last has an `enter`, the last one takes everybody", "等级“{id}”：除最后一个等级外都要有 enter，最后一个等级接收其余所有客户";
    /// No tier at all.
    policy_no_tier() = "a policy has at least one [[tier]]", "策略至少要有一个 [[tier]]";
    /// A stage that depends on tiers.
    policy_stage_names_tier() = "a stage's rule cannot name a tier: stages are found first", "阶段规则不能引用等级：阶段先于等级计算";
}

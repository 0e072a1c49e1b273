//! What the room `filter` has to say: what is wrong with a filter, and what completion offers.

crate::messages! {
    /// A filter beyond the cap, as written or in normal form.
    too_long(most) = "the filter is too long (at most {most} characters)", "筛选条件太长（最多 {most} 个字符）";
    /// Parentheses and negations beyond the cap.
    too_deep(most) = "nested too deep (at most {most} levels)", "嵌套太深（最多 {most} 层）";
    /// More values behind one field than the cap.
    too_many_values(most) = "too many values (at most {most} for one field)", "取值太多（一个字段最多 {most} 个）";
    /// A sign where a condition should begin or end.
    unexpected(found) = "\"{found}\" is not expected here", "此处不应出现“{found}”";
    /// A quotation or a parenthesis that never ends.
    unclosed() = "this is opened and never closed", "此处打开后没有闭合";
    /// Nothing where a condition should stand.
    no_condition() = "a condition is missing here", "此处缺少条件";
    /// `was()` without a stage.
    no_stage() = "was() names a stage, as in was(loyal)", "was() 需写明生命周期阶段，例如 was(loyal)";
    /// A field with an operator and no value.
    no_value(field) = "a value for {field} is missing (\"none\" finds those without)", "{field}缺少取值（none 表示没有值）";
    /// A figure that is compared with nothing.
    no_comparison(field) = "{field} is compared with nothing; write {field}>0", "{field} 缺少比较；可写 {field}>0";
    /// A name that is no field.
    unknown_field(name) = "there is no field \"{name}\"", "没有字段“{name}”";
    /// A name before a parenthesis that is no figure.
    unknown_fact(name) = "nothing is called {name}(...)", "没有 {name}(...) 这一项";
    /// Behind a reason: what was probably meant.
    did_you_mean(reason, nearest) = "{reason}; did you mean {nearest}?", "{reason}；是否指 {nearest}？";
    /// A window that is none.
    bad_window(text) = "\"{text}\" is no window; write whole days, weeks, months or years (365d 4w 6m 1y), or () for all time", "“{text}”不是时间范围；请写整天、周、月或年（365d 4w 6m 1y），全部时间写 ()";
    /// `open(...)` of something else.
    bad_argument() = "open() counts tasks, deals or cases", "open() 只统计 tasks、deals 或 cases";
    /// An operator that the field does not take.
    bad_operator(field, op, takes) = "{field} does not take {op}; it takes {takes}", "{field}不能用 {op}；可用 {takes}";
    /// Several values behind an order.
    one_value(op) = "{op} takes one value", "{op} 只能有一个取值";
    /// No number.
    wants_number(field, value) = "{field} is a number, \"{value}\" is none", "{field}是数字，“{value}”不是";
    /// No percentage.
    wants_percent(field, value) = "{field} is a percentage such as 80%, \"{value}\" is none", "{field}是百分比（例如 80%），“{value}”不是";
    /// No amount.
    wants_money(field, value) = "{field} is an amount such as 1200, 12k or 1200USD, \"{value}\" is none", "{field}是金额（例如 1200、12万、1200USD），“{value}”不是";
    /// No length of time.
    wants_span(field, value) = "{field} is a length of time such as 30d (min h d w m y), \"{value}\" is none", "{field}是时长（例如 30d；单位 min h d w m y），“{value}”不是";
    /// Neither yes nor no.
    wants_bool(field, value) = "{field} is yes or no, not \"{value}\"", "{field}只能是 yes 或 no，不能是“{value}”";
    /// None of the words of a choice.
    wants_choice(field, value, choices) = "{field} is never \"{value}\" but one of {choices}", "{field}不会是“{value}”，只能是 {choices}";
    /// No date, with the reason.
    bad_date(field, reason) = "{field}: {reason}", "{field}：{reason}";
    /// An id or a name that is not known.
    undefined(field, value, known) = "there is no {field} \"{value}\"; it is one of {known}", "没有{field}“{value}”，可用：{known}";
    /// The same, where there are too many to name them.
    not_there(field, value) = "there is no {field} \"{value}\"", "没有{field}“{value}”";
    /// A bare word in a rule.
    bare_word(word) = "a rule names its field: name~{word} instead of {word}", "规则须写明字段：应写 name~{word}，不能只写 {word}";
    /// `me` in a rule.
    me_in_rules() = "a rule holds for everybody and cannot say \"me\"", "规则对所有人有效，不能用 me";

    /// Completion: both conditions.
    and_hint() = "both hold", "同时满足";
    /// Completion: one of two conditions.
    or_hint() = "at least one holds", "至少满足一个";
    /// Completion: the opposite of a condition.
    not_hint() = "does not hold", "不满足";
    /// Completion: an own field.
    own_hint() = "an own field", "自定义字段";
    /// Completion: a field of the record's customer.
    of_customer(hint) = "of the customer: {hint}", "客户的{hint}";
    /// Completion: a figure over the corporate group.
    group_hint() = "a figure over the whole corporate group", "整个集团客户的数据";
    /// Completion: a stage that once was.
    was_hint() = "whether it ever was in a stage", "是否曾处于某生命周期阶段";
    /// Completion: a value.
    none_hint() = "there is no value", "没有值";
    /// Completion: a value.
    some_hint() = "there is a value", "有值";
    /// Completion: a value.
    me_hint() = "whoever asks", "本人";
    /// Completion: an operator.
    is_hint() = "is one of", "等于其中之一";
    /// Completion: an operator.
    is_not_hint() = "is something else", "有值且不等于";
    /// Completion: an operator.
    less_hint() = "less, or earlier", "小于或早于";
    /// Completion: an operator.
    at_most_hint() = "at most, or until", "至多或不晚于";
    /// Completion: an operator.
    more_hint() = "more, or later", "大于或晚于";
    /// Completion: an operator.
    at_least_hint() = "at least, or since", "至少或不早于";
    /// Completion: an operator.
    contains_hint() = "contains", "包含";
}

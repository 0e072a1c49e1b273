//! What the room `text` has to say: about dates, durations, amounts and characters that may not stand.

crate::messages! {
    /// A text that is no date at all.
    not_a_date() = "not a date (try 2026-10-01, fri, +3d, tomorrow 15:00)", "不是日期（例如 2026-10-01、周五、+3d、明天 下午3点）";
    /// A day that no calendar has.
    no_such_day(date) = "there is no {date}", "没有 {date} 这一天";
    /// A time that no clock shows.
    no_such_time(time) = "there is no such time as {time}", "没有 {time} 这个时间";
    /// A date with a weekday that is not its own.
    wrong_weekday(date, weekday) = "{date} is a {weekday}", "{date} 是{weekday}";
    /// A date outside the years 1 to 9999, or a shift of more than a century.
    too_far() = "too far away for a date", "日期太远";
    /// A text that is no duration.
    not_a_span() = "not a duration (try 30min, 4h, 14d, 2w, 3m for months, 1y)", "不是时长（例如 30min、4h、14d、2w、3m 为月、1y）";
    /// A duration of more than a century.
    span_too_long() = "longer than a century", "时长超过一百年";
    /// A text that is no number.
    not_an_amount() = "not an amount (try 1200, 12k or 1,200.50 USD)", "不是金额（例如 1200、12万、1,200.50 USD）";
    /// An amount with more decimals than its currency has.
    too_fine() = "more decimals than the currency has", "小数位数超过该币种";
    /// An amount that does not fit.
    too_large() = "too large an amount", "金额太大";
    /// A code that is not three letters.
    not_a_currency() = "not a currency code (three letters, like CNY)", "不是币种代码（三个字母，例如 CNY）";
    /// A character that may not stand in a text: the field, the character as `U+001B`, its place from 1.
    unclean(field, code, at) = "{field}: character {at} ({code}) cannot stand in a text", "{field}：第 {at} 个字符（{code}）不能用在文字里";
    /// What a text is called where no field is known.
    a_text() = "text", "文字";

    /// A number of minutes, short.
    minutes(n) = "{n}min", "{n}分钟";
    /// A number of hours, short.
    hours(n) = "{n}h", "{n}小时";
    /// A number of days, short.
    days(n) = "{n}d", "{n}天";
    /// A number of weeks, short.
    weeks(n) = "{n}w", "{n}周";
    /// A number of months, short.
    months(n) = "{n}m", "{n}个月";
    /// A number of years, short.
    years(n) = "{n}y", "{n}年";
    /// This day.
    today() = "today", "今天";
    /// This minute.
    now() = "now", "现在";
}

//! What is said of the others: who is here, and what they do.

crate::messages! {
    /// The header: how many other members have a screen open.
    online(count) = "{count} online", "在线 {count}";
    /// The title of a customer whom somebody else looks at.
    is_here(name) = "{name} is here", "{name} 在看";
    /// The title of a customer about whom somebody else writes.
    is_writing(name) = "{name} is writing", "{name} 正在写";
    /// A task that was in the queue and is somebody else's now.
    taken(name) = "taken by {name}", "{name} 已接";
    /// A task that somebody else ended: how, and who.
    ended(state, name) = "{state} by {name}", "{name} {state}";
    /// A task that somebody else took out of the queue in another way.
    changed(name) = "changed by {name}", "{name} 已更改";
    /// Title of what the others did, since one was last here.
    since(moment) = "since you were last here, {moment}", "上次离开（{moment}）以来";
    /// The same, where one was never here before.
    lately() = "what the others did last", "他人最近的操作";
    /// The others did nothing.
    nothing() = "the others did nothing", "他人没有新的操作";
    /// Whom what was written mentions.
    mentions(names) = "  mentions: {names}", "  提到：{names}";
    /// Behind what was done: whom that mentions.
    and_mentions(done, names) = "{done}; mentions {names}", "{done}，提到{names}";
    /// Help: the sign of unread mentions in the first row.
    unread_sign() = "@2 in the first row: two mentions of you that you have not read.", "首行的 @2：有两处提到你的内容未读。";
    /// Help: how one mentions members and teams.
    mentioning() = "@NAME in a text mentions a member, @TEAM all who are in the team; they find it in their mentions.", "在文字中写 @姓名 提到组员，写 @小组名 提到全组；对方在“提及”中可见。";
    /// Who mentioned a team.
    to_team(who, team) = "{who} to {team}", "{who}（{team}）";
    /// Behind a mention: the team through which it is mine.
    through(team) = "to {team}", "提到{team}";
    /// A team that can be mentioned: how many are in it beside oneself.
    team_of(count) = "team, {count} other" | "team, {count} others", "小组，另有 {count} 人";
    /// Title of who mentions me.
    inbox() = "who mentions you", "提到你的";
    /// Nobody did, ever.
    no_mentions() = "nobody has mentioned you yet; @NAME or @TEAM in a text does", "还没有人提到你；在文字中写 @姓名 或 @小组名 即可提到对方";
    /// All mentions are read.
    none_unread() = "nothing unread; --all shows what was read", "没有未读的；--all 列出已读的";
    /// Mentions were shown and marked as read.
    now_read(count) = "marked as read: {count}", "已标为已读：{count}";
    /// Mentions would be marked as read.
    would_be_read(count) = "would be marked as read: {count}", "将标为已读：{count}";
    /// Not all unread mentions are shown, so none is marked as read.
    more_unread(count) = "nothing is marked as read: at least {count} older ones are unread and not shown", "未标为已读：至少还有 {count} 条更早的未读未列出";
    /// A task that one does for somebody who is away, and until when.
    instead_until(name, until) = "for {name}, away until {until}", "代{name}，缺勤至{until}";
    /// The same, where there is little room.
    instead(name) = "for {name}", "代{name}";
    /// Behind one of these: how many more there are.
    and_more(count) = "+{count}", "+{count}";
    /// An absence is noted.
    is_away(who, from, until) = "{who} is away: {from} to {until}", "{who} 不在：{from} 至 {until}";
    /// An absence is over.
    is_back(who) = "{who} is back", "{who} 已返回";
}

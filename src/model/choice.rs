//! Fields that take one of a few words.

use serde::{Deserialize, Serialize};

use crate::text::Lang;

/// A closed set of words. In the journal stands the word, so that it can be read without this program.
pub trait Choice: Copy + Sized + 'static {
    /// Every one, in the order in which people are offered them.
    const ALL: &'static [Self];
    /// The word of scripts and the journal.
    fn word(self) -> &'static str;
    /// What people read.
    fn label(self, lang: Lang) -> &'static str;
    /// What else it is called, where more is known of the record, or was before.
    fn also(self) -> &'static [&'static str];
    /// By the word, or by what people read in either language; case does not count.
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::ALL.iter().copied().find(|choice| {
            choice.word().eq_ignore_ascii_case(text)
                || choice.label(Lang::En).eq_ignore_ascii_case(text)
                || choice.label(Lang::Zh) == text
                || choice.also().iter().any(|called| called.eq_ignore_ascii_case(text))
        })
    }
}

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal, $en:literal, $zh:literal $(| $also:literal)*;)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[doc = $en] $variant),+ }

        impl Choice for $name {
            const ALL: &'static [$name] = &[$($name::$variant),+];
            fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
            fn label(self, lang: Lang) -> &'static str {
                match self { $($name::$variant => lang.pick($en, $zh)),+ }
            }
            fn also(self) -> &'static [&'static str] {
                match self { $($name::$variant => &[$($also),*]),+ }
            }
        }
    )+};
}

choices! {
    /// Whether a customer is an organisation or one person.
    CustomerKind {
        Company = "company", "company", "企业";
        Person = "person", "person", "个人";
    }
    /// The way an interaction took.
    Channel {
        Phone = "phone", "call", "电话";
        Email = "email", "mail", "邮件";
        Meeting = "meeting", "meeting", "会议";
        Visit = "visit", "visit", "拜访";
        Wechat = "wechat", "wechat", "微信";
        Sms = "sms", "sms", "短信";
        Chat = "chat", "chat", "聊天";
        Social = "social", "social", "社交媒体";
        Web = "web", "web", "网站";
        Letter = "letter", "letter", "信函";
        Other = "other", "other", "其他";
    }
    /// Who began. [`Direction::by`] says it as one does of a way.
    Direction {
        In = "in", "in", "来电/收到" | "来电" | "收到" | "来";
        Out = "out", "out", "呼出/发出" | "呼出" | "发出" | "去";
    }
    /// How an interaction ended. [`Outcome::by`] says it as one does of a way.
    Outcome {
        Reached = "reached", "reached", "已联系上" | "已接通" | "已见面";
        Replied = "replied", "replied", "已回复";
        NoAnswer = "no-answer", "no answer", "无回应" | "无人接听" | "未见到" | "未回复" | "nobody there" | "no reply";
        LeftMessage = "left-message", "left message", "已留言";
        Other = "other", "other", "其他";
    }
    /// Where a task stands.
    TaskState {
        Open = "open", "open", "待办";
        Done = "done", "done", "已完成";
        Dropped = "dropped", "dropped", "已取消";
    }
    /// What a task came from.
    Source {
        Manual = "manual", "manual", "手工";
        Playbook = "playbook", "playbook", "流程";
        Cadence = "cadence", "communication plan", "沟通计划";
        Care = "care", "care", "客户关怀";
        Case = "case", "case", "工单";
        Intake = "intake", "intake", "受理";
        Survey = "survey", "survey", "满意度";
        Risk = "risk", "risk", "风险";
        Meeting = "meeting", "meeting", "例会";
    }
    /// Where a deal stands.
    DealStage {
        Prospecting = "prospecting", "prospecting", "接触";
        Engaging = "engaging", "engaging", "跟进";
        Proposal = "proposal", "proposal", "报价";
        Negotiation = "negotiation", "negotiation", "谈判";
        Won = "won", "won", "赢单";
        Lost = "lost", "lost", "输单";
    }
    /// What a member may do.
    Role {
        Rep = "rep", "rep", "组员";
        Lead = "lead", "lead", "组长";
        Manager = "manager", "manager", "经理";
        Admin = "admin", "admin", "管理员";
        Auditor = "auditor", "auditor", "审计";
    }
    /// Where a playbook at work stands.
    RunState {
        Running = "running", "running", "进行中";
        Paused = "paused", "paused", "已暂停";
        Done = "done", "done", "已完成";
        Stopped = "stopped", "stopped", "已停止";
    }
    /// What matters most to a customer.
    Need {
        Price = "price", "price", "价格";
        Quality = "quality", "quality", "质量";
        Service = "service", "service", "服务";
    }
    /// How much work a customer is.
    Complexity {
        Simple = "simple", "simple", "简单";
        Medium = "medium", "medium", "一般";
        Complex = "complex", "complex", "复杂";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read_by_word_and_label() {
        assert_eq!(Channel::read("PHONE"), Some(Channel::Phone));
        assert_eq!(Outcome::read("no answer"), Some(Outcome::NoAnswer));
        assert_eq!(Channel::read("电话"), Some(Channel::Phone));
        assert_eq!(Channel::read("pigeon"), None);
        assert_eq!(Outcome::read("已接通"), Some(Outcome::Reached), "as one says of a call");
    }
}

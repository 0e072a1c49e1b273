//! The one list of acts.

use super::argument::Argument;
use super::scope::Scope;
use crate::text::Lang;

/// Declares every act once: variant, name, what it may be told, description and footer label in both languages, by
/// scope.
macro_rules! acts {
    (@argument $argument:ident) => { Some(Argument::$argument) };
    (@argument) => { None };
    ($($scope:ident { $($act:ident $name:literal $(($argument:ident))?: $en:literal $zh:literal, $label_en:literal $label_zh:literal;)* })*) => {
        /// Something a person can do with a key.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Act {
            $($(#[doc = $en] $act,)*)*
        }

        impl Act {
            /// Every act, in the order of help.
            pub const ALL: &[Act] = &[$($(Act::$act,)*)*];

            /// Its name in key maps, help and documentation; names are only ever added.
            pub fn name(self) -> &'static str {
                match self { $($(Act::$act => $name,)*)* }
            }

            /// What it may be told behind its name.
            pub fn argument(self) -> Option<Argument> {
                match self { $($(Act::$act => acts!(@argument $($argument)?),)*)* }
            }

            /// Where it makes sense.
            pub fn scope(self) -> Scope {
                match self { $($(Act::$act => Scope::$scope,)*)* }
            }

            /// What it does, in one line.
            pub fn describe(self, lang: Lang) -> &'static str {
                match self { $($(Act::$act => lang.pick($en, $zh),)*)* }
            }

            /// What the footer calls it: a word or two.
            pub fn label(self, lang: Lang) -> &'static str {
                match self { $($(Act::$act => lang.pick($label_en, $label_zh),)*)* }
            }
        }
    };
}

acts! {
    Global {
        Help "help": "show the keys that work here" "显示此处可用的按键", "help" "帮助";
        Palette "palette": "look for an act by its name" "按名称查找操作", "act" "命令";
        Here "here": "show what can be done with what is under the bar" "显示对当前行可做的操作", "here" "可做操作";
        Find "find" (Customer): "look up a customer" "查找客户", "find" "查找";
        Filter "filter" (Filter): "narrow the list by a filter" "按条件筛选列表", "filter" "筛选";
        Pool "pool": "show the open pool, highest tiers first" "显示公海，等级高的在前", "open pool" "公海";
        Views "views" (View): "show, save or remove saved views" "显示、保存或删除视图", "views" "视图";
        Columns "columns" (Columns): "choose the columns of the list" "选择列表的列", "columns" "列";
        Feed "feed": "show what the others did since I was last here" "显示上次离开后他人的操作", "news" "动态";
        Inbox "inbox": "show who mentions me" "显示谁提到了我", "mentions" "提及";
        JumpBack "jump-back": "go back to the customer before" "返回之前的客户", "before" "之前";
        JumpForth "jump-forth": "go forth again to the customer after" "前往之后的客户", "after" "之后";
        NextTask "next-task": "take the next task: the most urgent, then round the queue" "接下一个任务：先最紧急的，再依次轮转", "next" "下一个";
        TaskDone "task-done" (NextStep): "end the task, or all marked, as done" "完成当前任务或全部标记的任务", "done" "完成";
        TaskSnooze "task-snooze" (Day): "put the task, or all marked, off to a date" "将当前任务或全部标记的任务推迟到某日", "snooze" "推迟";
        TasksWhose "tasks-whose": "show my tasks or the team's" "切换我的任务与小组任务", "mine/team" "我的/小组";
        Why "why": "show why: the customer's tier, stage and deadlines, a task's, a tier's rule" "显示原因：客户的等级、阶段与时限，任务的来源，等级的条件", "why" "原因";
        Board "board": "show the team's board: tiers and stages, and how they are kept to" "显示小组看板：各等级与阶段及其达标情况", "board" "看板";
        Week "week": "show what is due this week, day by day" "按日查看本周到期任务", "week" "周历";
        Log "log" (Words): "log an interaction with the customer" "为客户写跟进记录", "log" "记录";
        AddTask "add-task" (Title): "add a task for the customer" "为客户添加任务", "task" "任务";
        AddCustomer "add-customer": "add a customer" "添加客户", "new customer" "添加客户";
        AddContact "add-contact": "add a contact of the customer" "为客户添加联系人", "contact" "联系人";
        AddDeal "add-deal": "add a deal with the customer" "为客户添加商机", "deal" "商机";
        AddPurchase "add-purchase": "add a purchase of the customer" "为客户添加交易记录", "purchase" "交易记录";
        Edit "edit": "change what is under the bar: customer, task, or what happened" "修改当前行：客户、任务或时间线条目", "edit" "修改";
        EditCustomer "edit-customer": "change the customer's data" "修改客户资料", "edit customer" "修改客户";
        EditRecord "edit-record": "change a contact, deal or purchase of the customer" "修改客户的联系人、商机或交易记录", "edit record" "修改记录";
        Undo "undo": "undo my last act" "撤销我的上一步操作", "undo" "撤销";
        Copy "copy" (Part): "copy something of the customer or the item" "复制客户或条目的内容", "copy" "复制";
        Redo "redo": "do again what I undid last" "恢复我上次撤销的操作", "redo" "恢复";
        History "history": "show who changed this record, from and to" "显示此记录由谁更改、从何改到何", "history" "历史";
        AsOf "as-of" (PastDay): "see everything as it was on a day" "查看某日当时的情况", "as of" "某日情况";
        TryPolicy "try-policy" (PolicyFile): "try a policy on the book before it is adopted" "策略生效前在客户数据上预演", "try policy" "预演策略";
        PolicyHistory "policy-history": "show the policies that were adopted" "显示历次生效的策略", "policies" "历次策略";
        Handover "handover" (Handover): "hand a member's whole book over to others" "将组员名下全部客户交接给他人", "handover" "交接";
        Playbooks "playbooks": "show the playbooks at work: open steps, and the time that is left" "显示进行中的流程：未完成的步骤与剩余时间", "playbooks" "流程";
        PlaybookFigures "playbook-figures": "show how the steps of playbooks go: how often, how long, how late" "显示各流程步骤的执行情况：次数、用时、逾期", "figures" "执行情况";
        PlaybookStart "playbook-start" (Playbook): "begin a playbook for the customer" "为当前客户启动流程", "begin playbook" "启动流程";
        PlaybookPause "playbook-pause" (RunAndWhy): "pause a playbook of the customer, and say why" "暂停当前客户的流程并说明原因", "pause playbook" "暂停流程";
        PlaybookResume "playbook-resume" (Run): "let a paused playbook of the customer go on" "恢复当前客户已暂停的流程", "resume playbook" "恢复流程";
        PlaybookStop "playbook-stop" (RunMayWhy): "end a playbook of the customer before its purpose is met" "停止当前客户的流程", "stop playbook" "停止流程";
        Care "care": "show the communication plan: greetings and contacts, the first day in front" "显示沟通计划：按日期排列的问候与联系", "plan" "沟通计划";
        CareSkip "care-skip" (Occasion): "leave out what is planned with the customer, once" "跳过当前客户的一次计划联系", "skip" "跳过";
        MemberAway "member-away" (Absence): "note when a member is away, and who stands in" "登记组员不在的日期和代班人", "away" "不在";
        MemberBack "member-back" (Member): "note that a member is back, or does not go" "登记组员已返回或不再离开", "is back" "已返回";
        FocusNext "focus-next": "go to the next pane" "转到下一个窗格", "panes" "窗格";
        FocusPrev "focus-prev": "go to the pane before" "转到上一个窗格", "pane before" "上一窗格";
        FocusCustomers "focus-customers": "go to the customers" "转到客户", "customers" "客户";
        FocusTimeline "focus-timeline": "go to the timeline" "转到时间线", "timeline" "时间线";
        FocusTasks "focus-tasks": "go to the tasks" "转到任务", "tasks" "任务";
        FocusTiers "focus-tiers": "go to the tiers" "转到客户分层", "tiers" "分层";
        Back "back": "leave what is on top" "离开最上层内容", "back" "返回";
        Language "language" (Language): "change between English and Chinese" "切换中文与英文", "language" "语言";
        Theme "theme" (Theme): "take other colours until gx is left" "更换配色，退出 gx 后恢复", "theme" "配色";
        Redraw "redraw": "paint the whole screen again" "重绘整个屏幕", "redraw" "重绘";
        ReloadKeys "reload-keys": "read the key file again" "重新读取键位文件", "reload keys" "重读键位";
        Suspend "suspend": "go back to the shell; fg returns" "暂停并回到命令行，用 fg 返回", "suspend" "挂起";
        Quit "quit": "leave gx" "退出 gx", "quit" "退出";
    }
    List {
        Open "open": "open what is under the bar" "打开当前行", "open" "打开";
        Up "up": "go up a row" "上移一行", "up" "上移";
        Down "down": "go down a row" "下移一行", "down" "下移";
        PageUp "page-up": "go up a page" "上翻一页", "page up" "上翻";
        PageDown "page-down": "go down a page" "下翻一页", "page down" "下翻";
        Top "top": "go to the first row" "转到第一行", "top" "首行";
        Bottom "bottom": "go to the last row" "转到最后一行", "bottom" "末行";
        Sort "sort" (Order): "change the order of the rows" "更改排序方式", "sort" "排序";
    }
    Customers {
        ChangeAll "change-all" (Change): "change owner, tags, a field; of all marked" "修改负责人、标签、字段；有标记则全部修改", "change" "修改";
        Assign "assign" (Member): "give the customer, or all marked, to an owner" "为当前客户或全部标记的客户指定负责人", "assign" "分配";
        Tag "tag" (Tag): "tag the customer, or all marked" "为当前客户或全部标记的客户添加标签", "tag" "标签";
        Untag "untag" (Tag): "take a tag from the customer, or from all marked" "去除当前客户或全部标记的客户的标签", "untag" "去除标签";
        SetTier "set-tier" (Tier): "set the tier by hand; of all marked" "手动设定等级；有标记则全部设定", "tier" "等级";
        Claim "claim": "claim the customer out of the open pool" "从公海认领当前客户", "claim" "认领";
        Release "release": "release the customer, or all marked, to the open pool" "将当前客户或全部标记的客户退回公海", "release" "退回公海";
        Archive "archive": "archive the customer, or all marked, or list them again" "归档当前客户或全部标记的客户，或取消归档", "archive" "归档";
    }
    Tasks {
        TaskAssign "task-assign" (Member): "give the task, or all marked, to somebody" "将当前任务或全部标记的任务分配给他人", "assign" "分配";
        TaskDrop "task-drop": "drop the task, or all marked: not to be done after all" "取消当前任务或全部标记的任务：不再需要", "drop" "取消任务";
    }
    Marks {
        Mark "mark": "mark the row, or take its mark away" "标记当前行或取消标记", "mark" "标记";
        MarkRange "mark-range": "mark from here to the bar; again ends it" "从此处标记到光标所到之处，再按一次结束", "range" "连续标记";
        MarkAll "mark-all": "mark all that the list shows" "标记列表中的全部", "mark all" "全部标记";
        MarkInvert "mark-invert": "mark what is not marked, and only that" "反转标记", "invert" "反选";
        Unmark "unmark": "take all marks away" "清除全部标记", "unmark" "清除标记";
        Refused "refused": "show what was refused of the last act on many" "显示上次批量操作中被拒绝的项目", "refused" "被拒绝";
    }
    Form {
        Save "save": "save and close the form" "保存并关闭表单", "save" "保存";
        NextField "next-field": "go to the next field, or down a line" "转到下一字段或下一行", "next field" "下一字段";
        PrevField "prev-field": "go to the field before, or up a line" "转到上一字段或上一行", "field before" "上一字段";
        Newline "newline": "begin a new line" "换行", "new line" "换行";
        EditText "edit-text": "write the text in $EDITOR" "用 $EDITOR 编辑文字", "editor" "编辑器";
        Discard "discard": "throw away what is typed in the form; again brings it back" "清空表单中的输入，再按一次恢复", "discard" "清空";
        TakeTheirs "take-theirs": "take what somebody else put into this field meanwhile" "采用他人此间在此字段填写的内容", "take theirs" "采用他人内容";
        Cancel "cancel": "close the form and keep the draft" "关闭表单并保留草稿", "keep draft" "保留草稿";
    }
    Choice {
        ChoiceNext "choice-next": "take the next value" "选下一个值", "next value" "下一项";
        ChoicePrev "choice-prev": "take the value before" "选上一个值", "value before" "上一项";
    }
    Field {
        CaretLeft "caret-left": "go left a character" "左移一个字符", "left" "左移";
        CaretRight "caret-right": "go right a character" "右移一个字符", "right" "右移";
        CaretWordLeft "caret-word-left": "go left a word" "左移一个词", "word left" "左移一词";
        CaretWordRight "caret-word-right": "go right a word" "右移一个词", "word right" "右移一词";
        CaretHome "caret-home": "go to the start of the line" "移到行首", "start" "行首";
        CaretEnd "caret-end": "go to the end of the line" "移到行尾", "end" "行尾";
        Backspace "backspace": "delete the character before the caret" "删除光标前的字符", "delete" "删除";
        Delete "delete": "delete the character under the caret" "删除光标处的字符", "delete" "删除";
        KillWord "kill-word": "delete the word before the caret" "删除光标前的词", "delete word" "删词";
        KillLine "kill-line": "delete to the start of the line" "删除到行首", "clear" "清除";
        KillRest "kill-rest": "delete to the end of the line" "删除到行尾", "delete rest" "删到行尾";
        FieldUndo "field-undo": "undo the last change of this text" "撤销此文字的上一次修改", "undo" "撤销";
        FieldRedo "field-redo": "make the undone change again" "恢复被撤销的修改", "redo" "恢复";
    }
    Week {
        WeekBefore "week-before": "show the week before" "查看前一周", "week before" "前一周";
        WeekAfter "week-after": "show the week after" "查看后一周", "week after" "后一周";
        WeekWhose "week-whose": "show my week or the team's" "切换我的周历与小组周历", "mine/team" "我的/小组";
    }
    Inbox {
        ReadAll "read-all": "mark all mentions as read" "将全部提及标为已读", "all read" "全部已读";
    }
    Policy {
        Adopt "adopt": "put the policy in force, once that is confirmed" "确认后使策略生效", "adopt" "生效";
        PolicyDiff "policy-diff": "show what differs from the policy in force" "显示与现行策略的差别", "diff" "差别";
        Export "export": "write all who would move to a CSV file" "将变动的客户导出为 CSV 文件", "export" "导出";
        TryAgain "try-again": "read the file again, and try it again" "重新读取文件并预演", "again" "重新预演";
    }
    Board {
        NumberBefore "number-before": "go to the number at the left" "转到左侧的数字", "number" "数字";
        NumberAfter "number-after": "go to the number at the right" "转到右侧的数字", "next number" "下一数字";
    }
    Playbooks {
        Pause "pause": "pause the playbook under the bar" "暂停当前行的流程", "pause" "暂停";
        Resume "resume": "let the playbook under the bar go on" "恢复当前行的流程", "resume" "恢复";
        Stop "stop": "end the playbook under the bar" "停止当前行的流程", "stop" "停止";
    }
    Plan {
        LeaveOut "leave-out": "leave out what is under the bar, once" "跳过当前行的计划", "leave out" "跳过";
    }
    Filter {
        KeepFilter "keep-filter": "keep the list as it is narrowed" "保留当前筛选", "keep" "保留";
        CompleteFilter "complete-filter": "write what is under the bar into the filter" "将当前候选项写入筛选条件", "complete" "补全";
        FilterBefore "filter-before": "take the filter typed before" "取上一条筛选条件", "earlier" "上一条";
        FilterAfter "filter-after": "take the filter typed after" "取下一条筛选条件", "later" "下一条";
    }
    Views {
        SaveView "save-view": "save the list as it is, under this name" "以此名称保存当前列表", "save" "保存";
        ShareView "share-view": "save the list as it is, for the whole team" "保存当前列表，供全组使用", "save for the team" "存为小组视图";
        RemoveView "remove-view": "take the view under the bar away" "删除当前视图", "remove" "删除";
    }
    Columns {
        Toggle "toggle": "show the column, or hide it" "显示或隐藏此列", "show/hide" "显示/隐藏";
    }
    Prompt {
        Complete "complete": "complete the name, or what is told behind it" "补全名称或其后的内容", "complete" "补全";
        RunBefore "run-before": "take what was run before" "取上一条执行过的命令", "earlier" "上一条";
        RunAfter "run-after": "take what was run after" "取下一条执行过的命令", "later" "下一条";
    }
}

impl Act {
    /// Whether it changes the book, at once or in a form.
    pub fn writes(self) -> bool {
        matches!(
            self,
            Act::NextTask
                | Act::Log
                | Act::AddTask
                | Act::AddCustomer
                | Act::AddContact
                | Act::AddDeal
                | Act::AddPurchase
                | Act::EditRecord
                | Act::Undo
                | Act::Redo
                | Act::Edit
                | Act::EditCustomer
                | Act::ChangeAll
                | Act::Assign
                | Act::Tag
                | Act::Untag
                | Act::SetTier
                | Act::Claim
                | Act::Release
                | Act::Archive
                | Act::TaskDone
                | Act::TaskAssign
                | Act::TaskDrop
                | Act::TaskSnooze
                | Act::Handover
                | Act::Adopt
                | Act::PlaybookStart
                | Act::PlaybookPause
                | Act::PlaybookResume
                | Act::PlaybookStop
                | Act::CareSkip
                | Act::MemberAway
                | Act::MemberBack
                | Act::Pause
                | Act::Resume
                | Act::Stop
                | Act::LeaveOut
        )
    }

    /// Its name and what may stand behind it in the palette; in brackets, what need not.
    pub fn usage(self, lang: Lang) -> String {
        match self.argument() {
            Some(argument) if argument.is_needed() => format!("{} {}", self.name(), argument.name(lang)),
            Some(argument) => format!("{} [{}]", self.name(), argument.name(lang)),
            None => self.name().to_owned(),
        }
    }

    /// The act of a name.
    pub fn from_name(name: &str) -> Option<Act> {
        Act::ALL.iter().copied().find(|act| act.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_kebab_case_and_found_again() {
        for act in Act::ALL {
            assert_eq!(Act::from_name(act.name()), Some(*act));
            assert!(act.name().bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", act.name());
        }
        let names: BTreeSet<_> = Act::ALL.iter().map(|act| act.name()).collect();
        assert_eq!(names.len(), Act::ALL.len());
        assert!(!names.contains("none"), "\"none\" unbinds");
    }

    #[test]
    fn descriptions_stand_alone_in_both_languages() {
        for lang in [Lang::En, Lang::Zh] {
            let all: BTreeSet<_> = Act::ALL.iter().map(|act| act.describe(lang)).collect();
            assert_eq!(all.len(), Act::ALL.len(), "two acts read the same");
        }
        let chinese = |text: &str| !text.is_ascii();
        for act in Act::ALL {
            assert!(chinese(act.describe(Lang::Zh)) && chinese(act.label(Lang::Zh)), "{}", act.name());
            assert!(!chinese(act.describe(Lang::En)) && !chinese(act.label(Lang::En)), "{}", act.name());
        }
    }
}

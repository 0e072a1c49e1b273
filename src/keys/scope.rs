//! Where acts make sense: panes, sheets, fields.

use crate::text::Lang;

/// Where an act makes sense; a section of a key map each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Everywhere.
    Global,
    /// Whatever has rows or pages.
    List,
    /// Whatever has rows that can be marked.
    Marks,
    /// The pane of customers.
    Customers,
    /// The pane of what happened.
    Timeline,
    /// The pane of tasks.
    Tasks,
    /// The pane of tiers.
    Tiers,
    /// A form.
    Form,
    /// A field of a form that takes one of a few values.
    Choice,
    /// A field of a form that names a record, while some are offered.
    Pick,
    /// Wherever a text is edited.
    Field,
    /// The look-up.
    Search,
    /// The bar in which a filter is typed.
    Filter,
    /// The saved views.
    Views,
    /// The choice of columns.
    Columns,
    /// The palette of acts.
    Prompt,
    /// The keys.
    Help,
    /// A page to read.
    Page,
    /// The week of due work.
    Week,
    /// Who mentions one.
    Inbox,
    /// A policy that is tried.
    Policy,
    /// The team's board.
    Board,
    /// The playbooks at work.
    Playbooks,
    /// The communication plan.
    Plan,
}

impl Scope {
    /// Every scope, in the order of help.
    pub const ALL: [Scope; 24] = [
        Scope::Global,
        Scope::List,
        Scope::Marks,
        Scope::Customers,
        Scope::Timeline,
        Scope::Tasks,
        Scope::Tiers,
        Scope::Form,
        Scope::Choice,
        Scope::Pick,
        Scope::Field,
        Scope::Search,
        Scope::Filter,
        Scope::Views,
        Scope::Columns,
        Scope::Prompt,
        Scope::Help,
        Scope::Page,
        Scope::Week,
        Scope::Inbox,
        Scope::Policy,
        Scope::Board,
        Scope::Playbooks,
        Scope::Plan,
    ];

    /// Its section in a key map: `"customers"`.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Global => "global",
            Scope::List => "list",
            Scope::Marks => "marks",
            Scope::Customers => "customers",
            Scope::Timeline => "timeline",
            Scope::Tasks => "tasks",
            Scope::Tiers => "tiers",
            Scope::Form => "form",
            Scope::Choice => "choice",
            Scope::Pick => "pick",
            Scope::Field => "field",
            Scope::Search => "search",
            Scope::Filter => "filter",
            Scope::Views => "views",
            Scope::Columns => "columns",
            Scope::Prompt => "prompt",
            Scope::Help => "help",
            Scope::Page => "page",
            Scope::Week => "week",
            Scope::Inbox => "inbox",
            Scope::Policy => "policy",
            Scope::Board => "board",
            Scope::Playbooks => "playbooks",
            Scope::Plan => "plan",
        }
    }

    /// What it is called in help.
    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Scope::Global => lang.pick("everywhere", "全局"),
            Scope::List => lang.pick("lists", "列表"),
            Scope::Marks => lang.pick("marked rows", "标记的行"),
            Scope::Customers => lang.pick("customers", "客户"),
            Scope::Timeline => lang.pick("timeline", "时间线"),
            Scope::Tasks => lang.pick("tasks", "任务"),
            Scope::Tiers => lang.pick("tiers", "客户分层"),
            Scope::Form => lang.pick("forms", "表单"),
            Scope::Choice => lang.pick("choices", "选项"),
            Scope::Pick => lang.pick("records to pick", "选取记录"),
            Scope::Field => lang.pick("editing", "编辑"),
            Scope::Search => lang.pick("find", "查找"),
            Scope::Filter => lang.pick("filter", "筛选"),
            Scope::Views => lang.pick("views", "视图"),
            Scope::Columns => lang.pick("columns", "列"),
            Scope::Prompt => lang.pick("palette", "命令面板"),
            Scope::Help => lang.pick("help", "帮助"),
            Scope::Page => lang.pick("pages", "页面"),
            Scope::Week => lang.pick("week", "周历"),
            Scope::Inbox => lang.pick("mentions", "提及"),
            Scope::Policy => lang.pick("policy", "策略"),
            Scope::Board => lang.pick("board", "看板"),
            Scope::Playbooks => lang.pick("playbooks", "流程"),
            Scope::Plan => lang.pick("communication plan", "沟通计划"),
        }
    }

    /// The scope of a section.
    pub fn from_name(name: &str) -> Option<Scope> {
        Scope::ALL.into_iter().find(|scope| scope.name() == name)
    }

    /// The scopes that are asked for a key while this one is in focus, narrowest first.
    pub fn stack(self) -> &'static [Scope] {
        match self {
            Scope::Global => &[Scope::Global],
            Scope::List => &[Scope::List, Scope::Global],
            Scope::Marks => &[Scope::Marks, Scope::List, Scope::Global],
            Scope::Customers => &[Scope::Customers, Scope::Marks, Scope::List, Scope::Global],
            Scope::Timeline => &[Scope::Timeline, Scope::List, Scope::Global],
            Scope::Tasks => &[Scope::Tasks, Scope::Marks, Scope::List, Scope::Global],
            Scope::Tiers => &[Scope::Tiers, Scope::List, Scope::Global],
            Scope::Form => &[Scope::Form, Scope::Field, Scope::Global],
            Scope::Choice => &[Scope::Choice, Scope::Form, Scope::Global],
            Scope::Pick => &[Scope::Pick, Scope::Form, Scope::Field, Scope::List, Scope::Global],
            Scope::Field => &[Scope::Field, Scope::Global],
            Scope::Search => &[Scope::Search, Scope::Field, Scope::List, Scope::Global],
            Scope::Filter => &[Scope::Filter, Scope::Field, Scope::List, Scope::Global],
            Scope::Views => &[Scope::Views, Scope::Field, Scope::List, Scope::Global],
            Scope::Columns => &[Scope::Columns, Scope::List, Scope::Global],
            Scope::Prompt => &[Scope::Prompt, Scope::Field, Scope::List, Scope::Global],
            Scope::Help => &[Scope::Help, Scope::Field, Scope::List, Scope::Global],
            Scope::Page => &[Scope::Page, Scope::List, Scope::Global],
            Scope::Week => &[Scope::Week, Scope::List, Scope::Global],
            Scope::Inbox => &[Scope::Inbox, Scope::List, Scope::Global],
            Scope::Policy => &[Scope::Policy, Scope::List, Scope::Global],
            Scope::Board => &[Scope::Board, Scope::List, Scope::Global],
            Scope::Playbooks => &[Scope::Playbooks, Scope::List, Scope::Global],
            Scope::Plan => &[Scope::Plan, Scope::List, Scope::Global],
        }
    }

    /// Whether plain characters are text here: then neither this scope nor a wider one binds them.
    pub fn takes_text(self) -> bool {
        matches!(
            self,
            Scope::Form
                | Scope::Pick
                | Scope::Field
                | Scope::Search
                | Scope::Filter
                | Scope::Views
                | Scope::Prompt
                | Scope::Help
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_found_by_name_and_stand_first_in_their_stack() {
        for scope in Scope::ALL {
            assert_eq!(Scope::from_name(scope.name()), Some(scope));
            assert_eq!(scope.stack().first(), Some(&scope));
            assert_eq!(scope.stack().last(), Some(&Scope::Global));
        }
    }
}

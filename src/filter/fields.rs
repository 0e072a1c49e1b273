//! What can be filtered by: one table, a row per field, a list of rows per kind of record.
//!
//! From the table come the enums that facts are asked with, the names and aliases that are read, the types of the
//! values, and the descriptions that completion shows. A new field is one row here and one arm where its record
//! answers.

use crate::model;
use crate::text::{Clean, Lang};

use super::fact::Fact;

/// The type of a field's values: which words are read, and which operators they take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Free text: `:`, `!=` compare folded, `~` looks inside.
    Text,
    /// An id that the policy defines (a tier, a stage, a duty); compared like text, checked by [`Filter::check`].
    ///
    /// [`Filter::check`]: super::Filter::check
    Word,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A number.
    Number,
    /// A share: `80` and `80%` are the same.
    Percent,
    /// An amount; a bare one is in the policy's currency.
    Money,
    /// A day or an instant, compared with dates as people type them.
    Date,
    /// The time since an instant, compared with a length such as `30d`.
    Age,
    /// Yes or no.
    Bool,
    /// Records of this kind, by id or by what they are called; members and teams also as `me`.
    Ref(Referent),
    /// An own field: its value decides what it is compared as.
    Own,
}

/// What kind of record a [`Kind::Ref`] field points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Referent {
    /// A customer.
    Customer,
    /// A contact of a customer.
    Contact,
    /// A member of the store.
    Member,
    /// A team.
    Team,
    /// A task.
    Task,
    /// A deal.
    Deal,
    /// A purchase.
    Purchase,
    /// A product.
    Product,
    /// An interaction.
    Interaction,
    /// A playbook at work, or one that ended.
    Run,
}

/// A field and what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The field.
    pub field: Field,
    /// Its name, as the normal form writes it.
    pub name: &'static str,
    /// Other names that are read: those of the JSON shapes.
    pub aliases: &'static [&'static str],
    /// Its names in Chinese, as columns and forms have them; the first is what completion offers.
    pub zh_names: &'static [&'static str],
    /// The type of its values.
    pub kind: Kind,
    en: &'static str,
    zh: &'static str,
}

impl Row {
    /// One line that says what the field is.
    pub fn hint(&self, lang: Lang) -> &'static str {
        lang.pick(self.en, self.zh)
    }

    fn is_called(&self, name: &str) -> bool {
        self.names().any(|called| called.eq_ignore_ascii_case(name))
    }

    /// Every name that is read.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.aliases.iter().chain([&self.name]).chain(self.zh_names).copied()
    }
}

macro_rules! fields {
    ($($(#[$doc:meta])* $schema:ident($fields:ident) {
        $($field:ident = $name:literal $([$($alias:literal)+])? / $($zh_name:literal)+: $kind:expr, $en:literal, $zh:literal;)+
    })+) => {
        /// A kind of record that is filtered, with the fields that it has.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Schema {
            $($(#[$doc])* $schema,)+
        }

        /// A field of a record of any kind.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Field {
            $($(#[$doc])* $schema($fields),)+
        }

        $($(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $fields {
            $(#[doc = concat!("`", $name, "`: ", $en, ".")] $field,)+
        })+

        impl Schema {
            /// Every kind of record, in the order of the table.
            pub const ALL: &[Schema] = &[$(Schema::$schema),+];

            /// The record's own fields, in the order of the table.
            pub fn rows(self) -> &'static [Row] {
                match self {
                    $(Schema::$schema => &[$(Row {
                        field: Field::$schema($fields::$field),
                        name: $name,
                        aliases: &[$($($alias),+)?],
                        zh_names: &[$($zh_name),+],
                        kind: $kind,
                        en: $en,
                        zh: $zh,
                    }),+],)+
                }
            }
        }

        impl Field {
            /// The kind of record that it belongs to.
            pub fn schema(self) -> Schema {
                match self {
                    $(Field::$schema(_) => Schema::$schema,)+
                }
            }

            fn place(self) -> usize {
                match self {
                    $(Field::$schema(field) => field as usize,)+
                }
            }
        }
    };
}

impl Schema {
    /// The fields of records of a kind; none where nobody filters those.
    pub fn of(kind: model::Kind) -> Option<Schema> {
        Some(match kind {
            model::Kind::Customer => Schema::Customer,
            model::Kind::Contact => Schema::Contact,
            model::Kind::Interaction => Schema::Interaction,
            model::Kind::Task => Schema::Task,
            model::Kind::Deal => Schema::Deal,
            model::Kind::Purchase => Schema::Purchase,
            model::Kind::Member => Schema::Member,
            model::Kind::Run => Schema::Run,
            model::Kind::Settings | model::Kind::Team | model::Kind::Batch | model::Kind::View => {
                return None;
            }
        })
    }

    /// Whether `customer.FIELD` reaches the fields of a customer that the record belongs to.
    pub fn has_customer(self) -> bool {
        !matches!(self, Schema::Customer | Schema::Member)
    }

    pub(super) fn row(self, name: &str) -> Option<&'static Row> {
        self.rows().iter().find(|row| row.is_called(name))
    }
}

impl Field {
    /// Its row in the table.
    pub fn row(self) -> &'static Row {
        &self.schema().rows()[self.place()]
    }
}

/// What a condition reads. Facts are asked with it; no names are compared while a filter runs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FieldRef {
    /// A field of the record, or of its customer.
    Field(Field),
    /// A figure of the customer, mostly over a window of time.
    Fact(Fact),
    /// `was(STAGE)`: whether the customer ever was in this stage.
    Was(Clean),
    /// `x.NAME`: an own field of the customer.
    Own(Clean),
}

impl FieldRef {
    /// The type of its values.
    pub fn kind(&self) -> Kind {
        match self {
            FieldRef::Field(field) => field.row().kind,
            FieldRef::Fact(fact) => fact.measure.kind(),
            FieldRef::Was(_) => Kind::Bool,
            FieldRef::Own(_) => Kind::Own,
        }
    }

    /// Whether its days are mostly still to come: a month alone is then the one that is near, else the latest.
    pub fn is_to_come(&self) -> bool {
        let FieldRef::Field(field) = self else { return false };
        ["protected", "returns", "next", "due", "snoozed_until", "close"].contains(&field.row().name)
    }

    /// The kind of record that it belongs to.
    pub fn schema(&self) -> Schema {
        match self {
            FieldRef::Field(field) => field.schema(),
            FieldRef::Fact(_) | FieldRef::Was(_) | FieldRef::Own(_) => Schema::Customer,
        }
    }
}

const CHANNELS: Kind = Kind::Choice(&[
    "phone", "email", "meeting", "visit", "wechat", "sms", "chat", "social", "web", "letter", "other",
]);
const OUTCOMES: Kind = Kind::Choice(&["reached", "replied", "no-answer", "left-message", "other"]);
const TASK_SOURCES: Kind =
    Kind::Choice(&["manual", "playbook", "cadence", "care", "case", "intake", "survey", "risk", "meeting"]);
const RUN_STATES: Kind = Kind::Choice(&["running", "paused", "done", "stopped"]);
const STAGES: Kind = Kind::Choice(&["prospecting", "engaging", "proposal", "negotiation", "won", "lost"]);
const ROLES: Kind = Kind::Choice(&["rep", "lead", "manager", "admin", "auditor"]);

use Kind::{Age, Bool, Choice, Date, Money, Number, Percent, Ref, Text, Word};

fields! {
    /// A customer.
    Customer(CustomerField) {
        Id = "id" / "编号": Ref(Referent::Customer), "its number", "编号";
        Name = "name" / "名称": Text, "its name", "名称";
        Kind = "kind" / "类型": Choice(&["company", "person"]), "company or person", "企业或个人";
        Tier = "tier" / "等级": Word, "the tier it is in", "等级";
        Stage = "stage" / "阶段" "生命周期阶段": Word, "its stage of life", "生命周期阶段";
        Owner = "owner" / "负责人": Ref(Referent::Member), "who knows it and answers for it", "负责人";
        Team = "team" / "小组": Ref(Referent::Team), "the team it belongs to", "所属小组";
        Backup = "backup" / "后备负责人": Ref(Referent::Member), "who looks after it while the owner is away", "负责人缺勤时的后备负责人";
        Collaborator = "collaborator" ["collaborators"] / "协同成员": Ref(Referent::Member), "who else looks after it", "协同成员";
        Duty = "duty" / "职责": Word, "a duty that somebody holds for it", "已有人承担的职责";
        Tag = "tag" ["tags"] / "标签": Text, "one of its tags", "标签";
        Region = "region" / "地区": Text, "where it is", "地区";
        Country = "country" / "国家": Text, "the country it is in", "国家";
        Industry = "industry" / "行业": Text, "its line of business", "行业";
        Employees = "employees" ["size"] / "员工数": Number, "how many people work there", "员工人数";
        Revenue = "revenue" / "年营收": Money, "its turnover in a year", "年营业额";
        Need = "need" / "需求": Choice(&["price", "quality", "service"]), "what counts most for it", "最看重的方面";
        Complexity = "complexity" / "复杂度": Text, "how complex it is to serve", "服务复杂度";
        Parent = "parent" / "上级": Ref(Referent::Customer), "the customer right above it", "上级客户";
        Group = "group" / "集团客户": Ref(Referent::Customer), "the head of its corporate group", "所属集团客户";
        Source = "source" / "来源": Text, "where it came from", "来源";
        Pool = "pool" / "公海": Word, "the open pool it lies in", "所在公海";
        Pooled = "pooled" / "在公海": Bool, "whether it lies in an open pool", "是否在公海";
        Protected = "protected" / "保护期": Date, "how long it is under protection", "保护期至";
        Returns = "returns" / "回收时间": Date, "when it returns to the open pool", "何时回收至公海";
        Returning = "returning" / "即将回收": Bool, "whether its return to the open pool is near", "是否即将回收至公海";
        Created = "created" / "创建时间": Date, "when it was entered", "创建时间";
        Updated = "updated" / "更新时间": Date, "when it was last changed", "更新时间";
        Verified = "verified" / "资料核实": Date, "when its data was last checked", "资料核实时间";
        Complete = "complete" / "完整度": Percent, "how complete its data is", "资料完整度";
        Idle = "idle" / "未联系": Age, "how long nobody has been in touch", "未联系时长";
        Last = "last" ["last_contact"] / "最近联系": Date, "when we last were in touch", "最近联系";
        Next = "next" ["next_due"] / "下一步": Date, "when its next step is due", "下一步时间";
        Recency = "recency" / "距上次购买": Age, "how long ago it last bought", "距上次购买时长";
        Late = "late" / "逾期": Bool, "whether a service standard is missed", "是否未达服务标准";
        Overdue = "overdue" / "任务逾期": Bool, "whether a task is past its due time", "是否有逾期任务";
        Channel = "channel" / "方式": CHANNELS, "the channel it prefers", "偏好渠道";
        Dnc = "dnc" / "请勿联系": Bool, "whether it asked not to be contacted", "是否谢绝联系";
        Archived = "archived" / "已归档": Bool, "whether it was put away", "是否归档";
    }

    /// A task.
    Task(TaskField) {
        Id = "id" / "编号": Ref(Referent::Task), "its number", "编号";
        Title = "title" / "事项": Text, "what is to be done", "标题";
        Customer = "customer" / "客户": Ref(Referent::Customer), "the customer it is for", "客户";
        CustomerName = "customer_name" / "客户名称": Text, "the name of that customer", "客户名称";
        Assignee = "assignee" / "执行人": Ref(Referent::Member), "who is to do it", "执行人";
        Team = "team" / "小组": Ref(Referent::Team), "the team in whose queue it is", "所属小组";
        Due = "due" / "时限": Date, "when it is due", "到期时间";
        State = "state" / "状态": Choice(&["open", "done", "dropped"]), "open, done or dropped", "状态";
        Source = "source" / "来源": TASK_SOURCES, "what it came from", "来源";
        Playbook = "playbook" / "流程": Word, "the playbook it belongs to", "所属流程";
        Step = "step" / "步骤": Word, "the step of that playbook", "所属步骤";
        Overdue = "overdue" / "逾期": Bool, "whether it is past its due time", "是否逾期";
        Duty = "duty" / "职责": Word, "the duty that does it", "职责";
        Promise = "promise" / "承诺": Bool, "whether it was promised to the customer", "是否承诺";
        SnoozedUntil = "snoozed_until" ["snoozed"] / "推迟至": Date, "how long it is put off", "推迟至";
        Paused = "paused" / "暂停": Bool, "whether its clock stands still", "是否暂停";
        Created = "created" / "创建时间": Date, "when it was made", "创建时间";
        DoneAt = "done_at" ["done"] / "完成时间": Date, "when it was done", "完成时间";
        DoneBy = "done_by" / "完成人": Ref(Referent::Member), "who did it", "完成人";
    }

    /// A deal.
    Deal(DealField) {
        Id = "id" / "编号": Ref(Referent::Deal), "its number", "编号";
        Title = "title" ["name"] / "名称": Text, "what it is about", "标题";
        Customer = "customer" / "客户": Ref(Referent::Customer), "the customer it is with", "客户";
        CustomerName = "customer_name" / "客户名称": Text, "the name of that customer", "客户名称";
        Stage = "stage" / "阶段": STAGES, "its stage in the pipeline", "销售漏斗阶段";
        State = "state" / "状态": Choice(&["open", "won", "lost"]), "open, won or lost", "状态";
        Amount = "amount" / "金额": Money, "what it is worth", "金额";
        Opened = "opened" / "开始日期": Date, "since when it is worked on", "开启日";
        Close = "close" ["expected" "expected_close"] / "预计成交": Date, "when it is expected to close", "预计成交日";
        Probability = "probability" / "成交概率": Percent, "how likely it is won", "赢单概率";
        Owner = "owner" / "负责人": Ref(Referent::Member), "who runs it", "负责人";
        Product = "product" / "产品": Text, "what is to be sold", "产品";
        Reason = "reason" ["lost_reason"] / "输单原因": Text, "why it was won or lost", "赢单或输单原因";
        Created = "created" / "创建时间": Date, "when it was entered", "创建时间";
        Closed = "closed" ["closed_at"] / "结束日期": Date, "when it was won or lost", "结束时间";
    }

    /// A purchase.
    Purchase(PurchaseField) {
        Id = "id" / "编号": Ref(Referent::Purchase), "its number", "编号";
        Customer = "customer" / "客户": Ref(Referent::Customer), "who bought", "客户";
        CustomerName = "customer_name" / "客户名称": Text, "the name of that customer", "客户名称";
        Product = "product" / "产品": Text, "what was bought", "产品";
        Date = "date" ["at"] / "日期": Date, "when it was bought", "交易时间";
        Amount = "amount" / "金额": Money, "for how much", "金额";
        Paid = "paid" / "已回款": Bool, "whether it is paid", "是否回款";
        Deal = "deal" / "商机": Ref(Referent::Deal), "the deal it came from", "对应商机";
        Owner = "owner" / "负责人": Ref(Referent::Member), "who sold it", "负责人";
        Reference = "reference" ["ref"] / "外部编号": Text, "its number in other books", "外部单号";
    }

    /// An interaction.
    Interaction(InteractionField) {
        Id = "id" / "编号": Ref(Referent::Interaction), "its number", "编号";
        Customer = "customer" / "客户": Ref(Referent::Customer), "the customer it was with", "客户";
        CustomerName = "customer_name" / "客户名称": Text, "the name of that customer", "客户名称";
        At = "at" / "时间": Date, "when it was", "时间";
        By = "by" / "由谁": Ref(Referent::Member), "who of us it was", "跟进人";
        Channel = "channel" / "方式": CHANNELS, "by which channel", "渠道";
        Direction = "direction" / "方向": Choice(&["in", "out"]), "from the customer or to it", "方向";
        Text = "text" / "内容": Text, "our own words", "内容";
        Said = "said" / "客户原话": Text, "the customer's own words", "客户原话";
        Outcome = "outcome" / "结果": OUTCOMES, "what came of it", "结果";
        Contact = "contact" / "联系人": Ref(Referent::Contact), "with whom it was", "联系人";
        Inquiry = "inquiry" / "询价": Bool, "whether the customer asked for something", "是否咨询";
        Greeting = "greeting" / "问候": Bool, "whether it was a greeting", "是否问候";
    }

    /// A contact.
    Contact(ContactField) {
        Id = "id" / "编号": Ref(Referent::Contact), "its number", "编号";
        Name = "name" / "姓名" "名称": Text, "the name", "姓名";
        Customer = "customer" / "客户": Ref(Referent::Customer), "the customer it belongs to", "客户";
        CustomerName = "customer_name" / "客户名称": Text, "the name of that customer", "客户名称";
        Title = "title" ["role"] / "职务": Text, "the position there", "职务";
        Phone = "phone" ["phones"] / "电话": Text, "a telephone number", "电话";
        Mail = "mail" ["mails" "email"] / "邮箱": Text, "a mail address", "邮箱";
        Channel = "channel" / "方式": CHANNELS, "the channel it prefers", "偏好渠道";
        Birthday = "birthday" / "生日": Date, "the birthday", "生日";
        Dnc = "dnc" / "请勿联系": Bool, "whether they asked not to be contacted", "是否谢绝联系";
        Created = "created" / "创建时间": Date, "when it was entered", "创建时间";
    }

    /// A member.
    Member(MemberField) {
        Id = "id" / "编号": Ref(Referent::Member), "the number", "编号";
        Name = "name" / "姓名" "名称": Text, "the name", "姓名";
        Login = "login" / "登录名": Text, "the Unix account", "登录名";
        Role = "role" / "角色": ROLES, "rep, lead, manager, admin or auditor", "角色";
        Team = "team" ["teams"] / "小组": Ref(Referent::Team), "a team the member is in", "所属小组";
        Lead = "lead" / "组长": Ref(Referent::Member), "the lead", "组长";
        Left = "left" / "已离职": Bool, "whether no longer with us", "是否离职";
        Skill = "skill" ["skills"] / "技能": Text, "a skill the member has", "技能";
        Absent = "absent" / "缺勤": Bool, "whether the member is away today", "今日是否缺勤";
        Created = "created" / "创建时间": Date, "when the member was entered", "创建时间";
    }

    /// A playbook at work, or one that ended.
    Run(RunField) {
        Id = "id" / "编号": Ref(Referent::Run), "its number", "编号";
        Customer = "customer" / "客户": Ref(Referent::Customer), "the customer it is for", "客户";
        CustomerName = "customer_name" / "客户名称": Text, "the name of that customer", "客户名称";
        Owner = "owner" / "负责人": Ref(Referent::Member), "who answers for that customer", "客户负责人";
        Playbook = "playbook" / "流程": Word, "which playbook it is", "所属流程";
        Version = "version" / "策略版本": Number, "the version of the policy that it began under", "启动时的策略版本";
        State = "state" / "状态": RUN_STATES, "running, paused, done or stopped", "状态";
        Reason = "reason" / "原因": Text, "why it stands there", "处于该状态的原因";
        Started = "started" ["begun"] / "开始": Date, "when what started it happened", "开始时间";
        Origin = "origin" / "来源": Text, "the record that started it", "触发它的记录";
        Paused = "paused" / "暂停": Date, "since when its clocks stand still", "何时起暂停";
        Ended = "ended" / "结束": Date, "when it was done or stopped", "结束时间";
        Created = "created" / "创建时间": Date, "when the record was made", "创建时间";
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn a_field_finds_its_own_row() {
        for row in Schema::ALL.iter().flat_map(|schema| schema.rows()) {
            assert_eq!(row.field.row().name, row.name);
            assert!(!row.hint(Lang::En).is_empty() && !row.hint(Lang::Zh).is_empty());
        }
    }

    #[test]
    fn no_name_stands_for_two_fields() {
        for schema in Schema::ALL {
            let names: Vec<_> = schema.rows().iter().flat_map(Row::names).collect();
            for name in &names {
                assert_eq!(names.iter().filter(|other| other == &name).count(), 1, "{schema:?} {name}");
            }
        }
    }

    #[test]
    fn chinese_names_of_fields_are_read_and_the_normal_form_is_english() {
        for (schema, text, printed) in [
            (
                Schema::Customer,
                "等级：A 负责人:安娜 阶段:loyal 标签!=vip 逾期:是",
                "tier:A owner:安娜 stage:loyal tag!=vip late:yes",
            ),
            (Schema::Customer, "未联系>30d or 下一步<today", "idle>30d or next<today"),
            (Schema::Task, "时限<today customer.等级:A 承诺:是", "due<today customer.tier:A promise:yes"),
        ] {
            assert_eq!(parse(text, schema).unwrap().to_string(), printed, "{text}");
        }
        let said = |text, schema| parse(text, schema).unwrap_err().say(Lang::Zh);
        assert!(said("负责:安娜", Schema::Customer).contains("负责人"));
        assert!(said("等级:A", Schema::Task).contains("customer.等级"));
    }

    #[test]
    fn every_field_that_the_field_names_is_read() {
        let domain = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/domain.md");
        let place = std::env::var_os("GX_DOMAIN").map_or(domain, std::path::PathBuf::from);
        let Ok(text) = std::fs::read_to_string(place) else {
            println!("skipped: ../shared/domain.md is not here, and GX_DOMAIN names no other place");
            return;
        };
        let names =
            text.split("* Fields at least: `").nth(1).and_then(|text| text.split('`').next()).unwrap();
        assert!(names.split(' ').count() > 30, "the list is read: {names}");
        for name in names.split(' ') {
            let row = Schema::Customer.row(name).unwrap_or_else(|| panic!("{name} is no field"));
            for typed in [format!("{name}:none"), format!("not {name}:none or {name}:yes")] {
                let printed = parse(&typed, Schema::Customer).map(|filter| filter.to_string());
                match printed {
                    Ok(printed) => assert!(printed.contains(row.name), "{typed}: {printed}"),
                    Err(error) => assert!(typed.contains(":yes"), "{typed}: {}", error.say(Lang::En)),
                }
            }
        }
    }

    #[test]
    fn the_json_names_are_understood() {
        for (schema, keys) in [
            (
                Schema::Customer,
                "id name kind parent owner team tier stage tags region industry last_contact next_due pooled",
            ),
            (
                Schema::Task,
                "id title customer customer_name assignee due state source playbook step overdue duty promise snoozed_until paused created done_at done_by",
            ),
            (Schema::Interaction, "id at by channel direction text said outcome contact"),
            (
                Schema::Run,
                "id customer customer_name playbook version started origin state reason paused ended created",
            ),
        ] {
            for key in keys.split(' ') {
                assert!(schema.row(key).is_some(), "{schema:?} {key}");
            }
        }
    }
}

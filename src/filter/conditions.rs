//! Conditions of rules in words: `spend(365d)>=20000` is *at least 20,000 spent in the last 365 days* and
//! 近365天成交金额 ≥ 20,000.

use std::fmt;

use super::fact::{Fact, Measure};
use super::fields::{CustomerField, Field, FieldRef, Kind, Schema};
use super::number::Number;
use super::parse::{parse, subject};
use super::tree::{Node, Op, Test, Value};
use crate::model::query::{PolicyName, Reason};
use crate::model::{Choice, Complexity, CustomerKind, Need, Source};
use crate::text::lang::Counted;
use crate::text::money::thousands_apart;
use crate::text::say::{conditions as say, model as words};
use crate::text::span::{Span, Unit};
use crate::text::{Clean, Lang};

/// A rule or a condition in the reader's words; what a newer server may say and this program cannot read stays as it
/// is.
pub(super) fn rule(text: &Clean, stages: &[PolicyName], lang: Lang) -> String {
    let reader = Reader { stages, lang };
    parse(text.as_str(), Schema::Customer).map_or_else(|_| text.line(), |rule| reader.node(rule.root()))
}

/// What a customer has, in the reader's words; none where the condition says it already, because it asks for yes or no.
pub(super) fn fact(reason: &Reason, stages: &[PolicyName], lang: Lang) -> Option<String> {
    let condition = reason.condition.as_str();
    let field = condition.strip_prefix("not ").unwrap_or(condition);
    let end = field.find([':', '!', '<', '>', '~']).unwrap_or(field.len());
    let field = subject(&field[..end], Schema::Customer);
    match &field {
        Some(field) if field.kind() == Kind::Bool => None,
        _ if reason.fact.is_empty() => Some(words::absent(lang).to_owned()),
        Some(field) => Some(Reader { stages, lang }.has(field, &reason.fact)),
        None => Some(reason.fact.line()),
    }
}

/// How much a figure is too small for a condition that asks for more of it; none where it asks for something else.
pub(super) fn gap(reason: &Reason) -> Option<String> {
    let rule = parse(reason.condition.as_str(), Schema::Customer).ok()?;
    let Node::Test(Test { op: op @ (Op::AtLeast | Op::More), values, .. }) = rule.root() else { return None };
    let wanted = match &values[..] {
        [Value::Number(more)] if *op == Op::More => more.next_whole()?,
        [Value::Number(wanted) | Value::Money(wanted, _)] => *wanted,
        _ => return None,
    };
    let has = match reason.fact.as_str() {
        "" => Number::from(0),
        fact => Number::parse(&fact.replace(',', ""))?,
    };
    let missing = Number::billionth(wanted.billionths() - has.billionths())?;
    (!reason.holds && missing > Number::from(0)).then(|| thousands_apart(&missing.to_string()))
}

/// Who reads, and what the stages are called.
#[derive(Clone, Copy)]
struct Reader<'a> {
    stages: &'a [PolicyName],
    lang: Lang,
}

impl Reader<'_> {
    fn node(self, node: &Node) -> String {
        let lang = self.lang;
        let inside = |part: &Node| match part {
            Node::Any(_) | Node::All(_) => lang.pick(["(", ")"], ["（", "）"]).join(&self.node(part)),
            _ => self.node(part),
        };
        match node {
            Node::All(parts) => parts.iter().map(inside).collect::<Vec<_>>().join(say::and(lang)),
            Node::Any(parts) => {
                parts.iter().map(|part| self.node(part)).collect::<Vec<_>>().join(say::or(lang))
            }
            Node::Not(part) => say::not(lang, inside(part)),
            Node::Word(word) => say::named(lang, word),
            Node::Test(test) => self.test(test),
        }
    }

    fn test(self, test: &Test) -> String {
        let lang = self.lang;
        let is_yes = (test.op == Op::Is) == matches!(test.values[..], [Value::Bool(true) | Value::Some]);
        match &test.field {
            FieldRef::Was(stage) if is_yes => say::once(lang, self.stage(stage)),
            FieldRef::Was(stage) => say::never(lang, self.stage(stage)),
            FieldRef::Fact(fact) => self.figure(fact, test),
            FieldRef::Own(name) => self.field(name.as_str(), test),
            FieldRef::Field(field) if field.row().kind == Kind::Bool => {
                let label = label(*field, lang);
                if is_yes { label.to_owned() } else { say::not(lang, label) }
            }
            FieldRef::Field(Field::Customer(CustomerField::Recency)) if test.op.is_order() => {
                say::bought(lang, self.compared(test))
            }
            FieldRef::Field(Field::Customer(CustomerField::Idle)) if test.op.is_order() => {
                say::idle(lang, self.compared(test))
            }
            FieldRef::Field(field) => self.field(label(*field, lang), test),
        }
    }

    fn field(self, label: &str, test: &Test) -> String {
        match (test.op, &test.values[..]) {
            (Op::Is, [Value::None]) | (Op::IsNot, [Value::Some]) => say::without(self.lang, label),
            (Op::Is, [Value::Some]) | (Op::IsNot, [Value::None]) => say::with(self.lang, label),
            _ => say::field(self.lang, label, self.compared(test)),
        }
    }

    /// A figure with what it is compared with, over its window.
    fn figure(self, fact: &Fact, test: &Test) -> String {
        let lang = self.lang;
        let when = match fact.window {
            Some(window) => say::within(lang, length(window, lang)),
            None => say::so_far(lang).to_owned(),
        };
        let amount = self.compared(test);
        let count = || self.count(test);
        let said = match fact.measure {
            Measure::Spend => say::spent(lang, amount, when),
            Measure::Orders => say::purchases(lang, count(), when),
            Measure::Contacts => say::contacts(lang, count(), when),
            Measure::ContactsIn => say::contacts_in(lang, count(), when),
            Measure::Cases => say::cases(lang, count(), when),
            Measure::Complaints => say::complaints(lang, count(), when),
            Measure::Csat => say::satisfaction(lang, amount, when),
            Measure::Points => say::points(lang, count(), when),
            Measure::OpenTasks => say::open_tasks(lang, count()),
            Measure::OpenDeals => say::open_deals(lang, count()),
            Measure::OpenCases => say::open_cases(lang, count()),
        };
        if fact.group { say::of_group(lang, said) } else { said }
    }

    /// What a count is compared with; that it is below one is *no*.
    fn count(self, test: &Test) -> Count {
        let number = match test.values[..] {
            [Value::Number(number)] => Some(number),
            _ => None,
        };
        let is_one = number == Some(Number::from(1));
        let is_nothing = match test.op {
            Op::Is | Op::AtMost => number == Some(Number::from(0)),
            Op::Less => is_one,
            _ => false,
        };
        let said = match (number, test.op) {
            _ if is_nothing => say::nothing(self.lang).to_owned(),
            (Some(number), Op::Less) => say::fewer(self.lang, thousands_apart(&number.to_string())),
            _ => self.compared(test),
        };
        Count { said, is_one }
    }

    fn compared(self, test: &Test) -> String {
        let lang = self.lang;
        let values: Vec<String> = test.values.iter().map(|value| self.value(&test.field, value)).collect();
        let values = values.join(say::or_value(lang));
        let is_date = test.field.kind() == Kind::Date;
        match test.op {
            Op::Is => say::exactly(lang, values),
            Op::IsNot => say::other_than(lang, values),
            Op::Less if is_date => say::before(lang, values),
            Op::Less => say::less(lang, values),
            Op::AtMost if is_date => say::until(lang, values),
            Op::AtMost => say::at_most(lang, values),
            Op::More if is_date => say::after(lang, values),
            Op::More => say::more(lang, values),
            Op::AtLeast if is_date => say::since(lang, values),
            Op::AtLeast => say::at_least(lang, values),
            Op::Contains => say::containing(lang, values),
        }
    }

    fn value(self, field: &FieldRef, value: &Value) -> String {
        let lang = self.lang;
        match value {
            Value::None => words::absent(lang).to_owned(),
            Value::Some | Value::Bool(true) => words::yes(lang).to_owned(),
            Value::Bool(false) => words::no(lang).to_owned(),
            Value::Number(number) if field.kind() == Kind::Percent => format!("{number}%"),
            Value::Number(number) | Value::Money(number, None) => thousands_apart(&number.to_string()),
            Value::Money(number, Some(currency)) => {
                format!("{} {currency}", thousands_apart(&number.to_string()))
            }
            Value::Span(span) => length(*span, lang),
            Value::Text(text) => self.word(field, text),
            Value::Moment(text) => text.line(),
            Value::Me | Value::Day(_) => value.to_string(),
        }
    }

    /// What a customer has, as it was written beside the condition.
    fn has(self, field: &FieldRef, fact: &Clean) -> String {
        let value = match field.kind() {
            Kind::Age => fact.as_str().parse().ok().map(Value::Span),
            Kind::Number | Kind::Percent => Number::parse(fact.as_str()).map(Value::Number),
            _ => None,
        };
        value.map_or_else(|| self.word(field, fact), |value| self.value(field, &value))
    }

    /// A word as people read it, where the field has words of its own.
    fn word(self, field: &FieldRef, word: &Clean) -> String {
        let FieldRef::Field(Field::Customer(field)) = field else { return word.line() };
        match field {
            CustomerField::Stage => self.stage(word),
            CustomerField::Kind => self.choice::<CustomerKind>(word),
            CustomerField::Need => self.choice::<Need>(word),
            CustomerField::Complexity => self.choice::<Complexity>(word),
            CustomerField::Source => self.choice::<Source>(word),
            _ => word.line(),
        }
    }

    fn choice<T: Choice>(self, word: &Clean) -> String {
        T::read(word.as_str()).map_or_else(|| word.line(), |choice| choice.label(self.lang).to_owned())
    }

    fn stage(self, id: &Clean) -> String {
        let known = self.stages.iter().find(|stage| stage.id == *id);
        known.map_or(id, |stage| self.lang.pick(&stage.en, &stage.zh)).line()
    }
}

/// A count in words.
struct Count {
    said: String,
    is_one: bool,
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said)
    }
}

impl Counted for Count {
    fn is_one(&self) -> bool {
        self.is_one
    }
}

/// A length of time, said whole: `365 days`.
fn length(Span { count, unit }: Span, lang: Lang) -> String {
    match unit {
        Unit::Minute => say::minutes(lang, count),
        Unit::Hour => say::hours(lang, count),
        Unit::Day => say::days(lang, count),
        Unit::Week => say::weeks(lang, count),
        Unit::Month => say::months(lang, count),
        Unit::Year => say::years(lang, count),
    }
}

/// What a sentence calls a field. The name is a word of its own for most, and not for these.
fn label(field: Field, lang: Lang) -> &'static str {
    use CustomerField as F;
    let row = field.row();
    let Field::Customer(customer) = field else { return lang.pick(row.name, row.zh_names[0]) };
    let en = match customer {
        F::Parent => "parent company",
        F::Group => "corporate group",
        F::Pool => "open pool",
        F::Pooled => "in the open pool",
        F::Protected => "protection",
        F::Returns => "return to the open pool",
        F::Returning => "soon in the open pool",
        F::Created => "entered",
        F::Updated => "last changed",
        F::Verified => "data checked",
        F::Complete => "completeness",
        F::Idle => "time without contact",
        F::Last => "last contact",
        F::Next => "next step",
        F::Recency => "last purchase",
        F::Late => "a missed service standard",
        F::Overdue => "an overdue task",
        F::Dnc => "wish not to be contacted",
        _ => row.name,
    };
    lang.pick(en, row.zh_names[0])
}

#[cfg(test)]
mod tests {
    use super::super::fields::Row;
    use super::*;

    fn said(text: &str, lang: Lang) -> String {
        rule(&Clean::new(text).unwrap(), &[], lang)
    }

    #[test]
    fn conditions_are_said_in_words() {
        for (typed, en, zh) in [
            ("orders():0", "no purchases so far", "累计成交次数 = 0"),
            ("orders():1", "1 purchase so far", "累计成交次数 = 1"),
            ("orders(365d)<4", "fewer than 4 purchases in the last 365 days", "近365天成交次数 < 4"),
            (
                "spend(365d)>=15000.5 or open(deals)>=1",
                "at least 15,000.5 spent in the last 365 days or at least 1 open deal",
                "近365天成交金额 ≥ 15,000.5 或 进行中商机数 ≥ 1",
            ),
            (
                "not group(spend(2m))<5EUR",
                "not less than 5 EUR spent in the last 2 months in the corporate group",
                "非 集团近2个月成交金额 < 5 EUR",
            ),
            (
                "region:East,North (idle>30d or tag~vip)",
                "region East or North and (no contact for more than 30 days or tag with vip in it)",
                "地区 = East或North 且 （未联系 > 30天 或 标签 包含 vip）",
            ),
            (
                "created>=2026-01-05 owner:none",
                "entered since 2026-01-05 and no owner",
                "创建时间 不早于 2026-01-05 且 负责人 为空",
            ),
            (
                "late:yes not overdue:yes",
                "a missed service standard and not an overdue task",
                "逾期 且 非 任务逾期",
            ),
            ("contacts(90d)<1", "no real contact in the last 90 days", "近90天有效联系次数 = 0"),
            ("created<=2026-01-05", "entered by 2026-01-05", "创建时间 不晚于 2026-01-05"),
            ("need:price kind:company", "need price and kind company", "需求 = 价格 且 类型 = 企业"),
            ("was(loyal):no", "never loyal", "从未为 loyal"),
            (
                "complete<80% x.contract:gold",
                "completeness less than 80% and contract gold",
                "完整度 < 80% 且 contract = gold",
            ),
            ("nonsense(3)>4 (", "nonsense(3)>4 (", "nonsense(3)>4 ("),
        ] {
            assert_eq!((said(typed, Lang::En).as_str(), said(typed, Lang::Zh).as_str()), (en, zh), "{typed}");
        }
    }

    /// A condition for each figure and field that a policy can name, with the name that must not be left in it.
    fn everything() -> Vec<(String, String)> {
        let figures = Measure::ALL.iter().map(|measure| {
            let (name, argument) = measure.spelled();
            (format!("{name}({})>=2", argument.unwrap_or("90d")), format!("{name}("))
        });
        let value = |row: &Row| {
            match row.kind {
                Kind::Number | Kind::Money | Kind::Percent => ">=5",
                Kind::Date => "<2026-01-01",
                Kind::Age => ">30d",
                Kind::Bool => ":yes",
                Kind::Choice(words) => return format!("{}:{}", row.name, words[0]),
                Kind::Text | Kind::Word | Kind::Ref(_) | Kind::Own => ":x1",
            }
            .to_owned()
        };
        let fields = Schema::Customer.rows().iter().map(|row| {
            let compared = value(row);
            let typed =
                if compared.starts_with(row.name) { compared } else { format!("{}{compared}", row.name) };
            (typed, row.name.to_owned())
        });
        figures.chain(fields).collect()
    }

    #[test]
    fn every_figure_and_field_of_a_policy_has_words() {
        let all = everything();
        assert!(all.len() > 40, "the tables are read: {}", all.len());
        for (typed, name) in &all {
            let [en, zh] = [Lang::En, Lang::Zh].map(|lang| said(typed, lang));
            assert!(!en.contains(['(', ')', '_', '<', '>', '=', ':']), "{typed}: {en}");
            assert!(en.is_ascii() && en != *typed, "{typed}: {en}");
            assert!(!zh.contains(name.as_str()) && !zh.is_ascii(), "{typed}: {zh}");
        }
    }

    #[test]
    fn every_fact_that_the_field_names_has_words() {
        let domain = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/domain.md");
        let place = std::env::var_os("GX_DOMAIN").map_or(domain, std::path::PathBuf::from);
        let Ok(text) = std::fs::read_to_string(place) else {
            println!("skipped: ../shared/domain.md is not here, and GX_DOMAIN names no other place");
            return;
        };
        let facts =
            text.split("* Facts with a window").nth(1).and_then(|text| text.split('`').nth(3)).unwrap();
        assert!(facts.split(' ').count() > 8, "the list is read: {facts}");
        for fact in facts.split(' ') {
            let typed = format!("{fact}>=2");
            assert!(!said(&typed, Lang::En).contains('('), "{typed}: {}", said(&typed, Lang::En));
        }
    }
}

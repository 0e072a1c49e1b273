//! From text to tree: a parser by hand, one function per level of the grammar.
//!
//! ```text
//! either = every { "or" every }
//! every  = single { ["and"] single }
//! single = ("not" | "-") single | "(" either ")" | term
//! term   = word | quotation | subject operator value { "," value } | "was" "(" stage ")"
//! ```

use std::ops::Range;

use crate::text::Clean;
use crate::text::near::nearest;

use super::error::{Called, Fault, FilterError};
use super::fact::{Fact, Measure};
use super::fields::{FieldRef, Kind, Schema};
use super::lex::{Cursor, Raw};
use super::tree::{Node, Op, Test, Value};
use super::value::typed;
use super::{Filter, MAX_DEPTH, MAX_LENGTH, MAX_VALUES};

/// Reads a filter over one kind of record. An empty text is the filter that everything passes.
pub fn parse(text: &str, schema: Schema) -> Result<Filter, FilterError> {
    if let Some((at, _)) = text.char_indices().nth(MAX_LENGTH) {
        return Err(Fault::TooLong.at(at..text.len()));
    }
    let mut parser = Parser { cursor: Cursor::new(text), schema, depth: 0, places: Vec::new() };
    let root = parser.whole()?;
    let filter = Filter { schema, root, places: parser.places };
    // A short spelling may have a long normal form; what is printed must be readable again.
    if filter.to_string().chars().count() > MAX_LENGTH {
        return Err(Fault::TooLong.at(0..text.len()));
    }
    Ok(filter)
}

/// The field or figure that a text names, and nothing else.
pub fn subject(text: &str, schema: Schema) -> Option<FieldRef> {
    let mut parser = Parser { cursor: Cursor::new(text), schema, depth: 0, places: Vec::new() };
    let word = parser.cursor.word();
    let name = &text[word.clone()];
    let field = match parser.cursor.peek() {
        Some('(') => parser.call(name, word),
        _ => parser.field(name, word),
    };
    field.ok().filter(|_| parser.cursor.peek().is_none())
}

struct Parser<'a> {
    cursor: Cursor<'a>,
    schema: Schema,
    depth: usize,
    /// Where each bare word and each value stands, in the order of the text.
    places: Vec<Range<usize>>,
}

impl<'a> Parser<'a> {
    fn whole(&mut self) -> Result<Node, FilterError> {
        self.cursor.skip_blanks();
        if self.cursor.peek().is_none() {
            return Ok(Node::All(Vec::new()));
        }
        let root = self.either()?;
        match self.cursor.peek() {
            None => Ok(root),
            Some(found) => Err(Fault::Unexpected(found).at(self.cursor.here())),
        }
    }

    fn either(&mut self) -> Result<Node, FilterError> {
        let mut branches = vec![self.every()?];
        while self.cursor.keyword("or") {
            branches.push(self.every()?);
        }
        Ok(Node::any(branches))
    }

    /// Leaves the cursor at the end, before `)`, or before `or`.
    fn every(&mut self) -> Result<Node, FilterError> {
        let mut parts = vec![self.single()?];
        loop {
            self.cursor.skip_blanks();
            let joined = self.cursor.keyword("and");
            if !joined
                && (matches!(self.cursor.peek(), None | Some(')')) || self.cursor.clone().keyword("or"))
            {
                return Ok(Node::all(parts));
            }
            parts.push(self.single()?);
        }
    }

    fn single(&mut self) -> Result<Node, FilterError> {
        self.cursor.skip_blanks();
        let start = self.cursor.here();
        if self.cursor.eat('-') || self.cursor.keyword("not") {
            return Ok(Node::not(self.deeper(start, Parser::single)?));
        }
        if self.cursor.eat('(') {
            let inner = self.deeper(start.clone(), Parser::either)?;
            return if self.cursor.eat(')') { Ok(inner) } else { Err(Fault::Unclosed.at(start)) };
        }
        let is_joined = self.cursor.clone().keyword("and") || self.cursor.clone().keyword("or");
        if is_joined || matches!(self.cursor.peek(), None | Some(')')) {
            return Err(Fault::NoCondition.at(start));
        }
        self.term()
    }

    fn deeper(
        &mut self,
        at: Range<usize>,
        inner: impl Fn(&mut Self) -> Result<Node, FilterError>,
    ) -> Result<Node, FilterError> {
        if self.depth == MAX_DEPTH {
            return Err(Fault::TooDeep.at(at));
        }
        self.depth += 1;
        let node = inner(self)?;
        self.depth -= 1;
        Ok(node)
    }

    fn term(&mut self) -> Result<Node, FilterError> {
        if let Some(raw) = self.cursor.quotation()? {
            return self.bare(&raw.text, raw.at);
        }
        let word = self.cursor.word();
        if word.is_empty() {
            return Err(Fault::Unexpected(self.cursor.peek().unwrap_or(' ')).at(self.cursor.here()));
        }
        let name = &self.cursor.text()[word.clone()];
        if self.cursor.peek() == Some('(') {
            let field = self.call(name, word.clone())?;
            return self.comparison(field, word.start..self.cursor.at());
        }
        if self.cursor.clone().operator().is_none() {
            return self.bare(name, word);
        }
        let field = self.field(name, word.clone())?;
        self.comparison(field, word)
    }

    fn bare(&mut self, text: &str, at: Range<usize>) -> Result<Node, FilterError> {
        let word = Clean::new(text).map_err(|unclean| Fault::Unclean(unclean).at(at.clone()))?;
        if word.as_str().trim().is_empty() {
            return Err(Fault::NoCondition.at(at));
        }
        self.places.push(at);
        Ok(Node::Word(word))
    }

    /// A field by its name; a figure's name alone means all time.
    fn field(&self, name: &str, at: Range<usize>) -> Result<FieldRef, FilterError> {
        let (schema, local) = self.owner_of(name);
        if let Some(row) = schema.row(local) {
            return Ok(FieldRef::Field(row.field));
        }
        if schema == Schema::Customer {
            if let Some(own) = local.strip_prefix("x.").filter(|own| !own.is_empty()) {
                let own = Clean::new(own).map_err(|unclean| Fault::Unclean(unclean).at(at))?;
                return Ok(FieldRef::Own(own));
            }
            if let Some(measure) = summed(local) {
                return Ok(FieldRef::Fact(Fact { measure, window: None, group: false }));
            }
        }
        Err(Fault::UnknownField { nearest: nearest_name(self.schema, name), name: washed(name) }.at(at))
    }

    /// What stands before a parenthesis: `spend(365d)`, `open(tasks)`, `group(spend())`, `was(loyal)`.
    fn call(&mut self, name: &str, at: Range<usize>) -> Result<FieldRef, FilterError> {
        let (schema, local) = self.owner_of(name);
        let local = local.to_ascii_lowercase();
        if schema != Schema::Customer {
            return Err(unknown_fact(name, at));
        }
        let open = self.cursor.here();
        self.cursor.eat('(');
        let field = match local.as_str() {
            "was" => FieldRef::Was(self.stage()?),
            "group" => FieldRef::Fact(Fact { group: true, ..self.inner_fact()? }),
            _ => FieldRef::Fact(self.fact(&local, at)?),
        };
        self.cursor.skip_blanks();
        if self.cursor.eat(')') { Ok(field) } else { Err(Fault::Unclosed.at(open)) }
    }

    fn stage(&mut self) -> Result<Clean, FilterError> {
        self.cursor.skip_blanks();
        let raw = self.cursor.value()?;
        if raw.text.is_empty() {
            return Err(Fault::NoStage.at(self.cursor.here()));
        }
        Clean::new(&raw.text).map_err(|unclean| Fault::Unclean(unclean).at(raw.at))
    }

    /// The figure inside `group(...)`, with or without parentheses of its own.
    fn inner_fact(&mut self) -> Result<Fact, FilterError> {
        self.cursor.skip_blanks();
        let at = self.cursor.word();
        let name = self.cursor.text()[at.clone()].to_ascii_lowercase();
        let open = self.cursor.here();
        if !self.cursor.eat('(') {
            let measure = summed(&name).ok_or_else(|| unknown_fact(&name, at))?;
            return Ok(Fact { measure, window: None, group: false });
        }
        let fact = self.fact(&name, at)?;
        self.cursor.skip_blanks();
        if self.cursor.eat(')') { Ok(fact) } else { Err(Fault::Unclosed.at(open)) }
    }

    /// A figure, from behind its opening parenthesis up to the closing one.
    fn fact(&mut self, name: &str, at: Range<usize>) -> Result<Fact, FilterError> {
        self.cursor.skip_blanks();
        let argument = self.cursor.value()?;
        let text = argument.text.as_ref();
        if let Some(measure) = summed(name) {
            if text.is_empty() {
                return Ok(Fact { measure, window: None, group: false });
            }
            let window = Fact::window(text).ok_or_else(|| Fault::BadWindow(washed(text)).at(argument.at))?;
            return Ok(Fact { measure, window: Some(window), group: false });
        }
        let counted: Vec<_> = Measure::ALL.iter().filter(|m| m.spelled().0 == name).collect();
        if counted.is_empty() {
            return Err(unknown_fact(name, at));
        }
        let is_meant = |m: &&&Measure| m.spelled().1.is_some_and(|what| what.eq_ignore_ascii_case(text));
        match counted.iter().find(is_meant) {
            Some(measure) => Ok(Fact { measure: **measure, window: None, group: false }),
            None => Err(Fault::BadArgument(washed(text)).at(argument.at)),
        }
    }

    fn comparison(&mut self, field: FieldRef, at: Range<usize>) -> Result<Node, FilterError> {
        let before = self.cursor.here();
        let called = Called::of(self.schema, &field);
        let Some(op) = self.cursor.operator() else {
            if !matches!(field, FieldRef::Was(_)) {
                return Err(Fault::NoComparison(called).at(at));
            }
            self.places.push(at);
            return Ok(Node::Test(Test { field, op: Op::Is, values: vec![Value::Bool(true)] }));
        };
        if !field.kind().takes(op) {
            return Err(Fault::BadOperator { field: called, op, kind: field.kind() }
                .at(before.start..self.cursor.at()));
        }
        let raws = self.raw_values(&called)?;
        let raws = if op.is_order() { one_value(&field, op, raws)? } else { raws };
        let mut values = Vec::with_capacity(raws.len());
        for raw in raws {
            values.push(typed(&field, &called, op, &raw).map_err(|fault| fault.at(raw.at.clone()))?);
            self.places.push(raw.at);
        }
        Ok(Node::Test(Test { field, op, values }))
    }

    fn raw_values(&mut self, field: &Called) -> Result<Vec<Raw<'a>>, FilterError> {
        let mut raws = Vec::new();
        loop {
            self.cursor.skip_blanks();
            let raw = self.cursor.value()?;
            if raw.text.trim().is_empty() {
                let at = if raw.quoted { raw.at } else { self.cursor.here() };
                return Err(Fault::NoValue(field.clone()).at(at));
            }
            if raws.len() == MAX_VALUES {
                return Err(Fault::TooManyValues.at(raw.at));
            }
            raws.push(raw);
            if !self.cursor.comma() {
                return Ok(raws);
            }
        }
    }

    /// Whose field a name means: `customer.tier` in a filter over tasks is the customer's `tier`.
    fn owner_of<'n>(&self, name: &'n str) -> (Schema, &'n str) {
        const PREFIX: &str = "customer.";
        match name.get(..PREFIX.len()) {
            Some(prefix) if self.schema.has_customer() && prefix.eq_ignore_ascii_case(PREFIX) => {
                (Schema::Customer, &name[PREFIX.len()..])
            }
            _ => (self.schema, name),
        }
    }
}

/// An order takes one value; commas in it can only part thousands.
fn one_value<'a>(field: &FieldRef, op: Op, raws: Vec<Raw<'a>>) -> Result<Vec<Raw<'a>>, FilterError> {
    if raws.len() < 2 {
        return Ok(raws);
    }
    let at = raws[0].at.start..raws[raws.len() - 1].at.end;
    let numeric = matches!(field.kind(), Kind::Number | Kind::Percent | Kind::Money | Kind::Own);
    let is_group = |raw: &Raw| !raw.quoted && raw.text.bytes().take_while(u8::is_ascii_digit).count() == 3;
    if !numeric || raws[0].quoted || !raws[1..].iter().all(is_group) {
        return Err(Fault::OneValue(op).at(at));
    }
    let text: String = raws.iter().map(|raw| raw.text.as_ref()).collect();
    Ok(vec![Raw { text: text.into(), at, quoted: false }])
}

/// The measure of this name that is summed over days.
fn summed(name: &str) -> Option<Measure> {
    let is_called = |m: &&Measure| matches!(m.spelled(), (called, None) if called.eq_ignore_ascii_case(name));
    Measure::ALL.iter().find(is_called).copied()
}

fn unknown_fact(name: &str, at: Range<usize>) -> FilterError {
    let figures = Measure::ALL.iter().map(|m| m.spelled().0).chain(["group", "was"]);
    let names = figures.filter(|figure| *figure != name);
    Fault::UnknownFact { nearest: nearest(name, names).map(str::to_owned), name: washed(name) }.at(at)
}

/// The name that was probably meant, as it has to be written here.
fn nearest_name(schema: Schema, name: &str) -> Option<String> {
    if schema.has_customer() && Schema::Customer.row(name).is_some() {
        return Some(format!("customer.{name}"));
    }
    nearest(name, names(schema).iter().map(String::as_str)).map(str::to_owned)
}

/// Every name that reads as a field here.
fn names(schema: Schema) -> Vec<String> {
    let of = |schema: Schema, prefix: &'static str| {
        schema.rows().iter().flat_map(super::fields::Row::names).map(move |name| format!("{prefix}{name}"))
    };
    let mut names: Vec<String> = of(schema, "").collect();
    if schema.has_customer() {
        names.extend(of(Schema::Customer, "customer."));
    }
    names
}

fn washed(text: &str) -> Clean {
    Clean::washed(text).0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(text: &str, schema: Schema) -> String {
        parse(text, schema).unwrap_or_else(|error| panic!("{}", error.caret(text))).to_string()
    }

    #[test]
    fn what_is_written_has_one_normal_form() {
        for (text, printed) in [
            (
                "tier:A stage:loyal,repeat region:华东 idle>30d spend(365d)>=100000 owner:me not tag:vip acme",
                "tier:A stage:loyal,repeat region:华东 idle>30d spend(365d)>=100000 owner:me not tag:vip acme",
            ),
            ("spend(365d) >= 100000 and orders(365d) >= 4", "spend(365d)>=100000 orders(365d)>=4"),
            ("spend(365d) >= 80000", "spend(365d)>=80000"),
            ("orders() > 0 and recency > 180d", "orders()>0 recency>180d"),
            ("tier:C and idle > 30d", "tier:C idle>30d"),
            ("", ""),
            ("  ", ""),
            // Joining.
            ("a or b c", "a or b c"),
            ("(a or b) c", "(a or b) c"),
            ("(a b) or (c or d)", "a b or c or d"),
            ("a AND (b and (c))", "a b c"),
            ("not (a or b)", "not (a or b)"),
            ("-tag:vip", "not tag:vip"),
            ("- tag:vip", "not tag:vip"),
            ("not not a", "a"),
            ("not(tier:A)or(tier:B)", "not tier:A or tier:B"),
            // Names and operators.
            ("TIER = A", "tier:A"),
            ("tier==A", "tier:A"),
            (
                "tags:vip last_contact<-30d next_due<=today size>50",
                "tag:vip last<-30d next<=today employees>50",
            ),
            ("tier : A , B", "tier:A,B"),
            ("tier：A，B idle≥30d name～集团 region≠华东", "tier:A,B idle>=30d name~集团 region!=华东"),
            ("x.contract:gold x.Größe>3", "x.contract:gold x.Größe>3"),
            // Figures.
            ("spend>=5 orders:0", "spend()>=5 orders():0"),
            ("Spend( 365d )>=1", "spend(365d)>=1"),
            ("open(tasks)>0 OPEN(Cases):0", "open(tasks)>0 open(cases):0"),
            ("group(spend(365d))>=1", "group(spend(365d))>=1"),
            ("group(spend)>=1 group(points())>0", "group(spend())>=1 group(points())>0"),
            ("group:c12", "group:c12"),
            ("was(loyal) not was(\"won back\")", "was(loyal) not was(\"won back\")"),
            ("was(loyal):no was(x)=yes", "was(loyal):no was(x)"),
            // Values.
            ("owner:\"Anna Snelling\",none", "owner:\"Anna Snelling\",none"),
            ("name:'none' tag:\"me\"", "name:\"none\" tag:\"me\""),
            ("owner:ME tier:None protected:yes parent:no", "owner:me tier:none protected:yes parent:none"),
            ("late:是 dnc:false", "late:yes dnc:no"),
            ("complete<80% complete>=5.0", "complete<80% complete>=5%"),
            ("revenue>=1,200,000 employees>1,000", "revenue>=1200000 employees>1000"),
            (
                "revenue>12万 revenue<100USD revenue<'eur 3.50'",
                "revenue>120000 revenue<100USD revenue<3.5EUR",
            ),
            (
                "spend>=12k revenue<1.2mUSD employees>3万 spend(365d)>=12,000",
                "spend()>=12000 revenue<1200000USD employees>30000 spend(365d)>=12000",
            ),
            ("revenue:¥5,¥6", "revenue:5CNY,6CNY"),
            ("idle>2W recency<=6m", "idle>2w recency<=6m"),
            ("created>=2026-1-5 created<2026年2月1日", "created>=2026-01-05 created<2026-02-01"),
            (
                "created>Today next<\"Tomorrow 15:00\" next>下周一",
                "created>today next<\"tomorrow 15:00\" next>下周一",
            ),
            ("need:Price kind!=PERSON", "need:price kind!=person"),
            // Bare words.
            ("\"acme corp\" 'or'", "\"acme corp\" \"or\""),
            ("长安（集团） Yahoo!", "长安（集团） \"Yahoo!\""),
            ("overdue", "overdue"),
        ] {
            assert_eq!(normal(text, Schema::Customer), printed, "{text}");
            assert_eq!(normal(printed, Schema::Customer), printed);
        }
    }

    #[test]
    fn other_records_have_their_own_fields_and_their_customers() {
        for (schema, text, printed) in [
            (Schema::Task, "state:open customer.tier:A", "state:open customer.tier:A"),
            (Schema::Task, "customer.tags:vip customer.spend>1", "customer.tag:vip customer.spend()>1"),
            (Schema::Task, "customer:c12 Customer.x.a:b", "customer:c12 customer.x.a:b"),
            (Schema::Deal, "customer.group(spend(30d))>=1", "customer.group(spend(30d))>=1"),
            (Schema::Deal, "stage:proposal customer.was(lapsed)", "stage:proposal customer.was(lapsed)"),
            (Schema::Interaction, "channel:phone outcome:no-answer", "channel:phone outcome:no-answer"),
            (Schema::Purchase, "date>=-30d paid:no", "date>=-30d paid:no"),
            (Schema::Member, "role:lead skill:senior", "role:lead skill:senior"),
            (
                Schema::Run,
                "begun<=-3d 状态:paused customer.tier:A",
                "started<=-3d state:paused customer.tier:A",
            ),
            (Schema::Contact, "customer.owner:me birthday:today", "customer.owner:me birthday:today"),
        ] {
            assert_eq!(normal(text, schema), printed, "{text}");
            assert_eq!(normal(printed, schema), printed);
        }
        assert!(parse("tier:A", Schema::Task).is_err());
        assert!(parse("spend()>1", Schema::Task).is_err());
        assert!(parse("customer.tier:A", Schema::Customer).is_err());
        assert!(parse("customer.tier:A", Schema::Member).is_err());
    }

    #[test]
    fn one_meaning_is_one_filter_however_it_is_spelled() {
        let filter = |text| parse(text, Schema::Customer).unwrap();
        assert_eq!(filter("tier=A and (idle > 30d)"), filter("tier:A idle>30d"));
        assert_ne!(filter("tier:A"), filter("tier:a"));
        assert!(filter(" ").is_everything() && !filter("a").is_everything());
    }

    #[test]
    fn caps_hold() {
        let customers = |text: &str| parse(text, Schema::Customer).map_err(|error| error.fault);
        let deep = |depth| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
        assert!(customers(&deep(MAX_DEPTH)).is_ok());
        assert_eq!(customers(&deep(MAX_DEPTH + 1)), Err(Fault::TooDeep));
        assert_eq!(customers(&"-".repeat(MAX_DEPTH + 1)), Err(Fault::TooDeep));
        assert!(customers(&"(a) ".repeat(MAX_DEPTH + 1)).is_ok(), "beside each other is not deep");
        assert!(customers(&"客".repeat(MAX_LENGTH)).is_ok());
        assert_eq!(customers(&"客".repeat(MAX_LENGTH + 1)), Err(Fault::TooLong));
        assert_eq!(
            customers(&"spend>5 ".repeat(MAX_LENGTH / 8)),
            Err(Fault::TooLong),
            "its normal form is longer"
        );
        let values = |count| format!("tag:{}", vec!["v"; count].join(","));
        assert!(customers(&values(MAX_VALUES)).is_ok());
        assert_eq!(customers(&values(MAX_VALUES + 1)), Err(Fault::TooManyValues));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused_at_a_place_in_it(text in "([a-z()<>=!~:,\"'“≥， -]|tier:|idle>|3d|and |or |not |spend\\(|.){0,30}") {
            match parse(&text, Schema::Customer) {
                Ok(filter) => {
                    let printed = filter.to_string();
                    let again = parse(&printed, Schema::Customer);
                    proptest::prop_assert_eq!(again.as_ref(), Ok(&filter), "{}", printed);
                    proptest::prop_assert_eq!(again.unwrap().to_string(), printed);
                }
                Err(error) => {
                    proptest::prop_assert!(text.get(error.at.clone()).is_some(), "{:?}", error);
                    proptest::prop_assert_eq!(error.caret(&text).lines().count(), 2);
                }
            }
        }
    }
}

//! What is answered to each question.

use super::*;

impl Server {
    /// What the book was then: before this century there was none, and then three customers.
    pub(in crate::tui::tests) fn answer_as_of(
        &mut self,
        on: Clean,
        query: &Query,
    ) -> Result<Answer, Refusal> {
        let early = on.as_str().starts_with("2001");
        self.as_of.push(on);
        if early {
            return Err(Refusal::BeforeTheBook(Day(730_486), Day(738_000)));
        }
        let answer = self.answer(query)?;
        Ok(match answer {
            Answer::Customers(lines, _) => Answer::Customers(lines.into_iter().take(3).collect(), 3),
            answer => answer,
        })
    }

    pub(in crate::tui::tests) fn answer(&self, query: &Query) -> Result<Answer, Refusal> {
        Ok(match query {
            Query::Session => Answer::Session(self.session()),
            Query::List { filter, sort, skip, limit } => {
                if filter.as_str().starts_with("teir") {
                    let (en, zh) = (clean("no field teir"), clean("没有字段 teir"));
                    return Err(Refusal::BadFilter { text: filter.clone(), at: (0, 4), en, zh });
                }
                if filter.as_str() == "tier:Z" {
                    let (en, zh) = (clean("there is no tier \"Z\""), clean("没有 tier“Z”"));
                    return Err(Refusal::BadFilter { text: filter.clone(), at: (5, 6), en, zh });
                }
                let all = self.rows(filter, sort);
                let page = all.iter().skip(*skip as usize).take(*limit as usize).cloned().collect();
                Answer::Customers(page, all.len() as u64)
            }
            Query::Find { words, .. } => {
                let words = words.as_str().to_lowercase();
                let score = |name: &Clean| match name.as_str().to_lowercase() {
                    name if name == words => Some(960),
                    name if name.starts_with(&words) => Some(600),
                    name => name.contains(&words).then_some(200),
                };
                let scored = |line: &CustomerLine| {
                    score(&line.name).map(|score| CustomerLine { score: Some(score), ..line.clone() })
                };
                let found: Vec<_> = self.customers.iter().filter_map(scored).take(8).collect();
                let total = found.len() as u64;
                Answer::Customers(found, total)
            }
            Query::Resolve(kind, Which::Words(words)) => {
                let customers =
                    self.customers.iter().map(|line| Named { id: line.id, name: line.name.clone() });
                let all: Vec<Named> =
                    if *kind == Kind::Customer { customers.collect() } else { vec![self.anna()] };
                let fits = |named: &&Named| named.name.as_str().contains(words.as_str());
                match all.iter().filter(fits).collect::<Vec<_>>()[..] {
                    [] => return Err(Refusal::NoMatch(*kind, words.clone())),
                    [one] => Answer::Resolved(one.clone()),
                    [one, two, ..] => {
                        let several = [one, two].map(|named| (named.id, named.name.clone())).to_vec();
                        return Err(Refusal::Ambiguous(*kind, words.clone(), several));
                    }
                }
            }
            Query::Card { customer: Which::Id(id), timeline, .. } => {
                let mut card = self.card(*id)?;
                card.timeline.truncate(*timeline as usize);
                Answer::Card(Box::new(card))
            }
            Query::Tasks { whose, filter, .. } => {
                let all = if *whose == Whose::Mine { &self.tasks[..] } else { &self.tasks[..2] };
                let tasks: Vec<TaskLine> = all.iter().filter(|task| is_due(task, filter)).cloned().collect();
                let total = tasks.len() as u64;
                Answer::Tasks(tasks, total)
            }
            Query::Company { customer, writing } => {
                self.told.borrow_mut().push((*customer, *writing));
                Answer::Company(self.company.clone())
            }
            Query::Place { filter, sort, customer } => {
                let row = self.rows(filter, sort).iter().position(|line| line.id == *customer);
                Answer::Place(row.map(|row| row as u64))
            }
            Query::Feed { since, .. } => {
                let by = vec![named(Kind::Member, 2, self.lang.pick("Bo Lin", "波"))];
                let line = |at: usize, commands: &[&str]| FeedLine {
                    customer: self.named(at),
                    at: ago(*since as i64 + at as i64 * HOUR),
                    by: by.clone(),
                    commands: commands.iter().map(|command| clean(command)).collect(),
                };
                Answer::Feed(vec![line(1, &["log", "task add"]), line(2, &["deal edit"])])
            }
            Query::Inbox { all, limit } => {
                let unread = self.inbox.iter().filter(|line| line.unread).count();
                let asked = self.inbox.iter().filter(|line| *all || line.unread);
                let lines = asked.take(*limit as usize).cloned().collect();
                Answer::Inbox(lines, (unread as u64).min(u64::from(*limit) + 1))
            }
            Query::Tiers => Answer::Tiers(self.tiers()),
            // What the screen knows by itself is told until the server is asked.
            Query::Values { field, .. } => match field.as_str() {
                "" => Answer::Values(vec![clean("contract"), clean("floor")]),
                "x.contract" => Answer::Values(vec![clean("gold")]),
                _ => return Err(Refusal::Unavailable(clean("busy"))),
            },
            Query::Board => Answer::Board(self.board()),
            Query::TierHistory { customer: Which::Id(id) } => {
                Answer::TierHistory(Named { id: *id, name: Clean::default() }, self.tier_steps())
            }
            Query::WhyTask { task } => Answer::WhyTask(Box::new(self.why_task(*task)?)),
            Query::Rows { kind: Kind::Batch, from, .. } => {
                let mut row = Row::blank(Kind::Batch);
                row.set(&Kind::Batch.field("name").unwrap().0, Value::Text(clean("import accounts.csv")));
                Answer::Rows(vec![RowLine {
                    id: Id::new(Kind::Batch, *from),
                    row,
                    names: Vec::new(),
                    hidden: Vec::new(),
                }])
            }
            Query::Rows { kind: Kind::Deal, .. } => {
                let (product, amount) = (clean("GTX Pro"), Some(money(4514)));
                let owner = self.anna();
                let stage = Some(DealStage::Negotiation);
                let deal = Deal { product, amount, stage, owner: Some(owner.id), ..Deal::default() };
                let id = Id::new(Kind::Deal, self.deal);
                Answer::Rows(vec![RowLine { id, row: deal.into(), names: vec![owner], hidden: Vec::new() }])
            }
            Query::Rows { kind: Kind::Interaction, from, .. } => {
                let (customer, contact) = (self.named(0), named(Kind::Contact, 4, "Juan Perez"));
                let said = Interaction {
                    customer: Some(customer.id),
                    contact: Some(contact.id),
                    by: Some(self.anna().id),
                    at: Some(ago(4 * HOUR)),
                    channel: Some(Channel::Phone),
                    direction: Some(Direction::Out),
                    outcome: Some(Outcome::Reached),
                    text: clean(self.lang.pick("Asked for the Q1 price list.", "索取一季度报价。")),
                    ..Interaction::default()
                };
                let names = vec![customer, contact, self.anna()];
                Answer::Rows(vec![RowLine {
                    id: Id::new(Kind::Interaction, *from),
                    row: said.into(),
                    names,
                    hidden: Vec::new(),
                }])
            }
            Query::Rows { kind: Kind::Run, .. } => Answer::Rows(self.run_rows()),
            Query::Rows { kind: Kind::Task, filter, .. } if filter.as_str().contains("playbook") => {
                Answer::Rows(self.step_rows())
            }
            Query::Playbooks { .. } => Answer::Playbooks(Server::playbooks()),
            Query::Care { .. } => Answer::Care(self.planned()),
            Query::Rows { kind: Kind::Task, from, .. } => {
                let Some(line) = self.tasks.iter().find(|task| task.id.n == *from) else {
                    return Ok(Answer::Rows(Vec::new()));
                };
                let task = Task {
                    title: line.title.clone(),
                    customer: line.customer.as_ref().map(|customer| customer.id),
                    assignee: line.assignee.as_ref().map(|member| member.id),
                    due: line.due,
                    ..Task::default()
                };
                let names = line.customer.iter().chain(&line.assignee).cloned().collect();
                Answer::Rows(vec![RowLine { id: line.id, row: task.into(), names, hidden: Vec::new() }])
            }
            Query::Rows { kind: Kind::View, .. } => {
                let line = |(id, view): &(Id, View)| RowLine {
                    id: *id,
                    row: Row::View(view.clone()),
                    names: Vec::new(),
                    hidden: Vec::new(),
                };
                Answer::Rows(self.views.iter().map(line).collect())
            }
            Query::Rows { kind, .. } => {
                let ours = (!self.team.is_empty()).then(|| Id::new(Kind::Team, 1));
                let name = match (kind, ours) {
                    (Kind::Team, Some(_)) => self.team,
                    _ => self.lang.pick("Anna Snelling", "安娜"),
                };
                let mut row = Row::blank(*kind);
                row.set(&kind.field("name").unwrap().0, Value::Text(clean(name)));
                let mut rows =
                    vec![RowLine { id: Id::new(*kind, 1), row, names: Vec::new(), hidden: Vec::new() }];
                let colleagues = self.colleagues.iter().filter(|_| *kind == Kind::Member);
                for (n, (login, name)) in (2..).zip(colleagues) {
                    let (login, name) = (clean(login), clean(name));
                    let member = Member { login, name, team: ours, ..Member::default() };
                    rows.push(RowLine {
                        id: Id::new(*kind, n),
                        row: member.into(),
                        names: Vec::new(),
                        hidden: Vec::new(),
                    });
                }
                Answer::Rows(rows)
            }
            Query::Policy(query) => Answer::Policy(self.policy(query)),
            Query::History { record: Some(_), .. } => Answer::History(self.history()),
            Query::History { before, .. } => {
                let entry = Entry {
                    seq: before.unwrap() - 1,
                    at: NOW,
                    by: self.author.map(|n| Id::new(Kind::Member, n)),
                    command: clean("edit"),
                    cause: Cause::Asked,
                    batch: None,
                    events: self.events.clone(),
                };
                let by = self.author.map(|n| named(Kind::Member, n, self.lang.pick("Bo Lin", "波")));
                Answer::History(vec![HistoryItem {
                    entry,
                    by,
                    undone_by: None,
                    due: None,
                    names: Vec::new(),
                }])
            }
            other => panic!("nobody asks {other:?}"),
        })
    }

    /// The rows of a list: by name and by spend they are sorted, else as they are.
    fn rows(&self, filter: &Clean, sort: &Clean) -> Vec<CustomerLine> {
        let (tier, word) = match filter.as_str().strip_prefix("tier:") {
            Some(tier) => (Some(tier), ""),
            None => (None, filter.as_str()),
        };
        if word == "pooled:yes" {
            return self.customers.iter().filter(|line| line.pooled).cloned().collect();
        }
        let fits = |line: &&CustomerLine| {
            tier.is_none_or(|tier| line.tier.as_str() == tier) && line.name.as_str().contains(word)
        };
        let mut rows: Vec<_> = self.customers.iter().filter(fits).cloned().collect();
        match sort.as_str() {
            "name" => rows.sort_by_key(|line| line.name.clone()),
            "-spend" => rows.sort_by_key(|line| std::cmp::Reverse(line.spend.minor)),
            _ => {}
        }
        rows
    }

    /// Somebody changed two fields, rules one, and somebody else a third that was taken back.
    fn history(&self) -> Vec<HistoryItem> {
        let set = |field: &str, from: &str, to: &str| {
            let value = |text: &str| if text.is_empty() { Value::Absent } else { Value::Text(clean(text)) };
            let field = Kind::Customer.field(field).unwrap().0;
            Event::Set { record: Id::customer(1), field, from: value(from), to: value(to) }
        };
        let item = |seq, by, cause, undone_by, events| {
            let at = ago((80 - seq as i64) * HOUR);
            let by: Option<Named> = by;
            let who = by.as_ref().map(|named| named.id);
            let entry =
                Entry { seq, at, by: who, command: clean("customer edit"), cause, batch: None, events };
            HistoryItem { entry, by, undone_by, due: None, names: Vec::new() }
        };
        let bo = named(Kind::Member, 2, "Bo Li");
        vec![
            item(
                71,
                Some(bo),
                Cause::Asked,
                None,
                vec![set("region", "West", "East"), set("industry", "", "retail")],
            ),
            item(
                70,
                None,
                Cause::Follows { seq: 69 },
                None,
                vec![set("tier", "B", "A"), set("tier_since", "2026-01-01", "2026-11-20")],
            ),
            item(
                60,
                Some(self.anna()),
                Cause::Asked,
                Some(61),
                vec![set("website", "a.example", "b.example")],
            ),
        ]
    }
}

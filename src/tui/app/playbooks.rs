//! Playbooks at work, the communication plan and absences: looked at, and changed as the palette is told.

use super::{App, LinkState};
use crate::keys::Act;
use crate::model::query::{PolicyName, RunLine};
use crate::model::{Change, Command, Id, Named, Whose};
use crate::text::Clean;
use crate::text::say::{care, playbook as say, together, tui};
use crate::tui::book::work::Running as AtWork;
use crate::tui::sheets::Sheet;
use crate::tui::sheets::page::{Page, Tells};
use crate::tui::sheets::palette::Palette;
use crate::tui::sheets::plan::Plan;
use crate::tui::sheets::running::Running;
use crate::tui::sheets::work;

impl App {
    /// Shows the playbooks at work, how they go, or what is planned.
    pub(super) fn show_work(&mut self, act: Act) {
        if !matches!(self.link, LinkState::Up) {
            return self.fail(tui::needs_link(self.lang));
        }
        self.sheets.push(match act {
            Act::Playbooks => Sheet::Running(Running::default()),
            Act::PlaybookFigures => Sheet::Page(Page::new(Tells::Playbooks)),
            _ => Sheet::Plan(Plan::new(self.tasks.whose == Whose::Mine)),
        });
    }

    /// Asks for what is shown of them.
    pub(super) fn ask_work(&mut self) {
        let any = |is: fn(&Sheet) -> bool| self.sheets.iter().any(is);
        let runs = any(|sheet| matches!(sheet, Sheet::Running(_)));
        let told = any(|sheet| matches!(sheet, Sheet::Palette(_)));
        let figures =
            any(|sheet| matches!(sheet, Sheet::Page(page) if matches!(page.tells(), Tells::Playbooks)));
        let plan = self.sheets.iter().find_map(|sheet| match sheet {
            Sheet::Plan(plan) => Some(plan.mine),
            _ => None,
        });
        let queued = self.book.tasks.iter().any(|task| task.step.is_some());
        self.book.ask_playbooks(runs || told || queued, self.now);
        self.book.ask_runs(runs, self.now);
        self.book.ask_figures(figures, self.now);
        self.book.ask_plan(plan, self.now);
    }

    /// Opens the palette for an act with a customer, of whose playbook or plan this is known.
    pub(super) fn ask_for(&mut self, customer: Named, act: Act, told: &str) {
        if self.stays_as_it_was() {
            return;
        }
        self.show(customer);
        let palette = Palette::asking(act, self.scope(), &self.habits.ran).with(&format!("{told} "));
        self.sheets.push(Sheet::Palette(palette));
    }

    /// Does with a playbook, a plan or an absence what the palette was told.
    pub(super) fn on_work(&mut self, act: Act, told: &Clean) {
        if self.stays_as_it_was() {
            return;
        }
        let text = told.as_str();
        let ordered = match act {
            Act::PlaybookStart => self.start(text),
            Act::CareSkip => self.leave_out(text),
            Act::MemberAway | Act::MemberBack => self.absence(act, text),
            _ => self.on_run(act, text),
        };
        match ordered {
            Ok((command, said)) => {
                self.order(|desk, ticket| desk.other(command.clone(), said.clone(), ticket));
            }
            Err(why) => self.fail(why),
        }
    }

    fn start(&self, text: &str) -> Result<(Command, String), String> {
        let customer = self.customer()?;
        let known = work::playbook(&self.book.work.names, text).cloned();
        let playbook = known.unwrap_or_else(|| self.book.work.called(&Clean::washed(text).0));
        let said = say::begun(self.lang, self.look().name(&playbook), &customer.name);
        Ok((Command::PlaybookStart { customer: customer.id, playbook: playbook.id }, said))
    }

    fn on_run(&self, act: Act, text: &str) -> Result<(Command, String), String> {
        let runs = self.runs();
        let Some((run, why)) = work::run(runs, text) else { return Err(self.which_run()?) };
        let (name, reason) = (self.run_name(run), Clean::washed(why).0);
        Ok(match act {
            Act::PlaybookPause => {
                let said = say::has_paused(self.lang, name, &reason);
                (Command::PlaybookPause { run, reason }, said)
            }
            Act::PlaybookResume => (Command::PlaybookResume { run }, say::goes_on(self.lang, name)),
            _ => (Command::PlaybookStop { run, reason }, say::has_stopped(self.lang, name)),
        })
    }

    /// Which playbooks are at work at the customer, for whoever did not say which.
    fn which_run(&self) -> Result<String, String> {
        let customer = self.customer()?;
        let called = |run: &RunLine| format!("{} {}", run.id, self.look().name(&run.playbook));
        let which: Vec<String> = self.runs().iter().map(called).collect();
        Ok(if which.is_empty() {
            say::none_at(self.lang, &customer.name)
        } else {
            say::several_at(self.lang, &customer.name, which.join(self.lang.pick(", ", "、")))
        })
    }

    fn leave_out(&self, text: &str) -> Result<(Command, String), String> {
        let customer = self.customer()?;
        let (occasion, why) = work::occasion(text).unwrap_or((text, ""));
        let (occasion, reason) = (Clean::washed(occasion).0, Clean::washed(why).0);
        let of_card = self.book.card.as_deref().filter(|card| card.line.id == customer.id);
        let mut plans = of_card.map_or(&[][..], |card| &card.why.planned).iter();
        let what = plans
            .find(|plan| work::occasions(plan).contains(&occasion))
            .map_or_else(|| occasion.line(), |plan| format!("{} {}", plan.day.date(), plan.what(self.lang)));
        let said = care::skipped(self.lang, what, &customer.name);
        Ok((Command::CareSkip { customer: customer.id, occasion, reason }, said))
    }

    fn absence(&self, act: Act, text: &str) -> Result<(Command, String), String> {
        let none = work::Absence { who: text, from: "", until: "", stand_in: "", reason: "" };
        let absence = if act == Act::MemberAway { work::absence(text).unwrap_or(none) } else { none };
        let who = self.member_or_me(absence.who)?;
        let stand_in = match absence.stand_in {
            "" => Clean::default(),
            typed => Clean::washed(&self.member(typed)?.id.to_string()).0,
        };
        let [from, until, reason] =
            [absence.from, absence.until, absence.reason].map(|text| Clean::washed(text).0);
        let said = match act {
            Act::MemberAway => together::is_away(self.lang, &who.name, &from, &until),
            _ => together::is_back(self.lang, &who.name),
        };
        let fields =
            [("away_from", from), ("away_until", until), ("stand_in", stand_in), ("away_reason", reason)];
        let changes = fields.map(|(field, text)| Change::put(Clean::known(field), text)).to_vec();
        Ok((Command::Edit { record: who.id, changes }, said))
    }

    /// The member of a name; without one it is me.
    fn member_or_me(&self, typed: &str) -> Result<Named, String> {
        let me = self.book.session.as_ref().map(|session| session.member.clone());
        me.filter(|_| ["", "me", "我"].contains(&typed.trim())).map_or_else(|| self.member(typed), Ok)
    }

    fn customer(&self) -> Result<Named, String> {
        self.subject.clone().ok_or_else(|| tui::no_subject(self.lang).to_owned())
    }

    /// The playbooks at work at the customer that everything is about.
    fn runs(&self) -> &[RunLine] {
        let subject = self.subject.as_ref().map(|subject| subject.id);
        let card = self.book.card.as_deref().filter(|card| Some(card.line.id) == subject);
        card.map_or(&[], |card| &card.why.runs)
    }

    /// What the playbook at work is called; its id where that is not known.
    fn run_name(&self, id: Id) -> String {
        let of_card = self.runs().iter().find(|run| run.id == id).map(|run| run.playbook.clone());
        let listed = || self.book.work.running()?.into_iter().find(|of| of.run.id == id).map(playbook);
        of_card.or_else(listed).map_or_else(|| id.to_string(), |name| self.look().name(&name).line())
    }
}

fn playbook(of: AtWork) -> PolicyName {
    of.run.playbook
}

//! What tasks are called that the program made, in the language of whoever reads them.
//!
//! A task keeps the words that it was made with, in the language that the policy names and without the names of
//! contacts. Whoever reads is shown the same in their language, with the names that they may know, as long as they are
//! those words: what people wrote themselves is left as it is.

use super::care::{NOBODY, Person};
use super::playbook::step_of;
use super::policy::Policy;
use super::{care, fields};
use crate::model::{Kind, Source, Task, Value};
use crate::text::say::care as say;
use crate::text::{Clean, Lang};

/// What a task is called for a reader of a language, to whom `person` says what contacts are called.
pub fn title(policy: &Policy, task: &Task, lang: Lang, person: Person<'_>) -> Clean {
    let kept = |lang| called(policy, task, lang, NOBODY);
    let is_ours = [Lang::En, Lang::Zh].into_iter().any(|lang| kept(lang).as_ref() == Some(&task.title));
    let called = || called(policy, task, lang, person);
    is_ours.then(called).flatten().unwrap_or_else(|| task.title.clone())
}

/// What the program calls such a task; none: it makes no such.
fn called(policy: &Policy, task: &Task, lang: Lang, person: Person<'_>) -> Option<Clean> {
    let title = match task.source? {
        Source::Playbook => {
            let title = &step_of(policy, task)?.title;
            lang.pick(&title.en, &title.zh).clone()
        }
        Source::Care => {
            let occasions: Vec<Clean> = task.occasions.iter().cloned().collect();
            care::title(policy, &occasions, lang, person)
        }
        Source::Cadence => {
            let said = |every| Clean::washed(&say::keep_in_touch(lang, every)).0;
            rhythm_of(&task.title).map(said).or_else(|| plain(&task.title, lang))?
        }
        _ => return None,
    };
    match fields::beginning(Kind::Task, "title", &title) {
        Value::Text(title) => Some(title),
        _ => None,
    }
}

/// The same of a title without figures.
fn plain(title: &Clean, lang: Lang) -> Option<Clean> {
    let is_it = |say: &fn(Lang) -> &'static str| {
        [Lang::En, Lang::Zh].into_iter().any(|lang| say(lang) == title.as_str())
    };
    let say = [say::revisit, say::in_touch].into_iter().find(is_it)?;
    Some(Clean::known(say(lang)))
}

/// After how many days one gets in touch again, as a title says it.
fn rhythm_of(title: &Clean) -> Option<i64> {
    let digits = title.as_str().split(|sign: char| !sign.is_ascii_digit()).find(|digits| !digits.is_empty());
    digits?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::policy::SHIPPED;
    use super::super::testing::{Office, edit, text};
    use super::*;
    use crate::model::{Command, Direction, Id, Log, Rows};

    fn titles(office: &Office, task: Id) -> [String; 2] {
        let row = office.rows.task(task).unwrap();
        [Lang::En, Lang::Zh].map(|lang| title(office.policy(), &row, lang, NOBODY).to_string())
    }

    #[test]
    fn what_the_program_made_is_called_in_the_readers_language_and_what_people_wrote_as_they_did() {
        for language in ["", "language = \"zh\"\n"] {
            let mut office = Office::under(&format!("{language}{SHIPPED}"));
            let [acme] = office.customers(["Acme"]);
            let inquiry =
                Log { inquiry: true, direction: Some(Direction::In), ..Log::call(acme, text("asks")) };
            office.run(Command::Log(Box::new(inquiry))).unwrap();
            let step = office.all(Kind::Task)[0].0;
            assert_eq!(titles(&office, step), ["First contact", "首次联系"]);
            let revisit = Log { revisit: text("+3d"), ..Log::call(acme, text("spoke")) };
            office.run(Command::Log(Box::new(revisit))).unwrap();
            let planned = office.all(Kind::Task).into_iter().map(|(id, _)| id);
            let planned: Vec<[String; 2]> = planned.map(|task| titles(&office, task)).collect();
            assert!(planned.contains(&["Revisit".to_owned(), "回访".to_owned()]), "{planned:?}");
            office.run(edit(step, "title", "Call them")).unwrap();
            assert_eq!(titles(&office, step), ["Call them", "Call them"]);
        }
    }

    #[test]
    fn a_greeting_and_the_rhythm_are_called_by_what_they_are_for() {
        let office = Office::new();
        let of = |source, title: &str| Task { source: Some(source), title: text(title), ..Task::default() };
        let both = |task: &Task| {
            [Lang::En, Lang::Zh].map(|lang| title(office.policy(), task, lang, NOBODY).to_string())
        };
        let rhythm = ["Get in touch (every 30 days)", "按沟通计划联系（每30天）"];
        for words in rhythm {
            assert_eq!(both(&of(Source::Cadence, words)), rhythm);
        }
        assert_eq!(both(&of(Source::Cadence, "按沟通计划联系")), ["Get in touch", "按沟通计划联系"]);
        assert_eq!(both(&of(Source::Cadence, "30 days are over")), ["30 days are over"; 2]);
        let name = &office.policy().care.occasions.first().unwrap().name;
        let greeting = [format!("Greeting: {}", name.en), format!("问候：{}", name.zh)];
        for words in &greeting {
            let task = Task { occasions: [name.id.clone()].into(), ..of(Source::Care, words) };
            assert_eq!(both(&task), greeting);
        }
    }
}

//! Tasks: the queue, who takes what from it, and what leaves it.

use super::*;

#[test]
fn a_task_in_the_queue_is_taken_by_exactly_one() {
    let office = Office::new();
    office.customer("Acme");
    for nth in 0..20 {
        let title = format!("call {nth}");
        office
            .add(
                Kind::Task,
                &[("title", &title), ("customer", "Acme"), ("assignee", "none"), ("due", "today")],
            )
            .unwrap();
    }
    let taken: Mutex<Vec<Id>> = Mutex::default();
    std::thread::scope(|threads| {
        for client in 100..110_u128 {
            let (office, taken) = (&office, &taken);
            threads.spawn(move || {
                for counter in 1..=2 {
                    let order = Order { counter, batch: None, dry_run: false, command: Command::TaskTake };
                    let done = office.service.execute(office.me, client, vec![order]).pop().unwrap().unwrap();
                    taken.lock().unwrap().extend(done.ids);
                }
            });
        }
    });
    let mut taken = taken.into_inner().unwrap();
    taken.sort_unstable();
    taken.dedup();
    assert_eq!(taken.len(), 20);
    assert!(taken.contains(&office.run(Command::TaskTake).unwrap().ids[0]), "one's own come round again");
}

#[test]
fn done_tasks_leave_the_queue_and_snoozed_ones_come_back() {
    let office = Office::new();
    office.customer("Acme");
    let task =
        office.add(Kind::Task, &[("title", "call"), ("customer", "Acme"), ("due", "today")]).unwrap().ids[0];
    assert_eq!(office.tasks("").len(), 1);
    office.run(Command::TaskSnooze { task, until: text("+2d") }).unwrap();
    assert_eq!(office.tasks("").len(), 0);
    office.run(Command::ClockMove { to: text("+3d") }).unwrap();
    assert_eq!(office.tasks("").len(), 1);
    office.run(Command::TaskDone { task, next: text("fri call again") }).unwrap();
    assert_eq!(office.tasks("")[0].title, text("call again"));
    assert_eq!(office.tasks("state:done").len(), 1);
    assert_eq!(
        office.run(Command::TaskDone { task, next: Clean::default() }),
        Err(Refusal::TaskClosed(task))
    );
}

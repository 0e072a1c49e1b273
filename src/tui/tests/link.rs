//! The link: a server that is away, late or closed to us.

use super::*;
use crate::ipc::client::ClientError;

#[test]
fn a_stopped_server_is_said_and_forms_go_on() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.online = false;
    desk.hear(Heard::Down(ClientError::Lost));
    assert!(desk.footer().contains("link lost, trying again"), "{}", desk.footer());
    assert!(desk.small().contains("Acme Corporation"), "what was known is still seen");
    desk.keys("l \"they called back\" enter");
    assert!(desk.footer().contains("sent once the server is back; esc takes it back"), "{}", desk.footer());
    desk.keys("j");
    assert!(desk.footer().contains("1 not sent yet"), "{}", desk.footer());
    desk.keys("u");
    assert!(desk.footer().contains("not now"), "{}", desk.footer());

    let sent = std::mem::take(&mut desk.unanswered);
    desk.online = true;
    desk.hear(Heard::Up);
    for send in sent.into_iter().filter(|send| matches!(send, Send::Do(..))) {
        desk.answer(send);
    }
    assert!(desk.footer().contains("live"), "{}", desk.footer());
    assert_eq!(desk.server.ordered.len(), 1);
}

#[test]
fn what_waits_for_the_link_is_taken_back_and_is_a_draft_again() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.online = false;
    desk.hear(Heard::Down(ClientError::Lost));
    desk.unanswered.clear();
    desk.keys("l \"they called back\" enter esc");
    let [Send::Do(ticket, ..)] = desk.unanswered[..] else { panic!("{:?}", desk.unanswered) };
    assert_eq!(desk.recalled, [ticket]);
    desk.hear(Heard::Recalled(ticket, false));
    assert!(desk.footer().contains("it may have arrived"), "{}", desk.footer());
    desk.keys("esc");
    desk.hear(Heard::Recalled(ticket, true));
    assert!(desk.footer().contains("taken back, a draft again: Acme"), "{}", desk.footer());
    desk.keys("esc");
    assert_eq!(desk.recalled.len(), 2, "nothing is left to be taken back");
    desk.keys("l");
    assert!(desk.small().contains("they called back"), "{}", desk.small());
}

#[test]
fn a_store_that_does_not_let_us_in_ends_the_screen() {
    let mut desk = Desk::new(Lang::En, (80, 24));
    desk.app.on(Message::Link(Heard::Down(ClientError::Stranger { user: 7 })), NOW);
    assert!(matches!(desk.app.effects()[..], [Effect::Fail(_)]));
    desk.app.on(Message::Link(Heard::Down(ClientError::NotReady { percent: 37 })), NOW);
    assert!(desk.footer().contains("rebuilding 37 %"), "{}", desk.footer());
}

#[test]
fn a_late_answer_is_waited_for_visibly() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.online = false;
    desk.keys("j");
    assert!(desk.row(1).contains("Acme Corporation"), "no flicker: the card before stays for a moment");
    let wake = desk.app.wake().unwrap();
    assert_eq!(wake.0 - NOW.0, 100);
    desk.app.tick(wake);
    assert!(desk.footer().contains("asking.."), "{}", desk.footer());
    assert!(desk.row(1).contains("Acme Logistics"), "{}", desk.row(1));
}

//! The pointer.

use super::*;
use crate::tui::input::Pointer;

/// Presses at the first place where a text stands.
fn press(desk: &mut Desk, text: &str) {
    let screen = desk.small();
    let found = screen.lines().enumerate().find_map(|(row, line)| Some((row, line.find(text)?, line)));
    let (row, byte, line) = found.unwrap_or_else(|| panic!("no {text}: {screen}"));
    let column = crate::text::width::width(&line[..byte]);
    desk.event(Event::Pointer(Pointer::Press, (column as u16, row as u16)));
}

#[test]
fn a_press_goes_to_a_row_and_on_the_selected_one_opens_it() {
    for lang in [Lang::En, Lang::Zh] {
        let name = lang.pick("Betatech", "贝塔科技");
        let mut desk = Desk::new(lang, (80, 24)).up();
        let row = format!("B {name}");
        press(&mut desk, &row);
        assert!(desk.row(1).contains(&format!("│ {name}")), "{}", desk.row(1));
        press(&mut desk, &row);
        assert!(desk.small().contains("┌─"), "the card is open");
        desk.keys("esc");
        press(&mut desk, lang.pick("renew", "续签"));
        assert!(desk.small().contains(lang.pick("▌ renew", "▌ 续签")), "{}", desk.small());
    }
}

#[test]
fn an_item_of_several_lines_is_one_row() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    press(&mut desk, "Not before February");
    assert!(desk.row(2).contains("│▌today"), "{}", desk.row(2));
    press(&mut desk, "Confirms 40 licences");
    let bar = desk.small().lines().find(|line| line.contains("│▌")).map(str::to_owned);
    assert!(bar.as_ref().is_some_and(|line| line.contains("mail in")), "{bar:?}");
}

#[test]
fn the_wheel_moves_the_bar_of_the_pane_below_it() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.event(Event::Pointer(Pointer::WheelDown, (3, 3)));
    assert!(desk.row(1).contains("│ Kan-code"), "{}", desk.row(1));
    desk.event(Event::Pointer(Pointer::WheelUp, (3, 3)));
    assert!(desk.row(1).contains("│ Acme Corporation"), "{}", desk.row(1));
    desk.event(Event::Pointer(Pointer::WheelDown, (200, 200)));
}

#[test]
fn what_the_footer_offers_can_be_pressed_and_a_form_is_left_alone() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    press(&mut desk, "l log");
    assert!(desk.small().contains("log · Acme Corporation"));
    let form = desk.small();
    desk.event(Event::Pointer(Pointer::Press, (3, 5)));
    desk.event(Event::Pointer(Pointer::WheelDown, (3, 5)));
    assert_eq!(desk.small(), form);
    press(&mut desk, "keep draft");
    assert!(!desk.small().contains("log · Acme Corporation"));
}

#[test]
fn in_a_form_a_press_goes_into_a_field_takes_a_value_and_saves() {
    for lang in [Lang::En, Lang::Zh] {
        let mut desk = Desk::new(lang, (80, 24)).up();
        desk.keys("l \"two lots\"");
        press(&mut desk, "wo lots");
        desk.keys("\"X\"");
        assert!(desk.small().contains("tXwo lots"), "the caret is where one pressed: {}", desk.small());
        press(&mut desk, lang.pick("call  from us", "电话  呼出"));
        press(&mut desk, lang.pick("replied", "已回复"));
        press(&mut desk, lang.pick("next ", "下一步 "));
        desk.keys("\"+3d call\"");
        press(&mut desk, lang.pick("enter saves", "enter 保存"));
        let Some((_, _, crate::model::Command::Log(log))) = desk.server.ordered.last() else {
            panic!("{}", desk.small())
        };
        assert_eq!((log.text.as_str(), log.next.as_str()), ("tXwo lots", "+3d call"));
        let chosen = (Some(crate::model::Outcome::Replied), Some(crate::model::Channel::Email));
        assert_eq!((log.outcome, log.channel), chosen, "a press on the one that is seen takes the next");
    }
}

#[test]
fn in_a_form_a_press_takes_what_is_offered() {
    let mut desk = Desk::new(Lang::En, (80, 24));
    desk.server.colleagues = vec![("zym", "赵一鸣"), ("versie", "Versie Hillebrand")];
    let mut desk = desk.up();
    desk.keys("b \"e\"");
    press(&mut desk, "Versie Hillebrand");
    assert!(desk.small().contains("owner    Versie Hillebrand"), "{}", desk.small());
    press(&mut desk, "enter saves");
    assert!(matches!(desk.server.ordered.last(), Some((.., crate::model::Command::Edit { .. }))));
}

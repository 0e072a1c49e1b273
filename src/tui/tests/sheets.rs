//! Sheets: the look-up, the help, the palette and the others.

use super::*;

#[test]
fn sheets_in_both_languages() {
    for lang in [Lang::En, Lang::Zh] {
        for (name, keys) in [
            (
                "log",
                "l \"They take the two lots if we hold last year's price.\" tab tab \"+3d send price list\"",
            ),
            ("log_outcome", "l shift-tab right right"),
            ("task", "t \"renew\" tab \"fri 15:00\""),
            ("done", "3 d"),
            ("find", "/ \"c\""),
            ("find_filter", "/ \"teir:A\""),
            ("find_empty", "/"),
            ("help", "?"),
            ("palette", ": \"ta\""),
            ("here", "3 ."),
            ("card", "enter"),
            ("item", "2 enter"),
        ] {
            let mut desk = Desk::new(lang, (80, 24)).up();
            let keys = if lang == Lang::Zh {
                keys.replace(
                    "They take the two lots if we hold last year's price.",
                    "如果保持去年的价格，他们接受分两批。",
                )
                .replace("\"c\"", "\"重庆\"")
            } else {
                keys.to_owned()
            };
            desk.keys(&keys);
            insta::assert_snapshot!(format!("sheet_{name}_{lang:?}"), desk.small());
        }
    }
}

#[test]
fn nothing_found_is_said_with_what_to_do() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("/ \"zzz\"");
    assert!(desk.small().contains("nobody found: try fewer letters"), "{}", desk.small());
    desk.keys("esc : \"import\"");
    assert!(desk.small().contains("no act is called that"), "{}", desk.small());
}

#[test]
fn a_customer_is_found_and_opened() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("/ \"condax\" down enter");
    assert!(desk.row(1).contains("Condax 2"), "{}", desk.row(1));
    desk.keys("/ \"tier:C\" enter");
    assert!(desk.row(1).contains("tier:C"), "a filter narrows the list: {}", desk.row(1));
}

#[test]
fn an_outdated_answer_of_the_look_up_is_not_shown() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.online = false;
    desk.keys("/ \"c\" \"x\"");
    let sends = std::mem::take(&mut desk.unanswered);
    desk.answer(sends.into_iter().next().unwrap());
    assert!(!desk.small().contains("8 of 85"), "{}", desk.small());
}

#[test]
fn what_is_under_the_bar_can_be_copied() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("y");
    assert!(desk.small().contains("copy · Acme Corporation"), "{}", desk.small());
    desk.keys("down enter");
    assert_eq!(desk.copied.take().as_deref(), Some("c1"));
    assert!(desk.footer().contains("sent to the terminal's clipboard: c1"), "{}", desk.footer());
    desk.keys("2 y");
    let copied = desk.copied.take().unwrap();
    assert!(copied.starts_with("call out") && copied.contains("price list"), "{copied}");
}

#[test]
fn the_palette_copies_what_it_is_told() {
    for (lang, said, none) in
        [(Lang::En, "copy 编号", "Acme Corporation has none"), (Lang::Zh, "copy id", "没有此项内容")]
    {
        let mut desk = Desk::new(lang, (80, 24)).up();
        desk.keys(&format!(": \"{said}\" enter"));
        assert_eq!(desk.copied.take().as_deref(), Some("c1"), "{}", desk.small());
        desk.keys(": \"copy website\" enter");
        assert_eq!(desk.copied, None);
        assert!(desk.footer().contains(none), "{}", desk.footer());
        desk.keys(": \"copy xyz\" enter");
        assert!(
            desk.small().contains(lang.pick("it takes what to copy: name", "应为：要复制的内容")),
            "{}",
            desk.small()
        );
    }
}

#[test]
fn a_look_up_without_an_answer_tells_no_number() {
    for lang in [Lang::En, Lang::Zh] {
        let mut desk = Desk::new(lang, (80, 24)).up();
        desk.online = false;
        desk.keys("/ \"acme\"");
        let (none, looking) = (lang.pick("0 of", "0 /"), lang.pick("looking..", "查找中.."));
        assert!(!desk.small().contains(none) && !desk.small().contains(looking), "{}", desk.small());
        desk.wait(200);
        assert!(!desk.small().contains(none) && desk.small().contains(looking), "{}", desk.small());
    }
}

//! The team's board: what stands on it, and the rows behind its numbers.

use super::*;

const SIZES: [(u16, u16); 3] = [(60, 15), (80, 24), (160, 50)];

#[test]
fn the_board_at_every_size_in_both_languages() {
    for lang in [Lang::En, Lang::Zh] {
        for size in SIZES {
            let mut desk = Desk::new(lang, size).up();
            desk.keys("B");
            insta::assert_snapshot!(format!("board_{lang:?}_{}x{}", size.0, size.1), desk.text(size));
        }
    }
}

#[test]
fn the_tier_view_grows_into_the_board() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("4");
    assert!(!desk.small().contains("BOARD"));
    desk.keys("4");
    assert!(desk.small().contains("BOARD"));
    desk.keys("4");
    assert!(!desk.small().contains("BOARD"));
}

/// The title of the list, with what it is narrowed to.
fn title(desk: &Desk) -> String {
    desk.text((160, 50)).lines().nth(1).unwrap_or_default().to_owned()
}

fn shows(desk: &Desk, filter: &str) -> bool {
    title(desk).contains(&format!(" {filter} "))
}

#[test]
fn numbers_open_to_their_rows_and_esc_comes_back_to_the_board() {
    let mut desk = Desk::new(Lang::En, (160, 50)).up();
    for (keys, filter) in [
        ("enter", "tier:A"),
        ("right enter", "tier:A late:yes"),
        ("right right enter", "id:c2,c5"),
        ("right right right right enter", "tier:A not owner:m1"),
        ("left left left left j enter", "tier:B"),
        ("G right enter", "stage:new late:yes"),
        ("G right right enter", "id:c4"),
    ] {
        desk.keys("B");
        desk.keys(keys);
        assert!(shows(&desk, filter), "{keys}: {}", title(&desk));
        assert!(!desk.text((160, 50)).contains("BOARD"), "{keys}");
        desk.keys("esc");
        assert!(!title(&desk).contains("er:"), "{keys}: {}", title(&desk));
        assert!(desk.text((160, 50)).contains("BOARD"), "{keys}");
        desk.keys("esc");
        assert!(!desk.text((160, 50)).contains("BOARD"), "{keys}");
    }
    desk.keys("B enter");
    desk.keys("f \"owner:me\" enter");
    desk.keys("esc");
    assert!(!desk.text((160, 50)).contains("BOARD"), "other rows are seen by then");
}

#[test]
fn an_empty_book_says_so_and_a_policy_without_a_standard_has_fewer_columns() {
    let mut desk = Desk::new(Lang::En, (80, 24));
    desk.server.customers.clear();
    let mut desk = desk.up();
    desk.keys("B");
    assert!(desk.small().contains("no customer yet"), "{}", desk.small());
    desk.keys("enter");

    let mut desk = Desk::new(Lang::En, (160, 50)).up();
    desk.keys("B");
    for head in ["answered", "median time", "unserved"] {
        assert!(desk.text((160, 50)).contains(head), "{head}");
    }
    desk.server.has_standards = false;
    desk.keys("esc B");
    for head in ["answered", "median time", "unserved"] {
        assert!(!desk.text((160, 50)).contains(head), "{head}");
    }
    desk.keys("right enter");
    assert!(shows(&desk, "tier:A late:yes"), "{}", title(&desk));
}

#[test]
fn every_row_counts_down_to_its_return_and_the_one_that_is_warned_of_says_so() {
    for (size, warned, other) in
        [((160, 50), "↓5d", "↓9d"), ((80, 24), "↓5d", "↓9d"), ((60, 15), "to pool 5d", "↓9d")]
    {
        let mut desk = Desk::new(Lang::En, size);
        for (nth, days) in [(0, 5), (2, 9)] {
            desk.server.customers[nth].returns = Some(NOW.plus_seconds(days * 86_400 + 60));
        }
        desk.server.customers[0].returning = true;
        let desk = desk.up();
        let screen = desk.text(size);
        for (told, name) in [(warned, "▌A Acme"), (other, "Hottechi")] {
            let rows: Vec<&str> = screen.lines().filter(|row| row.contains(told)).collect();
            let [row] = rows[..] else { panic!("{screen}") };
            assert!(row.contains(name), "{row}");
        }
    }
}

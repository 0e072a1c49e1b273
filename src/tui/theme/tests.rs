//! Colours and marks as terminals and people see them.

use std::collections::BTreeSet;

use super::*;

const MARKS: [Mark; 4] = [Mark::Late, Mark::Soon, Mark::New, Mark::Done];

fn of(colour: Option<bool>, env: &[(&str, &str)]) -> Theme {
    Theme::of(colour, |name| env.iter().find(|(known, _)| *known == name).map(|(_, v)| (*v).to_owned()))
}

#[test]
fn each_meaning_has_a_sign_and_a_look_of_its_own() {
    let theme = Theme::new(true, false);
    let signs: BTreeSet<_> = MARKS.iter().map(|mark| mark.sign()).collect();
    assert_eq!(signs.len(), MARKS.len());
    for (i, mark) in MARKS.iter().enumerate() {
        assert!(MARKS[i + 1..].iter().all(|other| theme.mark(*mark) != theme.mark(*other)), "{mark:?}");
        assert!((0..3).all(|rank| theme.tier(rank) != theme.mark(*mark)), "{mark:?}");
    }
}

#[test]
fn without_colour_the_focus_is_still_seen() {
    let theme = of(None, &[("NO_COLOR", "1"), ("TERM", "xterm"), ("LANG", "zh_CN.UTF-8")]);
    assert_eq!(theme, Theme::new(false, false));
    assert!(theme.title(true).add_modifier.contains(Modifier::REVERSED));
    for style in MARKS.map(|mark| theme.mark(mark)).into_iter().chain((0..3).map(|rank| theme.tier(rank))) {
        assert_eq!((style.fg, style.bg), (None, None));
    }
}

#[test]
fn the_environment_decides_unless_somebody_asked() {
    assert_eq!(of(None, &[("TERM", "xterm"), ("LC_ALL", "en_US.utf8")]), Theme::new(true, false));
    assert_eq!(of(None, &[("TERM", "xterm"), ("NO_COLOR", "")]), Theme::new(true, true));
    assert_eq!(of(None, &[("TERM", "dumb")]), Theme::new(false, true));
    assert_eq!(of(Some(true), &[("NO_COLOR", "1")]), Theme::new(true, true));
    let posix = of(None, &[("TERM", "xterm"), ("LC_ALL", "C"), ("LANG", "en_US.UTF-8")]);
    assert_eq!(posix.signs().vertical, "|", "LC_ALL goes before LANG");
}

const ROLES: [Role; 7] =
    [Role::Late, Role::Soon, Role::New, Role::FirstTier, Role::SecondTier, Role::Dim, Role::Accent];

/// The contrast of two colours, 1 to 21, as WCAG 2.2 has it.
fn contrast(one: Rgb, other: Rgb) -> f64 {
    let light = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = |(r, g, b): Rgb| 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b) + 0.05;
    let (one, other) = (luminance(one), luminance(other));
    one.max(other) / one.min(other)
}

#[test]
fn own_colours_can_be_read_on_their_ground_also_with_256_of_them() {
    for (palette, grounds) in [
        (Palette::Night, [(0, 0, 0), (0x28, 0x2c, 0x34)]),
        (Palette::Day, [(0xff, 0xff, 0xff), (0xf2, 0xf2, 0xee)]),
    ] {
        for role in ROLES {
            let own = palette.own(role).unwrap();
            for (shown, ground) in [own, indexed(nearest(own))].into_iter().zip([grounds; 2]) {
                let worst = ground.map(|ground| contrast(shown, ground)).into_iter().fold(21.0, f64::min);
                assert!(worst >= 4.5, "{palette:?} {role:?} {shown:?}: {worst:.1}");
            }
        }
    }
}

#[test]
fn the_nearest_of_240_colours_is_itself() {
    for index in 16..=255 {
        assert_eq!(indexed(nearest(indexed(index))), indexed(index));
    }
}

#[test]
fn a_palette_goes_down_to_what_the_terminal_has() {
    let late = |env: &[(&str, &str)], name: &str| {
        of(None, env).with(Palette::from_name(name).unwrap()).mark(Mark::Late).fg
    };
    let full = [("TERM", "xterm-256color"), ("COLORTERM", "truecolor")];
    assert_eq!(late(&full, "night"), Some(Color::Rgb(0xff, 0x75, 0x7f)));
    assert_eq!(late(&full[..1], "night"), Some(Color::Indexed(210)));
    assert_eq!(late(&[("TERM", "linux")], "night"), Some(Color::Red));
    assert_eq!(late(&full, "terminal"), Some(Color::Red));
    assert_eq!(late(&full, "mono"), None);
    assert_eq!(late(&[("TERM", "xterm"), ("NO_COLOR", "1")], "night"), None);
    assert_eq!(Palette::ALL.map(|palette| Palette::from_name(palette.name())), Palette::ALL.map(Some));
}

#[test]
fn the_ascii_form_is_ascii() {
    let theme = Theme::new(true, true);
    let Signs { bar, vertical, horizontal, cross, up, down, chosen, dot, full, .. } = theme.signs();
    let Signs { left, right, greeting, rhythm, .. } = theme.signs();
    let border = theme.border();
    assert!(left.is_ascii() && right.is_ascii());
    let drawn = [bar, vertical, horizontal, cross, up, down, chosen, dot, full, greeting, rhythm];
    for sign in drawn.into_iter().chain([border.top_left]) {
        assert!(sign.is_ascii() && sign.len() == 1, "{sign}");
    }
}

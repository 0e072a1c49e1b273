//! The two languages, and the macro that keeps every message in both.

use std::fmt::Display;

use serde::{Deserialize, Serialize};

/// A language of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// 简体中文.
    Zh,
}

impl Lang {
    /// Reads `en`, `zh`, `zh_CN.UTF-8` and their like; anything else is none of ours.
    pub fn from_locale(locale: &str) -> Option<Lang> {
        let language = locale.split(['_', '.', '-', '@', ':']).next()?;
        match language.to_ascii_lowercase().as_str() {
            "zh" => Some(Lang::Zh),
            "en" | "c" | "posix" => Some(Lang::En),
            _ => None,
        }
    }

    /// One of two texts.
    pub fn pick<T>(self, en: T, zh: T) -> T {
        match self {
            Lang::En => en,
            Lang::Zh => zh,
        }
    }
}

/// A number that English tells one from many by.
pub trait Counted: Display {
    /// Whether it is one.
    fn is_one(&self) -> bool;
}

macro_rules! counted {
    ($($number:ty)+) => {$(
        impl Counted for $number {
            fn is_one(&self) -> bool {
                *self == 1
            }
        }
    )+};
}

counted! { u8 u16 u32 u64 u128 usize i32 i64 }

/// Declares messages: a function each, taking the language and the named values, with the English and the Chinese
/// text in one place. A missing language does not parse, a mistyped or forgotten placeholder does not compile.
/// Where English has a text for one and another for many, `"one" | "many"`, the first value is the count.
///
/// ```
/// guanxi::messages! {
///     /// Said when a look-up finds nothing.
///     nothing_found(words) = "nothing matches \"{words}\"", "没有符合“{words}”的内容";
///     /// Title of the list.
///     customers() = "customers", "客户";
///     /// Rows that were refused.
///     rejected(count) = "{count} row was rejected" | "{count} rows were rejected", "{count} 行被拒绝";
/// }
/// assert_eq!(customers(guanxi::text::Lang::Zh), "客户");
/// assert_eq!(nothing_found(guanxi::text::Lang::En, "acme"), "nothing matches \"acme\"");
/// assert_eq!(rejected(guanxi::text::Lang::En, 1), "1 row was rejected");
/// ```
#[macro_export]
macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident ( $($arg:ident),* ) = $($en:literal)|+, $zh:literal;)*) => {
        $( $crate::messages!(@one [$(#[$doc])*] $name ($($arg),*) [$($en)|+] $zh); )*
    };
    (@one [$(#[$doc:meta])*] $name:ident () [$en:literal] $zh:literal) => {
        $(#[$doc])*
        pub fn $name(lang: $crate::text::Lang) -> &'static str {
            match lang {
                $crate::text::Lang::En => $en,
                $crate::text::Lang::Zh => $zh,
            }
        }
    };
    (@one [$(#[$doc:meta])*] $name:ident ($($arg:ident),+) [$en:literal] $zh:literal) => {
        $(#[$doc])*
        pub fn $name(lang: $crate::text::Lang, $($arg: impl std::fmt::Display),+) -> String {
            match lang {
                $crate::text::Lang::En => format!($en, $($arg = $arg),+),
                $crate::text::Lang::Zh => format!($zh, $($arg = $arg),+),
            }
        }
    };
    (@one [$(#[$doc:meta])*] $name:ident ($count:ident $(, $arg:ident)*) [$one:literal | $many:literal] $zh:literal) => {
        $(#[$doc])*
        pub fn $name(
            lang: $crate::text::Lang,
            $count: impl $crate::text::lang::Counted,
            $($arg: impl std::fmt::Display),*
        ) -> String {
            match lang {
                $crate::text::Lang::En if $count.is_one() => format!($one, $count = $count $(, $arg = $arg)*),
                $crate::text::Lang::En => format!($many, $count = $count $(, $arg = $arg)*),
                $crate::text::Lang::Zh => format!($zh, $count = $count $(, $arg = $arg)*),
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn locales_name_their_language() {
        assert_eq!(Lang::from_locale("zh_CN.UTF-8"), Some(Lang::Zh));
        assert_eq!(Lang::from_locale("C.UTF-8"), Some(Lang::En));
        assert_eq!(Lang::from_locale("ru_RU"), None);
    }
}

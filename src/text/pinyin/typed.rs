//! What was typed, with all the ways in which a syllable can take a piece of it worked out beforehand.

use super::sounds::{Sounds, Syllable};

/// A word that was typed, at most 63 characters, and the ways it can be spent on each syllable there is.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    sounds: &'static Sounds,
    signs: Vec<char>,
    ways: Vec<Ways>,
}

/// Where in a typed word a syllable can take a piece of it: bit `n` stands for the piece that begins at `n`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ways {
    /// Its first letter stands there. All other ways are among these.
    pub(super) initial: u64,
    /// Its `zh`, `ch` or `sh` stands there.
    pub(super) double: u64,
    /// It stands there in full.
    pub(super) full: u64,
    /// It begins there, and what was typed ends before it does.
    pub(super) unfinished: u64,
    /// How many letters it has.
    pub(super) length: u8,
}

impl Typed {
    const LONGEST: usize = 63;

    pub(super) fn new(signs: impl Iterator<Item = char>) -> Typed {
        let signs: Vec<char> = signs.take(Typed::LONGEST).collect();
        let sounds = Sounds::all();
        let ways = sounds.spellings().iter().map(|spelling| Ways::of(spelling, &signs)).collect();
        Typed { sounds, signs, ways }
    }

    pub(super) fn sounds(&self) -> &'static Sounds {
        self.sounds
    }

    pub(super) fn signs(&self) -> &[char] {
        &self.signs
    }

    pub(super) fn len(&self) -> usize {
        self.signs.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.signs.is_empty()
    }

    pub(super) fn ways(&self, syllable: Syllable) -> &Ways {
        &self.ways[usize::from(syllable)]
    }
}

impl Ways {
    fn of(spelling: &str, typed: &[char]) -> Ways {
        let mut ways = Ways { length: spelling.len() as u8, ..Ways::default() };
        for from in 0..typed.len() {
            let rest = &typed[from..];
            let common = rest
                .iter()
                .zip(spelling.chars())
                .take_while(|(typed, read)| stands_for(**typed, *read))
                .count();
            let here = |holds: bool| u64::from(holds) << from;
            ways.initial |= here(common > 0);
            ways.double |= here(common > 1 && rest[1] == 'h');
            ways.full |= here(common == spelling.len());
            ways.unfinished |= here(common == rest.len() && common < spelling.len());
        }
        ways
    }
}

/// A typed letter stands for itself; ü is typed as `v` or `u`.
fn stands_for(typed: char, read: char) -> bool {
    typed == read || read == 'v' && typed == 'u'
}

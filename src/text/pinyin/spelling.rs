//! Which reading is meant: what the default reading of a character misses in names.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Characters whose usual reading in names is not the first of the dictionary.
pub(super) const USUAL: &[(char, &str)] = &[
    ('似', "si"),
    ('晟', "sheng"),
    ('曾', "zeng"),
    ('缪', "miao"),
    ('翟', "zhai"),
    ('薄', "bo"),
    ('覃', "qin"),
    ('都', "du"),
    ('长', "chang"),
    ('阚', "kan"),
    ('隗', "wei"),
];

/// Words in which a character is not read as usual, with all their syllables.
pub(super) const WORDS: &[(&str, &str)] = &[
    // Places.
    ("重庆", "chong qing"),
    ("厦门", "xia men"),
    ("佛山", "fo shan"),
    ("蚌埠", "beng bu"),
    ("番禺", "pan yu"),
    ("西藏", "xi zang"),
    ("喀什", "ka shi"),
    ("阿勒泰", "a le tai"),
    ("闵行", "min hang"),
    ("莘庄", "xin zhuang"),
    ("大埔", "da bu"),
    ("大城县", "dai cheng xian"),
    ("枞阳", "zong yang"),
    ("涡阳", "guo yang"),
    ("泌阳", "bi yang"),
    ("泊头", "bo tou"),
    ("洪洞", "hong tong"),
    ("牟平", "mu ping"),
    ("犍为", "qian wei"),
    ("珲春", "hun chun"),
    ("筠连", "jun lian"),
    ("蔚县", "yu xian"),
    ("铅山", "yan shan"),
    ("乐清", "yue qing"),
    ("柏林", "bo lin"),
    ("秘鲁", "bi lu"),
    // Firms and what they do.
    ("银行", "yin hang"),
    ("商行", "shang hang"),
    ("车行", "che hang"),
    ("洋行", "yang hang"),
    ("分行", "fen hang"),
    ("支行", "zhi hang"),
    ("总行", "zong hang"),
    ("央行", "yang hang"),
    ("投行", "tou hang"),
    ("工行", "gong hang"),
    ("农行", "nong hang"),
    ("建行", "jian hang"),
    ("交行", "jiao hang"),
    ("招行", "zhao hang"),
    ("同行", "tong hang"),
    ("行业", "hang ye"),
    ("行情", "hang qing"),
    ("音乐", "yin yue"),
    ("乐器", "yue qi"),
    ("乐团", "yue tuan"),
    ("乐队", "yue dui"),
    ("乐谱", "yue pu"),
    ("美的", "mei di"),
    ("快的", "kuai di"),
    ("阿胶", "e jiao"),
    ("参茸", "shen rong"),
    ("会计", "kuai ji"),
    ("财会", "cai kuai"),
    ("模具", "mu ju"),
    ("模板", "mu ban"),
    ("弹簧", "tan huang"),
    ("弹性", "tan xing"),
    ("给水", "ji shui"),
    ("供给", "gong ji"),
    ("空调", "kong tiao"),
    ("调味", "tiao wei"),
    ("调整", "tiao zheng"),
    ("调节", "tiao jie"),
    ("调解", "tiao jie"),
    ("调理", "tiao li"),
    ("重组", "chong zu"),
    ("重新", "chong xin"),
    ("重阳", "chong yang"),
    ("差旅", "chai lv"),
    ("还款", "huan kuan"),
    ("标识", "biao zhi"),
    ("校对", "jiao dui"),
    ("校准", "jiao zhun"),
    ("角色", "jue se"),
    ("率先", "shuai xian"),
    ("宝藏", "bao zang"),
    ("藏族", "zang zu"),
    ("藏药", "zang yao"),
    ("朝晖", "zhao hui"),
    ("朝霞", "zhao xia"),
    ("大夫", "dai fu"),
    // People who are read zhang.
    ("行长", "hang zhang"),
    ("董事长", "dong shi zhang"),
    ("理事长", "li shi zhang"),
    ("会长", "hui zhang"),
    ("校长", "xiao zhang"),
    ("院长", "yuan zhang"),
    ("厂长", "chang zhang"),
    ("店长", "dian zhang"),
    ("部长", "bu zhang"),
    ("处长", "chu zhang"),
    ("科长", "ke zhang"),
    ("局长", "ju zhang"),
    ("组长", "zu zhang"),
    ("队长", "dui zhang"),
    ("站长", "zhan zhang"),
    ("市长", "shi zhang"),
    ("县长", "xian zhang"),
    ("家长", "jia zhang"),
    ("成长", "cheng zhang"),
    ("增长", "zeng zhang"),
    ("生长", "sheng zhang"),
    ("长孙", "zhang sun"),
    ("尉迟", "yu chi"),
    ("澹台", "tan tai"),
];

static BY_FIRST: LazyLock<HashMap<char, Vec<Word>>> = LazyLock::new(|| {
    let mut words: HashMap<char, Vec<Word>> = HashMap::new();
    for (word, syllables) in WORDS {
        let word = Word { signs: word.chars().collect(), syllables: syllables.split(' ').collect() };
        words.entry(word.signs[0]).or_default().push(word);
    }
    words
});

struct Word {
    signs: Vec<char>,
    syllables: Vec<&'static str>,
}

/// The syllables of the longest known word at the beginning of a text.
pub(super) fn of_a_word(text: &[char]) -> Option<&'static [&'static str]> {
    let words = BY_FIRST.get(text.first()?)?;
    let longest =
        words.iter().filter(|word| text.starts_with(&word.signs)).max_by_key(|word| word.signs.len())?;
    Some(&longest.syllables)
}

/// The usual reading of a character in names, where it is not the dictionary's first.
pub(super) fn of_a_sign(sign: char) -> Option<&'static str> {
    USUAL.iter().find(|(known, _)| *known == sign).map(|(_, reading)| *reading)
}

//! What the keys say: faults of key files.

crate::messages! {
    /// A fault and its place.
    at(file, line, column, what) = "{file}:{line}:{column}: {what}", "{file}:{line}:{column}：{what}";
    /// A fault and its line.
    brief(file, line, what) = "{file}:{line}: {what}", "{file}:{line}：{what}";
    /// The file is no TOML here; the reason is the parser's own.
    syntax(reason) = "not readable: {reason}", "无法读取：{reason}";
    /// A section or a setting that does not exist.
    unknown_section(name) = "no section or setting is called \"{name}\"", "没有名为“{name}”的小节或设置";
    /// An act that does not exist.
    unknown_act(name) = "no act is called \"{name}\"", "没有名为“{name}”的操作";
    /// A key map that does not exist.
    unknown_map(name) = "no key map is called \"{name}\"", "没有名为“{name}”的键位表";
    /// Follows a name that does not exist.
    did_you_mean(fault, name) = "{fault}; did you mean \"{name}\"?", "{fault}；是否想写“{name}”？";
    /// A key that cannot be read.
    bad_key(text, why) = "\"{text}\" is no key: {why}", "“{text}”不是按键：{why}";
    /// Nothing stands where a key should.
    key_missing() = "it is empty", "内容为空";
    /// An unknown key name.
    key_unknown() = "write one character, or a name such as enter, esc, tab, space, pageup, f1", "请写一个字符，或 enter、esc、tab、space、pageup、f1 等键名";
    /// Shift with a character.
    key_shift() = "write the character that shift makes, such as G or ?", "请直接写按住 shift 得到的字符，如 G 或 ?";
    /// Ctrl with a capital.
    key_capital() = "a terminal cannot tell ctrl-G from ctrl-g; write the small letter", "终端无法区分 ctrl-G 与 ctrl-g，请写小写字母";
    /// Ctrl with a letter that is another key.
    key_alias(name) = "a terminal sends it as {name}; write that", "终端将其作为 {name} 发送，请写 {name}";
    /// An act that means nothing in the section.
    wrong_place(act, section) = "\"{act}\" does nothing in [{section}]", "“{act}”在 [{section}] 中不起作用";
    /// A key that types text in the section.
    types_text(keys, section) = "\"{keys}\" types text in [{section}] and cannot be bound there", "在 [{section}] 中“{keys}”用于输入文字，不能绑定";
    /// A binding that hides another or cannot be reached behind it.
    clash(keys, other, act, file, line) = "\"{keys}\" clashes with \"{other}\" ({act}, {file}:{line}): one begins the other; the first is kept", "“{keys}”与“{other}”（{act}，{file}:{line}）冲突：一个是另一个的开头；保留前者";
    /// A binding that hides inherited ones.
    hides(keys, other, act, file, line) = "\"{keys}\" hides \"{other}\" ({act}, {file}:{line}): one begins the other", "“{keys}”遮住了“{other}”（{act}，{file}:{line}）：一个是另一个的开头";
    /// A value that is not what the place asks for.
    not_an_act() = "write the name of an act in quotes, or \"none\"", "请写带引号的操作名，或 \"none\"";
    /// A section that is no table.
    not_a_section(name) = "[{name}] is a section of rows", "[{name}] 是由各行组成的小节";
    /// The value of `extends`.
    not_a_map() = "write the name of a key map in quotes", "请写带引号的键位表名";
    /// A row of `[groups]`.
    not_a_label() = "write a label in quotes, or { en = \"...\", zh = \"...\" }", "请写带引号的名称，或 { en = \"...\", zh = \"...\" }";
    /// A row of `[translate]`.
    not_a_character() = "write one character for one character", "请用一个字符对应一个字符";
}

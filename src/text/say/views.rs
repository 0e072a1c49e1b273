//! What the list's views say: the bar of filters.

crate::messages! {
    /// Before the filter that is typed.
    filter() = "filter", "筛选";
    /// The bar where nothing can be completed: how to write one.
    filter_hint(complete, before) = "words, pinyin, or field:value; {complete} completes, {before} takes the filter before", "名称、拼音，或 字段:取值；{complete} 补全，{before} 取上一条";
    /// The file of what was chosen cannot be written.
    not_kept(why) = "what is chosen cannot be kept: {why}", "选择无法保存：{why}";
    /// No customer before or after.
    no_jump() = "no other customer to go to", "没有可转到的客户";
}

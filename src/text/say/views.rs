//! What the list's views say: the bar of filters.

crate::messages! {
    /// Before the filter that is typed.
    filter() = "filter", "筛选";
    /// The bar where nothing can be completed: how to write one.
    filter_hint(complete, before) = "words, pinyin, or field:value; {complete} completes, {before} takes the filter before", "名称、拼音，或 字段:取值；{complete} 补全，{before} 取上一条";
    /// The file of what was chosen cannot be written.
    not_kept(why) = "what is chosen cannot be kept: {why}", "选择无法保存：{why}";
    /// Title of the choice of columns.
    columns() = "columns", "列";
    /// The aside of the choice.
    toggles(key) = "{key} in or out", "{key} 显示或隐藏";
    /// Beside a column that was chosen and has no room in this window.
    no_room() = "no room", "放不下";
    /// Title of the saved views.
    views() = "views", "视图";
    /// A view that the team has.
    shared() = "team", "小组";
    /// No view fits.
    no_view(key) = "no such view; {key} saves the list as it is under this name", "没有此名称的视图；{key} 将当前列表存为该名称";
    /// There are no views.
    no_views(key) = "no views yet: type a name, {key} saves the list as it is", "还没有视图：输入名称，{key} 保存当前列表";
    /// A view is to be saved without a name.
    name_first() = "type a name first", "请先输入名称";
    /// A view was saved.
    saved(name) = "view saved: {name}", "已保存视图：{name}";
    /// A view was taken away.
    removed(name, undo) = "view removed: {name}; {undo} brings it back", "已删除视图：{name}；{undo} 恢复";
    /// No customer before or after.
    no_jump() = "no other customer to go to", "没有可转到的客户";
}

//! What is said about files that come in.

crate::messages! {
    /// Columns that no field takes.
    not_taken(columns) = "not taken: {columns} (--map FIELD=COLUMN takes a column into a field)", "未导入的列：{columns}（可用 --map 字段=列 导入）";
    /// New customers without an owner.
    nobodys() = "no column is the owner's: new customers belong to nobody (--map owner=COLUMN, or gx customer edit)", "没有负责人一列：新客户没有负责人（可用 --map owner=列 指定，或用 gx customer edit）";
    /// A kind that files do not hold.
    no_kind(word) = "\"{word}\" is no kind of record", "“{word}”不是记录种类";
    /// Hint to [`no_kind`].
    kinds_are(names) = "the kinds are {names}", "可用种类：{names}";

    /// No such encoding.
    no_encoding(name) = "there is no encoding \"{name}\"", "没有编码“{name}”";
    /// A line that does not read.
    broken(line, encoding) = "line {line} does not read as {encoding}", "第 {line} 行不能按 {encoding} 读取";
    /// Hint to [`broken`] and [`nul`].
    broken_hint() = "the file may be damaged, or in another encoding: --encoding names it", "文件可能已损坏或为其他编码，可用 --encoding 指定";
    /// No encoding reads.
    unknown_encoding() = "the encoding of the file cannot be told", "无法判断文件编码";
    /// Hint to [`unknown_encoding`].
    encoding_hint() = "name it: --encoding gb18030, big5, utf-16le, windows-1252 ...", "请指定，例如 --encoding gb18030、big5、utf-16le、windows-1252";
    /// A zero byte.
    nul(line) = "line {line} holds a zero byte: this is no text", "第 {line} 行含有零字节：不是文本文件";
    /// A workbook.
    workbook() = "this is a workbook, not a text", "这是电子表格文件，不是文本";
    /// Hint to [`workbook`].
    workbook_hint() = "save the sheet as CSV first", "请先将工作表另存为 CSV";
    /// An empty file.
    empty() = "there is nothing in the file", "文件是空的";
    /// Not one character.
    bad_delimiter(text) = "\"{text}\" cannot stand between cells", "“{text}”不能作为分隔符";
    /// Hint to [`bad_delimiter`].
    delimiter_hint() = "one character, or tab", "应为一个字符，或 tab";
    /// The encoding that was found out.
    read_as(file, encoding) = "{file} was read as {encoding}; --encoding names another", "{file} 按 {encoding} 读取，可用 --encoding 另行指定";
    /// Cells that were cleaned.
    washed(count) = "characters that cannot stand were left out of {count} cell" | "characters that cannot stand were left out of {count} cells", "{count} 个单元格中不允许的字符已去除";

    /// Not a pair.
    no_pair(text) = "--map: \"{text}\" is not FIELD=COLUMN", "--map：“{text}”不是 字段=列名";
    /// How maps are written.
    map_hint() = "write --map \"name=company,region=area\"", "写作 --map \"name=公司,region=地区\"";
    /// No such column.
    no_column(name) = "the file has no column \"{name}\"", "文件没有列“{name}”";
    /// All columns.
    columns_are(names) = "its columns are {names}", "文件的列：{names}";
    /// A column twice.
    column_twice(name) = "the file has the column \"{name}\" more than once", "文件中列“{name}”不止一个";
    /// All fields.
    fields_are(names) = "the fields are {names}", "可用字段：{names}";
    /// A field twice.
    field_twice(name) = "{name} takes one column", "{name} 只能对应一列";
    /// No column fits.
    nothing_mapped(kind) = "no column goes into a {kind} field", "没有列对应{kind}的字段";

    /// A line with another number of cells.
    cells(found, wanted) = "{found} cell, where the header has {wanted}" | "{found} cells, where the header has {wanted}", "有 {found} 个单元格，表头有 {wanted} 个";
    /// A row that is its own ancestor.
    circle() = "it is its own parent, or its parents lead back to it", "上级关系成环：其上级又回到它自己";
    /// An empty reference.
    no_reference() = "the cell it would be known by is empty", "参考编号为空";
    /// The errors would overwrite the rows.
    errors_is_source() = "--errors would overwrite the file itself", "--errors 会覆盖源文件";

    /// A row that was refused.
    rejected_row(line, reason) = "line {line}: {reason}", "第 {line} 行：{reason}";
    /// Where refused rows are.
    rejected_into(count, file) =
        "{count} row was rejected; {file} has it, with the reason"
            | "{count} rows were rejected; {file} has them, with the reasons",
        "{count} 行被拒绝，已连同原因写入 {file}";
    /// Refused rows that are nowhere.
    rejected(count) = "{count} row was rejected" | "{count} rows were rejected", "{count} 行被拒绝";
    /// Hint to [`rejected`].
    rejected_hint() = "--errors FILE keeps them, with the reasons; running it again takes in what was mended", "用 --errors 文件 保存被拒绝的行及原因；修正后重新导入即可";
    /// What became of the rows.
    imported(rows, created, updated, unchanged, rejected) =
        "{rows} row: {created} created, {updated} changed, {unchanged} as it was, {rejected} rejected"
            | "{rows} rows: {created} created, {updated} changed, {unchanged} as they were, {rejected} rejected",
        "共 {rows} 行：新增 {created}，更改 {updated}，未变 {unchanged}，拒绝 {rejected}";
    /// What would become of them.
    would_import(rows, created, updated, unchanged, rejected) =
        "{rows} row: {created} would be created, {updated} changed, {unchanged} stay as it is, {rejected} rejected"
            | "{rows} rows: {created} would be created, {updated} changed, {unchanged} stay as they are, {rejected} rejected",
        "共 {rows} 行：将新增 {created}，更改 {updated}，未变 {unchanged}，拒绝 {rejected}";
    /// How far it is.
    progress(done, total) = "{done} of {total}", "{done} / {total}";
    /// Hint where it broke off.
    run_again() = "run it again: what went in is known, the rest follows", "请重新执行：已导入的行会被识别，其余继续导入";
}

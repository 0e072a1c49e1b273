//! What `gx doctor` finds, and how it is mended.

crate::messages! {
    /// What was looked at: the terminal.
    terminal() = "terminal", "终端";
    /// What was looked at: its size.
    size() = "size", "窗口大小";
    /// What was looked at: colours.
    colours() = "colours", "颜色";
    /// What was looked at: the locale.
    locale() = "locale", "区域设置";
    /// What was looked at: how wide characters are.
    width() = "wide characters", "全角字符";
    /// What was looked at: tmux.
    tmux() = "tmux", "tmux";
    /// What was looked at: the person's own settings.
    settings() = "settings", "个人设置";
    /// What was looked at: the keys.
    keys() = "keys", "按键";
    /// What was looked at: the store.
    store() = "store", "库";
    /// What was looked at: the server.
    server() = "server", "服务端";
    /// What was looked at: who one is to the server.
    rights() = "rights", "权限";

    /// A terminal of this kind.
    is_terminal(kind) = "{kind}", "{kind}";
    /// Standard input or output is redirected.
    no_terminal() = "input or output is no terminal; what is drawn was not looked at", "输入或输出不是终端，未检查显示";
    /// TERM is missing or dumb.
    dumb(kind) = "TERM is \"{kind}\": nothing can be placed on the screen", "TERM 为“{kind}”，无法在屏幕上定位";
    /// How that is mended.
    mend_term() = "set TERM to what your terminal is, for example TERM=xterm-256color", "请将 TERM 设为终端的实际类型，例如 TERM=xterm-256color";
    /// Columns and rows.
    is_size(columns, rows) = "{columns}x{rows}", "{columns}x{rows}";
    /// Too small for the screen.
    small(columns, rows) = "{columns}x{rows}: less than 60x15", "{columns}x{rows}，小于 60x15";
    /// How that is mended.
    mend_size() = "make the window larger or the letters smaller", "请放大窗口或缩小字体";
    /// Colours by `NO_COLOR`.
    no_colour() = "none: NO_COLOR is set", "无：已设置 NO_COLOR";
    /// So many colours.
    is_colour(count) = "{count}", "{count} 色";
    /// The encoding of the locale.
    is_utf8(name) = "{name}", "{name}";
    /// No UTF-8.
    not_utf8(name) = "\"{name}\" is not UTF-8: lines and marks are drawn in ASCII, Chinese may not be seen", "“{name}”不是 UTF-8：线条与标记改用 ASCII，中文可能无法显示";
    /// How that is mended.
    mend_locale() = "set LANG=C.UTF-8, or the UTF-8 form of your language, where you log in", "请在登录环境中设置 LANG=zh_CN.UTF-8 或 C.UTF-8";
    /// A character of two columns takes two.
    is_width() = "two columns each", "每个占两列";
    /// It takes another number.
    wrong_width(columns) = "a Chinese character takes {columns} columns here, not 2: rows will not line up", "此处一个汉字占 {columns} 列而非 2 列，行将无法对齐";
    /// How that is mended.
    mend_width() = "choose a UTF-8 encoding and a font with Chinese in the terminal's settings", "请在终端设置中选用 UTF-8 编码和含中文的字体";
    /// The terminal did not say.
    silent_width() = "the terminal does not say where its cursor is", "终端不报告光标位置";
    /// tmux is set as it should be.
    is_tmux() = "as it should be", "设置妥当";
    /// tmux waits long after esc.
    slow_escape(millis) = "waits {millis} ms after esc before it passes it on", "按 esc 后等待 {millis} 毫秒才转发";
    /// How that is mended.
    mend_escape() = "in ~/.tmux.conf: set -s escape-time 10", "在 ~/.tmux.conf 中写：set -s escape-time 10";
    /// tmux tells programs that it has few colours.
    few_colours(kind) = "default-terminal is \"{kind}\": few colours", "default-terminal 为“{kind}”，颜色较少";
    /// How that is mended.
    mend_colours() = "in ~/.tmux.conf: set -g default-terminal tmux-256color", "在 ~/.tmux.conf 中写：set -g default-terminal tmux-256color";
    /// tmux lets no program put a text on the clipboard.
    no_clipboard(taken, passed) = "no clipboard: set-clipboard is {taken}, allow-passthrough {passed}", "复制不到剪贴板：set-clipboard 为 {taken}，allow-passthrough 为 {passed}";
    /// How that is mended.
    mend_clipboard() = "in ~/.tmux.conf: set -s set-clipboard on (or: set -g allow-passthrough on)", "在 ~/.tmux.conf 中写：set -s set-clipboard on（或 set -g allow-passthrough on）";
    /// All settings as shipped or read.
    is_settings() = "read", "已读取";
    /// So many bindings, none at fault.
    is_keys(count) = "{count} key, no fault" | "{count} keys, no fault", "{count} 个按键，无错误";
    /// Faults of the key map.
    faulty_keys(count, fault) = "{count} fault: {fault}" | "{count} faults, first {fault}", "有 {count} 处错误，首个：{fault}";
    /// How that is mended.
    mend_keys(file) = "gx keys check {file} lists them", "gx keys check {file} 可逐一列出";
    /// A store, whose it is.
    is_store(path) = "{path}", "{path}";
    /// Others may write into its folder.
    open_store(path) = "others may write in {path}", "他人可写入 {path}";
    /// How that is mended.
    mend_store(path) = "chmod go-w {path}", "chmod go-w {path}";
    /// Little room is left.
    full_disk(path, mebibytes) = "{mebibytes} MiB are left on the disk of {path}", "{path} 所在磁盘仅剩 {mebibytes} MiB";
    /// How that is mended.
    mend_disk() = "make room: below 64 MiB nothing is written any more", "请清理磁盘：低于 64 MiB 将停止写入";
    /// A server of this version.
    is_server(sessions, version) = "{version}, {sessions} session" | "{version}, {sessions} sessions", "{version}，{sessions} 个会话";
    /// None runs; one's own store starts it when it is needed.
    no_server() = "none runs; the next command starts it", "未运行，下一条命令会启动它";
    /// The server cannot write.
    read_only(reason) = "does not write: {reason}", "无法写入：{reason}";
    /// How that is mended.
    mend_read_only() = "make room or mend the disk, then gx stop; the next start tries again", "请清理或修复磁盘，然后 gx stop，下次启动会重试";
    /// Who one is.
    is_member(id, name) = "{id} {name}", "{id} {name}";
    /// What is mended, and how.
    mended(what, how) = "{what}: {how}", "{what}：{how}";
    /// So many findings are faults.
    are_wrong(count) = "to be mended: {count}", "需要修复的有 {count} 项";
    /// How a key file or a setting is mended.
    mend_settings() = "mend the line, or move the file away", "请修正该行，或移走该文件";
}

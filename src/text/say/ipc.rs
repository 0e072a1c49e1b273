//! What is said about reaching the server, or being it. Each error has a message and a hint on what to do.

crate::messages! {
    /// No store in the folder, or no folder.
    no_store(dir) = "there is no store in {dir}", "{dir} 中没有库";
    /// Hint to [`no_store`].
    no_store_hint() =
        "gx init makes one of your own; --store or GX_STORE names another folder; in a team's folder its server is not running",
        "用 gx init 新建自己的库，或用 --store、GX_STORE 指定其他目录；若是小组的目录，则其服务端没有运行";
    /// The socket's path would not fit.
    path_too_long(dir) = "the path is too long for a socket: {dir}", "路径太长，无法建立套接字：{dir}";
    /// Hint to [`path_too_long`].
    path_too_long_hint(bytes) =
        "the folder's path may have {bytes} bytes at most",
        "目录路径最多 {bytes} 个字节";
    /// A server's folder belongs to somebody else.
    not_mine(dir, owner) = "{dir} belongs to {owner}", "{dir} 属于 {owner}";
    /// Hint to [`not_mine`].
    not_mine_hint(owner) =
        "run the server as {owner}, or choose a folder of your own with --store",
        "请以 {owner} 的身份运行服务端，或用 --store 指定自己的目录";
    /// A server's folder is open to others.
    others_may_write(dir) =
        "others may write in {dir}, and could put themselves in the server's place",
        "其他用户可以写入 {dir}，有可能冒充服务端";
    /// Hint to [`others_may_write`].
    others_may_write_hint(dir) = "close it to them: chmod go-w {dir}", "请收回写权限：chmod go-w {dir}";
    /// Another server holds the lock.
    taken(dir) = "a server already serves {dir}", "已有服务端在为 {dir} 服务";
    /// Hint to [`taken`].
    taken_hint() = "gx status shows it, gx stop ends it", "gx status 可查看，gx stop 可停止";
    /// The folder could not be used.
    folder_failed(dir, error) = "cannot use {dir}: {error}", "无法使用 {dir}：{error}";

    /// The client may not start a server, and none runs.
    not_running(dir) = "no server serves {dir}", "没有服务端在为 {dir} 服务";
    /// Hint to [`not_running`].
    not_running_hint() = "any other gx command starts it", "执行任何其他 gx 命令都会启动它";
    /// A team's server does not run.
    team_server_down(dir) = "the team's server for {dir} is not running", "小组的服务端（{dir}）没有运行";
    /// Hint to [`team_server_down`].
    team_server_down_hint(owner) =
        "ask whoever looks after the account {owner} to start it",
        "请账号 {owner} 的管理人员启动它";
    /// Somebody else's process listens.
    impostor(dir, user, owner) =
        "the server at {dir} runs as {user}, but the folder belongs to {owner}: nothing was sent",
        "{dir} 的服务端以 {user} 的身份运行，而目录属于 {owner}：没有发送任何内容";
    /// Hint to [`impostor`].
    impostor_hint(owner) =
        "tell {owner}; a server must run as the owner of its folder",
        "请告知 {owner}；服务端必须以目录所有者的身份运行";
    /// The socket may not be opened.
    forbidden(dir) = "you may not speak with the server at {dir}", "你无权连接 {dir} 的服务端";
    /// Hint to [`forbidden`].
    forbidden_hint(owner) = "ask {owner} to add you to its group", "请 {owner} 把你加入其用户组";
    /// The server is older.
    older_server(server, own) =
        "the running server is older ({server}) than this gx ({own}), and still in use",
        "正在运行的服务端（{server}）比本 gx（{own}）旧，且仍在使用中";
    /// Hint to [`older_server`] on a private store.
    older_server_hint() =
        "close your other gx windows and try again",
        "请关闭其他 gx 窗口后重试";
    /// The team's server is older.
    older_team_server(server, own) =
        "the team's server is older ({server}) than this gx ({own})",
        "小组的服务端（{server}）比本 gx（{own}）旧";
    /// Hint to [`older_team_server`].
    older_team_server_hint(owner) =
        "ask {owner} to update the server, or use the older gx",
        "请 {owner} 更新服务端，或使用旧版 gx";
    /// The server is newer.
    newer_server(server, own) =
        "this gx ({own}) is older than the running server ({server})",
        "本 gx（{own}）比正在运行的服务端（{server}）旧";
    /// Hint to [`newer_server`].
    newer_server_hint() = "update gx", "请更新 gx";
    /// The store is being rebuilt.
    not_ready(percent) = "the store is being rebuilt: {percent} % done", "库正在重建：已完成 {percent}%";
    /// Hint to [`not_ready`] and [`leaving`].
    try_later() = "try again in a while", "请稍后重试";
    /// Too many connections.
    full() = "you have too many connections to this server", "你与服务端的连接过多";
    /// Hint to [`full`].
    full_hint() = "close some of your gx windows or scripts", "请关闭一些 gx 窗口或脚本";
    /// Not a member.
    stranger(user) = "you ({user}) are no member of this team", "你（{user}）不是本小组的组员";
    /// Hint to [`stranger`].
    stranger_hint() = "ask the lead to add you: gx member add", "请组长添加你：gx member add";
    /// A refusal that only later versions know.
    refused(server, code) =
        "the server ({server}) refused the connection (reason {code})",
        "服务端（{server}）拒绝了连接（原因 {code}）";
    /// The server that was started ended at once.
    start_failed(reason) = "the server could not start: {reason}", "服务端无法启动：{reason}";
    /// In the place of a reason.
    no_reason() = "it gave no reason", "没有给出原因";
    /// Hint to [`start_failed`].
    start_failed_hint(log) = "{log} may say more", "详情可能见 {log}";
    /// Somebody holds the lock, or listens, but does not answer.
    unresponsive(dir) = "the server at {dir} does not answer", "{dir} 的服务端没有响应";
    /// Hint to [`unresponsive`].
    unresponsive_hint(dir) =
        "it may be busy stopping; fuser {dir}/lock names its process",
        "它可能正在停止；fuser {dir}/lock 可查看其进程";
    /// The stream ended while an answer was due.
    lost() =
        "the connection to the server was lost: it is not known whether the last change was saved",
        "与服务端的连接中断：无法确定上一次更改是否已保存";
    /// Hint to [`lost`].
    lost_hint() = "gx history shows what was saved", "gx history 可查看已保存的内容";
    /// The server said goodbye instead of taking the request.
    leaving() = "the server is stopping: nothing was changed", "服务端正在停止：没有更改任何内容";
    /// What came from the server, or was to be sent, is no message.
    garbled(error) = "the server and this gx do not understand each other: {error}", "服务端与本 gx 无法互相理解：{error}";
    /// Hint to [`garbled`].
    garbled_hint() = "they may be of different builds: update gx, or start the server anew", "两者的构建可能不同：请更新 gx，或重启服务端";
    /// A request or an answer above the limit.
    too_large(bytes) = "a message of {bytes} bytes is too large", "消息过大（{bytes} 字节）";
    /// Hint to [`too_large`].
    too_large_hint() = "ask for less at once, or send less", "请减少一次查询或提交的内容";
    /// Any other failure of the machine.
    failed(error) = "cannot reach the server: {error}", "无法连接服务端：{error}";
}

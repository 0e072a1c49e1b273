//! What the screen says of a policy that is tried.

crate::messages! {
    /// The title.
    title(name) = "preview · {name} against the policy in force", "预演 · {name}，对照现行策略";
    /// What was changed, where that was the policy in force.
    the_policy() = "the policy", "策略";
    /// It is not in force.
    not_adopted() = "not adopted", "未生效";
    /// The title of what is wrong.
    faults_title(name) = "check · {name}", "检查 · {name}";
    /// The title of what differs.
    diff_title(name) = "diff · in force to {name}", "差别 · 现行策略与 {name}";
    /// The title of the policies that were adopted.
    versions_title() = "policies adopted", "历次生效的策略";
    /// The title of what differs from one of them.
    version_title(version) = "diff · in force to version {version}", "差别 · 现行策略与第 {version} 版";
    /// The title of those who return.
    returns_title() = "would return to the open pool", "将回收到公海";
    /// The title of those who do not any more.
    spared_title() = "would not return any more", "不再回收";
    /// The title of the steps of playbooks that would change.
    steps_title() = "steps of playbooks", "流程步骤";
    /// How many steps of playbooks would change.
    steps(dropped, moved, born) = "steps of playbooks: {born} new, {moved} with other deadlines, {dropped} dropped", "流程步骤：新增 {born} 项，时限变动 {moved} 项，取消 {dropped} 项";
    /// How many steps of playbooks would change, in a narrow window.
    steps_briefly(dropped, moved, born) = "steps: {born} new, {moved} redated, {dropped} dropped", "步骤：新增 {born}，时限变动 {moved}，取消 {dropped}";
    /// How many plans would come into the queue, and how many would not any more, in a narrow window.
    planned_briefly(born, gone) = "plan and care, 30 days: {born} more tasks, {gone} fewer", "沟通计划与关怀，30天内：新增 {born}，减少 {gone}";
    /// How many plans would come into the queue, and how many would not any more.
    planned(born, gone) = "communication plan and care, 30 days: {born} more tasks, {gone} fewer", "沟通计划与客户关怀，30天内：新增 {born} 项任务，减少 {gone} 项";
    /// What becomes of a step.
    step_dropped() = "dropped", "取消";
    /// What becomes of a step.
    step_born(due) = "new, due {due}", "新增，时限 {due}";
    /// What becomes of a step.
    step_moved(from, to) = "due {from}, then {to}", "时限 {from}，改为 {to}";
    /// While the file is being tried.
    trying() = "trying it on every customer ...", "正在对全部客户预演……";
    /// It could not be tried.
    given_up() = "it could not be tried; read the file again", "未能预演，请重新读取文件";
    /// While the book is graded.
    grading() = "grading the book by the new policy ...", "正在按新策略重新定级……";
    /// Nothing differs.
    no_difference() = "no difference", "没有差别";
    /// Nobody of the group moves.
    nobody() = "nobody moves", "没有变动";
    /// The same under another id.
    renamed(name, from, to) = "{name} renamed: {from}, {to}", "{name} 更名：{from}、{to}";
    /// Only under another name.
    renamed_count(count) = "{count} renamed", "更名 {count}";
    /// In no open pool any more.
    leaves_pool(pool) = "no longer in {pool}", "不再属于 {pool}";
    /// In an open pool.
    enters_pool(pool) = "would lie in {pool}", "将属于 {pool}";
    /// In another open pool.
    changes_pool(from, to) = "would lie in {to}, no longer in {from}", "将属于 {to}，不再属于 {from}";
    /// From here to there.
    way(from, to) = "{from} to {to}", "{from} → {to}";
    /// Neither tier nor stage.
    none() = "none", "无";
    /// Customers whom nobody has in hand.
    the_pool() = "open pool", "公海";
    /// Another policy came into force.
    meanwhile(version) = "version {version} was adopted meanwhile: this is beside that one", "期间第 {version} 版策略已生效：以下与其对照";
    /// Warnings.
    warnings(count) = "{count} warning" | "{count} warnings", "{count} 条提醒";
    /// The head of the moves between tiers.
    tiers_head() = "tier moves", "等级变动";
    /// The head of the moves between stages.
    stages_head() = "stage moves", "阶段变动";
    /// How many of all.
    of_all(count, all) = "{count} of {all}", "{count}/{all}";
    /// How many go up.
    up(count) = "up {count}", "升 {count}";
    /// How many go down.
    down(count) = "down {count}", "降 {count}";
    /// How many wait.
    waiting(count) = "{count} to confirm", "{count} 待确认";
    /// The head of what is asked of whom.
    loads_head() = "load per week", "每周工作量";
    /// A column.
    col_now() = "now", "现要求";
    /// A column.
    col_then() = "then", "新要求";
    /// A column.
    col_done() = "done", "实际";
    /// A column.
    col_capacity() = "capacity", "可承担";
    /// Who would return.
    returns(soon, later) = "would return to the open pool: {soon} within 30 days, {later} later", "将回收到公海：30天内 {soon}，此后 {later}";
    /// Who would return, in a narrow window.
    returns_briefly(soon, later) = "to the open pool: {soon} in 30 days, {later} later", "回收到公海：30天内 {soon}，此后 {later}";
    /// As it is now.
    returns_now(soon, later) = "now {soon}, {later}", "现为 {soon}、{later}";
    /// Who would not any more.
    spared(count) = "would not return any more: {count}", "不再回收：{count}";
    /// When a move is confirmed.
    confirmed(day) = "confirmed on {day} if it holds", "若持续成立，{day} 确认";
    /// There are more.
    more(count, key) = "and {count} more; {key} writes them all to a file", "另有 {count} 位；按 {key} 全部导出";
    /// A warning.
    warning(what) = "warning: {what}", "提醒：{what}";
    /// Nothing is wrong.
    reads_well() = "the policy reads well", "策略检查通过";
    /// Of an adoption that was taken back.
    undone_by(seq) = "undone by {seq}", "已由 {seq} 撤销";
    /// Of an undo, which put a policy in force again.
    undoes(seq) = "undoes {seq} ", "撤销 {seq} ";
    /// A question before an adoption.
    sure(name, moving, all) = "adopt {name}? {moving} of {all} customers would move (y/n)", "使 {name} 生效？{all} 位客户中有 {moving} 位将变动（y/n）";
    /// It was not adopted.
    not_done() = "not adopted", "未生效";
    /// It is not known yet what it does.
    wait() = "wait until it is known what it would do", "请等待预演完成";
    /// It cannot be adopted.
    has_errors() = "it has faults: mend the file and read it again", "策略有误：请修正文件后重新读取";
    /// It is in force.
    adopted(name, undo) = "{name} is in force; {undo} takes it back", "{name} 已生效；按 {undo} 撤销";
    /// It was in force already.
    unchanged(name) = "{name} is in force already", "{name} 已是现行策略";
    /// The moves were written.
    exported(count, file) = "{count} move written to {file}" | "{count} moves written to {file}", "{count} 位变动已导出到 {file}";
    /// Some of the moves were.
    exported_some(file, moves, returns) = "written to {file}, but {moves} moves and {returns} returns too many", "已导出到 {file}，另有 {moves} 位变动、{returns} 位回收未导出";
    /// They were not.
    not_exported(file, why) = "{file} could not be written: {why}", "无法写入 {file}：{why}";
    /// No such file.
    no_file() = "no such file; tab completes a path", "没有此文件；tab 补全路径";
    /// It is a folder.
    is_folder() = "a folder; tab shows what is in it", "这是文件夹；tab 显示其中内容";
}

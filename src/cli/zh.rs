//! The help texts in Chinese, by the path of the command and the id of the argument. The English ones stand where
//! the arguments are declared; a test walks the tree and finds what is missing here.

use clap::Command;

/// Stands in the place of an argument for what follows the help.
const AFTER: &str = "(after)";

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}\n";

/// The command and all below it, in Chinese.
pub(super) fn translated(command: Command) -> Command {
    let path = command.get_name().to_owned();
    below(command, &path)
}

fn below(command: Command, path: &str) -> Command {
    let command = match text(path, "") {
        Some(about) => command.about(about),
        None => command,
    };
    let command = match text(path, AFTER) {
        Some(after) => command.after_help(after),
        None => command,
    };
    command
        .help_template(TEMPLATE)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .mut_args(|arg| {
            // Under a heading of their own positional arguments would be sorted by their ids.
            let arg = match arg.get_index() {
                Some(nth) => arg.display_order(nth),
                None => arg,
            };
            let heading = match (arg.get_help_heading().is_some(), arg.is_positional()) {
                (true, _) => "通用选项",
                (false, true) => "参数",
                (false, false) => "选项",
            };
            match text(path, arg.get_id().as_str()) {
                Some(help) => arg.help(help),
                None => arg,
            }
            .help_heading(heading)
        })
        .mut_subcommands(|command| {
            let path = format!("{path} {}", command.get_name());
            below(command, &path)
        })
}

/// The text for an argument, or for the command itself where the argument is empty. What many commands have in
/// common stands under `*`.
fn text(path: &str, arg: &str) -> Option<&'static str> {
    let find = |path| TEXTS.iter().find(|row| row.0 == path && row.1 == arg).map(|row| row.2);
    find(path).or_else(|| find("*"))
}

/// Path of the command, id of the argument, text.
const TEXTS: &[(&str, &str, &str)] = &[
    ("*", "help", "显示帮助"),
    ("*", "dry_run", "只说明会发生什么，不写入"),
    ("*", "set", "任意字段；自有字段写作 x.名称；多值字段用 += 增加、-= 去除"),
    ("*", "limit", "最多条数"),
    ("*", "as_of", "该日结束时（或该时刻）的情况：2026-06-01、昨天、10-01 15:00"),
    ("*", "since", "不早于此日期"),
    ("*", "customer", "客户编号（c12），或能唯一确定客户的词"),
    ("*", "task", "任务编号（t5）"),
    ("*", "phone", "电话号码，可重复给出"),
    ("*", "mail", "邮件地址，可重复给出"),
    ("*", "lead", "组长"),
    ("gx", "version", "显示版本"),
    ("gx", "store", "库的目录 [环境变量 GX_STORE；默认为个人库]"),
    ("gx", "format", "输出格式：table、json、jsonl、csv、tsv、md"),
    ("gx", "json", "等同 --format json"),
    ("gx", "lang", "语言：en、zh [环境变量 GX_LANG、LC_ALL、LC_MESSAGES、LANG]"),
    ("gx", "color", "是否使用颜色：auto、always、never"),
    ("gx", "yes", "对所有询问回答“是”"),
    ("gx", "quiet", "只输出结果和错误"),
    ("gx", "accessible", "屏幕：一次一个窗格，无边框，以文字代替符号"),
    ("*", "acting", "演练库：以该组员的身份操作"),
    ("find", "words", "名称、别名、联系人、拼音及首字母、编号、电话尾号、邮件"),
    (
        "show",
        AFTER,
        "近12个月的联系与成交额，在终端中绘成曲线。--json 中为列表 contacts_by_month 与 spend_by_month，本月在最后。",
    ),
    ("show", "limit", "最多显示的跟进记录条数"),
    (
        "list",
        "filter",
        "筛选条件，作为一个带引号的词：'tier:A idle>30d'；不给则列出全部未归档客户；gx help filter 列出可用字段",
    ),
    ("list", "sort", "排序字段，前加 - 为倒序；不给则逾期在前"),
    (
        "log",
        "text",
        "内容；- 从标准输入读取，不给则打开 $EDITOR；“... > +3d 寄报价单”或“... > 寄报价单 两周后”同时建下一步；最后一个“ > ”之后若以日期（或以 + 开头、形似日期的数字）开头，须为日期加事项",
    ),
    (
        "log",
        "channel",
        "phone、email、meeting、visit、wechat、sms、chat、social、web、letter、other；不给为电话",
    ),
    ("log", "inbound", "对方发起"),
    ("log", "outbound", "我方发起（默认）"),
    ("log", "at", "发生时间，不给为现在"),
    ("log", "contact", "对方联系人：编号或姓名；新联系人写作 +姓名"),
    ("log", "outcome", "reached、replied、no-answer、left-message、other"),
    ("log", "said", "客户原话"),
    ("log", "inquiry", "客户提出新的询问"),
    ("log", "next", "下一步：“+3d 寄报价单”"),
    ("log", "ends", "随之完成的任务"),
    ("task list", "", "列出任务，最紧急的在前"),
    ("task next", "", "等待我处理的最紧急任务"),
    ("task add", "", "新增任务"),
    ("task edit", "", "修改任务"),
    ("task done", "", "任务已完成"),
    ("task snooze", "", "暂时隐藏任务，到期再现"),
    ("task assign", "", "把任务交给组员"),
    ("task drop", "", "任务不再需要"),
    (
        "task list",
        "filter",
        "筛选条件，作为一个带引号的词：'state:open customer.tier:A'；不给则为未隐藏的未完成任务",
    ),
    ("task list", "team", "本小组的任务"),
    ("task list", "all", "全部任务"),
    ("task next", "take", "领取：从此由我负责，他人不再领到"),
    ("task add", "title", "事项"),
    ("why", "customer", "客户编号（c12），或能唯一确定客户的词；任务写编号（t5）"),
    ("task add", "customer", "所属客户：编号或名称"),
    ("task edit", "title", "事项"),
    ("*", "due", "截止时间"),
    ("*", "assignee", "由谁完成：编号、姓名、账号或 me"),
    ("*", "team", "所属小组"),
    ("*", "promise", "已向客户承诺"),
    ("*", "note", "补充说明"),
    ("task done", "next", "下一步：“+3d 寄报价单”"),
    ("task snooze", "until", "隐藏到何时：周五、+3d、明天 15:00"),
    ("task assign", "to", "交给谁：编号、姓名、账号、me 或 none"),
    ("task drop", "reason", "原因"),
    ("customer add", "", "新增客户"),
    ("customer edit", "", "修改客户"),
    ("customer archive", "", "归档客户：除非指明，不再列出；任何内容都不会被删除"),
    ("*", "name", "名称"),
    ("*", "kind", "company（企业）或 person（个人）"),
    ("*", "parent", "所属上级企业：编号或名称"),
    ("*", "owner", "负责人；none 为无"),
    ("*", "backup", "负责人缺勤时由谁负责"),
    ("*", "collaborator", "协同成员及其职责：安娜:财务，可重复给出"),
    ("*", "region", "地区"),
    ("*", "tag", "标签，可重复给出"),
    ("contact add", "", "新增联系人"),
    ("contact edit", "", "修改联系人"),
    ("contact list", "", "列出联系人"),
    ("contact edit", "contact", "编号（p7），或能唯一确定联系人的词"),
    ("*", "title", "职位"),
    ("*", "wechat", "微信号"),
    ("*", "birthday", "生日"),
    ("*", "lunar_birthday", "农历生日：八月十五、闰六月初一、08-15"),
    ("*", "weekdays", "方便联系的日子：周一、周三，或 周一-周五"),
    ("contact add", "channel", "偏好的联系方式：phone、email、wechat 等"),
    ("contact edit", "channel", "偏好的联系方式：phone、email、wechat 等"),
    ("*", "channel", "方式：phone、email、meeting、visit、wechat、sms、chat、social、web、letter、other"),
    ("log", "greeting", "这是一次问候：全组每天只问候一次"),
    ("log", "again", "当天已有人问候，仍再次问候"),
    ("log", "revisit", "回访日期：自该日起的首次联系即完成此任务"),
    ("task add", "greeting", "在到期日问候客户：全组每天只问候一次"),
    ("task add", "again", "当天已有问候，仍再次问候"),
    ("care list", "", "列出计划的问候与联系，日期近的在前"),
    ("care list", "filter", "哪些客户，作为一个带引号的词：'tier:A owner:me'；gx help filter 列出可用字段"),
    ("care list", "days", "今后多少天，最多 366 天"),
    ("care list", "mine", "只列出由我完成的"),
    ("care skip", "", "取消客户的一次计划"),
    (
        "care skip",
        "occasion",
        "策略中的关怀节点编号，某位联系人的写作 birthday:p7；或 cadence，即沟通计划的下一次联系",
    ),
    ("care skip", "reason", "原因，全组可见"),
    ("*", "filter", "对记录字段的筛选条件，作为一个带引号的词：'customer:c12 amount>1000'"),
    ("inbox", "all", "包括已读的"),
    ("inbox", "read", "所列各条此后为已读"),
    ("deal add", "", "新增商机"),
    ("deal edit", "", "修改商机；--stage won 同时记为交易"),
    ("deal list", "", "列出商机"),
    ("deal edit", "deal", "编号（d3），或能唯一确定商机的词"),
    ("*", "product", "产品"),
    ("*", "amount", "金额"),
    ("*", "stage", "prospecting、engaging、proposal、negotiation、won、lost"),
    ("*", "opened", "开始日期"),
    ("*", "expected", "预计成交日期"),
    ("*", "closed", "赢单或输单日期"),
    ("purchase add", "", "新增交易记录"),
    ("purchase edit", "", "修改交易记录"),
    ("purchase list", "", "列出交易记录"),
    ("purchase edit", "purchase", "编号（o9），或能唯一确定交易记录的词"),
    ("*", "date", "日期"),
    ("*", "paid", "已回款"),
    (
        "tier",
        AFTER,
        "按时联系：在等级要求的间隔内联系过的客户数 / 全部，从未联系的不计入。逾期：有逾期任务或超过联系间隔的客户数；从未联系的，间隔自添加或指定负责人之日起算。近30天：期间由其他等级转入、转往其他等级的客户数。按时答复：近90天内在等级时限内答复的次数 / 应答复次数；中位耗时：半数答复的耗时，按该时限的时钟计。服务未达标：没有负责人或小组，或其不具备等级要求的技能的客户数。停留中位数：半数客户已停留的天数。",
    ),
    ("tier", "stages", "按生命周期阶段，而非等级"),
    ("tier history", "", "显示客户的等级变动及其原因"),
    ("tier set", "", "人工指定客户等级，须写明原因"),
    ("tier clear", "", "取消人工指定，恢复按规则定级"),
    ("tier set", "tier", "等级编号"),
    ("tier set", "reason", "原因，所有人可见"),
    ("tier set", "until", "最后一天；不给则直到取消"),
    ("pool list", "", "列出公海客户，等级高的在前"),
    ("pool list", "filter", "筛选条件，作为一个带引号的词：'pool:east tier:A'；gx help filter 列出可用字段"),
    ("pool list", "warned", "改为列出即将按规则回收至公海的客户"),
    ("pool claim", "", "从公海认领客户：从此由我负责；多人同时认领时只有一人成功"),
    ("pool release", "", "把客户退回公海，须写明原因"),
    ("pool protect", "", "设置保护期：期内客户不被回收至公海"),
    ("customer claim", "", "同 gx pool claim"),
    ("customer release", "", "同 gx pool release"),
    ("customer release", "reason", "原因，所有人可见"),
    ("pool release", "reason", "原因，所有人可见"),
    ("pool protect", "reason", "原因，所有人可见"),
    ("pool protect", "off", "结束保护期"),
    ("policy", AFTER, "策略为 TOML 文件：gx help policy-file 说明其中各个键。"),
    ("policy show", "", "显示现行策略，或以前的一版"),
    ("policy show", "version", "已生效过的第几版"),
    ("policy check", "", "检查策略；列出全部错误及所在行列"),
    ("policy check", "file", "文件"),
    ("policy preview", "", "预演策略对客户的影响及原因"),
    ("policy preview", "policy", "文件，或已生效过的版本号"),
    ("policy preview", "against", "与之对照的另一个；不给则对照当前等级"),
    ("policy preview", "limit", "最多显示多少位变动的客户"),
    ("policy adopt", "", "使策略立即生效；gx undo 可撤销"),
    ("policy adopt", "file", "文件"),
    ("policy diff", "", "逐行比较两个策略"),
    ("policy diff", "from", "文件，或已生效过的版本号"),
    ("policy diff", "to", "另一个；不给则与现行策略比较"),
    ("policy history", "", "列出生效过的策略，新的在前"),
    ("list", "view", "仅限此视图中的客户，并按其排序；以 @ 开头的 FILTER 含义相同：gx list @名称"),
    ("playbook list", "", "列出进行中和已结束的流程"),
    ("playbook show", "", "查看流程的步骤及执行情况：次数、用时、逾期"),
    ("playbook show", "playbook", "流程的编号；不给则显示全部"),
    ("playbook show", "since", "只统计此日及以后开始的（2026-10-01、-30d）"),
    ("playbook start", "", "为客户启动流程"),
    ("playbook start", "playbook", "流程的编号"),
    ("playbook pause", "", "暂停流程，时限停止计时"),
    ("playbook resume", "", "继续流程，各时限按暂停的时间顺延"),
    ("playbook stop", "", "停止流程，未完成的任务随之取消"),
    ("*", "run", "编号（r3）"),
    ("playbook pause", "reason", "原因"),
    ("playbook stop", "reason", "原因"),
    ("view add", "", "保存视图"),
    ("view edit", "", "修改视图"),
    ("view list", "", "列出视图：自己的与小组共用的"),
    ("view remove", "", "删除视图；gx undo 可恢复"),
    ("view add", "name", "视图名称"),
    ("view edit", "name", "视图名称"),
    ("view add", "filter", "筛选条件，作为一个带引号的词：'tier:A idle>30d'；gx help filter 列出可用字段"),
    ("view edit", "filter", "筛选条件，作为一个带引号的词：'tier:A idle>30d'；gx help filter 列出可用字段"),
    ("*", "view", "编号（v1），或视图名称"),
    ("*", "sort", "排序字段，前加 - 为倒序"),
    ("*", "columns", "屏幕上的列，以逗号分隔"),
    ("*", "shared", "全组可用"),
    ("team add", "", "新增小组"),
    ("team edit", "", "修改小组"),
    ("team list", "", "列出小组"),
    ("team edit", "team", "编号（g1），或能唯一确定小组的词"),
    ("*", "department", "所属部门"),
    ("member add", "", "新增组员"),
    ("member edit", "", "修改组员"),
    ("member list", "", "列出组员"),
    ("*", "login", "在本机的账号"),
    ("member away", "", "登记组员缺勤和代班人：期间其任务也归代班人"),
    ("member back", "", "组员已返回或不再缺勤：清除登记"),
    ("*", "member", "编号（m2），或能唯一确定组员的词，或 me"),
    ("member away", "days", "首日和末日：明天..周五、2026-12-01..2026-12-03；只写一天即当天"),
    ("member away", "stand_in", "代班人；不给则为组长"),
    ("member away", "reason", "原因"),
    ("handover", "from", "交出者：编号（m2），或能唯一确定组员的词"),
    ("handover", "to", "接手者；多人以逗号分隔"),
    ("handover", "by", "多人如何分配：round（逐个轮流）、tier 或 region（同一等级或地区的客户归同一人）"),
    ("*", "also", "同时所在的其他小组，可重复给出"),
    ("*", "skill", "技能，可重复给出"),
    ("*", "role", "rep（组员）、lead（组长）、manager（经理）、admin（管理员）、auditor（审计）"),
    ("history", "record", "客户，或任意记录的编号（c12、t5、b3）"),
    ("history", "by", "由该组员：编号、姓名、账号或 me；由时间带来的：clock（时钟）"),
    ("undo", "what", "日志序号（123）或批次（b3）；不给则为本人上一操作"),
    ("undo", "partial", "后来被更改的保持原样，而不是拒绝"),
    ("import", "file", "文件：CSV 等；- 为标准输入"),
    ("import", "kind", "members、teams、customers、contacts、interactions、tasks、deals、purchases"),
    (
        "import",
        "map",
        "字段与列的对应；ref 指明识别各行的列。不给则列名与字段同名的列对应该字段；gx help fields 列出字段",
    ),
    ("import", "errors", "被拒绝的行连同原因写入此文件；不给则以退出码 5 结束"),
    ("import", "delimiter", "分隔符：一个字符，或 tab"),
    ("import", "encoding", "utf-8、gb18030、big5、utf-16le 等"),
    ("export", "kind", "members、teams、customers、contacts、interactions、tasks、deals、purchases"),
    ("export", "raw", "不改动电子表格会当作公式执行的单元格"),
    ("init", "name", "库的名称；不给则用你的姓名，演练库用其小组"),
    ("demo", "join", "打开另一终端中正在运行的演示"),
    ("demo", "accessible", "界面：一次只显示一个窗格，无边框，以文字代替符号"),
    ("demo", "store", "库的目录"),
    ("init", "practice", "演练库：带有演练用的小组和客户，时钟可调"),
    ("init", "empty", "空的演练库"),
    ("init", "clock", "演练库时钟的起点"),
    ("init", "timezone", "小组的时区，例如 Asia/Shanghai；不给则用本机时区"),
    ("init", "currency", "未注明币种的金额的币种，例如 CNY"),
    ("serve", "data", "库文件所在目录，与套接字目录不同时给出"),
    ("serve", "auto", "由客户端启动：在标准输出上报告启动结果，无人使用时退出"),
    ("clock", "to", "向前多久，或到何时：+3d、2018-02-01、周五 09:00"),
    ("clock", "more", "其余的词"),
    ("keys list", "", "列出各按键的作用；--format md 列出所有按键表"),
    ("keys check", "", "检查自己的按键表；每处错误给出行和列"),
    ("keys dump", "", "输出自带的按键表"),
    ("keys list", "keymap", "按键表：default、vim、emacs，或文件路径；不给则为界面所用的按键表"),
    ("keys check", "file", "文件"),
    ("keys dump", "name", "按键表的名称"),
    ("completions", "at", "此命令行末尾可填的内容：供补全脚本查询"),
    ("completions", "word", "命令行中由 bash 替换的部分"),
    ("completions", "shell", "bash、elvish、fish、powershell、zsh"),
    ("man", "dir", "写出所有命令手册页的目录；不给则把首页写到标准输出"),
    (
        "help",
        "command",
        "命令，例如 task add；或 filter（筛选语言）、fields（导入和 --set 的字段）、policy-file（策略文件的全部键）",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::tree::tree;
    use crate::text::Lang;

    fn missing(command: &Command, path: &str, out: &mut Vec<String>) {
        let chinese = |text: Option<String>| text.is_some_and(|text| !text.is_ascii());
        if !chinese(command.get_about().map(ToString::to_string)) {
            out.push(path.to_owned());
        }
        for arg in command.get_arguments() {
            if !chinese(arg.get_help().map(ToString::to_string)) && !LISTS.contains(&arg.get_id().as_str()) {
                out.push(format!("{path} {}", arg.get_id()));
            }
        }
        for below in command.get_subcommands() {
            missing(below, &format!("{path} {}", below.get_name()), out);
        }
    }

    /// Arguments whose help is a list of words that are typed as they are.
    const LISTS: [&str; 5] = ["channel", "outcome", "stage", "kind", "shell"];

    #[test]
    fn every_command_and_argument_has_a_chinese_text() {
        let mut root = tree(Lang::Zh, None);
        root.build();
        let mut found = Vec::new();
        missing(&root, "gx", &mut found);
        assert!(found.is_empty(), "{found:#?}");
    }

    /// Every path with each of its arguments, and with none.
    fn known(command: &Command, path: &str, out: &mut Vec<(String, String)>) {
        out.push((path.to_owned(), String::new()));
        out.extend(command.get_after_help().map(|_| (path.to_owned(), AFTER.to_owned())));
        out.extend(command.get_arguments().map(|arg| (path.to_owned(), arg.get_id().to_string())));
        for below in command.get_subcommands() {
            let path = if path == "gx" {
                below.get_name().to_owned()
            } else {
                format!("{path} {}", below.get_name())
            };
            known(below, &path, out);
        }
    }

    #[test]
    fn no_text_stands_here_in_vain() {
        let mut root = tree(Lang::En, None);
        root.build();
        let mut all = Vec::new();
        known(&root, "gx", &mut all);
        for (path, arg, _) in TEXTS {
            assert!(all.iter().any(|(p, a)| a == arg && (p == path || *path == "*")), "{path} {arg}");
        }
    }

    #[test]
    fn both_helps_are_whole() {
        for lang in [Lang::En, Lang::Zh] {
            let mut root = tree(lang, None);
            root.build();
            let log = root.find_subcommand_mut("log").unwrap();
            insta::assert_snapshot!(format!("help_log_{lang:?}"), log.render_help().to_string());
            insta::assert_snapshot!(format!("help_{lang:?}"), root.render_help().to_string());
        }
    }
}

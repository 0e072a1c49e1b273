//! The tree of verbs: one table, from which parser, help, manual and completions are made.
//!
//! A run pays only for the verb that it names: a first look at the command line tells which, and of all verbs that one
//! alone is declared.

use clap::{Arg, ArgAction, ArgMatches, Args, Command};

use super::failure::{Done, Failure};
use super::flags::{Flags, LAST, acting};
use super::gx::Gx;
use super::{
    care, clock, completions, contact, customer, deal, demo, doctor, export, find, handover, help, history,
    import, inbox, init, keys, list, log, man, member, playbook, policy, pool, purchase, rebuild, serve,
    show, status, stop, task, team, tier, timeline, undo, verify, view, why, zh,
};
use crate::text::Lang;
use crate::text::say::cli as say;

/// A verb: its flags and arguments, and what it does.
pub(super) trait Verb: Args {
    /// Does it.
    fn run(self, gx: &mut Gx) -> Done;
}

/// A verb of the table.
pub(super) struct Entry {
    pub(super) name: &'static str,
    about: (&'static str, &'static str),
    args: fn(Command) -> Command,
    run: fn(&ArgMatches, &mut Gx) -> Done,
}

/// Every verb, in the order of help.
pub(super) const VERBS: &[Entry] = &[
    Entry::of::<find::Find>("find", "Look customers up by a few letters", "模糊查找客户"),
    Entry::of::<show::Show>("show", "Everything about a customer on one page", "显示客户档案"),
    Entry::of::<list::List>("list", "List customers by filter", "按条件列出客户"),
    Entry::of::<timeline::Timeline>(
        "timeline",
        "What happened with a customer, newest first",
        "显示客户的时间线，最新在前",
    ),
    Entry::of::<why::Why>(
        "why",
        "Why a customer stands where it stands",
        "说明客户的等级、阶段和负责人的由来",
    ),
    Entry::of::<log::Log>("log", "Log an interaction, and the next step", "写跟进记录和下一步"),
    Entry::of::<task::Task>("task", "The task queue", "任务队列"),
    Entry::of::<inbox::Inbox>("inbox", "Who mentions me, and where", "谁提到了我"),
    Entry::of::<customer::Customer>("customer", "Add, edit and archive customers", "新增、修改、归档客户"),
    Entry::of::<contact::Contact>("contact", "People at a customer", "联系人"),
    Entry::of::<deal::Deal>("deal", "Deals", "商机"),
    Entry::of::<purchase::Purchase>("purchase", "Purchases", "交易记录"),
    Entry::of::<tier::Tier>(
        "tier",
        "The book by tier; set and clear a tier by hand",
        "客户分层；人工指定或取消等级",
    ),
    Entry::of::<pool::Pool>(
        "pool",
        "The open pool: list, claim, release, protect",
        "公海：列出、认领、退回、保护",
    ),
    Entry::of::<playbook::Playbook>(
        "playbook",
        "Playbooks: show how they go; start, pause, resume and stop them",
        "流程：查看执行情况，启动、暂停、继续、停止",
    ),
    Entry::of::<care::Care>(
        "care",
        "The communication plan and care: list what is planned, leave it out",
        "沟通计划与客户关怀：列出计划、取消一次",
    ),
    Entry::of::<view::View>("view", "Saved lists of customers", "客户视图"),
    Entry::of::<policy::Policy>(
        "policy",
        "The team's rules: check, try, adopt, compare",
        "小组的策略：检查、预演、生效、比较",
    ),
    Entry::of::<team::Team>("team", "Teams", "小组"),
    Entry::of::<member::Member>("member", "Members", "组员"),
    Entry::of::<handover::Handover>(
        "handover",
        "Hand a member's whole book over to others",
        "交接：把组员名下的全部客户交给他人",
    ),
    Entry::of::<history::History>("history", "Who changed what, from, to", "历史：谁改了什么"),
    Entry::of::<undo::Undo>(
        "undo",
        "Take back my last act, an entry or a batch",
        "撤销本人上一操作、某条记录或某个批次",
    ),
    Entry::of::<import::Import>("import", "Take in a file, row by row", "导入文件"),
    Entry::of::<export::Export>("export", "Write out records of a kind", "导出记录"),
    Entry::of::<init::Init>("init", "Make a store", "新建库"),
    Entry::of::<demo::Demo>("demo", "Try the screen on a throw-away practice store", "在临时演练库上试用"),
    Entry::of::<serve::Serve>("serve", "Serve a store until told to stop", "运行服务端"),
    Entry::of::<status::Status>("status", "How the server is", "服务端状态"),
    Entry::of::<doctor::Doctor>("doctor", "What is wrong here, and how to mend it", "检查问题并说明如何修复"),
    Entry::of::<stop::Stop>("stop", "End the server", "停止服务端"),
    Entry::of::<verify::Verify>(
        "verify",
        "Replay the journal and compare it with every table",
        "重放日志并核对所有表",
    ),
    Entry::of::<rebuild::Rebuild>("rebuild", "Make every table anew from the journal", "由日志重建所有表"),
    Entry::of::<clock::Clock>(
        "clock",
        "The store's clock; move that of a practice store",
        "库的时钟；演练库可向前调整",
    ),
    Entry::of::<keys::Keys>("keys", "Key maps: list, check, dump", "按键表：列出、检查、输出"),
    Entry::of::<completions::Completions>("completions", "Completions for a shell", "生成命令补全脚本"),
    Entry::of::<man::Man>("man", "Manual pages", "生成手册页"),
    Entry::of::<help::Help>("help", "Help for a command", "显示命令的帮助"),
];

impl Entry {
    const fn of<V: Verb>(name: &'static str, en: &'static str, zh: &'static str) -> Entry {
        Entry { name, about: (en, zh), args: args::<V>, run: run::<V> }
    }

    fn command(&self, lang: Lang) -> Command {
        let command = (self.args)(Command::new(self.name).about(lang.pick(self.about.0, self.about.1)));
        // Import has an `--as` of its own.
        let command = if self.name == "import" { command } else { command.arg(acting().global(true)) };
        if lang == Lang::Zh { zh::translated(command) } else { command }
    }
}

/// The whole program. With `only`, of all verbs that one alone.
pub(super) fn tree(lang: Lang, only: Option<&str>) -> Command {
    let root = Command::new("gx")
        .about(say::about(lang))
        .version(env!("CARGO_PKG_VERSION"))
        .args_override_self(true)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .arg(
            Arg::new("version")
                .long("version")
                .short('V')
                .action(ArgAction::Version)
                .help("Show the version"),
        );
    let help = Arg::new("help")
        .long("help")
        .short('h')
        .action(ArgAction::Help)
        .help("Show this help")
        .display_order(LAST);
    let root = Flags::augment_args(root.next_help_heading("Everywhere")).arg(acting()).arg(help.global(true));
    let root = if lang == Lang::Zh { zh::translated(root) } else { root };
    let named = |entry: &&Entry| only.is_none_or(|only| only == entry.name);
    VERBS.iter().filter(named).fold(root, |root, entry| root.subcommand(entry.command(lang)))
}

/// Does what the parsed command line says; nothing where it names no verb.
pub(super) fn run_verb(matches: &ArgMatches, gx: &mut Gx) -> Option<Done> {
    let (name, matches) = matches.subcommand()?;
    let entry = VERBS.iter().find(|entry| entry.name == name)?;
    Some((entry.run)(matches, gx))
}

/// A noun without a verb is a mistake that is said in one line; help is what was asked for.
fn args<V: Verb>(command: Command) -> Command {
    V::augment_args(command).arg_required_else_help(false)
}

fn run<V: Verb>(matches: &ArgMatches, gx: &mut Gx) -> Done {
    let verb = V::from_arg_matches(matches).map_err(|error| Failure::from_clap(&error, gx.lang))?;
    verb.run(gx)
}

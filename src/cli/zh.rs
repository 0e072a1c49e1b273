//! The help texts in Chinese, by the path of the command and the id of the argument. The English ones stand where
//! the arguments are declared; a test walks the tree and finds what is missing here.

use clap::Command;

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}\n";

/// The command and all below it, in Chinese.
pub(super) fn translated(command: Command) -> Command {
    let path = command.get_name().to_owned();
    below(command, &path)
}

fn below(command: Command, path: &str) -> Command {
    let about = text(path, "").map(Into::into).or_else(|| command.get_about().cloned());
    command
        .about(about)
        .help_template(TEMPLATE)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .mut_args(|arg| {
            let heading = match (arg.is_global_set(), arg.is_positional()) {
                (true, _) => "通用选项",
                (false, true) => "参数",
                (false, false) => "选项",
            };
            let help = text(path, arg.get_id().as_str()).map(Into::into).or_else(|| arg.get_help().cloned());
            arg.help(help).help_heading(heading)
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


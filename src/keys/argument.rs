//! What an act may be told behind its name, in the palette.

use crate::text::Lang;

/// Declares each once: what stands for it in documentation, and what may be written, in both languages.
macro_rules! arguments {
    ($($argument:ident: $en:literal $zh:literal, $expects_en:literal $expects_zh:literal;)*) => {
        /// What an act may be told behind its name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Argument {
            $(#[doc = $expects_en] $argument,)*
        }

        impl Argument {
            /// What stands for it in documentation.
            pub fn name(self, lang: Lang) -> &'static str {
                match self { $(Argument::$argument => lang.pick($en, $zh),)* }
            }

            /// What may be written, in a few words.
            pub fn expects(self, lang: Lang) -> &'static str {
                match self { $(Argument::$argument => lang.pick($expects_en, $expects_zh),)* }
            }
        }
    };
}

arguments! {
    Customer: "NAME" "名称", "a customer's name, pinyin, id or phone tail" "客户名称、拼音、编号或电话尾号";
    Filter: "FILTER" "条件", "a filter: tier:A idle>30d" "筛选条件：tier:A idle>30d";
    View: "VIEW" "视图", "the name of a saved view" "视图名称";
    PastDay: "DATE" "日期", "a day that has been: 2026-06-01, yesterday, last friday" "过去的日期：2026-06-01、昨天、上周五";
    Order: "FIELD" "字段", "a field to sort by; - before it for backwards" "排序字段；前面加 - 为倒序";
    Member: "MEMBER" "组员", "a member's name or id; none for nobody" "组员姓名或编号；无 为不指定";
    Tag: "TAG" "标签", "a tag, or several: vip, east" "一个或多个标签：vip，华东";
    Tier: "TIER [WHY]" "等级 [原因]", "a tier, and why: A they asked for it" "等级和原因：A 客户要求";
    Change: "FIELD=VALUE" "字段=值", "a field and its value: region=East, owner=Anna, tag=vip" "字段=值：region=华东、owner=安娜、tag=重点";
    Columns: "COLUMNS" "列", "the columns of the list: due, last, region" "列表的列：due，last，region";
    Day: "DATE" "日期", "a date: fri, +3d, 1 Oct" "日期：周五、+3d、10月1日";
    NextStep: "NEXT" "下一步", "a date and what to do: +3d send price list" "日期和事项：+3d 寄报价单";
    Words: "TEXT" "内容", "what was said, and the next step: two lots > +3d send price list" "内容和下一步：要两批 > +3d 寄报价单";
    Title: "TITLE" "事项", "what is to be done" "要做的事项";
    Part: "PART" "内容", "what to copy: name, id, phone, mail, website, address" "要复制的内容：名称、编号、电话、邮箱、网站、地址";
    PolicyFile: "FILE" "文件", "the file of a policy; tab completes its path" "策略文件；tab 补全路径";
    Handover: "WHO to WHOM" "谁 给 谁", "who gives, and who takes over: Anna to Bo, Cecily" "交出人和接手人：安娜 给 维西，塞西莉";
    Playbook: "PLAYBOOK" "流程", "a playbook of the policy" "策略中的流程";
    Run: "RUN" "流程", "which: r3, or the playbook's id" "哪一个：r3 或流程编号";
    RunAndWhy: "[RUN] WHY" "[流程] 原因", "why; of several, which first: r3 on holiday until May" "原因；有多个流程时先写编号：r3 客户休假至五月";
    RunMayWhy: "RUN WHY" "流程 原因", "which, where there are several, and why: r3 they bought elsewhere" "有多个流程时先写编号，再写原因：r3 已向他人购买";
    Occasion: "OCCASION WHY" "计划 原因", "what is left out, and why: cadence they are on holiday" "跳过哪一项及原因：cadence 客户休假";
    Absence: "[WHO] FROM..UNTIL [STAND-IN], [WHY]" "[组员] 起..止 [代班人]，[原因]", "who, the first and the last day, who stands in: Anna fri..+10d Bo, holiday" "组员、首日..末日、代班人：安娜 周五..+10d 维西，休假";
    Theme: "THEME" "配色", "terminal, mono, night, day" "terminal、mono、night、day";
    Language: "LANG" "语言", "en, zh" "en、zh";
}

impl Argument {
    /// Whether there is nothing to be done without it.
    pub fn is_needed(self) -> bool {
        matches!(
            self,
            Argument::PastDay
                | Argument::Theme
                | Argument::PolicyFile
                | Argument::Handover
                | Argument::Playbook
                | Argument::RunAndWhy
                | Argument::Occasion
                | Argument::Absence
        )
    }
}

//! The heads of columns in Chinese, by which `--map` and a file's first line name fields as well.

use crate::model::Kind;

/// What a field is called in Chinese: first as it is listed, then what else people write.
pub(super) fn heads(kind: Kind, field: &str) -> &'static [&'static str] {
    match field {
        "name" if matches!(kind, Kind::Member | Kind::Contact) => &["姓名", "名称"],
        "name" => &["名称"],
        "title" if kind == Kind::Contact => &["职位", "职务"],
        "title" => &["标题", "任务"],
        "kind" => &["类型"],
        "parent" => &["上级", "上级客户"],
        "owner" => &["负责人"],
        "team" => &["小组", "所属小组"],
        "teams" => &["其他小组"],
        "skills" => &["技能"],
        "away_from" => &["缺勤开始"],
        "away_until" => &["缺勤结束"],
        "stand_in" => &["代班", "代班人"],
        "backup" => &["后备负责人", "后备"],
        "tier" => &["等级"],
        "aliases" => &["别名"],
        "tags" => &["标签"],
        "industry" => &["行业"],
        "region" => &["地区"],
        "country" => &["国家"],
        "employees" => &["员工人数"],
        "revenue" => &["年营业额"],
        "need" => &["最看重的方面"],
        "complexity" => &["服务复杂度"],
        "phones" | "phone" => &["电话"],
        "mails" | "mail" => &["邮件", "邮箱"],
        "wechat" => &["微信"],
        "address" => &["地址"],
        "website" => &["网址"],
        "code" => &["统一社会信用代码"],
        "source" => &["来源"],
        "note" => &["备注"],
        "collaborators" => &["协同成员"],
        "verified" => &["资料核实时间"],
        "reference" => &["参考编号", "外部单号"],
        "customer" => &["客户"],
        "contact" => &["联系人"],
        "channel" => &["渠道", "偏好渠道"],
        "birthday" => &["生日"],
        "lunar_birthday" => &["农历生日"],
        "weekdays" => &["联系日"],
        "by" => &["组员", "跟进人"],
        "at" => &["时间"],
        "direction" => &["方向"],
        "outcome" => &["结果"],
        "text" => &["内容"],
        "said" => &["客户原话"],
        "assignee" => &["负责", "执行人"],
        "due" => &["截止", "到期时间"],
        "state" => &["状态"],
        "product" => &["产品"],
        "stage" => &["阶段"],
        "amount" => &["金额"],
        "opened" => &["开启日"],
        "expected" => &["预计成交", "预计成交日"],
        "closed" => &["结束", "结束时间"],
        "probability" => &["赢单概率"],
        "date" => &["日期", "交易时间"],
        "deal" => &["商机", "对应商机"],
        "paid" => &["回款", "是否回款"],
        "login" => &["账号", "登录名"],
        "role" => &["角色"],
        "lead" => &["组长"],
        "department" => &["部门"],
        _ => &[],
    }
}

/// The field of a kind that has this Chinese head.
pub(super) fn field_headed(kind: Kind, head: &str) -> Option<&'static str> {
    kind.fields().iter().map(|info| info.name).find(|field| heads(kind, field).contains(&head))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Lang, say};

    #[test]
    fn no_two_fields_of_a_kind_have_one_head() {
        for kind in Kind::ALL {
            for info in kind.fields() {
                for head in heads(kind, info.name) {
                    assert_eq!(field_headed(kind, head), Some(info.name), "{kind:?} {head}");
                }
            }
        }
    }

    #[test]
    fn what_the_shell_prints_over_columns_is_read() {
        use say::cli as said;
        let zh = Lang::Zh;
        for (kind, field, head) in [
            (Kind::Customer, "name", said::col_name(zh)),
            (Kind::Customer, "owner", said::col_owner(zh)),
            (Kind::Customer, "team", said::col_team(zh)),
            (Kind::Customer, "parent", said::col_parent(zh)),
            (Kind::Customer, "tags", said::col_tags(zh)),
            (Kind::Customer, "tier", said::col_tier(zh)),
            (Kind::Customer, "stage", said::col_stage(zh)),
            (Kind::Contact, "title", said::col_title(zh)),
            (Kind::Contact, "phones", said::col_phones(zh)),
            (Kind::Contact, "mails", said::col_mails(zh)),
            (Kind::Interaction, "text", said::col_text(zh)),
            (Kind::Interaction, "at", said::col_when(zh)),
            (Kind::Interaction, "by", said::col_by(zh)),
            (Kind::Task, "title", said::col_task(zh)),
            (Kind::Task, "customer", said::col_customer(zh)),
            (Kind::Task, "assignee", said::col_assignee(zh)),
            (Kind::Task, "due", said::col_due(zh)),
            (Kind::Deal, "expected", said::col_expected(zh)),
            (Kind::Deal, "closed", said::col_closed(zh)),
            (Kind::Purchase, "product", said::col_product(zh)),
            (Kind::Purchase, "amount", said::col_amount(zh)),
            (Kind::Purchase, "date", said::col_date(zh)),
            (Kind::Purchase, "paid", said::col_paid(zh)),
            (Kind::Member, "login", said::col_login(zh)),
            (Kind::Member, "role", said::col_role(zh)),
            (Kind::Member, "lead", said::col_lead(zh)),
            (Kind::Team, "department", said::col_department(zh)),
        ] {
            assert_eq!(field_headed(kind, head), Some(field), "{head}");
        }
    }
}

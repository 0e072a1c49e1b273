//! What people call the fields of records.

/// Declares a word for each field, and the look-up of them by the name that is stored.
macro_rules! fields {
    ($($name:ident $en:literal $zh:literal;)+) => {
        crate::messages! {
            $(#[doc = concat!("The field `", stringify!($name), "`.")] $name() = $en, $zh;)+
        }

        /// What people call the field that is stored by this name; none where no person needs to know of it.
        pub fn called(name: &str, lang: crate::text::Lang) -> Option<&'static str> {
            Some(match name {
                $(stringify!($name) => $name(lang),)+
                _ => return None,
            })
        }
    };
}

fields! {
    name "name" "名称";
    kind "kind" "类型";
    parent "parent" "上级";
    owner "owner" "负责人";
    team "team" "小组";
    aliases "also" "别名";
    tags "tag" "标签";
    industry "industry" "行业";
    region "region" "地区";
    country "country" "国家";
    employees "employees" "员工数";
    revenue "revenue" "年营收";
    need "need" "需求";
    complexity "complexity" "复杂度";
    phones "phone" "电话";
    mails "mail" "邮箱";
    address "address" "地址";
    website "website" "网站";
    code "credit code" "信用代码";
    source "source" "来源";
    note "note" "备注";
    collaborators "collaborator" "协同成员";
    own "own field" "自定义字段";
    dnc "do not contact" "请勿联系";
    verified "data checked" "资料核实";
    archived "archived" "已归档";
    reference "reference" "外部编号";
    tier "tier" "等级";
    tier_fixed "tier by hand" "手动等级";
    tier_reason "reason" "原因";
    tier_until "until" "截止";
    stage "stage" "阶段";
    title "title" "名称";
    wechat "wechat" "微信";
    channel "channel" "方式";
    birthday "birthday" "生日";
    customer "customer" "客户";
    contact "contact" "联系人";
    by "by" "由谁";
    at "when" "时间";
    direction "direction" "方向";
    outcome "outcome" "结果";
    text "text" "内容";
    said "said" "客户原话";
    inquiry "inquiry" "询价";
    assignee "assignee" "由谁";
    due "due" "时限";
    state "state" "状态";
    promise "promise" "承诺";
    snoozed_until "put off until" "推迟至";
    taken "taken" "接下时间";
    done_at "done" "完成时间";
    done_by "done by" "完成人";
    product "product" "产品";
    amount "amount" "金额";
    opened "opened" "开始日期";
    expected "expected" "预计成交";
    closed "closed" "结束日期";
    probability "probability" "成交概率";
    lost_reason "why lost" "输单原因";
    date "date" "日期";
    deal "deal" "商机";
    paid "paid" "已回款";
}

//! Short things that are said of customers, contacts and deals. In pairs, English stands first.

/// A text in both languages.
pub(in crate::demo) type Both = (&'static str, &'static str);

/// Where customers came from.
pub(in crate::demo) const SOURCES: &[Both] = &[
    ("Trade fair", "展会"),
    ("Referral", "转介绍"),
    ("Web site", "官网"),
    ("Cold call", "电话开发"),
    ("Partner", "合作伙伴"),
];

/// Tags.
pub(in crate::demo) const TAGS: &[Both] = &[
    ("reference", "标杆客户"),
    ("price-sensitive", "价格敏感"),
    ("frame-contract", "框架合同"),
    ("expansion", "扩产"),
    ("tender", "招投标"),
    ("slow-payer", "付款慢"),
];

/// What everybody should know of a customer.
pub(in crate::demo) const NOTES: &[Both] = &[
    ("Deliveries before noon only, gate 3.", "送货只收上午，走三号门。"),
    ("Invoices need the PO number and go to finance directly.", "发票须注明采购订单号，直接寄财务。"),
    ("Decides in the last week of the quarter.", "季末最后一周拍板。"),
    ("No calls before ten.", "上午十点前不要打电话。"),
    ("Site visits need safety shoes and two days' notice.", "进厂要穿安全鞋，提前两天报备。"),
    ("Two bad deliveries in the past: check the packing.", "以前两次到货破损，发货前检查包装。"),
    ("The technical director decides, purchasing only signs.", "技术总监说了算，采购只走流程。"),
    ("Wants everything by mail, with drawings.", "凡事要邮件，附图纸。"),
];

/// What a `do not contact` goes with.
pub(in crate::demo) const DNC: Both =
    ("Asked not to be contacted. Orders themselves when needed.", "要求不再主动联系，需要时会自行下单。");

/// What everybody should know of a contact.
pub(in crate::demo) const CONTACT_NOTES: &[Both] = &[
    ("Prefers short mails.", "喜欢简短的消息。"),
    ("On leave every August.", "每年八月休假。"),
    ("Knows the plant better than anybody.", "全厂设备最熟的人。"),
    ("New in the job; explain patiently.", "刚接手，讲解要耐心。"),
];

/// When they pay: an own field.
pub(in crate::demo) const PAYMENT: &[Both] = &[
    ("30 days", "月结30天"),
    ("60 days", "月结60天"),
    ("in advance", "款到发货"),
    ("on delivery", "货到付款"),
];

/// Why deals were lost.
pub(in crate::demo) const LOST: &[Both] = &[
    ("Price: another supplier was nine per cent lower", "价格：对手低百分之九"),
    ("Budget withdrawn", "预算取消"),
    ("Lead time too long", "交期太长"),
    ("Stayed with their present supplier", "沿用原供应商"),
    ("Project put off", "项目推迟"),
    ("No answer after the offer", "报价后没有回音"),
    ("Did not fit their controllers", "与现有系统不兼容"),
    ("Payment terms", "付款条件谈不拢"),
];

/// What a deal is called: the product comes before it.
pub(in crate::demo) const DEALS: &[Both] = &[
    ("for the new line", "新产线项目"),
    ("frame contract", "年度框架"),
    ("replacement", "更新改造"),
    ("extension", "扩容"),
    ("pilot", "试点"),
    ("second lot", "二期"),
];

/// What is remarked on a purchase.
pub(in crate::demo) const PURCHASE_NOTES: &[Both] = &[
    ("Delivered in two lots.", "分两批交货。"),
    ("Express, freight on us.", "加急，运费我方承担。"),
    ("Replaces a returned item.", "退货换新。"),
];

/// Duties beside the owner's.
pub(in crate::demo) const DUTIES: &[&str] = &["support", "service", "finance", "backup", "analyst"];

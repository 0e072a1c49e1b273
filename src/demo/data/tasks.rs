//! What is to be done.

/// What a task is: its title in both languages, whether it is promised to the customer, what it came from.
pub(in crate::demo) struct Errand {
    pub(in crate::demo) zh: &'static str,
    pub(in crate::demo) en: &'static str,
    pub(in crate::demo) promise: bool,
    pub(in crate::demo) source: &'static str,
    /// Only for those who bought something.
    pub(in crate::demo) buyers: bool,
}

const fn errand(zh: &'static str, en: &'static str, promise: bool, source: &'static str) -> Errand {
    Errand { zh, en, promise, source, buyers: false }
}

const fn service(zh: &'static str, en: &'static str, promise: bool, source: &'static str) -> Errand {
    Errand { zh, en, promise, source, buyers: true }
}

/// The titles. `{product}` is filled.
pub(in crate::demo) const ERRANDS: &[Errand] = &[
    errand("发送{product}报价", "Send the quote for {product}", true, "manual"),
    service("回访使用情况", "Revisit: how is it going", false, "cadence"),
    errand("寄{product}资料", "Send the data sheets of {product}", true, "manual"),
    service("电话确认到货", "Call: did the delivery arrive", false, "manual"),
    service("准备框架合同续签", "Prepare the renewal of the frame contract", false, "manual"),
    errand("补发检测报告", "Send the test reports", true, "manual"),
    service("约上门校准时间", "Fix a date for the calibration", false, "manual"),
    errand("跟进{product}方案", "Follow up on the {product} proposal", false, "manual"),
    service("催收上月货款", "Ask for last month's payment", false, "manual"),
    errand("生日问候", "Birthday greeting", false, "care"),
    errand("答复技术问题", "Answer the two technical questions", true, "manual"),
    errand("按沟通计划联系", "Get in touch, it has been a while", false, "cadence"),
    errand("整理{product}对比表", "Compare {product} with the old model", false, "manual"),
    errand("安排{product}演示", "Set up a demo of {product}", false, "manual"),
    service("核对开票信息", "Check the invoice address", false, "manual"),
    service("给出{product}的准确交期", "Confirm the delivery date of {product}", true, "manual"),
];

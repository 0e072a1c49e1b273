//! Us, and names for the people at customers.

/// A team: name, department, lead, the regions it serves.
pub(in crate::demo) struct Team {
    pub(in crate::demo) name: &'static str,
    pub(in crate::demo) department: &'static str,
    pub(in crate::demo) lead: &'static str,
    pub(in crate::demo) regions: &'static [&'static str],
    /// To whom its owned customers fall in turn. `me` is whoever opens the practice store.
    pub(in crate::demo) owners: &'static [&'static str],
}

/// The teams. Their regions cover every place.
pub(in crate::demo) const TEAMS: &[Team] = &[
    Team {
        name: "华东组",
        department: "国内销售部",
        lead: "林婉清",
        regions: &["华东", "华北", "东北", "Asia Pacific"],
        owners: &["me", "陈思远", "赵一鸣", "me", "林婉清", "陈思远", "me", "赵一鸣"],
    },
    Team {
        name: "西南组",
        department: "国内销售部",
        lead: "罗家骏",
        regions: &["华南", "华中", "西南", "西北"],
        owners: &["唐雨桐", "覃海", "罗家骏", "唐雨桐", "覃海"],
    },
    Team {
        name: "International",
        department: "International Sales",
        lead: "Ingrid Solberg",
        regions: &["Europe", "North America", "South America"],
        owners: &["Priya Nair", "Tomás Ferreira", "Owen Gallagher", "Ingrid Solberg"],
    },
];

/// Who leads the leads; in no team.
pub(in crate::demo) const MANAGER: &str = "何静";

/// Members beside the one who opens the store: name, team, mail user, telephone.
#[rustfmt::skip]
pub(in crate::demo) const MEMBERS: &[(&str, &str, &str, &str)] = &[
    ("何静",           "",              "he.jing",        "154 0055 0900"),
    ("林婉清",         "华东组",        "lin.wanqing",    "154 0055 0901"),
    ("罗家骏",         "西南组",        "luo.jiajun",     "154 0055 0902"),
    ("Ingrid Solberg", "International", "ingrid.solberg", "+44 7700 900903"),
    ("陈思远",         "华东组",        "chen.siyuan",    "154 0055 0904"),
    ("赵一鸣",         "华东组",        "zhao.yiming",    "154 0055 0905"),
    ("唐雨桐",         "西南组",        "tang.yutong",    "154 0055 0906"),
    ("覃海",           "西南组",        "qin.hai",        "154 0055 0907"),
    ("Priya Nair",     "International", "priya.nair",     "+44 7700 900908"),
    ("Tomás Ferreira", "International", "tomas.ferreira", "+44 7700 900909"),
    ("Owen Gallagher", "International", "owen.gallagher", "+44 7700 900910"),
];

/// Mobile numbers in China: 154 is a prefix that no operator has.
pub(in crate::demo) const MOBILE_ZH: &str = "154 0055 0###";

/// Family names with their pinyin; some have more than one reading.
pub(in crate::demo) const FAMILY_ZH: &[(&str, &str)] = &[
    ("王", "wang"),
    ("李", "li"),
    ("张", "zhang"),
    ("刘", "liu"),
    ("陈", "chen"),
    ("杨", "yang"),
    ("黄", "huang"),
    ("周", "zhou"),
    ("吴", "wu"),
    ("徐", "xu"),
    ("孙", "sun"),
    ("马", "ma"),
    ("朱", "zhu"),
    ("胡", "hu"),
    ("郭", "guo"),
    ("高", "gao"),
    ("梁", "liang"),
    ("宋", "song"),
    ("韩", "han"),
    ("冯", "feng"),
    ("曾", "zeng"),
    ("解", "xie"),
    ("单", "shan"),
    ("仇", "qiu"),
    ("任", "ren"),
];

/// Given names with their pinyin.
pub(in crate::demo) const GIVEN_ZH: &[(&str, &str)] = &[
    ("建国", "jianguo"),
    ("志强", "zhiqiang"),
    ("秀英", "xiuying"),
    ("海燕", "haiyan"),
    ("晓东", "xiaodong"),
    ("丽华", "lihua"),
    ("文博", "wenbo"),
    ("雪梅", "xuemei"),
    ("俊杰", "junjie"),
    ("思雨", "siyu"),
    ("浩然", "haoran"),
    ("婷", "ting"),
    ("磊", "lei"),
    ("长青", "changqing"),
    ("乐", "yue"),
    ("明远", "mingyuan"),
    ("桂芳", "guifang"),
    ("永刚", "yonggang"),
    ("佳怡", "jiayi"),
    ("国栋", "guodong"),
    ("慧", "hui"),
    ("振华", "zhenhua"),
    ("玉兰", "yulan"),
    ("少华", "shaohua"),
];

/// Given names of international contacts.
pub(in crate::demo) const GIVEN_EN: &[&str] = &[
    "Anna", "Ben", "Carla", "Daniel", "Elena", "Frank", "Grace", "Henrik", "Isabel", "Jonas", "Karen",
    "Luca", "Maria", "Nils", "Olivia", "Pablo", "Rachel", "Samir", "Teresa", "Victor", "Yuki", "Zoe",
];

/// Family names of international contacts, and as they stand in a mail address.
pub(in crate::demo) const FAMILY_EN: &[(&str, &str)] = &[
    ("Adler", "adler"),
    ("Bianchi", "bianchi"),
    ("Castillo", "castillo"),
    ("Dubois", "dubois"),
    ("Eriksen", "eriksen"),
    ("Fletcher", "fletcher"),
    ("García", "garcia"),
    ("Hoffmann", "hoffmann"),
    ("Iwata", "iwata"),
    ("Jensen", "jensen"),
    ("Kowalska", "kowalska"),
    ("Lindholm", "lindholm"),
    ("Müller", "mueller"),
    ("Novák", "novak"),
    ("O'Leary", "oleary"),
    ("Park", "park"),
    ("Reyes", "reyes"),
    ("Schneider", "schneider"),
    ("Tanaka", "tanaka"),
    ("Visser", "visser"),
    ("Walsh", "walsh"),
];

/// What contacts do, and how they are spoken of: behind the family name.
pub(in crate::demo) const TITLES_ZH: &[(&str, &str)] = &[
    ("采购经理", "经理"),
    ("总经理", "总"),
    ("设备部主任", "主任"),
    ("工程师", "工"),
    ("财务主管", "主管"),
    ("生产总监", "总监"),
    ("仓库主管", "主管"),
    ("信息部经理", "经理"),
];

/// What international contacts do.
pub(in crate::demo) const TITLES_EN: &[&str] = &[
    "Head of purchasing",
    "Managing director",
    "Facility manager",
    "Maintenance engineer",
    "Accounts payable",
    "Plant manager",
    "IT manager",
    "Buyer",
];

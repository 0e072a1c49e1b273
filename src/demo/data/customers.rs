//! The customers. A parent stands above its children; a row without an industry is a person.

use Held::{Pool, Queue, Rep};
use Life::{Back, Fresh, Growing, Hopeful, Key, Lapsed, Prospect, Regular, Returned, Small, Starter, Steady};

/// How a customer's two years went: what tier and stage the shipped policy finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::demo) enum Life {
    /// A, loyal.
    Key,
    /// B, repeat: a few large orders.
    Growing,
    /// B, loyal: many middling orders.
    Steady,
    /// B, new: one large order.
    Starter,
    /// B, prospect: a deal is open.
    Hopeful,
    /// B, won back.
    Returned,
    /// C, repeat.
    Small,
    /// C, loyal: many small orders.
    Regular,
    /// C, new.
    Fresh,
    /// C, lapsed.
    Lapsed,
    /// C, won back.
    Back,
    /// C, prospect.
    Prospect,
}

/// Who looks after a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::demo) enum Held {
    /// One member.
    Rep,
    /// A team's queue.
    Queue,
    /// Nobody: the open pool.
    Pool,
}

/// Life, who looks after them, name, alias, parent, host of the mail addresses (of a person, the user), city, industry.
type Row = (Life, Held, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

/// The customers.
#[rustfmt::skip]
pub(in crate::demo) const CUSTOMERS: &[Row] = &[
    (Key, Rep, "重庆渝澜机电集团", "渝澜", "", "yulan", "重庆", "机械制造"),
    (Growing, Rep, "重庆渝澜智能装备有限公司", "渝澜智装", "重庆渝澜机电集团", "zhizhuang.yulan", "重庆", "机械制造"),
    (Small, Rep, "重庆渝澜精密齿轮厂", "", "重庆渝澜智能装备有限公司", "chilun.yulan", "重庆", "机械制造"),
    (Small, Queue, "重庆渝澜电梯服务有限公司", "", "重庆渝澜机电集团", "dianti.yulan", "重庆", "服务"),
    (Lapsed, Queue, "成都渝澜贸易有限公司", "", "重庆渝澜机电集团", "maoyi.yulan", "成都", "贸易"),
    (Key, Rep, "厦门屿声音乐文化集团", "屿声音乐", "", "yusheng", "厦门", "音乐教育"),
    (Growing, Rep, "厦门屿声琴行连锁有限公司", "屿声琴行", "厦门屿声音乐文化集团", "qinhang.yusheng", "厦门", "零售"),
    (Small, Queue, "福州屿声音乐学校", "", "厦门屿声音乐文化集团", "fuzhou.yusheng", "福州", "音乐教育"),
    (Key, Rep, "长沙麓湾银行", "麓湾银行", "", "luwan", "长沙", "银行"),
    (Starter, Rep, "长沙麓湾金融科技有限公司", "麓湾金科", "长沙麓湾银行", "jinke.luwan", "长沙", "软件"),
    (Regular, Queue, "麓湾银行岳阳分行", "", "长沙麓湾银行", "yueyang.luwan", "岳阳", "银行"),
    (Key, Rep, "苏州澄砚电子集团", "澄砚", "", "chengyan", "苏州", "电子"),
    (Growing, Rep, "无锡澄砚半导体有限公司", "澄砚半导体", "苏州澄砚电子集团", "bdt.chengyan", "无锡", "电子"),
    (Small, Rep, "无锡澄砚封测厂", "", "无锡澄砚半导体有限公司", "fengce.chengyan", "无锡", "电子"),
    (Key, Rep, "Nordvik Marine Group AS", "Nordvik", "", "nordvik", "Oslo", "Shipping"),
    (Growing, Rep, "Nordvik Marine Services AS", "NMS", "Nordvik Marine Group AS", "services.nordvik", "Oslo", "Shipping"),
    (Small, Rep, "Nordvik Bergen Yard AS", "", "Nordvik Marine Services AS", "yard.nordvik", "Bergen", "Shipbuilding"),
    (Fresh, Rep, "Nordvik Asia Pte. Ltd.", "", "Nordvik Marine Group AS", "asia.nordvik", "Singapore", "Shipping"),
    (Key, Rep, "Halden & Pryce Holdings plc", "Halden & Pryce", "", "haldenpryce", "London", "Logistics"),
    (Growing, Rep, "Halden & Pryce Logistics Ltd", "HPL", "Halden & Pryce Holdings plc", "logistics.haldenpryce", "London", "Logistics"),
    (Small, Queue, "Halden & Pryce Cold Store Ltd", "", "Halden & Pryce Holdings plc", "coldstore.haldenpryce", "Dublin", "Logistics"),
    (Key, Rep, "Brightmoor Foods Inc.", "Brightmoor", "", "brightmoor", "Chicago", "Food and drink"),
    (Growing, Rep, "Brightmoor Cold Chain LLC", "", "Brightmoor Foods Inc.", "coldchain.brightmoor", "Chicago", "Logistics"),
    (Small, Rep, "Brightmoor Canada ULC", "", "Brightmoor Foods Inc.", "canada.brightmoor", "Toronto", "Food and drink"),
    (Growing, Rep, "成都岷砚食品集团", "岷砚", "", "minyan", "成都", "食品"),
    (Small, Queue, "成都岷砚冷链物流有限公司", "岷砚冷链", "成都岷砚食品集团", "lenglian.minyan", "成都", "物流"),

    (Key, Rep, "上海栎岸自动化有限公司", "栎岸", "", "lian", "上海", "机械制造"),
    (Growing, Rep, "杭州临栈科技有限公司", "", "", "linzhan", "杭州", "软件"),
    (Steady, Rep, "宁波舟砺模具有限公司", "舟砺", "", "zhouli", "宁波", "机械制造"),
    (Key, Rep, "南京玄桥医药有限公司", "玄桥医药", "", "xuanqiao", "南京", "医药"),
    (Growing, Rep, "上海澍林酒店管理有限公司", "澍林酒店", "", "shulin", "上海", "酒店"),
    (Hopeful, Rep, "合肥庐阅新能源有限公司", "", "", "luyue", "合肥", "新能源"),
    (Steady, Rep, "台州椒屿水泵厂", "椒屿", "", "jiaoyu", "台州", "机械制造"),
    (Regular, Rep, "六安皋砚茶业有限公司", "", "", "gaoyan", "六安", "食品"),
    (Small, Rep, "济南泺舟物流有限公司", "", "", "luozhou", "济南", "物流"),
    (Starter, Rep, "上海朝晗数据服务有限公司", "朝晗", "", "zhaohan", "上海", "软件"),
    (Hopeful, Rep, "北京朝砚建筑设计院", "朝砚", "", "chaoyan", "北京", "建筑"),
    (Fresh, Rep, "北京乐栩音乐传播有限公司", "乐栩", "", "yuexu", "北京", "音乐教育"),
    (Growing, Rep, "天津津沅化工有限公司", "", "", "jinyuan", "天津", "化工"),
    (Small, Rep, "大连槐岬船务有限公司", "", "", "huaijia", "大连", "物流"),
    (Lapsed, Rep, "沈阳沐铁重型机械有限公司", "沐铁重机", "", "mutie", "沈阳", "机械制造"),
    (Lapsed, Rep, "宁波会屿纺织有限公司", "", "", "huiyu", "宁波", "纺织"),
    (Small, Queue, "杭州盛藏文博用品有限公司", "盛藏", "", "shengcang", "杭州", "零售"),
    (Lapsed, Rep, "上海行迈物流有限公司", "行迈", "", "xingmai", "上海", "物流"),
    (Prospect, Rep, "南京解溪环保科技有限公司", "", "", "xiexi", "南京", "环保"),
    (Lapsed, Pool, "苏州单榆纺织有限公司", "", "", "shanyu", "苏州", "纺织"),
    (Hopeful, Rep, "无锡曾陌精密仪器有限公司", "曾陌", "", "zengmo", "无锡", "仪器"),
    (Fresh, Queue, "青岛崂汀冷链有限公司", "", "", "laoting", "青岛", "物流"),
    (Lapsed, Queue, "福州榕笺印务有限公司", "", "", "rongjian", "福州", "印刷"),
    (Prospect, Pool, "北京恒汀会展有限公司", "", "", "hengting", "北京", "会展"),
    (Regular, Queue, "合肥巢鹭农业有限公司", "", "", "chaolu", "合肥", "农业"),
    (Returned, Rep, "石家庄滹岸制药有限公司", "滹岸", "", "huan", "石家庄", "医药"),
    (Prospect, Pool, "上海仇氏木作有限公司", "", "", "qiushi", "上海", "家具"),
    (Steady, Rep, "重庆重砺铸造有限公司", "重砺", "", "zhongli", "重庆", "机械制造"),
    (Key, Rep, "广州穗栈供应链有限公司", "穗栈", "", "suizhan", "广州", "物流"),
    (Growing, Rep, "深圳鹏汐电子有限公司", "", "", "pengxi", "深圳", "电子"),
    (Growing, Rep, "佛山禅陶建材有限公司", "禅陶", "", "chantao", "佛山", "建材"),
    (Steady, Rep, "东莞莞砾五金有限公司", "", "", "guanli", "东莞", "五金"),
    (Key, Rep, "武汉江棹汽车零部件有限公司", "江棹", "", "jiangzhao", "武汉", "汽车零部件"),
    (Small, Rep, "郑州嵩禾农机有限公司", "", "", "songhe", "郑州", "机械制造"),
    (Regular, Queue, "昆明滇栖花卉有限公司", "", "", "dianqi", "昆明", "农业"),
    (Hopeful, Rep, "贵阳筑曲数据中心有限公司", "筑曲", "", "zhuqu", "贵阳", "软件"),
    (Fresh, Rep, "乐山嘉峤旅游有限公司", "", "", "jiaqiao", "乐山", "旅游"),
    (Growing, Rep, "西安长栎航空零件有限公司", "长栎", "", "changli", "西安", "航空"),
    (Lapsed, Rep, "兰州河朔乳业有限公司", "", "", "heshuo", "兰州", "食品"),
    (Fresh, Queue, "海口椰屿度假酒店", "", "", "yeyu", "海口", "酒店"),
    (Prospect, Pool, "重庆朝麓餐饮管理有限公司", "", "", "chaolv", "重庆", "餐饮"),
    (Lapsed, Rep, "长沙行栖酒店有限公司", "行栖", "", "xingqi", "长沙", "酒店"),
    (Small, Rep, "深圳都岚音响有限公司", "", "", "dulan", "深圳", "电子"),
    (Lapsed, Pool, "广州番榕制冷设备有限公司", "", "", "panrong", "广州", "机械制造"),
    (Prospect, Queue, "佛山南陌银饰有限公司", "", "", "nanmo", "佛山", "零售"),
    (Starter, Rep, "武汉汉行轨道设备有限公司", "汉行", "", "hanhang", "武汉", "轨道交通"),
    (Prospect, Rep, "昆明藏云药业有限公司", "藏云", "", "cangyun", "昆明", "医药"),
    (Lapsed, Rep, "成都锦汀文化传媒有限公司", "", "", "jinting", "成都", "传媒"),
    (Hopeful, Rep, "成都沱曲医疗器械有限公司", "沱曲医疗", "", "tuoqu", "成都", "医药"),
    (Prospect, Pool, "贵阳黔朴酒业有限公司", "", "", "qianpu", "贵阳", "食品"),

    (Key, Rep, "Hanabi Seiki K.K.", "Hanabi", "", "hanabi", "Osaka", "Machinery"),
    (Growing, Rep, "Haneul Optics Co., Ltd.", "Haneul", "", "haneul", "Seoul", "Electronics"),
    (Hopeful, Rep, "Merlion Grid Systems Pte. Ltd.", "MGS", "", "merliongrid", "Singapore", "Energy"),
    (Small, Rep, "Soraumi Foods K.K.", "", "", "soraumi", "Tokyo", "Food and drink"),
    (Regular, Rep, "Wattlebrook Wines Pty Ltd", "", "", "wattlebrook", "Sydney", "Food and drink"),
    (Lapsed, Rep, "Coorong Freight Pty Ltd", "", "", "coorong", "Sydney", "Logistics"),
    (Fresh, Queue, "Serunai Music Academy", "", "", "serunai", "Kuala Lumpur", "Education"),
    (Prospect, Rep, "Banyan Loop Logistics Pte. Ltd.", "", "", "banyanloop", "Singapore", "Logistics"),
    (Steady, Rep, "Vogelsang Messtechnik GmbH", "Vogelsang", "", "vogelsang", "Hamburg", "Instruments"),
    (Hopeful, Rep, "Alstermoor Kliniken gGmbH", "", "", "alstermoor", "Hamburg", "Health care"),
    (Back, Rep, "Brückental Brauerei KG", "", "", "brueckental", "Munich", "Food and drink"),
    (Steady, Rep, "Lindqvist Papper AB", "", "", "lindqvist", "Stockholm", "Paper"),
    (Small, Rep, "Ateliers Fontbrune SARL", "", "", "fontbrune", "Paris", "Machinery"),
    (Lapsed, Rep, "Laiterie du Val-Serein SAS", "", "", "valserein", "Paris", "Food and drink"),
    (Starter, Rep, "Molenwiek Kassen B.V.", "Molenwiek", "", "molenwiek", "Rotterdam", "Agriculture"),
    (Returned, Rep, "Talleres Ibarrondo S.L.", "", "", "ibarrondo", "Bilbao", "Machinery"),
    (Prospect, Rep, "Officina Tramonti S.r.l.", "", "", "tramonti", "Turin", "Machinery"),
    (Fresh, Rep, "Brzeg Logistyka sp. z o.o.", "", "", "brzeg", "Gdańsk", "Logistics"),
    (Small, Queue, "Ó Braonáin Dairies", "", "", "braonain", "Dublin", "Food and drink"),
    (Lapsed, Rep, "Pennyroyal Hotels Ltd", "", "", "pennyroyal", "London", "Hospitality"),
    (Back, Rep, "Thistlewick Distillers Ltd", "Thistlewick", "", "thistlewick", "Edinburgh", "Food and drink"),
    (Lapsed, Pool, "Zagorje Alati d.o.o.", "", "", "zagorje", "Zagreb", "Machinery"),
    (Prospect, Queue, "Savuhauki Oy", "", "", "savuhauki", "Helsinki", "Food and drink"),
    (Key, Rep, "Copperline Controls Inc.", "Copperline", "", "copperline", "Chicago", "Machinery"),
    (Key, Rep, "Cedarholm Data Centers LLC", "Cedarholm", "", "cedarholm", "Portland", "Data centres"),
    (Hopeful, Rep, "Tidewell Medical Group", "Tidewell", "", "tidewell", "Boston", "Health care"),
    (Starter, Rep, "Larkspur Robotics Inc.", "Larkspur", "", "larkspur", "Boston", "Machinery"),
    (Back, Queue, "Saltgrass Brewing Co.", "", "", "saltgrass", "Portland", "Food and drink"),
    (Lapsed, Queue, "Juniper Flats School District", "", "", "juniperflats", "Denver", "Education"),
    (Lapsed, Rep, "Oxbow Valley Grain Co-op", "", "", "oxbow", "Denver", "Agriculture"),
    (Small, Rep, "Vidrios Tepeyahualco S.A.", "", "", "tepeyahualco", "Monterrey", "Glass"),
    (Returned, Rep, "Usina Pedra Alta S.A.", "", "", "pedraalta", "São Paulo", "Energy"),
    (Prospect, Pool, "Cafetalera Monteluna S.A.S.", "", "", "monteluna", "Bogotá", "Food and drink"),
    (Lapsed, Pool, "Ferrosur Andina S.A.", "", "", "ferrosur", "Santiago", "Machinery"),

    (Fresh, Rep, "周慕白", "", "", "zhou.mubai", "上海", ""),
    (Small, Queue, "单雪莹", "", "", "shan.xueying", "杭州", ""),
    (Lapsed, Pool, "曾可", "", "", "zeng.ke", "重庆", ""),
    (Prospect, Queue, "解清扬", "", "", "xie.qingyang", "成都", ""),
    (Regular, Rep, "仇远", "", "", "qiu.yuan", "南京", ""),
    (Small, Queue, "长孙静", "", "", "zhangsun.jing", "西安", ""),
    (Fresh, Rep, "Eleanor Whitcombe", "", "", "eleanor.whitcombe", "London", ""),
    (Fresh, Queue, "Aiko Morishita", "", "", "aiko.morishita", "Tokyo", ""),
    (Prospect, Queue, "Rafael Quintas", "", "", "rafael.quintas", "São Paulo", ""),
    (Lapsed, Queue, "Dana Marchetti", "", "", "dana.marchetti", "Chicago", ""),
];

"""Numerals, the words that bound numbers, and units; what looks like a number and is none."""

from fractions import Fraction

from extractors.languages._words import words
from schemas.entity import Measure


def _units(measure: Measure, canonical: str, table: str) -> dict[str, tuple[Measure, str, Fraction]]:
    """`米 m:1 公里:1000` as units with their factor."""
    units: dict[str, tuple[Measure, str, Fraction]] = {}
    waiting: list[str] = []
    for word in table.split():
        unit, _, factor = word.partition(":")
        waiting.append(unit)
        if factor:
            units |= {name: (measure, canonical, Fraction(factor)) for name in waiting}
            waiting = []
    return units


DIGITS = {
    **dict(zip("〇零一二三四五六七八九", (0, *range(10)), strict=True)),
    **dict(zip("○两壹贰叁肆伍陆柒捌玖", (0, 2, *range(1, 10)), strict=True)),
    **{"貳": 2, "兩": 2, "參": 3, "陸": 6},
}
"""Value of a digit; 壹贰叁 are the financial forms."""
SCALES = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
"""Factors below 万."""
MYRIADS = {"万": 10**4, "亿": 10**8, "萬": 10**4, "億": 10**8}
"""Factors that close a group of four digits."""
TENS = {"廿": 20, "卅": 30, "卌": 40}
"""One character for two."""
RARE = {"幺": 1, "俩": 2, "倆": 2, "兆": 10**12}
"""Numerals that are read where a text is known to be a number, and never looked for in running text."""
FINANCIAL = "壹贰叁肆伍陆柒捌玖拾佰仟貳參陸萬億"
"""Never used alone in running text: 队伍 holds no five."""

_ROUND = "(?=[0-9Oo,.余多万亿年月人户名个亩元%％公平米吨头只])"
MISREAD = (
    ("(?<=[0-9])[一ー](?=[0-9])", "—"),
    (f"(?<=[0-9])[Oo]{_ROUND}", "0"),
    (f"(?<=[0-9][0Oo])[Oo]{_ROUND}", "0"),
    (f"(?<=[0-9][0Oo][0Oo])[Oo]{_ROUND}", "0"),
    ("(?<=[0-9])[lI|](?=[0-9])", "1"),
)
"""What recognition makes of a dash and a nought between digits, one character for one; the text stays as read."""

MINIMUM = words(
    "不少于 不低于 不小于 不下 不下于 大于 多于 高于 超过 超出 突破 至少 最少 起码 少说 最低 超 逾 大于等于 不止"
)
"""Before a number: it is the least."""
MINIMUM_BARE = ("上", "过", "破")
"""The same before 百, 千, 万, 亿 only: 上万, 过亿, 破千."""
MAXIMUM = words("不超过 不多于 不高于 不大于 不超 至多 最多 最高 少于 低于 小于 不足 不到 不满 未满 将近 接近 近 仅近")
"""Before a number: it is the most."""
APPROXIMATE = words("大约 约 大概 约为 约有 大致 估计 约合 约占 差不多")
"""Before a number: about."""
BOUND_WORDS = {
    "近": "附最邻靠临就亲贴切相远晋毗",
    "约": "节制条合公契邀签履如大",
    "超": "反赶高",
    "过": "通经超不越度路跨穿翻渡胜透走去到做见听看来说用",
    "上": "以晚早加身地纸网",
    "破": "打突爆冲侦",
}
"""Behind one of these the word is part of another: 附近3个村 is no bound."""
MINIMUM_AFTER = words("以上 及以上 或以上 (含)以上 （含）以上 余 多 有余 开外")
"""After a unit."""
MAXIMUM_AFTER = words("以下 及以下 或以下 以内 之内")
"""After a unit."""
APPROXIMATE_AFTER = words("左右 上下 前后")
"""After a unit."""

CLASSIFIERS = words(
    "人次 户次 场次 车次 班次 批次 频次 家次 例次 名 人 位 户 家 个 项 件 条 次 亩次 处 座 所 间 台 套 支 辆 "
    "艘 架 张 份 本 册 篇 幅 部 盏 株 棵 头 只 匹 羽 尾 口 眼 孔 块 片 段 层 栋 幢 排 组 对 双 班 期 场 届 "
    "轮 批 笔 起 宗 例 门 款 种 类 型 集 首 枚 粒 根 把 桶 袋 箱 瓶 包 车 船 道 面 枝 床 顶 扇 辑 期 遍 趟 "
    "回 代 盒 杯 筐 捆 卷 堆 丛 群 队 姓 棚 窝 垛 畦 园 筒 捧 串 架次 辆次 台次 桌 席 桩"
)
"""Words that stand between a number and what it counts."""
WEAK_CLASSIFIERS = words("字 乡 镇 县 村 校 厂 店 馆 站 市 队 营 车 船 床 道 面 组 部 门 姓 班 室 排 群 园 桥")
"""Counted without 个 behind Arabic numerals and 两 (辖3乡2镇); behind other numerals these make names: 三门, 八村."""
MEASURES = words(
    "平方公里 平方千米 平方米 平方厘米 平方 立方米 立方 方 公里 千米 厘米 公分 毫米 微米 纳米 海里 米 华里 市里 里 "
    "丈 市尺 尺 英寸 公顷 平米 亩 分地 顷 吨 公吨 公斤 千克 毫克 微克 克 斤 市斤 市担 担 公担 千瓦时 千瓦 兆瓦 "
    "吉瓦 瓦 千伏安 千伏 伏 马力 度 升 公升 毫升 标箱 标准箱 TEU km kg m² ㎡ m³ km² cm mm ml m g mg L 倍 番 "
    "学时 课时 节 人天 英里 英尺 床位 车位 工日 工时 级次 分贝 比特 字节 千字节 赫兹 千卡 大卡 焦耳 "
    "加仑 微克"
)
"""Units of measure."""
DURATIONS = words(
    "个月 个星期 个小时 个钟头 个工作日 个学期 个季度 个年头 个昼夜 小时 分钟 秒钟 秒 天 周 周年 年 学年 工作日 "
    "昼夜 星期 季 课时 载 个半月 个半小时 个半钟头 个半学期 个多月 个多小时 个多钟头 个多星期"
)
"""Units of time."""
PLACED_UNITS = frozenset(words("处 所 条 座 间 台 口 眼 栋 幢 辆 套 艘 架 张 棵 株 名 块 部 册 枚 排 道 户"))
"""Units of things that lists name with their number behind: 敬老院一处."""
VAGUE_ONE = words(
    "个 位 种 批 片 句 番 段 场 类 项 次 条 份 面 点 面 股 部 门 组 层 期 代 把 口 块 件 家 名 道 路 头 群 "
    "年 天 轮 起 张 座 本 对 双 根 回 趟 遍 排 队 班 包 车 幅 篇 首 度 成 里 米 老 届 型 集 套 笔 人 例 只 "
    "周 枝 款 匹 床 顶 园 秒 节 户"
)
"""After 一 these say `a` rather than `one`, unless something beside them counts (每户一台, 共一处)."""
AGES = words("周岁 虚岁 岁")
"""Units of age."""
PERCENT = {"%": "%", "‰": "‰", "‱": "‱"}
"""Signs that are units."""

MEASURE_UNITS: dict[str, tuple[Measure, str, Fraction]] = {
    **_units(
        "area",
        "m²",
        "平方米 平米 ㎡ m² 平方:1 公顷:10000 平方公里 平方千米 km²:1000000 亩:2000/3 "
        "顷:200000/3 分地:200/3 平方厘米:1/10000",
    ),
    **_units(
        "length",
        "m",
        "米 m:1 公里 千米 km:1000 里 华里 市里:500 海里:1852 英里:1609.344 英尺:0.3048 "
        "英寸:0.0254 厘米 公分 cm:1/100 毫米 mm:1/1000 丈:10/3 尺 市尺:1/3",
    ),
    **_units(
        "mass",
        "kg",
        "公斤 千克 kg:1 吨 公吨:1000 斤 市斤:1/2 公担:100 担 市担:50 克 g:1/1000 毫克 mg:1/1000000 微克:1/1000000000",
    ),
    **_units("volume", "m³", "立方米 立方 方 m³:1 升 公升 L:1/1000 毫升 ml:1/1000000 加仑:0.003785411784"),
    **_units("energy", "kWh", "千瓦时 度:1"),
    **_units("power", "kW", "千瓦:1 兆瓦:1000 吉瓦:1000000 瓦:1/1000 马力:0.7355"),
    **_units("share", "%", "% 百分点 个百分点 個百分點 百分點:1 ‰:1/10 ‱:1/100 成 折:10"),
    **_units("multiple", "倍", "倍:1"),
    **_units("duration", "s", "秒 秒钟:1 分钟:60 小时 个小时 个钟头:3600 天 昼夜 个昼夜:86400 周 星期 个星期:604800"),
    **_units("duration", "月", "个月:1 季 季度 个季度:3 年 周年 个年头:12"),
    **_units("age", "岁", "岁 周岁 虚岁:1"),
    **_units("people", "人", "人 名 位 口:1"),
    **_units("households", "户", "户:1"),
    **_units("times", "次", "次 人次 户次 场次 车次 班次 批次 频次 例次 亩次 架次 辆次 台次 遍 趟 回:1"),
    **_units("animals", "头", "头 只 匹 羽 尾:1"),
    **_units("villages", "个", "村:1"),
}
"""What a unit measures, the canonical unit, and how many of those it is."""
VILLAGE_NOUNS = words(
    "村 社区 村（社区） 村（居） 自然村 村庄 行政村 村民组 村民小组 屯 寨 嘎查 村寨 村落 居委会 村委会"
)
"""What villages and their parts are called where they are counted."""
HOUSEHOLD_NOUNS = words("户 家庭 农户 人家 住户")
"""What households are called."""
PERSON_NOUNS = words(
    "人 员 者 民 生 师 手 工 众 干部 代表 书记 主任 群众 百姓 人才 人口 劳动力 劳力 老人 儿童 妇女 青年 学生 教师 "
    "职工 军人 战士 军属 党员 孤儿 残疾人 患者 村医 专家 骨干 志愿者 网格员 指导员 能人 大学生 居民 移民 男 女 "
    "子女 父母 姐妹 兄弟 合伙人 对象 家属 候选人 烈士 领导 嘉宾 专干 村官 队长 组长 户主"
)
"""Last words of what counts people."""
BODY_NOUNS = words(
    "企业 公司 合作社 单位 部门 机构 组织 厂 店 医院 学校 小学 中学 幼儿园 支部 党委 总支 党组织 协会 商会 银行 "
    "卫生院 卫生室 派出所 农场 家庭农场 乡镇 乡 镇 街道 县 区 市 超市 商户 媒体 局 中心 工厂 车间 大队 公社 院"
)
"""Last words of what counts bodies."""
ANIMAL_NOUNS = words("牛 羊 猪 鸡 鸭 鹅 马 驴 兔 獭兔 鱼 家禽 牲畜 大牲畜 生猪 肉牛 肉羊 蜂")
"""Last words of what counts animals."""

SCOPES = frozenset(
    words(
        "全镇 全乡 全村 全县 全区 全市 全省 全国 全校 全社 全街 全州 全旗 全年 其中 本镇 本村 该镇 该村 该乡 该县 该年"
    )
)
"""What is said of where, never of what."""
NO_OBJECT = SCOPES | frozenset(
    words(
        "之一 以上 以下 左右 其中 时间 目前 如今 今年 去年 已经 此外 同时 例如 各 多 少 大 小 好 长 高 宽 深 远 近 "
        "上 下 联系 中 内 外 前 后 里 间 年 月 日 天 时 均 有 共 达 为 到 和 与 及 或 的 了 是 在 从 由 至 等 分别 "
        "一 二 三"
    )
)
"""Words that no counted thing holds, whatever their part of speech."""
THING_HEADS = words(
    "园 区 基地 棚 大棚 中心 岗位 项目 工程 合作社 公司 企业 厂 站 点 场 带 院 所 馆 库 车间 产品 食品 林 池 塘 "
    "示范 综合 品牌 技术 "
    "标准 制度 方案 计划 资金 设备 设施 机构 组织 队伍 小组 学校 农田 道路 公路 管道 线路 县 市 户"
)
"""Last characters of things that have a verb in their name: 育秧大棚, 观赏园, 扶贫岗位."""
FINITE = frozenset(
    words(
        "打造 建设 实施 新建 建成 发展 成立 联系 位于 覆盖 涉及 带动 引进 落户 确定 参加 参与 实现 完成 达到 进入 "
        "成为 开展 推进 "
        "加强 提高 增加 组建 建立 获得 享受 包括 作为 使用 用于 通过 创建 接受 拥有 承担 负责 启动 扩大 投入 走进 "
        "组织 设立"
    )
)
"""Verbs that name no thing: the noun behind them is their object."""
PER_HEAD = frozenset(words("户均 人均 亩均 村均 年均 月均"))
"""A new count begins with these."""
SHORT_OBJECTS = frozenset(
    "村人户组羊猪牛鸡鸭鹅鱼马驴狗蜂菜茶姜桥闸路渠井沟塘堤坝树花草果桃梨枣瓜药房屋楼店厂校车船地田林山河湖乡镇县区市州省国书报电水油粮棉麦稻男女姓岁"
)
"""One character that is a whole object."""
ABSTRACTS = words(
    "面积 总面积 人口 人数 户数 产量 总产 产值 总产值 收入 总收入 数量 总数 率 长度 里程 总长 资金 任务 费 费用 "
    "基地 技术 规模 总量 能力 时间 距离 数 量 值 额"
)
"""Nouns that are nothing without the verb before them: 种植面积, 灌溉面积."""
UNIT_OBJECTS = {"姓": "姓氏", "镇": "镇", "乡": "乡", "县": "县"}
"""Units that say by themselves what they count."""
HEADS_BEFORE = frozenset(words("人 户 人次 户次 头 只 匹 羽 尾 口 眼 姓 株 棵"))
"""Classifiers that mostly follow what they count: 党员200人, 山羊30只."""

CURRENCIES = {
    **dict.fromkeys(words("元 块钱 块 圆 元人民币 人民币元 人民币 人民幣"), "CNY"),
    **dict.fromkeys(words("美元 美圆 美金 美刀 元美元 元美金"), "USD"),
    **dict.fromkeys(words("欧元 元欧元"), "EUR"),
    **dict.fromkeys(words("日元 日圆 日币 元日币 元日元"), "JPY"),
    **dict.fromkeys(words("港元 港币 港幣 元港币 元港元"), "HKD"),
    **dict.fromkeys(words("新台币 台币 元台币 元新台币"), "TWD"),
    **{"英镑": "GBP", "韩元": "KRW", "韩币": "KRW", "卢布": "RUB", "卢比": "INR", "泰铢": "THB", "瑞士法郎": "CHF"},
    **{"澳元": "AUD", "澳币": "AUD", "加元": "CAD", "新加坡元": "SGD", "澳门元": "MOP", "越南盾": "VND", "奈拉": "NGN"},
    **{"比特币": "BTC", "个比特币": "BTC"},
}
"""Names of money and their ISO 4217 codes."""
CURRENCY_SIGNS = {"￥": "CNY", "¥": "CNY", "$": "USD", "＄": "USD", "€": "EUR", "£": "GBP", "RMB": "CNY"}
"""Signs before a sum."""
MONEY_WORDS = "花卖挣赚付交收价资斤费欠借罚奖补赔"
"""Beside one of these 三块 is money."""

ERAS = (
    "光绪|宣统|同治|咸丰|道光|嘉庆|乾隆|雍正|康熙|顺治|崇祯|万历|隆庆|嘉靖|正德|弘治|成化|正统|宣德|永乐|洪武|建文|天启|景泰|天顺|洪熙|"
    "至元|至正|大定|贞观|开元|天宝|元丰|崇宁|绍兴|淳熙"
)
"""Names of eras whose years are no counts."""
FIXED_TERMS = (
    r"[统唯专划归合单同均惟逐如]一(?![十百千万])|(?<![一二三四五六七八九十百千])万一(?![十百千万])",
    r"一(?:定|些|样|般|起|直|切|旦|方面|系列|致|律|体化?|向|贯|再|心|边|流|线|度|概|举|带一路|站式|把手|揽子|共|同|经|味|如既往)",
    r"进一步|一步步?|一下|一部分|一会儿?|一大批|一时|一番|一道|一路|一点(?![零一二三四五六七八九])|(?<!分)之一|不一|其一|一二三产业|一岗双责|一级抓一级",
    r"一[一二三四五六七八九]?是|(?<![一二三四五六七八九十百千两])[一二三四五六七八九](?:是|要|来|看|则)(?=[^\d])",
    r"三严三实|两学一做|三会一课|四议两公开|一事一议|一村一品|一户一[策档宅]|一对一|一带一路|五位一体|四个全面|八项规定",
    r"[二两三四五六七八九十]个(?:意识|自信|维护|代表|全面|必须|坚持|确保|一律|一批|不变)|两不愁|三保障|三农|两委|两会|两个一百年|五个一",
    r"百分倒扣|[千百]分制|百年|百姓|百货|百科|千家万户|千方百计|万众|万物|万象|万岁|万元户|万能|千古|百般|百花|百强|万里",
    r"四周(?=[的是有都。，环围蔓])|十分(?=[^之])|十足|九年义务|四面八方|五颜六色|五湖四海|七上八下|三三两两|成千上万|千千万万|一五一十|十里八[村乡]|八面",
    r"十[二三四五]?五(?:规划|期间|时期)|[“\"]十[二三四]?五[”\"]|十[一二三四五六七八九]大(?=[以报精召会])",
    r"[一二三](?=[二三]?产(?!品))|[一二三四五六]线(?=城市|品牌)|三角|四川|九江|六安|五莲|三亚|三明|三峡|百色|千岛|万州|万宁|十堰|九寨",
    r"三天两头|四季(?!度)|四处(?=[考奔走打求找寻看流漂飘碰])|二次(?![会以])|三轮车|四轮车|三班倒|二胡|两口|最后一公里|一家[三四五]口|老?两口子?|一个个|一项项|一座座|一条条|一家家|一户户|一次次|一件件|一天天|一批批|一片片|一张张|一点点|一排排|一年一度|一年四季",
)
"""Patterns whose numerals count nothing: words, idioms, slogans, list enumerators."""

UNIT_WORDS = words(
    "家子 村民 村庄 村落 村集 镇民 镇区 县城 县级 乡亲 乡镇 乡村 校长 店铺 站点 市民 市场 市级 队员 方面 方案 方便 "
    "方式 方向 方法 车道 人民 人均 人类 户均 户籍 家庭 家乡 家人 家长 项目 名字 名单 "
    "名义 名称 位于 位置 条件 条例 次序 "
    "处理 处于 所以 所有 所属 间接 台风 台湾 套路 支部 支持 支撑 支出 份额 本身 本村 本地 本镇 册子 部分 "
    "部门 部署 头脑 口号 口粮 块头 片面 片区 段落 层面 层级 组织 组长 对于 对接 对应 对象 双方 双重 双向 "
    "班子 期间 场所 场地 轮流 笔记 起来 起点 例如 门类 种植 种类 种子 类型 类似 型号 集中 集体 集团 集镇 "
    "包括 包含 包村 车辆 车站 船只 道路 道德 道理 面积 面临 面对 枝叶 床铺 顶层 代表 代替 老人 老师 老年 "
    "老百 点击 点多 里程 里面 分布 分类 分别 成立 成为 成员 成果 成功 节约 节能 节日 年度 年级 年轻 年龄 "
    "年代 季度 天津 天然 级别 度假 度过 园区 园林 群众 群体 队伍 队员 队长 首先 首次 根据 把握 米面 周边 "
    "周围 秒杀 口碑 区域 倍增 对口 户户 人人 家家 个性 个体 个别 件件 条条 层层 面对 点点 样样 本本 位居"
)
"""A unit and the character behind it that are another word: 三项目 is no three 项."""

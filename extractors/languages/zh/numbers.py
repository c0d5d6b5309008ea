"""Numerals, the words that bound numbers, units and what looks like a number and is none."""

from extractors.languages._words import words

DIGITS = {
    **dict(zip("〇零一二三四五六七八九", (0, *range(10)), strict=True)),
    **dict(zip("○两壹贰叁肆伍陆柒捌玖", (0, 2, *range(1, 10)), strict=True)),
    **{"貳": 2, "參": 3, "陸": 6},
}
"""Value of a digit; 壹贰叁 are the financial forms."""
SCALES = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
"""Factors below 万."""
MYRIADS = {"万": 10**4, "亿": 10**8, "萬": 10**4, "億": 10**8}
"""Factors that close a group of four digits."""
TENS = {"廿": 20, "卅": 30}
"""One character for two."""
FINANCIAL = "壹贰叁肆伍陆柒捌玖拾佰仟貳參陸萬億"
"""Never used alone in running text: 队伍 holds no five."""

MISREAD = (("(?<=[0-9])[一ー](?=[0-9])", "—"), ("(?<=[0-9])[Oo](?=[0-9])", "0"))
"""What recognition makes of a dash and a nought between digits, one character for one; the text stays as read."""

MINIMUM = (
    "不少于",
    "不低于",
    "不小于",
    "大于",
    "多于",
    "高于",
    "超过",
    "突破",
    "至少",
    "最少",
    "起码",
    "超",
    "逾",
    "上",
)
"""Before a number: it is the least."""
MAXIMUM = (
    "不超过",
    "不多于",
    "不高于",
    "不大于",
    "至多",
    "最多",
    "少于",
    "低于",
    "小于",
    "不足",
    "不到",
    "将近",
    "接近",
    "近",
)
"""Before a number: it is the most."""
APPROXIMATE = ("大约", "约", "大概", "约为", "约有")
"""Before a number: about."""
MINIMUM_AFTER = ("以上", "余", "多", "有余", "开外")
"""After a unit."""
MAXIMUM_AFTER = ("以下", "以内", "之内")
"""After a unit."""
APPROXIMATE_AFTER = ("左右", "上下", "前后")
"""After a unit."""

CLASSIFIERS = words(
    "人次 户次 场次 车次 班次 批次 频次 家次 例次 名 人 位 户 家 个 项 件 条 次 亩次 处 座 所 间 台 套 支 辆 "
    "艘 架 张 份 本 册 篇 幅 部 盏 株 棵 头 只 匹 羽 尾 口 眼 孔 块 片 段 层 栋 幢 排 组 对 双 班 期 场 届 "
    "轮 批 笔 起 宗 例 门 款 种 类 型 集 首 枚 粒 根 把 桶 袋 箱 瓶 包 车 船 道 面 枝 床 顶 扇 辑 期 遍 趟 "
    "回 代 盒 杯 筐 捆 卷 堆 丛 群 队 姓 棚 窝 垛 畦 园"
)
"""Words that stand between a number and what it counts."""
MEASURES = words(
    "平方公里 平方千米 平方米 平方厘米 立方米 立方 公里 千米 厘米 毫米 纳米 海里 米 里 公顷 平米 亩 分地 吨 "
    "公斤 千克 毫克 克 斤 担 公担 千瓦时 千瓦 兆瓦 万千瓦 瓦 伏 千伏 马力 度 摄氏度 升 毫升 标箱 标准箱 TEU "
    "km kg m² ㎡ m³ km² cm mm 倍 成 百分点 个百分点 学时 课时 节 人天 蒲式耳 英里 英尺 海拔米 床位 车位 工日 "
    "工时"
)
"""Units of measure."""
DURATIONS = words(
    "个月 个星期 个小时 个工作日 个学期 个季度 个年头 小时 分钟 秒 天 周 周年 年 学年 工作日 昼夜 星期 季"
)
"""Units of time."""
VAGUE_ONE = words(
    "个 位 种 批 片 句 番 段 场 类 项 次 条 份 面 点 面 股 部 门 组 层 期 代 把 口 块 件 家 名 道 路 头 群 "
    "年 天 轮 起 张 座 本 对 双 根 回 趟 遍 排 队 班 包 车 幅 篇 首 度 成 里 米 老 届 型 集 套 笔 人 例 只 "
    "周 枝 款 匹 床 顶 园 秒 节 户"
)
"""After 一 these say `a` rather than `one`, unless something beside them counts (每户一台, 共一处)."""
PERCENT = {"%": "%", "‰": "‰"}
"""Signs that are units."""

CURRENCIES = {
    **dict.fromkeys(("元", "块钱", "元人民币", "人民币"), "CNY"),
    **{"美元": "USD", "美金": "USD", "欧元": "EUR", "日元": "JPY", "港元": "HKD", "港币": "HKD", "英镑": "GBP"},
    **{"韩元": "KRW", "卢布": "RUB", "澳元": "AUD", "加元": "CAD", "新台币": "TWD"},
}
"""Names of money and their ISO 4217 codes."""

FIXED_TERMS = (
    r"[统唯专划归合单同万均惟逐如]一",
    r"一(?:定|些|样|般|起|直|切|旦|方面|系列|致|律|体化?|向|贯|再|心|边|流|线|度|概|举|带一路|站式|把手|揽子|共|同|经|味|如既往)",
    r"进一步|一步步?|一下|一部分|一会儿?|一大批|一时|一番|一道|一路|一点|之一|不一|其一|一二三产业|一岗双责|一级抓一级",
    r"一[一二三四五六七八九]?是|[一二三四五六七八九十](?:是|要|来|看|则)(?=[^\d])",
    r"三严三实|两学一做|三会一课|四议两公开|一事一议|一村一品|一户一[策档宅]|一对一|一带一路|五位一体|四个全面|八项规定",
    r"[二两三四五六七八九十]个(?:意识|自信|维护|代表|全面|必须|坚持|确保|一律|一批|不变)|两不愁|三保障|三农|两委|两会|两个一百年|五个一",
    r"百分倒扣|[千百]分制|百年|百姓|百货|百科|千家万户|千方百计|万众|万物|万象|万岁|万元户|万能|千古|百般|百花|百强|万里",
    r"十分(?=[^之])|十足|九年义务|四面八方|五颜六色|五湖四海|七上八下|三三两两|成千上万|千千万万|一五一十|十里八[村乡]|八面",
    r"十[二三四五]?五(?:规划|期间|时期)|[“\"]十[二三四]?五[”\"]|十[一二三四五六七八九]大(?=[以报精召会])",
    r"[一二三](?=[二三]?产(?!品))|[一二三四五六]线(?=城市|品牌)|三角|四川|九江|六安|五莲|三亚|三明|三峡|百色|千岛|万州|万宁|十堰|九寨",
    r"三天两头|最后一公里|一家[三四五]口|老?两口子?|一个个|一项项|一座座|一条条|一家家|一户户|一次次|一件件|一天天|一批批|一片片|一张张|一点点|一排排|一年一度|一年四季",
)
"""Patterns whose numerals count nothing: words, idioms, slogans, list enumerators."""

UNIT_WORDS = words(
    "车道 人民 人均 人类 户均 户籍 家庭 家乡 家人 家长 项目 名字 名单 名义 名称 位于 位置 条件 条例 次序 "
    "处理 处于 所以 所有 所属 间接 台风 台湾 套路 支部 支持 支撑 支出 份额 本身 本村 本地 本镇 册子 部分 "
    "部门 部署 头脑 口号 口粮 块头 片面 片区 段落 层面 层级 组织 组长 对于 对接 对应 对象 双方 双重 双向 "
    "班子 期间 场所 场地 轮流 笔记 起来 起点 例如 门类 种植 种类 种子 类型 类似 型号 集中 集体 集团 集镇 "
    "包括 包含 包村 车辆 车站 船只 道路 道德 道理 面积 面临 面对 枝叶 床铺 顶层 代表 代替 老人 老师 老年 "
    "老百 点击 点多 里程 里面 分布 分类 分别 成立 成为 成员 成果 成功 节约 节能 节日 年度 年级 年轻 年龄 "
    "年代 季度 天津 天然 级别 度假 度过 园区 园林 群众 群体 队伍 队员 队长 首先 首次 根据 把握 米面 周边 "
    "周围 秒杀 口碑 区域 倍增 对口 户户 人人 家家 个性 个体 个别 件件 条条 层层 面对 点点 样样 本本 位居"
)
"""A unit and the character behind it that are another word: 三项目 is no three 项."""

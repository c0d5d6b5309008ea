"""Suffixes of places, and the words around names that belong to no name."""

from extractors.languages._words import words

VILLAGE_LEVELS = {
    "行政村": "village", "自然村": "natural_village", "村": "village", "社区": "community", "嘎查": "village",
    "自然屯": "natural_village", "村民小组": "group", "居": "community",
}  # fmt: skip
"""Suffix of a village and its level."""
TOWNSHIP_SUFFIXES = ("民族乡", "苏木", "人民公社", "公社", "街道", "镇", "乡")
"""Suffixes of townships, longest first."""
REGION_LEVELS = {
    "特别行政区": "province", "自治区": "province", "省": "province", "自治州": "prefecture", "地区": "prefecture",
    "市": "city", "自治县": "county", "县": "county", "区": "county", "旗": "county",
}  # fmt: skip
"""Suffixes of regions above the township."""
NOT_PLACE = words(
    "全 各 该 本 每 某 这 那 此 何 哪 农 乡 山 新 老 旧 古 空 小 大 渔 名 强 富 弱 穷 贫 村 镇 县 区 市 城 个 "
    "多 两 几 数 邻 外 他 同 另 原 现 前 后 其 我 你 们 家 者 行政 自然 贫困 脱贫 示范 文明 美丽 生态 旅游 "
    "城中 空心 中心 试点 重点 特色 专业 先进 后进 薄弱 富裕 小康 移民 搬迁 传统 周边 附近 部分 全体 所有 多个 "
    "整个 一个 山区 地区 偏远 平原 沿海 淘宝 电商 聚居 样板 典型 模范 联系 问题 落后 农民 农业 民俗 民族 文化 "
    "经济 城市 农村 新型 智慧 居民 和谐 老旧 国际 所在 生活 服务 网络 虚拟 学习 街道 城乡 城镇 集镇 建制 重 "
    "特色小 小城 专 水 返 下 还 回 离 思 异 故 入 进 驻 撤 并 兴 建 乡镇 县城 市区 村居 基层 各类 有关 相关 "
    "基地 深度贫困 非贫困 国际化 现代化 田园 幸福 宜居 平安 法治 绿色 森林 数字 未来 中国 世界 地球 华人 艺术 "
    "度假 影视 奥运 运动员 医院 开发 工业 商业 产业 高新 经开 园区 类型 用品 标准化 县乡 镇乡 村里 另一 另外 "
    "一处 整 隔壁 全县 整乡 美丽乡 景区 库区 牧区 灾区 林区 矿区 校区 厂区 城区 郊区 辖区 选区 片区 社区 新区 "
    "老区 小区 东部 西部 南部 北部 中部 大部 学 院 校 单位 行业 部门 企业 商 住 宅 网 直 省 州 专门 有的 有些 "
    "许多 不少 大多 多数 个别 剩余 其他 其余 周围 邻近 沿线 沿江 沿河 沿黄 滩区 库 千 百 万 亿 众 如 网红 "
    "上山下 风貌 易地 集中 城郊 近郊 远郊 帮扶 扶贫 挂钩 包保 结对 出列 摘帽 达标 特 卫星 工矿 历史 水乡 侨 僻 "
    "边 边境 口岸 军 岛 茶 棉 酒 瓷 药 花 基"
)
"""Words before 村, 镇, 社区 ... that make no name."""
CENTRAL = "中心"
"""Ends the name of a township before its suffix: 云湾中心乡."""
BREAKS = (
    "的出进了在于到从对把被将给让使由等各该本某每这那是就也都或及与和并且则又还但而之其"
    "所以为至据经按向属、来去有无称叫即找见逢离距往"
)
"""Characters that end what stands before a name; those that names hold too only where enough is left."""
COMPOUNDS = frozenset(words("和平 和谐 和顺 和兴 向阳 向前 向荣 为民 来宝 来安 来福 来龙 至善 同心 从化"))
"""Words of names whose first character is one of BREAKS."""
ENDS_NO_NAME = "或与及的在到对从把被将给让是就也都了"
"""Last characters of no name: 党委对村, 社区或村."""
ENDS_NO_VILLAGE = "万千百乡县镇邻化型级性族"
"""Last characters of no village's name: 镇村."""
BEGINS_NO_NAME = "原今现设属距仍撤迁遂辖驻改"
"""Before a name rather than its first character: 原双溪乡."""
VERBS = words(
    "位于 来到 走进 深入 前往 组织 帮助 支持 联系 建成 发展 通过 以及 其中 同时 目前 包括 成立 新建 建设 "
    "投资 指导 对接 进入 回到 家乡 带领 动员 任命 加强 提高 促进 推动 推进 健全 完善 落实 强化 培训 选派 "
    "选举 增强 整顿 规范 管理 监督 服务 改造 改善 改变 评选 评为 命名 创建 打造 开展 启动 实施 召开 举行 "
    "举办 参加 参观 考察 调研 走访 慰问 检查 督导 视察 看望 协助 推广 采取 利用 依托 围绕 结合 关于 覆盖 "
    "涉及 涵盖 带动 引导 吸引 引进 邀请 安排 派驻 进驻 入驻 分属 隶属 原属 划归 并入 改称 改为 更名 撤销 "
    "合并 设立 辖 现任 担任 出席 针对 面向 根据 按照 为了 随着 经过 自从 如今 现在 过去 曾经 已经 正在 将要 "
    "没有 成为 作为 就是 还是 不是 只有 所有 拥有 书记 主任 镇长 县长 村长 村民 群众 农民 党员 干部 记者 "
    "教师 老师 学生 代表 同志 先生 女士 市民 居民 户主 家住 来自 出生 地处 途经 经由 连接 通往 直达 抵达 "
    "到达 赶到 赶往 返回 离开 搬到 迁到 迁至 迁入 坐落 座落 毗邻 紧邻 紧靠 相邻 靠近 距离 东邻 西邻 南邻 "
    "北邻 东临 西临 南临 北临 东接 西接 南接 北接 解决 实现 使得 确保 保证 保障 维护 做好 抓好 搞好 办好 "
    "建好 管好 用好 选好 配强 配齐 配备 充实 调整 优化 提升 壮大 增加 扩大 激发 充分 切实 努力 认真 积极 "
    "主动 全面 大力 着力 扎实 不断 持续 深化 广泛 普遍 分别 直接 先后 首先 重点 一致 共同 以来 之后 之前 "
    "期间 当时 当地 本地 外地 如果 因为 所以 虽然 但是 而且 并且 不仅 甚至 尤其 特别 例如 比如 承包 租赁 "
    "流转 种植 养殖 生产 销售 经营 投入 筹集 争取 拨付 补助 奖励 资助 捐赠 捐款 修建 修缮 修筑 整修 硬化 "
    "拓宽 清理 清淤 疏通 绿化 美化 亮化 净化 "
    "铺设 安装 架设 建立 发动 号召 要求 希望 鼓励 允许 禁止 防止 避免 减少 消除 破解 查处 处理 反映 发现 "
    "注重 突出 坚持 保持 选择 确定 明确 列入 纳入 被评 评出 创评 集中 分布 散布 聚居 主要 大部 当选 县委 "
    "区委 市委 省委 镇党 党委 政府 名叫 取名 一名 一位 率先 沿着 曾任 时任 此前 此后 所在地 撤社建 撤区建 "
    "撤乡建 回家 改名 更名 始设 改设 撤消 复称 始建 撤社 恢复 帮扶 俯瞰 了解 经历 漫步 离开 如今 驻地 村名 取名 "
    "东靠 西靠 南靠 北靠 东依 西依 南依 北依 东傍 西傍 南傍 北傍 东至 西至 南至 北至 南连 北连 "
    "隔壁 依托 梳理 带着 开始 推选 东连 西连 名为 当选 带领 优化 走出 走到 走遍"
)
"""Words of two and more characters that stand before a name and never begin one."""
AFTER_VILLAGE = "名级落庄寨镇容貌情规史长小学塾头尾口野妇姑边镇"
"""After 村 these make a word of it: 村级, 村里, 村落."""
AFTER_VILLAGE_WEAK = "里（(主民干官医两内外务财集中部组居"
"""After 村 these may make a word of it (村民, 村干部, 村支部), so the name needs other evidence."""
PLACE_ENDINGS = (
    "庄屯沟河湾家营店集堡坡岭坪坝塘桥口头圩墟洼寨窑楼院房铺场园池山峪泉溪浦洲岛港垭坳冲垸岗墩塬台疃泊埠渠堤堰庙寺关城坊"
)
"""Characters that names of villages like to end with."""

CITIES = frozenset(
    words(
        "北京 天津 上海 重庆 石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 "
        "长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 "
        "乌兰察布 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛 长春 吉林 四平 "
        "辽源 通化 白山 松原 白城 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 "
        "南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 杭州 宁波 温州 嘉兴 湖州 绍兴 "
        "金华 衢州 舟山 台州 丽水 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 "
        "池州 宣城 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 "
        "宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 莱芜 "
        "郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 武汉 "
        "黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 "
        "益阳 郴州 永州 怀化 娄底 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 "
        "清远 东莞 中山 潮州 揭阳 云浮 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 "
        "崇左 海口 三亚 儋州 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 "
        "雅安 巴中 资阳 贵阳 六盘水 遵义 安顺 毕节 铜仁 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 拉萨 日喀则 "
        "昌都 林芝 山南 那曲 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 "
        "武威 张掖 平凉 酒泉 庆阳 定西 陇南 西宁 海东 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 "
        "哈密"
    )
)
"""Short names of cities at and above prefecture level, without 市."""

PROVINCES = frozenset(
    words(
        "河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 "
        "青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门"
    )
)
"""Short names of provinces; those of the four cities are among CITIES."""

COMMON_VILLAGE = frozenset(
    words(
        "建 驻 进 留 通 之 帮 包 入 到 山 古 渔 名 强 富 弱 穷 老 小 大 乡 农 出 联 离 下 走 穿 治 一 原 以 "
        "撤 并 迁 整 回 我 后 村 个"
    )
)
"""With 村 these are dictionary words: 驻村, 山村."""

COMMON_TOWNSHIP = {
    "镇": "乡城村小重古名市强兴集建改撤设坐藩一二三四五六七八九十",
    "乡": "设复家老返下还城故水侨同他异思之回离入归撤并改建兴橘茶果桑整一二三四五六七八九十",
    "街道": "主副条",
}
"""Characters that make a common word with the suffix: 小镇, 家乡."""

AFTER_TOWNSHIP = {"乡": "镇村亲土里愁下间音贤约情试县市", "镇": "街村长域上里静区痛县市化", "街道": "拓两狭宽路上"}
"""After a suffix these make another word of it: 乡村, 镇长."""

PLACE_NOUNS = "山古渔原后"
"""Of the first characters of 山村 and the like those that names end with too: 阳山村."""
ADJECTIVES = words(
    "小 大 穷 老 深 高 远 偏 僻 新 个 座 的 这 那 该 此 每 各 多 好 美 是 在 从 到 去 回 下 进 出 贫困 偏远 美丽"
)
"""Before 山村 these make no name of it."""
BEGINS_NO_STEM = "的等各该本全某每这那几两多其从到在对向把被将给让使由和与及或并是有为等村镇乡县市区属设党委政领人农民"
"""First characters of no name that stands directly behind a larger place."""
ENDS_NO_STEM = "的等个各该每某全本这那几两多了着过农"
"""Last characters of no name that stands directly behind a larger place."""
COMMON_PAIRS = frozenset(
    words("县城 区域 市场 镇长 乡长 县长 市长 区长 城市 城镇 村镇 乡镇 市镇 县乡 县镇 市区 县区 镇区 乡村 镇村")
)
"""The suffix of a place and the character behind it that make another word."""

ENDS_A_CLAUSE = "强稳活立兴富靓促报送下来走回进到入住驻离兼因由有问任为是给让叫在看帮包"
"""Behind a common word these end a clause, not a name: 干部下村, 书记来村, 工作队因村施策."""
NEVER_INSIDE = "是被就的着把吗呢吧啊哪谁"
"""Characters that no name holds."""
DISTANCES = ("里", "村", "户", "队", "社", "屯", "桥", "塘")
"""What a number counts in names: 三里村, 五里."""
ARTICLES = frozenset(words("一家 一个 一名 一位 一些 一批 一处 一座 一支 一条 两个 两家 多个 几个 这个 那个 某个"))
"""Beginnings of no name."""
NICKNAMES = frozenset(
    words(
        "小山 大山 深山 穷山 小渔 精品 明星 特困 独臂 红旗 状元 光棍 空壳 上访 淘宝 电商 样板 小康 贫困 文明 豆腐 "
        "长寿 专业"
    )
)
"""With 村 these say what a village is; directly behind its township they may be its name."""
SIDES = "大小东西南北中前后上下新老左右内外"
"""Characters that tell villages of one name apart: 前张庄, 后张庄."""
LOOK_ALIKE = words(
    "庄压床圧 板扳 土士 末未 己已巳 日曰 千干于 人入八 大太犬 王玉主 田由甲申 白自 目日 乌鸟 崔雀 坪评 洼哇 屯电 "
    "店居 寨塞 营菅 堡保 沟沧 岭岑 坝现 桥娇 榆偷输 柳抑 槐愧 古占 官宫 关美 何河 李季 刘划 赵起 孙抑 钱线 "
    "陈阵 杨扬 汤扬 冯马 许计 侯候 朱未 徐余 郭部 孟盂 董重 薛薜 史吏 常党 杜社 焦集 魏巍 蔡察 曹曾 范苑 胡湖 "
    "穆移 毛手 牛午 羊半 竹什 梅海 桐洞 清请 泉皋 溪奚 池地 港巷 湾弯 圩吁 埠阜 塘糖 洞涧 涧润 罗岁 龙尤 凤风 "
    "凰皇 双又 四西 五互 七匕 南商 北比 东车 西四 上土 下卞 前剪 后启 新析 兴六 永水 安妥 平乎 和利 丰手 民艮 "
    "明朋 光先 红江 金全 银很 铁轶 峪裕 岗岚 峰蜂 崖涯 坡波 墩墎 堰偃 渠梁 楼搂 院完 房户 铺辅 家冢 集隼 村材 "
    "社杜 园圆 圃甫 林材 森淼 秋秩 禾木 谷各 仓苍 井并 城诚"
)
"""Characters that recognition takes for each other."""
VIRTUES = frozenset(words("幸福 平安 和谐 田园"))
"""Names of villages that are praise elsewhere; directly behind a township or in a list they are names."""

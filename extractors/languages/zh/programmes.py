"""Heads of programmes, national campaigns and the words that make no name."""

from extractors.languages._words import words

PROGRAMME_TYPES = {
    **dict.fromkeys(
        words("责任制 聘任制 负责制 制度 机制 制 年度考核 分制考核 考核 保险 医保 双责 工作法 救助 绩效工资"),
        "institution",
    ),
    **dict.fromkeys(
        words("活动 行动 文化节 艺术节 旅游节 采摘节 丰收节 专题教育 主题教育 学习教育 攻坚战 攻坚 专项斗争 会战 革命"),
        "campaign",
    ),
    **dict.fromkeys(words("工程 项目 工作 车间 试点 建设 改造 搬迁"), "project"),
    **dict.fromkeys(words("计划 规划 战略 方案"), "plan"),
    **dict.fromkeys(words("奖 称号 评选"), "award"),
}
"""What the last word of a name says it is."""
PROGRAMME_HEADS = sorted(PROGRAMME_TYPES, key=lambda head: (-len(head), head))
"""Last words, longest first."""
PROGRAMME_PLAIN_HEADS = words(
    "责任制 聘任制 负责制 制度 机制 活动 行动 工程 项目 计划 战略 专题教育 主题教育 学习教育 攻坚战 专项斗争 "
    "文化节 艺术节 旅游节 采摘节 丰收节 "
    "工作法 车间 年度考核 分制考核"
)
"""Last words that make a name without quotation marks."""
PROGRAMMES = (
    r"(?:党的)?群众路线教育实践活动",
    r"[“\"]?三严三实[”\"]?(?:专题教育)?",
    r"[“\"]?两学一做[”\"]?(?:学习教育)?(?:常态化制度化)?",
    r"[“\"]?不忘初心、牢记使命[”\"]?主题教育",
    r"党史学习教育|保持共产党员先进性教育活动|扫黑除恶专项斗争|脱贫攻坚战?|精准扶贫",
    r"乡村振兴(?:战略)?(?![\u4e00-\u9fff]{0,6}(?:党支部|局|计划|行动))",
    r"新农村建设|美丽乡村建设|小城镇建设|厕所革命|改厕|退耕还林(?:还草)?|易地扶贫搬迁|扶贫移民搬迁|危房改造",
    r"村村通(?:电话|公路|工程|客车|自来水)?|扶贫车间|农村特困救助供养|低保救助|临时救助|医疗救助|绩效工资",
    r"新型农村合作医疗|城乡居民医疗保险|医保|雨露计划|三支一扶|西部计划|村务公开|厂务公开|民主集中制|家庭联产承包责任制",
    r"创先争优活动?|雪亮工程|希望工程|春蕾计划|阳光工程|菜篮子工程",
)
"""National campaigns and institutions, as patterns."""
PROGRAMME_GENERIC = frozenset(
    words("脱贫攻坚 脱贫攻坚战 乡村振兴 扶贫 精准扶贫 评比活动 评选活动 奖惩制度 责任制 聘任制 负责制")
)
"""Names of kinds rather than of one programme."""
PROGRAMME_VERBS = words(
    "提升 改造 整治 治理 帮扶 扶持 推优 评比 评选 述职 联系 服务 管理 监督 保护 救助 供养 搬迁 教育 学习 "
    "培训 考核 决策 聘任 领导 建设 发展 振兴 驱动 示范 保障 种植 养殖 生产 集中 书记 主任 干部 党员 群众 农民 "
    "村民 教师 学生 代表 党委 重点 检查 慰问 走访 投资 经营 修缮 绿化"
)
"""Words of VERBS that names of programmes hold: 农村饮水安全提升工程."""
PROGRAMME_STOPS = words(
    "是 有 为 借 被 把 等 了 的 全 年 建 开展 实行 推行 执行 严格 参与 进行 搞 以 村 镇 县 区 市 让 使 用 "
    "从事 负责 具体 制定 制订 出台 印发 创新 构建 搭建 探索 申报 争创 获得 荣获 纳入 列入 完成 启用 引领 "
    "贯彻 响应 申请 办理 享受 参保 结合 遵守 违反 此项 该项 这项 各项 各类 一系列 有关 相关 就 并 还 也 又 "
    "将 对 向 由 从 在 到 于 与 和 及 及其 或 通过 分 可 能 会 要 已 已经 正式 首次 每年 今年 去年 年度 多次 "
    "去 来"
)
"""Words before which the name has begun."""
PROGRAMME_COMMON = words(
    "该 此 这 本 各 大型 重大 重点 主要 具体 工作 开展 新 建设 组织 生产 生活 经济 日常 投资 发展 学习 集体 "
    "基本 总 分 子 户外 体育 活动 社会 生物 农业 农村 民间 国家 完善 配套 政策 人类 商业 违法 犯罪 其他 "
    "基础设施 管理 行动 公益 技术 科技 长效 体制 文化 工程 合作 施工 水利 电力 民生 村级 单位 不法 非法 统一 "
    "紧急 救援 联合 应急 正常 大 小 好 产业 扶贫 考核 业务 规章 规划 实施 建筑 装修 招商 引资 引进 外资 市场 "
    "旅游 娱乐 文体 教学 科研 系列 承包 创业 种植 养殖 投入 机械 精品 优质 特色 示范 部分 志愿 政治 运行 "
    "工作 管理 竞争 激励 约束 保障 监督 奖励 服务 土地 户籍 货币 金融 基建 大规模 群众 群众性 群体 营销 租赁 "
    "交通 土木 公路 铁路 桥梁 房地产 改扩建 续建 新建 在建 拟建 专项 重点 节庆 民俗 经营 专题"
)
"""Words that alone make no name: 重点工程."""

"""Verbs that join facts, what may stand around them, and the words that a phrase of nouns ends with."""

import re

from extractors.languages._words import words

RELATION_VERBS = {
    **dict.fromkeys(words(
        "联系 直接联系 结对 结对帮扶 结对联系 对接 帮包 包联 包保 挂包 帮扶 联系帮扶 联系服务 包抓"
    ), "contacts"),
    **dict.fromkeys(words("选出 评选出 评出 评选 推选出 推选 选举 选聘 选拔 遴选 选树 选举出 推荐"), "selects"),
    **dict.fromkeys(words("派驻 选派 下派 派出 派遣 派 选送 抽调"), "stations"),
    **dict.fromkeys(words("协助 帮助 指导 辅导"), "assists"),
    **dict.fromkeys(words("挂职 任职 驻村 蹲点 任 担任 挂职锻炼 驻点"), "serves_in"),
    **dict.fromkeys(words(
        "投资 总投资 投入 投入资金 筹资 筹集 筹集资金 筹措资金 出资 拨付 拨款 争取资金 整合资金 落实资金 "
        "安排资金 下达资金 引资 募集资金"
    ), "invests"),
    **dict.fromkeys(words("奖励 补助 补贴 资助 发放 颁发 赠送 发给"), "awards"),
    **dict.fromkeys(words("保持 确保有 配备 储备"), "maintains"),
    **dict.fromkeys(words("培养 培训 培养出 培育"), "trains"),
    **dict.fromkeys(words("发展 新发展 吸收"), "develops"),
    **dict.fromkeys(words(
        "制定 制订 印发 出台 下发 发布 颁布 编制 签订 制定出台 研究制定 制定印发 转发"
    ), "issues"),
    **dict.fromkeys(words("参加培训 参加 进修 培训学习 学习培训 参训 参加学习"), "sends_to"),
    **dict.fromkeys(words(
        "参观学习 参观考察 考察调研 参观 考察 考察学习 学习考察 观摩 调研 走访 视察 慰问 检查 督导 学习 看望 "
        "看望慰问 走访慰问"
    ), "visits"),
    **dict.fromkeys(words(
        "实施 推行 开展 启动 实行 执行 推进 落实 组织实施 深入开展 探索实施 创新实施"
    ), "implements"),
    **dict.fromkeys(words("评议 考核 测评 评估 考评 评价 验收 审核"), "assesses"),
    **dict.fromkeys(words("主办 承办 举办 发起 组织开展 协办"), "runs"),
    **dict.fromkeys(words(
        "建成 新建 修建 兴建 修通 打通 开通 修筑 建起 扩建 改建 建设 硬化 铺设 架设 安装 整修 维修 改造 修复"
    ), "builds"),
    **dict.fromkeys(words("种植 栽植 栽种 播种"), "plants"),
    **dict.fromkeys(words("养殖 饲养"), "raises"),
    **dict.fromkeys(words("辖 下辖 管辖 现辖"), "governs"),
    **dict.fromkeys(words("惠及 带动 覆盖 解决"), "benefits"),
    **dict.fromkeys(words("成立 组建 设立 创办 建立 组织成立 新成立"), "founds"),
    **dict.fromkeys(words("荣获 获得 获 被评为 被授予 被命名为 被确定为 被列为 评为 授予 命名为"), "receives"),
    **dict.fromkeys(words("捐款 捐赠 捐资 捐助"), "donates"),
    **dict.fromkeys(words("搬迁 安置 转移"), "relocates"),
    **dict.fromkeys(words("聘请 聘任 招聘 吸纳"), "hires"),
    **dict.fromkeys(words("负责 分管 管护"), "manages"),
    **dict.fromkeys(words("提供 调拨 送去 送来"), "provides"),
    **dict.fromkeys(words("流转 承包"), "leases"),
}  # fmt: skip
"""A verb and the relation that it states."""
RELATION_OBJECTS = {
    **dict.fromkeys(
        words("trains develops maintains builds plants raises benefits relocates hires manages provides leases"),
        ("count",),
    ),
    "contacts": ("count", "actor"),
    "selects": ("count", "people"),
    "stations": ("count", "people"),
    "assists": ("actor",),
    "invests": ("money",),
    "issues": ("document",),
    "implements": ("programme",),
    "runs": ("programme",),
    "governs": ("count",),
    "founds": ("organisation", "body", "count"),
    "receives": ("title", "programme", "honour"),
    "donates": ("money", "count"),
}
"""What the object of a relation must be: a kind of mention, people, or somebody who acts."""
ELLIPSIS = frozenset(
    words(
        "selects stations assists invests trains develops issues implements runs builds plants raises governs "
        "benefits founds receives relocates hires donates provides leases"
    )
)
"""Relations whose subject may be that of the clause before."""
COUNTED_PEOPLE = frozenset(words("selects stations trains hires develops"))
"""Relations that need people or households as what is counted."""
COUNTED_THINGS = frozenset(words("builds plants raises leases"))
"""Relations whose count is of things, land or animals."""

PIVOTS = words(
    "确保 保证 组织 引导 鼓励 发动 动员 号召 安排 带领 选派 共有 现有 拥有 有 使 让 要求 邀请 支持 推动 促使 "
    "选送 带动 涌现出 涌现 作为 明确"
)
"""Verbs whose object acts in what follows: 组织支部书记到党校参加培训."""
LEAD_INS = words(
    "同时 此外 另外 其中 目前 截至目前 截至 近年来 今年以来 今年 去年 当年 并且 并 还 也 又 随后 首先 其次 "
    "最后 然后 接着 先后 近日 日前 最近 如今 现在 据了解 据悉 据介绍 据统计 为此 因此 所以 而且 但 但是 年底 "
    "年初 每年 每年年初 期间 一方面 另一方面 总之 于是 此次 一是 二是 三是 四是 五是 六是 七是 八是 九是 "
    "到目前为止 迄今 至今 仅 全年 上半年 下半年 在此基础上 与此同时 特别是 尤其是"
)
"""Before the subject of a clause."""
MANNERS = words(
    "直接 总 共 共计 一共 还 已 已经 先后 分别 累计 总共 均 都 全部 每年 每月 每周 定期 不定期 积极 主动 全面 "
    "大力 着力 扎实 不断 持续 深入 广泛 认真 严格 切实 努力 重点 主要 统一 首次 成功 率先 自觉 新 再 又 也 将 "
    "要 能 可 会 应 须 必须 需要 可以 正在 多次 逐步 加快 集中 共同 联合 一次性 免费 无偿 自筹 计划 拟 预计 现 "
    "仅 就 并 多方 来 去 年均 平均 人均 户均 每天 陆续 依次 同步 相继 多渠道 积极争取"
)
"""Between a subject and its verb."""
PREPOSITIONS = words(
    "在 到 赴 前往 来到 走进 深入 为 给 向 对 由 把 将 以 用 从 与 和 同 按 按照 根据 围绕 通过 经 经过 依托 "
    "利用 结合 针对 于 自 被"
)
"""Open a phrase between subject and verb."""
TO = words("到 赴 前往 来到 走进 深入 赶到 赶赴 抵达")
"""Open the phrase of where somebody goes."""

ACTORS = words(
    "组织部 宣传部 武装部 统战部 党委 政府 支部 总支 党组织 镇 乡 街道 村 社区 区 县 市 省 旗 州 部门 单位 "
    "企业 公司 集团 合作社 学校 医院 局 办 站 所 中心 协会 学院 委员会 委 班子 工作队 服务队 队 小组 组 家庭 "
    "户 农户 贫困户 群众 村民 居民 农民 市民 党员 干部 书记 主任 代表 员 者 人 人员 师 生 学生 教师 老人 妇女 "
    "青年 职工 工人 军人 家 镇里 村里 乡里 县里 区里 市里 委会 大户 能手 骨干 人才 专家 领导 商户 牧民 党校 校 "
    "银行 法院 示范点 部队 官兵 嘎查 屯 支书 村官 一行 镇长 乡长 县长 村长 区长 市长 局长 所长 站长 校长 组长 "
    "队长 院长 部长 会长 理事长 经理 理事会 监委会 妇联 团委 工会 人大 政协 纪委 团队 队伍"
)
"""Last words of those who act."""
PEOPLE_HEADS = words(
    "党员 干部 书记 主任 代表 员 者 人 人员 师 学生 教师 老人 群众 村民 居民 农民 户 农户 家庭 分子 骨干 人才 "
    "能手 专家 队员 领导 劳动力 人口 职工 工人 青年 妇女 标兵 模范 媳妇 婆婆 教员 法官 律师 医生 医护人员 队 "
    "小组 支书 村官 选调生 大学生 志愿者"
)
"""Last words of phrases that name people or households."""
SHORT_ACTORS = tuple("村户组镇乡县")
"""Names of those who act that are one character long."""
AFTER_NO_VERB = (*"员者师班站处所局费率额量的金款", "面积", "规模", "资金", "政策", "大户", "工作会", "对象")
"""Behind a verb these make a noun of it: 指导员."""
NO_VERBS = (
    r"硬化路(?!面)|(?:种植|养殖)(?:[业园户区示基小场暖]|技术|条件|结构|成本|标准)|联系[上不方]",
    r"发展(?:壮大|成|到|为|中|条件)|建设(?:用地|项目|标准|成本)|安置(?:就业|房|点|区|标准)|投入(?:使用|产出|运营|生产)",
    r"(?:培训|指导|服务|考核|评价)(?:班|中心|基地|标准|结构)|带动(?:就业|作用)|覆盖率|(?:补助|补贴|奖励)标准|帮扶(?:对子|干部|责任|项目|资金)",
)
"""Where a verb of the list is part of a noun, or means something else."""
NOT_FOUNDED = ("公社", "大队", "管区", "管理区", "委员会", "革委会", "区", "乡", "镇")
"""Last words of bodies that somebody higher founded, whoever the sentence is about."""
TITLES = words(
    "模范 先进 标兵 能手 村 镇 乡 县 单位 集体 个人 工作者 支部 党委 奖 称号 奖章 家庭 党员 干部 企业 社区 基地"
)
"""Last words of titles that are not in quotation marks."""
BODIES = words("厂 店 会 社 队 组 公司 中心 支部 协会 联盟 团 党委 党总支 站 室 学校 银行")
"""Last words of what is founded."""
STRONG_VERBS = words("包联 帮包 挂包 包保 结对 联系群众 选派 派驻 下派 选送 推选 选出 评出 选聘 荣获 承办 主办 举办")
"""Verbs that are never half of a noun, whatever the dictionary makes of them."""
NO_COUNTED = re.compile("占地|面积|年产|总量|产值|长达|高达|宽|第|之后|以来|平均|就业$")
"""Before a number that is not how many were built, trained or helped."""
RELATION_UNITS = {
    "plants": frozenset(words("亩 公顷 平方公里 株 棵 分地 平方米")),
    "leases": frozenset(words("亩 公顷 平方公里 分地")),
    "manages": frozenset(words("户 人 个 名")),
    "raises": frozenset(words("头 只 羽 匹 尾 箱 群 条")),
}
"""Units of what is planted and raised."""
NO_SUBJECTS = tuple(
    words(
        "紧紧 紧扣 撤 跨 属 划 隶 改 依托 按 按照 经 由 对 以 把 将 为 围绕 通过 针对 随着 根据 结合 利用 整合 "
        "仅 自 从 向"
    )
)
"""Begin no subject."""
SUBJECT_VERBS = frozenset(
    words(
        "服务 工作 扶贫 驻村 帮扶 参与 投资 管理 种植 养殖 经营 领导 主管 带头 贫困 返乡 创业 教育 学习 建设 发展 包村"
    )
)
"""Verbs that subjects may begin with: 驻村工作队."""
NO_ACTORS = words(
    "记者 家乡 城乡 老乡 下乡 返乡 农村 乡村 山村 城市 工作 问题 情况 基础 水平 方面 时间 作用 意识 机制 制度 "
    "会议 内容 方式 条件 能力 环境 责任 目标 任务"
)
"""Last words of what never acts."""
EFFORTS = words("工程 项目 活动 工作 中心 基地 园区 公路 道路 学校 景区 电站 车间 计划 行动")
"""Last words of what money is spent on: 评选活动共投资60万元."""
"""Beside those who act these may be subjects of invests, selects, benefits."""
RELATION_STOPS = words(
    "作为 为 以 用于 用以 使 让 并 来 去 是 有 进行 等方面 方面 以来 以后 之后 后 时 中 里 上 下 从而 以及时 "
    "达 达到 成为 做 当 变成 而 则 但 却 就 还 也 已 共 了 着 过 们 不 没有 未 均 都 各 能 可"
)
"""Words that end a phrase of nouns."""
ODDITIES = (
    (r"干(分制|克|瓦|米(?!粉)|公顷)", r"千\1"),
    (r"(?<=[0-9])曰(?=[，。、）)\s]|$)", "日"),
    (r"([0-9]{4})午", r"\1年"),
    (r"([年月周岁期])未(?=[，。、）)\s止])", r"\1末"),
    (r"(?<![自知利律克异各体])己(经|有[0-9]|达|成为|完成|建成|实现|投入|全部|基本|累计|发展|培养|通)", r"已\1"),
    (r"([总户农业常住籍])入口(?=[0-9为达约有共])", r"\1人口"),
    (r"([0-9])[lI]([0-9])", r"\g<1>1\2"),
    (r"([0-9])[Oo](?=[0-9年])", r"\g<1>0"),
)
"""What misprints and misreadings beside numbers look like, and what was probably meant."""

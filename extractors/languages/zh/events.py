"""Words of events: what bodies and people do that is worth a date, and what such doings are called."""

from extractors.languages._words import words

EVENT_VERBS = words(
    "组织召开 主持召开 联合召开 召开 组织举办 联合举办 承办 举办 举行 组织开展 联合开展 集中开展 深入开展 "
    "开展 组织 启动 成立 走访慰问 看望慰问 慰问 看望 走访 视察 调研 考察 检查指导 检查 督查 督导 签约 签订 "
    "签署 揭牌 挂牌 奠基 开工 竣工 投产 开业 开幕 闭幕 表彰 捐赠 捐款 捐助 发放 宣讲 参观 观摩 培训 学习 "
    "观看 庆祝 评选 验收 审议通过 选举产生 选举 宣誓 义诊 演出 荣获 获评 被评为 被授予 被确定为 被列为 入选 "
    "发生 突发 参加 参与 慰问演出 宣传 植树 演练 服务 打扫 清理 巡查"
)
"""Verbs of events; in running text only those of EVENT_NOUNS."""
EVENT_NOUNS = {
    **dict.fromkeys(
        words("组织召开 主持召开 联合召开 召开"),
        "会|会议|大会|例会|动员会|推进会|座谈会|现场会|发布会|代表大会|全会|党课|论坛|晚会|联席会",
    ),
    **dict.fromkeys(
        words("组织举办 联合举办 承办 举办 举行 启动"),
        "会|会议|活动|仪式|典礼|比赛|大赛|竞赛|运动会|晚会|演出|培训班?|讲座|论坛|节|展|展览|演练|联欢|班|项目|工程|"
        "揭牌|签约|开工|奠基|巡演|庙会|庆典|宣誓|计划|行动",
    ),
    **dict.fromkeys(
        words("组织开展 联合开展 集中开展 开展"),
        "活动|义诊|行动|培训|演练|宣讲|调研|慰问|普查|检查|捐赠|捐款|会战|教育",
    ),
    **dict.fromkeys(
        words("走访慰问 看望慰问 慰问 看望"), "户|家庭|老人|党员|群众|官兵|职工|学生|儿童|村民|干部|教师|军属"
    ),
    **dict.fromkeys(
        words("荣获 获评 被评为 被授予 被确定为 被列为 入选"),
        "称号|奖|奖项|荣誉|村|镇|乡|县|单位|[”》」]|名单|户|示范区|案例",
    ),
    **dict.fromkeys(
        words("发生 突发"),
        "火灾|山火|地震|事故|洪水|洪灾|水灾|旱灾|泥石流|滑坡|爆炸|坍塌|垮塌|疫情|大火|余震|暴雨|冰雹|内涝",
    ),
    **dict.fromkeys(words("签订 签署"), "协议|协议书|合同|责任书|责任状|备忘录|承诺书"),
    "成立": "党支部|党总支|党委|支部|公司|合作社|协会|小组|指挥部|委员会|工作队|服务队|志愿队|联盟|基金会|中心|"
    "办公室|大队|公社|联合会|理事会",
}
"""What a verb must be followed by in running text."""
EVENT_GIVEN = words("党课 专题党课 报告 讲座 慰问金 慰问品 慰问信 锦旗 党课报告 课 辅导 培训 礼物 春联 温暖 物资 口罩")
"""What is given to others: 给党员上党课."""
EVENT_GIVING = words("上 讲 讲授 作 做 授 送 送去 送上 发放 赠送 捐赠 颁发")
"""How."""
EVENT_ADVERBS = words(
    "近日 日前 隆重 成功 顺利 正式 认真 深入 积极 及时 联合 共同 集中 现场 全面 广泛 专门 统一 率先 先后 "
    "相继 首次 再次 还 也 又 都 均 分别 已 已经 曾 曾经 今天 昨天 当天 当日 上午 下午"
)
"""Between who and what is done."""
EVENT_GROUPS = words(
    "党员 干部 群众 村民 居民 领导 书记 镇长 乡长 县长 市长 主任 局长 队长 校长 志愿者 代表 队员 职工 员工 "
    "学生 老师 教师 师生 医生 医护人员 妇女 青年 同志 工作队 工作组 支部 党委 党支部 党总支 政府 集团 公司 "
    "学校 小学 中学 医院 卫生院 派出所 妇联 团委 工会 人大 政协 委员会 办公室 中心 协会 合作社 镇 乡 村 社区 "
    "县 区 市 街道 居委会 村委会 村两委 省 州 嘎查 旗 “两委” 两委 班子 成员 民兵 战士 官兵 单位 部门 机关 "
    "局 办 站 所 队 组 会 社 厂 园 馆 校"
)
"""What a subject may end with where no name is known."""
EVENT_NEVER = words(
    "将 要 应 可 可以 能 能够 需要 必须 拟 计划 打算 准备 每 定期 经常 多次 常态化 不定期 没有 未 不 如果 "
    "即将 为了 坚持"
)
"""What is said to be done some day, often or not at all is no event."""

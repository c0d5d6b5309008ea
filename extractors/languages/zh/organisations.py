"""What names of bodies end with, and what short forms of them stand for."""

from extractors.languages._words import words

ORGANISATIONS = {
    **dict.fromkeys(words("党委 党工委 省委 市委 县委 区委 州委 旗委 盟委 党中央 工委 党组"), "party_committee"),
    **dict.fromkeys(words("党支部 党总支 支部委员会 党小组 总支委员会"), "party_branch"),
    **dict.fromkeys(words("人民政府 政府 国务院 办事处 管委会 管理委员会 行政公署"), "government"),
    **dict.fromkeys(words("村委会 村民委员会 居委会 居民委员会"), "village_committee"),
    **dict.fromkeys(
        words("党委班子 党委中心组 领导小组 领导班子 班子 指挥部 工作专班 工作组 工作队 巡察组"), "leadership"
    ),
    **dict.fromkeys(words("党校 委党校"), "party_school"),
    **dict.fromkeys(
        words(
            "人大常委会 人大 政协 纪委 纪检委 监委 监察委员会 共青团 团委 妇联 总工会 工会 武装部 残联 工商联 侨联 "
            "文联 科协 红十字会"
        ),
        "mass_organisation",
    ),
    **dict.fromkeys(words("有限公司 有限责任公司 股份公司 公司 集团 工厂 银行 信用社 供销社 农商行"), "company"),
    **dict.fromkeys(words("合作社 联合社 合作总社"), "cooperative"),
    **dict.fromkeys(words("小学 中学 初级中学 高级中学 大学 学院 幼儿园 学校 职教中心"), "school"),
    **dict.fromkeys(words("医院 卫生院 敬老院 养老院 保健院 疾控中心"), "hospital"),
    **dict.fromkeys(words("协会 商会 研究会 基金会 联合会 促进会 议事会 合作组织"), "association"),
    **dict.fromkeys(
        words(
            "派出所 司法所 财政所 工商所 税务所 土管所 国土所 农技站 兽医站 文化站 水利站 民政局 教育局 公安局 "
            "财政局 农业局 农业农村局 卫生局 卫健局 卫计委 司法局 林业局 水利局 水务局 交通局 交通运输局 文化局 "
            "文旅局 旅游局 环保局 生态环境局 国土资源局 自然资源局 住建局 规划局 统计局 审计局 税务局 工商局 "
            "市场监管局 档案局 体育局 人社局 医保局 应急管理局 安监局 信访局 气象局 地震局 粮食局 扶贫局 乡村振兴局 "
            "退役军人事务局 畜牧局 农机局 城管局 供电公司 扶贫办 党政办 综治办 农经站 委组织部 委宣传部 委统战部 "
            "委办公室 组织部 宣传部 统战部 纪检组 法院 检察院 农业农村厅 民政厅 教育厅 财政厅 公安厅 发改委 "
            "发展改革委 农业农村部 民政部 教育部 财政部 办公室 研究院 研究所 设计院 科学院 总站"
        ),
        "office",
    ),
    **dict.fromkeys(words("日报社 报社 新华社 电视台 广播站"), "media"),
}
"""What names of bodies end with, and their type."""
NAMED_ORGANISATIONS = frozenset(words("company school hospital cooperative association office group media"))
"""Types whose endings are common words: only with a name before them."""
GENERIC_ORGANISATIONS = frozenset(
    words(
        "乡村 农村 专业 农业 种业 食品 大型 小型 民营 国有 集体 私营 本地 当地 外地 镇办 村办 乡办 县办 定点 希望 "
        "完全 初级 高级 中心 乡镇 村级 上市 旅游 保险 物流 建筑 房地产 生态 科技 投资 贸易 龙头 相关 有关 多家 一家 "
        "两家 几家 产业 村民 农民 合作 股份 经济 偏远 义务教育 地区 九年制 民办 公办 公立 私立 三甲 专科 综合 基层 "
        "行业 群众 民间 社会 志愿者 培训 生产 加工 销售 种植 养殖 电商 文旅 农机 农资 医疗 各级 自然 市区 县城 城区 "
        "城里 市里 县里 区级 市级 县级 省级 镇级 国家 全国 主城区 国内 国外 知名 著名 标准化 现代化 数字 智慧"
    )
)
"""Words that alone make no name of a body: 专业公司, 乡村小学."""
ORGANISATION_LONG = (
    (r"^(?P<of>.+(?:镇|乡|街道|县|市|区|省|旗|村|社区))党委$", r"中共\g<of>委员会"),
    (r"^(?P<of>.+(?:省|市|县|区|州|旗))委$", r"中共\g<of>委员会"),
    (r"^(?P<of>.+)党工委$", r"中共\g<of>工作委员会"),
    (r"^(?P<of>.+(?:村|社区))党总支$", r"中共\g<of>总支部委员会"),
    (r"^(?P<of>.+(?:村|社区))党支部$", r"中共\g<of>支部委员会"),
    (r"^(?P<of>.+(?:省|市|县|区|州|旗|镇|乡))纪委$", r"中共\g<of>纪律检查委员会"),
    (r"^(?P<of>.+(?:省|市|县|区|州|旗|镇|乡))(?<!人民)政府$", r"\g<of>人民政府"),
    (r"^村委会$", "村民委员会"),
    (r"^居委会$", "居民委员会"),
    (r"^(?P<of>.+?村)(?:村委会|委会)$", r"\g<of>村民委员会"),
    (r"^(?P<of>.+社区)居委会$", r"\g<of>居民委员会"),
    (r"^(?P<of>.+(?:省|市|县|区|镇|乡))人大$", r"\g<of>人民代表大会"),
    (r"^(?P<of>.+(?:省|市|县|区|镇|乡))妇联$", r"\g<of>妇女联合会"),
    (r"^(?P<of>.+(?:省|市|县|区|镇|乡))残联$", r"\g<of>残疾人联合会"),
    (r"^(?P<of>.+(?:省|市|县|区|镇|乡))团委$", r"共青团\g<of>委员会"),
    (r"^(?P<of>.+(?:省|市|县|区|镇|乡))扶贫办$", r"\g<of>扶贫开发办公室"),
    (r"^(?P<of>.+(?:省|市|县|区|州|旗))卫健局$", r"\g<of>卫生健康局"),
    (r"^(?P<of>.+(?:省|市|县|区|州|旗))发改委$", r"\g<of>发展和改革委员会"),
    (r"^党中央$", "中共中央委员会"),
)
"""Patterns of short names and the full names they stand for."""

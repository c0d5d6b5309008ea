"""What names of bodies end with."""

from extractors.languages._words import words

ORGANISATIONS = {
    **dict.fromkeys(words("党委 党工委 省委 市委 县委 区委 州委 党中央 工委"), "party_committee"),
    **dict.fromkeys(words("党支部 党总支 支部委员会 党小组"), "party_branch"),
    **dict.fromkeys(words("人民政府 政府 国务院 办事处 管委会"), "government"),
    **dict.fromkeys(words("村委会 村民委员会 居委会 居民委员会"), "village_committee"),
    **dict.fromkeys(words("党委班子 党委中心组 领导小组 领导班子 班子"), "leadership"),
    **dict.fromkeys(words("党校 委党校"), "party_school"),
    **dict.fromkeys(words("人大常委会 人大 政协 纪委 监委 共青团 团委 妇联 总工会 工会 武装部"), "mass_organisation"),
    **dict.fromkeys(words("有限公司 有限责任公司 股份公司 公司 集团 工厂"), "company"),
    **dict.fromkeys(words("合作社 联合社"), "cooperative"),
    **dict.fromkeys(words("小学 中学 大学 学院 幼儿园 学校"), "school"),
    **dict.fromkeys(words("医院 卫生院 敬老院"), "hospital"),
    **dict.fromkeys(words("协会 商会 研究会 基金会 联合会"), "association"),
    **dict.fromkeys(
        words("派出所 司法所 财政所 民政局 教育局 公安局 财政局 农业局 卫生局 法院 检察院 办公室"), "office"
    ),
}
"""What names of bodies end with, and their type."""

"""What heads of tables say: which columns name villages, what columns count, in which unit."""

import re

from extractors.languages._words import words

VILLAGE_HEADS = re.compile(
    r"(?:行政|自然|所在|[所管]辖|各|建制|贫困|受[灾益])?村(?:名|别|名称|屯|庄|级|居|组)?(?:[(（]?(?:社区|居)[)）]?)?(?:名称|名)?|社区(?:名称)?|嘎查|村民?小组|屯名?|庄名"
)
"""Heads of columns that hold names of villages, with suffix or without."""
NAME_HEADS = re.compile(r"单位(?:名称)?|名称|地[点名址]|项目|[实建][施设]地[点址]|所在地|户籍地?|住址|")
"""Heads of columns that may hold names of villages."""
NO_VILLAGE_HEADS = re.compile(r"备注|说明|内容|姓名|电话|责任|时间|日期|隶属|属于")
"""Heads of columns that name no row."""

HEAD_UNITS = (
    (re.compile(r"率|比[例重]|百分比|占比|[增降]幅|%"), "%"),
    (re.compile(r"户$|户数|户籍数|[贫困保特五建脱非]+户"), "户"),
    (
        re.compile(
            r"人口|人数|人员|[男女](?:性|$)|劳动?力|党员|学生|教师|干部|职工|村民|居民|出生数?$|死亡数?$|迁[入出]|代表|民兵|"
            r"老人|儿童|医生|军人|汉族|[回苗瑶壮藏满彝侗]族|农业|非农业|五保|低保|残疾|小学|中学|幼儿"
        ),
        "人",
    ),
    (re.compile(r"村(?:委会)?数|村庄数|[村组]$"), "个"),
)
"""What a head counts where no unit is printed, first match."""
UNIT_MEASURES = {
    **dict.fromkeys(("户",), re.compile(r"户")),
    **dict.fromkeys(("人", "口", "人次"), re.compile(r"人|口|男|女|党员|劳力|劳动力|学生|出生|死亡")),
    **dict.fromkeys(
        ("亩", "公顷", "平方公里", "平方米", "万亩"), re.compile(r"面积|耕地|[田地园林]|播种|种植|造林|水面|养殖水")
    ),
    **dict.fromkeys(
        ("元", "万元", "千元", "亿元"),
        re.compile(r"收入|产值|总值|金额|投资|资金|支出|费|款|补[助贴偿]|债|税|利润|元"),
    ),
    **dict.fromkeys(("吨", "公斤", "斤", "千克", "万吨", "万斤"), re.compile(r"产量|总产|[粮油肉奶蛋果]|亩产|单产")),
    **dict.fromkeys(("头", "只", "匹", "羽"), re.compile(r"存栏|出栏|牛|猪|羊|禽|马|驴|鸡|鸭")),
    **dict.fromkeys(("个", "座", "处", "眼", "台", "辆", "间"), re.compile(r"数量|井|站|机|车|房")),
}
"""Which heads a unit suits, for a unit line that names several (户、人、亩)."""
MONEY_UNITS = {"元": 1, "角": 0.1, "百元": 100, "千元": 1000, "万元": 10**4, "百万元": 10**6, "亿元": 10**8}
"""Units of money in heads of tables, in 元."""
TABLE_UNITS = words(
    "人次 户次 人 户 名 个 家 口 亩 公顷 平方公里 平方千米 平方米 ㎡ 立方米 m³ 吨 公斤 千克 斤 头 只 匹 羽 台 "
    "套 辆 座 处 所 眼 条 件 间 棵 株 册 公里 千米 km 米 m 里 千瓦时 千瓦 度 岁 天 次 期 项 % ％ ‰ 年 个月 "
    "百分点 分 份 床 张 艘 盏 公担 担 升"
)
"""Units in heads of tables, beside those of money; 万 and 亿 may stand before them."""

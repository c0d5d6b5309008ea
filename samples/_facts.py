"""A few facts of every sample that any reading must find: kind, text; the page is looked up in the truth."""

FACTS: dict[str, list[tuple[str, str]]] = {
    "seed_newspaper": [
        ("township", "永安镇"), ("village", "蔡庄村"), ("village", "怡华社区"),
        ("count", "236名"), ("count", "787名"), ("count", "48名"), ("count", "20个"), ("count", "至少2名"),
        ("count", "1100余户"), ("count", "近200名"), ("count", "2—3名"), ("money", "60万元"),
        ("document", "《党建工作目标责任书》"), ("document", "《村级规范化管理制度汇编》"),
        ("document", "《村干部目标考核实施细则》"), ("programme", "党的群众路线教育实践活动"),
        ("person", "刘艳"), ("person", "刘连金"), ("person", "谷立慧"), ("person", "伊宁"),
        ("organisation", "华派集团党支部"), ("place", "泰安"), ("place", "淄博"),
        ("event", "永安镇召开第一书记例会"),
    ],
    "report_scan": [
        ("township", "柳溪镇"), ("village", "槐树沟村"), ("village", "梨园村"), ("village", "和睦社区"),
        ("count", "4960户"), ("count", "17606人"), ("count", "20996亩"), ("count", "2300余亩"), ("count", "近800亩"),
        ("money", "186.5万元"), ("money", "430万元"), ("money", "620万元"), ("date", "2019年1月16日"),
        ("document", "《柳溪镇村级小微权力清单》"), ("programme", "“雨露计划”"), ("person", "周文斌"),
        ("person", "孙立平"),
    ],
    "red_header": [
        ("township", "柳溪镇"), ("village", "上湾村"), ("village", "双井村"), ("count", "420户"), ("count", "165户"),
        ("money", "280万元"), ("money", "150万元"), ("date", "2019年3月18日"), ("person", "方志强"),
        ("document", "《柳溪镇2019年美丽乡村示范村建设实施方案》"), ("organisation", "柳溪镇人民政府"),
    ],
    "village_table": [
        ("township", "柳溪镇"), ("village", "上湾村"), ("village", "沙河套村"), ("village", "龙泉社区"),
        ("person", "何静"), ("date", "2018年12月31日"),
    ],
    "fax": [
        ("village", "沙河套村"), ("village", "东坪村"), ("count", "173户"), ("count", "586人"), ("count", "62户"),
        ("money", "12万元"), ("person", "郭建军"), ("date", "2019年7月10日"),
    ],
    "minutes_digital": [
        ("village", "石板桥村"), ("money", "142.7万元"), ("money", "45万元"), ("count", "300人"), ("count", "460亩"),
        ("person", "秦海波"), ("document", "《柳溪镇村级工程项目管理办法》"),
        ("organisation", "澄河绿源渔业有限公司"),
        ("programme", "柳溪镇第五届梨花文化节"), ("date", "2019年5月9日上午"),
    ],
    "secretary_garbage_layer": [
        ("person", "李满仓"), ("village", "双井村"), ("count", "527户"), ("count", "1984人"), ("money", "13.8万元"),
        ("document", "《双井村党员积分管理办法》"), ("date", "2018年12月25日"),
    ],
    "briefing_rot90": [
        ("village", "槐树沟村"), ("village", "和睦社区"), ("count", "326人"), ("count", "2000余人"),
        ("money", "近25万元"),
        ("programme", "“春风行动”"), ("person", "丁红霞"), ("date", "4月20日"),
    ],
    "notice_rot180": [
        ("village", "东坪村"), ("person", "陈广田"), ("person", "邱爱莲"), ("count", "8户"), ("count", "19人"),
        ("money", "3700元"), ("document", "《澄河县最低生活保障工作实施细则》"), ("date", "2019年4月8日"),
    ],
    "award_phone": [
        ("village", "槐树沟村"), ("person", "王桂兰"), ("person", "姜海燕"), ("count", "12名"), ("money", "4.3万元"),
        ("organisation", "双井村党支部"), ("date", "2019年1月28日"),
    ],
    "funds_strips": [
        ("village", "大窑村"), ("money", "132万元"), ("money", "48万元"), ("count", "83户"), ("count", "247人"),
        ("document", "《澄河县财政专项扶贫资金管理办法》"), ("date", "2019年2月26日"),
    ],
    "summary_utf8": [
        ("village", "梨园村"), ("money", "61.4万元"), ("money", "近900万元"), ("count", "345户"),
        ("count", "3600余株"),
        ("person", "王桂兰"), ("document", "《梨园村村务公开办法》"), ("date", "2019年7月2日"),
    ],
    "survey_gb18030": [
        ("township", "柳溪乡"), ("count", "三千七百九十二户"), ("count", "一千一百余人"), ("money", "三百八十七万元"),
        ("person", "赵德山"), ("document", "《关于进一步活跃农村经济的十项政策》"), ("date", "一九八七年十二月三日"),
    ],
}  # fmt: skip

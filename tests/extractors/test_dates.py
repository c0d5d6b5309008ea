"""Dates in every printed form, relative ones against the document's date, and what is no date."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extractors
from extractors._numerals import write
from schemas.settings import ExtractSettings


def dates(text):
    return [one for one in extractors.extract(text, [], ExtractSettings()).mentions if one.kind == "date"]


def only(text):
    (one,) = dates(text)
    return one


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2019年7月1日", "2019-07-01", "2019-07-01", "day"),
        ("２０１９年７月１日", "2019-07-01", "2019-07-01", "day"),
        ("2019 年 7 月 1 日", "2019-07-01", "2019-07-01", "day"),
        ("2019年7月1号", "2019-07-01", "2019-07-01", "day"),
        ("2019午7月1曰", "2019-07-01", "2019-07-01", "day"),  # as recognition may read it
        ("二〇一九年七月一日", "2019-07-01", "2019-07-01", "day"),
        ("二○一九年十二月三十一日", "2019-12-31", "2019-12-31", "day"),
        ("2019.7.1", "2019-07-01", "2019-07-01", "day"),
        ("2019/07/01", "2019-07-01", "2019-07-01", "day"),
        ("2020-05-26至2020-05-29", "2020-05-26", "2020-05-29", "period"),
        ("1999.08—2002.02", "1999-08", "2002-02", "period"),
        ("2019年7月", "2019-07", "2019-07", "month"),
        ("2019年7月份", "2019-07", "2019-07", "month"),
        ("2019年7月底", "2019-07", "2019-07", "month"),
        ("2019年7月上旬", "2019-07-01", "2019-07-10", "period"),
        ("2019年2月下旬", "2019-02-21", "2019-02-28", "period"),
        ("2019年3月第三周", "2019-03-18", "2019-03-24", "period"),
        ("2019年", "2019", "2019", "year"),
        ("2005\n年", "2005", "2005", "year"),
        ("2019年度", "2019", "2019", "year"),
        ("2019年底", "2019-12", "2019-12", "month"),
        ("2019年年初", "2019-01", "2019-01", "month"),
        ("2019年上半年", "2019-01", "2019-06", "period"),
        ("2019年前三季度", "2019-01", "2019-09", "period"),
        ("2019年前10个月", "2019-01", "2019-10", "period"),
        ("2019年三季度末", "2019-09", "2019-09", "month"),
        ("2019年秋", "2019-09", "2019-11", "period"),
        ("2019年国庆节", "2019-10-01", "2019-10-01", "day"),
        ("1958年冬", "1958-12", "1959-02", "period"),
        ("2019年春节", "2019-02-05", "2019-02-05", "day"),
        ("2012年农历正月十五", "2012-02-06", "2012-02-06", "day"),
        ("2020年闰四月初八", "2020-05-30", "2020-05-30", "day"),
        ("二0一九年七月", "2019-07", "2019-07", "month"),
        ("08年5月", "2008-05", "2008-05", "month"),
        ("九八年", "1998", "1998", "year"),
        ("2016—2020年", "2016", "2020", "period"),
        ("2016至2020年", "2016", "2020", "period"),
        ("2016年—2020年", "2016", "2020", "period"),
        ("2016—20年", "2016", "2020", "period"),
        ("2016-2020", "2016", "2020", "period"),
        ("二〇一六至二〇二〇年", "2016", "2020", "period"),
        ("2018年7月1日至8月10日", "2018-07-01", "2018-08-10", "period"),
        ("2018年7月1-5日", "2018-07-01", "2018-07-05", "period"),
        ("2018年11月至次年3月", "2018-11", "2019-03", "period"),
        ("2018年11月至3月", "2018-11", "2019-03", "period"),
        ("2019年以来", "2019", None, "year"),
        ("2019年5月起", "2019-05", None, "month"),
        ("2019年前", None, "2019", "year"),
        ("2003年之前", None, "2003", "year"),
        ("民国三十年", "1941", "1941", "year"),
        ("民国元年", "1912", "1912", "year"),
        ("民国年间", "1912", "1949", "period"),
        ("明永乐十二年", "1414", "1414", "year"),
        ("清光绪年间", "1875", "1908", "period"),
        ("公元前6年", "-0005", "-0005", "year"),
        ("清代", "1644", "1911", "period"),
        ("“十三五”期间", "2016", "2020", "period"),
        ("十二五时期", "2011", "2015", "period"),
        ("改革开放以来", "1978", None, "year"),
        ("解放前", None, "1949", "year"),
        ("抗日战争时期", "1937", "1945", "period"),
        ("20世纪80年代", "1980", "1989", "decade"),
        ("上世纪七八十年代", "1970", "1989", "decade"),
        ("1990年代以后", "1990", None, "decade"),
        ("90年代前", None, "1990", "decade"),
        ("20世纪", "1900", "1999", "period"),
    ],
)
def test_absolute_dates(text, start, end, precision):
    one = only(f"据记载，{text}，")
    assert one.text == text
    assert (one.value.start, one.value.end, one.value.precision) == (start, end, precision)
    assert (one.value.vague, one.value.base) == (False, None)


BASE = "柳溪镇工作报告\n全镇{}，有关情况。\n柳溪镇人民政府\n2019年8月14日"


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("今年", "2019", "2019", "year"),
        ("去年", "2018", "2018", "year"),
        ("前年", "2017", "2017", "year"),
        ("明年", "2020", "2020", "year"),
        ("上年", "2018", "2018", "year"),
        ("当年", "2019", "2019", "year"),
        ("本年度", "2019", "2019", "year"),
        ("去年底", "2018-12", "2018-12", "month"),
        ("今年上半年", "2019-01", "2019-06", "period"),
        ("今年以来", "2019", None, "year"),
        ("去年5月", "2018-05", "2018-05", "month"),
        ("去年冬天", "2018-12", "2019-02", "period"),
        ("去冬今春", "2018-12", "2019-05", "period"),
        ("前年11月至去年3月", "2017-11", "2018-03", "period"),
        ("7月1日", "2019-07-01", "2019-07-01", "day"),
        ("7月1日至5日", "2019-07-01", "2019-07-05", "period"),
        ("3、4月份", "2019-03", "2019-04", "period"),
        ("1—7月", "2019-01", "2019-07", "period"),
        ("一季度", "2019-01", "2019-03", "quarter"),
        ("前三季度", "2019-01", "2019-09", "period"),
        ("上季度", "2019-04", "2019-06", "quarter"),
        ("本月", "2019-08", "2019-08", "month"),
        ("上个月", "2019-07", "2019-07", "month"),
        ("下月5日", "2019-09-05", "2019-09-05", "day"),
        ("昨天", "2019-08-13", "2019-08-13", "day"),
        ("昨日13时40分许", "2019-08-13", "2019-08-13", "day"),
        ("上周五", "2019-08-09", "2019-08-09", "day"),
        ("本周", "2019-08-12", "2019-08-18", "period"),
        ("近三年来", "2016", "2019", "period"),
        ("5年来", "2014", "2019", "period"),
        ("三年前", "2016", "2016", "year"),
        ("两个月前", "2019-06", "2019-06", "month"),
        ("未来五年", "2019", "2024", "period"),
        ("国庆节", "2019-10-01", "2019-10-01", "day"),
        ("端午节", "2019-06-07", "2019-06-07", "day"),
        ("正月十五", "2019-02-19", "2019-02-19", "day"),
        ("腊月廿三", "2019-01-28", "2019-01-28", "day"),
        ("去年中秋节", "2018-09-24", "2018-09-24", "day"),
    ],
)
def test_relative_dates_are_reckoned_from_the_documents_date(text, start, end, precision):
    one = dates(BASE.format(text))[0]
    assert one.text == text
    assert (one.value.start, one.value.end, one.value.precision) == (start, end, precision)
    assert (one.value.vague, one.value.base) == (False, "2019-08-14")


@pytest.mark.parametrize("text", ["今年", "去年底", "本月", "昨天", "三年前", "近三年来", "上周五", "上季度"])
def test_without_a_date_of_the_document_nothing_is_reckoned(text):
    one = only(f"全镇{text}，有关情况")
    assert (one.text, one.value.start, one.value.end, one.value.vague) == (text, None, None, True)


def test_early_in_a_year_the_last_months_are_those_of_the_year_before():
    text = "12月20日开工，确保12月底前完工，2月验收。\n柳溪镇人民政府\n2020年1月8日"
    assert [one.value.start or one.value.end for one in dates(text)] == [
        "2019-12-20",
        "2020-12",
        "2020-02",
        "2020-01-08",
    ]


def test_a_month_belongs_to_the_year_of_its_sentence():
    text = "2017年，全镇开展普查，9月完成。\n10月表彰。\n柳溪镇人民政府\n2019年8月14日"
    assert [one.value.start for one in dates(text)] == ["2017", "2017-09", "2019-10", "2019-08-14"]


def test_the_year_of_a_title_is_the_year_of_the_report():
    text = "石桥村2018年工作总结\n今年以来，党支部带领群众修路。"
    assert [(one.text, one.value.start, one.value.base) for one in dates(text)] == [
        ("2018年", "2018", None),
        ("今年以来", "2018", "2018"),
    ]


def test_the_same_year_is_that_of_the_date_before():
    text = "1986年建厂。\n该年产值三万元，次年翻番。\n2003年，建院。该年扩建"
    assert [one.value.start for one in dates(text)] == ["1986", "1986", "1987", "2003", "2003"]


def test_in_a_story_that_year_is_long_ago():
    assert [one.value.start for one in dates("2018年脱贫。\n\n　　老人讲述当年的窘况")] == ["2018", None]


@pytest.mark.parametrize(
    ("text", "recurrence"),
    [
        ("每周五", "P1W"),
        ("每周一、三、五", "P1W"),
        ("每年", "P1Y"),
        ("每年年初", "P1Y"),
        ("每年3月5日", "P1Y"),
        ("每年5月到10月", "P1Y"),
        ("每月5日", "P1M"),
        ("每月底", "P1M"),
        ("每个月", "P1M"),
        ("每季度", "P3M"),
        ("每半年", "P6M"),
        ("每两年", "P2Y"),
        ("每隔三天", "P3D"),
        ("每天上午8时", "P1D"),
        ("每逢春节", "P1Y"),
    ],
)
def test_repetitions(text, recurrence):
    one = only(f"全村{text}组织学习")
    assert (one.text, one.value.recurrence, one.value.vague) == (text, recurrence, False)


@pytest.mark.parametrize(
    "text",
    [
        "近年来",
        "目前",
        "截至目前",
        "当前",
        "如今",
        "现在",
        "近期",
        "年底",
        "多年来",
        "几年前",
        "20多年前",
        "这两年",
        "春节前夕",
        "正月初三",
        "大年三十",
        "定期不定期",
        "疫情期间",
        "党的群众路线教育实践活动期间",
    ],
)
def test_times_without_a_value(text):
    one = only(f"{text}，全村修路")
    assert (one.text, one.value.start, one.value.end) == (text, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "历时5年，工期三年，10年树木",
        "年产3万吨，年均增收，年龄，青年，老年",
        "3日内办结，连续3年，第一年级，三年级",
        "九月份额，岁月，月亮，2019号文件",
        "2.2019亩，12-11-10，0635-2019123，13812345678",
        "走过去，送过去，发现在建工程，体现在行动上",
        "五年规划，三年行动方案，百年大计",
        "国庆村，春节联欢晚会，一步步，十五名",
        "日常工作，同时，平时，随时，及时",
        "李建国后来回村，郑国庆同志，花费100元时，3元代购",
        "每年级一班，每户，每人",
        "由东明天诚公司投资，东明天诚化工有限公司建成",
    ],
)
def test_no_dates(text):
    assert [one.text for one in dates(text)] == []


@pytest.mark.parametrize("text", ["他明天去公司", "记者今天从柳溪公司获悉", "企业明天开工，公司昨天签约"])
def test_a_day_beside_a_body_is_a_day(text):
    assert dates(text)


def test_a_day_that_no_calendar_has_gets_no_value():
    one = only("2019年2月30日开会")
    assert (one.text, one.value.start, one.value.precision) == ("2019年2月30日", None, "day")


@given(st.dates(min_value=datetime.date(1000, 1, 1), max_value=datetime.date(2190, 12, 31)))
def test_any_day_is_read_from_any_form(day):
    digits = "".join("〇一二三四五六七八九"[int(char)] for char in f"{day.year}")
    forms = [
        f"{day.year}年{day.month}月{day.day}日",
        f"{digits}年{write(day.month)}月{write(day.day)}日",
        f"{day.year}-{day.month:02}-{day.day:02}",
        f"{day.year}.{day.month}.{day.day}",
    ]
    for form in forms:
        one = only(f"于{form}，")
        assert (one.text, one.value.start, one.value.end) == (form, day.isoformat(), day.isoformat())


@given(st.text(alphabet="0123456789年月日号至—-.、今去前上初底第每近〇一十二三来后 \n，。", max_size=60))
def test_dates_are_slices_and_never_overlap(text):
    behind = 0
    for one in dates(text):
        assert text[one.start : one.end] == one.text
        assert one.start >= behind
        behind = one.end

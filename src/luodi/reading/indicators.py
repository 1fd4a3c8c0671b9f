"""The noun phrase that a figure measures, in the words of the text."""

from __future__ import annotations

import re

# Verbs of carrying out: they say that it is done, not what is counted.
DELIVER = [
    "加快建设",
    "开工建设",
    "启动建设",
    "组织实施",
    "组织开展",
    "建成投用",
    "建成运营",
    "规范提升",
    "扎实推进",
    "持续推进",
    "加快推进",
    "统筹推进",
    "深入推进",
    "深入实施",
    "加快实施",
    "集中力量",
    "建设",
    "打造",
    "实施",
    "完成",
    "建成",
    "推进",
    "创建",
    "争创",
    "开展",
    "组织",
    "举办",
    "承办",
    "发放",
    "分配",
    "提供",
    "落实",
    "开发",
    "培养",
    "培育",
    "培育壮大",
    "壮大",
    "打通",
    "排定",
    "办好",
    "抓好",
    "推动",
    "促进",
    "推出",
    "形成",
    "设立",
    "布局",
    "建立",
    "构建",
    "组建",
    "安排",
    "投入",
    "促成",
    "加快",
    "启动",
    "谋划",
    "储备",
    "争取",
    "申报",
    "达成",
    "做好",
    "创成",
    "建好",
    "办理",
    "投放",
    "发展",
    "抓实",
    "兴建",
    "筹建",
    "搭建",
    "扶持",
    "支持",
    "引导",
    "帮助",
    "选派",
    "遴选",
    "认定",
    "评选",
    "命名",
    "选树",
    "开行",
    "开通",
    "施行",
    "推行",
    "用好",
    "扩大",
    "提升",
    "新建成",
    "突出抓好",
    "重点推进",
    "重点抓好",
    "重点建设",
    "全力推进",
    "强化",
    "实现",
    "保障",
    "解决",
    "出台",
    "制定",
    "编制",
    "修订",
    "举行",
    "统筹",
    "策划",
    "生成",
    "包装",
    "整合",
    "盘活",
    "处置",
    "消化",
]
# Verbs that are part of what is counted when they stand right before the figure.
COUNTED_VERBS = [
    "新增",
    "新建",
    "开工",
    "新改建",
    "新改扩建",
    "新建改建",
    "新建改造",
    "改扩建",
    "改建",
    "扩建",
    "续建",
    "新开工",
    "新开",
    "新认定",
    "新培育",
    "新引进",
    "新招引",
    "新签约",
    "新投产",
    "新辟",
    "新设",
    "新上",
    "净增",
    "净增加",
    "增加",
    "增设",
    "引进",
    "招引",
    "引育",
    "签约",
    "改造",
    "改造提升",
    "提升改造",
    "整治",
    "治理",
    "修复",
    "更新",
    "更换",
    "新开工改造",
    "培训",
    "转移",
    "招聘",
    "招录",
    "吸纳",
    "帮扶",
    "救助",
    "资助",
    "推广",
    "关闭",
    "淘汰",
    "压减",
    "化解",
    "清理",
    "拆除",
    "腾退",
    "搬迁",
    "安置",
    "竣工",
    "投产",
    "引进培养",
    "新增培育",
    "新增发展",
    "入库",
    "新入库",
    "入统",
    "升规",
    "减少",
    "消除",
    "减贫",
    "脱贫",
    "植树",
    "造林",
    "营造",
    "绿化",
    "检查",
    "抽检",
    "交付",
    "供应",
    "供给",
    "收储",
    "出让",
    "推介",
    "培植",
    "维修",
    "维护",
    "加装",
    "安装",
    "铺设",
    "敷设",
    "硬化",
    "亮化",
    "美化",
    "巩固",
    "恢复",
    "种植",
    "储备",
    "复垦",
    "新规划",
    "规划建设",
    "新发展",
    "收购",
    "研发",
    "攻克",
    "转化",
    "筹集",
    "筹建",
    "征集",
    "采购",
    "配备",
    "配置",
    "输送",
    "吸引",
    "集聚",
    "招收",
    "招引落地",
    "带动",
    "覆盖",
    "惠及",
    "免费",
    "补贴",
    "减免",
    "上市",
    "新上市",
]
_ADVERBS = [
    "全年",
    "年内",
    "今年",
    "明年",
    "当年",
    "年底前",
    "年底",
    "年末",
    "力争",
    "争取",
    "确保",
    "保证",
    "努力",
    "预计",
    "着力",
    "进一步",
    "继续",
    "同时",
    "使",
    "将",
    "让",
    "把",
    "对",
    "以",
    "力促",
    "促使",
    "积极",
    "大力",
    "扎实",
    "稳步",
    "有序",
    "全力",
    "加大",
    "率先",
    "新一轮",
    "全市",
    "全省",
    "全区",
    "全县",
    "全州",
    "全国",
    "其中",
    "并",
    "再",
    "还",
    "要",
    "就",
    "各级",
    "用",
    "为",
    "每年",
    "五年内",
    "三年内",
    "今后五年",
    "未来五年",
    "基本",
    "全面",
    "全部",
    "切实",
    "通过",
    "经过",
    "到",
    "突出",
    "持续",
    "不断",
    "深入",
    "加速",
    "抓紧",
    "集中",
    "共",
    "总共",
    "至少",
    "更好",
    "主要目标是",
    "主要预期目标是",
    "目标是",
    "城乡统筹",
    "一是",
    "二是",
    "三是",
    "四是",
    "五是",
    "六是",
    "七是",
    "八是",
    "九是",
    "十是",
    "累计",
    "支持",
    "推动",
    "推进",
    "实现",
    "完成",
    "带动全市",
    "拉动",
    "撬动",
    "促进",
    "保持",
    "稳定",
    "必保",
    "我们",
    "必须",
    "需要",
    "统筹",
    "合力",
    "再",
    "大幅",
    "剩余",
    "分批",
    "分别",
    "市级层面",
    "积极争取",
    "力推",
    "狠抓",
    "紧盯",
]
_WHEN = (
    r"(?:到|至|在|截至)?(?:二〇[〇一二三]\S年|\d{4}年)(?:[底末初]|\d{1,2}月)?(?:前|以前|之前|时)?|(?:[一二三四]季度|上半年|下半年)(?:末|前)?"
    r"|\d{1,2}月(?:份|底)?(?:前|底前)?|“[^”]{2,4}”(?:期间|时期|期末|末)"
)


def _words(*groups: list[str]) -> str:
    return "|".join(sorted({word for group in groups for word in group}, key=len, reverse=True))


# Words of manner before a verb, but part of a name before a noun: 重点推进, 重点项目.
_MANNER = rf"(?:重点|高标准|高质量|高水平|高起点|各类|计划)(?=新|{_words(DELIVER, COUNTED_VERBS)})"
_LEAD = re.compile(rf"(?:{_WHEN}|{_MANNER}|{_words(_ADVERBS, DELIVER)}|[、，：:和与及在])+")
_LEAD_ADVERB = re.compile(rf"(?:{_WHEN}|{_MANNER}|{_words(_ADVERBS)}|[、，：:和与及在])+")
ONLY_VERBS = re.compile(rf"(?:{_words(DELIVER, COUNTED_VERBS)}|总数|总量)*\Z")
VERB_TAIL = re.compile(rf"(?:{_words(DELIVER)})\Z")
COUNTED_TAIL = re.compile(rf"(?:{_words(COUNTED_VERBS)})\Z")
# "A、B等" names examples of what is counted.
_EXAMPLES = re.compile(
    rf"(?P<verb>{_words(COUNTED_VERBS)})?[^，]*?等(?!级|次|额|价|效|值|奖|于|候|同|教|保|离)(?=[^等]{{2,}}\Z)"
)
_FILLER = re.compile(r"全部实现|全部实施|全部|基本实现|实现|\d{1,2}月(?:份|底)?前|年底前|率先|逐步|以上")
_TAIL_WORDS = re.compile(
    r"(?:增长(?:目标|预期目标|预期|速度)|增长|增速|增幅|涨幅|降幅|同比|分别|力争|预期|目标|的|均|总数|[，、：（(])+\Z"
)
_MEASURE_TAIL = re.compile(
    "(?:率|收入|总额|增加值|产值|总量|产量|投资|比重|占比|比例|消费|支出|贷款|余额|指数|价格|总值|面积|出口|进出口|存款|利润|税收|外资|水平|强度|人口|销售|用电量|吞吐量)\\Z"
)
_SPLIT = re.compile("、|以及|和|与|及")


def before_figure(head: str) -> tuple[str, int]:
    """Indicator of "新增示范合作社15个" from the words before the figure, and its offset in `head`."""
    lead = _LEAD.match(head)
    cut = lead.end() if lead else 0
    if len(head) - cut < 3:
        lead = _LEAD_ADVERB.match(head)
        cut = lead.end() if lead else 0
    noun = head[cut:]
    example = _EXAMPLES.match(noun)
    if example:
        name = (example["verb"] or "") + noun[example.end() :]
        if not example["verb"]:
            cut += example.end()
        noun = name
    noun = _TAIL_WORDS.sub("", noun)
    return noun.strip(" 　"), cut


def after_figure(head: str, rest: str) -> tuple[str, int]:
    """Indicator of "新增3个以上试点村庄" from the words on both sides, and the offset in `head` where it begins."""
    rest = _FILLER.sub("", rest).strip("的 　")
    counted = COUNTED_TAIL.search(head)
    if counted:
        return counted.group() + rest, counted.start()
    if (
        not head
        or head.endswith(("等", "的", "、", "和", "与", "及", "个", "剩余", "余下", "其余"))
        or VERB_TAIL.search(head)
    ):
        return rest, len(head)
    noun, cut = before_figure(head)
    if not noun or _LEAD.fullmatch(noun):
        return rest, len(head)
    return noun + rest, cut


def split_list(head: str, count: int) -> list[str]:
    """The `count` things that a 分别 statement measures; the whole phrase for each where it can't be told.

    A head noun printed once is given to all: 煤炭和洗煤产量 -> 煤炭产量, 洗煤产量.
    """
    parts = [part for part in _SPLIT.split(head) if part]
    if len(parts) != count:
        parts = [part for part in head.split("、") if part]
        if len(parts) == count - 1:
            parts = [*parts[:-1], *re.split("以及|和|与|及", parts[-1], maxsplit=1)]
    if len(parts) != count:
        return [head] * count
    last = parts[-1]
    shared = [
        part if _MEASURE_TAIL.search(part) or len(part) >= len(last) else part + last[len(part) :]
        for part in parts[:-1]
    ]
    return [*shared, last]


def stand_alone(head: str) -> list[str]:
    """The parts of "A、B和C均增长8%" when each names a measure by itself, else the whole phrase."""
    parts = [part for part in _SPLIT.split(head) if part]
    if len(parts) > 1 and all(_MEASURE_TAIL.search(part) and not part.startswith("总") for part in parts):
        return parts
    return [head]

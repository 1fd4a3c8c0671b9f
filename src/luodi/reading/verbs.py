"""Words that open a clause of a work report: adverbs of manner, and the verb that says what is to be done."""

from __future__ import annotations

import re
from functools import lru_cache

from luodi.reading.vocabulary import any_of, words

# How it is to be done. Stripped before the verb is read; 加快 or 持续 alone, with no verb after them, are verbs.
ADVERBS = words(
    """
    进一步 持续 加快 积极 大力 着力 扎实 稳步 深入 全力 全面 切实 不断 坚决 严格 加速 有序 主动
    努力 继续 统筹 精心 认真 广泛 充分 高标准 高质量 高水平 高效 有效 规范 重点 稳妥 协同 科学
    合理 优先 常态化 严厉 依法 自觉 及时 逐步 力争 争取 力促 确保 基本 成功 尽快 抓紧 突出 同步
    牢牢 始终 毫不 坚定不移 持之以恒 驰而不息 坚持不懈 率先 新 再 更 更好 更大力度 也 并 还 要
    将 我们 全年 全市 年内 集中 精准 稳定 大幅 整体 系统 鼓励 平稳 健康 因地制宜 纵深 强力 用心
    从严 从快 分类 分批 多渠道 全方位 全过程
    """
)

# What is to be done. The first of these in a clause is its verb.
VERBS = frozenset(
    words(
        """
        建设 推进 推动 实施 加强 完善 提升 开展 完成 打造 支持 培育 优化 发展 强化 深化 落实 建立 健全 启动 建成
        促进 提高 新建 做好 开工 创建 引进 扩大 构建 推广 举办 组织 改造 治理 规范 改善 增加 新增 申报 申建 争创
        设立 编制 制定 出台 发挥 探索 创新 拓展 做强 做大 做优 做实 壮大 保障 抓好 办好 用好 管好 守好 打好 打赢
        打通 开通 开辟 开发 开放 引导 鼓励 扶持 吸引 承接 对接 融入 参与 整合 盘活 释放 激发 增强 巩固 保持 稳定
        维护 保护 修复 整治 排查 化解 防范 遏制 打击 严查 惩治 压减 压实 夯实 筑牢 兜牢 守住 降低 减少 控制 淘汰
        关停 谋划 策划 筹建 筹备 筹集 争取 力争 实现 达到 突破 确保 完工 竣工 投产 投用 投运 运营 运行 投入 开业
        落地 引入 招引 签约 培养 培训 发放 安置 转移 救助 关爱 照顾 分配 供给 供应 储备 收储 流转 托管 种植 养殖
        营造 栽植 绿化 亮化 美化 更新 升级 扩建 改建 迁建 续建 改扩建 新改建 新改扩建 延伸 铺设 贯通 疏浚 加固
        配备 配置 配套 建好 建强 普及 宣传 弘扬 践行 倡导 传承 挖掘 推行 推出 试行 试点 简化 取消 下放 清理 清退
        精简 压缩 缩短 公开 公示 监管 监督 监测 检查 督查 督导 考核 评价 评估 审计 追究 问责 执行 遵守 履行 贯彻
        学习 接受 办理 受理 回应 解决 帮助 帮扶 服务 协调 调度 调整 统筹 聚集 集聚 集成 合作 共建 共享 联动 衔接
        畅通 搭建 组建 成立 挂牌 认定 评选 表彰 奖励 补贴 减免 增长 下降 严控 严格 严防 严禁 加大 加快 坚持 围绕
        聚焦 瞄准 紧盯 紧扣 依托 利用 运用 搞好 抓紧 抓实 理顺 改革
        破解 打破 铸牢 消除 丰富 防治 处置 纠治 纠正 力戒 赋予 带动 汇聚 参加 筹办 厉行 重视 备案 反对 坚守 严守 破除
        兑现 兜底 普查 登记 确权 颁发 评定 复垦 拆除 搬迁 安装 接种 救治 招聘 招录 选派 输送 回收
        """
    )
)

# Openings that say why, how or on what ground: they belong to the clause that follows.
_GROUND = re.compile(
    "以[^，]*(?:为|促|带动|推动)|以|坚持|围绕|聚焦|按照|根据|依托|立足|瞄准|紧盯|紧扣|紧紧围绕|抢抓|抓住|把握|紧抓|发挥|"
    "突出|秉持|针对|结合|通过|利用|统筹|树立|践行|弘扬|本着|为了?|在|把|将|从|对|着眼|坚定|始终|牢固|深刻|顺应|借助|借力|鼓励|引导"
)
# Openings that say what comes of it: they belong to the clause before.
_EFFECT = re.compile(
    "推动|促进|提升|提高|增强|激发|助力|助推|保障|确保|实现|让|使|切实|努力|不断|真正|形成|营造|守住|守牢|守护|筑牢|兜牢|"
    "带动|拉动|维护|服务|更好|更多|满足|降低|减轻|缩短|释放|扩大|拓宽|畅通|打通|做到|防止|避免|杜绝|力促|达到|加快形成|全面提升|走出|开创"
)
_ABSTRACT = re.compile(
    "(?:能力|水平|发展|质量|效益|活力|动力|环境|格局|局面|作用|效能|效率|竞争力|影响力|吸引力|满意度|获得感|安全|稳定|"
    "底线|问题|需求|渠道|空间|氛围|形象|品质|优势|基础|支撑|保障|融合|衔接|循环|升级|转型|增收|化|增长点|屏障|防线)$"
)
_FIGURE = re.compile("[0-9０-９XＸ]|全覆盖|[一二三四五六七八九十百]+(?:个|项|家|条|座|处|批|所)")

# 商贸中心10个: a number of things without a verb, which shares that of the clause before.
_COUNT = re.compile(
    "^[^增达突稳控超降提完实率占]+[0-9０-９XＸ]+[万亿]?(?:个|家|座|所|条|处|套|户|名|人|项|辆|公里|平方米|亩|张)(?:以上)?$"
)

_VERB = re.compile(any_of(VERBS))
_OPENING = re.compile(f"(?:{any_of(ADVERBS)})*(?P<end>)(?P<verb>{any_of(VERBS)})?")


@lru_cache(maxsize=64)  # a clause is asked for its opener, its bearing and its verb at a time
def _opening(clause: str) -> tuple[int, str | None]:
    """Where the adverbs end, and the verb that stands there."""
    match = _OPENING.match(clause)
    return (match.start("end"), match["verb"]) if match else (0, None)


def opener(clause: str) -> str:
    """The two characters after the adverbs that open `clause`: mostly its verb, and cheap to know."""
    at, _ = _opening(clause)
    return clause[at : at + 2] or clause[:2]


def main_verb(clause: str) -> str | None:
    """The verb of a clause: the one after its adverbs, else the first known verb in it, else None."""
    _, verb = _opening(clause)
    if verb:
        return verb
    match = _VERB.search(clause)
    return match.group() if match else None


def bearing(clause: str) -> str:
    """How a clause bears on its neighbours, by its opening: a ground, an effect, an act, or a noun with or without a figure."""
    if _GROUND.match(clause):
        return "ground"
    at, verb = _opening(clause)
    if _EFFECT.match(clause) or (at and _EFFECT.match(clause, at)):
        return "effect" if _ABSTRACT.search(clause) else "effect?"
    if verb:
        return "act figure" if _FIGURE.search(clause) else "act vague" if _ABSTRACT.search(clause) else "act"
    if _COUNT.search(clause):
        return "noun count"
    return "noun figure" if _FIGURE.search(clause) else "noun"

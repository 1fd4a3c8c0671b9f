"""The words of work reports that decide what a figure measures and how it is judged."""

from __future__ import annotations

from collections.abc import Iterable


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def any_of(*groups: Iterable[str]) -> str:
    """An alternation of all words, longest first. A word may carry a look-ahead, so nothing is escaped.

    Every word begins with a plain character: looking at that one first lets most positions fail at once, and
    words that share it are tried only where it stands.
    """
    tails: dict[str, list[str]] = {}
    for word in sorted({word for group in groups for word in group}, key=len, reverse=True):
        tails.setdefault(word[0], []).append(word[1:])
    heads = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in tails.items())
    return f"(?=[{''.join(tails)}])(?:{heads})"


DELIVER = words(
    "聘请 加快建设 开工建设 启动建设 组织实施 组织开展 建成投用 建成运营 规范提升 扎实推进 持续推进 加快推进 统筹推进 深入推进 深入实施 "
    "加快实施 集中力量 力量 建设 打造 实施 完成 建成 推进 创建 争创 开展 组织 举办 承办 发放 分配(?!制) 提供 落实 开发(?!区) 培养 培育 "
    "培育壮大 壮大 打通 排定 办好 抓好 推动 促进 推出 形成 设立 布局 建立 构建 组建 安排 投入(?!产出) 促成 加快 启动(?!区) 谋划 "
    "储备(?!粮|土) 争取 申报 达成 做好 创成 建好 办理 投放 发展 抓实 兴建 筹建 搭建 扶持 支持 引导(?!基金|资金) 帮助 遴选 认定 评选 "
    "命名 选树 开行 开通 推行 用好 扩大 提升 突出抓好 重点推进 重点抓好 重点建设 全力推进 强化 实现 保障(?!性|房|住) 解决 出台 制定 编制 "
    "修订 举行 统筹 策划 生成 包装 整合 盘活 处置(?!率) 消化 创成 融入 共享 创作 设置 构筑 建设好 办成 布设 累计实现"
)
"""Verbs of carrying out: they say that it is done, not what is counted."""

COUNTED = words(
    "新增 新建 开工 新改建 新改扩建 新建改建 新建或改扩建 新建改造 新建和改造 改扩建 改建 扩建 续建 新开工 新开 新认定 新培育 新引进 新招引 新签约 新投产 新辟 "
    "新设 新上 净增 净增加 增加 增设 引进 招引 引育 签约 改造 改造提升 提升改造 整治 优化 治理 修复 更新 更换 新开工改造 培训 转移 招聘 招录 招募 招募派遣 选派 派遣 选聘 "
    "吸纳 帮扶 救助 资助 推广 关闭 淘汰 压减 化解 清理 拆除 腾退 搬迁 安置 竣工 投产 引进培养 新增培育 新增发展 入库 新入库 入统 升规 "
    "减少 消除 减贫 脱贫 植树 造林 营造 绿化 检查 抽检 交付 供应 供给 收储 出让 推介 培植 维修 维护 加装 安装 铺设 敷设 硬化 亮化 "
    "巩固 恢复 种植 复垦 新规划 规划建设 新发展 收购 研发 攻克 转化 筹集 征集 采购 配备 配置 输送 吸引 集聚 招收 带动 覆盖 惠及 补贴 减免 "
    "上市 新上市 新创建 新创 新打造 新组建 新建成 完善 新增设"
)
"""Verbs that are part of what is counted: 新增停车位 is not 停车位."""

CREATE = words(
    "新建 建成 新增 建设 打造 创建 开通 引进 培育 完成 组建 办好 新开 举办 改造 开工 竣工 新建成 建立 设立 扶持 争创 新设 开行 创成"
)
"""After these even a small Chinese numeral counts things: 建成两个园区."""

ADVERBS = words(
    "全年 年内 今年 明年 当年 年底前 年底 年末 力争 争取 确保 保证 努力 预计 着力 进一步 继续 同时 使(?!用) 将 让 把 对(?![外口接标]) "
    "以(?![上下内旧]) 力促 促使 积极 大力 扎实 稳步 有序 全力 加大 率先 新一轮 全市 全省 全区(?!域) 全县 全州 其中 并(?!网) 各级 每年 "
    "五年内 三年内 今后五年 未来五年 基本(?!公共|养老|医疗|农田|建设|药物|住房|单元) 全部 切实 通过 经过 到(?![位账户达]) 突出 持续 不断 深入 "
    "加速 抓紧 共(?![同享建有产青]) 集中(?![供连式安居处]) 至少 更好 发展主要目标是 主要目标是 主要预期目标是 目标是 预期目标 预期目标是 一是 二是 三是 四是 五是 六是 七是 八是 九是 十是 "
    "累计 推动 推进 实现 完成 拉动 撬动 促进 保持 稳定 必保 我们 必须 需要 合力 大幅 剩余 分批 分别 力推 狠抓 抓实抓好 为全省 为全市 为全区 为(?![民主农期限何]) 再(?![生就造利次]) 抓好 抓实 要 尽快 "
    "一季度 上半年 下半年 已 先后 现有 但 建成了"
)
"""Words in front that say when and how. Where one also begins nouns, a look-ahead says so: 就业 is not 就 + 业."""

MANNER = words(
    "重点 高标准 高质量 高水平 高起点 高效 高品质 各类 计划 规范 统一 分类 科学 精准 精心 合理 稳妥 加紧 提质"
)
"""Manner before a verb, but part of a name before a noun: 重点推进, 重点项目."""

REACH = words(
    "提高 提升 增长 增加 扩大 上升 下降 降低 减少 压缩 压减 缩短 缩减 缩小 恢复 发展 壮大 拓展 攀升 下调 上调"
)
"""With 到, 至 or 为 these reach a level; without, they are an amount of change."""

LINKS = words(
    "负增长 达到 达 完成 实现 为 是 在 到 至 占到 占 保持 稳定 维持 控制 增至 升至 降至 减至 迈上 跨上 站上 跃上 迈进 跨入 冲刺 向 必保 确保 保证 "
    "力保 有望 将 预计 计划 预期 目标 工作目标 奋斗目标 都 分别 各 各自 总体 基本 全部 全面 全年 年均 平均 每年 同比 上年 去年 同期 同口径 累计 "
    "再 继续 不断 大幅 较快 同步 增速 增幅 涨幅 降幅 回落 压降 上涨 递增 递减 削减 合理区间 当年 也 又 仍 按可比口径 按可比价格计算 按可比价计算 "
    "按不变价计算 按可比价格 按可比价 可比价 可比 名义 实际 总共 合计 各类 翻 努力 安全 稳步 超额 进一步 首次 率先 一举 顺利 成功 总数 以 也要 要 提前 拟按 拟 按"
)
"""What stands between the thing measured and its figure."""

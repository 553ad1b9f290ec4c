"""Labels: the words beside which a printed form has its fields, and the headers of its columns."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.fold import fold_header
from auditor.intake.header import HeaderIndex

RECORD = "inspection"

SHEET_FIELDS = frozenset({
    "sheet_id", "store_name", "inspected_at", "inspector", "inspector_signature", "store_signature", "area",
    "staff_name", "staff_role", "staff_gender", "sample_ref", "rectify_due",
})  # fmt: skip
"""What is said once for a whole sheet; the other fields belong to an item."""

_SAID_ON_FORMS: Mapping[str, str] = {
    "sheet_id": "表号 检查单号 检查表号 检查编号",
    "store_name": (
        "店铺 店名 门店 门店名称 受检门店 受检店铺 被检查店铺 被检查门店 检查店铺 检查门店 地点 store store_name"
    ),
    "inspected_at": "日期 时间 检查日 巡检日期 巡检时间 巡查日期 巡查时间 date date_of_inspection inspected_at",
    "inspector": "检查人 检查员 巡检人 巡检员 巡查人 巡查员 督导 inspector inspected_by",
    "staff_name": "被检查人 被检人 被检人员 受检人 受检人员 员工姓名 员工 姓名 staff staff_name employee",
    "staff_role": "岗位名称 职务 role",
    "inspector_signature": "检查人签字 检查人签名 检查人员签名 检查员签字 检查员签名 signature_of_inspector",
    "store_signature": (
        "店长签字 店长签名 店铺人员签名 店铺负责人签字 门店负责人签字 被检查人签字 被检查人员签字 受检人签字"
        " signature_of_store"
    ),
    "rectify_due": "整改时限 限期整改日期",
    "section": "类别 检查大类 大类 分类 模块 环节 检查模块",
    "item_name": (
        "检查项 检查内容 检查要点 检查事项 检查点 检查标准 检查细则 考核项目 考核内容 巡检项目 巡检内容"
        " 项目 内容 标准 服务标准 评分标准 item requirement"
    ),
    "item_code": "项目代码 检查项编号 code",
    "result": "结果 检查情况 判定 检查结论 是否达标 是否符合 符合情况",
    "remark": "说明 情况说明 问题 存在问题 扣分原因 remarks",
}
"""Besides the headers of the record type, what forms print; trusted only inside a form."""


class Labels:
    """The words of a form, folded, each with the field it names."""

    def __init__(self, index: HeaderIndex) -> None:
        """``index`` holds the record types; without one for inspections no word is known."""
        self._index = index
        self._record = record = index.records.get(RECORD)
        fields = set(record.fields) if record else set()
        self._words = {
            fold_header(word): name
            for name, words in _SAID_ON_FORMS.items()
            if name in fields
            for word in words.split()
        }

    def field(self, word: str) -> str | None:
        """The field that ``word`` names on a form."""
        if not word or len(word) > 30:
            return None
        return self.own(word) or self._words.get(fold_header(word))

    def own(self, word: str) -> str | None:
        """The field that ``word`` is a header of in the record type itself."""
        found = self._index.fields(word).get(RECORD) if word and len(word) <= 60 else None
        return found[0] if found else None

    def title(self, field: str) -> str:
        """The header by which a field is usually known."""
        return self._record.header(field, "zh") if self._record else field

"""Texts of the notices, in Chinese and English."""

from __future__ import annotations

from auditor.report.wording import Language

_TEXTS: dict[str, tuple[str, str]] = {
    "title": ("检查结果告知书", "Notice of findings"),
    "person": ("姓名", "Name"),
    "role": ("岗位/部门", "Role"),
    "department": ("部门/门店", "Department"),
    "as-of": ("检查时点", "As of"),
    "regulations": ("依据制度", "By regulations"),
    "count": ("违规项数", "Findings"),
    "waived-count": ("{}(其中已豁免 {})", "{} ({} of them waived)"),
    "charges": ("一、检查发现", "1. What was found"),
    "outcomes": ("二、处理建议", "2. What is proposed"),
    "appeal": ("三、申诉", "3. How to appeal"),
    "signatures": ("四、签字", "4. Signatures"),
    "clause": ("依据条款", "Clause"),
    "record": ("单号", "Record"),
    "figures": ("参数", "Figures"),
    "observed": ("实际/截至", "Seen at"),
    "ours": ("{}(本公司设定)", "{} (set by the company)"),
    "evidence": ("证据", "Evidence"),
    "review": ("复核状态", "Review"),
    "no-outcome": ("没有处理建议。", "Nothing is proposed."),
    "measure": ("措施", "Measure"),
    "extent": ("分值/金额", "Points/amount"),
    "points": ("{} 分", "{} points"),
    "amount": ("{} 元", "{} yuan"),
    "undecided": ("未设定措施", "no measure is set"),
    "period": ("期间", "Period"),
    "state": ("状态", "State"),
    "because": ("理由", "Because"),
    "rests-on": ("由第 {} 项引起", "rests on no. {}"),
    "how": (
        "本告知书所列为检查结果与处理建议,最终以公司决定为准。如有异议,请于 ________ 前向 ____________ 书面提出,"
        "写明是第几项、理由,并附上原始记录(工单、录音、签字单等)。补交的记录会重新检查;查明已按规定完成的,"
        "该项及其处理予以撤销。",
        "This page tells findings and proposals; the company decides. To object, write to ____________ before ________ "
        "with the number of the finding, your reasons and the original records. Records that come late are judged "
        "anew; a finding that they disprove is withdrawn with what follows from it.",
    ),
    "statement": ("本人意见:", "My statement:"),
    "agree": ("□ 属实,无异议   □ 有异议,理由如下", "□ True, no objection   □ I object, because"),
    "signed-person": ("本人签字:", "Person concerned:"),
    "signed-manager": ("负责人签字:", "Manager:"),
    "date": ("日期:", "Date:"),
    "footer": ("运行 {} · 规则 {}", "Run {} · rules {}"),
}
_LEDGER: dict[str, tuple[str, str]] = {
    "proposed": ("建议(待批准)", "proposed"),
    "approved": ("已批准", "approved"),
    "rejected": ("未批准", "rejected"),
    "applied": ("已执行", "carried out"),
    "appealed": ("申诉中", "under appeal"),
    "upheld": ("申诉后维持", "upheld after an appeal"),
    "reversed": ("已撤销", "reversed"),
    "replaced": ("已由新的建议取代", "replaced"),
}


def words(key: str, lang: Language) -> str:
    """The text of ``key``; raises KeyError for one that is not here."""
    return _TEXTS[key][lang != "zh"]


def ledger_words(state: str, lang: Language) -> str:
    """Where a consequence of the ledger stands."""
    return _LEDGER[state][lang != "zh"]

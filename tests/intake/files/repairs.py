"""The workbook that the binary files beside this one were saved from."""

import sys
from datetime import date, datetime, timedelta

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904


def write(path: str, *, early: bool = False) -> None:
    workbook = openpyxl.Workbook()
    if early:
        workbook.epoch = CALENDAR_MAC_1904
    sheet = workbook.active
    sheet.title = "报修登记表"
    for row in [
        ["工单号", "受理时间", "受理人", "是否解决", "金额"],
        ["0012", datetime(2024, 5, 1, 10, 30), "张敏", "是", 12.5],
        ["0013", datetime(2024, 5, 2, 9, 0), "李强", "=1/0", "=NA()"],
        ["0014", date(2024, 5, 3), "王芳", "否", timedelta(hours=30, minutes=15)],
    ]:
        sheet.append(row)
    sheet["E4"].number_format = "[h]:mm"
    sheet.merge_cells("A6:B6")
    sheet["A6"] = "备注"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["E"].hidden = True
    hidden = workbook.create_sheet("隐藏")
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    workbook.save(path)


if __name__ == "__main__":
    write(sys.argv[1], early="1904" in sys.argv)

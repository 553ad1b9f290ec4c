"""The page is one offline document that holds the audit, whatever stands in it; a real browser uses it."""

import re
import shutil
from pathlib import Path

import pytest

import auditor
from auditor.report.page import page as module
from auditor.report.page.page import to_html

from .conftest import audited, calls

HOSTILE = "<script>alert(1)</script>&\"'</style>"


def test_it_holds_counts_findings_clauses_evidence_and_consequences(broken):
    html = to_html(broken)
    assert 'lang="zh-CN"' in html
    for words in ("服务合规检查报告", "DEC-AS-01", "超时", "forwarded_at = 2025-03-07 10:00", "2025-03-31 00:00"):
        assert words in html
    assert html.count('<article class="finding') == broken.finding_count
    assert all(finding.fingerprint in html for finding in broken.findings)


def test_it_speaks_english_too(broken):
    html = to_html(broken, "en")
    assert '<html lang="en">' in html
    assert "Service compliance report" in html


def test_nothing_is_fetched_and_only_its_own_style_and_script_may_run(broken):
    html = to_html(broken)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    assert policy[1].startswith("default-src &#39;none&#39;; style-src &#39;sha256-")
    assert "unsafe" not in policy[1]
    assert set(re.findall(r"https?://[^\"' <]+", html)) == {"http://www.w3.org/2000/svg"}
    assert re.findall(r"\bstyle=|\bon\w+=|<link|<img|@import|url\(", html) == []


@pytest.mark.parametrize("text", [HOSTILE, "=cmd|'/c calc'!A0", "张\x00\x0b敏", "敏" * 40_000])
def test_hostile_text_stays_text(text):
    html = to_html(audited(calls("2025-03-07 10:00", description=text, received_by=text)))
    html.encode("utf-8")
    assert html.count("<script") == 1
    assert html.count("</style") == 1
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", html)


def test_the_same_audit_is_the_same_bytes(broken):
    assert to_html(broken) == to_html(broken)


def test_without_findings_it_says_so(kept):
    html = to_html(kept)
    assert "无发现" in html
    assert '<article class="finding' not in html


def test_the_gravest_come_first_and_what_is_left_out_is_said(broken):
    html = to_html(broken, most=2)
    assert html.count('<article class="finding') == 2
    assert f"此页列出最严重的 2 项,共 {broken.finding_count} 项" in html


def test_it_stays_under_a_million_bytes(broken, monkeypatch):
    monkeypatch.setattr(module, "ROOM", 3_000)
    html = to_html(broken)
    shown = html.count('<article class="finding')
    assert 0 < shown < broken.finding_count
    assert f"此页列出最严重的 {shown} 项" in html


@pytest.fixture(scope="module")
def browser():
    driver, chromium = shutil.which("chromedriver"), shutil.which("chromium")
    if not driver or not chromium:
        pytest.skip("needs Debian's chromium and chromium-driver")
    from selenium.webdriver import Chrome, ChromeOptions, ChromeService

    options = ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with Chrome(options=options, service=ChromeService(driver)) as opened:
        yield opened


@pytest.fixture(scope="module")
def opened(browser, broken, tmp_path_factory):
    path: Path = tmp_path_factory.mktemp("page") / "report.html"
    auditor.write(broken, path)
    browser.get_log("performance")
    browser.get(path.as_uri())
    return browser


def visible(opened):
    return [node for node in opened.find_elements("css selector", ".finding") if node.is_displayed()]


def test_in_a_browser_the_search_leaves_what_fits(opened, broken):
    words = opened.find_element("id", "words")
    assert len(visible(opened)) == broken.finding_count
    words.send_keys("b5 张敏")
    assert {"B5" in node.text for node in visible(opened)} == {True}
    assert opened.find_element("id", "count").text == f"显示 {len(visible(opened))} 项"
    words.clear()
    words.send_keys(" ")


def test_in_a_browser_the_severity_filter_leaves_what_fits(opened, broken):
    from selenium.webdriver.support.select import Select

    choice = Select(opened.find_element("id", "severity"))
    for severity, count in broken.severities.items():
        choice.select_by_value(severity)
        assert len(visible(opened)) == count
    choice.select_by_value("critical")
    assert len(visible(opened)) == broken.severities.get("critical", 0)
    choice.select_by_value("")


def test_in_a_browser_the_evidence_unfolds_by_keyboard(opened):
    summary = visible(opened)[0].find_element("tag name", "summary")
    evidence = visible(opened)[0].find_element("css selector", "details ul")
    assert not evidence.is_displayed()
    summary.send_keys("\n")
    assert evidence.is_displayed()


def test_in_a_browser_nothing_goes_wrong_and_nothing_leaves_the_file(opened):
    assert opened.get_log("browser") == []
    asked = re.findall(r'"url":"((?!file:|data:|about:|chrome)[^"]*)"', str(opened.get_log("performance")))
    assert asked == []


def test_every_control_has_a_label(opened):
    for node in opened.find_elements("css selector", "input, select"):
        assert node.accessible_name
    for chart in opened.find_elements("css selector", "svg"):
        assert chart.aria_role in ("img", "image")
        assert chart.accessible_name

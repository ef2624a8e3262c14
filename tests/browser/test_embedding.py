"""The calendar in pages of others, in a real browser: another origin, a strict policy, a sandbox, no scripts, the keyboard."""

import hashlib
import re
from base64 import b64encode

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from tests.support.hosting import hosting
from tests.support.waiting import PATIENCE

HOST = "<!doctype html><html lang=en><title>Host</title><style>{style}</style><h1>Host</h1>{body}"
WORDPRESS = """
<blockquote class="wp-embedded-content" data-secret="abc123"><a href="{address}/feeds/all/">All of the valley</a></blockquote>
<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted" title="All of the valley"
  data-secret="abc123" src="{address}/embed/all/list.en/#?secret=abc123" width="600" height="200"></iframe>
<script>
addEventListener("message", (event) => {{
  const {{ message, value, secret }} = event.data || {{}};
  const frame = document.querySelector(`iframe[data-secret="${{secret}}"]`);
  if (!frame || event.source !== frame.contentWindow || /[^a-zA-Z0-9]/.test(secret)) return;
  if (message === "height") frame.height = Math.min(1000, Math.max(200, ~~value));
  if (message === "link" && new URL(value).host === "{host}") window.linked = value;
}});
</script>
"""


def element(address: str, attributes: str = 'feed="all" view="list" number="3"', inside: str = "") -> str:
    fallback = inside or f'<a href="{address}/feeds/all/">All dates</a>'
    return f'<script src="{address}/embed.js" async></script><coop-calendar {attributes}>{fallback}</coop-calendar>'


def messages(page: Page) -> list[str]:
    """Note what the browser complains of."""
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        said.append(message.text)

    page.on("console", note)
    return said


def test_the_element_works_in_a_page_with_a_strict_policy(page: Page, address: str) -> None:
    """The page allows the calendar's host for scripts and questions, and nothing else; nobody else is asked."""
    policy = f"default-src 'none'; script-src {address}; connect-src {address}; style-src 'none'; require-trusted-types-for 'script'; trusted-types coopcal"
    said, asked = messages(page), set()
    page.on("request", lambda request: asked.add(re.sub(r"(:\d+)/.*", r"\1", request.url)))
    with hosting({"/": HOST.format(style="", body=element(address))}, policy) as host:
        page.goto(host)
        calendar = page.locator("coop-calendar")
        expect(calendar.get_by_role("listitem")).to_have_count(3)
        expect(calendar.get_by_role("link", name="General assembly")).to_be_visible()
        expect(calendar.get_by_role("link", name="All dates")).to_have_count(0)

    assert asked <= {host, address}
    assert [each for each in said if "favicon" not in each and "style" not in each] == []


def test_the_script_can_be_pinned_by_its_bytes(page: Page, address: str) -> None:
    """With ``integrity``, at the address that changes with it."""
    script = httpx.get(f"{address}/embed.js", timeout=PATIENCE).content
    digest = hashlib.sha256(script).hexdigest()[:12]
    integrity = b64encode(hashlib.sha384(script).digest()).decode()
    body = f'<script src="{address}/embed.{digest}.js" integrity="sha384-{integrity}" crossorigin async></script><coop-calendar feed="all"></coop-calendar>'
    with hosting({"/": HOST.format(style="", body=body)}) as host:
        page.goto(host)
        expect(page.locator("coop-calendar").get_by_role("link", name="General assembly")).to_be_visible()


def test_it_takes_on_the_look_of_the_page(page: Page, address: str) -> None:
    """Font and colour by inheritance, the rest by custom properties and parts; nothing of the page leaks in."""
    style = (
        "body { font-family: serif; color: rgb(1, 2, 3) } li { list-style: square; color: red }"
        "coop-calendar { --coopcal-accent: rgb(9, 8, 7) } coop-calendar::part(when) { color: rgb(4, 5, 6) }"
    )
    with hosting({"/": HOST.format(style=style, body=element(address))}) as host:
        page.goto(host)
        calendar = page.locator("coop-calendar")
        item = calendar.get_by_role("listitem").first
        expect(item).to_have_css("color", "rgb(1, 2, 3)")
        expect(item).to_have_css("list-style-type", "none")
        expect(item).to_have_css("font-family", "serif")
        expect(calendar.get_by_role("link").first).to_have_css("color", "rgb(9, 8, 7)")
        expect(calendar.locator("time").first).to_have_css("color", "rgb(4, 5, 6)")


def test_it_speaks_the_language_of_where_it_stands_and_follows_its_attributes(
    page: Page, address: str
) -> None:
    """That of the nearest ``lang``, if the site has it; an attribute that changes asks anew."""
    body = f"<div lang=fr-CH>{element(address)}</div>"
    with hosting({"/": HOST.format(style="", body=body)}) as host:
        page.goto(host)
        calendar = page.locator("coop-calendar")
        expect(calendar.get_by_role("link", name="Assemblée générale")).to_be_visible()
        calendar.evaluate("each => each.setAttribute('language', 'en')")
        expect(calendar.get_by_role("link", name="General assembly")).to_be_visible()
        calendar.evaluate("each => each.setAttribute('view', 'month')")
        expect(calendar.get_by_role("table")).to_be_visible()


@pytest.mark.parametrize(
    ("attributes", "told"),
    [
        ('feed="al"', "There is no calendar “al”. Did you mean “all”?"),
        (
            'feed="All of it"',
            "There is no calendar “All of it”. Possible values: all, bakery, mill, open, union",
        ),
        ('feed="all" view="mouth"', "There is no view “mouth”. Did you mean “month”?"),
        ('feed="all" number="many"', "“many” isn’t a valid value for “number”. Possible values: 1–999"),
        ('event="bakery/asembly"', "There is no event “bakery/asembly”. Did you mean “bakery/assembly”?"),
    ],
)
def test_what_is_wrong_is_told_in_place_above_what_is_inside(
    page: Page, address: str, attributes: str, told: str
) -> None:
    """A feed that is none, a view that is none: for who writes the page; visitors have what stands inside."""
    said = messages(page)
    with hosting({"/": HOST.format(style="", body=element(address, attributes))}) as host:
        page.goto(host)
        expect(page.get_by_text(told)).to_be_visible()
        expect(page.get_by_role("link", name="All dates")).to_be_visible()
    assert any("coop-calendar:" in each for each in said)


def test_mistyped_attributes_are_told_above_the_calendar(page: Page, address: str) -> None:
    """What others make use of is none of them."""
    attributes = 'feed="all" nmber="2" colors="dark" language="nl" class="wide" id="dates" hidden-if="" aria-label="Dates" data-x="1"'
    with hosting({"/": HOST.format(style="", body=element(address, attributes))}) as host:
        page.goto(host)
        expect(page.get_by_text("There is no attribute “nmber”. Did you mean “number”?")).to_be_visible()
        expect(page.get_by_text("There is no attribute “colors”. Did you mean “colours”?")).to_be_visible()
        expect(page.get_by_text("isn’t available in the language “nl”")).to_be_visible()
        expect(page.locator("coop-calendar .coopcal-wrong")).to_have_count(3)
        expect(page.get_by_role("link", name="General assembly")).to_be_visible()


def test_a_mistyped_filter_is_told_in_place(page: Page, address: str) -> None:
    """Of an element and of a frame; not as if nothing were announced."""
    body = element(address, 'feed="all" tag="asembly" organisation="bakry" country="XX"')
    frame = f'<iframe title="Dates" width="500" height="500" src="{address}/embed/all/agenda.fr/?tag=asembly"></iframe>'
    with hosting({"/": HOST.format(style="", body=body + frame)}) as host:
        page.goto(host)
        for told in (
            "No event here has the tag “asembly”. Did you mean “assembly”?",
            "No event here is by an organisation called “bakry”. Did you mean “bakery”?",
            "No event here is in the country “XX”. Possible values: BE, FR",
        ):
            expect(page.get_by_text(told)).to_be_visible()
        expect(page.frame_locator("iframe").get_by_text("a le mot-clé « asembly »")).to_be_visible()
        expect(page.frame_locator("iframe").get_by_text("Vouliez-vous dire « assembly »")).to_be_visible()


def test_where_the_site_does_not_answer_what_is_inside_stays(page: Page, address: str) -> None:
    """Nothing is told to visitors; the reason is in the console."""
    said = messages(page)
    page.route("**/embed/all/*.html*", lambda route: route.abort())
    with hosting({"/": HOST.format(style="", body=element(address))}) as host:
        page.goto(host)
        page.wait_for_function("!document.querySelector('coop-calendar').hasAttribute('aria-busy')")
        expect(page.get_by_role("link", name="All dates")).to_be_visible()
        assert page.locator("coop-calendar").evaluate("each => each.shadowRoot.textContent") == ""
    assert any("coop-calendar:" in each for each in said)


def test_without_scripts_what_was_included_is_there(browser: Browser, address: str) -> None:
    """A link at least; with the fragment inside, the list itself."""
    inside = httpx.get(f"{address}/embed/all/list.en.html?number=2", timeout=PATIENCE).text
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    with hosting({"/": HOST.format(style="", body=element(address, inside=inside))}) as host:
        page.goto(host)
        expect(page.get_by_role("listitem")).to_have_count(2)
        expect(page.get_by_role("link", name="General assembly")).to_be_visible()
    context.close()


def test_a_frame_is_as_high_as_what_is_in_it(page: Page, address: str) -> None:
    """No second scrollbar, also when the width changes; nobody else's message counts."""
    body = f'<script src="{address}/embed.js" async></script><iframe data-coopcal title="Dates" width="500" height="100" src="{address}/embed/all/list.en/"></iframe>'
    with hosting({"/": HOST.format(style="", body=body)}) as host:
        page.goto(host)
        frame = page.locator("iframe")
        content = page.frame_locator("iframe")
        expect(content.get_by_role("link", name=re.compile("General assembly"))).to_be_visible()
        needed = "each => each.contentWindow !== null && parseInt(each.style.height) > 300"
        page.wait_for_function(f"({needed})(document.querySelector('iframe'))")
        inner = page.frames[1]
        assert inner.evaluate("document.documentElement.scrollHeight <= innerHeight + 1")
        before = frame.evaluate("each => each.style.height")
        page.evaluate(f"postMessage({{coopcal: 'height', value: 5}}, '{host}')")
        page.wait_for_timeout(100)
        assert frame.evaluate("each => each.style.height") == before
        frame.evaluate("each => { each.width = 200 }")
        page.wait_for_function(f"document.querySelector('iframe').style.height !== '{before}'")
        assert inner.evaluate("document.documentElement.scrollHeight <= innerHeight + 1")


def test_wordpress_shows_it_in_its_sandbox(page: Page, address: str) -> None:
    """Where only scripts are allowed: the height is told with the secret, and where a link leads."""
    said = messages(page)
    body = WORDPRESS.format(
        address=address, host="valley.example"
    )  # the site's own, which the test serves elsewhere
    with hosting({"/": HOST.format(style="", body=body)}) as host:
        page.goto(host)
        content = page.frame_locator("iframe")
        expect(content.get_by_role("link", name=re.compile("General assembly"))).to_be_visible()
        page.wait_for_function("document.querySelector('iframe').height > 300")
        assert content.locator("body").evaluate("each => getComputedStyle(each).marginTop") == "0px"
        content.get_by_role("link", name=re.compile("General assembly")).click()
        page.wait_for_function("window.linked")
        assert page.evaluate("linked") == "https://valley.example/events/bakery/assembly/"
    assert [each for each in said if "favicon" not in each and "404" not in each] == []


def test_with_the_keyboard_alone(page: Page, address: str) -> None:
    """Into the element, through its links, and out again."""
    with hosting({"/": HOST.format(style="", body=element(address) + "<a href=/>After</a>")}) as host:
        page.goto(host)
        expect(page.locator("coop-calendar").get_by_role("listitem")).to_have_count(3)
        names = []
        for _ in range(7):
            page.keyboard.press("Tab")
            names.append(
                page.evaluate(
                    "(document.activeElement.shadowRoot?.activeElement ?? document.activeElement).textContent.trim()"
                )
            )
    assert names[0] == "All of the valley"
    assert names[-3:] == ["Subscribe", "All events", "After"]


CREAM, NAVY = "#f3e9d2", "#203040"


def colour(page: Page, picture: bytes) -> str:
    """Return the colour of the middle of a picture's left edge."""
    return str(
        page.evaluate(
            """async (picture) => {
                const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
                const canvas = Object.assign(document.createElement("canvas"), image);
                const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
                context.drawImage(image, 0, 0);
                const [red, green, blue] = context.getImageData(1, image.height - 8, 1, 1).data;
                return "#" + [red, green, blue].map((one) => one.toString(16).padStart(2, "0")).join("");
            }""",
            b64encode(picture).decode(),
        )
    )


@pytest.mark.parametrize(
    ("query", "more", "scheme", "ground", "ink"),
    [
        ("", "", "dark", "#ffffff", "rgb(29, 35, 33)"),
        ("colours=light", "", "light", CREAM, "rgb(29, 35, 33)"),
        ("colours=light", 'style="color-scheme: light"', "dark", CREAM, "rgb(29, 35, 33)"),
        ("colours=dark", 'style="color-scheme: dark"', "light", CREAM, "rgb(236, 239, 235)"),
        ("colours=dark", "data-coopcal", "light", CREAM, "rgb(236, 239, 235)"),
        ("colours=auto", "", "dark", "#141816", "rgb(236, 239, 235)"),
        ("colours=auto", "", "light", "#ffffff", "rgb(29, 35, 33)"),
        ("ground=fedcba", "", "dark", "#fedcba", "rgb(29, 35, 33)"),
    ],
)
def test_colours(
    browser: Browser, address: str, query: str, more: str, scheme: str, ground: str, ink: str
) -> None:
    """The page around shows through where light or dark colours are asked for, whatever the visitor's device; on a phone that is 320 px wide."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 900})
    page = context.new_page()
    frame = f'<script src="{address}/embed.js" async></script><iframe {more} title="Dates" width="100%" height="800" frameborder="0" src="{address}/embed/all/month.en/?month=2026-12&{query}"></iframe>'
    with hosting({"/": HOST.format(style=f"body {{ background: {CREAM}; margin: 0 }}", body=frame)}) as host:
        page.goto(host, wait_until="networkidle")
        inner = page.frame_locator("iframe")

        expect(inner.get_by_text("General assembly").first).to_be_visible()
        expect(inner.locator("section")).to_have_css("color", ink)
        assert colour(page, page.locator("iframe").screenshot()) == ground
        assert page.frames[1].evaluate("document.documentElement.scrollWidth") <= 320
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


CONTRAST = """(ground) => {
    const light = (rgb) => rgb.map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
        .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
    const behind = light(ground.match(/[0-9a-f]{2}/g).map((one) => parseInt(one, 16)));
    const texts = [...document.querySelectorAll("body *")].filter((each) => each.checkVisibility()
        && [...each.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim()));
    return Math.min(...texts.map((each) => light(getComputedStyle(each).color.match(/[\\d.]+/g).slice(0, 3).map(Number)))
        .map((one) => (Math.max(one, behind) + 0.05) / (Math.min(one, behind) + 0.05)));
}"""
"""The least contrast of all texts to a ground."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("declared", ["", "dark", "light dark"])
def test_a_frame_without_colours_is_legible_on_any_page(
    browser: Browser, address: str, scheme: str, declared: str
) -> None:
    """Light and dark pages, whether they declare it or not; a calendar, an event, and what is wrong with a frame."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": 600, "height": 900})
    page = context.new_page()
    for ground in ("#ffffff", CREAM, "#808080", NAVY, "#000000"):
        for path in ("all/list.en/", "events/bakery/assembly.en/", "none/list.en/"):
            frame = f'<iframe title="Dates" width="100%" height="700" frameborder="0" src="{address}/embed/{path}"></iframe>'
            style = f"html {{ color-scheme: {declared or 'normal'} }} body {{ background: {ground} }}"
            with hosting({"/": HOST.format(style=style, body=frame)}) as host:
                page.goto(host)
                expect(page.frame_locator("iframe").locator("main")).to_be_visible()
                behind = colour(page, page.locator("iframe").screenshot())
                assert page.frames[1].evaluate(CONTRAST, behind) >= 4.5, (ground, path, behind)
    context.close()


def test_an_accent_is_taken_on_under_the_policy_of_frames(page: Page, address: str) -> None:
    """By a style sheet of its own, as nothing may stand inline."""
    page.goto(f"{address}/embed/all/list.en/?accent=a0522d&colours=dark")

    expect(page.get_by_role("link", name="General assembly")).to_have_css("color", "rgb(160, 82, 45)")


def test_a_script_that_comes_late_still_learns_the_height(page: Page, address: str) -> None:
    """The frame has told its height to nobody by then."""
    body = f'<iframe data-coopcal title="Dates" width="500" height="100" src="{address}/embed/all/list.en/"></iframe>'
    with hosting({"/": HOST.format(style="", body=body)}) as host:
        page.goto(host, wait_until="networkidle")
        page.add_script_tag(url=f"{address}/embed.js")
        page.wait_for_function("parseInt(document.querySelector('iframe').style.height) > 300")

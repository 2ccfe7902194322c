"""What is measured in a page: sideways scroll, small targets, clipped text, what is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.browser.tours import Stop

OpenBrowser = Callable[..., BrowserContext]


def visit(
    open_browser: OpenBrowser,
    stops: Iterable[Stop],
    watch: Callable[[Page], None] = lambda page: None,
    **options: Any,
) -> Iterator[tuple[Stop, Page]]:
    """Each stop in turn, opened; one profile for all stops of the same draft.

    `watch` sees each page before anything is opened in it.
    """
    cookies: Any = object()
    page: Page | None = None
    for stop in stops:
        if page is None or stop.act or stop.cookies != cookies:
            if page:
                page.context.close()
            cookies = stop.cookies
            page = open_browser(storage_state=cookies, **options).new_page()
            watch(page)
        stop.open(page)
        yield stop, page


def sideways(page: Page) -> list[str]:
    """What sticks out to the right; empty if nothing has to be scrolled sideways."""
    found: list[str] = page.evaluate(
        """() => {
            const root = document.documentElement;
            if (root.scrollWidth === root.clientWidth) return [];
            const out = [...document.body.querySelectorAll('*')]
                .filter(each => each.getBoundingClientRect().right > root.clientWidth + 0.5)
                .map(each => `${each.tagName}.${each.className} ${each.textContent.trim()}`);
            return [`${root.scrollWidth} > ${root.clientWidth}`, ...out.slice(-3)]
                .map(each => each.slice(0, 120));
        }"""
    )
    return found


def small_targets(page: Page) -> list[str]:
    """Links, buttons and fields under 24 by 24 px that are neither in a sentence nor spaced.

    As WCAG 2.5.8 says it: a circle of 24 px around a small one must not touch another target.
    """
    found: list[str] = page.evaluate(
        """() => {
            // what only a screen reader or the Enter key meets is one pixel wide
            const shown = each => each.checkVisibility() && each.offsetWidth > 1;
            const kinds = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
            const all = [...document.querySelectorAll(kinds)].filter(shown);
            const box = each => each.getBoundingClientRect();
            const inSentence = each => each.tagName === 'A'
                && getComputedStyle(each).display === 'inline'
                && [...each.parentNode.childNodes].some(
                    node => node.nodeType === 3 && node.textContent.trim().length > 1);
            const small = each => box(each).width < 24 || box(each).height < 24;
            const middle = b => [(b.left + b.right) / 2, (b.top + b.bottom) / 2];
            const near = (each, other) => {
                const [x, y] = middle(box(each)), b = box(other);
                const dx = Math.max(b.left - x, 0, x - b.right);
                const dy = Math.max(b.top - y, 0, y - b.bottom);
                if (Math.hypot(dx, dy) < 12) return true;
                const [u, v] = middle(b);
                return small(other) && Math.hypot(u - x, v - y) < 24;
            };
            return all.filter(each => small(each) && !inSentence(each)
                    && all.some(other => other !== each && near(each, other)))
                .map(each => `${each.tagName} “${(each.textContent || each.name).trim()}” `
                    + `${Math.round(box(each).width)}×${Math.round(box(each).height)}`);
        }"""
    )
    return found


def space_text_out(page: Page) -> None:
    """What WCAG 1.4.12 says a reader may set. Through an object: our policy allows no style."""
    page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
                word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
            document.adoptedStyleSheets = [sheet];
        }"""
    )


def clipped(page: Page) -> list[str]:
    """Boxes that cut off or hide text of theirs; a field scrolls, whatever is written in it."""
    found: list[str] = page.evaluate(
        """() => [...document.body.querySelectorAll('*:not(input, textarea, select)')]
            .filter(each => {
                const style = getComputedStyle(each);
                if (!['hidden', 'clip'].some(
                    how => style.overflowX === how || style.overflowY === how)) return false;
                if (style.clip !== 'auto' || style.clipPath !== 'none' || !each.checkVisibility())
                    return false;
                return each.scrollWidth > each.clientWidth + 1
                    || each.scrollHeight > each.clientHeight + 1;
            })
            .map(each => `${each.tagName}.${each.className} ${each.textContent.trim()}`)
            .map(each => each.slice(0, 120))"""
    )
    return found


def unseen_in_own_colours(page: Page) -> list[str]:
    """Controls that only a background showed, once the reader's own colours have dropped it."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('button, a[href], summary, .cyf-status')]
            .filter(each => each.checkVisibility() && each.offsetWidth > 1)
            .filter(each => {
                const style = getComputedStyle(each), sides = ['Top', 'Right', 'Bottom', 'Left'];
                const edge = sides.some(side => style[`border${side}Style`] !== 'none'
                    && parseFloat(style[`border${side}Width`]) > 0);
                const line = [each, ...each.children].some(
                    part => getComputedStyle(part).textDecorationLine.includes('underline'));
                const isName = each.matches('.cyf-header__name, .govuk-back-link');
                return !edge && !line && !isName;
            })
            .map(each => `${each.tagName}.${each.className} ${each.textContent.trim()}`)
            .map(each => each.slice(0, 120))"""
    )
    return found

// Runs in the page: what of its texts stands outside of the catalogue, is cut off, or hides the focus. Each answers what it found.

/**
 * In the pseudo-language each text of the catalogue stands in brackets. Whatever is seen or read out without them is found, but for
 * what is of another language or of none: lessons, commands, names, what the server says.
 */
export function textsOutsideOfCatalogue() {
  const none = 'code, pre, kbd, samp, output, .xterm, [translate="no"], textarea';
  const isForeign = (element) => element.closest(none) || element.closest('[lang]') !== document.documentElement;
  const hasWord = (text) => /\p{L}{2}/u.test(text);
  const found = [];
  let depth = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent.checkVisibility() || isForeign(parent)) continue;
    const outside = outsideOfBrackets(node.textContent);
    if (hasWord(outside)) found.push(`${outside.trim()} in ${parent.outerHTML.slice(0, 160)}`);
  }
  if (depth !== 0) found.push('the brackets do not match');
  const names = ['aria-label', 'aria-description', 'title', 'placeholder', 'alt'];
  for (const element of document.body.querySelectorAll(names.map((name) => `[${name}]`).join())) {
    if (!element.checkVisibility() || isForeign(element)) continue;
    for (const name of names) {
      const text = element.getAttribute(name) ?? '';
      if (hasWord(outsideOfBrackets(text))) found.push(`${name}="${text}" of ${element.localName}`);
    }
  }
  return found;

  /** Brackets may be opened in one piece of text and closed in another. */
  function outsideOfBrackets(text) {
    let outside = '';
    for (const char of text) {
      if (char === '[') depth += 1;
      else if (char === ']') depth -= 1;
      else if (depth === 0) outside += char;
    }
    return outside;
  }
}

/** Texts of which a part lies outside of what a box shows, or of the window; and a page that scrolls sideways. */
export function cutOff() {
  const found = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} wide in ${clientWidth}`);
  // Names and commands may be shortened.
  const none = 'code, pre, .xterm, [translate="no"], .skip-link, .visually-hidden, option, textarea';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent.checkVisibility({ visibilityProperty: true }) || parent.closest(none)) continue;
    if (!/\p{L}{2}/u.test(node.textContent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const how = cutBy(range.getBoundingClientRect(), parent);
    if (how) found.push(`${how}: ${node.textContent} in ${parent.outerHTML.slice(0, 160)}`);
  }
  return found;

  function cutBy(text, parent) {
    let across = text.width > 0;
    let down = across;
    for (let box = parent; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.display === 'inline' || style.display === 'contents') continue;
      const edge = box.getBoundingClientRect();
      // Only for screen readers.
      if (edge.width <= 1) return null;
      if (/auto|scroll/.test(style.overflowX)) across = false;
      if (/auto|scroll/.test(style.overflowY)) down = false;
      const hides = /hidden|clip/;
      if (across && hides.test(style.overflowX) && (text.right > edge.right + 1 || text.left < edge.left - 1))
        return 'beside';
      if (down && hides.test(style.overflowY) && (text.bottom > edge.bottom + 2 || text.top < edge.top - 2))
        return 'below';
      // These lie over all else.
      if (box.matches('[popover], dialog') || style.position === 'fixed') break;
    }
    return across && (text.right > innerWidth + 1 || text.left < -1) ? 'outside of the window' : null;
  }
}

/** Null where the focus is seen: by an outline, or another look than without it. The terminal shows its own cursor. */
export function unseenFocus() {
  const element = document.activeElement;
  if (!element || element === document.body || element.closest('.xterm')) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  if (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) return null;
  // An outline may be drawn around what holds the focus: a choice's label, a segment's name, a row of a list.
  for (const other of [element.parentElement, element.nextElementSibling, element.closest('li')]) {
    const style = other && getComputedStyle(other);
    if (style && style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1) return null;
  }
  return element.outerHTML.slice(0, 160);
}

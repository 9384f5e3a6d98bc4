// Elements are made here, and texts put in as texts: nothing from the API is ever read as HTML.

const SVG = 'http://www.w3.org/2000/svg';

export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) {
      node.setAttribute(name, value);
    }
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

/** Leaves the node alone where nothing has changed, so that selections and screen readers are not disturbed. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

export function setAttribute(node, name, value) {
  if (value === null || value === undefined) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== String(value)) {
    node.setAttribute(name, value);
  }
}

/** Puts children in order and moves only those that stand elsewhere. The focus stays on what had it. */
export function arrange(parent, children) {
  const focused = document.activeElement;
  for (const child of [...parent.children]) {
    if (!children.includes(child)) {
      child.remove();
    }
  }
  children.forEach((child, at) => {
    if (parent.children[at] !== child) {
      parent.insertBefore(child, parent.children[at] ?? null);
    }
  });
  if (focused && focused !== document.activeElement && focused.isConnected) {
    focused.focus({ preventScroll: true });
  }
}

/** Lets something change the page, and keeps in place what the reader looks at: what has the focus, or stands on top. */
export function withoutJumping(candidates, change) {
  const focused = document.activeElement;
  const anchor = candidates.find(node => node.contains(focused) && inView(node)) ?? candidates.find(inView);
  const before = anchor?.getBoundingClientRect().top;
  change();
  if (anchor?.isConnected && window.scrollY > 0) {
    window.scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: 'instant' });
  }
}

function inView(node) {
  const { top, bottom } = node.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}
